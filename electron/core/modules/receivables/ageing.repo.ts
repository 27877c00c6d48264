import { sql } from 'kysely'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { decodeCursor } from '#shared/kernel/paging.ts'
import { bucketsOf } from '#shared/modules/receivables/receivables.ageing.rules.ts'
import type { BucketSums } from '#shared/modules/receivables/receivables.schema.ts'
import { pageOf } from '#core/kernel/keyset.ts'
import { scopedTo, type Scope } from '#core/kernel/scope.ts'
import type { Reader } from '#core/store/store.ts'
import { ageingSums, type AgeingFilter, type AgeingId } from './ageing.source.ts'

type SumRow = Record<string, number>

function toSums(row: SumRow, bounds: readonly number[]): BucketSums {
  const buckets = Object.fromEntries(bucketsOf(bounds).map(({ key }, i) => [key, row[`b${i}`] ?? 0]))
  return { outstanding: row['outstanding'] ?? 0, buckets }
}

/** Outstanding by age over everything in the filter, as of its day. */
export async function ageingTotals(db: Reader, filter: AgeingFilter): Promise<BucketSums> {
  const { rows } = await sql<SumRow>`${await ageingSums(db, filter, null)}`.execute(db)
  return toSums(rows[0] ?? {}, filter.bounds)
}

/** By what outstanding amounts are summed; of sales persons those of departments and teams are made. */
export type AgeingColumn = 'customer' | 'owner' | 'contract'
const COLUMN = { customer: 'customer_id', owner: 'owner_id', contract: 'contract_id' } as const satisfies Record<
  AgeingColumn,
  AgeingId
>

export interface AgeingGroup extends BucketSums {
  /** Empty: of no contract in the program. */
  readonly id: string
}

/** Outstanding by age, a row per customer, sales person or contract, the largest first; a page of them. */
export async function ageingGroups(
  db: Reader,
  by: AgeingColumn,
  filter: AgeingFilter,
  page: { readonly cursor?: string | null | undefined; readonly limit: number },
): Promise<{ rows: AgeingGroup[]; nextCursor: string | null }> {
  const sums = await ageingSums(db, filter, COLUMN[by])
  const [amount, lastId] = page.cursor ? decodeCursor(page.cursor) : [null, null]
  const after = amount === null ? sql`1 = 1` : sql`(g.outstanding, g.id) < (${amount}, ${lastId})`
  const { rows } = await sql<SumRow & { id: string }>`
    SELECT * FROM (${sums}) g WHERE g.outstanding > 0 AND ${after}
    ORDER BY g.outstanding DESC, g.id DESC LIMIT ${page.limit + 1}`.execute(db)
  const cut = pageOf(
    rows,
    page.limit,
    (row) => row['outstanding'] ?? 0,
    (row) => row.id,
  )
  return { ...cut, rows: cut.rows.map((row) => ({ id: row.id, ...toSums(row, filter.bounds) })) }
}

/** What came in or was credited up to a day and settles nothing on that day; it stands beside the buckets. Fen. */
export interface Unapplied {
  readonly advance: number
  readonly credits: number
}

/** The same within the scope, of one customer or of some sales persons (those under whom it came in). */
export async function unappliedOn(
  db: Reader,
  filter: {
    readonly scope: Scope
    readonly asOf: PlainDay
    readonly customerId?: string | undefined
    readonly ownerIds?: readonly string[] | undefined
  },
): Promise<Unapplied> {
  const { scope, asOf, customerId, ownerIds } = filter
  const parts = [sql`u.day <= ${asOf}`, scopedTo(scope, 'u.owner_id')]
  if (customerId !== undefined) parts.push(sql`u.customer_id = ${customerId}`)
  if (ownerIds) parts.push(ownerIds.length === 0 ? sql`1 = 0` : sql`u.owner_id IN (${sql.join([...ownerIds])})`)
  const { rows } = await sql<{ kind: string; amount: number }>`
    SELECT u.kind, sum(u.amount) AS amount FROM receivable_unapplied u
    WHERE ${sql.join(parts, sql` AND `)} GROUP BY u.kind`.execute(db)
  const of = (kind: string) => rows.find((row) => row.kind === kind)?.amount ?? 0
  return { advance: of('receipt'), credits: of('credit') }
}
