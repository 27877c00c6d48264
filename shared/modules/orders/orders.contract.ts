import { z } from 'zod'
import { exportInput, pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, optionalText, recordVersion, searchText, shortText } from '#shared/kernel/text.ts'
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
    .input(
      deliveryFields.extend({
        ...versioned.shape,
        /** Why goods leave in spite of the credit check, of one who may say so. */
        creditReason: optionalText(200),
      }),
    )
    .output(saved)
    .errors({
      ...refusals('ORDER_STATE', 'ORDER_DAY', 'ORDER_TOO_MUCH'),
      /** The credit check stops it; `may`: whoever asks may release it with a reason. */
      CREDIT_BLOCKED: {
        status: 409,
        data: z.object({
          exposure: count,
          room: count.nullable(),
          may: z.boolean(),
          reasons: z.array(
            z.object({
              key: z.string(),
              params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
            }),
          ),
        }),
      },
    }),
  /** Takes a delivery back that was entered in error; it stays on record with its reason. */
  reverse: command('orders.write')
    .input(versioned.extend({ deliveryId: entityId, reason: shortText(200) }))
    .output(saved)
    .errors(refusals('ORDER_STATE', 'ORDER_ACCEPTED')),
  exportRows: command('orders.export', { audit: 'export' })
    .input(exportInput({ sort: ORDER_SORTS, filters: orderFilters }))
    .output(z.object({ jobId: z.string() })),
}
