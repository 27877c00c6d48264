import { canBeUndone, sumsOf } from '#shared/modules/handover/handover.rules.ts'
import type { HandoverKind, HandoverRow } from '#shared/modules/handover/handover.schema.ts'
import { inScope, scopedTo, type Scope } from '#core/kernel/scope.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'

export interface HandoverItem {
  readonly kind: HandoverKind
  readonly entityId: string
  readonly customerId: string
  readonly label: string
  readonly amount: number | null
  readonly formerOwnerId: string | null
}

const SHOWN = 50
const AT_ONCE = 500

/** The customers that are asked for, in or out of the scope; by name. The bin stays where it is. */
export async function customersToHandOver(
  db: Reader | Writer,
  what: { readonly customerIds: readonly string[] } | { readonly fromUserId: string },
) {
  const rows = () =>
    db
      .selectFrom('customers')
      .select(['id', 'name', 'code', 'owner_id', 'version'])
      .where('removed_at', 'is', null)
      .orderBy('sort_name')
      .orderBy('id')
  return 'fromUserId' in what
    ? rows().where('owner_id', '=', what.fromUserId).execute()
    : inPieces(what.customerIds, (piece) => rows().where('id', 'in', piece).execute())
}

export async function insertHandover(
  uow: UnitOfWork,
  handover: { readonly id: string; readonly toUserId: string; readonly items: readonly HandoverItem[] },
): Promise<void> {
  await uow.db
    .insertInto('handovers')
    .values({
      id: handover.id,
      to_user_id: handover.toUserId,
      by_user_id: uow.actor.userId,
      day: uow.today,
      at: uow.now,
      undone_at: null,
    })
    .execute()
  const rows = handover.items.map((item) => ({
    handover_id: handover.id,
    kind: item.kind,
    entity_id: item.entityId,
    customer_id: item.customerId,
    label: item.label,
    amount: item.amount,
    former_owner_id: item.formerOwnerId,
  }))
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    await uow.db
      .insertInto('handover_items')
      .values(rows.slice(at, at + AT_ONCE))
      .execute()
  }
}

/** One hand-over with all that moved; nothing where anybody in it is outside the scope. */
export async function findHandover(db: Reader | Writer, scope: Scope, id: string) {
  const head = await db
    .selectFrom('handovers')
    .innerJoin('users', 'users.id', 'handovers.to_user_id')
    .selectAll('handovers')
    .select('users.name as to_name')
    .where('handovers.id', '=', id)
    .where(scopedTo(scope, 'handovers.to_user_id'))
    .executeTakeFirst()
  if (!head) return null
  const items = await db
    .selectFrom('handover_items')
    .innerJoin('customers', 'customers.id', 'handover_items.customer_id')
    .leftJoin('users', 'users.id', 'handover_items.former_owner_id')
    .selectAll('handover_items')
    .select(['customers.name as customer_name', 'customers.code as customer_code', 'users.name as former_name'])
    .where('handover_id', '=', id)
    .orderBy('customers.sort_name')
    .orderBy('handover_items.customer_id')
    .orderBy('handover_items.label')
    .execute()
  return items.every((item) => inScope(scope, item.former_owner_id)) ? { head, items } : null
}

/** The latest hand-overs whose people are all within the scope. */
export async function recentHandovers(db: Reader, scope: Scope, now: number): Promise<HandoverRow[]> {
  const heads = await db
    .selectFrom('handovers')
    .innerJoin('users as taker', 'taker.id', 'handovers.to_user_id')
    .leftJoin('users as giver', 'giver.id', 'handovers.by_user_id')
    .selectAll('handovers')
    .select(['taker.name as to_name', 'giver.name as by_name'])
    .where(scopedTo(scope, 'handovers.to_user_id'))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('handover_items as foreign_item')
            .select('foreign_item.entity_id')
            .whereRef('foreign_item.handover_id', '=', 'handovers.id')
            .where(eb.not(scopedTo(scope, 'foreign_item.former_owner_id'))),
        ),
      ),
    )
    .orderBy('handovers.at', 'desc')
    .orderBy('handovers.id', 'desc')
    .limit(SHOWN)
    .execute()
  const items = await inPieces(
    heads.map((head) => head.id),
    (piece) =>
      db
        .selectFrom('handover_items')
        .leftJoin('users', 'users.id', 'handover_items.former_owner_id')
        .select(['handover_id', 'kind', 'amount', 'users.name as former_name'])
        .where('handover_id', 'in', piece)
        .execute(),
  )
  const byHandover = Map.groupBy(items, (item) => item.handover_id)
  return heads.map((head) => {
    const own = byHandover.get(head.id) ?? []
    return {
      id: head.id,
      at: head.at,
      toName: head.to_name,
      byName: head.by_name,
      fromNames: [...new Set(own.flatMap((item) => item.former_name ?? []))],
      sums: sumsOf(own),
      state: head.undone_at === null ? 'done' : 'undone',
      open: canBeUndone({ at: head.at, undoneAt: head.undone_at }, now),
    }
  })
}
