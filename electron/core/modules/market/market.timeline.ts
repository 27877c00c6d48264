import { applyScope } from '#core/kernel/scope.ts'
import { latestByDay, type TimelineAsk, type TimelineSource } from '#core/kernel/timeline.ts'
import type { Reader } from '#core/store/store.ts'

const notesOf = (db: Reader, { customerId }: TimelineAsk) =>
  db
    .selectFrom('market_notes as n')
    .leftJoin('users as author', 'author.id', 'n.author_id')
    .leftJoin('users as answerer', 'answerer.id', 'n.answered_by')
    .select(['n.id', 'n.day', 'n.competitor', 'n.product', 'n.content', 'n.answer', 'n.answer_note', 'n.answered_day'])
    .select(['n.created_at', 'author.name as author_name', 'answerer.name as answerer_name'])
    .where('n.customer_id', '=', customerId)

/** Everybody who reads the market reads all of it; that it was heard here is known to whoever may open the customer. */
const made: TimelineSource = {
  id: 'market',
  kind: 'market',
  permit: 'market.read',
  async find(db, ask) {
    const rows = await latestByDay(notesOf(db, ask), ask, ['n.day', 'n.created_at', 'n.id']).execute()
    return rows.map((row) => ({
      id: row.id,
      day: row.day,
      at: row.created_at,
      event: 'noteMade',
      who: row.author_name,
      record: { kind: 'market' as const, id: row.id },
      title: [row.competitor, row.product].filter(Boolean).join(' '),
      note: row.content,
    }))
  },
}

const answered: TimelineSource = {
  id: 'market-answer',
  kind: 'market',
  permit: 'market.read',
  async find(db, ask) {
    const told = notesOf(db, ask).where('n.answered_day', 'is not', null)
    const rows = await latestByDay(told, ask, ['n.answered_day', 'n.created_at', 'n.id']).execute()
    return rows.map((row) => ({
      id: row.id,
      day: row.answered_day,
      at: row.created_at,
      event: 'noteAnswered',
      who: row.answerer_name,
      record: { kind: 'market' as const, id: row.id },
      title: [row.competitor, row.product].filter(Boolean).join(' '),
      words: [{ key: `market:answer.${row.answer}` }],
      note: row.answer_note,
    }))
  },
}

/** What the timeline of a customer tells of the market. */
export const marketTimeline: readonly TimelineSource[] = [made, answered]

/** Notes about a customer whose files the scope may open. */
export const noteIdsOf = (db: Reader, { customerId, scope }: TimelineAsk) =>
  applyScope(db.selectFrom('market_notes').select('market_notes.id'), scope, 'market_notes.author_id').where(
    'market_notes.customer_id',
    '=',
    customerId,
  )
