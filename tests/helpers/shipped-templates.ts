import type { Locale } from '#shared/i18n/locale.ts'
import { templateOfBundle } from '#shared/modules/clauses/clauses.bundle.schema.ts'
import { composeTemplate, type Composition, type PinnedClause } from '#shared/modules/clauses/clauses.compose.rules.ts'
import type { ContractKind } from '#shared/modules/clauses/clauses.schema.ts'
import type { ContractTemplate } from '#shared/modules/contracts/contracts.template.schema.ts'
import { shippedLibrary } from '#core/modules/clauses/clauses.library.ts'

const library = shippedLibrary('resources')

/** The clauses that come with the program, by their codes, as if each were published. */
export const shippedClauses: ReadonlyMap<string, PinnedClause> = new Map(
  library.clauses.map(({ code, topic, kinds, texts, when, major }) => [
    code,
    {
      editionId: code,
      clauseId: code,
      code,
      topic,
      kinds,
      texts,
      when,
      major,
      no: 1,
      state: 'published',
      validFrom: '2021-01-01',
      validTo: null,
      withdrawnDay: null,
    },
  ]),
)

/** The frame of the shipped template of a kind. */
export function shippedComposition(kind: ContractKind): Composition {
  const template = library.templates.find((shipped) => shipped.kind === kind)
  const composed = template && templateOfBundle(template, (code) => code)
  if (!composed) throw new Error(`no template of ${kind} is shipped`)
  return composed
}

/** The shipped wording of a kind of contract in a language. */
export function shippedTemplate(language: Locale, kind: ContractKind = 'goods_sale'): ContractTemplate {
  return composeTemplate({ code: kind, no: 1 }, shippedComposition(kind), shippedClauses, language)
}
