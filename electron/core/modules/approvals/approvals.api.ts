import { makeTranslator } from '#shared/i18n/translate.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import { choose, newSteps, resolve } from '#shared/modules/approvals/approvals.resolve.ts'
import { SECOND_PERSON_KINDS, type ApprovalKind } from '#shared/modules/approvals/approvals.kinds.rules.ts'
import { step, submit, type Outcome } from '#shared/modules/approvals/approvals.rules.ts'
import type { ApprovalContent, ApprovalFacts, ApprovalStatus } from '#shared/modules/approvals/approvals.schema.ts'
import { customerHolder } from '#core/kernel/customer-holder.ts'
import { newId } from '#core/kernel/ids.ts'
import { readSetting } from '#core/kernel/settings.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { editionOf, enabledDefinitions, secondPersonDefinition } from './approvals.definitions.ts'
import { approvalFirm } from './approvals.firm.ts'
import { carryOut } from './approvals.flow.ts'
import {
  contentHash,
  lastRequestOf,
  logAction,
  requestSearchText,
  saveActors,
  saveContent,
  saveSteps,
  stateColumns,
  stateOf,
  type RequestRecord,
} from './approvals.records.ts'
import { keepTasks } from './approvals.tasks.ts'

export type { ApprovalListener, ApprovalListeners } from './approvals.flow.ts'

/** What another module asks approval for. */
export interface ApprovalAsk {
  readonly kind: ApprovalKind
  readonly recordId: string
  /** Number and name, as lists show it. */
  readonly title: string
  readonly customerId: string | null
  readonly ownerId: string
  /** Fen. */
  readonly amount: number | null
  /** Basis points. */
  readonly discount: number | null
  readonly grade: ApprovalFacts['grade']
  readonly paymentDays: number | null
  /** The department that it is chosen by; left out: that of whoever has the record. */
  readonly departmentId?: string | null
  readonly content: ApprovalContent
}

export type AskFacts = Omit<ApprovalAsk, 'recordId' | 'title' | 'customerId' | 'content'>

async function factsOf(db: Reader | Writer, asked: AskFacts, applicantId: string): Promise<ApprovalFacts> {
  const owner = await db.selectFrom('users').select('department_id').where('id', '=', asked.ownerId).executeTakeFirst()
  return {
    kind: asked.kind,
    applicantId,
    ownerId: asked.ownerId,
    amount: asked.amount as ApprovalFacts['amount'],
    discount: asked.discount,
    grade: asked.grade,
    paymentDays: asked.paymentDays,
    departmentId: asked.departmentId === undefined ? (owner?.department_id ?? null) : asked.departmentId,
  }
}

/** Whether a way of approval is in use for such a record, and whether nothing goes on without it. */
export async function approvalNeeded(db: Reader | Writer, asked: AskFacts): Promise<'none' | 'optional' | 'binding'> {
  if (SECOND_PERSON_KINDS.includes(asked.kind)) return 'binding'
  const found = choose(await enabledDefinitions(db, asked.kind), await factsOf(db, asked, asked.ownerId))
  return found === null ? 'none' : found.body.binding ? 'binding' : 'optional'
}

/**
 * Asks for the approval of a record in the caller's unit of work, with what is approved frozen: begins a request, or
 * goes on with the one that came back. Throws APPROVAL_STATE where one is under way or the very same content is
 * approved, APPROVAL_NO_WAY where no way of approval is in use for it, APPROVAL_NOBODY where nobody could approve it
 * but whose matter it is.
 */
