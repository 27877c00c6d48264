import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import { pictures, provisionFields, provisionView } from './receivables.report.schema.ts'

/** Figures over time, provisions, and the report for finance. */
export const receivablesReports = {
  pictures: query('receivables.read').input(z.strictObject({})).output(pictures),
  /** What to set aside as of a day at the rates that were in force then. */
  provision: query('receivables.read')
    .input(z.strictObject({ asOf: plainDay }))
    .output(provisionView),
  /** Sets rates from a day on; those before stay what they were. */
  provisionSave: command('receivables.policy')
    .input(provisionFields)
    .output(z.object({ id: z.string() }))
    .errors(refusals('PROVISION_DAY')),
  /** The receivables report as a workbook with live formulas, as of a day. */
  report: command('receivables.export', { audit: 'export' })
    .input(z.strictObject({ asOf: plainDay }))
    .output(z.object({ jobId: z.string() })),
}
