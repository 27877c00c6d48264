import { NO_DUE_KEY } from '#shared/modules/receivables/receivables.journal.rules.ts'
import { sql } from 'kysely'
import { diffDays, type PlainDay } from '#shared/kernel/dates.ts'
import type { Exposure } from '#shared/modules/credit/credit.rules.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, Writer } from '#core/store/store.ts'

export const NOTHING: Exposure = { outstanding: 0, overdue: 0, undelivered: 0, advances: 0, maxDaysOverdue: 0 }

/**
 * What is at stake with these customers, by id: three sums over indexes, however many there are. What waits for its
 * delivery or acceptance is signed and not yet owed; the whole firm counts, whoever asks.
 */
export async function exposuresOf(
  db: Reader | Writer,
  customerIds: readonly string[],
  today: PlainDay,
): Promise<ReadonlyMap<string, Exposure>> {
  const open = await inPieces(customerIds, (piece) =>
    db
      .selectFrom('receivable_instalments')
      .select([
        'customer_id',
        sql<number>`sum(CASE WHEN due_key < ${NO_DUE_KEY} THEN outstanding ELSE 0 END)`.as('outstanding'),
        sql<number>`sum(CASE WHEN due_key < ${today} THEN outstanding ELSE 0 END)`.as('overdue'),
        sql<number>`sum(CASE WHEN due_key = ${NO_DUE_KEY} THEN outstanding ELSE 0 END)`.as('undelivered'),
        sql<string>`min(due_key)`.as('first'),
      ])
      .where('customer_id', 'in', piece)
      .where('outstanding', '>', 0)
      .groupBy('customer_id')
      .execute(),
  )
  const ahead = await inPieces(customerIds, (piece) =>
    db
      .selectFrom('receipts')
      .select((eb) => ['customer_id', eb.fn.sum<number>('advance').as('amount')])
      .where('customer_id', 'in', piece)
      .where('advance', '>', 0)
      .groupBy('customer_id')
      .execute(),
  )
  const credits = await inPieces(customerIds, (piece) =>
    db
      .selectFrom('receivable_credits')
      .select((eb) => ['customer_id', eb.fn.sum<number>('rest').as('amount')])
      .where('customer_id', 'in', piece)
      .where('rest', '>', 0)
      .groupBy('customer_id')
      .execute(),
  )
  const advances = new Map<string, number>()
  for (const { customer_id: id, amount } of [...ahead, ...credits]) {
    advances.set(id, (advances.get(id) ?? 0) + Number(amount))
  }
  const found = new Map<string, Exposure>()
  for (const row of open) {
    found.set(row.customer_id, {
      outstanding: Number(row.outstanding),
      overdue: Number(row.overdue),
      undelivered: Number(row.undelivered),
      advances: advances.get(row.customer_id) ?? 0,
      maxDaysOverdue: row.first < today ? diffDays(row.first as PlainDay, today) : 0,
    })
  }
  for (const [id, amount] of advances) if (!found.has(id)) found.set(id, { ...NOTHING, advances: amount })
  return found
}

export const atStake = ({ outstanding, undelivered, advances }: Exposure): number =>
  Math.max(0, outstanding + undelivered - advances)
