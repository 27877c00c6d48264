import { sql } from 'kysely'
import { refuse } from '#shared/kernel/app-error.ts'
import { diffDays, type PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { buildSearchText, normaliseQuery } from '#shared/kernel/search-text.ts'
import type {
  DisputeFields,
  DisputeFilters,
  DisputeResolved,
  DisputeRow,
  DisputeSort,
} from '#shared/modules/claims/claims.decisions.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import { customerBriefs } from '#core/modules/customers/customers.api.ts'
import { setDisputed } from '#core/modules/receivables/receivables.api.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { debtInScope } from './claims.debts.ts'

export interface DisputeQuery {
  readonly scope: Scope
  readonly today: PlainDay
  readonly text?: string | undefined
  readonly filters: DisputeFilters
}

const SORTED_BY = { day: 'day', amount: 'amount' } as const satisfies Record<DisputeSort, string>

function disputesQuery(db: Reader | Writer, scope: Scope) {
  return applyScope(
    db
      .selectFrom('claim_disputes as d')
      .innerJoin('receivable_instalments as i', 'i.id', 'd.instalment_id')
      .innerJoin('customers as c', 'c.id', 'd.customer_id')
      .leftJoin('users as owner', 'owner.id', 'i.owner_id')
      .leftJoin('users as author', 'author.id', 'd.created_by')
      .selectAll('d')
      .select(['i.contract_id', 'i.contract_number', 'i.label', 'i.outstanding', 'c.name as customer_name'])
      .select(['owner.name as owner_name', 'author.name as author_name']),
    scope,
    'i.owner_id',
  )
}
type DisputeRecord = Awaited<ReturnType<ReturnType<typeof disputesQuery>['executeTakeFirstOrThrow']>>

function filtered(db: Reader | Writer, { scope, text, filters }: DisputeQuery) {
  let query = disputesQuery(db, scope)
  const needle = normaliseQuery(text ?? '')
  if (needle !== '') query = query.where(sql<boolean>`instr(d.search_text, ${needle}) > 0`)
  if (filters.state !== undefined) query = query.where('d.state', '=', filters.state)
  if (filters.reasonCode !== undefined) query = query.where('d.reason_code', '=', filters.reasonCode)
  if (filters.customerId !== undefined) query = query.where('d.customer_id', '=', filters.customerId)
  if (filters.instalmentId !== undefined) query = query.where('d.instalment_id', '=', filters.instalmentId)
  if (filters.ownerId !== undefined) query = query.where('i.owner_id', '=', filters.ownerId)
  if (filters.from !== undefined) query = query.where('d.day', '>=', filters.from)
  if (filters.to !== undefined) query = query.where('d.day', '<=', filters.to)
  return query
}

/** A page of disputes. */
export async function listDisputes(
  db: Reader,
  asked: DisputeQuery,
  page: Pick<PageInput<DisputeSort>, 'sort' | 'cursor' | 'limit'>,
): Promise<{ rows: DisputeRow[]; nextCursor: string | null }> {
  const column = SORTED_BY[page.sort.key]
  const rows = await keyset(filtered(db, asked), {
    sortColumn: `d.${column}`,
    idColumn: 'd.id',
    dir: page.sort.dir,
    cursor: page.cursor,
    limit: page.limit,
  }).execute()
  const cut = pageOf(
    rows,
    page.limit,
    (row) => row[column],
    (row) => row.id,
  )
  return { rows: cut.rows.map((row) => toDisputeRow(row, asked.today)), nextCursor: cut.nextCursor }
}

/** How many disputes, what they are about in all, and what of it is still open; fen. */
export async function sumDisputes(db: Reader, asked: DisputeQuery) {
  const row = await filtered(db, asked)
    .clearSelect()
    .select([
      sql<number>`count(*)`.as('count'),
      sql<number>`coalesce(sum(d.amount), 0)`.as('amount'),
      sql<number>`coalesce(sum(CASE WHEN d.state = 'open' THEN d.amount END), 0)`.as('open'),
    ])
    .executeTakeFirstOrThrow()
  return { count: Number(row.count), amount: Number(row.amount), open: Number(row.open) }
}

/** Whether a dispute of this id is within the scope. */
export async function disputeInScope(db: Reader | Writer, scope: Scope, id: string): Promise<boolean> {
  return (await disputesQuery(db, scope).where('d.id', '=', id).executeTakeFirst()) !== undefined
}

function toDisputeRow(row: DisputeRecord, today: PlainDay): DisputeRow {
  return {
    id: row.id,
    version: row.version,
    customerId: row.customer_id,
    customerName: row.customer_name,
    instalmentId: row.instalment_id,
    contractId: row.contract_id,
    contractNumber: row.contract_number,
    label: row.label,
    ownerName: row.owner_name ?? '',
    outstanding: row.outstanding,
    amount: row.amount,
    whole: row.whole === 1,
    reasonCode: row.reason_code,
    note: row.note,
    day: row.day,
    state: row.state,
    resolution: row.resolution,
    resolutionNote: row.resolution_note,
    resolvedDay: row.resolved_day,
    createdByName: row.author_name ?? '',
    age: Math.max(0, diffDays(row.day as PlainDay, (row.resolved_day ?? today) as PlainDay)),
  }
}

/** Disputes: what a customer contests of a debt, and how that ended. What he does not contest stays due. */
export function createDisputesService({ store, clock }: CoreDeps) {
  const asked = (ctx: CallContext, input: { text?: string | undefined; filters: DisputeFilters }): DisputeQuery => ({
    ...input,
    scope: ctx.scope,
    today: clock.today(),
  })

  return {
    list: (ctx: CallContext, input: PageInput<DisputeSort, DisputeFilters>) =>
      listDisputes(store.read, asked(ctx, input), input),

    summary: (ctx: CallContext, input: { text?: string | undefined; filters: DisputeFilters }) =>
      sumDisputes(store.read, asked(ctx, input)),

    async get(ctx: CallContext, id: string): Promise<DisputeRow> {
      const row = await disputesQuery(store.read, ctx.scope).where('d.id', '=', id).executeTakeFirst()
      if (!row) throw refuse('NOT_FOUND', { entity: 'dispute' })
      return toDisputeRow(row, clock.today())
    },

    open: (ctx: CallContext, input: DisputeFields) =>
      store.write(ctx.actor, async (uow) => {
        const debt = await debtInScope(uow.db, ctx.scope, input.instalmentId)
        if (input.day > uow.today || input.day < debt.sinceDay) throw refuse('CLAIM_DAY')
        const amount = input.amount ?? debt.outstanding
        if (debt.cancelled || amount === 0 || amount > debt.outstanding) throw refuse('DISPUTE_AMOUNT')
        const known = await uow.db
          .selectFrom('claim_disputes')
          .select('id')
          .where('instalment_id', '=', debt.id)
          .where('state', '=', 'open')
          .executeTakeFirst()
        if (known) throw refuse('DISPUTE_OPEN')
        const customer = (await customerBriefs(uow.db, [debt.customerId])).get(debt.customerId)
        const id = newId()
        await uow.db
          .insertInto('claim_disputes')
          .values({
            id,
            version: 0,
            customer_id: debt.customerId,
            instalment_id: debt.id,
            amount,
            whole: input.amount === null ? 1 : 0,
            reason_code: input.reasonCode,
            note: input.note,
            day: input.day,
            state: 'open',
            resolution: null,
            resolution_note: '',
            resolved_day: null,
            resolved_by: null,
            search_text: buildSearchText(customer?.name ?? '', [debt.contractNumber, debt.label, input.note]),
            created_at: uow.now,
            created_by: uow.actor.userId ?? '',
            updated_at: uow.now,
          })
          .execute()
        await setDisputed(uow, debt.id, amount)
        const after = { ...input, amount }
        await uow.audit({ action: 'claims.dispute', entity: 'dispute', entityId: id, after })
        uow.changed('claims', id)
        return { id, version: 0 }
      }),

    resolve: (ctx: CallContext, input: DisputeResolved) =>
      store.write(ctx.actor, async (uow) => {
        const row = await disputesQuery(uow.db, ctx.scope).where('d.id', '=', input.id).executeTakeFirst()
        if (!row) throw refuse('NOT_FOUND', { entity: 'dispute' })
        if (row.version !== input.version) throw refuse('STALE', { current: toDisputeRow(row, uow.today) })
        if (row.state === 'resolved') throw refuse('DISPUTE_RESOLVED')
        if (input.day < row.day || input.day > uow.today) throw refuse('CLAIM_DAY')
        const version = row.version + 1
        await uow.db
          .updateTable('claim_disputes')
          .set({ state: 'resolved', resolution: input.resolution, resolution_note: input.note })
          .set({ resolved_day: input.day, resolved_by: uow.actor.userId, version, updated_at: uow.now })
          .where('id', '=', row.id)
          .execute()
        const debt = await debtInScope(uow.db, ctx.scope, row.instalment_id)
        if (!debt.cancelled) await setDisputed(uow, debt.id, 0)
        await uow.audit({
          action: 'claims.disputeResolve',
          entity: 'dispute',
          entityId: row.id,
          before: { state: 'open', amount: row.amount },
          after: { resolution: input.resolution, day: input.day, note: input.note },
        })
        uow.changed('claims', row.id)
        return { id: row.id, version }
      }),
  }
}
