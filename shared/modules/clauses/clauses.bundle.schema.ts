import { z } from 'zod'
import {
  BLOCKS,
  clauseFields,
  templateFields,
  type ClauseFields,
  type TemplateFields,
  type TemplateItem,
} from './clauses.schema.ts'
import { code } from '#shared/kernel/text.ts'
import { refineClause } from './clauses.wording.rules.ts'

/** What a file of clauses and templates begins with. */
export const BUNDLE_FORMAT = 'yewutai-clauses'
export const BUNDLE_VERSION = 1
/** Bytes of a file that is taken in. */
export const MAX_BUNDLE = 2_000_000

const bundleClause = clauseFields.superRefine(refineClause)

/** Clauses are named by their codes: ids are of the data file that they came from. */
const bundleItem = z.union([z.strictObject({ clause: code(20) }), z.strictObject({ block: z.enum(BLOCKS) })])

const bundleTemplate = templateFields.extend({
  articles: z
    .array(
      z.strictObject({
        heading: templateFields.shape.heading,
        items: z.array(bundleItem).min(1).max(40),
      }),
    )
    .min(1)
    .max(40),
})

/** Templates with every clause in them, as they leave one data file and come into another. */
export const clauseBundle = z.strictObject({
  format: z.literal(BUNDLE_FORMAT),
  version: z.literal(BUNDLE_VERSION),
  clauses: z.array(bundleClause).max(400),
  templates: z.array(bundleTemplate).max(20),
})
export type ClauseBundle = z.infer<typeof clauseBundle>
export type BundleTemplate = ClauseBundle['templates'][number]

/** A template of a file with its clauses found; `editionOf` answers null for a code that is nowhere. */
export function templateOfBundle(
  template: BundleTemplate,
  editionOf: (code: string) => string | null,
): TemplateFields | null {
  const articles: TemplateFields['articles'] = []
  for (const article of template.articles) {
    const items: TemplateItem[] = []
    for (const item of article.items) {
      const editionId = 'clause' in item ? editionOf(item.clause) : null
      if ('block' in item) items.push({ kind: item.block })
      else if (editionId === null) return null
      else items.push({ kind: 'clause', editionId })
    }
    articles.push({ heading: article.heading, items })
  }
  return { ...template, articles }
}

/** The articles of a template with codes in the place of ids. */
export function bundleArticles(
  articles: TemplateFields['articles'],
  codeOf: (editionId: string) => string,
): BundleTemplate['articles'] {
  return articles.map((article) => ({
    heading: article.heading,
    items: article.items.map((item) =>
      item.kind === 'clause' ? { clause: codeOf(item.editionId) } : { block: item.kind },
    ),
  }))
}

export type BundleClause = ClauseFields
