import { z } from 'zod'
import { plainMonth } from '#shared/kernel/dates.ts'
import { entityId } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import { changedFigure, correctionFields, correctionRow, correctionView } from './performance.corrections.schema.ts'

const monthOnly = z.strictObject({ month: plainMonth })

/** A locked month does not change by itself: what is wrong in it is corrected, with a reason, by two people. */
export const correctionsContract = {
  /** Every correction of a month that was asked for, newest first. */
  list: query('performance.read')
    .input(monthOnly)
    .output(z.object({ locked: z.boolean(), rows: z.array(correctionRow) })),
  get: query('performance.read')
    .input(z.strictObject({ id: entityId }))
    .output(correctionView),
  /** Where today's records would give another figure than the locked month has. */
  changes: query('performance.read')
    .input(monthOnly)
    .output(z.array(changedFigure))
    .errors(refusals('PERFORMANCE_CORRECTION_OPEN')),
  /** Takes force once a second person has approved it; one that came back is asked for again. */
  ask: command('performance.targets')
    .input(correctionFields)
    .output(z.object({ id: z.string(), approvalId: z.string() }))
    .errors(
      refusals(
        'PERFORMANCE_CORRECTION_OPEN',
        'PERFORMANCE_CORRECTION_SAME',
        'PERFORMANCE_CORRECTION_ASKED',
        'PERFORMANCE_OWN_FIGURE',
        'APPROVAL_NOBODY',
      ),
    ),
}
