import { sql } from 'kysely'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { NO_DUE_KEY } from '#shared/modules/receivables/receivables.journal.rules.ts'
import { bucketsOf } from '#shared/modules/receivables/receivables.ageing.rules.ts'
import { applyScope, scopedTo, type Scope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { ageingTotals } from './ageing.repo.ts'

/** Fen by sales person and month ('YYYY-MM'). */
export interface OwnerMonthSum {
  readonly ownerId: string
  readonly month: string
  readonly amount: number
  /** How many movements that is. */
  readonly rows: number
}

/**
 * Money received from `from` to `to` (days, inclusive) by the receipt's owner and month. A reversal counts against
 * the month in which it was made, so that a month once reported does not change.
 */
export async function collectedSums(
  db: Reader | Writer,
  scope: Scope,
  from: string,
  to: string,
): Promise<OwnerMonthSum[]> {
  const came = applyScope(db.selectFrom('receipts'), scope, 'receipts.owner_id')
    .where('day', '>=', from)
    .where('day', '<=', to)
    .select(['owner_id as ownerId', sql<string>`substr(day, 1, 7)`.as('month'), sql<number>`sum(amount)`.as('amount')])
    .select((eb) => eb.fn.countAll<number>().as('rows'))
    .groupBy(['owner_id', sql`substr(day, 1, 7)`])
  const back = applyScope(db.selectFrom('receipts'), scope, 'receipts.owner_id')
    .where('reversed_day', '>=', from)
    .where('reversed_day', '<=', to)
    .select([
      'owner_id as ownerId',
      sql<string>`substr(reversed_day, 1, 7)`.as('month'),
      sql<number>`-sum(amount)`.as('amount'),
    ])
    .select((eb) => eb.fn.countAll<number>().as('rows'))
    .groupBy(['owner_id', sql`substr(reversed_day, 1, 7)`])
  const sums = new Map<string, OwnerMonthSum>()
  for (const row of [...(await came.execute()), ...(await back.execute())]) {
    const key = `${row.ownerId} ${row.month}`
    const known = sums.get(key)
    sums.set(key, { ...row, amount: row.amount + (known?.amount ?? 0), rows: row.rows + (known?.rows ?? 0) })
  }
  return [...sums.values()]
}

/** The two halves of the collection rate, in fen, by owner and the month in which the amounts fell due. */
export interface CollectionInput {
  readonly ownerId: string
  readonly month: string
  /** What fell due in the month. */
  readonly due: number
  /** What of that was received up to `to`. */
  readonly collected: number
  /** How many instalments that is. */
  readonly rows: number
}

/**
 * What fell due from `from` to `to` (days, inclusive) and what of it was received up to `to`, by owner and month:
 * collection rate = collected / due. Later receipts do not change a month that was asked for its own end.
 */
export async function collectionInputs(
  db: Reader | Writer,
  scope: Scope,
  from: string,
  to: string,
): Promise<CollectionInput[]> {
  const month = sql<string>`substr(i.due_key, 1, 7)`
  const paid = receivedBy(to)
  const query = db
    .selectFrom('receivable_instalments as i')
    .where(fellDue(from, to))
    .select([
      'i.owner_id as ownerId',
      month.as('month'),
      sql<number>`sum(i.amount)`.as('due'),
      sql<number>`sum(${paid})`.as('collected'),
    ])
    .select((eb) => eb.fn.countAll<number>().as('rows'))
    .groupBy(['i.owner_id', month])
  return applyScope(query, scope, 'i.owner_id').execute()
}

/** What fell due from a day to another, and was not cancelled by then. */
const fellDue = (
  from: string,
  to: string,
) => sql<boolean>`(due_key BETWEEN ${from} AND ${to} AND due_key < ${NO_DUE_KEY}
  AND (cancelled_day IS NULL OR cancelled_day > ${to}))`

/** What receipts had paid of an instalment `i` up to a day, and what came in before the program knew of it. Fen. */
const receivedBy = (day: string) => sql<number>`(i.settled_before + coalesce((SELECT sum(a.principal)
    FROM receivable_allocations a WHERE a.instalment_id = i.id AND a.kind = 'receipt'
    AND a.day <= ${day} AND (a.released_day IS NULL OR a.released_day > ${day})), 0))`

/**
 * The very movements that `collectedSums` adds up: receipts on their day, reversals negative on theirs, by day; of each
 * owner all, or the first `most`. Fen.
 */
export async function receiptMovements(db: Reader | Writer, scope: Scope, from: string, to: string, most = Infinity) {
  const moved = (day: 'day' | 'reversed_day', amount: 'amount' | '-amount') => sql`
    SELECT id, owner_id, number, customer_id, ${sql.ref(day)} AS day, ${sql.raw(amount)} AS amount FROM receipts
    WHERE ${sql.ref(day)} BETWEEN ${from} AND ${to} AND ${scopedTo(scope, 'owner_id')}`
  const { rows } = await sql<{
    id: string
    ownerId: string
    number: string
    customerId: string
    day: string
    amount: number
  }>`SELECT id, owner_id AS ownerId, number, customer_id AS customerId, day, amount
    FROM (SELECT *, row_number() OVER (PARTITION BY owner_id ORDER BY day, id, amount DESC) AS place
      FROM (${moved('day', 'amount')} UNION ALL ${moved('reversed_day', '-amount')}))
    WHERE ${within(most)} ORDER BY day, id, amount DESC`.execute(db as Reader)
  return rows
}

/** Whether a row has its place among the first `most` of its owner. */
const within = (most: number) => (Number.isFinite(most) ? sql`place <= ${most}` : sql`1`)

/**
 * The very instalments that `collectionInputs` adds up: due in the period, with what was received up to its end, by due
 * day; of each owner all, or the first `most`. Fen.
 */
export async function dueRows(db: Reader | Writer, scope: Scope, from: string, to: string, most = Infinity) {
  const { rows } = await sql<{
    id: string
    ownerId: string
    customerId: string
    contractNumber: string
    label: string
    dueDay: string
    amount: number
    collected: number
  }>`SELECT i.id, i.owner_id AS ownerId, i.customer_id AS customerId, i.contract_number AS contractNumber, i.label,
      i.due_key AS dueDay, i.amount, ${receivedBy(to)} AS collected
    FROM (SELECT *, row_number() OVER (PARTITION BY owner_id ORDER BY due_key, id) AS place
      FROM receivable_instalments
      WHERE ${fellDue(from, to)} AND ${scopedTo(scope, 'owner_id')}) i
    WHERE ${within(most)} ORDER BY i.due_key, i.id`.execute(db as Reader)
  return rows
}

/** The instalments that something happened to after a day, each once: what is overdue of it now, and what happened since. Fen. */
const touchedSince = (day: PlainDay) => sql`
  SELECT i.rowid AS at, i.owner_id, min(j.due_key, iif(i.due_key < ${day}, i.due_key, j.due_key)) AS due_key,
    iif(i.due_key < ${day}, i.outstanding, 0) AS now, -sum(j.amount) AS since
  FROM receivable_journal j JOIN receivable_instalments i ON i.id = j.instalment_id
  WHERE j.day > ${day} AND j.due_key < ${day} GROUP BY i.rowid`

/**
 * What was overdue in the evening of a day, instalment by instalment, the longest overdue first; of each owner all, or
 * the first `most`. It is what is open now less what happened since. Fen. The due day is the one of then. Left to
 * itself the data file looks for days first and opens every page of the ledger: the index by owner holds all it needs,
 * owner by owner in the order wanted.
 */
export async function overdueOn(db: Reader | Writer, scope: Scope, day: PlainDay, most = Infinity) {
  const { rows } = await sql<{
    id: string
    ownerId: string
    customerId: string
    contractNumber: string
    label: string
    dueDay: string
    amount: number
  }>`WITH touched AS MATERIALIZED (${touchedSince(day)}),
    owners AS (SELECT DISTINCT owner_id FROM receivable_instalments INDEXED BY receivable_open_owner
      WHERE outstanding > 0 AND ${scopedTo(scope, 'owner_id')}),
    overdue AS (
      SELECT i.rowid AS at, i.owner_id, i.due_key, i.outstanding AS amount
        FROM owners JOIN receivable_instalments i ON i.rowid IN (
          SELECT rowid FROM receivable_instalments INDEXED BY receivable_open_owner
          WHERE owner_id = owners.owner_id AND outstanding > 0 AND due_key < ${day}
            AND rowid NOT IN (SELECT at FROM touched)
          ORDER BY due_key, rowid LIMIT ${Number.isFinite(most) ? most : -1})
      UNION ALL
      SELECT at, owner_id, due_key, now + since FROM touched WHERE now + since > 0 AND ${scopedTo(scope, 'owner_id')}
    ),
    placed AS (
      SELECT at, due_key, amount, row_number() OVER (PARTITION BY owner_id ORDER BY due_key, at) AS place FROM overdue
    )
    SELECT i.id, i.owner_id AS ownerId, i.customer_id AS customerId, i.contract_number AS contractNumber, i.label,
      placed.due_key AS dueDay, placed.amount
    FROM placed JOIN receivable_instalments i ON i.rowid = placed.at
    WHERE ${within(most)}
    ORDER BY dueDay, placed.at`.execute(db as Reader)
  return rows
}

/** What `overdueOn` comes to by owner, and how many instalments it is, without the instalments themselves. Fen. */
export async function overdueSumsOn(
  db: Reader | Writer,
  scope: Scope,
  day: PlainDay,
): Promise<{ ownerId: string; amount: number; rows: number }[]> {
  const { rows } = await sql<{ ownerId: string; amount: number; rows: number }>`
    SELECT m.owner_id AS ownerId, sum(m.amount) AS amount, sum(m.rows) AS rows FROM (
      SELECT owner_id, sum(outstanding) AS amount, count(*) AS rows FROM receivable_instalments
        WHERE outstanding > 0 AND due_key < ${day} GROUP BY owner_id
      UNION ALL
      SELECT owner_id, sum(since), sum((now + since > 0) - (now > 0)) FROM (${touchedSince(day)}) GROUP BY owner_id
    ) m WHERE ${scopedTo(scope, 'm.owner_id')} GROUP BY m.owner_id HAVING sum(m.rows) > 0`.execute(db as Reader)
  return rows
}

/** Outstanding, overdue and due-today fen within the scope: the home page's first figures. */
export async function openTotals(db: Reader, scope: Scope, today: string) {
  const query = applyScope(db.selectFrom('receivable_instalments'), scope, 'receivable_instalments.owner_id')
    .where('outstanding', '>', 0)
    .select([
      sql<number>`coalesce(sum(outstanding), 0)`.as('outstanding'),
      sql<number>`coalesce(sum(CASE WHEN due_key < ${today} THEN outstanding ELSE 0 END), 0)`.as('overdue'),
      sql<number>`coalesce(sum(CASE WHEN due_key = ${today} THEN outstanding ELSE 0 END), 0)`.as('dueToday'),
    ])
  return query.executeTakeFirstOrThrow()
}

/** Outstanding fen by ageing bucket as things stand, for the home page. */
export async function ageingNow(
  db: Reader,
  scope: Scope,
  today: PlainDay,
): Promise<{ bucket: string; amount: number }[]> {
  const { bounds } = (await readSetting(db, 'receivables')).value
  const { buckets } = await ageingTotals(db, { scope, today, asOf: today, basis: 'due', bounds })
  return bucketsOf(bounds).map(({ key }) => ({ bucket: key, amount: buckets[key] ?? 0 }))
}

/** Instalments that fall due from a day to another, nearest first. */
export async function dueBetween(db: Reader, scope: Scope, from: string, to: string, limit: number) {
  const query = db
    .selectFrom('receivable_instalments')
    .where('outstanding', '>', 0)
    .where('due_key', '>=', from)
    .where('due_key', '<=', to)
    .select([
      'id',
      'contract_id as contractId',
      'customer_id as customerId',
      'label',
      'due_key as dueDay',
      'outstanding',
    ])
    .orderBy('due_key')
    .orderBy('id')
    .limit(limit)
  return applyScope(query, scope, 'receivable_instalments.owner_id').execute()
}

/** What one customer owes within the scope, and how much of it is overdue. Fen. */
export async function customerTotals(db: Reader, scope: Scope, customerId: string, today: string) {
  return applyScope(db.selectFrom('receivable_instalments'), scope, 'receivable_instalments.owner_id')
    .where('customer_id', '=', customerId)
    .where('outstanding', '>', 0)
    .select([
      sql<number>`coalesce(sum(outstanding), 0)`.as('outstanding'),
      sql<number>`coalesce(sum(CASE WHEN due_key < ${today} THEN outstanding ELSE 0 END), 0)`.as('overdue'),
    ])
    .executeTakeFirstOrThrow()
}

/** Instalments of a customer that stand, or of one contract of his, in the order in which they fall due. Fen. */
export async function billableInstalments(
  db: Reader | Writer,
  of: { readonly customerId: string; readonly contractId: string | null; readonly ids?: readonly string[] | undefined },
) {
  let query = db
    .selectFrom('receivable_instalments')
    .select(['id', 'contract_number as contractNumber', 'label', 'due_day as dueDay', 'amount'])
    .where('customer_id', '=', of.customerId)
    .where('state', '=', 'open')
    .orderBy('due_key')
    .orderBy('contract_number')
    .orderBy('seq')
    .limit(500)
  if (of.contractId !== null) query = query.where('contract_id', '=', of.contractId)
  if (of.ids) query = query.where('id', 'in', [...of.ids])
  return query.execute()
}

/** Money of a customer that pays nothing yet, within the scope. Fen. */
export async function advanceHeld(db: Reader, scope: Scope, customerId: string): Promise<number> {
  const row = await applyScope(db.selectFrom('receipts'), scope, 'receipts.owner_id')
    .where('customer_id', '=', customerId)
    .where('advance', '>', 0)
    .select(sql<number>`coalesce(sum(advance), 0)`.as('advance'))
    .executeTakeFirstOrThrow()
  return row.advance
}
