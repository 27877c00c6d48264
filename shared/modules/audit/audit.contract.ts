import { z } from 'zod'
import { pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { searchText } from '#shared/kernel/text.ts'
import { command, query } from '#shared/rpc/define.ts'
import { AUDIT_SORTS, auditFilters, auditRow, auditVerdict } from './audit.schema.ts'

const job = z.object({ jobId: z.string() })

export const auditContract = {
  list: query('audit.read', { audit: 'read' })
    .input(pageInput({ sort: AUDIT_SORTS, filters: auditFilters }))
    .output(pageOutput(auditRow)),
  summary: query('audit.read')
    .input(z.strictObject({ text: searchText, filters: auditFilters }))
    .output(z.object({ count: z.number().int() })),
  /** Where the chain ends, and whether its last thousand rows fit together. */
  head: query('audit.read').input(z.strictObject({})).output(auditVerdict),
  /** Walks the whole chain against the heads that backups remember; the job's result is the verdict. */
  verify: command('audit.verify').input(z.strictObject({})).output(job),
  /** The filtered rows as a file; asks for the password again and leaves a row itself. */
  exportRows: command('audit.read', { audit: 'export', stepUp: true })
    .input(z.strictObject({ text: searchText, filters: auditFilters, format: z.enum(['xlsx', 'csv']) }))
    .output(job)
    .errors({ AUDIT_TOO_MANY_ROWS: { status: 409, data: z.object({ count: z.number(), max: z.number() }) } }),
}
