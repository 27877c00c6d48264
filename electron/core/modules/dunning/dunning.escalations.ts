import { refuse } from '#shared/kernel/app-error.ts'
import { daysOverdue } from '#shared/modules/receivables/receivables.rules.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { buildSearchText } from '#shared/kernel/search-text.ts'
import type { ContentLine } from '#shared/modules/approvals/approvals.schema.ts'
import type {
  EscalationFields,
  EscalationFilters,
  EscalationSort,
  EscalationView,
} from '#shared/modules/dunning/dunning.escalations.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { inScope } from '#core/kernel/scope.ts'
import { approvalOf, askApproval, type ApprovalListener } from '#core/modules/approvals/approvals.api.ts'
import { customerBriefs, customerGrade } from '#core/modules/customers/customers.api.ts'
import { owedByIds, type Owed } from '#core/modules/receivables/receivables.api.ts'
import { closeTasksOf } from '#core/modules/tasks/tasks.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import type { Cases } from './dunning.cases.ts'
import {
  escalationLines,
  findEscalation,
  listEscalations,
  sumEscalations,
  toEscalationRow,
  type EscalationRecord,
} from './dunning.escalations.repo.ts'
import { caseToWrite } from './dunning.reach.ts'

const KIND = 'escalation'

/** Difficulties of customers: reported by whoever works on the debts, decided by his superior. */
export function createEscalationsService({ store }: CoreDeps, cases: Cases, decided: ApprovalListener) {
  const asked = (ctx: CallContext, input: { text?: string | undefined; filters: EscalationFilters }) => ({
    ...input,
    scope: ctx.scope,
  })

  /** Keeps what is reported and hands it in; `before` is what came back. */
  async function submit(uow: UnitOfWork, ctx: CallContext, input: EscalationFields, before: EscalationRecord | null) {
    const reached = await caseToWrite(uow, ctx.scope, input.customerId)
    if (before !== null && before.customer_id !== input.customerId) throw refuse('DUNNING_NOT_OWED')
    const debts = await checkedDebts(uow, ctx, input)
    await assertNotReported(uow, input.customerId, before?.id ?? '')
    const customer = (await customerBriefs(uow.db, [input.customerId])).get(input.customerId)
    const id = before?.id ?? newId()
    const amount = debts.reduce((sum, debt) => sum + debt.outstanding, 0)
    const columns = {
      version: before === null ? 0 : before.version + 1,
      owner_id: reached.ownerId,
      day: uow.today,
      reason: input.reason,
      findings: input.findings,
      said: input.said,
      proposal: input.proposal,
      due_day: input.proposal === 'extension' ? input.dueDay : null,
      keeps_accrued: input.keepsAccrued ? (1 as const) : (0 as const),
      parts: input.proposal === 'plan' ? input.parts : null,
      first_day: input.proposal === 'plan' ? input.firstDay : null,
      every_months: input.proposal === 'plan' ? input.everyMonths : null,
      amount,
      state: 'asked' as const,
      search_text: buildSearchText(customer?.name ?? '', [
        customer?.code ?? '',
        input.findings,
        ...debts.map((debt) => debt.contractNumber),
      ]),
      asked_at: uow.now,
      asked_by: uow.actor.userId ?? '',
      updated_at: uow.now,
    }
    if (before === null) {
      const open = { done_day: null, result: 'none', result_id: '', ended_day: null, ended_by: null } as const
      await uow.db
        .insertInto('dunning_escalations')
        .values({ id, customer_id: input.customerId, ...columns, ...open, ended_reason: '' })
        .execute()
    } else {
      await uow.db.updateTable('dunning_escalations').set(columns).where('id', '=', id).execute()
      await uow.db.deleteFrom('dunning_escalation_lines').where('escalation_id', '=', id).execute()
    }
    const lines = debts.map((debt, at) => ({
      escalation_id: id,
      seq: at + 1,
      instalment_id: debt.id,
      due_day: debt.dueDay,
      amount: debt.outstanding,
    }))
    await uow.db.insertInto('dunning_escalation_lines').values(lines).execute()
    await uow.audit({ action: 'dunning.escalate', entity: 'escalation', entityId: id, after: { ...input, amount } })
    uow.changed('dunning', id)
    const approval = await askApproval(uow, {
      kind: KIND,
      recordId: id,
      title: customer?.name ?? '',
      customerId: input.customerId,
      ownerId: reached.ownerId,
      amount,
      discount: null,
      grade: await customerGrade(uow.db, input.customerId),
      paymentDays: null,
      content: { lines: contentOf(input, debts, uow.today), data: { id, ...input } },
    })
    if (approval.outcome === 'pending') await cases.recount(uow, [input.customerId])
    else await decided(uow, { recordId: id, requestId: approval.id, outcome: approval.outcome })
    const now = await uow.db
      .selectFrom('dunning_escalations')
      .select('version')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    return { id, version: now.version, approvalId: approval.id }
  }

  return {
    list: (ctx: CallContext, input: PageInput<EscalationSort, EscalationFilters>) =>
      listEscalations(store.read, asked(ctx, input), input),

    summary: (ctx: CallContext, input: { text?: string | undefined; filters: EscalationFilters }) =>
      sumEscalations(store.read, asked(ctx, input)),

    async get(ctx: CallContext, id: string): Promise<EscalationView> {
      const db = store.read
      const record = await findEscalation(db, ctx.scope, id)
      if (!record) throw refuse('NOT_FOUND', { entity: 'escalation' })
      return {
        ...toEscalationRow(record),
        said: record.said,
        dueDay: record.due_day,
        keepsAccrued: record.keeps_accrued === 1,
        parts: record.parts,
        firstDay: record.first_day,
        everyMonths: record.every_months,
        result: record.result,
        resultId: record.result_id,
        endedReason: record.ended_reason,
        lines: await escalationLines(db, id),
        approval: await approvalOf(db, KIND, id),
      }
    },

    report: (ctx: CallContext, input: EscalationFields) =>
      store.write(ctx.actor, (uow) => submit(uow, ctx, input, null)),

    again: (ctx: CallContext, input: { id: string; version: number; fields: EscalationFields }) =>
      store.write(ctx.actor, async (uow) => {
        const record = await findEscalation(uow.db, ctx.scope, input.id)
        if (!record) throw refuse('NOT_FOUND', { entity: 'escalation' })
        if (record.version !== input.version) throw refuse('STALE', { current: { version: record.version } })
        if (record.state !== 'returned') throw refuse('DUNNING_REPORT_STATE')
        return submit(uow, ctx, input.fields, record)
      }),

    endCourt: (ctx: CallContext, input: { customerId: string; reason: string }) =>
      store.write(ctx.actor, async (uow) => {
        await caseToWrite(uow, ctx.scope, input.customerId)
        const reports = await uow.db
          .selectFrom('dunning_escalations')
          .select(['id', 'version'])
          .where('customer_id', '=', input.customerId)
          .where('proposal', '=', 'court')
          .where('state', '=', 'done')
          .where('ended_day', 'is', null)
          .execute()
        const files = await uow.db
          .updateTable('dunning_court_files')
          .set({ closed_day: uow.today })
          .where('customer_id', '=', input.customerId)
          .where('closed_day', 'is', null)
          .returning('id')
          .execute()
        if (reports.length === 0 && files.length === 0) throw refuse('DUNNING_REPORT_STATE')
        for (const { id, version } of reports) {
          await uow.db
            .updateTable('dunning_escalations')
            .set({ ended_day: uow.today, ended_by: uow.actor.userId, ended_reason: input.reason })
            .set({ version: version + 1, updated_at: uow.now })
            .where('id', '=', id)
            .execute()
          await closeTasksOf(uow, { module: 'dunning', id }, 'dropped')
          uow.changed('dunning', id)
        }
        const after = { reason: input.reason, reports: reports.length, files: files.length }
        await uow.audit({ action: 'dunning.courtEnd', entity: 'customer', entityId: input.customerId, after })
        await cases.recount(uow, [input.customerId])
        return {}
      }),
  }
}

