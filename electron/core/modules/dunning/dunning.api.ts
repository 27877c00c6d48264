import type { SearchHit } from '#shared/modules/search/search.contract.ts'
import { beginsWith, holdsText, mayBeInNumber } from '#core/kernel/numbers.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { findEscalation } from './dunning.escalations.repo.ts'
import { findLetter, sumLetters } from './dunning.repo.ts'

export { brokenPromises } from './dunning.broken.ts'
export { escalationsFollowOwner } from './dunning.escalations.decided.ts'
export { dunningTimeline, escalationIdsOf, letterIdsOf } from './dunning.timeline.ts'

/** Whether there is such a letter within the scope, for files that hang on it. */
export async function letterInScope(db: Reader | Writer, scope: Scope, id: string): Promise<boolean> {
  return (await findLetter(db, scope, id)) !== undefined
}

/** The same for a difficulty that was reported. */
export async function escalationInScope(db: Reader | Writer, scope: Scope, id: string): Promise<boolean> {
  return (await findEscalation(db, scope, id)) !== undefined
}

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
