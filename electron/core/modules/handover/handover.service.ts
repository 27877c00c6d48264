import { refuse } from '#shared/kernel/app-error.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { canBeUndone, goesAlong, sumsOf } from '#shared/modules/handover/handover.rules.ts'
import type { HandoverFilters, HandoverKind, HandoverPart } from '#shared/modules/handover/handover.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import type { HeldRecord } from '#core/kernel/handed-over.ts'
import { newId } from '#core/kernel/ids.ts'
import { assertInScope, inScope } from '#core/kernel/scope.ts'
import { claimsFollowOwner } from '#core/modules/claims/claims.api.ts'
import { escalationsFollowOwner } from '#core/modules/dunning/dunning.api.ts'
import { heldContracts, moveContracts } from '#core/modules/contracts/contracts.api.ts'
import { moveCustomers } from '#core/modules/customers/customers.api.ts'
import { heldDeals, moveDeals } from '#core/modules/deals/deals.api.ts'
import { heldObligations, moveObligations } from '#core/modules/obligations/obligations.api.ts'
import { heldInvoices, moveInvoices } from '#core/modules/invoices/invoices.api.ts'
import { isActiveUser } from '#core/modules/people/people.api.ts'
import { heldReceivables, moveReceivables } from '#core/modules/receivables/receivables.api.ts'
import { heldTasks, moveTasks } from '#core/modules/tasks/tasks.api.ts'
import { heldPlans, movePlans } from '#core/modules/visits/visits.api.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { exportHandover, exportHandovers, type HandoverListExport } from './handover.export.ts'
import {
  countHandovers,
  customersToHandOver,
  findHandover,
  insertHandover,
  listHandovers,
  type HandoverItem,
  type HandoverQuery,
} from './handover.repo.ts'

interface Asked {
  readonly what: { readonly customerIds: readonly string[] } | { readonly fromUserId: string }
  readonly toUserId: string | null
  readonly parts: readonly HandoverPart[]
}

type Kept = Exclude<HandoverKind, 'customer'>
/** What hangs on customers, asked of the module that has it. */
const HELD: Readonly<Record<Kept, (db: Reader | Writer, customerIds: readonly string[]) => Promise<HeldRecord[]>>> = {
  deal: heldDeals,
  contract: heldContracts,
  receivable: heldReceivables,
  obligation: heldObligations,
  invoice: heldInvoices,
  task: heldTasks,
  visit: heldPlans,
}
const KEPT = Object.keys(HELD) as Kept[]
/** Each gives how many it moved: what is no longer open, or is there already, is left. */
const MOVE: Readonly<
  Record<HandoverKind, (uow: UnitOfWork, ids: readonly string[], toUserId: string) => Promise<number>>
> = {
  customer: moveCustomers,
  deal: moveDeals,
  contract: moveContracts,
  receivable: async (uow, ids, toUserId) => {
    await claimsFollowOwner(uow, ids, toUserId)
    await escalationsFollowOwner(uow, ids, toUserId)
    return moveReceivables(uow, ids, toUserId)
  },
  obligation: moveObligations,
  invoice: moveInvoices,
  task: moveTasks,
  visit: movePlans,
}

