import { makeTranslator, type Translate } from '#shared/i18n/translate.ts'
import type {
  InvoiceFilters,
  InvoiceRow,
  InvoiceSort,
  UninvoicedFilters,
  UninvoicedRow,
  UninvoicedSort,
} from '#shared/modules/invoices/invoices.schema.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { exportTable, type ExportColumn } from '#core/kernel/table-export.ts'
import { listInvoices, sumInvoices } from './invoices.repo.ts'
import { listUninvoiced, sumUninvoiced } from './uninvoiced.repo.ts'

const PAGE = 200

interface Asked<Sort, Filters> {
  readonly text?: string | undefined
  readonly filters: Filters
  readonly sort: { readonly key: Sort; readonly dir: 'asc' | 'desc' }
  readonly format: 'xlsx' | 'csv'
}

/** What one list gives for its file. */
interface Listed<Row> {
  readonly title: string
  readonly count: () => Promise<number>
  readonly page: (cursor: string | null) => Promise<{ rows: Row[]; nextCursor: string | null }>
  readonly columns: readonly ExportColumn<Row>[]
  readonly sums: readonly number[]
}

/** The lists of invoices as files, as they are filtered and sorted on the page. */
export function createInvoicesExport(deps: CoreDeps) {
  async function start<Row>(ctx: CallContext, list: string, asked: object, format: 'xlsx' | 'csv', of: Listed<Row>) {
    await deps.store.write(withoutReplay(ctx.actor), async (uow) => {
      await uow.audit({ action: 'invoices.export', entity: 'invoice', entityId: list, after: asked })
    })
    const t = makeTranslator(ctx.locale)
    return deps.jobs.start(ctx, {
      kind: 'invoices.export',
      steps: [
        { key: 'jobs:steps.rows', weight: 3 },
        { key: 'jobs:steps.file', weight: 1 },
      ],
      run: async (job) => {
        const count = await of.count()
        const rows: Row[] = []
        let cursor: string | null = null
        do {
          job.step('jobs:steps.rows', Math.min(rows.length, count), count)
          const page: { rows: Row[]; nextCursor: string | null } = await of.page(cursor)
          rows.push(...page.rows)
          cursor = page.nextCursor
        } while (cursor !== null)
        job.step('jobs:steps.file', 0, 1)
        const { title, columns } = of
        const sum = { label: t('invoices:sum'), columns: of.sums }
        return exportTable(deps, job, { nameParts: [title], sheet: title, format, columns, sum }, rows)
      },
    })
  }

  return {
    rows(ctx: CallContext, input: Asked<InvoiceSort, InvoiceFilters>) {
      const t = makeTranslator(ctx.locale)
      const db = deps.store.read
      const asked = { scope: ctx.scope, text: input.text, filters: input.filters }
      return start(ctx, 'list', input, input.format, {
        title: t('invoices:title'),
        count: async () => (await sumInvoices(db, asked)).count,
        page: (cursor) => listInvoices(db, asked, { sort: input.sort, cursor, limit: PAGE }),
        columns: invoiceColumns(t),
        sums: [5, 6, 7],
      })
    },

    uninvoiced(ctx: CallContext, input: Asked<UninvoicedSort, UninvoicedFilters>) {
      const t = makeTranslator(ctx.locale)
      const db = deps.store.read
      const asked = { scope: ctx.scope, text: input.text, filters: input.filters }
      return start(ctx, 'uninvoiced', input, input.format, {
        title: t('invoices:uninvoiced.title'),
        count: async () => (await sumUninvoiced(db, asked)).count,
        page: (cursor) => listUninvoiced(db, asked, { sort: input.sort, cursor, limit: PAGE }),
        columns: uninvoicedColumns(t),
        sums: [4, 5, 6],
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
