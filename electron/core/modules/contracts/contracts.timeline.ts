import { sql } from 'kysely'
import { applyScope } from '#core/kernel/scope.ts'
import {
  latestByDay,
  latestByMoment,
  type TimelineAsk,
  type TimelineFound,
  type TimelineSource,
} from '#core/kernel/timeline.ts'
import type { Reader } from '#core/store/store.ts'

function contractsOf(db: Reader, { customerId, scope }: TimelineAsk) {
  return applyScope(
    db
      .selectFrom('contracts')
      .leftJoin('users', 'users.id', 'contracts.created_by')
      .select(['contracts.id', 'contracts.number', 'contracts.title', 'contracts.amount', 'contracts.created_at'])
      .select(['contracts.sign_day', 'contracts.our_signer', 'contracts.void_day', 'contracts.void_reason'])
      .select('users.name as who'),
    scope,
    'contracts.owner_id',
  ).where('contracts.customer_id', '=', customerId)
}

const toldOf = (row: { readonly id: string; readonly number: string; readonly title: string }) => ({
  record: { kind: 'contract' as const, id: row.id },
  title: `${row.number} ${row.title}`.trim(),
})
const source = (id: string, find: TimelineSource['find']): TimelineSource => ({
  id,
  kind: 'contracts',
  permit: 'contracts.read',
  find,
})

const made = source('contract', async (db, ask): Promise<TimelineFound[]> => {
  const columns = ['contracts.created_at', 'contracts.id'] as const
  // What was signed before it was entered here has no drafting to tell of.
  const drafted = sql<boolean>`(contracts.sign_day IS NULL
    OR contracts.sign_day >= date(contracts.created_at / 1000, 'unixepoch'))`
  const rows = await latestByMoment(contractsOf(db, ask).where(drafted), ask, columns).execute()
  return rows.map((row) => ({
    id: row.id,
    day: null,
    at: row.created_at,
    event: 'contractMade',
    who: row.who,
    ...toldOf(row),
  }))
})

const signed = source('contract-signed', async (db, ask): Promise<TimelineFound[]> => {
  const columns = ['contracts.sign_day', 'contracts.created_at', 'contracts.id'] as const
  const rows = await latestByDay(
    contractsOf(db, ask).where('contracts.sign_day', 'is not', null).where('contracts.state', '<>', 'draft'),
    ask,
    columns,
  ).execute()
  return rows.map((row) => ({
    id: row.id,
    day: row.sign_day,
    at: row.created_at,
    event: 'contractSigned',
    who: row.our_signer || row.who,
    ...toldOf(row),
    amount: row.amount,
  }))
})

const voided = source('contract-void', async (db, ask): Promise<TimelineFound[]> => {
  const columns = ['contracts.void_day', 'contracts.created_at', 'contracts.id'] as const
  const rows = await latestByDay(
    contractsOf(db, ask).where('contracts.void_day', 'is not', null),
    ask,
    columns,
  ).execute()
  return rows.map((row) => ({
    id: row.id,
    day: row.void_day,
    at: row.created_at,
    event: 'contractVoid',
    note: row.void_reason,
    ...toldOf(row),
    amount: row.amount,
  }))
})

/** Delivery, acceptance and the end of the warranty, as they are held now. */
const events = source('contract-event', async (db, ask): Promise<TimelineFound[]> => {
  const rows = await latestByDay(
    contractsOf(db, ask)
      .innerJoin('contract_events as e', 'e.contract_id', 'contracts.id')
      .leftJoin('users as recorder', 'recorder.id', 'e.recorded_by')
      .select(['e.id as event_id', 'e.day', 'e.kind', 'e.note', 'e.recorded_at', 'recorder.name as recorder_name'])
      .where('e.replaced_at', 'is', null),
    ask,
    ['e.day', 'e.recorded_at', 'e.id'],
  ).execute()
  return rows.map((row) => ({
    id: row.event_id,
    day: row.day,
    at: row.recorded_at,
    event: 'contractEvent',
    who: row.recorder_name,
    ...toldOf(row),
    words: [{ key: `contracts:events.${row.kind}` }],
    note: row.note,
  }))
})

/** Changes in writing, on the day on which they were signed. */
const supplements = source('contract-supplement', async (db, ask): Promise<TimelineFound[]> => {
  const rows = await latestByDay(
    contractsOf(db, ask)
      .innerJoin('contract_supplements as s', 's.contract_id', 'contracts.id')
      .select(['s.id as supplement_id', 's.number as supplement_number', 's.reason', 's.sign_day as signed_day'])
      .select(['s.amount as new_amount', 's.created_at as drafted_at', 's.our_signer as signer'])
      .where('s.state', '=', 'signed'),
    ask,
    ['s.sign_day', 's.created_at', 's.id'],
  ).execute()
  return rows.map((row) => ({
    id: row.supplement_id,
    day: row.signed_day,
    at: row.drafted_at,
    event: 'supplementSigned',
    who: row.signer || row.who,
    ...toldOf({ ...row, number: row.supplement_number }),
    note: row.reason,
    amount: row.new_amount,
  }))
})

const ended = source('contract-ended', async (db, ask): Promise<TimelineFound[]> => {
  const rows = await latestByDay(
    contractsOf(db, ask)
      .select(['contracts.ended_day', 'contracts.ended_reason', 'contracts.ended_note'])
      .where('contracts.ended_day', 'is not', null),
    ask,
    ['contracts.ended_day', 'contracts.created_at', 'contracts.id'],
  ).execute()
  return rows.map((row) => ({
    id: row.id,
    day: row.ended_day,
    at: row.created_at,
    event: 'contractEnded',
    words: [{ key: `contracts:ending.reasons.${row.ended_reason}` }],
    note: row.ended_note,
    ...toldOf(row),
    amount: row.amount,
  }))
})

/** What the timeline of a customer tells of contracts. */
export const contractsTimeline: readonly TimelineSource[] = [made, signed, voided, events, supplements, ended]

/** Contracts with a customer within the scope. */
export const contractIdsOf = (db: Reader, { customerId, scope }: TimelineAsk) =>
  applyScope(db.selectFrom('contracts').select('contracts.id'), scope, 'contracts.owner_id').where(
    'contracts.customer_id',
    '=',
    customerId,
  )
