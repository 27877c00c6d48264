import { makeTranslator } from '#shared/i18n/translate.ts'
import type {
  DisputeFilters,
  DisputeRow,
  DisputeSort,
  RequestFilters,
  RequestRow,
  RequestSort,
} from '#shared/modules/claims/claims.decisions.schema.ts'
import type {
  LimitationFilters,
  LimitationRow,
  LimitationSort,
} from '#shared/modules/claims/claims.limitation.schema.ts'
import type { PlanFilters, PlanRow, PlanSort } from '#shared/modules/claims/claims.plans.schema.ts'
import type { StatementFilters, StatementRow, StatementSort } from '#shared/modules/claims/claims.statements.schema.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { exportTable, type ExportColumn } from '#core/kernel/table-export.ts'
import { listDisputes } from './claims.disputes.ts'
import { listLimitation } from './claims.limitation.repo.ts'
import { listPlans } from './claims.plans.repo.ts'
import { listRequests } from './claims.requests.repo.ts'
import { listStatements } from './claims.statements.repo.ts'

const PAGE = 200

interface Asked<Sort extends string, Filters> {
  readonly text?: string | undefined
  readonly filters: Filters
  readonly sort: { readonly key: Sort; readonly dir: 'asc' | 'desc' }
  readonly format: 'xlsx' | 'csv'
}
type Page<Row> = { rows: Row[]; nextCursor: string | null }
type Words = ReturnType<typeof makeTranslator>

/** The lists of claims as workbooks or CSV, as they are filtered and sorted on their pages. */
export function createClaimsExports(deps: CoreDeps) {
  const { store, clock } = deps

  /** Reads every page of a list and writes it; what left the program is in the log before it does. */
  async function write<Row>(
    ctx: CallContext,
    list: 'limitation' | 'disputes' | 'requests' | 'statements' | 'plans',
    input: Asked<string, object>,
    page: (cursor: string | null) => Promise<Page<Row>>,
    columns: (t: Words) => ExportColumn<Row>[],
    sums: readonly number[] = [],
  ) {
    const t = makeTranslator(ctx.locale)
    await store.write(withoutReplay(ctx.actor), async (uow) => {
      await uow.audit({ action: 'claims.export', entity: 'export', entityId: list, after: input.filters })
    })
    return deps.jobs.start(ctx, {
      kind: `claims.export.${list}`,
      steps: [{ key: 'jobs:steps.rows', weight: 1 }],
      run: async (job) => {
        const rows: Row[] = []
        let cursor: string | null = null
        do {
          const found: Page<Row> = await page(cursor)
          rows.push(...found.rows)
          cursor = found.nextCursor
          job.step('jobs:steps.rows', rows.length, cursor === null ? rows.length : rows.length + PAGE)
        } while (cursor !== null)
        const title = t(`claims:lists.${list}`)
        return exportTable(
          deps,
          job,
          {
            nameParts: [title],
            sheet: title,
            format: input.format,
            columns: columns(t),
            ...(sums.length > 0 ? { sum: { label: t('claims:columns.sum'), columns: sums } } : {}),
          },
          rows,
        )
      },
    })
  }
  const page = <Sort extends string>({ sort }: Asked<Sort, object>, cursor: string | null) => ({
    sort,
    cursor,
    limit: PAGE,
  })
  const asked = <Filters extends object>(ctx: CallContext, { text, filters }: Asked<string, Filters>) => ({
    text,
    filters,
    scope: ctx.scope,
    today: clock.today(),
  })

  return {
    limitation: (ctx: CallContext, input: Asked<LimitationSort, LimitationFilters>) =>
      write(
        ctx,
        'limitation',
        input,
        (cursor) => listLimitation(store.read, asked(ctx, input), page(input, cursor)),
        limitationColumns,
        [6],
      ),
    disputes: (ctx: CallContext, input: Asked<DisputeSort, DisputeFilters>) =>
      write(
        ctx,
        'disputes',
        input,
        (cursor) => listDisputes(store.read, asked(ctx, input), page(input, cursor)),
        disputeColumns,
        [5],
      ),
    requests: (ctx: CallContext, input: Asked<RequestSort, RequestFilters>) =>
      write(
        ctx,
        'requests',
        input,
        (cursor) => listRequests(store.read, asked(ctx, input), page(input, cursor)),
        requestColumns,
        [3],
      ),
    statements: (ctx: CallContext, input: Asked<StatementSort, StatementFilters>) =>
      write(
        ctx,
        'statements',
        input,
        (cursor) => listStatements(store.read, asked(ctx, input), page(input, cursor)),
        statementColumns,
        [4, 5, 6, 7],
      ),
    plans: (ctx: CallContext, input: Asked<PlanSort, PlanFilters>) =>
      write(
        ctx,
        'plans',
        input,
        (cursor) => listPlans(store.read, asked(ctx, input), page(input, cursor)),
        planColumns,
        [3, 4, 5, 6, 7],
      ),
  }
}

