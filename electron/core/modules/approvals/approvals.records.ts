import { createHash } from 'node:crypto'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { buildSearchText } from '#shared/kernel/search-text.ts'
import type { ApprovalKind } from '#shared/modules/approvals/approvals.kinds.rules.ts'
import {
  actorsFor,
  actorsOf,
  openSeats,
  ownOf,
  type Approval,
  type ApprovalContext,
} from '#shared/modules/approvals/approvals.rules.ts'
import {
  approvalContent,
  type ActionKind,
  type ApprovalContent,
  type ContentLine,
} from '#shared/modules/approvals/approvals.schema.ts'
import { newId } from '#core/kernel/ids.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import type { Tables } from '#core/store/tables.ts'

export type RequestRecord = Tables['approval_requests']

/** Sorts behind every day. */
const NO_DUE_DAY = '9999-12-31'

/** The same JSON for the same content, in whatever order its keys were written. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, v]) => v !== undefined)
    const parts = entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`)
    return `{${parts.join(',')}}`
  }
  return JSON.stringify(value ?? null)
}

/** SHA-256 of what is approved, in hexadecimal digits; the words of its lines do not count. */
export function contentHash({ data }: ApprovalContent): string {
  return createHash('sha256').update(canonical(data)).digest('hex')
}

/** The request as the rules see it. */
export async function stateOf(db: Reader | Writer, record: RequestRecord): Promise<Approval> {
  const steps = await db
    .selectFrom('approval_steps')
    .selectAll()
    .where('request_id', '=', record.id)
    .orderBy('seq')
    .execute()
  const seats = await db
    .selectFrom('approval_seats')
    .selectAll()
    .where('request_id', '=', record.id)
    .orderBy('step_seq')
    .orderBy('seq')
    .execute()
  return {
    outcome: record.outcome,
    round: record.round,
    applicantId: record.applicant_id,
    ownerId: record.owner_id,
    repeated: record.repeated,
    at: record.step_at,
    remindedDay: record.reminded_day as PlainDay | null,
    steps: steps.map((step) => ({
      name: step.name,
      mode: step.mode,
      days: step.days,
      state: step.state,
      dueDay: step.due_day as PlainDay | null,
      added: step.added === 1,
      seats: seats
        .filter((seat) => seat.step_seq === step.seq)
        .map((seat) => ({
          userId: seat.user_id,
          decidedBy: seat.decided_by,
          carried: seat.carried === 1,
          covers: JSON.parse(seat.covers) as string[],
        })),
    })),
  }
}

/** The columns of a request that follow from its state. */
export function stateColumns(state: Approval) {
  const dueDay = state.outcome === 'pending' ? (state.steps[state.at]?.dueDay ?? null) : null
  return {
    outcome: state.outcome,
    round: state.round,
    step_at: state.at,
    reminded_day: state.remindedDay,
    due_day: dueDay,
    due_key: dueDay ?? NO_DUE_DAY,
  }
}

/** Writes the steps of a state, its seats, and who may act now. */
export async function saveSteps(
  uow: UnitOfWork,
  requestId: string,
  state: Approval,
  context: ApprovalContext,
): Promise<void> {
  const { db } = uow
  const own = { request_id: requestId }
  await db.deleteFrom('approval_seats').where('request_id', '=', requestId).execute()
  await db.deleteFrom('approval_steps').where('request_id', '=', requestId).execute()
  await db
    .insertInto('approval_steps')
    .values(
      state.steps.map((step, index) => ({
        ...own,
        seq: index,
        name: step.name,
        mode: step.mode,
        days: step.days,
        state: step.state,
        due_day: step.dueDay,
        added: step.added ? 1 : 0,
      })),
    )
    .execute()
  const open = new Set(openSeats(state))
  const seats = state.steps.flatMap((step, index) =>
    step.seats.map((seat, seq) => ({
      ...own,
      step_seq: index,
      seq,
      user_id: seat.userId,
      decided_by: seat.decidedBy,
      carried: seat.carried ? 1 : 0,
      open: open.has(seat) ? 1 : 0,
      covers: JSON.stringify(seat.covers),
    })),
  )
  if (seats.length > 0) await db.insertInto('approval_seats').values(seats).execute()
  await saveActors(uow, requestId, state, context)
}

