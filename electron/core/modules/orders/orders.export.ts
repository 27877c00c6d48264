import { makeTranslator } from '#shared/i18n/translate.ts'
import type { OrderFilters, OrderRow, OrderSort } from '#shared/modules/orders/orders.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { exportList, type ListAsked } from '#core/kernel/list-export.ts'
import type { ExportColumn } from '#core/kernel/table-export.ts'
import { listOrders, sumOrders } from './orders.repo.ts'

/** The list of orders as a workbook or CSV, as it is filtered and sorted on the page. */
export function createOrdersExport(deps: CoreDeps) {
  return {
    exportRows(ctx: CallContext, input: ListAsked<OrderSort, OrderFilters>) {
      const t = makeTranslator(ctx.locale)
      return exportList<OrderRow>(deps, ctx, {
        kind: 'orders.export',
        audit: { action: 'orders.export', entity: 'order', entityId: 'list', after: input },
        title: t('orders:title'),
        format: input.format,
        columns: columns(t),
        open: async () => {
          const db = deps.store.read
          const asked = { scope: ctx.scope, today: deps.clock.today(), text: input.text, filters: input.filters }
          const { count } = await sumOrders(db, asked)
          return { count, page: (at) => listOrders(db, asked, { sort: input.sort, ...at }) }
        },
      })
    },
  }
}

function columns(t: ReturnType<typeof makeTranslator>): ExportColumn<OrderRow>[] {
  const text = (field: string, width: number, value: (row: OrderRow) => string): ExportColumn<OrderRow> => ({
    head: t(`orders:columns.${field}`),
    width,
    format: 'text',
    value,
  })
  return [
    text('number', 16, (row) => row.number),
    text('contract', 16, (row) => row.contractNumber),
    text('title', 28, (row) => row.title),
    text('buyerName', 28, (row) => row.buyerName),
    text('stage', 12, (row) => t(`orders:stages.${row.stage}`)),
    { ...text('signDay', 12, (row) => row.signDay), format: 'day' },
    { ...text('deliveryDay', 12, (row) => row.deliveryDay ?? ''), format: 'day', value: (row) => row.deliveryDay },
    { head: t('orders:columns.late'), width: 10, format: 'count', value: (row) => row.late },
    text('owner', 12, (row) => row.ownerName),
  ]
}
