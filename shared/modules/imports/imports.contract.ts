import { z } from 'zod'
import { pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, recordVersion, searchText } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import {
  checkInput,
  IMPORT_ENTITIES,
  importRecord,
  importTable,
  plannedRow,
  revertView,
  ROW_STATES,
  rowChoices,
  UNREADABLE,
} from './imports.schema.ts'

const entity = z.enum(IMPORT_ENTITIES)
/** The judged rows of one check. */
const rowFilters = z.strictObject({
  checkId: entityId,
  state: z.enum(ROW_STATES).optional(),
  /** Rows that are or are like a record, or an earlier row. */
  matched: z.boolean().optional(),
})
const job = z.object({ jobId: z.string() })

export const importsContract = {
  /** An empty sheet with the headings. */
  template: command('imports.use', { audit: 'none' }).input(z.strictObject({ entity })).output(job),
  /** Reads an uploaded file; guesses or remembers what its columns are. */
  open: command('imports.use', { audit: 'none' })
    .input(z.strictObject({ entity, fileId: entityId }))
    .output(importTable)
    .errors(refusals(...UNREADABLE)),
  /**
   * A job that judges every row and writes nothing. Its result is `{ checkId, …counts }`; failed rows come as a sheet
   * with the reasons in them.
   */
  check: command('imports.use', { audit: 'none' }).input(checkInput).output(job),
  /** The judged rows, in the order of the sheet, with their cells by field. */
  rows: query('imports.use')
    .input(pageInput({ sort: ['row'], filters: rowFilters }))
    .output(pageOutput(plannedRow.extend({ cells: z.record(z.string(), z.string()) }))),
  rowsSummary: query('imports.use')
    .input(z.strictObject({ text: searchText, filters: rowFilters }))
    .output(z.object({ count: z.number().int() })),
  /**
   * A job that judges every row again and writes the good ones, all in one go: cancelled or failed, nothing is
   * written. Its result is `{ importId, …counts }`.
   */
  run: command('imports.use')
    .input(z.strictObject({ checkId: entityId, choices: rowChoices.default({}) }))
    .output(job)
    .errors(refusals('IMPORT_DONE')),
  list: query('imports.use')
    .input(pageInput({ sort: ['at'], filters: z.strictObject({}) }))
    .output(pageOutput(importRecord)),
  summary: query('imports.use')
    .input(z.strictObject({ text: searchText, filters: z.strictObject({}) }))
    .output(z.object({ count: z.number().int() })),
  get: query('imports.use')
    .input(z.strictObject({ id: entityId }))
    .output(importRecord.extend({ revert: revertView })),
  /** A job that takes an import back: what it made goes to the bin, what it changed gets its old content. */
  revert: command('imports.use')
    .input(z.strictObject({ id: entityId, version: recordVersion, keepChanged: z.boolean().default(false) }))
    .output(job)
    .errors({
      ...refusals('IMPORT_REVERTED'),
      IMPORT_CHANGED: { status: 409, data: z.object({ changed: z.number().int(), inUse: z.number().int() }) },
    }),
}
