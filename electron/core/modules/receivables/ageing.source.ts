import { sql, type RawBuilder } from 'kysely'
import { addDays, diffDays, type PlainDay } from '#shared/kernel/dates.ts'
import { bucketsOf, type Bucket } from '#shared/modules/receivables/receivables.ageing.rules.ts'
import { NO_DUE_KEY } from '#shared/modules/receivables/receivables.journal.rules.ts'
import type { AgeBasis } from '#shared/modules/receivables/receivables.schema.ts'
import { scopedTo, type Scope } from '#core/kernel/scope.ts'
import type { Reader } from '#core/store/store.ts'

/** Whose amounts are looked at, and how they are aged. */
export interface AgeingFilter {
  readonly scope: Scope
  readonly today: PlainDay
  readonly asOf: PlainDay
  readonly bounds: readonly number[]
  readonly basis: AgeBasis
  readonly ownerIds?: readonly string[] | undefined
  readonly customerId?: string | undefined
  /** Null: what is of no contract in the program. */
  readonly contractId?: string | null | undefined
}

/** The keys that a bucket takes in, both ends included; null on an open side, and null for one that no key is in. */
export interface KeyRange {
  readonly from: string | null
  readonly to: string | null
}

const LAST_DAY = '9999-12-30'

/**
 * The days of a bucket as of a day, as keys. By invoice day an amount is in none before it was billed, so that what was
 * billed later counts as without a day.
 */
export function keysOf(bucket: Bucket, asOf: PlainDay, basis: AgeBasis): KeyRange {
  const back = (days: number) => addDays(asOf, -days)
  if (bucket.key === 'no_due_day') return { from: basis === 'due' ? NO_DUE_KEY : addDays(asOf, 1), to: null }
  if (bucket.key === 'not_due') return { from: asOf, to: basis === 'due' ? LAST_DAY : asOf }
  return { from: bucket.to === null ? null : back(bucket.to), to: back(bucket.from ?? 0) }
}

/** Whether a key is within a range. */
export function within(column: RawBuilder<unknown>, { from, to }: KeyRange): RawBuilder<unknown> {
  if (from === null) return sql`${column} <= ${to}`
  if (to === null) return sql`${column} >= ${from}`
  return sql`${column} >= ${from} AND ${column} <= ${to}`
}

/** By what outstanding amounts are summed. */
export type AgeingId = 'customer_id' | 'owner_id' | 'contract_id'

/** A table that instalments are told apart in: themselves, or what happened to them. */
type Place = 'present' | 'journal'

/** Whether a row of that place is within the filter. */
export function ofFilter(filter: AgeingFilter, place: Place): RawBuilder<unknown> {
  const alias = place === 'present' ? 'i' : 'j'
  const parts: RawBuilder<unknown>[] = [scopedTo(filter.scope, `${alias}.owner_id`)]
  const { ownerIds, customerId, contractId } = filter
  if (ownerIds) {
    parts.push(
      ownerIds.length === 0 ? sql`1 = 0` : sql`${sql.ref(`${alias}.owner_id`)} IN (${sql.join([...ownerIds])})`,
    )
  }
  const ofInstalments = (where: RawBuilder<unknown>) =>
    place === 'present'
      ? where
      : // Few instalments: what happened to each is found at once, however long ago.
        sql`j.instalment_id IN (SELECT i.id FROM receivable_instalments i WHERE ${where})`
  if (customerId !== undefined) parts.push(ofInstalments(sql`i.customer_id = ${customerId}`))
  if (contractId !== undefined) {
    parts.push(ofInstalments(contractId === null ? sql`i.contract_id IS NULL` : sql`i.contract_id = ${contractId}`))
  }
  return sql.join(parts, sql` AND `)
}

/**
 * Amounts that together sum to what was outstanding on a day: selections with the column asked for as `id`, the key
 * that ages them and `amount`. What is open now, less what happened since; or all that happened until then, where that
 * is less to read.
 */
async function movements(db: Reader, filter: AgeingFilter, column: AgeingId | null): Promise<RawBuilder<unknown>[]> {
  const { asOf, today, basis } = filter
  const key = basis === 'due' ? 'due_key' : 'invoice_key'
  const id = (alias: string) => (column === null ? sql`` : sql`${sql.ref(`${alias}.${column}`)} AS id, `)
  const joined = column === 'contract_id' ? sql`JOIN receivable_instalments x ON x.id = j.instalment_id` : sql``
  const journal = (sign: 1 | -1, days: RawBuilder<unknown>) =>
    sql`SELECT ${id(column === 'contract_id' ? 'x' : 'j')}${sql.ref(`j.${key}`)} AS key,
      ${sign === 1 ? sql`j.amount` : sql`-j.amount`} AS amount
      FROM receivable_journal j ${joined} WHERE ${days} AND ${ofFilter(filter, 'journal')}`
  const present = sql`SELECT ${id('i')}${sql.ref(`i.${key}`)} AS key, i.outstanding AS amount
    FROM receivable_instalments i WHERE i.outstanding > 0 AND ${ofFilter(filter, 'present')}`
  if (asOf >= today) return [present]
  if (await nearerToTheBeginning(db, asOf, today)) return [journal(1, sql`j.day <= ${asOf}`)]
  return [present, journal(-1, sql`j.day > ${asOf}`)]
}

/**
 * What was outstanding on a day, as a selection of its sum and of each bucket's, `b0`, `b1` … in the order of the
 * buckets; a row for each `id` where a column is asked for, empty where there is none. Present and past are summed each
 * in a pass of its own: one pass over both would copy every row of both first.
 */
export async function ageingSums(
  db: Reader,
  filter: AgeingFilter,
  column: AgeingId | null,
): Promise<RawBuilder<unknown>> {
  const id = column === null ? sql`` : sql`coalesce(m.id, '') AS id, `
  const grouped = column === null ? sql`` : sql`GROUP BY m.id`
  const sums = (await movements(db, filter, column)).map(
    (from) => sql`SELECT ${id}${bucketColumns(filter)} FROM (${from}) m ${grouped}`,
  )
  const [only] = sums
  if (only && sums.length === 1) return only
  const names = ['outstanding', ...bucketsOf(filter.bounds).map((_, i) => `b${i}`)]
  const together = sql.join(names.map((name) => sql`sum(${sql.ref(`m.${name}`)}) AS ${sql.id(name)}`))
  return sql`SELECT ${id}${together} FROM (${sql.join(sums, sql` UNION ALL `)}) m ${grouped}`
}

async function nearerToTheBeginning(db: Reader, asOf: PlainDay, today: PlainDay): Promise<boolean> {
  const first = await db.selectFrom('receivable_journal').select('day').orderBy('day').limit(1).executeTakeFirst()
  if (!first) return false
  return diffDays(first.day as PlainDay, asOf) < diffDays(asOf, today)
}

function bucketColumns(filter: AgeingFilter): RawBuilder<unknown> {
  const column = sql.ref('m.key')
  return sql.join([
    sql`coalesce(sum(m.amount), 0) AS outstanding`,
    ...bucketsOf(filter.bounds).map((bucket, i) => {
      const range = within(column, keysOf(bucket, filter.asOf, filter.basis))
      return sql`coalesce(sum(CASE WHEN ${range} THEN m.amount END), 0) AS ${sql.id(`b${i}`)}`
    }),
  ])
}
