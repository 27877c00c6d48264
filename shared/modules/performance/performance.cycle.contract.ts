import { z } from 'zod'
import { plainMonth } from '#shared/kernel/dates.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import {
  answerFields,
  appealFields,
  appealRow,
  calibrationFields,
  confirmFields,
  lockStatement,
} from './performance.cycle.schema.ts'

const monthOnly = z.strictObject({ month: plainMonth })
const closed = ['PERFORMANCE_LOCKED', 'PERFORMANCE_NOT_OVER'] as const
const done = z.object({ month: z.string() })

/** Between the end of a month and its lock: calibration, agreement or appeal, and what is still missing. */
export const cycleContract = {
  calibrate: command('performance.lock')
    .input(calibrationFields)
    .output(done)
    .errors(refusals(...closed, 'PERFORMANCE_OWN_FIGURE', 'PERFORMANCE_CALIBRATION_CAP')),
  /** Agrees to one's own result. */
  confirm: command('performance.read')
    .input(confirmFields)
    .output(done)
    .errors(refusals(...closed, 'PERFORMANCE_APPEALED', 'PERFORMANCE_OTHER_TOTAL')),
  appeal: command('performance.read')
    .input(appealFields)
    .output(z.object({ id: z.string() }))
    .errors(refusals(...closed, 'PERFORMANCE_APPEALED', 'PERFORMANCE_NOBODY_ANSWERS')),
  /** Appeals of a month with their answers, open ones first. */
  appeals: query('performance.read').input(monthOnly).output(z.array(appealRow)),
  answer: command('performance.lock')
    .input(answerFields)
    .output(done)
    .errors(
      refusals('PERFORMANCE_LOCKED', 'PERFORMANCE_OWN_FIGURE', 'PERFORMANCE_ANSWERED', 'PERFORMANCE_CALIBRATION_CAP'),
    ),
  statement: query('performance.lock').input(monthOnly).output(lockStatement),
  /** A task for everybody whose word or rating is missing; gives how many were told. */
  remind: command('performance.lock')
    .input(monthOnly)
    .output(z.object({ told: z.number().int() }))
    .errors(refusals(...closed)),
}
