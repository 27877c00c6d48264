import type { Os } from '#core/rpc/implementer.ts'
import type { createMarketPapers } from './market.papers.ts'
import type { createMarketService } from './market.service.ts'

/** Binds the entries of market notes. */
export function marketRouter(
  os: Os['market'],
  service: ReturnType<typeof createMarketService>,
  papers: ReturnType<typeof createMarketPapers>,
) {
  return {
    list: os.list.handler(({ input, context }) => service.list(context.call, input)),
    summary: os.summary.handler(({ input, context }) => service.summary(context.call, input)),
    get: os.get.handler(({ input, context }) => service.get(context.call, input.id)),
    names: os.names.handler(() => service.names()),
    readers: os.readers.handler(() => service.readers()),
    create: os.create.handler(({ input, context }) => service.create(context.call, input)),
    update: os.update.handler(({ input, context }) => service.update(context.call, input)),
    remove: os.remove.handler(({ input, context }) => service.remove(context.call, input)),
    answer: os.answer.handler(({ input, context }) => service.answer(context.call, input)),
    digest: os.digest.handler(({ input, context }) => papers.digest(context.call, input)),
    exportRows: os.exportRows.handler(({ input, context }) => papers.exportRows(context.call, input)),
  }
}
