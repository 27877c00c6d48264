import { z } from 'zod'
import { exportInput, pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, recordVersion, searchText } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import {
  PROPOSAL_SORTS,
  proposalClosed,
  proposalFields,
  proposalFilters,
  proposalRow,
  proposalView,
  suggestion,
} from './performance.proposals.schema.ts'

const count = z.number().int()
const asked = z.object({ id: z.string(), approvalId: z.string() })

/** What results lead to: proposed by who leads, decided by another, carried out and closed. */
export const proposalsContract = {
  /** What the latest locked months of everybody in the scope suggest and nobody has proposed yet. */
  suggestions: query('performance.targets').input(z.strictObject({})).output(z.array(suggestion)),
  list: query('performance.targets')
    .input(pageInput({ sort: PROPOSAL_SORTS, filters: proposalFilters }))
    .output(pageOutput(proposalRow)),
  summary: query('performance.targets')
    .input(z.strictObject({ text: searchText, filters: proposalFilters }))
    .output(z.object({ count, open: count })),
  exportRows: command('performance.targets', { audit: 'export' })
    .input(exportInput({ sort: PROPOSAL_SORTS, filters: proposalFilters }))
    .output(z.object({ jobId: z.string() })),
  get: query('performance.targets')
    .input(z.strictObject({ id: entityId }))
    .output(proposalView),
  ask: command('performance.targets')
    .input(proposalFields)
    .output(asked)
    .errors(refusals('PROPOSAL_OWN', 'PROPOSAL_UNTIL', 'APPROVAL_NOBODY')),
  /** Hands in once more what came back. */
  again: command('performance.targets')
    .input(z.strictObject({ id: entityId, version: recordVersion, fields: proposalFields }))
    .output(asked)
    .errors(refusals('PROPOSAL_OWN', 'PROPOSAL_UNTIL', 'PROPOSAL_STATE', 'APPROVAL_NOBODY')),
  /** What was approved is carried out, or given up; nobody closes what is about himself. */
  close: command('performance.targets')
    .input(proposalClosed)
    .output(z.object({ id: z.string(), version: count }))
    .errors(refusals('PROPOSAL_OWN', 'PROPOSAL_STATE', 'PROPOSAL_DONE_DAY')),
}
