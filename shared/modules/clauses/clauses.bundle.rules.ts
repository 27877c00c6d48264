import type { Locale } from '#shared/i18n/locale.ts'
import type { ClauseBundle } from './clauses.bundle.schema.ts'
import type { BundlePlan } from './clauses.contract.ts'
import type { ContractKind } from './clauses.schema.ts'
import { unevenPlaceholders } from './clauses.wording.rules.ts'

/** A clause that the data file has under a code of a file. */
export interface KnownClause {
  readonly id: string
  readonly version: number
  readonly hasDraft: boolean
  /** Its last published edition that was not withdrawn; null where there is none. */
  readonly last: {
    readonly editionId: string
    readonly texts: Readonly<Record<Locale, string>>
    readonly when: string
    readonly major: boolean
    /** It has a last day. */
    readonly ends: boolean
  } | null
}

export interface KnownTemplate {
  readonly id: string
  readonly version: number
  readonly kind: ContractKind
  readonly hasDraft: boolean
}

interface Known {
  readonly clauses: ReadonlyMap<string, KnownClause>
  readonly templates: ReadonlyMap<string, KnownTemplate>
}

type Problem = BundlePlan['clauses'][number]['problems'][number]
const problem = (code: string, params: Record<string, string> = {}): Problem => ({ code, params })

/**
 * What a file would do to a data file, and what keeps it from being taken in: a code that stands in it twice, a template
 * that holds a clause which does not come with it, one of another kind under its code, a draft that is being written.
 */
export function planBundle(bundle: ClauseBundle, known: Known): BundlePlan {
  const times = new Map<string, number>()
  for (const { code } of bundle.clauses) times.set(code, (times.get(code) ?? 0) + 1)
  const templateTimes = new Map<string, number>()
  for (const { code } of bundle.templates) templateTimes.set(code, (templateTimes.get(code) ?? 0) + 1)
  return {
    clauses: bundle.clauses.map((clause) => {
      const old = known.clauses.get(clause.code)
      const last = old?.last ?? null
      const same =
        last !== null &&
        !last.ends &&
        last.when === clause.when &&
        last.major === clause.major &&
        (Object.keys(last.texts) as Locale[]).every((language) => last.texts[language] === clause.texts[language])
      const does = old === undefined ? 'new' : same ? 'same' : 'newEdition'
      const [uneven] = unevenPlaceholders(clause.texts)
      const problems = [
        ...((times.get(clause.code) ?? 0) > 1 ? [problem('twice')] : []),
        ...(does === 'newEdition' && old?.hasDraft ? [problem('draftOpen')] : []),
        ...(does !== 'same' && uneven ? [problem('uneven', { ...uneven })] : []),
      ]
      return { code: clause.code, names: clause.names, does, problems }
    }),
    templates: bundle.templates.map((template) => {
      const old = known.templates.get(template.code)
      const held = template.articles.flatMap((article) =>
        article.items.flatMap((item) => ('clause' in item ? [item.clause] : [])),
      )
      const missing = [...new Set(held)].filter((code) => !times.has(code))
      const again = held.find((code, at) => held.indexOf(code) !== at)
      const problems = [
        ...((templateTimes.get(template.code) ?? 0) > 1 ? [problem('twice')] : []),
        ...missing.map((code) => problem('clauseMissing', { code })),
        ...(again === undefined ? [] : [problem('clauseTwice', { code: again })]),
        ...(old && old.kind !== template.kind ? [problem('otherKind')] : []),
        ...(old?.hasDraft ? [problem('draftOpen')] : []),
      ]
      return { code: template.code, names: template.names, does: old === undefined ? 'new' : 'newEdition', problems }
    }),
  }
}
