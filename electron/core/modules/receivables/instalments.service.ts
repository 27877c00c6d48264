import { refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { buildSearchText } from '#shared/kernel/search-text.ts'
import type { InstalmentFields, InstalmentView } from '#shared/modules/receivables/receivables.entries.schema.ts'
import { NO_DUE_KEY } from '#shared/modules/receivables/receivables.journal.rules.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { assertInScope, inScope, type Scope } from '#core/kernel/scope.ts'
import { billedContract } from '#core/modules/contracts/contracts.api.ts'
import { customerInScope } from '#core/modules/customers/customers.api.ts'
import { userBriefs } from '#core/modules/people/people.api.ts'
import type { Reader, UnitOfWork } from '#core/store/store.ts'
import type { ReceivableInstalmentsTable } from '#core/store/tables/receivables.tables.ts'
import { changeInstalment } from './instalments.change.ts'
import { blankInstalment, insertInstalments } from './instalments.create.ts'
import { takeOutInstalment } from './instalments.takeout.ts'
import { namedInstalments } from './instalments.names.ts'
import { findInstalments } from './instalments.repo.ts'

interface At {
  readonly id: string
  readonly version: number
}

/** One instalment with all that happened to it; those entered by hand, and due days given by hand. */
export function createInstalmentsService(deps: CoreDeps) {
  async function current(uow: UnitOfWork, scope: Scope, at: At): Promise<ReceivableInstalmentsTable> {
    const [row] = await findInstalments(uow.db, [at.id])
    if (!row || !inScope(scope, row.owner_id) || row.state !== 'open') {
      throw refuse('NOT_FOUND', { entity: 'receivable' })
    }
    if (row.version !== at.version) throw refuse('STALE', { current: { version: row.version } })
    return row
  }

  return {
    async get(ctx: CallContext, id: string): Promise<InstalmentView> {
      const db = deps.store.read
      const [row] = await findInstalments(db, [id])
      if (!row) throw refuse('NOT_FOUND', { entity: 'receivable' })
      assertInScope(ctx.scope, row.owner_id, 'receivable')
      const [named] = await namedInstalments(db, [row], deps.clock.today())
      if (!named) throw new Error('an instalment lost its name')
      return {
        ...named,
        reason: row.reason,
        settledBefore: row.settled_before,
        changes: await changesOf(db, id),
        payments: await paymentsOf(db, id),
      }
    },

    create: (ctx: CallContext, fields: InstalmentFields) =>
      deps.store.write(ctx.actor, async (uow) => {
        const { label, invoiceNumber, sinceDay, dueDay, amount, reason, contractId } = fields
        if (sinceDay > uow.today) throw refuse('RECEIVABLE_DAY')
        const customer = await customerInScope(uow.db, ctx.scope, fields.customerId)
        const contract = contractId === null ? null : await billedContract(uow.db, ctx.scope, contractId)
        if (contract && (contract.state !== 'signed' || contract.customerId !== customer.id)) {
          throw refuse('RECEIVABLE_CONTRACT')
        }
        const row: ReceivableInstalmentsTable = {
          ...blankInstalment(uow),
          kind: 'manual',
          contract_id: contract?.id ?? null,
          customer_id: customer.id,
          owner_id: contract?.ownerId ?? customer.ownerId ?? uow.actor.userId ?? '',
          contract_number: contract?.number ?? '',
          invoice_number: invoiceNumber,
          seq: await nextSeq(uow, contract?.id ?? null),
          label,
          trigger: 'fixed',
          reason,
          since_day: sinceDay,
          due_day: dueDay,
          due_key: dueDay ?? NO_DUE_KEY,
          amount,
          outstanding: amount,
          search_text: buildSearchText(customer.name, [label, invoiceNumber, contract?.number ?? '']),
        }
        await insertInstalments(uow, [row])
        await uow.audit({ action: 'receivables.create', entity: 'receivable', entityId: row.id, after: fields })
        uow.changed('receivables', row.id)
        return { id: row.id, version: 0 }
      }),

    /** Throws RECEIVABLE_AGREED where a payment clause has given the day: that changes by agreement, not by hand. */
    redate: (ctx: CallContext, input: At & { dueDay: PlainDay | null; reason: string }) =>
      deps.store.write(ctx.actor, async (uow) => {
        const row = await current(uow, ctx.scope, input)
        if (row.kind === 'contract' && row.due_day !== null) throw refuse('RECEIVABLE_AGREED')
        if (input.dueDay !== null && input.dueDay < row.since_day) throw refuse('RECEIVABLE_DAY')
        const { dueDay, reason } = input
        await changeInstalment(uow, row, { dueDay }, { source: 'person', reason })
        await uow.audit({
          action: 'receivables.redate',
          entity: 'receivable',
          entityId: row.id,
          before: { dueDay: row.due_day },
          after: { dueDay, reason },
        })
        return { id: row.id, version: row.version + 1 }
      }),

    cancel: (ctx: CallContext, input: At & { reason: string }) =>
      deps.store.write(ctx.actor, async (uow) => {
        const row = await current(uow, ctx.scope, input)
        if (row.kind === 'contract') throw refuse('RECEIVABLE_AGREED')
        if (row.outstanding !== row.amount - row.settled_before) throw refuse('RECEIVABLE_SETTLED')
        await takeOutInstalment(uow, row, uow.today, input.reason)
        return { id: row.id, version: row.version + 1 }
      }),
  }
}

async function nextSeq(uow: UnitOfWork, contractId: string | null): Promise<number> {
  if (contractId === null) return 1
  const { last } = await uow.db
    .selectFrom('receivable_instalments')
    .where('contract_id', '=', contractId)
    .where('kind', '=', 'manual')
    .select((eb) => eb.fn.max('seq').as('last'))
    .executeTakeFirstOrThrow()
  return Number(last ?? 0) + 1
}

async function changesOf(db: Reader, id: string): Promise<InstalmentView['changes']> {
  const rows = await db
    .selectFrom('receivable_changes')
    .selectAll()
    .where('instalment_id', '=', id)
    .orderBy('day')
    .orderBy('id')
    .execute()
  const people = await userBriefs(
    db,
    rows.flatMap((row) => (row.created_by === null ? [] : [row.created_by])),
  )
  return rows.map((row) => ({
    id: row.id,
    day: row.day,
    dueBefore: row.due_before,
    dueAfter: row.due_after,
    amountBefore: row.amount_before,
    amountAfter: row.amount_after,
    source: row.source,
    reason: row.reason,
    userName: people.get(row.created_by ?? '')?.name ?? null,
  }))
}

/** What settled an instalment, and what of it was taken back; each with the number of its record. */
async function paymentsOf(db: Reader, id: string): Promise<InstalmentView['payments']> {
  const rows = await db
    .selectFrom('receivable_allocations as a')
    .leftJoin('receipts as r', 'r.id', 'a.receipt_id')
    .leftJoin('receivable_credits as c', 'c.id', 'a.credit_id')
    .select(['a.id', 'a.kind', 'a.day', 'a.released_day as releasedDay', 'a.amount', 'a.principal', 'a.reason'])
    .select(['a.receipt_id', 'a.credit_id', 'a.write_off_id', 'r.number as receipt', 'c.number as credit'])
    .where('a.instalment_id', '=', id)
    .orderBy('a.day')
    .orderBy('a.id')
    .execute()
  return rows.map(({ receipt_id, credit_id, write_off_id, receipt, credit, ...row }) => ({
    ...row,
    recordId: receipt_id ?? credit_id ?? write_off_id ?? '',
    number: receipt ?? credit ?? '',
  }))
}
