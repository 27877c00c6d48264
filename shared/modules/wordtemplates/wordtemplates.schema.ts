import { z } from 'zod'
import { LOCALES } from '#shared/i18n/locale.ts'
import { plainDay } from '#shared/kernel/dates.ts'
import { optionalText, shortText } from '#shared/kernel/text.ts'
import { WORD_PARTS } from '#shared/kernel/word-model.ts'
import { CONTRACT_KINDS } from '#shared/modules/contracts/contracts.schema.ts'
import { TEXT_LISTS } from '#shared/modules/contracts/contracts.fill.rules.ts'
import { NAME_FAULTS, WANTED } from './wordtemplates.findings.rules.ts'
import { STANDINGS } from './wordtemplates.rules.ts'
import { TAG_FAULTS, TAG_MARKS } from './wordtemplates.tags.rules.ts'

const count = z.number().int()
const moment = z.object({ at: count, byName: z.string() })

/** What a template is called, and for which contracts it is. */
export const templateFields = z.strictObject({
  name: shortText(60),
  kind: z.enum(CONTRACT_KINDS),
  language: z.enum(LOCALES),
})
export type TemplateFields = z.infer<typeof templateFields>

export const editionRemark = optionalText(200)
/** Of `files.upload`, still in memory. */
export const uploadedFile = z.string().min(1).max(60)

/** From which day an edition is used. */
export const useFields = z.strictObject({ validFrom: plainDay, remark: editionRemark })
export const withdrawFields = z.strictObject({ reason: shortText(200) })

export const tagPlace = z.object({
  part: z.enum(WORD_PARTS),
  paragraph: count,
  cell: z.object({ table: count, row: count, column: count }).nullable(),
  excerpt: z.string(),
})

/** How the tags of a stored file are kept. */
export const templateTags = z.object({
  tags: z.array(z.object({ mark: z.enum(TAG_MARKS), name: z.string(), place: tagPlace })),
  faults: z.array(z.object({ code: z.enum(TAG_FAULTS), text: z.string(), place: tagPlace.nullable() })),
})

export const templateFindings = z.object({
  known: z.array(z.object({ code: z.string(), count })),
  unknown: z.array(z.object({ name: z.string(), places: z.array(tagPlace), suggestion: z.string().nullable() })),
  faults: z.array(
    z.object({
      code: z.enum([...TAG_FAULTS, ...NAME_FAULTS]),
      text: z.string(),
      place: tagPlace.nullable(),
      list: z.enum(TEXT_LISTS).optional(),
    }),
  ),
  missing: z.array(z.object({ part: z.enum(WANTED), article: z.string().nullable(), fields: z.array(z.string()) })),
})

export const editionView = z.object({
  no: count,
  standing: z.enum(STANDINGS),
  fileName: z.string(),
  /** Bytes. */
  size: count,
  sha256: z.string(),
  remark: z.string(),
  validFrom: z.string().nullable(),
  made: moment,
  putInUse: moment.nullable(),
  withdrawn: moment.extend({ reason: z.string() }).nullable(),
  findings: templateFindings,
})
export type EditionView = z.infer<typeof editionView>

export const templateRow = templateFields.extend({
  id: z.string(),
  version: count,
  name: z.string(),
  /** What can be done with it today: that of the edition in use, or of the newest where there is none. */
  standing: z.enum(STANDINGS).exclude(['replaced']),
  /** The edition that the standing is of. */
  no: count,
  validFrom: z.string().nullable(),
  /** A newer edition that waits to be put in use. */
  draftNo: count.nullable(),
  /** Unknown and broken tags, and missing parts, of the newest edition. */
  unknown: count,
  broken: count,
  missing: count,
  updatedAt: count,
  updatedByName: z.string(),
})
export type TemplateRow = z.infer<typeof templateRow>

export const templateView = templateFields.extend({
  id: z.string(),
  version: count,
  name: z.string(),
  /** The newest first. */
  editions: z.array(editionView),
})
export type TemplateView = z.infer<typeof templateView>

export const templateFilters = z.strictObject({
  kind: z.enum(CONTRACT_KINDS).optional(),
  language: z.enum(LOCALES).optional(),
  standing: z.enum(STANDINGS).exclude(['replaced']).optional(),
})
export type TemplateFilters = z.infer<typeof templateFilters>

export const TEMPLATE_SORTS = ['name', 'kind', 'updatedAt'] as const
export type TemplateSort = (typeof TEMPLATE_SORTS)[number]

/** A template that a contract can be written on today. */
export const templateChoice = z.object({ id: z.string(), name: z.string(), no: count, validFrom: z.string() })
export type TemplateChoice = z.infer<typeof templateChoice>
