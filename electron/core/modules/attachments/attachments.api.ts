import { sql, type RawBuilder } from 'kysely'
import { ORIGINAL_KINDS, type AttachedTo } from '#shared/modules/attachments/attachments.rules.ts'
import type { CustomerHolder } from '#core/kernel/customer-holder.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'

export { inspect } from './attachments.inspect.ts'
export { attachmentsTimeline } from './attachments.timeline.ts'

/**
 * Hangs the files of one record on another of its kind (two customers become one), and gives the ids of those that
 * moved, so that it can be taken back with `hangAttachments`. What the other has already stays where it was.
 */
export async function moveAttachments(
  uow: UnitOfWork,
  to: AttachedTo,
  fromId: string,
  intoId: string,
): Promise<string[]> {
  const of = (id: string) =>
    uow.db.selectFrom('attachments').select(['id', 'sha256']).where('parent_kind', '=', to).where('parent_id', '=', id)
  const held = new Set((await of(intoId).where('removed_at', 'is', null).execute()).map((row) => row.sha256))
  const moving = (await of(fromId).execute()).filter((row) => !held.has(row.sha256)).map((row) => row.id)
  await hangAttachments(uow, moving, intoId)
  uow.changed('attachments', fromId)
  return moving
}

/** Hangs these files on a record of the same kind; the caller audits. */
export async function hangAttachments(uow: UnitOfWork, ids: readonly string[], parentId: string): Promise<void> {
  if (ids.length === 0) return
  await uow.db
    .updateTable('attachments')
    .set({ parent_id: parentId })
    .where('id', 'in', [...ids])
    .execute()
  uow.changed('attachments', parentId)
}

/** What a record holds now, by the id of the attachment: its name and the sum of its bytes. */
export async function attachedFiles(
  db: Reader | Writer,
  to: AttachedTo,
  parentId: string,
): Promise<ReadonlyMap<string, { readonly name: string; readonly sha256: string }>> {
  const rows = await db
    .selectFrom('attachments')
    .select(['id', 'name', 'sha256'])
    .where('parent_kind', '=', to)
    .where('parent_id', '=', parentId)
    .where('removed_at', 'is', null)
    .execute()
  return new Map(rows.map(({ id, ...facts }) => [id, facts]))
}

/** The files that hang on these records now, by record, oldest first: one query, however many records. */
export async function filesOn(
  db: Reader | Writer,
  to: AttachedTo,
  parentIds: readonly string[],
): Promise<ReadonlyMap<string, { readonly fileId: string; readonly name: string; readonly sha256: string }[]>> {
  const rows = await inPieces(parentIds, (piece) =>
    db
      .selectFrom('attachments')
      .select(['parent_id', 'file_id', 'name', 'sha256'])
      .where('parent_kind', '=', to)
      .where('parent_id', 'in', piece)
      .where('removed_at', 'is', null)
      .orderBy('created_at')
      .orderBy('id')
      .execute(),
  )
  const found = new Map<string, { fileId: string; name: string; sha256: string }[]>()
  for (const { parent_id: id, file_id: fileId, name, sha256 } of rows) {
    if (fileId !== null) found.set(id, [...(found.get(id) ?? []), { fileId, name, sha256 }])
  }
  return found
}

/** What is attached to a customer goes along when two become one; a file that both have stays with the dropped one. */
export const attachmentHolder: CustomerHolder = {
  name: 'attachments',
  async count(db, customerId) {
    const found = await db
      .selectFrom('attachments')
      .select('id')
      .where('parent_kind', '=', 'customer')
      .where('parent_id', '=', customerId)
      .where('removed_at', 'is', null)
      .execute()
    return found.length
  },
  move: (uow, fromId, toId) => moveAttachments(uow, 'customer', fromId, toId),
  async giveBack(uow, ids, fromId, toId) {
    const still = await uow.db
      .selectFrom('attachments')
      .select('id')
      .where('parent_kind', '=', 'customer')
      .where('parent_id', '=', fromId)
      .execute()
    const moved = new Set(ids)
    await hangAttachments(
      uow,
      still.map((row) => row.id).filter((id) => moved.has(id)),
      toId,
    )
    uow.changed('attachments', fromId)
  },
}

/** Whether a record keeps a file that is the original of an electronic document; `id` is the column of its id. */
export function keepsOriginal(to: AttachedTo, id: string): RawBuilder<boolean> {
  return sql<boolean>`EXISTS (SELECT 1 FROM attachments a
    WHERE a.parent_kind = ${to} AND a.parent_id = ${sql.ref(id)} AND a.removed_at IS NULL
      AND a.kind IN (${sql.join([...ORIGINAL_KINDS])}))`
}
