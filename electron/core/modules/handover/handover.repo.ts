import { sql, type RawBuilder } from 'kysely'
import type { PageInput } from '#shared/kernel/paging.ts'
import { canBeUndone, sumsOf } from '#shared/modules/handover/handover.rules.ts'
import type { HandoverFilters, HandoverKind, HandoverRow } from '#shared/modules/handover/handover.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
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

/** Which hand-overs a list is about. */
export interface HandoverQuery {
  readonly text?: string | undefined
  readonly filters: HandoverFilters
}

/** Hand-overs whose people are all within the scope: one of whose givers is foreign is not shown at all. */
function handoversQuery(db: Reader, scope: Scope, { text, filters }: HandoverQuery) {
  const holding = (condition: RawBuilder<boolean>) =>
    sql<boolean>`EXISTS (SELECT 1 FROM handover_items AS i WHERE i.handover_id = handovers.id AND ${condition})`
  let query = db
    .selectFrom('handovers')
    .innerJoin('users as taker', 'taker.id', 'handovers.to_user_id')
    .leftJoin('users as giver', 'giver.id', 'handovers.by_user_id')
    .selectAll('handovers')
    .select(['taker.name as to_name', 'giver.name as by_name'])
    .where(scopedTo(scope, 'handovers.to_user_id'))
    .where(sql<boolean>`NOT ${holding(sql`NOT coalesce((${scopedTo(scope, 'i.former_owner_id')}), 0)`)}`)
  const needle = (text ?? '').trim().toLowerCase()
  if (needle !== '') query = query.where(holding(sql`instr(lower(i.label), ${needle}) > 0`))
  if (filters.fromUserId !== undefined) query = query.where(holding(sql`i.former_owner_id = ${filters.fromUserId}`))
  if (filters.customerId !== undefined) query = query.where(holding(sql`i.customer_id = ${filters.customerId}`))
  if (filters.toUserId !== undefined) query = query.where('handovers.to_user_id', '=', filters.toUserId)
  if (filters.state === 'done') query = query.where('handovers.undone_at', 'is', null)
  if (filters.state === 'undone') query = query.where('handovers.undone_at', 'is not', null)
  if (filters.from !== undefined) query = query.where('handovers.day', '>=', filters.from)
  if (filters.to !== undefined) query = query.where('handovers.day', '<=', filters.to)
  return query
}

/** How many hand-overs the whole list has. */
export async function countHandovers(db: Reader, scope: Scope, query: HandoverQuery): Promise<number> {
  const row = await db
    .selectFrom(handoversQuery(db, scope, query).as('h'))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** A page of hand-overs with what each of them moved; `now` says which can still be taken back. */
export async function listHandovers(
  db: Reader,
  scope: Scope,
  now: number,
  query: HandoverQuery,
  page: Pick<PageInput<'at'>, 'sort' | 'cursor' | 'limit'>,
): Promise<{ rows: HandoverRow[]; nextCursor: string | null }> {
  const found = await keyset(handoversQuery(db, scope, query), {
    sortColumn: 'handovers.at',
    idColumn: 'handovers.id',
    dir: page.sort.dir,
    cursor: page.cursor,
    limit: page.limit,
  }).execute()
  const { rows: heads, nextCursor } = pageOf(
    found,
    page.limit,
    (row) => row.at,
    (row) => row.id,
  )
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
  const rows = heads.map((head): HandoverRow => {
    const own = byHandover.get(head.id) ?? []
    return {
      id: head.id,
      at: head.at,
      day: head.day,
      toName: head.to_name,
      byName: head.by_name,
      fromNames: [...new Set(own.flatMap((item) => item.former_name ?? []))],
      sums: sumsOf(own),
      state: head.undone_at === null ? 'done' : 'undone',
      open: canBeUndone({ at: head.at, undoneAt: head.undone_at }, now),
    }
  })
  return { rows, nextCursor }
}
