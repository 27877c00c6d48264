import { z } from 'zod'
import { entityId, shortText } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import { gridName, savedView, viewAt, viewFields } from './views.schema.ts'

const saved = z.object({ id: z.string(), version: z.number().int() })

export const viewsContract = {
  /** One's own views of a list and those that others share with the firm, each by name. */
  list: query('session')
    .input(z.strictObject({ grid: gridName }))
    .output(z.array(savedView)),
  save: command('session').input(viewFields).output(saved).errors(refusals('VIEW_LIMIT')),
  rename: command('session')
    .input(viewAt.extend({ name: shortText(40) }))
    .output(saved)
    .errors(refusals('VIEW_NAME')),
  remove: command('session').input(viewAt).output(z.object({})),
  /** Lets everybody in the firm open one's own view, or no longer anybody's. */
  share: command('views.share')
    .input(viewAt.extend({ shared: z.boolean() }))
    .output(saved),
  /** What the list opens with for this person; null: as it is. */
  open: command('session')
    .input(z.strictObject({ grid: gridName, id: entityId.nullable() }))
    .output(z.object({})),
}
