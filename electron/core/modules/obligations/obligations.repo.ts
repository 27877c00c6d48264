import { sql, type SelectQueryBuilder } from 'kysely'
import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import { daysLate, obligationState } from '#shared/modules/obligations/obligations.rules.ts'
import type {
  ObligationFilters,
  ObligationRow,
  ObligationSort,
  ObligationState,
} from '#shared/modules/obligations/obligations.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import type { Tables } from '#core/store/tables.ts'
import type { ObligationsTable } from '#core/store/tables/obligations.tables.ts'

/** Which obligations a list is about; `today` and `dueDays` tell how they stand. */
export interface ObligationsQuery {
  readonly scope: Scope
  readonly today: PlainDay
  /** Natural days before the due day from which one is due soon. */
  readonly dueDays: number
  readonly text?: string | undefined
  readonly filters: ObligationFilters
}

/** What a list is asked of, with the firm's own number of days. */
export async function obligationsQuery(
  db: Reader | Writer,
  asked: Omit<ObligationsQuery, 'dueDays'>,
): Promise<ObligationsQuery> {
  return { ...asked, dueDays: (await readSetting(db, 'contractReminders')).value.dueDays }
}

const SORTED_BY = { dueDay: 'due_key', updatedAt: 'updated_at' } as const satisfies Record<ObligationSort, string>

/** What a state means to the store; ranges of `due_key`, so that an index finds them. */
function inState(state: ObligationState | 'unfinished', { today, dueDays }: ObligationsQuery) {
  const soon = addDays(today, dueDays)
  const conditions = {
    done: sql<boolean>`o.state = 'done'`,
    dropped: sql<boolean>`o.state = 'dropped'`,
    unfinished: sql<boolean>`o.state = 'open'`,
    overdue: sql<boolean>`(o.state = 'open' AND o.due_key < ${today})`,
    soon: sql<boolean>`(o.state = 'open' AND o.due_key >= ${today} AND o.due_key <= ${soon})`,
    open: sql<boolean>`(o.state = 'open' AND o.due_key > ${soon} AND o.waits = 0)`,
    waiting: sql<boolean>`(o.state = 'open' AND o.due_key = '9999-12-31' AND o.waits = 1)`,
  } satisfies Record<typeof state, unknown>
  return conditions[state]
}

/**
 * The scope of a list: of several people the rows are found in the order of the list and then looked at, for no index
 * holds theirs in one order.
 */
function within<DB, TB extends keyof DB, O>(query: SelectQueryBuilder<DB, TB, O>, scope: Scope) {
  if (scope.kind === 'all' || scope.userIds.length < 2) return applyScope(query, scope, 'o.contract_owner_id')
  return query.where(sql<boolean>`+${sql.ref('o.contract_owner_id')} IN (${sql.join([...scope.userIds])})`)
}

function rowsQuery(db: Reader | Writer, scope: Scope) {
  return within(
    db
      .selectFrom('obligations as o')
      .innerJoin('contracts as c', 'c.id', 'o.contract_id')
      .leftJoin('users as owner', 'owner.id', 'o.owner_id')
      .leftJoin('users as doer', 'doer.id', 'o.done_by')
      .leftJoin('departments as d', 'd.id', 'o.department_id')
      .selectAll('o')
      .select(['c.number as contract_number', 'c.title as contract_title', 'c.customer_id', 'c.buyer_name'])
      .select(['c.state as contract_state', 'c.ended_day', 'c.sign_day'])
      .select(['owner.name as owner_name', 'doer.name as doer_name', 'd.name as department_name']),
    scope,
  )
}
export type ObligationRecord = Awaited<ReturnType<ReturnType<typeof rowsQuery>['executeTakeFirstOrThrow']>>

type Named = Tables & { o: ObligationsTable }

