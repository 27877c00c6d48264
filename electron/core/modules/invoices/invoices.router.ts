import type { Os } from '#core/rpc/implementer.ts'
import type { createInvoiceEntry } from './invoices.entry.ts'
import type { createInvoicesExport } from './invoices.export.ts'
import type { createInvoiceFigures } from './invoices.figures.ts'
import type { createInvoiceReds } from './invoices.reds.ts'
import type { createInvoicesService } from './invoices.service.ts'

/** Binds the entries of invoices. */
export function invoicesRouter(
  os: Os['invoices'],
  service: ReturnType<typeof createInvoicesService>,
  reds: ReturnType<typeof createInvoiceReds>,
  entry: ReturnType<typeof createInvoiceEntry>,
  figures: ReturnType<typeof createInvoiceFigures>,
  exports: ReturnType<typeof createInvoicesExport>,
) {
  return {
    list: os.list.handler(({ input, context }) => service.list(context.call, input)),
    summary: os.summary.handler(({ input, context }) => service.summary(context.call, input)),
    exportRows: os.exportRows.handler(({ input, context }) => exports.rows(context.call, input)),
    get: os.get.handler(({ input, context }) => service.get(context.call, input.id)),
    basis: os.basis.handler(({ input, context }) => entry.basis(context.call, input)),
    check: os.check.handler(({ input, context }) => service.check(context.call, input)),
    readFile: os.readFile.handler(({ input, context }) => entry.readFile(context.call, input.fileId)),
    create: os.create.handler(({ input, context }) => service.create(context.call, input)),
    update: os.update.handler(({ input, context }) => service.update(context.call, input)),
    link: os.link.handler(({ input, context }) => service.link(context.call, input)),
    redLetter: os.redLetter.handler(({ input, context }) => reds.redLetter(context.call, input)),
    void: os.void.handler(({ input, context }) => reds.void(context.call, input)),
    remove: os.remove.handler(({ input, context }) => reds.remove(context.call, input)),
    restore: os.restore.handler(({ input, context }) => reds.restore(context.call, input)),
    figures: os.figures.handler(({ input, context }) => figures.figures(context.call, input)),
    uninvoiced: os.uninvoiced.handler(({ input, context }) => figures.uninvoiced(context.call, input)),
    uninvoicedSummary: os.uninvoicedSummary.handler(({ input, context }) =>
      figures.uninvoicedSummary(context.call, input),
    ),
    exportUninvoiced: os.exportUninvoiced.handler(({ input, context }) => exports.uninvoiced(context.call, input)),
  }
}
