import { makeTranslator } from '#shared/i18n/translate.ts'
import { formatMoment } from '#shared/kernel/dates.ts'
import type {
  ProposalFilters,
  ProposalRow,
  ProposalSort,
} from '#shared/modules/performance/performance.proposals.schema.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { exportTable, type ExportColumn } from '#core/kernel/table-export.ts'
import { listProposals, type ProposalQuery } from './performance.proposals.repo.ts'

const PAGE = 200

export interface ProposalsAsked {
  readonly text?: string | undefined
  readonly filters: ProposalFilters
  readonly sort: { readonly key: ProposalSort; readonly dir: 'asc' | 'desc' }
  readonly format: 'xlsx' | 'csv'
}

/** The list of proposals as a workbook or CSV; what left the program is in the log before it does. */
export async function exportProposals(deps: CoreDeps, ctx: CallContext, asked: ProposalQuery, input: ProposalsAsked) {
  const t = makeTranslator(ctx.locale)
  await deps.store.write(withoutReplay(ctx.actor), async (uow) => {
    await uow.audit({ action: 'performance.export', entity: 'export', entityId: 'proposals', after: input.filters })
  })
  return deps.jobs.start(ctx, {
    kind: 'performance.proposals',
    steps: [{ key: 'jobs:steps.rows', weight: 1 }],
    run: async (job) => {
      const rows: ProposalRow[] = []
      let cursor: string | null = null
      do {
        const page: Awaited<ReturnType<typeof listProposals>> = await listProposals(deps.store.read, asked, {
          sort: input.sort,
          cursor,
          limit: PAGE,
        })
        rows.push(...page.rows)
        cursor = page.nextCursor
        job.step('jobs:steps.rows', rows.length, cursor === null ? rows.length : rows.length + PAGE)
      } while (cursor !== null)
      const title = t('performance:proposals.title')
      const head = (key: string) => t(`performance:proposals.fields.${key}`)
      const text = (key: string, width: number, value: (row: ProposalRow) => string): ExportColumn<ProposalRow> => ({
        head: head(key),
        width,
        format: 'text',
        value,
      })
      const day = (key: string, value: (row: ProposalRow) => string | null): ExportColumn<ProposalRow> => ({
        head: head(key),
        width: 12,
        format: 'day',
        value,
      })
      const columns = [
        text('askedAt', 18, (row) => formatMoment(row.askedAt, deps.clock.zone)),
        text('person', 12, (row) => row.userName),
        text('kind', 10, (row) => t(`performance:proposals.kinds.${row.kind}`)),
        text('subject', 24, (row) => row.subject),
        text('reason', 36, (row) => row.reason),
        text('basis', 36, (row) => row.basis),
        day('untilDay', (row) => row.untilDay),
        text('state', 10, (row) => t(`performance:proposals.states.${row.state}`)),
        text('askedBy', 12, (row) => row.askedByName),
        text('decidedBy', 12, (row) => row.decidedByName),
        day('decidedDay', (row) => row.decidedDay),
        day('doneDay', (row) => row.doneDay),
        text('result', 30, (row) => row.result),
        text('evidence', 24, (row) => row.evidence),
      ]
      return exportTable(deps, job, { nameParts: [title], sheet: title, format: input.format, columns }, rows)
    },
  })
}
