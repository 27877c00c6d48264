import { z } from 'zod'
import { LOCALES } from '#shared/i18n/locale.ts'
import { exportInput, pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, recordVersion, searchText, shortText } from '#shared/kernel/text.ts'
import { CONTRACT_KINDS } from '#shared/modules/contracts/contracts.schema.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import {
  clauseChoice,
  clauseFields,
  clauseRow,
  clauseView,
  STANDINGS,
  templateChoice,
  templateFields,
  templateRow,
  templateView,
  templateWording,
  TOPICS,
  validity,
} from './clauses.schema.ts'
import { refineClause, refineFrame } from './clauses.wording.rules.ts'

const versioned = { id: entityId, version: recordVersion }
const saved = z.object({ id: z.string(), version: z.number().int() })
const file = z.object({ fileId: z.string(), name: z.string() })
const found = z.strictObject({ id: entityId })
const editionNo = z.number().int().min(1).max(100_000)

export const clauseFilters = z.strictObject({
  topic: z.enum(TOPICS).optional(),
  kind: z.enum(CONTRACT_KINDS).optional(),
  language: z.enum(LOCALES).optional(),
  standing: z.enum(STANDINGS).optional(),
  major: z.boolean().optional(),
  /** Another edition is being written. */
  hasDraft: z.literal(true).optional(),
})
export type ClauseFilters = z.infer<typeof clauseFilters>

export const templateFilters = z.strictObject({
  kind: z.enum(CONTRACT_KINDS).optional(),
  language: z.enum(LOCALES).optional(),
  standing: z.enum(STANDINGS).optional(),
  standard: z.literal(true).optional(),
  hasDraft: z.literal(true).optional(),
})
export type TemplateFilters = z.infer<typeof templateFilters>

export const CLAUSE_SORTS = ['code', 'topic', 'updatedAt'] as const
export type ClauseSort = (typeof CLAUSE_SORTS)[number]
export const TEMPLATE_SORTS = ['code', 'kind', 'updatedAt'] as const
export type TemplateSort = (typeof TEMPLATE_SORTS)[number]

const templateProblem = z.object({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  article: z.number().int().nullable(),
  params: z.record(z.string(), z.string()),
})

/** A template that publishing a clause can carry its new edition into. */
const carryTarget = z.object({
  templateId: z.string(),
  code: z.string(),
  names: z.record(z.enum(LOCALES), z.string()),
  kind: z.enum(CONTRACT_KINDS),
  editionNo: z.number().int(),
  /** The edition of the clause that it holds now. */
  clauseNo: z.number().int(),
  /** Languages that it would lose. */
  loses: z.array(z.enum(LOCALES)),
})
export type CarryTarget = z.infer<typeof carryTarget>

const bundleProblem = z.object({ code: z.string(), params: z.record(z.string(), z.string()) })
const bundlePart = { code: z.string(), names: z.record(z.enum(LOCALES), z.string()), problems: z.array(bundleProblem) }

/** What a file of clauses and templates would do. Nothing is written while any part has a problem. */
const bundlePlan = z.object({
  /** `same`: the last edition says the very same and is used; `newEdition`: it says something else. */
  clauses: z.array(z.object({ ...bundlePart, does: z.enum(['new', 'same', 'newEdition']) })),
  templates: z.array(z.object({ ...bundlePart, does: z.enum(['new', 'newEdition']) })),
})
export type BundlePlan = z.infer<typeof bundlePlan>

