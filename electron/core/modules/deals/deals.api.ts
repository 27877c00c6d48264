import { refuse } from '#shared/kernel/app-error.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import { handedOver } from '#shared/modules/deals/deals.rules.ts'
import { OPEN_STAGES, type DealStage } from '#shared/modules/deals/deals.stages.schema.ts'
import type { SearchHit } from '#shared/modules/search/search.contract.ts'
import { sql } from 'kysely'
import { customerHolder } from '#core/kernel/customer-holder.ts'
import { beginsWith } from '#core/kernel/numbers.ts'
import type { HeldRecord } from '#core/kernel/handed-over.ts'
import { inScope, type Scope } from '#core/kernel/scope.ts'
import { customerBriefs } from '#core/modules/customers/customers.api.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { findDeal, findDealParts, readable, replaceDealParts } from './deals.repo.ts'

export { agreedDays, decidedDeals, sharedCredits } from './deals.appraisal.ts'
export { dealIdsOf, dealsTimeline } from './deals.timeline.ts'

/** What other modules show of a deal. Amount in fen. */
export interface DealBrief {
  readonly id: string
  readonly number: string
  readonly name: string
  readonly customerId: string
  readonly ownerId: string
  readonly stage: DealStage
  readonly amount: number
}

/** A deal that this call may read: owned within the scope, or its credit shared. Throws NOT_FOUND for any other. */
export async function dealInScope(db: Reader | Writer, scope: Scope, id: string): Promise<DealBrief> {
  const row = await findDeal(db, scope, id)
  if (!row) throw refuse('NOT_FOUND', { entity: 'deal' })
  return {
    id: row.id,
    number: row.number,
    name: row.name,
    customerId: row.customer_id,
    ownerId: row.owner_id,
    stage: row.stage as DealStage,
    amount: row.amount,
  }
}

/** A deal that this call may change. Throws NOT_FOUND as `dealInScope`, FORBIDDEN for who only shares its credit. */
export async function dealToChange(db: Reader | Writer, scope: Scope, id: string): Promise<DealBrief> {
  const deal = await dealInScope(db, scope, id)
  if (!inScope(scope, deal.ownerId)) throw refuse('FORBIDDEN', { action: 'deals.write' })
  return deal
}

/** Names of these deals as far as the scope may read them, by id. */
export async function dealBriefs(
  db: Reader | Writer,
  scope: Scope,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { number: string; name: string }>> {
  const rows = await inPieces(ids, (piece) =>
    readable(db.selectFrom('deals').select(['deals.id', 'deals.number', 'deals.name']), scope)
      .where('deals.id', 'in', piece)
      .execute(),
  )
  return new Map(rows.map((row) => [row.id, { number: row.number, name: row.name }]))
}

/** Ids of the deals that the scope may read, as a subquery: for the records that hang on a deal. */
export function readableDeals(db: Reader | Writer, scope: Scope) {
  return readable(db.selectFrom('deals').select('deals.id'), scope)
}

/** The deals of a customer that the scope may read, the latest first. */
export async function dealsOfCustomer(db: Reader | Writer, scope: Scope, customerId: string) {
  const rows = await readable(db.selectFrom('deals').selectAll('deals'), scope)
    .where('deals.customer_id', '=', customerId)
    .orderBy('deals.updated_at', 'desc')
    .orderBy('deals.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    name: row.name,
    customerId: row.customer_id,
    ownerId: row.owner_id,
    stage: row.stage as DealStage,
    amount: row.amount,
    expectedDay: row.expected_day,
    closedDay: row.closed_day,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }))
}

/** How many open deals these customers have together, whoever owns them: what keeps a customer where he is. */
export async function countOpenDealsOf(db: Reader | Writer, customerIds: readonly string[]): Promise<number> {
  const rows = await openDealsOf(db, customerIds)
  return rows.length
}

function openDealsOf(db: Reader | Writer, customerIds: readonly string[]) {
  return inPieces(customerIds, (piece) =>
    db
      .selectFrom('deals')
      .select(['id', 'number', 'name', 'amount', 'owner_id', 'customer_id'])
      .where('customer_id', 'in', piece)
      .where('removed_at', 'is', null)
      .where('stage', 'in', [...OPEN_STAGES])
      .execute(),
  )
}

