import type { Os } from '#core/rpc/implementer.ts'
import type { createViewsService } from './views.service.ts'

/** Binds the entries of views. */
export function viewsRouter(os: Os['views'], service: ReturnType<typeof createViewsService>) {
  return {
    list: os.list.handler(({ input, context }) => service.list(context.call, input)),
    save: os.save.handler(({ input, context }) => service.save(context.call, input)),
    rename: os.rename.handler(({ input, context }) => service.rename(context.call, input)),
    remove: os.remove.handler(({ input, context }) => service.remove(context.call, input)),
    share: os.share.handler(({ input, context }) => service.share(context.call, input)),
    open: os.open.handler(({ input, context }) => service.open(context.call, input)),
  }
}
