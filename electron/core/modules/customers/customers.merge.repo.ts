import { sql } from 'kysely'
import type { PageInput } from '#shared/kernel/paging.ts'
import { decodeCursor, encodeCursor } from '#shared/kernel/paging.ts'
import type { MergeRow, PairRow } from '#shared/modules/customers/customers.merge.contract.ts'
import { SHARED_MAIL_DOMAINS } from '#shared/modules/customers/customers.rules.ts'
import { scopedTo, type Scope } from '#core/kernel/scope.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { findCustomers, toCustomerRow } from './customers.repo.ts'

export type PairsAsked = PageInput<'name', { by?: PairRow['by'] | undefined }>

/** More files than this with the same phone or domain are a switchboard or a provider, not one customer. */
const MOST_ALIKE = 5

interface PairKey {
  readonly one: string
  readonly other: string
  readonly by: PairRow['by']
  readonly shared: string
  readonly name: string
}

/**
 * Pairs of files in the scope that look like one: the same name without its legal form, the same phone, the same
 * domain of an e-mail address. A pair is told once, by its surest likeness. (The same credit code cannot be twice.)
 */
export async function listPairs(
  db: Reader,
  scope: Scope,
  asked: PairsAsked,
): Promise<{ rows: PairRow[]; nextCursor: string | null }> {
  const by = asked.filters.by
  const after = asked.cursor ? decodeCursor(asked.cursor) : null
  const found = await sql<PairKey>`
    WITH likeness AS (
      SELECT 1 AS rank, 'name' AS by, a.name_key AS shared, a.id AS one, b.id AS other
      FROM customers a JOIN customers b ON b.name_key = a.name_key AND b.id > a.id
      WHERE length(a.name_key) > 1
      UNION ALL
      SELECT 2, 'phone', p.digits, p.customer_id, q.customer_id
      FROM customer_phones p JOIN customer_phones q ON q.digits = p.digits AND q.customer_id > p.customer_id
      WHERE (SELECT count(*) FROM customer_phones n WHERE n.digits = p.digits) <= ${MOST_ALIKE}
      UNION ALL
      SELECT 3, 'mail', m.domain, m.id, n.id
      FROM ${mailDomains()} m JOIN ${mailDomains()} n ON n.domain = m.domain AND n.id > m.id
    ), pairs AS (
      SELECT one, other, min(rank) AS rank FROM likeness GROUP BY one, other
    )
    SELECT l.one, l.other, l.by, min(l.shared) AS shared, a.sort_name || '|' || a.id || '|' || b.id AS name
    FROM pairs JOIN likeness l ON l.one = pairs.one AND l.other = pairs.other AND l.rank = pairs.rank
    JOIN customers a ON a.id = pairs.one JOIN customers b ON b.id = pairs.other
    WHERE a.removed_at IS NULL AND b.removed_at IS NULL
      AND ${scopedTo(scope, 'a.owner_id')} AND ${scopedTo(scope, 'b.owner_id')}
      AND NOT EXISTS (
        SELECT 1 FROM customer_apart t WHERE t.one_id = min(a.id, b.id) AND t.other_id = max(a.id, b.id))
      AND (${by ?? null} IS NULL OR l.by = ${by ?? null})
      AND (${after?.[0] ?? null} IS NULL OR a.sort_name || '|' || a.id || '|' || b.id > ${after?.[0] ?? null})
    GROUP BY l.one, l.other, l.by, a.sort_name, a.id, b.id
    ORDER BY name LIMIT ${asked.limit + 1}`.execute(db)
  const page = found.rows.slice(0, asked.limit)
  const files = await findCustomers(db, [...new Set(page.flatMap((pair) => [pair.one, pair.other]))])
  const byId = new Map(files.map((file) => [file.raw.id, toCustomerRow(file.raw)]))
  const rows = page.flatMap(({ one, other, by: how, shared }) => {
    const [first, second] = [byId.get(one), byId.get(other)]
    return first && second ? [{ id: `${one}:${other}`, by: how, shared, one: first, other: second }] : []
  })
  const last = page.at(-1)
  return { rows, nextCursor: found.rows.length > asked.limit && last ? encodeCursor([last.name, last.one]) : null }
}

/** Domains of firms' own, with the files that write from them. */
const mailDomains = () => sql`(
  SELECT DISTINCT c.customer_id AS id, lower(substr(c.email, instr(c.email, '@') + 1)) AS domain
  FROM customer_contacts c
  WHERE c.email <> ''
    AND lower(substr(c.email, instr(c.email, '@') + 1)) NOT IN (${sql.join([...SHARED_MAIL_DOMAINS])})
    AND (SELECT count(DISTINCT n.customer_id) FROM customer_contacts n
      WHERE n.email <> '' AND lower(substr(n.email, instr(n.email, '@') + 1))
        = lower(substr(c.email, instr(c.email, '@') + 1))) <= ${MOST_ALIKE})`

export const findMerge = (db: Reader | Writer, id: string) =>
  db.selectFrom('customer_merges').selectAll().where('id', '=', id).executeTakeFirst()

/** The file that this one was merged into, if it was. */
export async function mergedInto(db: Reader | Writer, id: string): Promise<string | null> {
  const row = await db
    .selectFrom('customer_merges')
    .select('kept_id')
    .where('dropped_id', '=', id)
    .where('state', '!=', 'undone')
    .executeTakeFirst()
  return row?.kept_id ?? null
}

/** The merges that a file was kept or dropped in, newest first; both files within the scope. */
export async function listMerges(db: Reader, scope: Scope, customerId: string): Promise<MergeRow[]> {
  const rows = await db
    .selectFrom('customer_merges as m')
    .innerJoin('customers as kept', 'kept.id', 'm.kept_id')
    .innerJoin('customers as dropped', 'dropped.id', 'm.dropped_id')
    .leftJoin('users', 'users.id', 'm.user_id')
    .select(['m.id', 'm.kept_id', 'm.dropped_id', 'm.at', 'm.until', 'm.state', 'users.name as user_name'])
    .select(['kept.name as kept_name', 'dropped.name as dropped_name', 'dropped.code as dropped_code'])
    .where((eb) => eb.or([eb('m.kept_id', '=', customerId), eb('m.dropped_id', '=', customerId)]))
    .where(scopedTo(scope, 'kept.owner_id'))
    .where(scopedTo(scope, 'dropped.owner_id'))
    .orderBy('m.at', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    keptId: row.kept_id,
    keptName: row.kept_name,
    droppedId: row.dropped_id,
    droppedName: row.dropped_name,
    droppedCode: row.dropped_code,
    userName: row.user_name,
    at: row.at,
    until: row.until,
    state: row.state,
  }))
}

const over = (db: Reader | Writer, now: number) =>
  db.selectFrom('customer_merges').select(['id', 'kept_id']).where('state', '=', 'done').where('until', '<', now)

/** Whether a merge waits to be closed. */
export async function mergesAreOver(db: Reader, now: number): Promise<boolean> {
  return (await over(db, now).limit(1).executeTakeFirst()) !== undefined
}

/** Forgets the way back of merges whose days are over: what a dropped file said is not kept longer than the bin. */
export async function closeOldMerges(db: Writer, now: number): Promise<string[]> {
  const rows = await over(db, now).execute()
  for (const { id } of rows) {
    await db.updateTable('customer_merges').set({ state: 'final', way_back: '{}' }).where('id', '=', id).execute()
  }
  return rows.map((row) => row.kept_id)
}
