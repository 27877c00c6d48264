import { shownSize, type AttachedTo } from '#shared/modules/attachments/attachments.rules.ts'
import type { TimelineItem } from '#shared/modules/timeline/timeline.schema.ts'
import type { Action } from '#shared/policy/actions.ts'
import type { Expression } from 'kysely'
import { latestByMoment, type TimelineAsk, type TimelineSource } from '#core/kernel/timeline.ts'
import type { Reader } from '#core/store/store.ts'

/** Records that files hang on, of one customer and within the scope. */
type RecordsOf = (db: Reader, ask: TimelineAsk) => Expression<{ id: string }>

function filesOf(db: Reader, ask: TimelineAsk, to: AttachedTo, recordsOf: RecordsOf | null) {
  const files = db
    .selectFrom('attachments as a')
    .leftJoin('users as author', 'author.id', 'a.created_by')
    .leftJoin('users as remover', 'remover.id', 'a.removed_by')
    .select(['a.id', 'a.name', 'a.size', 'a.parent_id', 'a.created_at', 'a.removed_at', 'a.removal_reason'])
    .select(['author.name as author_name', 'remover.name as remover_name'])
    .where('a.parent_kind', '=', to)
  return recordsOf === null
    ? files.where('a.parent_id', '=', ask.customerId)
    : files.where('a.parent_id', 'in', recordsOf(db, ask) as never)
}

/** Evidence of a demand or the like is shown with the debts that it is about, not by itself. */
const recordOf = (to: AttachedTo, id: string): TimelineItem['record'] =>
  to === 'customer' || to === 'limitationEvent' ? null : { kind: to, id }

/** Whoever may read the record reads its files. */
const PERMITS: Readonly<Record<AttachedTo, Action>> = {
  customer: 'customers.read',
  visit: 'visits.read',
  deal: 'deals.read',
  quotation: 'deals.read',
  minutes: 'deals.read',
  contract: 'contracts.read',
  market: 'market.read',
  obligation: 'contracts.read',
  invoice: 'invoices.read',
  limitationEvent: 'claims.read',
  dispute: 'claims.read',
  statement: 'claims.read',
  repaymentPlan: 'claims.read',
  letter: 'dunning.read',
  escalation: 'dunning.read',
}

/** Files that were added to a customer (`recordsOf` null) or to his records of one kind, and taken away again. */
export function attachmentsTimeline(to: AttachedTo, recordsOf: RecordsOf | null): readonly TimelineSource[] {
  const all = { kind: 'files', permit: PERMITS[to] } as const
  const words = [{ key: `timeline:attached.${to}` }]
  const added: TimelineSource = {
    ...all,
    id: `file-${to}`,
    async find(db, ask) {
      const rows = await latestByMoment(filesOf(db, ask, to, recordsOf), ask, ['a.created_at', 'a.id']).execute()
      return rows.map((row) => ({
        id: row.id,
        day: null,
        at: row.created_at,
        event: 'fileAdded',
        who: row.author_name,
        words,
        record: recordOf(to, row.parent_id),
        title: row.name,
        note: shownSize(row.size),
      }))
    },
  }
  const removed: TimelineSource = {
    ...all,
    id: `file-gone-${to}`,
    async find(db, ask) {
      const gone = filesOf(db, ask, to, recordsOf).where('a.removed_at', 'is not', null)
      const rows = await latestByMoment(gone, ask, ['a.removed_at', 'a.id']).execute()
      return rows.map((row) => ({
        id: row.id,
        day: null,
        at: row.removed_at ?? 0,
        event: 'fileTaken',
        who: row.remover_name,
        words,
        record: recordOf(to, row.parent_id),
        title: row.name,
        note: row.removal_reason,
      }))
    },
  }
  return [added, removed]
}
