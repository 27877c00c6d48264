import { sql } from 'kysely'
import type { SearchHit } from '#shared/modules/search/search.contract.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader } from '#core/store/store.ts'
import { sumLetters } from './dunning.repo.ts'

/** Letters whose instalments are not yet paid. */
export async function countOpenLetters(db: Reader, scope: Scope): Promise<number> {
  return (await sumLetters(db, scope, undefined, { state: 'open' })).count
}

/** Letters for the palette: by number, customer, pinyin or initials. */
export async function searchLetters(db: Reader, scope: Scope, text: string, limit: number): Promise<SearchHit[]> {
  const needle = normaliseQuery(text)
  const rows = await applyScope(
    db
      .selectFrom('dunning_letters')
      .innerJoin('customers', 'customers.id', 'dunning_letters.customer_id')
      .select(['dunning_letters.id', 'dunning_letters.number', 'dunning_letters.day', 'customers.name']),
    scope,
    'dunning_letters.owner_id',
  )
    .where(sql<boolean>`instr(dunning_letters.search_text, ${needle}) > 0`)
    .orderBy('dunning_letters.day', 'desc')
    .orderBy('dunning_letters.id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ kind: 'letter', id: row.id, title: row.number, subtitle: `${row.name} · ${row.day}` }))
}