/** Whether a deal that was not lost names this customer: what keeps a file. One that is lost goes with it. */
export async function dealKeepsCustomer(db: Reader | Writer, customerId: string): Promise<boolean> {
  const row = await db
    .selectFrom('deals')
    .select('id')
    .where('customer_id', '=', customerId)
    .where('removed_at', 'is', null)
    .where('stage', '<>', 'lost')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Gives the open deals of these customers to another person as one step of a hand-over, with the old owner's part of
 * the credit; who else shares it keeps his. Each deal keeps an audit row of its own. Gives how many moved.
 */
export async function moveDealsOfCustomer(
  uow: UnitOfWork,
  customerIds: readonly string[],
  newOwnerId: string,
): Promise<number> {
  return moveDeals(
    uow,
    (await openDealsOf(uow.db, customerIds)).map((deal) => deal.id),
    newOwnerId,
  )
}

/** The open deals of these customers, for what a hand-over lists. */
export async function heldDeals(db: Reader | Writer, customerIds: readonly string[]): Promise<HeldRecord[]> {
  const rows = await openDealsOf(db, customerIds)
  return rows.map((row) => ({
    id: row.id,
    customerId: row.customer_id,
    ownerId: row.owner_id,
    label: `${row.number} ${row.name}`,
    amount: row.amount,
  }))
}

/** Gives these deals to another person, as `moveDealsOfCustomer` does with all of a customer. */
export async function moveDeals(uow: UnitOfWork, ids: readonly string[], newOwnerId: string): Promise<number> {
  const open = await inPieces(ids, (piece) =>
    uow.db
      .selectFrom('deals')
      .select(['id', 'owner_id', 'version'])
      .where('id', 'in', piece)
      .where('owner_id', '<>', newOwnerId)
      .execute(),
  )
  for (const { id, owner_id: before, version } of open) {
    await uow.db
      .updateTable('deals')
      .set({ owner_id: newOwnerId, version: version + 1, updated_at: uow.now })
      .where('id', '=', id)
      .execute()
    const { splits } = await findDealParts(uow.db, id)
    const shared = handedOver(splits, before, newOwnerId)
    await replaceDealParts(uow.db, id, { splits: shared.map(({ userId, share }) => ({ user_id: userId, share })) })
    await uow.audit({
      action: 'deals.transfer',
      entity: 'deal',
      entityId: id,
      before: { ownerId: before, splits },
      after: { ownerId: newOwnerId, splits: shared },
    })
    uow.changed('deals', id)
  }
  return open.length
}

/** What of deals goes along when two customers become one. */
export const dealHolder = customerHolder('deals', 'deals', 'deals')

/** Notes the contract that came of a deal. Throws NOT_FOUND where the deal is missing. */
export async function linkContract(uow: UnitOfWork, dealId: string, contractId: string): Promise<void> {
  const before = await uow.db
    .selectFrom('deals')
    .select(['contract_id', 'version'])
    .where('id', '=', dealId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (!before) throw refuse('NOT_FOUND', { entity: 'deal' })
  await uow.db
    .updateTable('deals')
    .set({ contract_id: contractId, version: before.version + 1, updated_at: uow.now })
    .where('id', '=', dealId)
    .execute()
  await uow.audit({
    action: 'deals.linkContract',
    entity: 'deal',
    entityId: dealId,
    before: { contractId: before.contract_id },
    after: { contractId },
  })
  uow.changed('deals', dealId)
}

const hitColumns = (db: Reader, scope: Scope, limit: number) =>
  readable(db.selectFrom('deals').select(['deals.id', 'deals.number', 'deals.name', 'deals.customer_id']), scope)
    .orderBy('deals.number', 'desc')
    .limit(limit)

async function toHits(
  db: Reader,
  rows: readonly { id: string; number: string; name: string; customer_id: string }[],
): Promise<SearchHit[]> {
  const customers = await customerBriefs(
    db,
    rows.map((row) => row.customer_id),
  )
  return rows.map((row) => ({
    kind: 'deal',
    id: row.id,
    title: `${row.number} ${row.name}`,
    subtitle: customers.get(row.customer_id)?.name ?? '',
  }))
}

/** Deals for the palette: by name, number or customer, and those of the customers that were found. */
export async function searchDeals(
  db: Reader,
  scope: Scope,
  text: string,
  limit: number,
  customerIds: readonly string[],
): Promise<SearchHit[]> {
  const needle = normaliseQuery(text)
  if (needle === '') return []
  const rows = await hitColumns(db, scope, limit)
    .where((eb) =>
      eb.or([
        sql<boolean>`instr(deals.search_text, ${needle}) > 0`,
        ...(customerIds.length > 0 ? [eb('deals.customer_id', 'in', customerIds)] : []),
      ]),
    )
    .execute()
  return toHits(db, rows)
}

/** Deals whose number begins so. */
export async function dealsByNumber(db: Reader, scope: Scope, text: string, limit: number): Promise<SearchHit[]> {
  return toHits(db, await hitColumns(db, scope, limit).where(beginsWith('deals.number', text)).execute())
}
