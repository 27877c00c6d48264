import { z } from 'zod'
import { exportInput, pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, recordVersion, searchText, shortText } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import { MINUTES_SORTS, minutesFields, minutesFilters, minutesRow, minutesView } from './minutes.schema.ts'

const count = z.number().int()
const saved = z.object({ id: z.string(), version: count })
const versioned = z.strictObject({ id: entityId, version: recordVersion })
const filtered = z.strictObject({ text: searchText, filters: minutesFilters })
/** The step is not possible where the minutes stand. */
const state = refusals('MINUTES_STATE')
const day = refusals('MINUTES_DAY')

export const minutesContract = {
  list: query('deals.read')
    .input(pageInput({ sort: MINUTES_SORTS, filters: minutesFilters }))
    .output(pageOutput(minutesRow)),
  summary: query('deals.read')
    .input(filtered)
    .output(z.object({ count, drafts: count })),
  get: query('deals.read')
    .input(z.strictObject({ id: entityId }))
    .output(minutesView),
  create: command('deals.write')
    .input(minutesFields.extend({ dealId: entityId }))
    .output(saved.extend({ number: z.string() }))
    .errors(day),
  update: command('deals.write')
    .input(minutesFields.extend(versioned.shape))
    .output(saved)
    .errors({ ...state, ...day }),
  /** Freezes the minutes; the next actions of our people become tasks. */
  finish: command('deals.write').input(versioned).output(saved).errors(state),
  /** Opens final minutes as a new edition; tasks of them that are still open are dropped. */
  reopen: command('deals.write')
    .input(versioned.extend({ reason: shortText(200) }))
    .output(saved)
    .errors(state),
  /** The minutes as PDF for both sides to sign; kept for the caller for half an hour. */
  preview: query('deals.read')
    .input(z.strictObject({ id: entityId }))
    .output(z.object({ fileId: z.string(), name: z.string() })),
  exportRows: command('deals.export', { audit: 'export' })
    .input(exportInput({ sort: MINUTES_SORTS, filters: minutesFilters }))
    .output(z.object({ jobId: z.string() })),
}