/** Who may act now; who could before stays, without being asked. Nobody whose matter it is comes in. */
export async function saveActors(
  uow: UnitOfWork,
  requestId: string,
  state: Approval,
  context: ApprovalContext,
): Promise<void> {
  const { db } = uow
  const now = new Set(actorsOf(state, context))
  const asked = new Set(openSeats(state).flatMap((seat) => [seat.userId, ...actorsFor(state, seat, context)]))
  await db.updateTable('approval_actors').set({ open: 0 }).where('request_id', '=', requestId).execute()
  for (const userId of asked) {
    if (ownOf(state).includes(userId)) continue
    const open = now.has(userId) ? 1 : 0
    await db
      .insertInto('approval_actors')
      .values({ request_id: requestId, user_id: userId, open })
      .onConflict((conflict) => conflict.columns(['request_id', 'user_id']).doUpdateSet({ open }))
      .execute()
  }
}

/** Freezes what is asked in a round. */
export async function saveContent(
  uow: UnitOfWork,
  requestId: string,
  round: number,
  content: ApprovalContent,
): Promise<string> {
  const hash = contentHash(content)
  await uow.db
    .insertInto('approval_contents')
    .values({ request_id: requestId, round, hash, content: JSON.stringify(content), submitted_at: uow.now })
    .execute()
  return hash
}

/** The lines of what is asked now, and of what was asked of the same record before; null where it is the first time. */
export async function contentsOf(
  db: Reader | Writer,
  record: RequestRecord,
): Promise<{ now: ContentLine[]; before: ContentLine[] | null }> {
  const rows = await db
    .selectFrom('approval_contents')
    .innerJoin('approval_requests', 'approval_requests.id', 'approval_contents.request_id')
    .select(['approval_contents.content', 'approval_contents.request_id', 'approval_contents.round'])
    .where('approval_requests.kind', '=', record.kind)
    .where('approval_requests.record_id', '=', record.record_id)
    .where('approval_requests.submitted_at', '<=', record.submitted_at)
    .orderBy('approval_contents.submitted_at', 'desc')
    .orderBy('approval_contents.request_id', 'desc')
    .orderBy('approval_contents.round', 'desc')
    .execute()
  const at = rows.findIndex((row) => row.request_id === record.id && row.round === record.round)
  const lines = (row: (typeof rows)[number] | undefined) =>
    row === undefined ? null : approvalContent.parse(JSON.parse(row.content)).lines
  return { now: lines(rows[at]) ?? [], before: at < 0 ? null : lines(rows[at + 1]) }
}

/** One line of what was done. */
export async function logAction(
  uow: UnitOfWork,
  record: Pick<RequestRecord, 'id' | 'round'>,
  action: { kind: ActionKind; otherId?: string | null; stepName?: string; comment?: string },
): Promise<void> {
  await uow.db
    .insertInto('approval_actions')
    .values({
      id: newId(),
      request_id: record.id,
      round: record.round,
      kind: action.kind,
      user_id: uow.actor.userId,
      other_id: action.otherId ?? null,
      step_name: action.stepName ?? '',
      comment: action.comment ?? '',
      at: uow.now,
    })
    .execute()
}

/** The last request about a record. */
export const lastRequestOf = (db: Reader | Writer, kind: ApprovalKind, recordId: string) =>
  db
    .selectFrom('approval_requests')
    .selectAll()
    .where('kind', '=', kind)
    .where('record_id', '=', recordId)
    .orderBy('submitted_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

/** What a request is found by. */
export const requestSearchText = (title: string, people: readonly string[]) => buildSearchText(title, people)
