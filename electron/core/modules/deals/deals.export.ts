import { makeTranslator } from '#shared/i18n/translate.ts'
import type { DealFilters, DealRow, DealSort } from '#shared/modules/deals/deals.schema.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { exportTable, type ExportColumn } from '#core/kernel/table-export.ts'
import { toDealRows } from './deals.records.ts'
import { listDeals, sumDeals } from './deals.repo.ts'

export interface DealExport {
  readonly format: 'xlsx' | 'csv'
  readonly text?: string | undefined
  readonly filters: DealFilters
  readonly sort: { readonly key: DealSort; readonly dir: 'asc' | 'desc' }
}

const PAGE = 200

/** Everything the list shows; recorded with who, filter and how many rows. */
export async function exportDeals(deps: CoreDeps, ctx: CallContext, input: DealExport): Promise<{ jobId: string }> {
  const t = makeTranslator(ctx.locale)
  const { read } = deps.store
  const today = deps.clock.today()
  const query = { scope: ctx.scope, text: input.text, filters: input.filters, today }
  const total = (await sumDeals(read, query)).count
  await deps.store.write(withoutReplay(ctx.actor), async (uow) => {
    const after = { rows: total, filters: input.filters, text: input.text ?? '' }
    await uow.audit({ action: 'deals.export', entity: 'export', entityId: 'list', after })
  })
  return deps.jobs.start(ctx, {
    kind: 'deals.export',
    steps: [
      { key: 'jobs:steps.rows', weight: 2 },
      { key: 'jobs:steps.file', weight: 1 },
    ],
    async run(job) {
      const rows: DealRow[] = []
      let cursor: string | null = null
      do {
        const page: Awaited<ReturnType<typeof listDeals>> = await listDeals(read, query, {
          sort: input.sort,
          limit: PAGE,
          cursor,
        })
        rows.push(...(await toDealRows(read, page.rows, today)))
        cursor = page.nextCursor
        job.step('jobs:steps.rows', Math.min(rows.length, total), total)
      } while (cursor !== null)
      job.step('jobs:steps.file', 0, 1)
      const title = t('deals:title')
      const table = {
        nameParts: [title],
        sheet: title,
        format: input.format,
        columns: columns(t),
        sum: { label: t('deals:sum'), columns: [5, 7] },
      }
      const done = await exportTable(deps, job, table, rows)
      job.step('jobs:steps.file', 1, 1)
      return done
    },
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
