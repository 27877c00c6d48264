import { createHash } from 'node:crypto'
import { refuse } from '#shared/kernel/app-error.ts'
import {
  attachmentName,
  KEEP_REMOVED_DAYS,
  MAX_ATTACHMENTS,
  type AttachedTo,
} from '#shared/modules/attachments/attachments.rules.ts'
import type { AttachmentParent } from '#shared/modules/attachments/attachments.schema.ts'
import type { Action } from '#shared/policy/actions.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import type { Scope } from '#core/kernel/scope.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { inspect } from './attachments.inspect.ts'
import { expiredFiles, findAttachment, heldBy, listAttachments, type FoundAttachment } from './attachments.repo.ts'

/** A kind of record that files hang on: who may see them, who may add and remove, and whether it is within a scope. */
export interface AttachmentHost {
  readonly read: Action
  readonly write: Action
  exists(db: Reader | Writer, scope: Scope, id: string, how: 'read' | 'write'): Promise<boolean>
}

/** A kind without a host refuses everything as not found. */
export type AttachmentHosts = Partial<Readonly<Record<AttachedTo, AttachmentHost>>>

const DAY_MS = 86_400_000
/** The program itself. */
const NOBODY = { userId: null, roles: [], device: 'program', entry: 'attachments.purge' } as const

