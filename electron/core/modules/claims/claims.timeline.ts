import { scopedTo } from '#core/kernel/scope.ts'
import {
  latestByDay,
  latestByMoment,
  type TimelineAsk,
  type TimelineFound,
  type TimelineSource,
} from '#core/kernel/timeline.ts'
import { sql } from 'kysely'
import type { Reader } from '#core/store/store.ts'
import { allDebtsWithin } from './claims.scope.ts'

const source = (id: string, find: TimelineSource['find']): TimelineSource => ({
  id,
  kind: 'claims',
  permit: 'claims.read',
  find,
})

/** What interrupts limitation and was written down by a person; what follows from a record is told by that record. */
const events = source('limitation', async (db, ask): Promise<TimelineFound[]> => {
  const own = db
    .selectFrom('limitation_events as e')
    .leftJoin('users as u', 'u.id', 'e.created_by')
    .select(['e.id', 'e.kind', 'e.day', 'e.note', 'e.created_at', 'e.void_at', 'u.name as who'])
    .where('e.customer_id', '=', ask.customerId)
    .where('e.source_id', 'is', null)
    .where(
      sql<boolean>`EXISTS (SELECT 1 FROM limitation_event_debts l JOIN receivable_instalments i ON i.id = l.instalment_id
        WHERE l.event_id = e.id AND ${scopedTo(ask.scope, 'i.owner_id')})`,
    )
  const rows = await latestByDay(own, ask, ['e.day', 'e.created_at', 'e.id']).execute()
  return rows.map((row) => ({
    id: row.id,
    day: row.day,
    at: row.created_at,
    event: 'limitationEvent',
    who: row.who,
    words: [
      { key: `claims:events.${row.kind}` },
      ...(row.void_at === null ? [] : [{ key: 'claims:limitation.taken' }]),
    ],
    note: row.note,
  }))
})

function disputesOf(db: Reader, ask: TimelineAsk) {
  return db
    .selectFrom('claim_disputes as d')
    .innerJoin('receivable_instalments as i', 'i.id', 'd.instalment_id')
    .leftJoin('users as author', 'author.id', 'd.created_by')
    .leftJoin('users as closer', 'closer.id', 'd.resolved_by')
    .select(['d.id', 'd.day', 'd.amount', 'd.reason_code', 'd.note', 'd.created_at', 'd.updated_at', 'd.resolved_day'])
    .select(['d.resolution', 'd.resolution_note', 'i.contract_number', 'i.label'])
    .select(['author.name as author_name', 'closer.name as closer_name'])
    .where('d.customer_id', '=', ask.customerId)
    .where(sql<boolean>`${scopedTo(ask.scope, 'i.owner_id')}`)
}

const disputes = source('dispute', async (db, ask): Promise<TimelineFound[]> => {
  const rows = await latestByDay(disputesOf(db, ask), ask, ['d.day', 'd.created_at', 'd.id']).execute()
  return rows.map((row) => ({
    id: row.id,
    day: row.day,
    at: row.created_at,
    event: 'disputeOpened',
    who: row.author_name,
    record: { kind: 'dispute', id: row.id },
    title: `${row.contract_number} ${row.label}`.trim(),
    words: [{ key: `claims:disputes.reasons.${row.reason_code}` }],
    note: row.note,
    amount: row.amount,
  }))
})

const resolved = source('dispute-resolved', async (db, ask): Promise<TimelineFound[]> => {
  const over = disputesOf(db, ask).where('d.resolved_day', 'is not', null)
  const rows = await latestByDay(over, ask, ['d.resolved_day', 'd.updated_at', 'd.id']).execute()
  return rows.map((row) => ({
    id: row.id,
    day: row.resolved_day,
    at: row.updated_at,
    event: 'disputeResolved',
    who: row.closer_name,
    record: { kind: 'dispute', id: row.id },
    title: `${row.contract_number} ${row.label}`.trim(),
    words: [{ key: `claims:disputes.resolutions.${row.resolution}` }],
    note: row.resolution_note,
    amount: row.amount,
  }))
})

