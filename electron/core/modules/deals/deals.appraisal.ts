import { applyScope, type Scope } from '#core/kernel/scope.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, Writer } from '#core/store/store.ts'

/** Deals that were won or lost in a period (days, inclusive), by their owner. */
export async function decidedDeals(db: Reader | Writer, scope: Scope, from: string, to: string) {
  return applyScope(db.selectFrom('deals'), scope, 'deals.owner_id')
    .where('removed_at', 'is', null)
    .where('stage', 'in', ['won', 'lost'])
    .where('closed_day', '>=', from)
    .where('closed_day', '<=', to)
    .select(['id', 'owner_id as ownerId', 'customer_id as customerId', 'number', 'name', 'stage'])
    .select((eb) => eb.fn.coalesce('closed_day', eb.val('')).as('day'))
    .orderBy('closed_day')
    .orderBy('id')
    .execute()
}

/** The last day on which each of these deals came to be agreed; whoever skipped that stage is left out. */
export async function agreedDays(
  db: Reader | Writer,
  dealIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await inPieces(dealIds, (piece) =>
    db
      .selectFrom('deal_moves')
      .where('deal_id', 'in', piece)
      .where('to_stage', '=', 'agreed')
      .where((eb) => eb.or([eb('from_stage', 'is', null), eb('from_stage', '<>', 'agreed')]))
      .groupBy('deal_id')
      .select((eb) => ['deal_id', eb.fn.max('day').as('day')])
      .execute(),
  )
  return new Map(rows.map((row) => [row.deal_id, row.day]))
}

/** How the credit of these deals is shared, in order; deals of one person alone are left out. Basis points. */
export async function sharedCredits(
  db: Reader | Writer,
  dealIds: readonly string[],
): Promise<ReadonlyMap<string, readonly { userId: string; share: number }[]>> {
  const rows = await inPieces(dealIds, (piece) =>
    db
      .selectFrom('deal_splits')
      .where('deal_id', 'in', piece)
      .select(['deal_id', 'user_id as userId', 'share'])
      .orderBy('deal_id')
      .orderBy('position')
      .execute(),
  )
  const byDeal = Map.groupBy(rows, (row) => row.deal_id)
  return new Map([...byDeal].filter(([, splits]) => splits.length > 1))
}
