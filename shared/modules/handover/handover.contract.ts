import { z } from 'zod'
import { exportInput, pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, searchText } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import { HANDOVER_PARTS, handoverFilters, handoverRow, handoverSum } from './handover.schema.ts'

/** Chosen customers, or all of one person. */
const what = z.union([
  z.strictObject({ customerIds: z.array(entityId).min(1).max(1000) }),
  z.strictObject({ fromUserId: entityId }),
])
const asked = z.strictObject({
  what,
  toUserId: entityId.nullable(),
  parts: z.array(z.enum(HANDOVER_PARTS)).max(HANDOVER_PARTS.length),
})

export const handoverContract = {
  /** What would move. */
  preview: query('customers.transfer')
    .input(asked)
    .output(z.object({ sums: z.array(handoverSum), stays: z.number().int() })),
  /** Moves all of it at once, or nothing. */
  run: command('customers.transfer')
    .input(asked.extend({ toUserId: entityId }))
    .output(z.object({ id: z.string(), sums: z.array(handoverSum) }))
    .errors(refusals('CUSTOMER_OWNER', 'HANDOVER_NOTHING')),
  /** Takes back whatever is still with whom it went to. */
  undo: command('customers.transfer')
    .input(z.strictObject({ id: entityId }))
    .output(z.object({ back: z.number().int(), stayed: z.number().int() }))
    .errors(refusals('HANDOVER_CLOSED')),
  /** Hand-overs whose people are all within the scope. */
  list: query('customers.transfer')
    .input(pageInput({ sort: ['at'], filters: handoverFilters }))
    .output(pageOutput(handoverRow)),
  summary: query('customers.transfer')
    .input(z.strictObject({ text: searchText, filters: handoverFilters }))
    .output(z.object({ count: z.number().int() })),
  exportRows: command('customers.transfer', { audit: 'export' })
    .input(exportInput({ sort: ['at'], filters: handoverFilters }))
    .output(z.object({ jobId: z.string() })),
  /** The list of everything that moved, to be signed and kept. */
  exportList: command('customers.transfer', { audit: 'export' })
    .input(z.strictObject({ id: entityId, format: z.enum(['xlsx', 'csv']) }))
    .output(z.object({ jobId: z.string() })),
}
