import { makeTranslator } from '#shared/i18n/translate.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
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
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { exportList, type ListAsked } from '#core/kernel/list-export.ts'
import type { Scope } from '#core/kernel/scope.ts'
import type { ExportColumn } from '#core/kernel/table-export.ts'
import type { Reader } from '#core/store/store.ts'
import { listDisputes, sumDisputes } from './claims.disputes.ts'
import { listLimitation, sumLimitation } from './claims.limitation.repo.ts'
import { listPlans, sumPlans } from './claims.plans.repo.ts'
import { listRequests, sumRequests } from './claims.requests.repo.ts'
import { listStatements, sumStatements } from './claims.statements.repo.ts'

type Words = ReturnType<typeof makeTranslator>

/** Whose records, as of which day. */
interface Query<Filters> {
  readonly scope: Scope
  readonly today: PlainDay
  readonly text?: string | undefined
  readonly filters: Filters
}

/** The lists of claims as workbooks or CSV, as they are filtered and sorted on their pages. */
export function createClaimsExports(deps: CoreDeps) {
  const { store, clock } = deps

  const write = <Row, Sort extends string, Filters extends object>(
    ctx: CallContext,
    list: 'limitation' | 'disputes' | 'requests' | 'statements' | 'plans',
    input: ListAsked<Sort, Filters>,
    from: {
      readonly sum: (db: Reader, asked: Query<Filters>) => Promise<{ count: number }>
      readonly list: (
        db: Reader,
        asked: Query<Filters>,
        page: { sort: ListAsked<Sort, Filters>['sort']; cursor: string | null; limit: number },
      ) => Promise<{ rows: Row[]; nextCursor: string | null }>
    },
    columns: (t: Words) => ExportColumn<Row>[],
    sums: readonly number[] = [],
  ) => {
    const t = makeTranslator(ctx.locale)
    const { text, filters, sort, format } = input
    const asked = { text, filters, scope: ctx.scope, today: clock.today() }
    return exportList<Row>(deps, ctx, {
      kind: `claims.export.${list}`,
      audit: { action: 'claims.export', entity: 'export', entityId: list, after: filters },
      title: t(`claims:lists.${list}`),
      format,
      columns: columns(t),
      ...(sums.length > 0 ? { sum: { label: t('claims:columns.sum'), columns: sums } } : {}),
      open: async () => ({
        count: (await from.sum(store.read, asked)).count,
        page: (at) => from.list(store.read, asked, { sort, ...at }),
      }),
    })
  }

  return {
    limitation: (ctx: CallContext, input: ListAsked<LimitationSort, LimitationFilters>) =>
      write(ctx, 'limitation', input, { sum: sumLimitation, list: listLimitation }, limitationColumns, [6]),
    disputes: (ctx: CallContext, input: ListAsked<DisputeSort, DisputeFilters>) =>
      write(ctx, 'disputes', input, { sum: sumDisputes, list: listDisputes }, disputeColumns, [5]),
    requests: (ctx: CallContext, input: ListAsked<RequestSort, RequestFilters>) =>
      write(ctx, 'requests', input, { sum: sumRequests, list: listRequests }, requestColumns, [3]),
    statements: (ctx: CallContext, input: ListAsked<StatementSort, StatementFilters>) =>
      write(ctx, 'statements', input, { sum: sumStatements, list: listStatements }, statementColumns, [4, 5, 6, 7]),
    plans: (ctx: CallContext, input: ListAsked<PlanSort, PlanFilters>) =>
      write(ctx, 'plans', input, { sum: sumPlans, list: listPlans }, planColumns, [3, 4, 5, 6, 7]),
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