export async function askApproval(uow: UnitOfWork, ask: ApprovalAsk): Promise<{ id: string; outcome: Outcome }> {
  const applicantId = uow.actor.userId
  if (applicantId === null) throw refuse('APPROVAL_NOT_YOURS')
  const last = await lastRequestOf(uow.db, ask.kind, ask.recordId)
  const hash = contentHash(ask.content)
  if (last?.outcome === 'pending' || (last?.outcome === 'approved' && last.hash === hash)) {
    throw refuse('APPROVAL_STATE', { outcome: last.outcome })
  }
  if (last?.outcome === 'approved') await carryOut(uow, last, { kind: 'change' })
  const goesOn = last?.outcome === 'returned' && [last.applicant_id, last.owner_id].includes(applicantId)
  if (last?.outcome === 'returned' && !goesOn) {
    // Somebody else hands it in now: the old request is over, and a new one begins in his name.
    await carryOut(uow, last, { kind: 'withdraw', by: last.applicant_id })
  }
  const firm = await approvalFirm(uow.db, uow.today)
  const facts = await factsOf(uow.db, ask, goesOn ? last.applicant_id : applicantId)
  const definition = choose(await enabledDefinitions(uow.db, ask.kind), facts) ?? (await builtIn(uow, ask.kind))
  if (definition === null) throw refuse('APPROVAL_NO_WAY')
  const { steps, refusal } = resolve(definition.body, facts, firm.org)
  if (refusal !== null) throw refuse('APPROVAL_NOBODY')
  const names = [firm.nameOf(facts.applicantId)]
  const columns = {
    title: ask.title,
    customer_id: ask.customerId,
    facts: JSON.stringify(facts),
    amount: ask.amount,
    amount_key: ask.amount ?? -1,
    definition_id: definition.id,
    edition: definition.edition,
    repeated: definition.body.repeated,
    hash,
    search_text: requestSearchText(ask.title, names),
    submitted_at: uow.now,
  }
  if (goesOn) {
    await saveContent(uow, last.id, last.round + 1, ask.content)
    const command = { kind: 'resubmit', by: applicantId, steps: newSteps(steps) } as const
    // The way it goes now, and whoever has the record now.
    const under = { ...last, owner_id: ask.ownerId, repeated: definition.body.repeated }
    const done = await carryOut(uow, under, command, { columns, firm })
    return { id: last.id, outcome: done.state.outcome }
  }
  const request = { applicantId, ownerId: ask.ownerId, repeated: definition.body.repeated, steps: newSteps(steps) }
  const begun = submit(request, firm.context)
  if (begun.refusal !== null) throw refuse(begun.refusal)
  const id = newId()
  const record: RequestRecord = {
    id,
    kind: ask.kind,
    record_id: ask.recordId,
    applicant_id: applicantId,
    owner_id: ask.ownerId,
    ...columns,
    ...stateColumns(begun.state),
    version: 0,
    updated_at: uow.now,
  }
  await uow.db.insertInto('approval_requests').values(record).execute()
  await saveContent(uow, id, 1, ask.content)
  await saveSteps(uow, id, begun.state, firm.context)
  await logAction(uow, record, { kind: 'submit' })
  await uow.audit({
    action: 'approvals.submit',
    entity: 'approval',
    entityId: id,
    after: { title: ask.title, kind: ask.kind, recordId: ask.recordId, hash, way: definition.body.name },
  })
  await keepTasks(uow, record, null)
  uow.changed('approvals', id)
  return { id, outcome: begun.state.outcome }
}

/** What one person never decides goes to an owner of the firm where no way of approval is in use for it. */
async function builtIn(uow: UnitOfWork, kind: ApprovalKind) {
  if (!SECOND_PERSON_KINDS.includes(kind)) return null
  const { locale } = (await readSetting(uow.db, 'preferences')).value
  return secondPersonDefinition(uow, kind, makeTranslator(locale))
}

