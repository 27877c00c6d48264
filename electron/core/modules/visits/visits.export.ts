import { makeTranslator } from '#shared/i18n/translate.ts'
import { timesOf } from '#shared/modules/visits/visits.rules.ts'
import type { VisitFilters, VisitRow } from '#shared/modules/visits/visits.schema.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { exportTable, type ExportColumn } from '#core/kernel/table-export.ts'
import { countListed, listVisits } from './visits.repo.ts'

export interface VisitExport {
  readonly format: 'xlsx' | 'csv'
  readonly text?: string | undefined
  readonly filters: VisitFilters
  readonly overdueThrough: string
  readonly sort: { readonly key: 'day'; readonly dir: 'asc' | 'desc' }
}

const PAGE = 200

/** Everything the view shows; recorded with who, filter and how many rows. */
export function exportVisits(deps: CoreDeps, ctx: CallContext, input: VisitExport): { jobId: string } {
  const t = makeTranslator(ctx.locale)
  const query = {
    scope: ctx.scope,
    text: input.text,
    filters: input.filters,
    overdueThrough: input.overdueThrough,
  }
  const column = (field: string, width: number, value: (row: VisitRow) => string, format: 'text' | 'day' = 'text') =>
    ({ head: t(`visits:fields.${field}`), width, format, value }) satisfies ExportColumn<VisitRow>
  return deps.jobs.start(ctx, {
    kind: 'visits.export',
    steps: [
      { key: 'jobs:steps.rows', weight: 2 },
      { key: 'jobs:steps.file', weight: 1 },
    ],
    async run(job) {
      const { read } = deps.store
      const { count: total } = await countListed(read, query)
      const rows: VisitRow[] = []
      let cursor: string | null = null
      do {
        const page = await listVisits(read, query, { sort: input.sort, limit: PAGE, cursor })
        rows.push(...page.rows)
        cursor = page.nextCursor
        job.step('jobs:steps.rows', Math.min(rows.length, total), total)
      } while (cursor !== null)
      job.step('jobs:steps.file', 0, 1)
      const table = {
        nameParts: [t('visits:title')],
        sheet: t('visits:title'),
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
      }
      const done = await exportTable(deps, job, table, rows)
      await deps.store.write(withoutReplay(ctx.actor), (uow) =>
        uow.audit({
          action: 'visits.export',
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
