import { z } from 'zod'
import { exportInput, pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, searchText } from '#shared/kernel/text.ts'
import { GRADES } from '#shared/modules/customers/customers.schema.ts'
import { command, query } from '#shared/rpc/define.ts'

export const callBackFilters = z.strictObject({
  ownerId: entityId.optional(),
  grade: z.enum(GRADES).optional(),
  /** What is due by today, or within the next fourteen days. */
  due: z.enum(['overdue', 'soon']).optional(),
})
export type CallBackFilters = z.infer<typeof callBackFilters>

export const callBackRow = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  grade: z.enum(GRADES),
  ownerName: z.string(),
  /** Null where nobody recorded a contact yet. */
  lastDay: z.string().nullable(),
  dueDay: z.string(),
  /** Natural days past the due day; 0 where it is not past. */
  daysLate: z.number().int(),
})
export type CallBackRow = z.infer<typeof callBackRow>

export const callBacksContract = {
  /** Customers by the day they are to be contacted again. */
  list: query('customers.read')
    .input(pageInput({ sort: ['due'], filters: callBackFilters }))
    .output(pageOutput(callBackRow)),
  summary: query('customers.read')
    .input(z.strictObject({ text: searchText, filters: callBackFilters }))
    .output(z.object({ count: z.number().int(), overdue: z.number().int() })),
  exportRows: command('customers.export', { audit: 'export' })
    .input(exportInput({ sort: ['due'], filters: callBackFilters }))
    .output(z.object({ jobId: z.string() })),
}
