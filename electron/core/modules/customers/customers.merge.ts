import { invalid, refuse } from '#shared/kernel/app-error.ts'
import {
  MERGE_DAYS,
  mergedFields,
  proposedOwnFields,
  proposedTake,
  unmergedFields,
  type ContactChoice,
  type MergeField,
} from '#shared/modules/customers/customers.merge.rules.ts'
import { customerFields, type CustomerFields } from '#shared/modules/customers/customers.schema.ts'
import { issueFromZod } from '#shared/kernel/zod-issues.ts'
import type { CustomerHolder } from '#core/kernel/customer-holder.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { assertInScope } from '#core/kernel/scope.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import {
  closeOldMerges,
  findMerge,
  listMerges,
  mergesAreOver,
  listPairs,
  type PairsAsked,
} from './customers.merge.repo.ts'
import { assertCodeFree, changeCustomer, ownerFor, toCustomerView } from './customers.records.ts'
import { findCustomer, toCustomerFields, type CustomerRecord } from './customers.repo.ts'

const DAY_MS = 86_400_000
/** Nobody asks for it: it is time that passes. */
const NOBODY = { userId: null, roles: [], device: 'program', entry: 'customers.merges.close' } as const

interface Versioned {
  readonly id: string
  readonly version: number
}

interface MergeInput {
  readonly kept: Versioned
  readonly dropped: Versioned
  readonly take: readonly MergeField[]
  readonly takeFields: readonly string[]
  readonly contacts: ContactChoice
  readonly sure: boolean
}

/** What brings two files back out of one. */
interface WayBack {
  readonly before: CustomerFields
  readonly merged: CustomerFields
  readonly moved: Readonly<Record<string, readonly string[]>>
}

