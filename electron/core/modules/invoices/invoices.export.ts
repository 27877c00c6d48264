import { makeTranslator, type Translate } from '#shared/i18n/translate.ts'
import type {
  InvoiceFilters,
  InvoiceRow,
  InvoiceSort,
  UninvoicedFilters,
  UninvoicedRow,
  UninvoicedSort,
} from '#shared/modules/invoices/invoices.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { exportList, type ListAsked } from '#core/kernel/list-export.ts'
import type { ExportColumn } from '#core/kernel/table-export.ts'
import { listInvoices, sumInvoices } from './invoices.repo.ts'
import { listUninvoiced, sumUninvoiced } from './uninvoiced.repo.ts'

/** The lists of invoices as files, as they are filtered and sorted on the page. */
export function createInvoicesExport(deps: CoreDeps) {
  return {
    rows(ctx: CallContext, input: ListAsked<InvoiceSort, InvoiceFilters>) {
      const t = makeTranslator(ctx.locale)
      const db = deps.store.read
      const asked = { scope: ctx.scope, text: input.text, filters: input.filters }
      return exportList<InvoiceRow>(deps, ctx, {
        kind: 'invoices.export',
        audit: { action: 'invoices.export', entity: 'invoice', entityId: 'list', after: input },
        title: t('invoices:title'),
        format: input.format,
        columns: invoiceColumns(t),
        sum: { label: t('invoices:sum'), columns: [5, 6, 7] },
        open: async () => {
          const { count } = await sumInvoices(db, asked)
          return { count, page: (at) => listInvoices(db, asked, { sort: input.sort, ...at }) }
        },
      })
    },

    uninvoiced(ctx: CallContext, input: ListAsked<UninvoicedSort, UninvoicedFilters>) {
      const t = makeTranslator(ctx.locale)
      const db = deps.store.read
      const asked = { scope: ctx.scope, text: input.text, filters: input.filters }
      return exportList<UninvoicedRow>(deps, ctx, {
        kind: 'invoices.export',
        audit: { action: 'invoices.export', entity: 'invoice', entityId: 'uninvoiced', after: input },
        title: t('invoices:uninvoiced.title'),
        format: input.format,
        columns: uninvoicedColumns(t),
        sum: { label: t('invoices:sum'), columns: [4, 5, 6] },
        open: async () => {
          const { count } = await sumUninvoiced(db, asked)
          return { count, page: (at) => listUninvoiced(db, asked, { sort: input.sort, ...at }) }
        },
      })
    },
  }
}

type Column<Row> = ExportColumn<Row>
const text = <Row>(head: string, width: number, value: (row: Row) => string | null): Column<Row> => ({
  head,
  width,
  format: 'text',
  value,
})
const day = <Row>(head: string, value: (row: Row) => string): Column<Row> => ({ head, width: 12, format: 'day', value })
const yuan = <Row>(head: string, value: (row: Row) => number): Column<Row> => ({
  head,
  width: 16,
  format: 'yuan',
  value,
})

function invoiceColumns(t: Translate): Column<InvoiceRow>[] {
  const head = (key: string) => t(`invoices:columns.${key}`)
  return [
    text(head('number'), 24, (row) => row.number),
    text(head('code'), 14, (row) => row.code),
    text(head('kind'), 16, (row) => t(`invoices:kinds.${row.kind}`)),
    day(head('day'), (row) => row.day),
    text(head('buyerName'), 30, (row) => row.buyerName),
    // What is void or removed counts with nothing, as in the sum line of the list.
    yuan(head('net'), (row) => counted(row, row.net)),
    yuan(head('tax'), (row) => counted(row, row.tax)),
    yuan(head('amount'), (row) => counted(row, row.amount)),
    text(head('stage'), 12, (row) => t(`invoices:stages.${row.stage}`)),
    text(head('contract'), 16, (row) => row.contractNumber),
    text(head('original'), 12, (row) => t(`invoices:originals.${row.original}`)),
    text(head('owner'), 12, (row) => row.ownerName),
  ]
}

const counted = (row: InvoiceRow, fen: number): number => (row.stage === 'void' || row.stage === 'removed' ? 0 : fen)

function uninvoicedColumns(t: Translate): Column<UninvoicedRow>[] {
  const head = (key: string) => t(`invoices:uninvoiced.columns.${key}`)
  return [
    text(head('contractNumber'), 16, (row) => row.contractNumber),
    text(head('title'), 28, (row) => row.title),
    text(head('buyerName'), 30, (row) => row.buyerName),
    day(head('deliveredDay'), (row) => row.deliveredDay),
    yuan(head('delivered'), (row) => row.delivered),
    yuan(head('invoiced'), (row) => row.invoiced),
    yuan(head('toInvoice'), (row) => row.toInvoice),
    text(head('owner'), 12, (row) => row.ownerName),
  ]
}
