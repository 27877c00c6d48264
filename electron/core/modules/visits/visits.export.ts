import { makeTranslator } from '#shared/i18n/translate.ts'
import { timesOf } from '#shared/modules/visits/visits.rules.ts'
import type { VisitFilters, VisitRow } from '#shared/modules/visits/visits.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { exportList, listAudit, type ListAsked } from '#core/kernel/list-export.ts'
import type { ExportColumn } from '#core/kernel/table-export.ts'
import { countListed, listVisits } from './visits.repo.ts'

export type VisitExport = ListAsked<'day', VisitFilters> & { readonly overdueThrough: string }

/** Everything the view shows; recorded with who, filter and how many rows. */
export async function exportVisits(deps: CoreDeps, ctx: CallContext, input: VisitExport) {
  const t = makeTranslator(ctx.locale)
  const query = {
    scope: ctx.scope,
    text: input.text,
    filters: input.filters,
    overdueThrough: input.overdueThrough,
  }
  const column = (field: string, width: number, value: (row: VisitRow) => string, format: 'text' | 'day' = 'text') =>
    ({ head: t(`visits:fields.${field}`), width, format, value }) satisfies ExportColumn<VisitRow>
  const { read } = deps.store
  const { count } = await countListed(read, query)
  return exportList<VisitRow>(deps, ctx, {
    kind: 'visits.export',
    audit: listAudit('visits.export', input, count),
    title: t('visits:title'),
    format: input.format,
    columns: [
      column('day', 12, (row) => row.day, 'day'),
      column('time', 12, (row) => timesOf(row)),
      column('customerId', 32, (row) => row.customerName),
      column('userId', 12, (row) => row.userName),
      column('channel', 12, (row) => t(`visits:channel.${row.channel}`)),
      column('purpose', 12, (row) => t(`visits:purpose.${row.purpose}`)),
      column('state', 12, (row) => t(`visits:state.${row.state}`)),
      column('goal', 32, (row) => row.goal),
      column('result', 48, (row) => row.result),
      column('needs', 32, (row) => row.needs),
      column('concerns', 32, (row) => row.concerns),
      column('intent', 8, (row) => row.intent),
      column('evidence', 32, (row) => row.evidence),
      column('nextStep', 32, (row) => row.nextStep),
      column('nextDay', 12, (row) => row.nextDay ?? '', 'day'),
      column('reportDay', 12, (row) => row.reportDay ?? '', 'day'),
      column('late', 8, (row) => (row.late ? t('common:yes') : '')),
    ],
    open: async () => ({ count, page: (at) => listVisits(read, query, { sort: input.sort, ...at }) }),
  })
}
