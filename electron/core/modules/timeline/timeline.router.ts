import type { Os } from '#core/rpc/implementer.ts'
import type { createTimelineService } from './timeline.service.ts'

/** Binds the entry of the timeline. */
export function timelineRouter(os: Os['timeline'], service: ReturnType<typeof createTimelineService>) {
  return { list: os.list.handler(({ input, context }) => service.list(context.call, input)) }
}