const templatesContract = {
  list: query('clauses.read')
    .input(pageInput({ sort: TEMPLATE_SORTS, filters: templateFilters }))
    .output(pageOutput(templateRow)),
  summary: query('clauses.read')
    .input(z.strictObject({ text: searchText, filters: templateFilters }))
    .output(z.object({ count: z.number().int() })),
  get: query('clauses.read').input(found).output(templateView),
  /** What contracts choose among today. */
  choices: query('clauses.read').input(z.strictObject({})).output(z.array(templateChoice)),
  create: command('clauses.write').input(templateFields.superRefine(refineFrame)).output(saved),
  /** Writes the draft of the next edition, or begins one; the facts alone where the wording is the last edition's. */
  save: command('clauses.write').input(templateFields.extend(versioned).superRefine(refineFrame)).output(saved),
  discard: command('clauses.write')
    .input(z.strictObject(versioned))
    .output(z.object({ removed: z.boolean() }))
    .errors(refusals('CLAUSE_NO_DRAFT', 'TEMPLATE_STANDARD')),
  publish: command('clauses.write')
    .input(validity.extend(versioned))
    .output(saved)
    .errors({
      ...refusals('CLAUSE_NO_DRAFT'),
      TEMPLATE_INCOMPLETE: { status: 422, data: z.object({ problems: z.array(templateProblem) }) },
    }),
  withdraw: command('clauses.write')
    .input(z.strictObject({ ...versioned, no: editionNo, reason: shortText(200) }))
    .output(saved)
    .errors(refusals('CLAUSE_STATE')),
  /** In the place of the one that was the standard of its kind. */
  makeStandard: command('clauses.write')
    .input(z.strictObject(versioned))
    .output(saved)
    .errors(refusals('TEMPLATE_NOT_USABLE')),
  /** A PDF with sample values, of what is typed or of an edition as stored. */
  preview: query('clauses.read')
    .input(
      z.strictObject({
        kind: z.enum(CONTRACT_KINDS),
        language: z.enum(LOCALES),
        /** A second column; none where it is the same language. */
        second: z.enum(LOCALES).nullable(),
        wording: templateWording,
      }),
    )
    .output(file),
  exportRows: command('clauses.export', { audit: 'export' })
    .input(exportInput({ sort: TEMPLATE_SORTS, filters: templateFilters }))
    .output(z.object({ jobId: z.string() })),
  /** The template with its clauses as a file that another data file takes in. */
  exportFile: command('clauses.export', { audit: 'export' }).input(found).output(file).errors(refusals('CLAUSE_STATE')),
  /** Judges a file wholly and writes nothing. */
  checkFile: query('clauses.write')
    .input(z.strictObject({ fileId: entityId }))
    .output(bundlePlan)
    .errors(refusals('CLAUSE_FILE')),
  /** Takes a file in: new clauses published, templates as drafts. Nothing is written where any part is wrong. */
  importFile: command('clauses.write')
    .input(z.strictObject({ fileId: entityId }))
    .output(z.object({ clauses: z.number().int(), templates: z.array(z.string()) }))
    .errors(refusals('CLAUSE_FILE', 'CLAUSE_IMPORT')),
}

export const clausesContract = {
  list: query('clauses.read')
    .input(pageInput({ sort: CLAUSE_SORTS, filters: clauseFilters }))
    .output(pageOutput(clauseRow)),
  summary: query('clauses.read')
    .input(z.strictObject({ text: searchText, filters: clauseFilters }))
    .output(z.object({ count: z.number().int() })),
  get: query('clauses.read').input(found).output(clauseView),
  /** Editions that a template can hold: published ones that have not run out. */
  choices: query('clauses.read')
    .input(z.strictObject({ kind: z.enum(CONTRACT_KINDS).optional() }))
    .output(z.array(clauseChoice)),
  create: command('clauses.write').input(clauseFields.superRefine(refineClause)).output(saved),
  /** Writes the draft of the next edition, or begins one; the facts alone where the wording is the last edition's. */
  save: command('clauses.write').input(clauseFields.extend(versioned).superRefine(refineClause)).output(saved),
  /** Deletes the draft; a clause that was never published goes with it. */
  discard: command('clauses.write')
    .input(z.strictObject(versioned))
    .output(z.object({ removed: z.boolean() }))
    .errors(refusals('CLAUSE_NO_DRAFT')),
  /** Which templates hold a former edition of the clause, and what carrying its draft into them would do. */
  carryTargets: query('clauses.read')
    .input(z.strictObject({ id: entityId, validFrom: validity.shape.validFrom }))
    .output(z.array(carryTarget)),
  /** Publishes the draft, and with it new editions of the templates that it is carried into. */
  publish: command('clauses.write')
    .input(validity.extend({ ...versioned, carry: z.array(entityId).max(200) }))
    .output(saved.extend({ carried: z.array(z.string()) }))
    .errors(refusals('CLAUSE_NO_DRAFT', 'CLAUSE_UNEVEN', 'CLAUSE_CARRY')),
  withdraw: command('clauses.write')
    .input(z.strictObject({ ...versioned, no: editionNo, reason: shortText(200) }))
    .output(saved)
    .errors(refusals('CLAUSE_STATE')),
  exportRows: command('clauses.export', { audit: 'export' })
    .input(exportInput({ sort: CLAUSE_SORTS, filters: clauseFilters }))
    .output(z.object({ jobId: z.string() })),
  templates: templatesContract,
}
