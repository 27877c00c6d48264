import { z } from 'zod'
import { query } from '#shared/rpc/define.ts'

const count = z.number().int()

/** What the first page shows; parts that the role may not see are null. Amounts in fen. */
export const overview = z.object({
  today: z.string(),
  receivables: z.object({ outstanding: count, overdue: count, dueToday: count }).nullable(),
  month: z
    .object({ month: z.string(), contractAmount: count, collected: count, newCustomers: count, visits: count })
    .nullable(),
  /** The last twelve months, oldest first. */
  collected: z.array(z.object({ month: z.string(), amount: count, signed: count })).nullable(),
  ageing: z.array(z.object({ bucket: z.string(), amount: count })).nullable(),
  ranking: z.array(z.object({ userId: z.string(), userName: z.string(), total: count })).nullable(),
  drafts: count.nullable(),
  dueSoon: z
    .array(
      z.object({
        id: z.string(),
        contractId: z.string().nullable(),
        customerName: z.string(),
        label: z.string(),
        dueDay: z.string(),
        outstanding: count,
      }),
    )
    .nullable(),
  lettersOpen: count.nullable(),
  stages: z.array(z.object({ stage: z.string(), count })).nullable(),
  /** Until when the holidays are known; computed days beyond are uncertain. */
  calendarValidThrough: z.string(),
})
export type Overview = z.infer<typeof overview>

export const homeContract = {
  overview: query('dashboard.read').input(z.strictObject({})).output(overview),
}