const decided = source('claim-decided', async (db, ask): Promise<TimelineFound[]> => {
  const own = db
    .selectFrom('claim_requests as r')
    .leftJoin('users as u', 'u.id', 'r.asked_by')
    .select(['r.id', 'r.kind', 'r.amount', 'r.reason', 'r.state', 'r.done_day', 'r.updated_at', 'u.name as who'])
    .where('r.customer_id', '=', ask.customerId)
    .where('r.done_day', 'is not', null)
    .where(allDebtsWithin('request', 'r.id', ask.scope))
  const rows = await latestByDay(own, ask, ['r.done_day', 'r.updated_at', 'r.id']).execute()
  return rows.map((row) => ({
    id: row.id,
    day: row.done_day,
    at: row.updated_at,
    event: 'claimDecided',
    who: row.who,
    record: { kind: 'claimRequest', id: row.id },
    words: [
      { key: `claims:kinds.${row.kind}` },
      ...(row.state === 'reversed' ? [{ key: 'claims:requests.states.reversed' }] : []),
    ],
    note: row.reason,
    amount: row.amount,
  }))
})

function statementsOf(db: Reader, ask: TimelineAsk) {
  return db
    .selectFrom('statements as s')
    .innerJoin('customers as c', 'c.id', 's.customer_id')
    .leftJoin('users as u', 'u.id', 's.created_by')
    .select([
      's.id',
      's.number',
      's.closing',
      's.created_at',
      's.updated_at',
      's.answer',
      's.answer_day',
      's.answer_note',
    ])
    .select(['s.void_at', 's.signer', 'u.name as who'])
    .where('s.customer_id', '=', ask.customerId)
    .where(sql<boolean>`${scopedTo(ask.scope, 'c.owner_id')}`)
    .where(allDebtsWithin('statement', 's.id', ask.scope))
}

const statements = source('statement', async (db, ask): Promise<TimelineFound[]> => {
  const rows = await latestByMoment(statementsOf(db, ask), ask, ['s.created_at', 's.id']).execute()
  return rows.map((row) => ({
    id: row.id,
    day: null,
    at: row.created_at,
    event: 'statementMade',
    who: row.who,
    record: { kind: 'statement', id: row.id },
    title: row.number,
    words: row.void_at === null ? [] : [{ key: 'claims:statements.states.void' }],
    amount: row.closing,
  }))
})

const answered = source('statement-answered', async (db, ask): Promise<TimelineFound[]> => {
  const back = statementsOf(db, ask).where('s.answer_day', 'is not', null)
  const rows = await latestByDay(back, ask, ['s.answer_day', 's.updated_at', 's.id']).execute()
  return rows.map((row) => ({
    id: row.id,
    day: row.answer_day,
    at: row.updated_at,
    event: 'statementAnswered',
    record: { kind: 'statement', id: row.id },
    title: row.number,
    words: [{ key: `claims:statements.states.${row.answer}` }],
    note: [row.signer, row.answer_note].filter(Boolean).join(' · '),
    amount: row.closing,
  }))
})

const signed = source('plan-signed', async (db, ask): Promise<TimelineFound[]> => {
  const own = db
    .selectFrom('repayment_plans as p')
    .leftJoin('users as u', 'u.id', 'p.created_by')
    .select(['p.id', 'p.number', 'p.principal', 'p.interest', 'p.costs', 'p.sign_day', 'p.updated_at', 'p.signer'])
    .select('u.name as who')
    .where('p.customer_id', '=', ask.customerId)
    .where('p.sign_day', 'is not', null)
    .where(allDebtsWithin('plan', 'p.id', ask.scope))
  const rows = await latestByDay(own, ask, ['p.sign_day', 'p.updated_at', 'p.id']).execute()
  return rows.map((row) => ({
    id: row.id,
    day: row.sign_day,
    at: row.updated_at,
    event: 'planSigned',
    who: row.who,
    record: { kind: 'repaymentPlan', id: row.id },
    title: row.number,
    note: row.signer,
    amount: row.principal + row.interest + row.costs,
  }))
})

/** What the timeline of a customer tells of claims. */
export const claimsTimeline: readonly TimelineSource[] = [
  events,
  disputes,
  resolved,
  decided,
  statements,
  answered,
  signed,
]
