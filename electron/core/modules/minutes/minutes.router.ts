import type { Os } from '#core/rpc/implementer.ts'
import type { createMinutesPapers } from './minutes.papers.ts'
import type { createMinutesService } from './minutes.service.ts'

/** Binds the entries of minutes. */
export function minutesRouter(
  os: Os['minutes'],
  service: ReturnType<typeof createMinutesService>,
  papers: ReturnType<typeof createMinutesPapers>,
) {
  return {
    list: os.list.handler(({ input, context }) => service.list(context.call, input)),
    summary: os.summary.handler(({ input, context }) => service.summary(context.call, input)),
    get: os.get.handler(({ input, context }) => service.get(context.call, input.id)),
    create: os.create.handler(({ input, context }) => service.create(context.call, input)),
    update: os.update.handler(({ input, context }) => service.update(context.call, input)),
    finish: os.finish.handler(({ input, context }) => service.finish(context.call, input)),
    reopen: os.reopen.handler(({ input, context }) => service.reopen(context.call, input)),
    preview: os.preview.handler(({ input, context }) => papers.preview(context.call, input.id)),
    exportRows: os.exportRows.handler(({ input, context }) => papers.exportRows(context.call, input)),
  }
}