/** The debts of a report in the order in which they were named. Throws DUNNING_NOT_OWED, DUNNING_REPORT_DAY. */
async function checkedDebts(uow: UnitOfWork, ctx: CallContext, input: EscalationFields): Promise<Owed[]> {
  const found = new Map((await owedByIds(uow.db, input.instalmentIds)).map((row) => [row.id, row]))
  const debts = input.instalmentIds.map((id) => {
    const debt = found.get(id)
    const theirs = debt?.customerId === input.customerId && inScope(ctx.scope, debt.ownerId)
    if (!debt || !theirs || debt.outstanding === 0 || debt.state === 'cancelled') throw refuse('DUNNING_NOT_OWED')
    return debt
  })
  const { proposal, dueDay, firstDay } = input
  if (proposal === 'extension' && dueDay !== null) {
    const sooner = debts.some((debt) => debt.dueDay !== null && debt.dueDay >= dueDay)
    if (dueDay <= uow.today || sooner) throw refuse('DUNNING_REPORT_DAY')
  }
  if (proposal === 'plan' && firstDay !== null && firstDay <= uow.today) throw refuse('DUNNING_REPORT_DAY')
  return debts
}

/** One report of a customer at a time. Throws DUNNING_REPORTED. */
async function assertNotReported(uow: UnitOfWork, customerId: string, but: string): Promise<void> {
  const open = await uow.db
    .selectFrom('dunning_escalations')
    .select('id')
    .where('customer_id', '=', customerId)
    .where('state', 'in', ['asked', 'returned'])
    .where('id', '<>', but)
    .executeTakeFirst()
  if (open) throw refuse('DUNNING_REPORTED')
}