/** Makes one customer file of two, and two of one again. `holders` are what of other modules hangs on a customer. */
export function createMergesService(deps: CoreDeps, holders: readonly CustomerHolder[]) {
  const { store } = deps

  /** A file that is not in the bin, within the scope. */
  async function standing(db: Reader | Writer, ctx: CallContext, id: string): Promise<CustomerRecord> {
    const found = await findCustomer(db, id)
    if (!found || found.raw.removed_at !== null) throw refuse('NOT_FOUND', { entity: 'customer' })
    assertInScope(ctx.scope, found.raw.owner_id, 'customer')
    return found
  }

  async function current(uow: UnitOfWork, ctx: CallContext, input: Versioned): Promise<CustomerRecord> {
    const found = await standing(uow.db, ctx, input.id)
    if (found.raw.version !== input.version) throw refuse('STALE', { current: toCustomerView(found) })
    return found
  }

  const twoCodes = (one: CustomerRecord, other: CustomerRecord) =>
    one.raw.uscc !== '' && other.raw.uscc !== '' && one.raw.uscc !== other.raw.uscc

  /** Into the bin as merged, or out of it; the row of the merge says why, so that no second audit row does. */
  async function setDropped(uow: UnitOfWork, found: CustomerRecord, dropped: boolean): Promise<void> {
    await uow.db
      .updateTable('customers')
      .set({ removed_at: dropped ? uow.now : null, version: found.raw.version + 1, updated_at: uow.now })
      .where('id', '=', found.raw.id)
      .execute()
    uow.changed('customers', found.raw.id)
  }

  return {
    pairs: (ctx: CallContext, input: PairsAsked) => listPairs(store.read, ctx.scope, input),

    tellApart: (ctx: CallContext, { oneId, otherId }: { oneId: string; otherId: string }) =>
      store.write(ctx.actor, async (uow) => {
        if (oneId === otherId) throw refuse('NOT_FOUND', { entity: 'customer' })
        for (const id of [oneId, otherId]) await standing(uow.db, ctx, id)
        const [one_id, other_id] = [oneId, otherId].toSorted() as [string, string]
        await uow.db
          .insertInto('customer_apart')
          .values({ one_id, other_id, user_id: uow.actor.userId, at: uow.now })
          .onConflict((conflict) => conflict.doNothing())
          .execute()
        await uow.audit({ action: 'customers.tellApart', entity: 'customer', entityId: one_id, after: { other_id } })
        uow.changed('customers', one_id)
        return {}
      }),

    async preview(ctx: CallContext, { keptId, droppedId }: { keptId: string; droppedId: string }) {
      if (keptId === droppedId) throw refuse('CUSTOMER_MERGE_SELF')
      const kept = await standing(store.read, ctx, keptId)
      const dropped = await standing(store.read, ctx, droppedId)
      const moves = []
      for (const holder of holders) {
        const count = await holder.count(store.read, droppedId)
        if (count > 0) moves.push({ what: holder.name, count })
      }
      return {
        kept: toCustomerView(kept),
        dropped: toCustomerView(dropped),
        take: proposedTake(toCustomerFields(kept), toCustomerFields(dropped)),
        takeFields: proposedOwnFields(toCustomerFields(kept), toCustomerFields(dropped)),
        moves,
        twoCodes: twoCodes(kept, dropped),
      }
    },

    run: (ctx: CallContext, input: MergeInput) =>
      store.write(ctx.actor, async (uow) => {
        if (input.kept.id === input.dropped.id) throw refuse('CUSTOMER_MERGE_SELF')
        const kept = await current(uow, ctx, input.kept)
        const dropped = await current(uow, ctx, input.dropped)
        if (twoCodes(kept, dropped) && !input.sure) throw refuse('CUSTOMER_MERGE_CODES')
        const before = toCustomerFields(kept)
        const { take, takeFields, contacts } = input
        const wanted = mergedFields(before, toCustomerFields(dropped), take, contacts, takeFields)
        const merged = asFile(wanted)
        if (merged.ownerId !== before.ownerId) await ownerFor(uow, ctx.scope, merged.ownerId)
        const moved: Record<string, readonly string[]> = {}
        for (const holder of holders) moved[holder.name] = await holder.move(uow, dropped.raw.id, kept.raw.id)
        // First, since the kept file may take over a credit code that no two files may have.
        await setDropped(uow, dropped, true)
        const version = await changeCustomer(uow, kept, merged)
        const id = newId()
        await uow.db
          .insertInto('customer_merges')
          .values({
            id,
            kept_id: kept.raw.id,
            dropped_id: dropped.raw.id,
            state: 'done',
            user_id: uow.actor.userId,
            at: uow.now,
            until: uow.now + MERGE_DAYS * DAY_MS,
            way_back: JSON.stringify({ before, merged, moved } satisfies WayBack),
          })
          .execute()
        const after = { keptId: kept.raw.id, droppedId: dropped.raw.id, take, takeFields, contacts }
        for (const entityId of [kept.raw.id, dropped.raw.id]) {
          await uow.audit({ action: 'customers.merge', entity: 'customer', entityId, after })
        }
        return { id, keptId: kept.raw.id, version }
      }),

    undo: (ctx: CallContext, id: string) =>
      store.write(ctx.actor, async (uow) => {
        const merge = await findMerge(uow.db, id)
        const dropped = merge ? await findCustomer(uow.db, merge.dropped_id) : undefined
        if (!merge || !dropped) throw refuse('NOT_FOUND', { entity: 'customer' })
        assertInScope(ctx.scope, dropped.raw.owner_id, 'customer')
        const kept = await findCustomer(uow.db, merge.kept_id)
        if (!kept) throw refuse('NOT_FOUND', { entity: 'customer' })
        assertInScope(ctx.scope, kept.raw.owner_id, 'customer')
        if (merge.state !== 'done' || merge.until < uow.now) throw refuse('CUSTOMER_MERGE_OVER')
        // The kept file has itself been merged or removed since: what came last is taken back first.
        if (kept.raw.removed_at !== null) throw refuse('CUSTOMER_MERGE_LATER')
        const { before, merged, moved } = JSON.parse(merge.way_back) as WayBack
        const { fields, stayed } = unmergedFields(before, merged, toCustomerFields(kept))
        await assertCodeFree(uow, ctx.scope, fields.uscc, kept.raw.id)
        await changeCustomer(uow, kept, fields)
        await assertCodeFree(uow, ctx.scope, dropped.raw.uscc, dropped.raw.id)
        await setDropped(uow, dropped, false)
        for (const holder of holders) {
          await holder.giveBack(uow, moved[holder.name] ?? [], kept.raw.id, dropped.raw.id)
        }
        await uow.db
          .updateTable('customer_merges')
          .set({ state: 'undone', way_back: '{}' })
          .where('id', '=', id)
          .execute()
        const after = { keptId: kept.raw.id, droppedId: dropped.raw.id, stayed }
        for (const entityId of [kept.raw.id, dropped.raw.id]) {
          await uow.audit({ action: 'customers.unmerge', entity: 'customer', entityId, after })
        }
        return { keptId: kept.raw.id, droppedId: dropped.raw.id, stayed }
      }),

    /** Forgets the way back of merges whose days are over; says how many. */
    async close(): Promise<number> {
      if (!(await mergesAreOver(store.read, deps.clock.now()))) return 0
      return store.write(NOBODY, async (uow) => {
        const closed = await closeOldMerges(uow.db, uow.now)
        for (const entityId of closed) await uow.audit({ action: 'customers.mergeFinal', entity: 'customer', entityId })
        return closed.length
      })
    },

    async of(ctx: CallContext, customerId: string) {
      const found = await findCustomer(store.read, customerId)
      if (!found) throw refuse('NOT_FOUND', { entity: 'customer' })
      assertInScope(ctx.scope, found.raw.owner_id, 'customer')
      return listMerges(store.read, ctx.scope, customerId)
    },
  }
}

/** Judges the result as any other file: two lists of contacts may be more than one file takes. Throws VALIDATION. */
function asFile(fields: CustomerFields): CustomerFields {
  const judged = customerFields.safeParse(fields)
  if (!judged.success) throw invalid(judged.error.issues.map(issueFromZod))
  return fields
}
