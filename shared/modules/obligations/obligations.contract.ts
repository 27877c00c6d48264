import { z } from 'zod'
import { exportInput, pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, searchText } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import {
  OBLIGATION_SORTS,
  obligationAssign,
  obligationDone,
  obligationFields,
  obligationFilters,
  obligationItems,
  obligationMove,
  obligationReason,
  obligationRow,
} from './obligations.schema.ts'

const count = z.number().int()
const saved = z.object({ id: z.string(), version: count })
const moved = z.object({ items: z.array(saved) })
const filtered = z.strictObject({ text: searchText, filters: obligationFilters })
/** Only what is open changes, and what money is owed for follows receipts and the payment clause. */
const steps = refusals('OBLIGATION_CLOSED', 'OBLIGATION_FOLLOWS')

export const obligationsContract = {
  list: query('contracts.read')
    .input(pageInput({ sort: OBLIGATION_SORTS, filters: obligationFilters }))
    .output(pageOutput(obligationRow)),
  /** Over the whole filtered set. */
  summary: query('contracts.read')
    .input(filtered)
    .output(z.object({ count, overdue: count, soon: count, waiting: count, unfinished: count })),
  get: query('contracts.read')
    .input(z.strictObject({ id: entityId }))
    .output(obligationRow),
  /** Writes down what no rule reads from the clauses of a signed contract. */
  create: command('contracts.perform')
    .input(obligationFields.extend({ contractId: entityId }))
    .output(saved)
    .errors(refusals('CONTRACT_STATE', 'OBLIGATION_DAY')),
  done: command('contracts.perform')
    .input(obligationDone)
    .output(moved)
    .errors({ ...steps, ...refusals('OBLIGATION_DONE_DAY') }),
  drop: command('contracts.perform').input(obligationReason).output(moved).errors(steps),
  reopen: command('contracts.perform')
    .input(z.strictObject({ items: obligationItems }))
    .output(moved)
    .errors(refusals('OBLIGATION_OPEN', 'OBLIGATION_FOLLOWS', 'CONTRACT_STATE')),
  /** Gives them to somebody who may read their contracts. */
  assign: command('contracts.perform').input(obligationAssign).output(moved).errors(steps),
  /** Another day that both sides agreed on; the contract's own stays beside it. */
  move: command('contracts.perform')
    .input(obligationMove)
    .output(moved)
    .errors({ ...steps, ...refusals('OBLIGATION_DAY') }),
  exportRows: command('contracts.export', { audit: 'export' })
    .input(exportInput({ sort: OBLIGATION_SORTS, filters: obligationFilters }))
    .output(z.object({ jobId: z.string() })),
}
