import type { PlainDay } from '#shared/kernel/dates.ts'
import type { ApprovalKind } from '#shared/modules/approvals/approvals.kinds.rules.ts'
import type { RequestKind } from '#shared/modules/claims/claims.schema.ts'
import type { ApprovalListener } from '#core/modules/approvals/approvals.api.ts'
import { approvalOwnerMoved } from '#core/modules/approvals/approvals.api.ts'
import { bookWriteOff, changeDue, debtRows } from '#core/modules/receivables/receivables.api.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import type { ClaimRequestsTable } from '#core/store/tables/claims.tables.ts'
import { insertEvent } from './claims.events.ts'
import { interestOf } from './claims.sheets.ts'

/** The ways of approval that requests go. */
export const APPROVED_AS = {
  writeOff: 'writeOff',
  extension: 'extension',
  waiver: 'interestWaiver',
} as const satisfies Record<RequestKind, ApprovalKind>

/**
 * Told how a request was decided: what was approved is carried out in the same unit of work, as far as it is still
 * there, since money may have come in meanwhile; what was not is over. One that comes back waits to be handed in again.
 */
export const requestDecided: ApprovalListener = async (uow, { recordId, outcome }) => {
  const request = await uow.db
    .selectFrom('claim_requests')
    .selectAll()
    .where('id', '=', recordId)
    .where('state', '=', 'asked')
    .executeTakeFirst()
  uow.changed('claims', recordId)
  if (!request || outcome === 'pending' || outcome === 'returned') return
  const done = outcome === 'approved'
  if (done) await carryOut(uow, request)
  await uow.db
    .updateTable('claim_requests')
    .set({ state: done ? 'done' : 'refused', done_day: done ? uow.today : null })
    .set({ version: request.version + 1, updated_at: uow.now })
    .where('id', '=', request.id)
    .execute()
  await uow.audit({
    action: done ? 'claims.done' : 'claims.refused',
    entity: 'claimRequest',
    entityId: request.id,
    before: { state: request.state },
    after: { kind: request.kind, outcome },
  })
}

async function carryOut(uow: UnitOfWork, request: ClaimRequestsTable): Promise<void> {
  const lines = await uow.db
    .selectFrom('claim_request_lines')
    .selectAll()
    .where('request_id', '=', request.id)
    .orderBy('seq')
    .execute()
  const ids = lines.map((line) => line.instalment_id)
  const debts = await debtRows(uow.db, ids)
  const sheets = request.kind === 'waiver' ? await interestOf(uow.db, ids, uow.today) : null
  const put: string[] = []
  for (const line of lines) {
    const debt = debts.get(line.instalment_id)
    if (!debt || debt.cancelled) continue
    const { id: instalmentId } = debt
    let booked = 0
    if (request.kind === 'writeOff') {
      booked = Math.min(line.amount, debt.outstanding)
      if (booked > 0) {
        const { id, reason } = request
        await bookWriteOff(uow, { id, instalmentId, amount: booked, day: uow.today, reason })
      }
    } else if (request.kind === 'extension') {
      booked = debt.outstanding
      if (booked > 0 && line.due_day !== null) {
        await changeDue(uow, instalmentId, line.due_day, {
          source: 'extension',
          sourceId: request.id,
          reason: request.reason,
        })
        put.push(instalmentId)
      }
    } else booked = Math.min(line.amount, sheets?.get(instalmentId)?.sheet.owed.interest ?? 0)
    await uow.db
      .updateTable('claim_request_lines')
      .set({ booked })
      .where('request_id', '=', request.id)
      .where('seq', '=', line.seq)
      .execute()
  }
  // That the debtor asked for it is his acknowledgement; how well it is proven is for whoever has his letter.
  const day = lines.flatMap((line) => line.due_day ?? []).toSorted()[0]
  if (put.length > 0 && day !== undefined) {
    await insertEvent(uow, {
      instalmentIds: put,
      customerId: request.customer_id,
      kind: 'extension',
      day: uow.today,
      untilDay: day as PlainDay,
      proofs: [],
      note: request.reason,
      source: { module: 'claims', id: request.id },
    })
  }
}

/** Debts have gone to another person: what is asked about them is his matter now, so that he does not decide it. */
export async function claimsFollowOwner(
  uow: UnitOfWork,
  instalmentIds: readonly string[],
  toOwnerId: string,
): Promise<void> {
  const rows = await inPieces(instalmentIds, (piece) =>
    uow.db
      .selectFrom('claim_request_lines as l')
      .innerJoin('claim_requests as r', 'r.id', 'l.request_id')
      .select(['r.id', 'r.kind'])
      .distinct()
      .where('l.instalment_id', 'in', piece)
      .where('r.state', '=', 'asked')
      .execute(),
  )
  for (const { id, kind } of rows) {
    await approvalOwnerMoved(uow, APPROVED_AS[kind], id, toOwnerId)
  }
  const plans = await inPieces(instalmentIds, (piece) =>
    uow.db
      .selectFrom('repayment_debts as d')
      .innerJoin('repayment_plans as p', 'p.id', 'd.plan_id')
      .select('p.id')
      .distinct()
      .where('d.instalment_id', 'in', piece)
      .where('p.state', '=', 'asked')
      .execute(),
  )
  for (const { id } of plans) await approvalOwnerMoved(uow, 'repaymentPlan', id, toOwnerId)
}
