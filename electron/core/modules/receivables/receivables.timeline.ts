import { applyScope } from '#core/kernel/scope.ts'
import { latestByDay, type TimelineAsk, type TimelineSource } from '#core/kernel/timeline.ts'
import type { Reader } from '#core/store/store.ts'

function receiptsOf(db: Reader, { customerId, scope }: TimelineAsk) {
  return applyScope(
    db
      .selectFrom('receipts')
      .leftJoin('users as author', 'author.id', 'receipts.created_by')
      .leftJoin('users as reverser', 'reverser.id', 'receipts.reversed_by')
      .select(['receipts.id', 'receipts.number', 'receipts.day', 'receipts.amount', 'receipts.method', 'receipts.note'])
      .select(['receipts.reversed_day', 'receipts.reversed_reason', 'receipts.created_at'])
      .select(['author.name as author_name', 'reverser.name as reverser_name']),
    scope,
    'receipts.owner_id',
  ).where('receipts.customer_id', '=', customerId)
}

const came: TimelineSource = {
  id: 'receipt',
  kind: 'receipts',
  permit: 'receivables.read',
  async find(db, ask) {
    const columns = ['receipts.day', 'receipts.created_at', 'receipts.id'] as const
    const rows = await latestByDay(receiptsOf(db, ask), ask, columns).execute()
    return rows.map((row) => ({
      id: row.id,
      day: row.day,
      at: row.created_at,
      event: 'receiptMade',
      who: row.author_name,
      record: { kind: 'receipt' as const, id: row.id },
      title: row.number,
      words: [{ key: `receivables:methods.${row.method}` }],
      note: row.note,
      amount: row.amount,
    }))
  },
}

const reversed: TimelineSource = {
  id: 'receipt-reversed',
  kind: 'receipts',
  permit: 'receivables.read',
  async find(db, ask) {
    const columns = ['receipts.reversed_day', 'receipts.created_at', 'receipts.id'] as const
    const back = receiptsOf(db, ask).where('receipts.reversed_day', 'is not', null)
    const rows = await latestByDay(back, ask, columns).execute()
    return rows.map((row) => ({
      id: row.id,
      day: row.reversed_day,
      at: row.created_at,
      event: 'receiptReversed',
      who: row.reverser_name,
      record: { kind: 'receipt' as const, id: row.id },
      title: row.number,
      note: row.reversed_reason,
      amount: -row.amount,
    }))
  },
}

/** What the timeline of a customer tells of money: what came in, and what was taken back. */
export const receivablesTimeline: readonly TimelineSource[] = [came, reversed]
