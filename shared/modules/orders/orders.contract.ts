import { z } from 'zod'
import { pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, recordVersion, searchText, shortText } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import { deliveryFields, ORDER_SORTS, orderFilters, orderRow, orderView } from './orders.schema.ts'

const count = z.number().int()
const saved = z.object({ id: z.string(), version: count })
const versioned = z.strictObject({ id: entityId, version: recordVersion })
const filtered = z.strictObject({ text: searchText, filters: orderFilters })

export const ordersContract = {
  list: query('orders.read')
    .input(pageInput({ sort: ORDER_SORTS, filters: orderFilters }))
    .output(pageOutput(orderRow)),
  /** Over the whole filtered set. */
  summary: query('orders.read')
    .input(filtered)
    .output(z.object({ count, late: count })),
  get: query('orders.read')
    .input(z.strictObject({ id: entityId }))
    .output(orderView),
  /** The order of a contract; null where the contract has none. */
  ofContract: query('orders.read')
    .input(z.strictObject({ contractId: entityId }))
    .output(orderRow.nullable()),
  /** What left the house; once everything has, its day becomes the contract's day of delivery. */
  deliver: command('orders.write')
    .input(deliveryFields.extend(versioned.shape))
    .output(saved)
    .errors(refusals('ORDER_STATE', 'ORDER_DAY', 'ORDER_TOO_MUCH')),
  /** Takes a delivery back that was entered in error; it stays on record with its reason. */
  reverse: command('orders.write')
    .input(versioned.extend({ deliveryId: entityId, reason: shortText(200) }))
    .output(saved)
    .errors(refusals('ORDER_STATE', 'ORDER_ACCEPTED')),
  exportRows: command('orders.export', { audit: 'export' })
    .input(
      filtered.extend({
        sort: z.strictObject({ key: z.enum(ORDER_SORTS), dir: z.enum(['asc', 'desc']) }),
        format: z.enum(['xlsx', 'csv']),
      }),
    )
    .output(z.object({ jobId: z.string() })),
}
