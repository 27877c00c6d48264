import { makeTranslator } from '#shared/i18n/translate.ts'
import { formatMoment } from '#shared/kernel/dates.ts'
import type {
  ProposalFilters,
  ProposalRow,
  ProposalSort,
} from '#shared/modules/performance/performance.proposals.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { exportList, type ListAsked } from '#core/kernel/list-export.ts'
import type { ExportColumn } from '#core/kernel/table-export.ts'
import { countProposals, listProposals, type ProposalQuery } from './performance.proposals.repo.ts'

export type ProposalsAsked = ListAsked<ProposalSort, ProposalFilters>

/** The list of proposals as a workbook or CSV, as it is filtered and sorted on the page. */
export function exportProposals(deps: CoreDeps, ctx: CallContext, asked: ProposalQuery, input: ProposalsAsked) {
  const t = makeTranslator(ctx.locale)
  const db = deps.store.read
  return exportList<ProposalRow>(deps, ctx, {
    kind: 'performance.proposals',
    audit: { action: 'performance.export', entity: 'export', entityId: 'proposals', after: input.filters },
    title: t('performance:proposals.title'),
    format: input.format,
    columns: columns(t, deps.clock.zone),
    open: async () => ({
      count: (await countProposals(db, asked)).count,
      page: (at) => listProposals(db, asked, { sort: input.sort, ...at }),
    }),
  })
}

function columns(
  t: ReturnType<typeof makeTranslator>,
  zone: CoreDeps['clock']['zone'],
): readonly ExportColumn<ProposalRow>[] {
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
  return [
    text('askedAt', 18, (row) => formatMoment(row.askedAt, zone)),
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
}
