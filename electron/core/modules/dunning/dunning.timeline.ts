import { applyScope } from '#core/kernel/scope.ts'
import { latestByDay, type TimelineAsk, type TimelineFound, type TimelineSource } from '#core/kernel/timeline.ts'
import type { Reader } from '#core/store/store.ts'

function lettersOf(db: Reader, { customerId, scope }: TimelineAsk) {
  return applyScope(
    db
      .selectFrom('dunning_letters as l')
      .leftJoin('users', 'users.id', 'l.created_by')
      .select(['l.id', 'l.number', 'l.level', 'l.day', 'l.sent_day', 'l.sent_reference', 'l.principal', 'l.state'])
      .select(['l.void_reason', 'l.created_at', 'users.name as who']),
    scope,
    'l.owner_id',
  ).where('l.customer_id', '=', customerId)
}

const level = (row: { readonly level: number }) => ({ key: 'dunning:levelName', values: { level: row.level } })

const issued: TimelineSource = {
  id: 'letter',
  kind: 'dunning',
  permit: 'dunning.read',
  async find(db, ask) {
    const rows = await latestByDay(lettersOf(db, ask), ask, ['l.day', 'l.created_at', 'l.id']).execute()
    return rows.map((row): TimelineFound => ({
      id: row.id,
      day: row.day,
      at: row.created_at,
      event: 'letterIssued',
      who: row.who,
      record: { kind: 'letter', id: row.id },
      title: row.number,
      words: [level(row), ...(row.state === 'void' ? [{ key: 'dunning:state.void' }] : [])],
      note: row.void_reason,
      amount: row.principal,
    }))
  },
}

const sent: TimelineSource = {
  id: 'letter-sent',
  kind: 'dunning',
  permit: 'dunning.read',
  async find(db, ask) {
    const gone = lettersOf(db, ask).where('l.sent_day', 'is not', null)
    const rows = await latestByDay(gone, ask, ['l.sent_day', 'l.created_at', 'l.id']).execute()
    return rows.map((row): TimelineFound => ({
      id: row.id,
      day: row.sent_day,
      at: row.created_at,
      event: 'letterSent',
      record: { kind: 'letter', id: row.id },
      title: row.number,
      words: [level(row)],
      note: row.sent_reference,
    }))
  },
}

/** What the timeline of a customer tells of dunning letters. */
export const dunningTimeline: readonly TimelineSource[] = [issued, sent]
