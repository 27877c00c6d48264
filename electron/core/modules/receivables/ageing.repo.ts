import { sql, type RawBuilder } from 'kysely'
import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import { decodeCursor } from '#shared/kernel/paging.ts'
import {
  BUCKETS,
  type AgeBasis,
  type BucketKey,
  type BucketSums,
} from '#shared/modules/receivables/receivables.schema.ts'
import { pageOf } from '#core/kernel/keyset.ts'
import type { Scope } from '#core/kernel/scope.ts'
import type { Reader } from '#core/store/store.ts'
import { bucketRange, type RawInstalment } from './instalments.repo.ts'
import { NO_DUE_KEY } from '#shared/modules/receivables/receivables.journal.rules.ts'

/** Whose amounts are looked at: the caller's scope and, within it, one sales person or customer. */
export interface AgeingFilter {
  readonly scope: Scope
  readonly today: PlainDay
  readonly ownerId?: string | undefined
  readonly customerId?: string | undefined
  readonly bucket?: BucketKey | undefined
  /** The due day where absent. */
  readonly basis?: AgeBasis | undefined
}

type SumRow = Record<BucketKey | 'outstanding', number>

function conditions(filter: AgeingFilter, asOf: PlainDay): RawBuilder<unknown> {
  const parts = [sql`1 = 1`]
  const { scope } = filter
  if (scope.kind === 'users') {
    parts.push(scope.userIds.length === 0 ? sql`1 = 0` : sql`i.owner_id IN (${sql.join([...scope.userIds])})`)
  }
  if (filter.ownerId !== undefined) parts.push(sql`i.owner_id = ${filter.ownerId}`)
  if (filter.customerId !== undefined) parts.push(sql`i.customer_id = ${filter.customerId}`)
  if (filter.bucket !== undefined) {
    const { from, to } = bucketRange(filter.bucket, asOf)
    if (from !== null) parts.push(sql`i.due_key >= ${from}`)
    if (to !== null) parts.push(sql`i.due_key <= ${to}`)
  }
  return sql.join(parts, sql` AND `)
}

/**
 * The open instalments as they stood on a day, as `i`: straight from the table for today and later, since nothing is
 * ever booked ahead; otherwise amount less receipts up to that day, so that what came later is not deducted.
 */
function source(filter: AgeingFilter, asOf: PlainDay): RawBuilder<unknown> {
  const where = conditions(filter, asOf)
  const byInvoice = filter.basis === 'invoice'
  if (asOf >= filter.today && !byInvoice) {
    return sql`receivable_instalments i WHERE i.outstanding > 0 AND ${where}`
  }
  // What follows asks for the key only: with another day in it, every bucket is one of that day.
  const billed = sql`CASE WHEN x.invoice_key <= ${asOf} THEN x.invoice_key ELSE ${NO_DUE_KEY} END`
  const key = byInvoice ? billed : sql`x.due_key`
  return sql`(SELECT x.id, x.version, x.kind, x.customer_id, x.contract_id, x.contract_number, x.invoice_number, x.owner_id,
      x.seq, x.label, x.trigger, x.since_day, x.due_day, ${key} AS due_key, x.invoice_day, x.amount, x.credited, x.written_off,
      x.disputed, x.limitation_day,
      x.amount - x.settled_before - coalesce((SELECT sum(a.principal) FROM receivable_allocations a
        WHERE a.instalment_id = x.id AND a.day <= ${asOf}
          AND (a.released_day IS NULL OR a.released_day > ${asOf})), 0) AS outstanding
    FROM receivable_instalments x
    WHERE x.since_day <= ${asOf} AND (x.cancelled_day IS NULL OR x.cancelled_day > ${asOf})) i
    WHERE i.outstanding > 0 AND ${where}`
}

/** The sums of all buckets in one pass. The first matching CASE counts, so that no row falls in two or in none. */
function bucketColumns(asOf: PlainDay): RawBuilder<unknown> {
  const back = (days: number) => addDays(asOf, -days)
  const sum = (condition: RawBuilder<unknown>, name: BucketKey) =>
    sql`coalesce(sum(CASE WHEN ${condition} THEN i.outstanding END), 0) AS ${sql.id(name)}`
  const between = (from: number, to: number) => sql`i.due_key < ${back(from - 1)} AND i.due_key >= ${back(to)}`
  return sql.join([
    sql`coalesce(sum(i.outstanding), 0) AS outstanding`,
    sum(sql`i.due_key >= ${asOf} AND i.due_key < ${NO_DUE_KEY}`, 'not_due'),
    sum(between(1, 30), 'd1_30'),
    sum(between(31, 60), 'd31_60'),
    sum(between(61, 90), 'd61_90'),
    sum(between(91, 180), 'd91_180'),
    sum(between(181, 365), 'd181_365'),
    sum(sql`i.due_key < ${back(365)}`, 'over_365'),
    sum(sql`i.due_key = ${NO_DUE_KEY}`, 'no_due_day'),
  ])
}

