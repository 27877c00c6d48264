import { makeTranslator } from '#shared/i18n/translate.ts'
import { formatMoment } from '#shared/kernel/dates.ts'
import type { TaskFilters, TaskRow, TaskSort } from '#shared/modules/tasks/tasks.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { exportList, listAudit, type ListAsked } from '#core/kernel/list-export.ts'
import { readSetting } from '#core/kernel/settings.ts'
import type { ExportColumn } from '#core/kernel/table-export.ts'
import { countTasks, listTasks, type TaskSight } from './tasks.repo.ts'

export type TaskExport = ListAsked<TaskSort, TaskFilters>

/** Everything the list shows; recorded with who, filter and how many rows. */
export async function exportTasks(deps: CoreDeps, ctx: CallContext, sight: TaskSight, input: TaskExport) {
  const t = makeTranslator(ctx.locale)
  const query = { sight, text: input.text, filters: input.filters }
  const { read } = deps.store
  const { zone } = (await readSetting(read, 'preferences')).value
  const { count } = await countTasks(read, query)
  const column = (
    field: string,
    width: number,
    value: (row: TaskRow) => string,
    format: 'text' | 'day' = 'text',
  ): ExportColumn<TaskRow> => ({ head: t(`tasks:fields.${field}`), width, format, value })
  return exportList<TaskRow>(deps, ctx, {
    kind: 'tasks.export',
    audit: listAudit('tasks.export', input, count),
    title: t('tasks:title'),
    format: input.format,
    columns: [
      column('dueDay', 12, (row) => row.dueDay, 'day'),
      column('kind', 12, (row) => t(`tasks:kind.${row.kind}`)),
      column('title', 40, (row) => row.title),
      column('customerId', 32, (row) => row.customerName ?? ''),
      column('ownerId', 12, (row) => row.ownerName),
      column('state', 10, (row) => t(`tasks:state.${row.state}`)),
      column('closedAt', 18, (row) => (row.closedAt === null ? '' : formatMoment(row.closedAt, zone))),
      column('closedBy', 12, (row) => row.closedByName ?? ''),
      column('result', 40, (row) => row.result),
      column('note', 48, (row) => row.note),
    ],
    open: async () => ({ count, page: (at) => listTasks(read, query, { sort: input.sort, ...at }) }),
  })
}
