import { makeTranslator } from '#shared/i18n/translate.ts'
import type {
  ObligationFilters,
  ObligationRow,
  ObligationSort,
} from '#shared/modules/obligations/obligations.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { exportList, type ListAsked } from '#core/kernel/list-export.ts'
import type { ExportColumn } from '#core/kernel/table-export.ts'
import { listObligations, obligationsQuery, sumObligations } from './obligations.repo.ts'

/** The list of obligations as a workbook or CSV, as it is filtered and sorted on the page. */
export function createObligationsExport(deps: CoreDeps) {
  return {
    exportRows(ctx: CallContext, input: ListAsked<ObligationSort, ObligationFilters>) {
      const t = makeTranslator(ctx.locale)
      return exportList<ObligationRow>(deps, ctx, {
        kind: 'obligations.export',
        audit: { action: 'obligations.export', entity: 'obligation', entityId: 'list', after: input },
        title: t('obligations:title'),
        format: input.format,
        columns: columns(t),
        open: async () => {
          const db = deps.store.read
          const { text, filters } = input
          const asked = await obligationsQuery(db, { scope: ctx.scope, today: deps.clock.today(), text, filters })
          const { count } = await sumObligations(db, asked)
          return { count, page: (at) => listObligations(db, asked, { sort: input.sort, ...at }) }
        },
      })
    },
  }
}

function columns(t: ReturnType<typeof makeTranslator>): ExportColumn<ObligationRow>[] {
  const text = (
    field: string,
    width: number,
    value: (row: ObligationRow) => string | null,
    format: 'text' | 'day' = 'text',
  ): ExportColumn<ObligationRow> => ({ head: t(`obligations:columns.${field}`), width, format, value })
  return [
    text('dueDay', 12, (row) => row.dueDay, 'day'),
    text('state', 12, (row) => t(`obligations:states.${row.state}`)),
    { head: t('obligations:columns.late'), width: 10, format: 'count', value: (row) => row.late },
    text('side', 10, (row) => t(`obligations:sides.${row.side}`)),
    text('kind', 14, (row) => t(`obligations:kinds.${row.kind}`)),
    text('detail', 36, (row) => row.detail),
    { head: t('obligations:columns.amount'), width: 16, format: 'yuan', value: (row) => row.amount },
    text('contract', 16, (row) => row.contractNumber),
    text('buyerName', 28, (row) => row.buyerName),
    text('owner', 12, (row) => row.ownerName),
    text('department', 14, (row) => row.departmentName ?? ''),
    text('clause', 20, (row) => row.clause),
    text('doneDay', 12, (row) => row.done?.day ?? null, 'day'),
    text('note', 36, (row) => row.done?.note ?? row.dropped?.note ?? ''),
  ]
}
