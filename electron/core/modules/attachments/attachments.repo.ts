import type { AttachmentKind } from '#shared/modules/attachments/attachments.rules.ts'
import type { AttachmentParent, AttachmentRow } from '#shared/modules/attachments/attachments.schema.ts'
import type { Reader, Writer } from '#core/store/store.ts'

/** No panel shows more; those that were removed long ago go first. */
const MAX_LISTED = 200

/** A row with what the service needs and nobody is shown. */
export interface FoundAttachment {
  readonly row: AttachmentRow
  readonly parent: { readonly to: string; readonly id: string }
  readonly fileId: string | null
}

function attachmentsQuery(db: Reader | Writer) {
  return db
    .selectFrom('attachments')
    .leftJoin('users as author', 'author.id', 'attachments.created_by')
    .leftJoin('users as remover', 'remover.id', 'attachments.removed_by')
    .selectAll('attachments')
    .select(['author.name as author_name', 'remover.name as remover_name'])
}
type RawAttachment = Awaited<ReturnType<ReturnType<typeof attachmentsQuery>['executeTakeFirstOrThrow']>>

function toFound(raw: RawAttachment): FoundAttachment {
  return {
    parent: { to: raw.parent_kind, id: raw.parent_id },
    fileId: raw.file_id,
    row: {
      id: raw.id,
      name: raw.name,
      kind: raw.kind as AttachmentKind,
      size: raw.size,
      sha256: raw.sha256,
      createdAt: raw.created_at,
      createdByName: raw.author_name,
      removed:
        raw.removed_at === null ? null : { at: raw.removed_at, byName: raw.remover_name, reason: raw.removal_reason },
      version: raw.version,
    },
  }
}

/** The files of a record, the newest first, those that were removed last. */
export async function listAttachments(db: Reader, parent: AttachmentParent): Promise<AttachmentRow[]> {
  const rows = await attachmentsQuery(db)
    .where('attachments.parent_kind', '=', parent.to)
    .where('attachments.parent_id', '=', parent.id)
    .orderBy((eb) => eb.case().when('attachments.removed_at', 'is', null).then(0).else(1).end())
    .orderBy('attachments.created_at', 'desc')
    .orderBy('attachments.id', 'desc')
    .limit(MAX_LISTED)
    .execute()
  return rows.map((raw) => toFound(raw).row)
}

export async function findAttachment(db: Reader | Writer, id: string): Promise<FoundAttachment | null> {
  const raw = await attachmentsQuery(db).where('attachments.id', '=', id).executeTakeFirst()
  return raw ? toFound(raw) : null
}

/** Names of what a record holds now, by the sum of the bytes. */
export async function heldBy(db: Writer, parent: AttachmentParent): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('attachments')
    .select(['sha256', 'name'])
    .where('parent_kind', '=', parent.to)
    .where('parent_id', '=', parent.id)
    .where('removed_at', 'is', null)
    .execute()
  return new Map(rows.map((row) => [row.sha256, row.name]))
}

/** Removed files whose bytes are still there though their time (`before`, UTC ms) is over. */
export function expiredFiles(db: Reader | Writer, before: number) {
  return db
    .selectFrom('attachments')
    .select(['id', 'file_id', 'parent_id'])
    .where('removed_at', '<=', before)
    .where('file_id', 'is not', null)
    .limit(500)
    .execute()
}