/** Columns by what they hold. */
function columnsIn<Row>(t: Words) {
  const column = (
    key: string,
    width: number,
    format: ExportColumn<Row>['format'],
    value: ExportColumn<Row>['value'],
  ): ExportColumn<Row> => ({ head: t(`claims:columns.${key}`), width, format, value })
  return {
    text: (key: string, width: number, value: (row: Row) => string | null) => column(key, width, 'text', value),
    day: (key: string, value: (row: Row) => string | null) => column(key, 12, 'day', value),
    yuan: (key: string, value: (row: Row) => number | null) => column(key, 16, 'yuan', value),
    count: (key: string, value: (row: Row) => number | null) => column(key, 10, 'count', value),
  }
}

function limitationColumns(t: Words): ExportColumn<LimitationRow>[] {
  const { text, day, yuan, count } = columnsIn<LimitationRow>(t)
  return [
    day('endDay', (row) => row.endDay),
    count('daysLeft', (row) => row.daysLeft),
    text('state', 12, (row) => t(`receivables:limitation.states.${row.state}`)),
    text('customerName', 28, (row) => row.customerName),
    text('contractNumber', 16, (row) => row.contractNumber),
    text('label', 14, (row) => row.label),
    yuan('outstanding', (row) => row.outstanding),
    day('dueDay', (row) => row.dueDay),
    text('last', 16, (row) => (row.lastKind === null ? '' : t(`claims:events.${row.lastKind}`))),
    day('lastDay', (row) => row.lastDay),
    text('ownerName', 12, (row) => row.ownerName),
  ]
}

function disputeColumns(t: Words): ExportColumn<DisputeRow>[] {
  const { text, day, yuan, count } = columnsIn<DisputeRow>(t)
  return [
    day('day', (row) => row.day),
    text('customerName', 28, (row) => row.customerName),
    text('contractNumber', 16, (row) => row.contractNumber),
    text('label', 14, (row) => row.label),
    text('reason', 14, (row) => t(`claims:disputes.reasons.${row.reasonCode}`)),
    yuan('disputed', (row) => row.amount),
    text('state', 10, (row) => t(`claims:disputes.states.${row.state}`)),
    count('age', (row) => row.age),
    text('resolution', 14, (row) =>
      row.resolution === null ? '' : t(`claims:disputes.resolutions.${row.resolution}`),
    ),
    day('resolvedDay', (row) => row.resolvedDay),
    text('note', 36, (row) => row.note),
    text('ownerName', 12, (row) => row.ownerName),
  ]
}

function requestColumns(t: Words): ExportColumn<RequestRow>[] {
  const { text, day, yuan } = columnsIn<RequestRow>(t)
  return [
    text('kind', 12, (row) => t(`claims:kinds.${row.kind}`)),
    text('customerName', 28, (row) => row.customerName),
    text('state', 10, (row) => t(`claims:requests.states.${row.state}`)),
    yuan('amount', (row) => row.amount),
    text('reason', 14, (row) => t(`claims:reasons.${row.kind}.${row.reasonCode}`)),
    text('note', 36, (row) => row.reason),
    text('askedBy', 12, (row) => row.askedByName),
    day('doneDay', (row) => row.doneDay),
    day('reversedDay', (row) => row.reversedDay),
  ]
}

function statementColumns(t: Words): ExportColumn<StatementRow>[] {
  const { text, day, yuan } = columnsIn<StatementRow>(t)
  return [
    text('number', 16, (row) => row.number),
    text('customerName', 28, (row) => row.customerName),
    day('fromDay', (row) => row.fromDay),
    day('asOf', (row) => row.asOf),
    yuan('opening', (row) => row.opening),
    yuan('raised', (row) => row.raised),
    yuan('received', (row) => row.received),
    yuan('closing', (row) => row.closing),
    text('state', 10, (row) => t(`claims:statements.states.${row.state}`)),
    day('sentDay', (row) => row.sentDay),
    day('answerDay', (row) => row.answerDay),
    text('signer', 12, (row) => row.signer),
    yuan('theirAmount', (row) => row.theirAmount),
    text('note', 30, (row) => row.answerNote),
    text('ownerName', 12, (row) => row.ownerName),
  ]
}

function planColumns(t: Words): ExportColumn<PlanRow>[] {
  const { text, day, yuan } = columnsIn<PlanRow>(t)
  return [
    text('number', 16, (row) => row.number),
    text('customerName', 28, (row) => row.customerName),
    day('day', (row) => row.day),
    yuan('principal', (row) => row.principal),
    yuan('interest', (row) => row.interest),
    yuan('costs', (row) => row.costs),
    yuan('paid', (row) => row.paid),
    yuan('late', (row) => row.late),
    text('state', 10, (row) => t(`claims:plans.stages.${row.stage}`)),
    day('nextDay', (row) => row.nextDay),
    day('lastDay', (row) => row.lastDay),
    day('signDay', (row) => row.signDay),
    text('ownerName', 12, (row) => row.ownerName),
  ]
}
