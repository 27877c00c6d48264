import type { Os } from '#core/rpc/implementer.ts'
import type { createCampaignsService } from './campaigns.service.ts'

/** Binds the entries of campaigns. */
export function campaignsRouter(os: Os['campaigns'], service: ReturnType<typeof createCampaignsService>) {
  return {
    list: os.list.handler(() => service.list()),
    create: os.create.handler(({ input, context }) => service.create(context.call, input)),
    update: os.update.handler(({ input, context }) => service.update(context.call, input)),
    remove: os.remove.handler(({ input, context }) => service.remove(context.call, input)),
    figures: os.figures.handler(({ input, context }) => service.figures(context.call, input)),
  }
}
