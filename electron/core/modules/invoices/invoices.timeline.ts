import { applyScope } from '#core/kernel/scope.ts'
import { latestByDay, type TimelineAsk, type TimelineFound, type TimelineSource } from '#core/kernel/timeline.ts'
import type { Reader } from '#core/store/store.ts'

function invoicesOf(db: Reader, { customerId, scope }: TimelineAsk) {
  return applyScope(
    db
      .selectFrom('invoices')
      .leftJoin('users as author', 'author.id', 'invoices.created_by')
      .select(['invoices.id', 'invoices.day', 'invoices.created_at', 'invoices.kind', 'invoices.number'])
      .select(['invoices.amount', 'invoices.note', 'invoices.red_reason', 'invoices.void_day', 'invoices.void_reason'])
      .select('author.name as author_name'),
    scope,
    'invoices.owner_id',
  )
    .where('invoices.customer_id', '=', customerId)
    .where('invoices.removed_at', 'is', null)
}

type Row = Awaited<ReturnType<ReturnType<typeof invoicesOf>['execute']>>[number]

const found = (row: Row, own: Pick<TimelineFound, 'day' | 'event' | 'note' | 'amount' | 'words'>): TimelineFound => ({
  id: row.id,
  at: row.created_at,
  who: row.author_name,
  record: { kind: 'invoice' as const, id: row.id },
  title: row.number,
  ...own,
})

const issued: TimelineSource = {
  id: 'invoice',
  kind: 'invoices',
  permit: 'invoices.read',
  async find(db, ask) {
    const columns = ['invoices.day', 'invoices.created_at', 'invoices.id'] as const
    const rows = await latestByDay(invoicesOf(db, ask), ask, columns).execute()
    return rows.map((row) =>
      found(row, {
        day: row.day,
        event: row.amount < 0 ? 'invoiceRed' : 'invoiceIssued',
        words: [
          row.amount < 0 ? { key: `invoices:redReasons.${row.red_reason}` } : { key: `invoices:kinds.${row.kind}` },
        ],
        note: row.note,
        amount: row.amount,
      }),
    )
  },
}

const voided: TimelineSource = {
  id: 'invoice-void',
  kind: 'invoices',
  permit: 'invoices.read',
  async find(db, ask) {
    const columns = ['invoices.void_day', 'invoices.created_at', 'invoices.id'] as const
    const void_ = invoicesOf(db, ask).where('invoices.void_day', 'is not', null)
    const rows = await latestByDay(void_, ask, columns).execute()
    return rows.map((row) =>
      found(row, { day: row.void_day, event: 'invoiceVoid', note: row.void_reason, amount: -row.amount }),
    )
  },
}

/** What the timeline of a customer tells of invoices: those issued, what was taken back, what was declared void. */
export const invoicesTimeline: readonly TimelineSource[] = [issued, voided]

/** Invoices of a customer whose files the scope may open. */
export const invoiceIdsOf = (db: Reader, { customerId, scope }: TimelineAsk) =>
  applyScope(db.selectFrom('invoices').select('invoices.id'), scope, 'invoices.owner_id').where(
    'invoices.customer_id',
    '=',
    customerId,
  )
