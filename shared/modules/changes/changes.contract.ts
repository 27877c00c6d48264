import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { stream } from '#shared/rpc/define.ts'

export const changeEvent = z.object({
  module: z.string(),
  ids: z.array(z.string()),
  /** Who changed it: the window that did may leave out its own refetch. */
  userId: z.string().nullable(),
})
export type ChangeEvent = z.infer<typeof changeEvent>

export const changesContract = {
  /** What was changed, in every window and seat, told after the change is safe on disk. */
  watch: stream('session').input(z.strictObject({})).output(eventIterator(changeEvent)),
}