/** Files on records. The record decides who may; `scopeFor` asks the matrix for its action. */
export function createAttachmentsService(
  deps: CoreDeps,
  hosts: AttachmentHosts,
  scopeFor: (ctx: CallContext, action: Action) => Promise<Scope | null>,
) {
  const { store, files, clock } = deps

  /** Throws FORBIDDEN for a role that may not, NOT_FOUND for a record outside the scope. */
  async function admit(
    ctx: CallContext,
    db: Reader | Writer,
    parent: { to: string; id: string },
    how: 'read' | 'write',
  ) {
    const host = Object.hasOwn(hosts, parent.to) ? hosts[parent.to as AttachedTo] : undefined
    if (!host) throw refuse('NOT_FOUND', { entity: 'attachment' })
    const scope = await scopeFor(ctx, host[how])
    if (scope === null) throw refuse('FORBIDDEN', { action: host[how] })
    if (!(await host.exists(db, scope, parent.id, how))) throw refuse('NOT_FOUND', { entity: parent.to })
  }

  const reaches = async (
    ctx: CallContext,
    db: Reader | Writer,
    parent: { to: string; id: string },
    how: 'read' | 'write',
  ) => {
    const host = Object.hasOwn(hosts, parent.to) ? hosts[parent.to as AttachedTo] : undefined
    const scope = host ? await scopeFor(ctx, host[how]) : null
    return host !== undefined && scope !== null && host.exists(db, scope, parent.id, how)
  }

  /** One that is still there, of a record that the caller may change. */
  async function current(uow: UnitOfWork, ctx: CallContext, input: { id: string; version: number }) {
    const found = await one(ctx, uow.db, input.id, 'write')
    if (found.row.version !== input.version) throw refuse('STALE', { current: found.row })
    if (found.row.removed !== null) throw refuse('ATTACHMENT_GONE')
    return found
  }

  async function one(
    ctx: CallContext,
    db: Reader | Writer,
    id: string,
    how: 'read' | 'write',
  ): Promise<FoundAttachment> {
    const found = await findAttachment(db, id)
    // Of a record that he may not read, nobody learns that something is attached to it, nor what it is.
    if (!found || !(await reaches(ctx, db, found.parent, 'read'))) throw refuse('NOT_FOUND', { entity: 'attachment' })
    if (how === 'write') await admit(ctx, db, found.parent, how)
    return found
  }

  return {
    async list(ctx: CallContext, parent: AttachmentParent) {
      await admit(ctx, store.read, parent, 'read')
      return {
        rows: await listAttachments(store.read, parent),
        mayWrite: await reaches(ctx, store.read, parent, 'write'),
      }
    },

    async add(ctx: CallContext, { fileId, ...parent }: AttachmentParent & { fileId: string }) {
      // Before the bytes are looked at: nobody learns anything of a record by what is said of a file.
      await admit(ctx, store.read, parent, 'write')
      const given = files.readTemporary(ctx.actor.userId ?? '', fileId)
      const file = await inspect(deps.workers, given)
      const sum = createHash('sha256').update(file.bytes).digest('hex')
      return store.write(ctx.actor, async (uow) => {
        await admit(ctx, uow.db, parent, 'write')
        const held = await heldBy(uow.db, parent)
        const same = held.get(sum)
        if (same !== undefined) throw refuse('ATTACHMENT_SAME', { name: same })
        if (held.size >= MAX_ATTACHMENTS) throw refuse('ATTACHMENT_TOO_MANY')
        const stored = await files.putStored(uow, file)
        const id = newId()
        const facts = { name: file.name, kind: file.kind, size: file.bytes.byteLength, sha256: stored.sha256 }
        await uow.db
          .insertInto('attachments')
          .values({
            id,
            parent_kind: parent.to,
            parent_id: parent.id,
            file_id: stored.fileId,
            ...facts,
            created_at: uow.now,
            created_by: uow.actor.userId,
            removed_at: null,
            removed_by: null,
            removal_reason: '',
            version: 0,
          })
          .execute()
        await uow.audit({
          action: 'attachments.add',
          entity: 'attachment',
          entityId: id,
          after: { ...parent, ...facts },
        })
        uow.changed('attachments', parent.id)
        return { id, version: 0, name: file.name }
      })
    },

    rename: (ctx: CallContext, input: { id: string; version: number; name: string }) =>
      store.write(ctx.actor, async (uow) => {
        const { row, parent } = await current(uow, ctx, input)
        const name = attachmentName(input.name, row.kind)
        const version = row.version + 1
        await uow.db.updateTable('attachments').set({ name, version }).where('id', '=', row.id).execute()
        await uow.audit({
          action: 'attachments.rename',
          entity: 'attachment',
          entityId: row.id,
          before: { name: row.name },
          after: { name },
        })
        uow.changed('attachments', parent.id)
        return { id: row.id, version, name }
      }),

    remove: (ctx: CallContext, input: { id: string; version: number; reason: string }) =>
      store.write(ctx.actor, async (uow) => {
        const { row, parent } = await current(uow, ctx, input)
        const version = row.version + 1
        await uow.db
          .updateTable('attachments')
          .set({ removed_at: uow.now, removed_by: uow.actor.userId, removal_reason: input.reason, version })
          .where('id', '=', row.id)
          .execute()
        await uow.audit({
          action: 'attachments.remove',
          entity: 'attachment',
          entityId: row.id,
          before: { ...parent, name: row.name, sha256: row.sha256 },
          after: { reason: input.reason },
        })
        uow.changed('attachments', parent.id)
        return { id: row.id, version }
      }),

    async ticket(ctx: CallContext, id: string) {
      const { row, fileId } = await one(ctx, store.read, id, 'read')
      if (row.removed !== null || fileId === null) throw refuse('ATTACHMENT_GONE')
      return files.ticketStored(fileId, row.name)
    },

    /** Lets go the bytes of what was removed more than 30 days ago; the rows stay. Gives how many. */
    async purge(): Promise<number> {
      const before = clock.now() - KEEP_REMOVED_DAYS * DAY_MS
      if ((await expiredFiles(store.read, before)).length === 0) return 0
      return store.write(NOBODY, async (uow) => {
        const expired = await expiredFiles(uow.db, before)
        for (const { id, file_id: fileId, parent_id: parentId } of expired) {
          await uow.db.updateTable('attachments').set({ file_id: null }).where('id', '=', id).execute()
          await uow.db.deleteFrom('files').where('id', '=', fileId).execute()
          await uow.audit({ action: 'attachments.purge', entity: 'attachment', entityId: id })
          uow.changed('attachments', parentId)
        }
        return expired.length
      })
    },
  }
}
