import { z } from 'zod'
import { plainMonth } from '#shared/kernel/dates.ts'
import { entityId } from '#shared/kernel/text.ts'
import { INDICATORS } from '#shared/modules/office/office.schema.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import { monthSheet, sourceRow, targetRow } from './performance.schema.ts'

const monthOnly = z.strictObject({ month: plainMonth })

export const performanceContract = {
  /** The month's sheet: computed from the records, or as it was when it was locked. */
  sheet: query('performance.read', { audit: 'read' }).input(monthOnly).output(monthSheet),
  /** The very records that a figure counts. */
  sourceRows: query('performance.read')
    .input(z.strictObject({ month: plainMonth, userId: entityId, indicator: z.enum(INDICATORS) }))
    .output(z.array(sourceRow)),
  /** Targets of everybody in the scope; the firm's defaults where none were set. */
  targets: query('performance.read')
    .input(monthOnly)
    .output(z.array(z.object({ userId: z.string(), userName: z.string(), own: z.boolean(), row: targetRow }))),
  saveTargets: command('performance.targets')
    .input(z.strictObject({ month: plainMonth, rows: z.array(targetRow).min(1).max(500, 'validation:tooLong') }))
    .output(z.object({ saved: z.number().int() }))
    .errors(refusals('PERFORMANCE_LOCKED')),
  /** Keeps the month's figures as they are now, for good. */
  lock: command('performance.lock')
    .input(monthOnly)
    .output(z.object({ people: z.number().int() }))
    .errors(refusals('PERFORMANCE_LOCKED', 'PERFORMANCE_NOT_OVER')),
  /** The month as a workbook with live formulas: ranking, a sheet for each person, definitions, source rows. */
  workbook: command('performance.export', { audit: 'export' })
    .input(monthOnly)
    .output(z.object({ jobId: z.string() })),
}
