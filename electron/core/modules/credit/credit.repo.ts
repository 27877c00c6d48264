import { sql } from 'kysely'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import { creditState } from '#shared/modules/credit/credit.rules.ts'
import type { CreditFilters, CreditRow, CreditSort, CreditState } from '#shared/modules/credit/credit.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { cardFacts } from './credit.cards.ts'
import { atStake, exposuresOf, NOTHING } from './credit.exposure.ts'

export interface CreditQuery {
  readonly scope: Scope
  readonly today: PlainDay
  readonly text?: string | undefined
  readonly filters: CreditFilters
}

const SORTED_BY = {
  score: 'score',
  limit: 'limit_key',
  validTo: 'valid_key',
  updatedAt: 'updated_at',
} as const satisfies Record<CreditSort, string>

function cardsQuery(db: Reader | Writer, scope: Scope) {
  return applyScope(
    db
      .selectFrom('credit_cards as k')
      .innerJoin('customers as c', 'c.id', 'k.customer_id')
      .leftJoin('users as owner', 'owner.id', 'c.owner_id')
      .selectAll('k')
      .select(['c.name as customer_name', 'owner.name as owner_name']),
    scope,
    'c.owner_id',
  )
}
export type CardRecord = Awaited<ReturnType<ReturnType<typeof cardsQuery>['executeTakeFirstOrThrow']>>

/** What is at stake, as `exposuresOf` sums it. */
const STAKE = sql<number>`max(0, coalesce((SELECT sum(i.outstanding) FROM receivable_instalments i
    WHERE i.customer_id = k.customer_id AND i.outstanding > 0), 0)
  - coalesce((SELECT sum(r.advance) FROM receipts r WHERE r.customer_id = k.customer_id AND r.advance > 0), 0)
  - coalesce((SELECT sum(n.rest) FROM receivable_credits n WHERE n.customer_id = k.customer_id AND n.rest > 0), 0))`

function inState(state: CreditState, today: PlainDay) {
  const free = sql`k.hold = 0 AND k.credit_limit IS NOT NULL`
  const conditions = {
    held: sql<boolean>`k.hold = 1`,
    noLimit: sql<boolean>`(k.hold = 0 AND k.credit_limit IS NULL)`,
    expired: sql<boolean>`(${free} AND k.valid_key < ${today})`,
    exceeded: sql<boolean>`(${free} AND k.valid_key >= ${today} AND ${STAKE} > k.credit_limit)`,
    ok: sql<boolean>`(${free} AND k.valid_key >= ${today} AND ${STAKE} <= k.credit_limit)`,
  } satisfies Record<CreditState, unknown>
  return conditions[state]
}

function filtered(db: Reader | Writer, { scope, today, text, filters }: CreditQuery) {
  let query = cardsQuery(db, scope)
  const needle = normaliseQuery(text ?? '')
  if (needle !== '') query = query.where(sql<boolean>`instr(c.search_text, ${needle}) > 0`)
  if (filters.grade !== undefined) query = query.where('k.grade', '=', filters.grade)
  if (filters.state !== undefined) query = query.where(inState(filters.state, today))
  if (filters.ownerId !== undefined) query = query.where('c.owner_id', '=', filters.ownerId)
  if (filters.customerId !== undefined) query = query.where('k.customer_id', '=', filters.customerId)
  if (filters.validTo !== undefined) query = query.where('k.valid_key', '<=', filters.validTo)
  return query
}

/** A page of cards, each with what is at stake now. */
export async function listCards(
  db: Reader,
  asked: CreditQuery,
  page: Pick<PageInput<CreditSort>, 'sort' | 'cursor' | 'limit'>,
): Promise<{ rows: CreditRow[]; nextCursor: string | null }> {
  const column = SORTED_BY[page.sort.key]
  const rows = await keyset(filtered(db, asked), {
    sortColumn: `k.${column}`,
    idColumn: 'k.id',
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
  return { rows: await toRows(db, cut.rows, asked.today), nextCursor: cut.nextCursor }
}

/** Over the whole filtered set; fen. */
export async function sumCards(db: Reader, asked: CreditQuery) {
  const row = await filtered(db, asked)
    .clearSelect()
    .select([
      sql<number>`count(*)`.as('count'),
      sql<number>`coalesce(sum(k.credit_limit), 0)`.as('limit'),
      sql<number>`coalesce(sum(k.hold), 0)`.as('held'),
    ])
    .executeTakeFirstOrThrow()
  return { count: Number(row.count), limit: Number(row.limit), held: Number(row.held) }
}

/** The card of a customer within the scope. */
export const findCard = (db: Reader | Writer, scope: Scope, customerId: string): Promise<CardRecord | undefined> =>
  cardsQuery(db, scope).where('k.customer_id', '=', customerId).executeTakeFirst()

export async function toRows(db: Reader | Writer, cards: readonly CardRecord[], today: PlainDay): Promise<CreditRow[]> {
  const exposures = await exposuresOf(
    db,
    cards.map((card) => card.customer_id),
    today,
  )
  return cards.map((card) => {
    const exposure = exposures.get(card.customer_id) ?? NOTHING
    const stake = atStake(exposure)
    return {
      id: card.id,
      version: card.version,
      customerId: card.customer_id,
      customerName: card.customer_name,
      ownerName: card.owner_name ?? '',
      score: card.score,
      grade: card.grade,
      limit: card.credit_limit,
      days: card.days,
      prepay: card.prepay,
      validTo: card.valid_to,
      hold: card.hold === 1,
      holdReason: card.hold_reason,
      state: creditState(cardFacts(card), stake, today),
      ...exposure,
      exposure: stake,
      room: card.credit_limit === null ? null : card.credit_limit - stake,
      updatedAt: card.updated_at,
    }
  })
}
