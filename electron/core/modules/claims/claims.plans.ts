import { makeTranslator } from '#shared/i18n/translate.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { documentName } from '#shared/kernel/filenames.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { planDocument } from '#shared/modules/claims/claims.plans.documents.ts'
import type { PlanFields, PlanFilters, PlanSort, PlanView } from '#shared/modules/claims/claims.plans.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { inScope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { approvalOf, assertNotPending, askApproval, contentChanged } from '#core/modules/approvals/approvals.api.ts'
import { customerGrade, customerInScope, customerParties } from '#core/modules/customers/customers.api.ts'
import { debtsOf } from '#core/modules/receivables/receivables.api.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { checkedPlan, insertPlan, keepParts, planColumns } from './claims.plans.make.ts'
import { planContent, planDecided } from './claims.plans.decided.ts'
import { findPlan, listPlans, planDebts, planLines, sumPlans, toPlanRow, type PlanRecord } from './claims.plans.repo.ts'
import { interestOf } from './claims.sheets.ts'

const KIND = 'repaymentPlan'
interface Versioned {
  readonly id: string
  readonly version: number
}

/** Repayment agreements until they are signed: drafted, handed in, printed. */
export function createPlansService(deps: CoreDeps) {
  const { store, clock } = deps
  const asked = (ctx: CallContext, input: { text?: string | undefined; filters: PlanFilters }) => ({
    ...input,
    scope: ctx.scope,
    today: clock.today(),
  })

  async function view(db: Reader | Writer, record: PlanRecord): Promise<PlanView> {
    const lines = (await planLines(db, [record.id])).get(record.id) ?? []
    const debts = await planDebts(db, record.id)
    const { row, progress } = toPlanRow(record, lines, clock.today())
    return {
      ...row,
      language: record.language as PlanView['language'],
      callsIn: record.calls_in === 1,
      guarantee: record.guarantee,
      terms: record.terms,
      reason: record.reason,
      ourSigner: record.our_signer,
      signer: record.signer,
      signerRole: record.signer_role,
      calledDay: record.called_day,
      voidReason: record.void_reason,
      sha256: record.sha256,
      hasFile: record.file_id !== null,
      debts: debts.map((debt) => ({
        instalmentId: debt.instalment_id,
        contractId: debt.contract_id,
        contractNumber: debt.contract_number,
        label: debt.label,
        formerDueDay: debt.former_due_day,
        dueDay: debt.due_day,
        principal: debt.principal,
        interest: debt.interest,
        costs: debt.costs,
      })),
      lines: progress.map((line, at) => ({ seq: at + 1, ...line })),
      approval: await approvalOf(db, KIND, record.id),
    }
  }

  return {
    list: (ctx: CallContext, input: PageInput<PlanSort, PlanFilters>) =>
      listPlans(store.read, asked(ctx, input), input),

    summary: (ctx: CallContext, input: { text?: string | undefined; filters: PlanFilters }) =>
      sumPlans(store.read, asked(ctx, input)),

    async get(ctx: CallContext, id: string): Promise<PlanView> {
      return view(store.read, await found(store.read, ctx, id))
    },

    async start(ctx: CallContext, input: { customerId: string; day: PlainDay }) {
      const db = store.read
      await customerInScope(db, ctx.scope, input.customerId)
      const open = (await debtsOf(db, { customerId: input.customerId })).filter((debt) =>
        inScope(ctx.scope, debt.ownerId),
      )
      const counted = await interestOf(
        db,
        open.map(({ id }) => id),
        input.day,
      )
      return {
        debts: open.flatMap(({ id }) => {
          const one = counted.get(id)
          if (!one) return []
          const { debt, sheet } = one
          const { interest, costs } = sheet.owed
          const { contractNumber, label, dueDay, outstanding: principal } = debt
          return [{ instalmentId: id, contractNumber, label, dueDay, principal, interest, costs }]
        }),
      }
    },

    create: (ctx: CallContext, input: PlanFields) =>
      store.write(ctx.actor, async (uow) => ({ id: await insertPlan(uow, ctx.scope, input), version: 0 })),

    update: (ctx: CallContext, input: PlanFields & Versioned) =>
      store.write(ctx.actor, async (uow) => {
        const record = await current(uow, ctx, input, ['draft', 'approved'])
        await assertNotPending(uow.db, KIND, record.id)
        const { parts, customer } = await checkedPlan(uow, ctx.scope, input)
        if (input.customerId !== record.customer_id) throw refuse('CLAIM_CUSTOMERS')
        const version = record.version + 1
        await uow.db
          .updateTable('repayment_plans')
          // What was approved was another plan.
          .set({ ...planColumns(uow, input, parts, record.number, customer), version, state: 'draft' })
          .where('id', '=', record.id)
          .execute()
        await keepParts(uow, record.id, input, parts)
        await contentChanged(uow, KIND, record.id, await planContent(uow.db, record.id))
        const before = { principal: record.principal, interest: record.interest, costs: record.costs }
        const { id: _id, version: _version, ...after } = input
        await uow.audit({ action: 'claims.planUpdate', entity: 'repaymentPlan', entityId: record.id, before, after })
        uow.changed('claims', record.id)
        return { id: record.id, version }
      }),

    submit: (ctx: CallContext, input: Versioned) =>
      store.write(ctx.actor, async (uow) => {
        const record = await current(uow, ctx, input, ['draft'])
        const debts = await planDebts(uow.db, record.id)
        if (debts.some((debt) => debt.outstanding !== debt.principal)) throw refuse('PLAN_DEBT')
        const version = record.version + 1
        await uow.db
          .updateTable('repayment_plans')
          .set({ state: 'asked', version, updated_at: uow.now })
          .where('id', '=', record.id)
          .execute()
        uow.changed('claims', record.id)
        const approval = await askApproval(uow, {
          kind: KIND,
          recordId: record.id,
          title: `${record.number} ${record.customer_name}`,
          customerId: record.customer_id,
          ownerId: debts[0]?.owner_id ?? '',
          amount: record.principal + record.interest + record.costs,
          discount: null,
          grade: await customerGrade(uow.db, record.customer_id),
          paymentDays: null,
          content: await planContent(uow.db, record.id),
        })
        if (approval.outcome !== 'pending') {
          await planDecided(uow, { recordId: record.id, requestId: approval.id, outcome: approval.outcome })
        }
        return { id: record.id, version, approvalId: approval.id }
      }),

    async print(ctx: CallContext, id: string) {
      const db = store.read
      const record = await found(db, ctx, id)
      const model = await planModel(db, await view(db, record))
      const bytes = await deps.workers.run('pdf', model, ctx.signal ? { signal: ctx.signal } : {})
      const userId = ctx.actor.userId ?? ''
      const name = documentName([model.title, record.number, record.customer_name], 'pdf')
      const { fileId } = deps.files.putTemporary(userId, { name, mime: 'application/pdf', bytes })
      return { fileId, ...deps.files.ticket(userId, fileId) }
    },

    async file(ctx: CallContext, id: string) {
      const record = await found(store.read, ctx, id)
      if (record.file_id === null) throw refuse('NOT_FOUND', { entity: 'repaymentPlan' })
      return deps.files.ticketStored(record.file_id)
    },

    /** The plan as its page shows it, for what signs it. */
    view,
  }
}

