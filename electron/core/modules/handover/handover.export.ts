import { makeTranslator } from '#shared/i18n/translate.ts'
import { HANDOVER_KINDS, type HandoverFilters, type HandoverRow } from '#shared/modules/handover/handover.schema.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { exportList, listAudit, type ListAsked } from '#core/kernel/list-export.ts'
import { exportTable, type ExportColumn } from '#core/kernel/table-export.ts'
import { countHandovers, listHandovers, type findHandover } from './handover.repo.ts'

type Found = NonNullable<Awaited<ReturnType<typeof findHandover>>>
type Item = Found['items'][number]

/** Everything that moved, customer by customer, as it was called then: what both sides sign. */
export function exportHandover(
  deps: CoreDeps,
  ctx: CallContext,
  { head, items }: Found,
  format: 'xlsx' | 'csv',
): { jobId: string } {
  const t = makeTranslator(ctx.locale)
  return deps.jobs.start(ctx, {
    kind: 'customers.handover',
    steps: [{ key: 'jobs:steps.file', weight: 1 }],
    async run(job) {
      job.step('jobs:steps.file', 0, 1)
      const rows = [...Map.groupBy(items, (item) => item.customer_id).values()].flatMap((own) =>
        own.toSorted((a, b) => HANDOVER_KINDS.indexOf(a.kind) - HANDOVER_KINDS.indexOf(b.kind)),
      )
      const column = (
        key: string,
        width: number,
        value: (row: Item) => string | number | null,
        kind: ExportColumn<Item>['format'] = 'text',
      ): ExportColumn<Item> => ({ head: t(`handover:columns.${key}`), width, format: kind, value })
      const table = {
        nameParts: [t('handover:list'), head.to_name],
        sheet: t('handover:list'),
        format,
        columns: [
          column('customer', 32, (row) => row.customer_name),
          column('kind', 16, (row) => t(`handover:kind.${row.kind}`)),
          column('label', 44, (row) => row.label),
          column('amount', 18, (row) => row.amount, 'yuan'),
          column('from', 14, (row) => row.former_name ?? ''),
          column('to', 14, () => head.to_name),
          column('day', 14, () => head.day),
        ],
      }
      const done = await exportTable(deps, job, table, rows)
      await deps.store.write(withoutReplay(ctx.actor), (uow) =>
        uow.audit({
          action: 'customers.handOverExport',
          entity: 'export',
          entityId: job.id,
          after: { handover: head.id, rows: rows.length },
        }),
      )
      job.step('jobs:steps.file', 1, 1)
      return done
    },
  })
}

export type HandoverListExport = ListAsked<'at', HandoverFilters>

/** The list of hand-overs as it is filtered, one row each. */
export async function exportHandovers(
  deps: CoreDeps,
  ctx: CallContext,
  { format, sort, ...query }: HandoverListExport,
): Promise<{ jobId: string }> {
  const { store, clock } = deps
  const t = makeTranslator(ctx.locale)
  const count = await countHandovers(store.read, ctx.scope, query)
  const column = (key: string, width: number, value: (row: HandoverRow) => string): ExportColumn<HandoverRow> => ({
    head: t(`handover:columns.${key}`),
    width,
    format: 'text',
    value,
  })
  const moved = (row: HandoverRow) => row.sums.map((sum) => `${t(`handover:kind.${sum.kind}`)} ${sum.count}`)
  const columns = [
    { ...column('day', 14, (row) => row.day), format: 'day' as const },
    column('from', 24, (row) => row.fromNames.join(' · ')),
    column('to', 14, (row) => row.toName),
    column('what', 48, (row) => moved(row).join(' · ')),
    column('by', 14, (row) => row.byName ?? ''),
    column('state', 12, (row) => t(`handover:state.${row.state}`)),
  ]
  return exportList<HandoverRow>(deps, ctx, {
    kind: 'customers.handover',
    audit: listAudit('customers.handOverExport', query, count),
    title: t('handover:title'),
    format,
    columns,
    open: async () => ({
      count,
      page: (at) => listHandovers(store.read, ctx.scope, clock.now(), query, { sort, ...at }),
    }),
  })
}
