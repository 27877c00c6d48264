import type { SearchHit } from '#shared/modules/search/search.contract.ts'
import { customerHolder, type CustomerHolder } from '#core/kernel/customer-holder.ts'
import { beginsWith, holdsText, mayBeInNumber } from '#core/kernel/numbers.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader } from '#core/store/store.ts'
import { sumLetters } from './dunning.repo.ts'

export { dunningTimeline } from './dunning.timeline.ts'

/** Letters whose instalments are not yet paid. */
export async function countOpenLetters(db: Reader, scope: Scope): Promise<number> {
  return (await sumLetters(db, scope, undefined, { state: 'open' })).count
}

const hitColumns = (db: Reader, scope: Scope, limit: number) =>
  applyScope(
    db
      .selectFrom('dunning_letters')
      .innerJoin('customers', 'customers.id', 'dunning_letters.customer_id')
      .select(['dunning_letters.id', 'dunning_letters.number', 'dunning_letters.day', 'customers.name']),
    scope,
    'dunning_letters.owner_id',
  )
    .orderBy('dunning_letters.number', 'desc')
    .limit(limit)

const toHit = (row: { id: string; number: string; day: string; name: string }): SearchHit => ({
  kind: 'letter',
  id: row.id,
  title: row.number,
  subtitle: `${row.name} · ${row.day}`,
})

/** Letters for the palette: those to the customers that were found, and by a part of the number. Newest first. */
export async function searchLetters(
  db: Reader,
  scope: Scope,
  text: string,
  limit: number,
  customerIds: readonly string[],
): Promise<SearchHit[]> {
  const theirs =
    customerIds.length === 0
      ? []
      : await hitColumns(db, scope, limit).where('dunning_letters.customer_id', 'in', customerIds).execute()
  if (!mayBeInNumber(text)) return theirs.map(toHit)
  const numbered = applyScope(
    db.selectFrom('dunning_letters as numbered').select('numbered.id'),
    scope,
    'numbered.owner_id',
  )
    .where(holdsText('numbered.number', text))
    .orderBy('numbered.number', 'desc')
    .limit(limit)
  const rows = await hitColumns(db, scope, limit).where('dunning_letters.id', 'in', numbered).execute()
  const known = new Set(theirs.map((row) => row.id))
  return [...theirs, ...rows.filter((row) => !known.has(row.id))].slice(0, limit).map(toHit)
}

/** Letters whose number begins so. */
export async function lettersByNumber(db: Reader, scope: Scope, text: string, limit: number): Promise<SearchHit[]> {
  return (await hitColumns(db, scope, limit).where(beginsWith('dunning_letters.number', text)).execute()).map(toHit)
}

/** A customer is left out of dunning or not: of two, one word stays, the kept one's first. */
const exclusionHolder: CustomerHolder = {
  name: 'exclusions',
  async count(db, customerId) {
    const found = await db
      .selectFrom('dunning_exclusions')
      .select('reason')
      .where('customer_id', '=', customerId)
      .execute()
    return found.length
  },
  async move(uow, fromId, toId) {
    const kept = await uow.db
      .selectFrom('dunning_exclusions')
      .select('reason')
      .where('customer_id', '=', toId)
      .execute()
    if (kept.length > 0) return []
    const moved = await uow.db
      .updateTable('dunning_exclusions')
      .set({ customer_id: toId })
      .where('customer_id', '=', fromId)
      .executeTakeFirst()
    return Number(moved.numUpdatedRows) > 0 ? [fromId] : []
  },
  async giveBack(uow, ids, fromId, toId) {
    if (ids.length === 0) return
    await uow.db
      .updateTable('dunning_exclusions')
      .set({ customer_id: toId })
      .where('customer_id', '=', fromId)
      .execute()
  },
}

/** What of dunning goes along when two customers become one. */
export const dunningHolders = [customerHolder('letters', 'dunning_letters', 'dunning'), exclusionHolder]