/** How the last request about a record stands; whoever calls has checked that the record may be read. */
export async function approvalOf(
  db: Reader | Writer,
  kind: ApprovalKind,
  recordId: string,
): Promise<ApprovalStatus | null> {
  const last = await lastRequestOf(db, kind, recordId)
  if (!last) return null
  const waiting = await db
    .selectFrom('approval_actors')
    .innerJoin('users', 'users.id', 'approval_actors.user_id')
    .select('users.name')
    .where('approval_actors.request_id', '=', last.id)
    .where('approval_actors.open', '=', 1)
    .orderBy('users.name_key')
    .execute()
  const step = await db
    .selectFrom('approval_steps')
    .select('name')
    .where('request_id', '=', last.id)
    .where('state', '=', 'current')
    .executeTakeFirst()
  const said = await db
    .selectFrom('approval_actions')
    .select('comment')
    .where('request_id', '=', last.id)
    .where('kind', 'in', ['return', 'reject'])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return {
    id: last.id,
    version: last.version,
    outcome: last.outcome,
    round: last.round,
    hash: last.hash,
    applicantId: last.applicant_id,
    comment: last.outcome === 'returned' || last.outcome === 'rejected' ? (said?.comment ?? '') : '',
    way: (await editionOf(db, last.definition_id, last.edition)).name,
    stepName: step?.name ?? '',
    waitingFor: waiting.map((row) => row.name),
    dueDay: last.due_day,
  }
}

/** Whether what is there now is what was approved last. */
export async function isApproved(
  db: Reader | Writer,
  kind: ApprovalKind,
  recordId: string,
  content: ApprovalContent,
): Promise<boolean> {
  const last = await lastRequestOf(db, kind, recordId)
  return last?.outcome === 'approved' && last.hash === contentHash(content)
}

/** Throws APPROVAL_PENDING where a request is under way: the record is not changed before it is withdrawn. */
export async function assertNotPending(db: Reader | Writer, kind: ApprovalKind, recordId: string): Promise<void> {
  const last = await lastRequestOf(db, kind, recordId)
  if (last?.outcome === 'pending') throw refuse('APPROVAL_PENDING')
}

/** A record was changed: what was approved before is not approved any more, unless it says the very same. */
export async function contentChanged(
  uow: UnitOfWork,
  kind: ApprovalKind,
  recordId: string,
  content: ApprovalContent,
): Promise<void> {
  const last = await lastRequestOf(uow.db, kind, recordId)
  if (last?.outcome === 'approved' && last.hash !== contentHash(content)) {
    await carryOut(uow, last, { kind: 'change' })
  }
}

/** Takes a request back that is under way, since its record is given up; does nothing where there is none. */
export async function withdrawApproval(
  uow: UnitOfWork,
  kind: ApprovalKind,
  recordId: string,
  comment = '',
): Promise<void> {
  const last = await lastRequestOf(uow.db, kind, recordId)
  if (last?.outcome !== 'pending' && last?.outcome !== 'returned') return
  await carryOut(uow, last, { kind: 'withdraw', by: last.applicant_id }, { comment })
}

/**
 * Records have gone to another person: it is his matter from now on, so he decides it no more, and where nobody else
 * was asked whoever answers for him is.
 */
export async function approvalOwnerMoved(
  uow: UnitOfWork,
  kind: ApprovalKind,
  recordId: string,
  toOwnerId: string,
): Promise<void> {
  const last = await lastRequestOf(uow.db, kind, recordId)
  if (last?.outcome !== 'pending' && last?.outcome !== 'returned') return
  const record = { ...last, owner_id: toOwnerId, version: last.version + 1, updated_at: uow.now }
  await uow.db
    .updateTable('approval_requests')
    .set({ owner_id: toOwnerId, version: record.version, updated_at: uow.now })
    .where('id', '=', last.id)
    .execute()
  uow.changed('approvals', last.id)
  if (last.outcome !== 'pending') return
  const firm = await approvalFirm(uow.db, uow.today)
  const state = await stateOf(uow.db, record)
  if (step(state, { kind: 'escalate' }, firm.context).refusal === null) {
    await carryOut(uow, record, { kind: 'escalate' }, { firm })
    return
  }
  await saveActors(uow, record.id, state, firm.context)
  await keepTasks(uow, record, null)
}

/** What of approvals goes along when two customers become one. */
export const approvalHolder = customerHolder('approvals', 'approval_requests', 'approvals')
