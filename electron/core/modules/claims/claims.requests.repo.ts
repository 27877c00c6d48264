import { sql } from 'kysely'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import type {
  RequestFilters,
  RequestRow,
  RequestSort,
  RequestView,
} from '#shared/modules/claims/claims.decisions.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import type { Scope } from '#core/kernel/scope.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { allDebtsWithin } from './claims.scope.ts'

export interface RequestQuery {
  readonly scope: Scope
  readonly text?: string | undefined
  readonly filters: RequestFilters
}

const SORTED_BY = { askedAt: 'asked_at', amount: 'amount' } as const satisfies Record<RequestSort, string>

/** Requests all of whose debts are within the scope. */
function requestsQuery(db: Reader | Writer, scope: Scope) {
  return db
    .selectFrom('claim_requests as r')
    .innerJoin('customers as c', 'c.id', 'r.customer_id')
    .leftJoin('users as asker', 'asker.id', 'r.asked_by')
    .selectAll('r')
    .select(['c.name as customer_name', 'asker.name as asker_name'])
    .select(sql<number>`(SELECT count(*) FROM claim_request_lines l WHERE l.request_id = r.id)`.as('debts'))
    .where(allDebtsWithin('request', 'r.id', scope))
}
export type RequestRecord = Awaited<ReturnType<ReturnType<typeof requestsQuery>['executeTakeFirstOrThrow']>>

function filtered(db: Reader | Writer, { scope, text, filters }: RequestQuery) {
  let query = requestsQuery(db, scope)
  const needle = normaliseQuery(text ?? '')
  if (needle !== '') query = query.where(sql<boolean>`instr(r.search_text, ${needle}) > 0`)
  if (filters.kind !== undefined) query = query.where('r.kind', '=', filters.kind)
  if (filters.state !== undefined) query = query.where('r.state', '=', filters.state)
  if (filters.customerId !== undefined) query = query.where('r.customer_id', '=', filters.customerId)
  if (filters.ownerId !== undefined) {
    query = query.where(
      sql<boolean>`EXISTS (SELECT 1 FROM claim_request_lines l JOIN receivable_instalments i ON i.id = l.instalment_id
        WHERE l.request_id = r.id AND i.owner_id = ${filters.ownerId})`,
    )
  }
  return query
}

/** A page of what was asked for. */
export async function listRequests(
  db: Reader,
  asked: RequestQuery,
  page: Pick<PageInput<RequestSort>, 'sort' | 'cursor' | 'limit'>,
): Promise<{ rows: RequestRow[]; nextCursor: string | null }> {
  const column = SORTED_BY[page.sort.key]
  const rows = await keyset(filtered(db, asked), {
    sortColumn: `r.${column}`,
    idColumn: 'r.id',
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
  return { rows: cut.rows.map(toRequestRow), nextCursor: cut.nextCursor }
}

/** Over the whole filtered set; fen. */
export async function sumRequests(db: Reader, asked: RequestQuery) {
  const row = await filtered(db, asked)
    .clearSelect()
    .select([
      sql<number>`count(*)`.as('count'),
      sql<number>`coalesce(sum(r.amount), 0)`.as('amount'),
      sql<number>`coalesce(sum(r.state = 'asked'), 0)`.as('asked'),
    ])
    .executeTakeFirstOrThrow()
  return { count: Number(row.count), amount: Number(row.amount), asked: Number(row.asked) }
}

export const findRequest = (db: Reader | Writer, scope: Scope, id: string): Promise<RequestRecord | undefined> =>
  requestsQuery(db, scope).where('r.id', '=', id).executeTakeFirst()

/** The debts of a request with what was asked and carried out of each. */
export async function requestLines(db: Reader | Writer, requestId: string): Promise<RequestView['lines']> {
  const rows = await db
    .selectFrom('claim_request_lines as l')
    .innerJoin('receivable_instalments as i', 'i.id', 'l.instalment_id')
    .select(['l.instalment_id', 'l.amount', 'l.booked', 'l.former_due_day', 'l.due_day', 'l.keeps_accrued'])
    .select(['i.contract_id', 'i.contract_number', 'i.label'])
    .where('l.request_id', '=', requestId)
    .orderBy('l.seq')
    .execute()
  return rows.map((row) => ({
    instalmentId: row.instalment_id,
    contractId: row.contract_id,
    contractNumber: row.contract_number,
    label: row.label,
    amount: row.amount,
    booked: row.booked,
    formerDueDay: row.former_due_day,
    dueDay: row.due_day,
    keepsAccrued: row.keeps_accrued === 1,
  }))
}

export function toRequestRow(row: RequestRecord): RequestRow {
  return {
    id: row.id,
    version: row.version,
    kind: row.kind,
    customerId: row.customer_id,
    customerName: row.customer_name,
    debts: Number(row.debts),
    amount: row.amount,
    reasonCode: row.reason_code,
    reason: row.reason,
    state: row.state,
    askedAt: row.asked_at,
    askedByName: row.asker_name ?? '',
    doneDay: row.done_day,
    reversedDay: row.reversed_day,
    reversedReason: row.reversed_reason,
  }
}
