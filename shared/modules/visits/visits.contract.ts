import { z } from 'zod'
import { pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, recordVersion, searchText } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import { visitChange, visitFields, visitFilters, visitRow } from './visits.schema.ts'

const saved = z.object({ id: z.string(), version: z.number().int() })

export const visitsContract = {
  list: query('visits.read')
    .input(pageInput({ sort: ['day'], filters: visitFilters }))
    .output(pageOutput(visitRow)),
  summary: query('visits.read')
    .input(z.strictObject({ text: searchText, filters: visitFilters }))
    .output(z.object({ count: z.number().int() })),
  get: query('visits.read')
    .input(z.strictObject({ id: entityId }))
    .output(visitRow),
  create: command('visits.record').input(visitFields).output(saved).errors(refusals('VISIT_DAY')),
  update: command('visits.record').input(visitChange).output(saved).errors(refusals('VISIT_DAY')),
  remove: command('visits.record')
    .input(z.strictObject({ id: entityId, version: recordVersion }))
    .output(z.object({})),
  exportRows: command('visits.export', { audit: 'export' })
    .input(
      z.strictObject({
        format: z.enum(['xlsx', 'csv']),
        text: searchText,
        filters: visitFilters,
        sort: z.strictObject({ key: z.enum(['day']), dir: z.enum(['asc', 'desc']) }),
      }),
    )
    .output(z.object({ jobId: z.string() })),
}
