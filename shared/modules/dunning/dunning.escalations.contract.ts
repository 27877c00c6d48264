import { z } from 'zod'
import { exportInput, pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, searchText } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import {
  courtEnd,
  ESCALATION_SORTS,
  escalationAgain,
  escalationFields,
  escalationFilters,
  escalationRow,
  escalationView,
} from './dunning.escalations.schema.ts'

const count = z.number().int()
const reported = z.object({ id: z.string(), version: count, approvalId: z.string() })
const FAULTS = ['DUNNING_NOT_OWED', 'DUNNING_REPORTED', 'DUNNING_REPORT_DAY', 'APPROVAL_NOBODY'] as const

/** Real difficulties of customers, reported to the superior, who decides what is done. */
export const escalationsContract = {
  list: query('dunning.read')
    .input(pageInput({ sort: ESCALATION_SORTS, filters: escalationFilters }))
    .output(pageOutput(escalationRow)),
  /** Over the whole filtered set; fen. */
  summary: query('dunning.read')
    .input(z.strictObject({ text: searchText, filters: escalationFilters }))
    .output(z.object({ count, amount: count, open: count })),
  exportRows: command('dunning.export', { audit: 'export' })
    .input(exportInput({ sort: ESCALATION_SORTS, filters: escalationFilters }))
    .output(z.object({ jobId: z.string() })),
  get: query('dunning.read')
    .input(z.strictObject({ id: entityId }))
    .output(escalationView),
  report: command('dunning.run')
    .input(escalationFields)
    .output(reported)
    .errors(refusals(...FAULTS)),
  /** Hands in once more, as it is to be now, what came back. */
  again: command('dunning.run')
    .input(escalationAgain)
    .output(reported)
    .errors(refusals(...FAULTS, 'DUNNING_REPORT_STATE')),
  /** The way to court is given up: letters and calls go on. */
  endCourt: command('dunning.run').input(courtEnd).output(z.object({})).errors(refusals('DUNNING_REPORT_STATE')),
}
