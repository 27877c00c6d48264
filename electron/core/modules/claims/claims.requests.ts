import { refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { buildSearchText } from '#shared/kernel/search-text.ts'
import type { ContentLine } from '#shared/modules/approvals/approvals.schema.ts'
import type {
  RequestFields,
  RequestFilters,
  RequestSort,
  RequestView,
} from '#shared/modules/claims/claims.decisions.schema.ts'
import type { RequestKind } from '#shared/modules/claims/claims.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { approvalOf, askApproval } from '#core/modules/approvals/approvals.api.ts'
import { customerBriefs, customerGrade } from '#core/modules/customers/customers.api.ts'
import { releaseWriteOff, type DebtRow } from '#core/modules/receivables/receivables.api.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import type { ClaimRequestLinesTable, ClaimRequestsTable } from '#core/store/tables/claims.tables.ts'
import { debtsTogether } from './claims.debts.ts'
import { APPROVED_AS, requestDecided } from './claims.decided.ts'
import {
  findRequest,
  listRequests,
  requestLines,
  sumRequests,
  toRequestRow,
  type RequestQuery,
  type RequestRecord,
} from './claims.requests.repo.ts'
import { interestOf } from './claims.sheets.ts'

/** Writing off, putting off and waiving: one asks, another decides, and what was decided is carried out at once. */
export function createRequestsService({ store }: CoreDeps) {
  const asked = (ctx: CallContext, input: { text?: string | undefined; filters: RequestFilters }): RequestQuery => ({
    ...input,
    scope: ctx.scope,
  })

  /** Keeps what is asked and hands it in for approval; `before` is what came back. */
  async function submit(uow: UnitOfWork, ctx: CallContext, input: RequestFields, before: RequestRecord | null) {
    const ids = input.lines.map((line) => line.instalmentId)
    const { customerId, debts } = await debtsTogether(uow.db, ctx.scope, ids)
    if (before !== null && before.customer_id !== customerId) throw refuse('CLAIM_CUSTOMERS')
    await assertNotAsked(uow.db, input.kind, ids, before?.id ?? '')
    const lines = await checkedLines(uow, input, debts)
    const customer = (await customerBriefs(uow.db, [customerId])).get(customerId)
    const id = before?.id ?? newId()
    const amount = lines.reduce((sum, line) => sum + line.amount, 0)
    const columns = {
      version: before === null ? 0 : before.version + 1,
      amount,
      reason_code: input.reasonCode,
      reason: input.reason,
      search_text: buildSearchText(customer?.name ?? '', [
        customer?.code ?? '',
        ...debts.map((debt) => debt.contractNumber),
      ]),
      updated_at: uow.now,
    }
    if (before === null) await insertRequest(uow, { id, kind: input.kind, customerId, columns })
    else {
      await uow.db.updateTable('claim_requests').set(columns).where('id', '=', id).execute()
      await uow.db.deleteFrom('claim_request_lines').where('request_id', '=', id).execute()
    }
    await uow.db
      .insertInto('claim_request_lines')
      .values(lines.map((line) => ({ request_id: id, ...line })))
      .execute()
    await uow.audit({ action: 'claims.ask', entity: 'claimRequest', entityId: id, after: { ...input, amount } })
    uow.changed('claims', id)
    const approval = await askApproval(uow, {
      kind: APPROVED_AS[input.kind],
      recordId: id,
      title: customer?.name ?? '',
      customerId,
      // Whoever has the greatest part of it never decides it.
      ownerId: largest(debts).ownerId,
      amount,
      discount: null,
      grade: await customerGrade(uow.db, customerId),
      paymentDays: null,
      content: { lines: contentOf(input, lines, debts), data: { id, ...input } },
    })
    if (approval.outcome !== 'pending') {
      await requestDecided(uow, { recordId: id, requestId: approval.id, outcome: approval.outcome })
    }
    const now = await uow.db.selectFrom('claim_requests').select('version').where('id', '=', id).executeTakeFirst()
    return { id, version: now?.version ?? 0, approvalId: approval.id }
  }

  return {
    list: (ctx: CallContext, input: PageInput<RequestSort, RequestFilters>) =>
      listRequests(store.read, asked(ctx, input), input),

    summary: (ctx: CallContext, input: { text?: string | undefined; filters: RequestFilters }) =>
      sumRequests(store.read, asked(ctx, input)),

    async get(ctx: CallContext, id: string): Promise<RequestView> {
      const db = store.read
      const record = await findRequest(db, ctx.scope, id)
      if (!record) throw refuse('NOT_FOUND', { entity: 'claimRequest' })
      const approval = await approvalOf(db, APPROVED_AS[record.kind], id)
      return { ...toRequestRow(record), lines: await requestLines(db, id), approval }
    },

    ask: (ctx: CallContext, input: RequestFields) => store.write(ctx.actor, (uow) => submit(uow, ctx, input, null)),

    /** Hands in once more what came back, as it is now. */
    again: (ctx: CallContext, input: { id: string; version: number; fields: RequestFields }) =>
      store.write(ctx.actor, async (uow) => {
        const record = await findRequest(uow.db, ctx.scope, input.id)
        if (!record) throw refuse('NOT_FOUND', { entity: 'claimRequest' })
        if (record.version !== input.version) throw refuse('STALE', { current: { version: record.version } })
        const status = await approvalOf(uow.db, APPROVED_AS[record.kind], record.id)
        if (record.state !== 'asked' || record.kind !== input.fields.kind || status?.outcome !== 'returned') {
          throw refuse('CLAIM_STATE')
        }
        return submit(uow, ctx, input.fields, record)
      }),

    reverse: (ctx: CallContext, input: { id: string; version: number; reason: string }) =>
      store.write(ctx.actor, async (uow) => {
        const record = await findRequest(uow.db, ctx.scope, input.id)
        if (!record) throw refuse('NOT_FOUND', { entity: 'claimRequest' })
        if (record.version !== input.version) throw refuse('STALE', { current: { version: record.version } })
        if (record.kind !== 'writeOff' || record.state !== 'done') throw refuse('CLAIM_STATE')
        await releaseWriteOff(uow, record.id, uow.today)
        const version = record.version + 1
        await uow.db
          .updateTable('claim_requests')
          .set({ state: 'reversed', reversed_day: uow.today, reversed_by: uow.actor.userId })
          .set({ reversed_reason: input.reason, version, updated_at: uow.now })
          .where('id', '=', record.id)
          .execute()
        const after = { state: 'reversed', reason: input.reason }
        const before = { state: record.state, amount: record.amount }
        await uow.audit({ action: 'claims.reverse', entity: 'claimRequest', entityId: record.id, before, after })
        uow.changed('claims', record.id)
        return { id: record.id, version }
      }),
  }
}

export async function insertRequest(
  uow: UnitOfWork,
  made: {
    readonly id: string
    readonly kind: RequestKind
    readonly customerId: string
    readonly columns: Pick<
      ClaimRequestsTable,
      'version' | 'amount' | 'reason_code' | 'reason' | 'search_text' | 'updated_at'
    >
  },
): Promise<void> {
  await uow.db
    .insertInto('claim_requests')
    .values({
      id: made.id,
      kind: made.kind,
      customer_id: made.customerId,
      ...made.columns,
      state: 'asked',
      asked_at: uow.now,
      asked_by: uow.actor.userId ?? '',
      done_day: null,
      reversed_day: null,
      reversed_by: null,
      reversed_reason: '',
    })
    .execute()
}

const largest = (debts: readonly DebtRow[]): DebtRow =>
  debts.reduce((found, debt) => (debt.outstanding > found.outstanding ? debt : found))

/** One request of a kind about a debt at a time. Throws CLAIM_ASKED. */
async function assertNotAsked(
  db: Reader | Writer,
  kind: RequestKind,
  ids: readonly string[],
  but: string,
): Promise<void> {
  const open = await db
    .selectFrom('claim_request_lines as l')
    .innerJoin('claim_requests as r', 'r.id', 'l.request_id')
    .select('r.id')
    .where('l.instalment_id', 'in', [...ids])
    .where('r.kind', '=', kind)
    .where('r.state', '=', 'asked')
    .where('r.id', '<>', but)
    .executeTakeFirst()
  if (open) throw refuse('CLAIM_ASKED')
}

type Line = Omit<ClaimRequestLinesTable, 'request_id'>

/** The lines as they are kept. Throws CLAIM_AMOUNT where more is asked than is there, CLAIM_DAY for a day that is none. */
async function checkedLines(uow: UnitOfWork, input: RequestFields, debts: readonly DebtRow[]): Promise<Line[]> {
  const sheets =
    input.kind === 'waiver'
      ? await interestOf(
          uow.db,
          debts.map(({ id }) => id),
          uow.today,
        )
      : null
  return debts.map((debt, at): Line => {
    const common = { seq: at, instalment_id: debt.id, booked: null, former_due_day: debt.dueDay }
    if (input.kind === 'extension') {
      const { dueDay, keepsAccrued } = input.lines[at]!
      if (debt.outstanding === 0) throw refuse('CLAIM_AMOUNT')
      if (dueDay <= uow.today || (debt.dueDay !== null && dueDay <= debt.dueDay)) throw refuse('CLAIM_DAY')
      return { ...common, amount: debt.outstanding, due_day: dueDay, keeps_accrued: keepsAccrued ? 1 : 0 }
    }
    const { amount } = input.lines[at]!
    const most = input.kind === 'writeOff' ? debt.outstanding : (sheets?.get(debt.id)?.sheet.owed.interest ?? 0)
    if (amount > most) throw refuse('CLAIM_AMOUNT')
    return { ...common, amount, due_day: null, keeps_accrued: 0 }
  })
}

/** What its approvers see: why, and of each debt what is asked for. */
function contentOf(input: RequestFields, lines: readonly Line[], debts: readonly DebtRow[]): ContentLine[] {
  const group = 'claims:approval.request'
  const said: ContentLine[] = [
    {
      id: 'reasonCode',
      group,
      label: 'claims:approval.reasonCode',
      form: 'word',
      value: `claims:reasons.${input.kind}.${input.reasonCode}`,
    },
    { id: 'reason', group, label: 'claims:approval.reason', form: 'text', value: input.reason },
  ]
  return [
    ...said,
    ...lines.flatMap((line, at): ContentLine[] => {
      const debt = debts[at]!
      const own = { group: 'claims:approval.debts', params: { no: at + 1 } }
      const title = `${debt.contractNumber} ${debt.label}`.trim()
      const row = (id: string, form: ContentLine['form'], value: ContentLine['value']): ContentLine => ({
        id: `${debt.id}.${id}`,
        ...own,
        label: `claims:approval.${id}`,
        form,
        value,
      })
      return [
        row('debt', 'text', title),
        row('outstanding', 'fen', debt.outstanding),
        row('formerDueDay', 'day', line.former_due_day),
        ...(input.kind === 'extension'
          ? [
              row('dueDay', 'day', line.due_day as PlainDay),
              row('keepsAccrued', 'word', `claims:approval.kept.${line.keeps_accrued === 1 ? 'yes' : 'no'}`),
            ]
          : [row(input.kind === 'writeOff' ? 'writeOff' : 'waiver', 'fen', line.amount)]),
      ]
    }),
  ]
}