function toSums(row: SumRow): BucketSums {
  const buckets = Object.fromEntries(BUCKETS.map((key) => [key, row[key]])) as Record<BucketKey, number>
  return { outstanding: row.outstanding, buckets }
}

/** Outstanding by age over everything in the filter, as of a day: one aggregate. */
export async function ageingTotals(db: Reader, filter: AgeingFilter, asOf: PlainDay): Promise<BucketSums> {
  const from = source(filter, asOf)
  const { rows } = await sql<SumRow>`SELECT ${bucketColumns(asOf)} FROM ${from}`.execute(db)
  return toSums(rows[0]!)
}

/** Outstanding by age, a row per customer or sales person, the largest first; a page of them. */
export async function ageingGroups(
  db: Reader,
  by: 'customer' | 'owner',
  filter: AgeingFilter,
  asOf: PlainDay,
  page: { cursor?: string | null | undefined; limit: number },
) {
  const from = source(filter, asOf)
  const column = sql.id(by === 'customer' ? 'customer_id' : 'owner_id')
  const [amount, lastId] = page.cursor ? decodeCursor(page.cursor) : [null, null]
  const after = amount === null ? sql`1 = 1` : sql`(g.outstanding, g.id) < (${amount}, ${lastId})`
  const { rows } = await sql<SumRow & { id: string; count: number }>`
    SELECT * FROM (
      SELECT i.${column} AS id, count(*) AS count, ${bucketColumns(asOf)} FROM ${from} GROUP BY i.${column}
    ) g WHERE ${after} ORDER BY g.outstanding DESC, g.id DESC LIMIT ${page.limit + 1}`.execute(db)
  const cut = pageOf(
    rows,
    page.limit,
    (row) => row.outstanding,
    (row) => row.id,
  )
  return { ...cut, rows: cut.rows.map((row) => ({ id: row.id, count: row.count, ...toSums(row) })) }
}

/** The instalments behind a cell, as they stood on the day, the longest overdue first; a page of them. */
export async function ageingInstalments(
  db: Reader,
  filter: AgeingFilter,
  asOf: PlainDay,
  page: { cursor?: string | null | undefined; limit: number },
) {
  const from = source(filter, asOf)
  const [dueKey, lastId] = page.cursor ? decodeCursor(page.cursor) : [null, null]
  const after = dueKey === null ? sql`1 = 1` : sql`(i.due_key, i.id) > (${dueKey}, ${lastId})`
  const { rows } = await sql<RawInstalment>`
    SELECT i.*, i.amount - i.outstanding AS settled, 'open' AS state
    FROM ${from} AND ${after} ORDER BY i.due_key, i.id LIMIT ${page.limit + 1}`.execute(db)
  return pageOf(
    rows,
    page.limit,
    (row) => row.due_key,
    (row) => row.id,
  )
}

/** Money received up to a day that pays nothing on that day, within the filter (by the receipt's owner). */
export async function advanceAsOf(db: Reader, filter: AgeingFilter, asOf: PlainDay): Promise<number> {
  const { scope } = filter
  const parts = [sql`1 = 1`]
  if (scope.kind === 'users') {
    parts.push(scope.userIds.length === 0 ? sql`1 = 0` : sql`r.owner_id IN (${sql.join([...scope.userIds])})`)
  }
  if (filter.ownerId !== undefined) parts.push(sql`r.owner_id = ${filter.ownerId}`)
  const where = sql.join(parts, sql` AND `)
  const stored = sql<{ advance: number }>`SELECT coalesce(sum(r.advance), 0) AS advance
    FROM receipts r WHERE r.advance > 0 AND ${where}`
  const asOfThatDay = sql<{ advance: number }>`SELECT coalesce(sum(r.amount), 0) AS advance
    FROM receivable_unapplied r WHERE r.kind = 'receipt' AND r.day <= ${asOf} AND ${where}`
  const { rows } = await (asOf >= filter.today ? stored : asOfThatDay).execute(db)
  return rows[0]?.advance ?? 0
}