/** Narrows any query of obligations (as `o`) to those that are asked for. */
function filtered<DB extends Named, TB extends keyof DB, O>(
  from: SelectQueryBuilder<DB, TB, O>,
  asked: ObligationsQuery,
): SelectQueryBuilder<DB, TB, O> {
  const { filters } = asked
  let query = from as unknown as SelectQueryBuilder<Named, 'o', O>
  const needle = normaliseQuery(asked.text ?? '')
  if (needle !== '') query = query.where(sql<boolean>`instr(o.search_text, ${needle}) > 0`)
  if (filters.state !== undefined) query = query.where(inState(filters.state, asked))
  if (filters.side !== undefined) query = query.where('o.side', '=', filters.side)
  if (filters.kind !== undefined) query = query.where('o.kind', '=', filters.kind)
  if (filters.ownerId !== undefined) query = query.where('o.owner_id', '=', filters.ownerId)
  if (filters.departmentId !== undefined) query = query.where('o.department_id', '=', filters.departmentId)
  if (filters.contractId !== undefined) query = query.where('o.contract_id', '=', filters.contractId)
  if (filters.customerId !== undefined) {
    query = query.where(
      sql<boolean>`o.contract_id IN (SELECT id FROM contracts WHERE customer_id = ${filters.customerId})`,
    )
  }
  if (filters.dueFrom !== undefined) query = query.where('o.due_day', '>=', filters.dueFrom)
  if (filters.dueTo !== undefined) query = query.where('o.due_day', '<=', filters.dueTo)
  return query as unknown as SelectQueryBuilder<DB, TB, O>
}

/** A page of obligations. */
export async function listObligations(
  db: Reader,
  asked: ObligationsQuery,
  page: Pick<PageInput<ObligationSort>, 'sort' | 'cursor' | 'limit'>,
): Promise<{ rows: ObligationRow[]; nextCursor: string | null }> {
  const column = SORTED_BY[page.sort.key]
  const rows = await keyset(filtered(rowsQuery(db, asked.scope), asked), {
    sortColumn: `o.${column}`,
    idColumn: 'o.id',
    dir: page.sort.dir,
    cursor: page.cursor,
    limit: page.limit,
  }).execute()
  const cut = pageOf(
    rows,
    page.limit,
    (row) => row[column],
    (row) => row.id,
  )
  return { rows: cut.rows.map((row) => toObligationRow(row, asked)), nextCursor: cut.nextCursor }
}

/** How many there are in the whole filtered set, and how those stand that are not finished. */
export async function sumObligations(db: Reader, asked: ObligationsQuery) {
  const counted = (state: Parameters<typeof inState>[0]) => sql<number>`coalesce(sum(${inState(state, asked)}), 0)`
  // Nothing is joined: the sums of a large firm are read from its obligations alone.
  const from = applyScope(db.selectFrom('obligations as o'), asked.scope, 'o.contract_owner_id')
  const row = await filtered(from, asked)
    .select([
      sql<number>`count(*)`.as('count'),
      counted('overdue').as('overdue'),
      counted('soon').as('soon'),
      counted('waiting').as('waiting'),
      counted('unfinished').as('unfinished'),
    ])
    .executeTakeFirstOrThrow()
  return {
    count: Number(row.count),
    overdue: Number(row.overdue),
    soon: Number(row.soon),
    waiting: Number(row.waiting),
    unfinished: Number(row.unfinished),
  }
}

/** These obligations, as far as they are within the scope. */
export const findObligations = (
  db: Reader | Writer,
  scope: Scope,
  ids: readonly string[],
): Promise<ObligationRecord[]> =>
  inPieces(ids, (piece) => rowsQuery(db, scope).where('o.id', 'in', piece).orderBy('o.id').execute())

export function toObligationRow(
  raw: ObligationRecord,
  { today, dueDays }: Pick<ObligationsQuery, 'today' | 'dueDays'>,
): ObligationRow {
  const dueDay = raw.due_day as PlainDay | null
  return {
    id: raw.id,
    version: raw.version,
    contractId: raw.contract_id,
    contractNumber: raw.contract_number,
    contractTitle: raw.contract_title,
    customerId: raw.customer_id,
    buyerName: raw.buyer_name,
    kind: raw.kind,
    side: raw.side,
    detail: raw.detail,
    clause: raw.clause,
    amount: raw.amount,
    ownerId: raw.owner_id,
    ownerName: raw.owner_name ?? '',
    departmentId: raw.department_id,
    departmentName: raw.department_name,
    trigger: raw.trigger,
    days: raw.after_days,
    dayKind: raw.day_kind,
    dueDay,
    ruleDay: raw.rule_day,
    moveReason: raw.move_reason,
    state: obligationState({ state: raw.state, dueDay, waits: raw.waits === 1 }, today, dueDays),
    late: daysLate(raw.state, dueDay, today),
    byRule: raw.by_rule === 1,
    done:
      raw.done_day === null
        ? null
        : { day: raw.done_day, byName: raw.done_by_rule === 1 ? null : (raw.doer_name ?? ''), note: raw.note },
    dropped: raw.drop_code === null ? null : { code: raw.drop_code, note: raw.note },
    updatedAt: raw.updated_at,
  }
}
