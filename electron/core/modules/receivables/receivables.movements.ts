import { sql } from 'kysely'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { decodeCursor, encodeCursor } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import { NO_DUE_KEY } from '#shared/modules/receivables/receivables.journal.rules.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, Writer } from '#core/store/store.ts'

export const MOVEMENT_KINDS = [
  'debt',
  'changed',
  'cancelled',
  'interest',
  'receipt',
  'receiptReversed',
  'refund',
  'credit',
  'creditReversed',
  'writeOff',
  'writeOffReversed',
] as const
export type MovementKind = (typeof MOVEMENT_KINDS)[number]

/** What changed the account of a customer on a day: above zero more is owed, below zero less. Fen. */
export interface Movement {
  readonly customerId: string
  readonly day: PlainDay
  readonly kind: MovementKind
  /** Number of the contract, receipt or credit note. */
  readonly number: string
  readonly label: string
  readonly amount: number
}

type Row = { customer_id: string; day: string; kind: MovementKind; number: string; label: string; amount: number }

/**
 * Everything that changed what these customers owe up to a day, oldest first: summed, it is what is outstanding less
 * what was paid ahead and credited without a debt to settle. Interest and costs that receipts were booked on count as
 * owed on that day.
 */
export async function accountMovements(
  db: Reader | Writer,
  customerIds: readonly string[],
  upTo: PlainDay,
): Promise<Movement[]> {
  const rows = await inPieces(customerIds, async (piece) => {
    const ids = sql.join([...piece])
    const found = await sql<Row>`
      SELECT * FROM (
        SELECT i.customer_id, i.since_day AS day, 'debt' AS kind, i.contract_number AS number, i.label,
          coalesce((SELECT c.amount_before FROM receivable_changes c
            WHERE c.instalment_id = i.id AND c.amount_before <> c.amount_after ORDER BY c.day, c.id LIMIT 1), i.amount)
            - i.settled_before AS amount
          FROM receivable_instalments i WHERE i.customer_id IN (${ids})
        UNION ALL
        SELECT i.customer_id, c.day, 'changed', i.contract_number, i.label, c.amount_after - c.amount_before
          FROM receivable_changes c JOIN receivable_instalments i ON i.id = c.instalment_id
          WHERE i.customer_id IN (${ids}) AND c.amount_before <> c.amount_after
        UNION ALL
        SELECT i.customer_id, i.cancelled_day, 'cancelled', i.contract_number, i.label, i.settled_before - i.amount
          FROM receivable_instalments i WHERE i.customer_id IN (${ids}) AND i.cancelled_day IS NOT NULL
        UNION ALL
        SELECT r.customer_id, r.day, 'receipt', r.number, r.method, -r.amount
          FROM receipts r WHERE r.customer_id IN (${ids})
        UNION ALL
        SELECT r.customer_id, r.reversed_day, 'receiptReversed', r.number, r.method, r.amount
          FROM receipts r WHERE r.customer_id IN (${ids}) AND r.reversed_day IS NOT NULL
        UNION ALL
        SELECT f.customer_id, f.day, 'refund', f.number, f.method, f.amount
          FROM receivable_refunds f WHERE f.customer_id IN (${ids}) AND f.day IS NOT NULL
        UNION ALL
        SELECT f.customer_id, f.reversed_day, 'refund', f.number, f.method, -f.amount
          FROM receivable_refunds f WHERE f.customer_id IN (${ids}) AND f.reversed_day IS NOT NULL
        UNION ALL
        SELECT k.customer_id, k.day, 'credit', k.number, k.cause, -k.amount
          FROM receivable_credits k WHERE k.customer_id IN (${ids})
        UNION ALL
        SELECT k.customer_id, k.reversed_day, 'creditReversed', k.number, k.cause, k.amount
          FROM receivable_credits k WHERE k.customer_id IN (${ids}) AND k.reversed_day IS NOT NULL
        UNION ALL
        SELECT i.customer_id, a.day, CASE a.kind WHEN 'writeOff' THEN 'writeOff' ELSE 'interest' END,
          i.contract_number, i.label, CASE a.kind WHEN 'writeOff' THEN -a.principal ELSE a.costs + a.interest END
          FROM receivable_allocations a JOIN receivable_instalments i ON i.id = a.instalment_id
          WHERE i.customer_id IN (${ids}) AND (a.kind = 'writeOff' OR a.amount <> a.principal)
        UNION ALL
        SELECT i.customer_id, a.released_day, CASE a.kind WHEN 'writeOff' THEN 'writeOffReversed' ELSE 'interest' END,
          i.contract_number, i.label, CASE a.kind WHEN 'writeOff' THEN a.principal ELSE -(a.costs + a.interest) END
          FROM receivable_allocations a JOIN receivable_instalments i ON i.id = a.instalment_id
          WHERE i.customer_id IN (${ids}) AND a.released_day IS NOT NULL
            AND (a.kind = 'writeOff' OR a.amount <> a.principal)
      ) WHERE day <= ${upTo} AND amount <> 0`.execute(db)
    return found.rows
  })
  return rows
    .map((row) => ({
      customerId: row.customer_id,
      day: row.day as PlainDay,
      kind: row.kind,
      number: row.number,
      label: row.label,
      amount: Number(row.amount),
    }))
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
}

