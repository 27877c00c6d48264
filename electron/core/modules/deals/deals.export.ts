import { makeTranslator } from '#shared/i18n/translate.ts'
import type { DealFilters, DealRow, DealSort } from '#shared/modules/deals/deals.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { exportList, listAudit, type ListAsked } from '#core/kernel/list-export.ts'
import type { ExportColumn } from '#core/kernel/table-export.ts'
import { toDealRows } from './deals.records.ts'
import { listDeals, sumDeals } from './deals.repo.ts'

export type DealExport = ListAsked<DealSort, DealFilters>

/** Everything the list shows; recorded with who, filter and how many rows. */
export async function exportDeals(deps: CoreDeps, ctx: CallContext, input: DealExport): Promise<{ jobId: string }> {
  const t = makeTranslator(ctx.locale)
  const { read } = deps.store
  const today = deps.clock.today()
  const query = { scope: ctx.scope, text: input.text, filters: input.filters, today }
  const { count } = await sumDeals(read, query)
  return exportList<DealRow>(deps, ctx, {
    kind: 'deals.export',
    audit: listAudit('deals.export', input, count),
    title: t('deals:title'),
    format: input.format,
    columns: columns(t),
    sum: { label: t('deals:sum'), columns: [5, 7] },
    open: async () => ({
      count,
      page: async (at) => {
        const { rows, nextCursor } = await listDeals(read, query, { sort: input.sort, ...at })
        return { rows: await toDealRows(read, rows, today), nextCursor }
      },
    }),
  })
}

function columns(t: ReturnType<typeof makeTranslator>): ExportColumn<DealRow>[] {
  const head = (field: string) => t(`deals:fields.${field}`)
  const text = (field: string, width: number, value: (row: DealRow) => string): ExportColumn<DealRow> => ({
    head: head(field),
    width,
    format: 'text',
    value,
  })
  const day = (field: string, value: (row: DealRow) => string | null): ExportColumn<DealRow> => ({
    head: head(field),
    width: 12,
    format: 'day',
    value,
  })
  return [
    text('number', 14, (row) => row.number),
    text('name', 32, (row) => row.name),
    text('customerId', 32, (row) => row.customerName),
    text('ownerId', 12, (row) => row.ownerName),
    text('stage', 12, (row) => t(`deals:stage.${row.stage}`)),
    { head: head('amount'), width: 16, format: 'yuan', value: (row) => row.amount },
    { head: head('probability'), width: 10, format: 'percent', value: (row) => row.probability },
    { head: head('weighted'), width: 16, format: 'yuan', value: (row) => row.weighted },
    day('expectedDay', (row) => row.expectedDay),
    text('nextStep', 32, (row) => row.nextStep),
    day('nextDay', (row) => row.nextDay ?? ''),
    day('closedDay', (row) => row.closedDay ?? ''),
    text('reason', 12, (row) => (row.closeReason === null ? '' : t(`deals:reason.${row.closeReason}`))),
  ]
}