/** What the superior sees: what was found and said, what is proposed, and of each debt how it stands. */
function contentOf(input: EscalationFields, debts: readonly Owed[], today: PlainDay): ContentLine[] {
  const line = (id: string, form: ContentLine['form'], value: ContentLine['value'], group = 'report'): ContentLine => ({
    id,
    group: `dunning:escalations.approval.${group}`,
    label: `dunning:escalations.fields.${id}`,
    form,
    value,
  })
  const total = debts.reduce((sum, debt) => sum + debt.outstanding, 0)
  const { proposal } = input
  return [
    line('reason', 'word', `dunning:delayReasons.${input.reason}`),
    line('findings', 'text', input.findings),
    line('said', 'text', input.said),
    line('amount', 'fen', total),
    line('proposal', 'word', `dunning:escalations.proposals.${proposal}`, 'proposal'),
    ...(proposal === 'extension'
      ? [
          line('dueDay', 'day', input.dueDay, 'proposal'),
          line('keepsAccrued', 'word', `claims:approval.kept.${input.keepsAccrued ? 'yes' : 'no'}`, 'proposal'),
        ]
      : []),
    ...(proposal === 'plan'
      ? [
          line('parts', 'count', input.parts, 'proposal'),
          line('firstDay', 'day', input.firstDay, 'proposal'),
          line('everyMonths', 'count', input.everyMonths, 'proposal'),
        ]
      : []),
    ...debts.flatMap((debt, at): ContentLine[] => {
      const own = { group: 'dunning:escalations.approval.debts', params: { no: at + 1 } }
      const row = (id: string, form: ContentLine['form'], value: ContentLine['value']): ContentLine => ({
        id: `${debt.id}.${id}`,
        ...own,
        label: `dunning:escalations.approval.${id}`,
        form,
        value,
      })
      const late = debt.dueDay === null ? 0 : daysOverdue(debt.dueDay as PlainDay, today)
      return [
        row('debt', 'text', `${debt.contractNumber} ${debt.label}`.trim()),
        row('outstanding', 'fen', debt.outstanding),
        row('debtDueDay', 'day', debt.dueDay),
        row('daysOverdue', 'count', Math.max(0, late)),
        row('limitationDay', 'day', debt.limitationDay),
      ]
    }),
  ]
}
