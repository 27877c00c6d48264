import { sql } from 'kysely'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import type {
  EscalationFilters,
  EscalationRow,
  EscalationSort,
  EscalationView,
} from '#shared/modules/dunning/dunning.escalations.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader, Writer } from '#core/store/store.ts'

const SORT = { askedAt: 'e.asked_at', amount: 'e.amount' } as const
const LINES = sql<number>`(SELECT count(*) FROM dunning_escalation_lines l WHERE l.escalation_id = e.id)`

/** Which reports are asked for. */
export interface EscalationQuery {
  readonly scope: Scope
  readonly text?: string | undefined
  readonly filters: EscalationFilters
}

function query(db: Reader | Writer, { scope, text, filters }: EscalationQuery) {
  let found = applyScope(
    db
      .selectFrom('dunning_escalations as e')
      .innerJoin('customers as c', 'c.id', 'e.customer_id')
      .leftJoin('users as o', 'o.id', 'e.owner_id')
      .leftJoin('users as w', 'w.id', 'e.asked_by')
      .selectAll('e')
      .select(['c.name as customer_name', 'o.name as owner_name', 'w.name as who', LINES.as('debts')]),
    scope,
    'e.owner_id',
  )
  const needle = normaliseQuery(text ?? '')
  if (needle !== '') found = found.where(sql<boolean>`instr(e.search_text, ${needle}) > 0`)
  if (filters.customerId !== undefined) found = found.where('e.customer_id', '=', filters.customerId)
  if (filters.ownerId !== undefined) found = found.where('e.owner_id', '=', filters.ownerId)
  if (filters.state !== undefined) found = found.where('e.state', '=', filters.state)
  if (filters.proposal !== undefined) found = found.where('e.proposal', '=', filters.proposal)
  if (filters.reason !== undefined) found = found.where('e.reason', '=', filters.reason)
  if (filters.from !== undefined) found = found.where('e.day', '>=', filters.from)
  if (filters.to !== undefined) found = found.where('e.day', '<=', filters.to)
  return found
}
export type EscalationRecord = Awaited<ReturnType<ReturnType<typeof query>['executeTakeFirstOrThrow']>>

export const findEscalation = (db: Reader | Writer, scope: Scope, id: string): Promise<EscalationRecord | undefined> =>
  query(db, { scope, filters: {} }).where('e.id', '=', id).executeTakeFirst()

/** A page of what was asked for. */
export async function listEscalations(
  db: Reader,
  asked: EscalationQuery,
  page: Pick<PageInput<EscalationSort>, 'sort' | 'cursor' | 'limit'>,
): Promise<{ rows: EscalationRow[]; nextCursor: string | null }> {
  const column = SORT[page.sort.key]
  const rows = await keyset(query(db, asked), {
    sortColumn: column,
    idColumn: 'e.id',
    dir: page.sort.dir,
    cursor: page.cursor,
    limit: page.limit,
  }).execute()
  const cut = pageOf(
    rows,
    page.limit,
    (row) => (page.sort.key === 'amount' ? row.amount : row.asked_at),
    (row) => row.id,
  )
  return { rows: cut.rows.map(toEscalationRow), nextCursor: cut.nextCursor }
}

/** Over the whole filtered set; fen. */
export async function sumEscalations(db: Reader, asked: EscalationQuery) {
  const row = await query(db, asked)
    .clearSelect()
    .select([
      sql<number>`count(*)`.as('count'),
      sql<number>`coalesce(sum(e.amount), 0)`.as('amount'),
      sql<number>`coalesce(sum(e.state IN ('asked', 'returned')), 0)`.as('open'),
    ])
    .executeTakeFirstOrThrow()
  return { count: Number(row.count), amount: Number(row.amount), open: Number(row.open) }
}

export const toEscalationRow = (row: EscalationRecord): EscalationRow => ({
  id: row.id,
  version: row.version,
  customerId: row.customer_id,
  customerName: row.customer_name,
  ownerName: row.owner_name ?? '',
  day: row.day,
  askedByName: row.who ?? '',
  debts: Number(row.debts),
  amount: row.amount,
  reason: row.reason,
  findings: row.findings,
  proposal: row.proposal,
  state: row.state,
  doneDay: row.done_day,
  endedDay: row.ended_day,
})

/** The debts that a report is about, as they were reported and as they are. */
export async function escalationLines(db: Reader | Writer, id: string): Promise<EscalationView['lines']> {
  return db
    .selectFrom('dunning_escalation_lines as l')
    .innerJoin('receivable_instalments as i', 'i.id', 'l.instalment_id')
    .select(['l.instalment_id as instalmentId', 'i.contract_number as contractNumber', 'i.label'])
    .select(['l.due_day as dueDay', 'l.amount', 'i.outstanding'])
    .where('l.escalation_id', '=', id)
    .orderBy('l.seq')
    .execute()
}

/** The latest report about any of these debts. */
export async function latestReport(db: Reader, scope: Scope, instalmentIds: readonly string[]) {
  if (instalmentIds.length === 0) return null
  const about = db
    .selectFrom('dunning_escalation_lines')
    .select('escalation_id')
    .where('instalment_id', 'in', [...instalmentIds])
  const row = await query(db, { scope, filters: {} })
    .where('e.id', 'in', about)
    .orderBy('e.asked_at', 'desc')
    .orderBy('e.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? { id: row.id, day: row.day, state: row.state, proposal: row.proposal } : null
}
