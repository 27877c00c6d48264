import type { Os } from '#core/rpc/implementer.ts'
import type { AuditService } from './audit.service.ts'

/** Binds the entries of audit. */
export function auditRouter(os: Os['audit'], service: AuditService) {
  return {
    list: os.list.handler(({ input }) => service.list(input)),
    summary: os.summary.handler(({ input }) => service.summary(input)),
    head: os.head.handler(() => service.head()),
    verify: os.verify.handler(({ context }) => service.verify(context.call)),
    exportRows: os.exportRows.handler(({ input, context }) => service.exportRows(context.call, input)),
  }
}
