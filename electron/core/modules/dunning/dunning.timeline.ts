import type { StepKind } from '#shared/modules/dunning/dunning.ladder.rules.ts'
import { applyScope } from '#core/kernel/scope.ts'
import { latestByDay, type TimelineAsk, type TimelineFound, type TimelineSource } from '#core/kernel/timeline.ts'
import type { Reader } from '#core/store/store.ts'

function lettersOf(db: Reader, { customerId, scope }: TimelineAsk) {
  return applyScope(
    db
      .selectFrom('dunning_letters as l')
      .leftJoin('users', 'users.id', 'l.created_by')
      .select(['l.id', 'l.number', 'l.kind', 'l.day', 'l.sent_day', 'l.sent_reference', 'l.principal', 'l.state'])
      .select(['l.void_reason', 'l.created_at', 'users.name as who']),
    scope,
    'l.owner_id',
  ).where('l.customer_id', '=', customerId)
}

const level = (row: { readonly kind: StepKind }) => ({ key: `dunning:steps.${row.kind}` })

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

const contacts: TimelineSource = {
  id: 'dunning-contact',
  kind: 'dunning',
  permit: 'dunning.read',
  async find(db, ask) {
    const found = applyScope(
      db
        .selectFrom('dunning_contacts as k')
        .leftJoin('users', 'users.id', 'k.created_by')
        .leftJoin('dunning_promises as p', 'p.contact_id', 'k.id')
        .select(['k.id', 'k.way', 'k.day', 'k.result', 'k.reason', 'k.person', 'k.note', 'k.void_at', 'k.void_reason'])
        .select(['k.created_at', 'users.name as who', 'p.amount']),
      ask.scope,
      'k.owner_id',
    ).where('k.customer_id', '=', ask.customerId)
    const rows = await latestByDay(found, ask, ['k.day', 'k.created_at', 'k.id']).execute()
    return rows.map((row): TimelineFound => ({
      id: row.id,
      day: row.day,
      at: row.created_at,
      event: 'contactLogged',
      who: row.who,
      title: row.person,
      words: [
        { key: `dunning:contacts.ways.${row.way}` },
        { key: `dunning:contacts.results.${row.result}` },
        ...(row.reason === null ? [] : [{ key: `dunning:delayReasons.${row.reason}` }]),
        ...(row.void_at === null ? [] : [{ key: 'dunning:contacts.voided' }]),
      ],
      note: row.void_reason || row.note,
      amount: row.amount,
    }))
  },
}

function reportsOf(db: Reader, { customerId, scope }: TimelineAsk) {
  return applyScope(
    db
      .selectFrom('dunning_escalations as e')
      .leftJoin('users', 'users.id', 'e.asked_by')
      .select(['e.id', 'e.day', 'e.reason', 'e.proposal', 'e.state', 'e.findings', 'e.amount', 'e.asked_at'])
      .select(['e.done_day', 'e.updated_at', 'users.name as who']),
    scope,
    'e.owner_id',
  ).where('e.customer_id', '=', customerId)
}

const reported: TimelineSource = {
  id: 'hardship',
  kind: 'dunning',
  permit: 'dunning.read',
  async find(db, ask) {
    const rows = await latestByDay(reportsOf(db, ask), ask, ['e.day', 'e.asked_at', 'e.id']).execute()
    return rows.map((row): TimelineFound => ({
      id: row.id,
      day: row.day,
      at: row.asked_at,
      event: 'hardshipReported',
      who: row.who,
      record: { kind: 'escalation', id: row.id },
      title: '',
      words: [
        { key: `dunning:escalations.proposals.${row.proposal}` },
        { key: `dunning:delayReasons.${row.reason}` },
        ...(row.state === 'done' ? [] : [{ key: `dunning:escalations.states.${row.state}` }]),
      ],
      note: row.findings,
      amount: row.amount,
    }))
  },
}

const decided: TimelineSource = {
  id: 'hardship-decided',
  kind: 'dunning',
  permit: 'dunning.read',
  async find(db, ask) {
    const done = reportsOf(db, ask).where('e.done_day', 'is not', null)
    const rows = await latestByDay(done, ask, ['e.done_day', 'e.updated_at', 'e.id']).execute()
    return rows.map((row): TimelineFound => ({
      id: row.id,
      day: row.done_day,
      at: row.updated_at,
      event: 'hardshipDecided',
      record: { kind: 'escalation', id: row.id },
      title: '',
      words: [{ key: `dunning:escalations.proposals.${row.proposal}` }],
      note: '',
      amount: row.amount,
    }))
  },
}

const courtFiles: TimelineSource = {
  id: 'court-file',
  kind: 'dunning',
  permit: 'dunning.read',
  async find(db, ask) {
    const found = applyScope(
      db
        .selectFrom('dunning_court_files as f')
        .leftJoin('users', 'users.id', 'f.created_by')
        .select(['f.id', 'f.day', 'f.pieces', 'f.principal', 'f.created_at', 'users.name as who']),
      ask.scope,
      'f.owner_id',
    ).where('f.customer_id', '=', ask.customerId)
    const rows = await latestByDay(found, ask, ['f.day', 'f.created_at', 'f.id']).execute()
    return rows.map((row): TimelineFound => ({
      id: row.id,
      day: row.day,
      at: row.created_at,
      event: 'courtFileMade',
      who: row.who,
      title: '',
      words: [{ key: 'dunning:court.pieceCount', values: { count: row.pieces } }],
      note: '',
      amount: row.principal,
    }))
  },
}

/** What the timeline of a customer tells of dunning: letters, calls and visits with promises, difficulties, the court. */
export const dunningTimeline: readonly TimelineSource[] = [issued, sent, contacts, reported, decided, courtFiles]

/** Reported difficulties that files hang on. */
export const escalationIdsOf = (db: Reader, { customerId, scope }: TimelineAsk) =>
  applyScope(
    db.selectFrom('dunning_escalations').select('dunning_escalations.id'),
    scope,
    'dunning_escalations.owner_id',
  ).where('dunning_escalations.customer_id', '=', customerId)

/** Letters that files hang on. */
export const letterIdsOf = (db: Reader, { customerId, scope }: TimelineAsk) =>
  applyScope(db.selectFrom('dunning_letters').select('dunning_letters.id'), scope, 'dunning_letters.owner_id').where(
    'dunning_letters.customer_id',
    '=',
    customerId,
  )
