import { z } from 'zod'
import { command, refusals } from '#shared/rpc/define.ts'
import { extraFields, extraRemoval } from './performance.extra.schema.ts'

const done = z.object({ id: z.string() })

/** Points beside the indicators, given and taken by a superior within the caps of the scheme while the month is open. */
export const extraContract = {
  give: command('performance.targets')
    .input(extraFields)
    .output(done)
    .errors(refusals('PERFORMANCE_LOCKED', 'PERFORMANCE_OWN_FIGURE', 'PERFORMANCE_NO_EXTRA')),
  takeBack: command('performance.targets')
    .input(extraRemoval)
    .output(done)
    .errors(refusals('PERFORMANCE_LOCKED', 'PERFORMANCE_OWN_FIGURE')),
}
