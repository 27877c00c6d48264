import { sql } from 'kysely'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import { statementState } from '#shared/modules/claims/claims.statements.rules.ts'
import type {
  StatementCandidate,
  StatementFilters,
  StatementRow,
  StatementSort,
  StatementState,
} from '#shared/modules/claims/claims.statements.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import { owedBy } from '#core/modules/receivables/receivables.api.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { allDebtsWithin } from './claims.scope.ts'

export interface StatementQuery {
  readonly scope: Scope
  readonly text?: string | undefined
  readonly filters: StatementFilters
}

const SORTED_BY = { asOf: 'as_of', closing: 'closing', number: 'number' } as const satisfies Record<
  StatementSort,
  string
>

function statementsQuery(db: Reader | Writer, scope: Scope) {
  return applyScope(
    db
      .selectFrom('statements as s')
      .innerJoin('customers as c', 'c.id', 's.customer_id')
      .leftJoin('users as owner', 'owner.id', 'c.owner_id')
      .selectAll('s')
      .select(['c.name as customer_name', 'c.owner_id', 'owner.name as owner_name']),
    scope,
    'c.owner_id',
  ).where(allDebtsWithin('statement', 's.id', scope))
}
export type StatementRecord = Awaited<ReturnType<ReturnType<typeof statementsQuery>['executeTakeFirstOrThrow']>>

function inState(state: StatementState) {
  const conditions = {
    void: sql<boolean>`s.void_at IS NOT NULL`,
    confirmed: sql<boolean>`(s.void_at IS NULL AND s.answer = 'confirmed')`,
    differs: sql<boolean>`(s.void_at IS NULL AND s.answer = 'differs')`,
    sent: sql<boolean>`(s.void_at IS NULL AND s.answer IS NULL AND s.sent_day IS NOT NULL)`,
    issued: sql<boolean>`(s.void_at IS NULL AND s.answer IS NULL AND s.sent_day IS NULL)`,
  } satisfies Record<StatementState, unknown>
  return conditions[state]
}

function filtered(db: Reader | Writer, { scope, text, filters }: StatementQuery) {
  let query = statementsQuery(db, scope)
  const needle = normaliseQuery(text ?? '')
  if (needle !== '') query = query.where(sql<boolean>`instr(s.search_text, ${needle}) > 0`)
  if (filters.state !== undefined) query = query.where(inState(filters.state))
  if (filters.customerId !== undefined) query = query.where('s.customer_id', '=', filters.customerId)
  if (filters.ownerId !== undefined) query = query.where('c.owner_id', '=', filters.ownerId)
  if (filters.from !== undefined) query = query.where('s.as_of', '>=', filters.from)
  if (filters.to !== undefined) query = query.where('s.as_of', '<=', filters.to)
  return query
}

/** A page of the register. */
export async function listStatements(
  db: Reader,
  asked: StatementQuery,
  page: Pick<PageInput<StatementSort>, 'sort' | 'cursor' | 'limit'>,
): Promise<{ rows: StatementRow[]; nextCursor: string | null }> {
  const column = SORTED_BY[page.sort.key]
  const rows = await keyset(filtered(db, asked), {
    sortColumn: `s.${column}`,
    idColumn: 's.id',
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
  return { rows: cut.rows.map(toStatementRow), nextCursor: cut.nextCursor }
}

/** Over the whole filtered set; fen. */
export async function sumStatements(db: Reader, asked: StatementQuery) {
  const row = await filtered(db, asked)
    .clearSelect()
    .select([
      sql<number>`count(*)`.as('count'),
      sql<number>`coalesce(sum(CASE WHEN s.void_at IS NULL THEN s.closing END), 0)`.as('closing'),
      sql<number>`coalesce(sum(s.void_at IS NULL AND s.answer IS NULL), 0)`.as('unanswered'),
    ])
    .executeTakeFirstOrThrow()
  return { count: Number(row.count), closing: Number(row.closing), unanswered: Number(row.unanswered) }
}

export const findStatement = (db: Reader | Writer, scope: Scope, id: string): Promise<StatementRecord | undefined> =>
  statementsQuery(db, scope).where('s.id', '=', id).executeTakeFirst()

/** Whether a statement of this id is within the scope. */
export const statementInScope = async (db: Reader | Writer, scope: Scope, id: string): Promise<boolean> =>
  (await findStatement(db, scope, id)) !== undefined

export function toStatementRow(row: StatementRecord): StatementRow {
  return {
    id: row.id,
    version: row.version,
    number: row.number,
    customerId: row.customer_id,
    customerName: row.customer_name,
    ownerName: row.owner_name ?? '',
    fromDay: row.from_day,
    asOf: row.as_of,
    language: row.language as StatementRow['language'],
    opening: row.opening,
    raised: row.raised,
    received: row.received,
    closing: row.closing,
    outstanding: row.outstanding,
    overdue: row.overdue,
    state: statementState({ voided: row.void_at !== null, sentDay: row.sent_day, answer: row.answer }),
    sentWay: row.sent_way,
    sentDay: row.sent_day,
    sentReference: row.sent_reference,
    answerDay: row.answer_day,
    signer: row.signer,
    signerRole: row.signer_role,
    theirAmount: row.their_amount,
    answerNote: row.answer_note,
    voidReason: row.void_reason,
    sha256: row.sha256,
    createdAt: row.created_at,
  }
}

/** Customers who owe anything now or have paid ahead, the most owed first, with what the last statement came to. */
export async function statementCandidates(
  db: Reader,
  scope: Scope,
  today: PlainDay,
  input: {
    readonly text?: string | undefined
    readonly ownerId?: string | undefined
    readonly cursor?: string | null | undefined
    readonly limit: number
  },
): Promise<{ rows: StatementCandidate[]; nextCursor: string | null }> {
  const page = await owedBy(db, scope, today, input)
  const ids = page.rows.map((row) => row.customerId)
  const last = new Map<string, { day: string; state: StatementState }>()
  if (ids.length > 0) {
    const rows = await db
      .selectFrom('statements')
      .select(['customer_id', 'as_of', 'sent_day', 'answer'])
      .where('customer_id', 'in', ids)
      .where('void_at', 'is', null)
      .orderBy('as_of')
      .orderBy('id')
      .execute()
    for (const row of rows) {
      const state = statementState({ voided: false, sentDay: row.sent_day, answer: row.answer })
      last.set(row.customer_id, { day: row.as_of, state })
    }
  }
  return {
    rows: page.rows.map((row) => ({
      ...row,
      lastDay: last.get(row.customerId)?.day ?? null,
      lastState: last.get(row.customerId)?.state ?? null,
    })),
    nextCursor: page.nextCursor,
  }
}
