import type { Os } from '#core/rpc/implementer.ts'
import type { createAttachmentsService } from './attachments.service.ts'

/** Binds the entries of attachments. */
export function attachmentsRouter(os: Os['attachments'], service: ReturnType<typeof createAttachmentsService>) {
  return {
    list: os.list.handler(({ input, context }) => service.list(context.call, input)),
    add: os.add.handler(({ input, context }) => service.add(context.call, input)),
    rename: os.rename.handler(({ input, context }) => service.rename(context.call, input)),
    remove: os.remove.handler(({ input, context }) => service.remove(context.call, input)),
    ticket: os.ticket.handler(({ input, context }) => service.ticket(context.call, input.id)),
  }
}