async function found(db: Reader | Writer, ctx: CallContext, id: string): Promise<PlanRecord> {
  const record = await findPlan(db, ctx.scope, id)
  if (!record) throw refuse('NOT_FOUND', { entity: 'repaymentPlan' })
  return record
}

/** A plan as the caller last saw it, in one of these states. Throws NOT_FOUND, STALE, PLAN_STATE. */
export async function current(
  uow: UnitOfWork,
  ctx: CallContext,
  input: Versioned,
  states: readonly PlanRecord['state'][],
): Promise<PlanRecord> {
  const record = await found(uow.db, ctx, input.id)
  if (record.version !== input.version) throw refuse('STALE', { current: { version: record.version } })
  if (!states.includes(record.state)) throw refuse('PLAN_STATE', { state: record.state })
  return record
}

/** The model of the agreement, with the mark of a draft until it may be signed. */
export async function planModel(db: Reader | Writer, plan: PlanView) {
  const firm = (await readSetting(db, 'firm')).value
  const customer = (await customerParties(db, [plan.customerId])).get(plan.customerId)
  const t = makeTranslator(plan.language)
  const party = { name: plan.customerName, address: customer?.address ?? '', contactName: customer?.contactName ?? '' }
  return planDocument({ plan, firm, customer: party }, t)
}
