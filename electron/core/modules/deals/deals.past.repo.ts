import { sql } from 'kysely'
import type { PastMove } from '#shared/modules/deals/deals.forecast.rules.ts'
import { OPEN_STAGES, type CloseReason, type DealStage } from '#shared/modules/deals/deals.stages.schema.ts'
import type { Scope } from '#core/kernel/scope.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader } from '#core/store/store.ts'
import { inReach, readable } from './deals.repo.ts'

interface Share {
  readonly userId: string
  readonly share: number
}

/** The credit of these deals, by deal, in the order it was entered. */
async function sharesOf(db: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, Share[]>> {
  const rows = await inPieces(ids, (piece) =>
    db
      .selectFrom('deal_splits')
      .select(['deal_id', 'user_id as userId', 'share'])
      .where('deal_id', 'in', piece)
      .orderBy('deal_id')
      .orderBy('position')
      .execute(),
  )
  const found = new Map<string, Share[]>()
  for (const { deal_id, ...share } of rows) {
    const list = found.get(deal_id)
    if (list) list.push(share)
    else found.set(deal_id, [share])
  }
  return found
}

/** Open deals with their credit, as the forecast counts them. */
export async function openDeals(db: Reader, scope: Scope, ownerId: string | undefined) {
  let query = readable(
    db
      .selectFrom('deals')
      .select(['deals.id', 'deals.amount', 'deals.probability', 'deals.expected_day as expectedDay']),
    scope,
  ).where('deals.stage', 'in', [...OPEN_STAGES])
  if (ownerId !== undefined) query = query.where('deals.owner_id', '=', ownerId)
  const rows = await query.orderBy('deals.expected_day').orderBy('deals.id').execute()
  const shares = await sharesOf(
    db,
    rows.map((row) => row.id),
  )
  return rows.map((row) => ({ ...row, splits: shares.get(row.id) ?? [] }))
}

/** Deals won in a period (days, inclusive) with their credit. */
export async function wonDeals(db: Reader, scope: Scope, ownerId: string | undefined, from: string, to: string) {
  let query = readable(db.selectFrom('deals').select(['deals.id', 'deals.amount']), scope)
    .where('deals.stage', '=', 'won')
    .where('deals.closed_day', '>=', from)
    .where('deals.closed_day', '<=', to)
  if (ownerId !== undefined) query = query.where('deals.owner_id', '=', ownerId)
  const rows = await query.orderBy('deals.id').execute()
  const shares = await sharesOf(
    db,
    rows.map((row) => row.id),
  )
  return rows.map((row) => ({ ...row, splits: shares.get(row.id) ?? [] }))
}

/**
 * Histories, oldest first, of the deals that may have been in the pipeline on or after a day: those that are open, and
 * those that moved since. Removed ones too: they were there.
 */
export async function historiesSince(
  db: Reader,
  scope: Scope,
  ownerId: string | undefined,
  from: string,
): Promise<PastMove[][]> {
  let query = inReach(db.selectFrom('deals').select('deals.id'), scope).where((eb) =>
    eb.or([
      eb.and([eb('deals.closed_day', 'is', null), eb('deals.removed_at', 'is', null)]),
      eb(
        'deals.id',
        'in',
        eb.selectFrom('deal_moves').select('deal_moves.deal_id').where('deal_moves.day', '>=', from),
      ),
    ]),
  )
  if (ownerId !== undefined) query = query.where('deals.owner_id', '=', ownerId)
  const rows = await db
    .selectFrom('deal_moves')
    .select([
      'deal_moves.deal_id as dealId',
      'deal_moves.day',
      'deal_moves.to_stage as toStage',
      'deal_moves.amount',
      'deal_moves.expected_day as expectedDay',
    ])
    .where('deal_moves.deal_id', 'in', query)
    .orderBy('deal_moves.deal_id')
    .orderBy('deal_moves.at')
    .orderBy('deal_moves.id')
    .execute()
  const histories: PastMove[][] = []
  for (const row of rows) {
    const move = { ...row, toStage: row.toStage as PastMove['toStage'] }
    const last = histories.at(-1)
    if (last?.[0]?.dealId === move.dealId) last.push(move)
    else histories.push([move])
  }
  return histories
}

/** These deals as the rows behind a number show them; removed ones too, as far as the scope reaches. */
export async function partColumns(db: Reader, scope: Scope, ids: readonly string[]) {
  const rows = await inPieces(ids, (piece) =>
    inReach(
      db
        .selectFrom('deals')
        .innerJoin('customers', 'customers.id', 'deals.customer_id')
        .innerJoin('users', 'users.id', 'deals.owner_id')
        .select([
          'deals.id',
          'deals.number',
          'deals.name',
          'deals.stage',
          'deals.removed_at',
          'deals.amount',
          'deals.probability',
          'deals.expected_day as expectedDay',
          'customers.name as customerName',
          'users.name as ownerName',
        ]) as never,
      scope,
    )
      .where('deals.id', 'in', piece)
      .execute(),
  )
  return new Map((rows as unknown as PartColumns[]).map((row) => [row.id, row]))
}
interface PartColumns {
  readonly id: string
  readonly number: string
  readonly name: string
  readonly stage: DealStage
  readonly removed_at: number | null
  readonly amount: number
  readonly probability: number
  readonly expectedDay: string
  readonly customerName: string
  readonly ownerName: string
}

/** What ended in a period, by stage, reason and the competitor it went to. */
export async function endings(db: Reader, scope: Scope, ownerId: string | undefined, from: string, to: string) {
  let query = readable(db.selectFrom('deals'), scope)
    .select([
      'deals.stage',
      'deals.close_reason as reason',
      'deals.lost_to as competitor',
      sql<number>`count(*)`.as('count'),
      sql<number>`coalesce(sum(deals.amount), 0)`.as('amount'),
    ])
    .where('deals.closed_day', '>=', from)
    .where('deals.closed_day', '<=', to)
    .groupBy(['deals.stage', 'deals.close_reason', 'deals.lost_to'])
  if (ownerId !== undefined) query = query.where('deals.owner_id', '=', ownerId)
  const rows = await query.execute()
  return rows.map((row) => ({ ...row, stage: row.stage as DealStage, reason: row.reason as CloseReason | null }))
}