/** A debt as it stood in the evening of a day. Fen. */
export interface OpenOn {
  readonly id: string
  readonly customerId: string
  readonly ownerId: string
  readonly contractNumber: string
  readonly label: string
  readonly dueDay: PlainDay | null
  readonly outstanding: number
}

/** What these customers owed in the evening of a day, in the order of the due days that held then. */
export async function openOn(db: Reader | Writer, customerIds: readonly string[], asOf: PlainDay): Promise<OpenOn[]> {
  const rows = await inPieces(customerIds, (piece) =>
    db
      .selectFrom('receivable_instalments as i')
      .innerJoin('receivable_journal as j', 'j.instalment_id', 'i.id')
      .select(['i.id', 'i.customer_id', 'i.owner_id', 'i.contract_number', 'i.label', 'j.due_key'])
      .select((eb) => eb.fn.sum<number>('j.amount').as('outstanding'))
      .where('i.customer_id', 'in', piece)
      .where('j.day', '<=', asOf)
      .groupBy(['i.id', 'j.due_key'])
      .having((eb) => eb(eb.fn.sum('j.amount'), '<>', 0))
      .orderBy('j.due_key')
      .orderBy('i.id')
      .execute(),
  )
  return rows.map((row) => ({
    id: row.id,
    customerId: row.customer_id,
    ownerId: row.owner_id,
    contractNumber: row.contract_number,
    label: row.label,
    dueDay: row.due_key === NO_DUE_KEY ? null : (row.due_key as PlainDay),
    outstanding: Number(row.outstanding),
  }))
}

/** A page of customers of the scope's owners who owe anything now, the most owed first. Fen. */
export async function owedBy(
  db: Reader,
  scope: Scope,
  today: PlainDay,
  asked: {
    readonly text?: string | undefined
    readonly ownerId?: string | undefined
    readonly cursor?: string | null | undefined
    readonly limit: number
  },
) {
  const sum = sql<number>`sum(i.outstanding)`
  const advance = sql<number>`coalesce((SELECT sum(r.advance) FROM receipts r
    WHERE r.customer_id = c.id AND r.advance > 0), 0)`
  let query = applyScope(
    db
      .selectFrom('receivable_instalments as i')
      .innerJoin('customers as c', 'c.id', 'i.customer_id')
      .leftJoin('users as owner', 'owner.id', 'c.owner_id')
      .select(['c.id as customerId', 'c.name as customerName', 'owner.name as ownerName'])
      .select([
        sum.as('outstanding'),
        sql<number>`sum(CASE WHEN i.due_key < ${today} THEN i.outstanding ELSE 0 END)`.as('overdue'),
        advance.as('advance'),
      ]),
    scope,
    'c.owner_id',
  ).where('i.outstanding', '>', 0)
  const needle = normaliseQuery(asked.text ?? '')
  if (needle !== '') query = query.where(sql<boolean>`instr(c.search_text, ${needle}) > 0`)
  if (asked.ownerId !== undefined) query = query.where('c.owner_id', '=', asked.ownerId)
  query = query.groupBy('c.id')
  if (asked.cursor) {
    const [value, id] = decodeCursor(asked.cursor)
    query = query.having(sql<boolean>`(${sum}, c.id) < (${Number(value)}, ${id})`)
  }
  const rows = await query
    .orderBy(sum, 'desc')
    .orderBy('c.id', 'desc')
    .limit(asked.limit + 1)
    .execute()
  const page = rows.slice(0, asked.limit).map((row) => ({
    customerId: row.customerId,
    customerName: row.customerName,
    ownerName: row.ownerName ?? '',
    outstanding: Number(row.outstanding),
    overdue: Number(row.overdue),
    advance: Number(row.advance),
  }))
  const last = page.at(-1)
  const more = rows.length > asked.limit && last !== undefined
  return { rows: page, nextCursor: more ? encodeCursor([last.outstanding, last.customerId]) : null }
}
