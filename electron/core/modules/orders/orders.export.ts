import { makeTranslator } from '#shared/i18n/translate.ts'
import type { OrderFilters, OrderRow, OrderSort } from '#shared/modules/orders/orders.schema.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { exportTable, type ExportColumn } from '#core/kernel/table-export.ts'
import { listOrders, sumOrders } from './orders.repo.ts'

const PAGE = 200

interface ExportInput {
  readonly text?: string | undefined
  readonly filters: OrderFilters
  readonly sort: { readonly key: OrderSort; readonly dir: 'asc' | 'desc' }
  readonly format: 'xlsx' | 'csv'
}

/** The list of orders as a workbook or CSV, as it is filtered and sorted on the page. */
export function createOrdersExport(deps: CoreDeps) {
  return {
    async exportRows(ctx: CallContext, input: ExportInput) {
      const t = makeTranslator(ctx.locale)
      await deps.store.write(withoutReplay(ctx.actor), async (uow) => {
        await uow.audit({ action: 'orders.export', entity: 'order', entityId: 'list', after: input })
      })
      return deps.jobs.start(ctx, {
        kind: 'orders.export',
        steps: [
          { key: 'jobs:steps.rows', weight: 3 },
          { key: 'jobs:steps.file', weight: 1 },
        ],
        run: async (job) => {
          const db = deps.store.read
          const asked = { scope: ctx.scope, today: deps.clock.today(), text: input.text, filters: input.filters }
          const { count } = await sumOrders(db, asked)
          const rows: OrderRow[] = []
          let cursor: string | null = null
          do {
            job.step('jobs:steps.rows', Math.min(rows.length, count), count)
            const page: Awaited<ReturnType<typeof listOrders>> = await listOrders(db, asked, {
              sort: input.sort,
              cursor,
              limit: PAGE,
            })
            rows.push(...page.rows)
            cursor = page.nextCursor
          } while (cursor !== null)
          job.step('jobs:steps.file', 0, 1)
          const title = t('orders:title')
          const table = { nameParts: [title], sheet: title, format: input.format, columns: columns(t) }
          return exportTable(deps, job, table, rows)
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
