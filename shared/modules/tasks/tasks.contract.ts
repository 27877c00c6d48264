import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { exportInput, pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, recordVersion, searchText } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import { SNOOZES } from './tasks.rules.ts'
import {
  doneInput,
  handOverInput,
  snoozeInput,
  TASK_SORTS,
  taskFields,
  taskFilters,
  taskItems,
  taskRow,
} from './tasks.schema.ts'

const count = z.number().int()
const saved = z.object({ id: z.string(), version: count })
const moved = z.object({ items: z.array(saved) })
/** A task that is finished already is changed only after it was reopened. */
const closed = refusals('TASK_CLOSED')

export const tasksContract = {
  list: query('tasks.use')
    .input(pageInput({ sort: TASK_SORTS, filters: taskFilters }))
    .output(pageOutput(taskRow)),
  /** How many there are, and where the open ones of them stand. */
  summary: query('tasks.use')
    .input(z.strictObject({ text: searchText, filters: taskFilters }))
    .output(z.object({ count, overdue: count, today: count, week: count, later: count })),
  get: query('tasks.use')
    .input(z.strictObject({ id: entityId }))
    .output(taskRow),
  create: command('tasks.use').input(taskFields).output(saved),
  update: command('tasks.use')
    .input(taskFields.omit({ ownerId: true }).extend({ id: entityId, version: recordVersion }))
    .output(saved)
    .errors(closed),
  done: command('tasks.use').input(doneInput).output(moved).errors(closed),
  /** Not to be done any more; `result` says why. */
  drop: command('tasks.use').input(doneInput).output(moved).errors(closed),
  reopen: command('tasks.use')
    .input(z.strictObject({ items: taskItems }))
    .output(moved)
    .errors(refusals('TASK_OPEN')),
  /** The days that putting off proposes, all worked by the firm's calendar; `asked`: what is known of a day. */
  snoozeDays: query('tasks.use')
    .input(z.strictObject({ day: plainDay.optional() }))
    .output(
      z.object({
        earliest: z.string(),
        choices: z.array(z.object({ choice: z.enum(SNOOZES), day: z.string() })),
        asked: z.object({ day: z.string(), workday: z.boolean(), next: z.string() }).nullable(),
      }),
    ),
  snooze: command('tasks.use').input(snoozeInput).output(moved).errors(closed),
  handOver: command('tasks.use').input(handOverInput).output(moved).errors(closed),
  exportRows: command('tasks.use', { audit: 'export' })
    .input(exportInput({ sort: TASK_SORTS, filters: taskFilters }))
    .output(z.object({ jobId: z.string() })),
}
