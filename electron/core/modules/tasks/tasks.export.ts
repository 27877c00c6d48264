import { makeTranslator } from '#shared/i18n/translate.ts'
import { formatMoment } from '#shared/kernel/dates.ts'
import type { TaskFilters, TaskRow, TaskSort } from '#shared/modules/tasks/tasks.schema.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { exportTable, type ExportColumn } from '#core/kernel/table-export.ts'
import { countTasks, listTasks, type TaskSight } from './tasks.repo.ts'

export interface TaskExport {
  readonly format: 'xlsx' | 'csv'
  readonly text?: string | undefined
  readonly filters: TaskFilters
  readonly sort: { readonly key: TaskSort; readonly dir: 'asc' | 'desc' }
}

const PAGE = 200

/** Everything the list shows; recorded with who, filter and how many rows. */
export function exportTasks(deps: CoreDeps, ctx: CallContext, sight: TaskSight, input: TaskExport): { jobId: string } {
  const t = makeTranslator(ctx.locale)
  const query = { sight, text: input.text, filters: input.filters }
  return deps.jobs.start(ctx, {
    kind: 'tasks.export',
    steps: [
      { key: 'jobs:steps.rows', weight: 2 },
      { key: 'jobs:steps.file', weight: 1 },
    ],
    async run(job) {
      const { read } = deps.store
      const { zone } = (await readSetting(read, 'preferences')).value
      const total = (await countTasks(read, query)).count
      const rows: TaskRow[] = []
      let cursor: string | null = null
      do {
        job.signal.throwIfAborted()
        const page = await listTasks(read, query, { sort: input.sort, limit: PAGE, cursor })
        rows.push(...page.rows)
        cursor = page.nextCursor
        job.step('jobs:steps.rows', Math.min(rows.length, total), total)
      } while (cursor !== null)
      job.step('jobs:steps.file', 0, 1)
      const column = (
        field: string,
        width: number,
        value: (row: TaskRow) => string,
        format: 'text' | 'day' = 'text',
      ): ExportColumn<TaskRow> => ({ head: t(`tasks:fields.${field}`), width, format, value })
      const table = {
        nameParts: [t('tasks:title')],
        sheet: t('tasks:title'),
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
      }
      const done = await exportTable(deps, job, table, rows)
      await deps.store.write(withoutReplay(ctx.actor), (uow) =>
        uow.audit({
          action: 'tasks.export',
          entity: 'export',
          entityId: job.id,
          after: { rows: rows.length, filters: input.filters, text: input.text ?? '' },
        }),
      )
      job.step('jobs:steps.file', 1, 1)
      return done
    },
  })
}
