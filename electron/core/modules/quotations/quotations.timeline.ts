import type { TimelineEvent } from '#shared/modules/timeline/timeline.schema.ts'
import { latestByDay, type TimelineAsk, type TimelineFound, type TimelineSource } from '#core/kernel/timeline.ts'
import { dealIdsOf } from '#core/modules/deals/deals.api.ts'
import type { Reader } from '#core/store/store.ts'

const OUTCOMES: Readonly<Record<string, TimelineEvent>> = {
  accepted: 'quotationAccepted',
  rejected: 'quotationRejected',
  withdrawn: 'quotationWithdrawn',
}

function versions(db: Reader, ask: TimelineAsk) {
  return db
    .selectFrom('quotations')
    .innerJoin('quotation_versions as v', 'v.quotation_id', 'quotations.id')
    .leftJoin('users as author', 'author.id', 'v.created_by')
    .leftJoin('users as releaser', 'releaser.id', 'v.released_by')
    .select(['quotations.id as quotation_id', 'quotations.number', 'quotations.title', 'v.id', 'v.no', 'v.state'])
    .select(['v.amount', 'v.sent_day', 'v.closed_day', 'v.close_note', 'v.created_at', 'author.name as author_name'])
    .select('releaser.name as releaser_name')
    .where('quotations.deal_id', 'in', dealIdsOf(db, ask))
}

function told(
  row: Awaited<ReturnType<ReturnType<typeof versions>['executeTakeFirstOrThrow']>>,
  day: string | null,
  event: TimelineEvent,
): TimelineFound {
  return {
    id: row.id,
    day: day ?? '',
    at: row.created_at,
    event,
    who: row.author_name,
    record: { kind: 'quotation', id: row.quotation_id },
    title: `${row.number} ${row.title}`,
    words: [{ key: 'quotations:page.version', values: { no: row.no } }],
    amount: row.amount,
  }
}

const sent: TimelineSource = {
  id: 'quotation',
  kind: 'quotations',
  permit: 'deals.read',
  async find(db, ask) {
    const rows = await latestByDay(versions(db, ask).where('v.sent_day', 'is not', null), ask, [
      'v.sent_day',
      'v.created_at',
      'v.id',
    ]).execute()
    return rows.map((row) => {
      const item = told(row, row.sent_day, 'quotationSent')
      const released = { key: 'timeline:releasedBy', values: { name: row.releaser_name ?? '' } }
      return row.releaser_name === null ? item : { ...item, words: [...(item.words ?? []), released] }
    })
  },
}

const closed: TimelineSource = {
  id: 'quotation-closed',
  kind: 'quotations',
  permit: 'deals.read',
  async find(db, ask) {
    const rows = await latestByDay(
      versions(db, ask)
        .where('v.closed_day', 'is not', null)
        .where('v.state', 'in', ['accepted', 'rejected', 'withdrawn']),
      ask,
      ['v.closed_day', 'v.created_at', 'v.id'],
    ).execute()
    return rows.map((row) => ({
      ...told(row, row.closed_day, OUTCOMES[row.state] ?? 'quotationWithdrawn'),
      note: row.close_note,
    }))
  },
}

/** What the timeline of a customer tells of quotations: each version that went out, and what came of it. */
export const quotationsTimeline: readonly TimelineSource[] = [sent, closed]

/** Those of a customer that the reader may see: what files hang on. */
export const quotationIdsOf = (db: Reader, ask: TimelineAsk) =>
  db.selectFrom('quotations').select('quotations.id').where('quotations.deal_id', 'in', dealIdsOf(db, ask))
