import { z } from 'zod'
import { LOCALES } from '#shared/i18n/locale.ts'

/**
 * A contract's wording as data: articles of clauses with `{{placeholders}}`. `when` names a placeholder that must have
 * a value for the clause to stand; `emphasis` marks a clause of major interest to the other side (民法典 496), printed
 * bold and acknowledged before the signatures. `lines`, `total` and `plan` stand for what the figures make.
 */
export const templateClause = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('text'),
    text: z.string().min(1).max(4000),
    when: z.string().max(40).optional(),
    emphasis: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal('lines') }),
  z.strictObject({ kind: z.literal('total') }),
  z.strictObject({ kind: z.literal('plan') }),
])
export type TemplateClause = z.infer<typeof templateClause>

export const contractTemplate = z.strictObject({
  id: z.string().max(40),
  version: z.number().int().min(1),
  language: z.enum(LOCALES),
  heading: z.string().max(80),
  preamble: z.string().max(2000),
  articles: z.array(z.strictObject({ heading: z.string().max(80), clauses: z.array(templateClause).min(1) })).min(1),
  acknowledgement: z.string().max(500),
})
export type ContractTemplate = z.infer<typeof contractTemplate>

type TextClause = Extract<TemplateClause, { kind: 'text' }>

/** A text in each of the languages of a document; null where a language has nothing for it. */
export type PairedTexts = readonly (TextClause | null)[]
/** A clause in each of the languages; what the figures make is the same in all. */
export type PairedClause =
  | Exclude<TemplateClause, { kind: 'text' }>
  | { readonly kind: 'text'; readonly texts: PairedTexts }

/** An article in each of the languages of a document. */
export interface PairedArticle {
  readonly headings: readonly string[]
  readonly clauses: readonly PairedClause[]
}

/**
 * The articles of a wording, beside those of the same wording in a second language: article by article and text by text,
 * as the first one is built. What the second one has more of stands alone on its side; figures are never printed twice.
 */
export function pairedArticles(first: ContractTemplate, second: ContractTemplate | null): PairedArticle[] {
  if (second === null) {
    return first.articles.map(({ heading, clauses }) => ({
      headings: [heading],
      clauses: clauses.map((clause) => (clause.kind === 'text' ? { kind: 'text', texts: [clause] } : clause)),
    }))
  }
  const count = Math.max(first.articles.length, second.articles.length)
  return Array.from({ length: count }, (_, index) => {
    const [mine, other] = [first.articles[index], second.articles[index]]
    const rest = (other?.clauses ?? []).filter((clause) => clause.kind === 'text')
    const paired = (mine?.clauses ?? []).map((clause): PairedClause => {
      if (clause.kind !== 'text') return clause
      return { kind: 'text', texts: [clause, rest.shift() ?? null] }
    })
    const more = rest.map((clause): PairedClause => ({ kind: 'text', texts: [null, clause] }))
    return { headings: [mine?.heading ?? '', other?.heading ?? ''], clauses: [...paired, ...more] }
  })
}

/** Every name that a wording may use: what `contractPlaceholders` has values for. */
export const PLACEHOLDERS = [
  'netFigures',
  'taxFigures',
  'quality',
  'packaging',
  'deliveryPlace',
  'deliveryTerms',
  'deliveryDay',
  'inspection',
  'inspectionDays',
  'sellerBank',
  'sellerAccount',
  'deposit',
  'warrantyMonths',
  'warranty',
  'penaltyRate',
  'penaltyCapClause',
  'breach',
  'disputeCourt',
  'disputeArbitration',
  'other',
  'copies',
  'settlement',
  'retainTitle',
  'smeNotice',
  'serviceAddress',
  'serviceEmail',
  'startDay',
  'endDay',
  'endsItself',
  'renewsItself',
  'noticeDays',
  'serviceLevel',
  'callOff',
  'priceDay',
  'priceAdjust',
  'quantities',
  'languages',
] as const
export type Placeholder = (typeof PLACEHOLDERS)[number]

const PLACEHOLDER = /\{\{([a-zA-Z]+)\}\}/g

/**
 * Puts values into a text, in one pass: a value that itself looks like a placeholder is printed as it is. A name
 * that is not in the map becomes `blank`, the line that is filled in by hand.
 */
export function fillPlaceholders(text: string, values: ReadonlyMap<string, string>, blank: string): string {
  return text.replace(PLACEHOLDER, (_match, name: string) => values.get(name) ?? blank)
}

/** Names of the placeholders in a text, in their order, each once. */
export function placeholdersIn(text: string): string[] {
  return [...new Set([...text.matchAll(PLACEHOLDER)].map((match) => match[1]!))]
}

/** Names of all placeholders and conditions a template uses; a test compares them with what the document offers. */
export function placeholdersOf(template: ContractTemplate): Set<string> {
  const names = new Set<string>()
  const collect = (text: string) => {
    for (const name of placeholdersIn(text)) names.add(name)
  }
  collect(template.preamble)
  for (const article of template.articles) {
    for (const clause of article.clauses) {
      if (clause.kind !== 'text') continue
      collect(clause.text)
      if (clause.when !== undefined) names.add(clause.when)
    }
  }
  return names
}