/** Customers go to another person with all that their former owner has with them. */
export function createHandoverService(deps: CoreDeps) {
  const { store, clock } = deps

  /** What would move, and how many records of others stay. Throws NOT_FOUND for a customer outside the scope. */
  async function planned(db: Reader | Writer, ctx: CallContext, { what, toUserId, parts }: Asked) {
    if ('fromUserId' in what && !inScope(ctx.scope, what.fromUserId)) throw refuse('NOT_FOUND', { entity: 'user' })
    const customers = await customersToHandOver(db, what)
    if ('customerIds' in what && customers.length < new Set(what.customerIds).size) {
      throw refuse('NOT_FOUND', { entity: 'customer' })
    }
    for (const customer of customers) assertInScope(ctx.scope, customer.owner_id, 'customer')
    const moving = customers.filter((customer) => customer.owner_id !== toUserId)
    const owners = new Map(moving.map((customer) => [customer.id, customer.owner_id]))
    const items: HandoverItem[] = moving.map((customer) => ({
      kind: 'customer',
      entityId: customer.id,
      customerId: customer.id,
      label: `${customer.code} ${customer.name}`,
      amount: null,
      formerOwnerId: customer.owner_id,
    }))
    let stays = 0
    for (const kind of KEPT) {
      for (const { id, customerId, ownerId, label, amount } of await HELD[kind](db, [...owners.keys()])) {
        const item = { kind, entityId: id, customerId, label, amount, formerOwnerId: ownerId }
        if (goesAlong({ kind, ownerId }, owners.get(customerId) ?? null, toUserId, parts)) items.push(item)
        else if (ownerId !== toUserId) stays += 1
      }
    }
    return { items, stays }
  }

  return {
    async preview(ctx: CallContext, asked: Asked) {
      const { items, stays } = await planned(store.read, ctx, asked)
      return { sums: sumsOf(items), stays }
    },

    run: (ctx: CallContext, asked: Asked & { readonly toUserId: string }) =>
      store.write(ctx.actor, async (uow) => {
        const { toUserId } = asked
        const { items } = await planned(uow.db, ctx, asked)
        if (!inScope(ctx.scope, toUserId) || !(await isActiveUser(uow.db, toUserId))) throw refuse('CUSTOMER_OWNER')
        if (items.length === 0) throw refuse('HANDOVER_NOTHING')
        for (const [kind, own] of Map.groupBy(items, (item) => item.kind)) {
          await MOVE[kind](
            uow,
            own.map((item) => item.entityId),
            toUserId,
          )
        }
        const id = newId()
        await insertHandover(uow, { id, toUserId, items })
        const sums = sumsOf(items)
        await uow.audit({ action: 'customers.handOver', entity: 'handover', entityId: id, after: { toUserId, sums } })
        return { id, sums }
      }),

    undo: (ctx: CallContext, id: string) =>
      store.write(ctx.actor, async (uow) => {
        const found = await findHandover(uow.db, ctx.scope, id)
        if (!found) throw refuse('NOT_FOUND', { entity: 'handover' })
        const { head, items } = found
        if (!canBeUndone({ at: head.at, undoneAt: head.undone_at }, uow.now)) throw refuse('HANDOVER_CLOSED')
        let back = 0
        for (const kind of ['customer', ...KEPT] as const) {
          const own = items.filter((item) => item.kind === kind)
          const still = await stillWith(uow, kind, own, head.to_user_id)
          for (const [formerOwnerId, theirs] of Map.groupBy(still, (item) => item.former_owner_id)) {
            if (formerOwnerId === null) continue
            back += await MOVE[kind](
              uow,
              theirs.map((item) => item.entity_id),
              formerOwnerId,
            )
          }
        }
        await uow.db.updateTable('handovers').set({ undone_at: uow.now }).where('id', '=', id).execute()
        const stayed = items.length - back
        await uow.audit({
          action: 'customers.handOverUndo',
          entity: 'handover',
          entityId: id,
          after: { back, stayed },
        })
        return { back, stayed }
      }),

    list: (ctx: CallContext, { text, filters, ...page }: PageInput<'at', HandoverFilters>) =>
      listHandovers(store.read, ctx.scope, clock.now(), { text, filters }, page),

    summary: async (ctx: CallContext, query: HandoverQuery) => ({
      count: await countHandovers(store.read, ctx.scope, query),
    }),

    exportRows: (ctx: CallContext, input: HandoverListExport) => exportHandovers(deps, ctx, input),

    async exportList(ctx: CallContext, input: { id: string; format: 'xlsx' | 'csv' }) {
      const found = await findHandover(store.read, ctx.scope, input.id)
      if (!found) throw refuse('NOT_FOUND', { entity: 'handover' })
      return exportHandover(deps, ctx, found, input.format)
    },
  }

  /** Of what moved, that which has not gone elsewhere since. */
  async function stillWith<Item extends { entity_id: string; customer_id: string }>(
    uow: UnitOfWork,
    kind: HandoverKind,
    items: readonly Item[],
    userId: string,
  ): Promise<Item[]> {
    const customerIds = [...new Set(items.map((item) => item.customer_id))]
    const held =
      kind === 'customer'
        ? (await customersToHandOver(uow.db, { customerIds })).map((one) => ({ id: one.id, ownerId: one.owner_id }))
        : await HELD[kind](uow.db, customerIds)
    const here = new Set(held.filter((one) => one.ownerId === userId).map((one) => one.id))
    return items.filter((item) => here.has(item.entity_id))
  }
}
