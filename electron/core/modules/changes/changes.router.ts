import type { ChangeFeed } from '#core/kernel/change-feed.ts'
import { untilOver } from '#core/rpc/context.ts'
import type { Os } from '#core/rpc/implementer.ts'

/** Tells every window and seat what was changed. */
export function changesRouter(os: Os['changes'], feed: ChangeFeed) {
  return {
    watch: os.watch.handler(async function* ({ context, signal }) {
      for await (const event of feed.listen(untilOver(context.call, signal))) yield event
    }),
  }
}
