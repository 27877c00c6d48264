import { refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { documentName } from '#shared/kernel/filenames.ts'
import type { PlanSigned, PlanView } from '#shared/modules/claims/claims.plans.schema.ts'
import type { Proof } from '#shared/modules/receivables/receivables.evidence.rules.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { isApproved, withdrawApproval } from '#core/modules/approvals/approvals.api.ts'
import { changeDue } from '#core/modules/receivables/receivables.api.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { limitationBroughtForward, limitationEvent } from './claims.follow.ts'
import { current, planModel } from './claims.plans.ts'
import { planContent } from './claims.plans.decided.ts'
import { planDebts, type PlanRecord } from './claims.plans.repo.ts'

/** What happens to a plan once it is approved: signed, called in, or given up. */
export function createPlanSigning(
  deps: CoreDeps,
  view: (db: Reader | Writer, record: PlanRecord) => Promise<PlanView>,
) {
  const { store } = deps

  return {
    sign: (ctx: CallContext, input: PlanSigned) =>
      store.write(ctx.actor, async (uow) => {
        const record = await current(uow, ctx, input, ['approved'])
        if (input.day < record.day || input.day > uow.today) throw refuse('CLAIM_DAY')
        const approved = await isApproved(uow.db, 'repaymentPlan', record.id, await planContent(uow.db, record.id))
        if (!approved) throw refuse('PLAN_STATE', { state: record.state })
        const debts = await planDebts(uow.db, record.id)
        // Money that came in since makes it another plan.
        if (debts.some((debt) => debt.outstanding !== debt.principal)) throw refuse('PLAN_DEBT')
        const signed = {
          state: 'signed' as const,
          sign_day: input.day,
          our_signer: input.ourSigner,
          signer: input.signer,
          signer_role: input.signerRole,
        }
        const file = await printed(uow, { ...record, ...signed })
        const version = await save(uow, record, { ...signed, file_id: file.fileId, sha256: file.sha256 })
        for (const debt of debts) {
          await changeDue(uow, debt.instalment_id, debt.due_day, {
            source: 'agreement',
            sourceId: record.id,
            reason: record.number,
          })
        }
        const last = debts.map((debt) => debt.due_day).toSorted()
        await limitationEvent(uow, {
          instalmentIds: debts.map((debt) => debt.instalment_id),
          kind: 'repaymentPlan',
          day: input.day,
          // The period runs anew from the first day on which something may be late, never later than from the last.
          untilDay: (last[0] ?? input.day) as PlainDay,
          proofs: proofsOf(input),
          note: record.number,
          source: { module: 'plans', id: record.id },
        })
        const { id: _id, version: _version, ...said } = input
        await uow.audit({
          action: 'claims.planSign',
          entity: 'repaymentPlan',
          entityId: record.id,
          before: { dueDays: debts.map((debt) => debt.former_due_day) },
          after: { ...said, dueDays: debts.map((debt) => debt.due_day), sha256: file.sha256 },
        })
        return { id: record.id, version }
      }),

    callIn: (ctx: CallContext, input: { id: string; version: number; day: PlainDay; reason: string }) =>
      store.write(ctx.actor, async (uow) => {
        const record = await current(uow, ctx, input, ['signed'])
        const shown = await view(uow.db, record)
        const late = shown.lines.find((line) => line.late)
        if (record.calls_in === 0 || !late) throw refuse('PLAN_STATE', { state: shown.stage })
        if (input.day <= late.dueDay || input.day > uow.today) throw refuse('CLAIM_DAY')
        const version = await save(uow, record, { state: 'called', called_day: input.day })
        const debts = (await planDebts(uow.db, record.id)).filter(
          (debt) => debt.outstanding > 0 && debt.due_day > input.day,
        )
        for (const debt of debts) {
          await changeDue(uow, debt.instalment_id, input.day, {
            source: 'agreement',
            sourceId: record.id,
            reason: input.reason,
          })
        }
        await limitationBroughtForward(uow, { module: 'plans', id: record.id }, input.day)
        await uow.audit({
          action: 'claims.planCallIn',
          entity: 'repaymentPlan',
          entityId: record.id,
          before: { dueDays: debts.map((debt) => debt.due_day) },
          after: { day: input.day, reason: input.reason },
        })
        return { id: record.id, version }
      }),

    void: (ctx: CallContext, input: { id: string; version: number; reason: string }) =>
      store.write(ctx.actor, async (uow) => {
        const record = await current(uow, ctx, input, ['draft', 'asked', 'approved'])
        const version = await save(uow, record, { state: 'void', void_reason: input.reason })
        await withdrawApproval(uow, 'repaymentPlan', record.id, input.reason)
        const before = { state: record.state }
        const after = { reason: input.reason }
        await uow.audit({ action: 'claims.planVoid', entity: 'repaymentPlan', entityId: record.id, before, after })
        return { id: record.id, version }
      }),
  }

  /** Keeps the agreement as it was signed. */
  async function printed(uow: UnitOfWork, record: PlanRecord) {
    const model = await planModel(uow.db, await view(uow.db, record))
    const bytes = await deps.workers.run('pdf', model, {})
    const name = documentName([model.title, record.number, record.customer_name], 'pdf')
    return deps.files.putStored(uow, { name, mime: 'application/pdf', bytes })
  }
}

async function save(
  uow: UnitOfWork,
  record: PlanRecord,
  columns: Partial<Omit<PlanRecord, 'customer_name' | 'owner_name' | 'paid'>>,
): Promise<number> {
  const version = record.version + 1
  await uow.db
    .updateTable('repayment_plans')
    .set({ ...columns, version, updated_at: uow.now })
    .where('id', '=', record.id)
    .execute()
  uow.changed('claims', record.id)
  return version
}

function proofsOf(input: PlanSigned): Proof[] {
  const proofs: Proof[] = ['document', 'signature']
  if (input.signerRole !== 'unknown') proofs.push('signerRole')
  if (input.scanned) proofs.push('scan')
  return proofs
}
