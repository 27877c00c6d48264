import { applyScope } from '#core/kernel/scope.ts'
import { latestByMoment, type TimelineFound, type TimelineSource } from '#core/kernel/timeline.ts'

const changed: TimelineSource = {
  id: 'credit',
  kind: 'claims',
  permit: 'credit.read',
  async find(db, ask): Promise<TimelineFound[]> {
    const own = applyScope(
      db
        .selectFrom('credit_changes as h')
        .innerJoin('credit_cards as k', 'k.id', 'h.card_id')
        .innerJoin('customers as c', 'c.id', 'k.customer_id')
        .leftJoin('users as u', 'u.id', 'h.user_id')
        .select(['h.id', 'h.kind', 'h.after', 'h.reason', 'h.at', 'u.name as who', 'k.customer_id']),
      ask.scope,
      'c.owner_id',
    ).where('k.customer_id', '=', ask.customerId)
    const rows = await latestByMoment(own, ask, ['h.at', 'h.id']).execute()
    return rows.map((row) => ({
      id: row.id,
      day: null,
      at: row.at,
      event: 'creditChanged',
      who: row.who,
      record: { kind: 'credit', id: row.customer_id },
      words: [{ key: `credit:changes.${row.kind}` }],
      note: row.reason,
      amount: row.kind === 'limit' ? ((JSON.parse(row.after) as { limit: number | null }).limit ?? null) : null,
    }))
  },
}

/** What the timeline of a customer tells of credit. */
export const creditTimeline: readonly TimelineSource[] = [changed]
