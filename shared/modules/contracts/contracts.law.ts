import shipped from './contract-law.json' with { type: 'json' }
import { LAW_KEYS, lawTable, type LawKey, type LawRow } from './contracts.law.schema.ts'

/** The table as it is shipped, each number with its source. */
export const SHIPPED_LAW: readonly LawRow[] = lawTable.parse(shipped)

/** Every legal number as it holds on a day: rates in basis points, terms in days. */
export type Law = Readonly<Record<LawKey, number>>

/**
 * The numbers in force on a day: of the firm's rows for a key the latest that has begun, otherwise of the shipped ones,
 * otherwise the earliest known.
 */
export function lawOn(rows: readonly LawRow[], day: string): Law {
  return Object.fromEntries(LAW_KEYS.map((key) => [key, lawRowOn(rows, key, day)?.value ?? 0])) as Law
}

/** The row that a number in force on a day stands in, with its source; null where nobody has ever said one. */
export function lawRowOn(rows: readonly LawRow[], key: LawKey, day: string): LawRow | null {
  return latest(rows, key, day) ?? latest(SHIPPED_LAW, key, day) ?? earliest(key)
}

function latest(rows: readonly LawRow[], key: LawKey, day: string): LawRow | null {
  let found: LawRow | null = null
  for (const row of rows) {
    if (row.key === key && row.from <= day && (found === null || row.from >= found.from)) found = row
  }
  return found
}

function earliest(key: LawKey): LawRow | null {
  return SHIPPED_LAW.filter((row) => row.key === key).toSorted((a, b) => (a.from < b.from ? -1 : 1))[0] ?? null
}
