import { createHash, randomBytes } from 'node:crypto'
import { refuse } from '#shared/kernel/app-error.ts'
import { safeFileName } from '#shared/kernel/filenames.ts'
import type { Store, UnitOfWork } from '#core/store/store.ts'
import type { Clock } from './clock.ts'
import { newId } from './ids.ts'

export interface FileContent {
  readonly name: string
  readonly mime: string
  readonly bytes: Uint8Array
}

/** Files on their way in or out. Nothing here touches the disk unencrypted. */
export interface Files {
  /** Keeps a file in memory for its user for 30 minutes: an upload, or what a job made. */
  putTemporary(userId: string, file: FileContent): { fileId: string }
  /** The bytes of the user's own temporary file; NOT_FOUND for anybody else's. */
  readTemporary(userId: string, fileId: string): FileContent
  /** Writes a file into the data file in this unit of work; never altered afterwards. */
  putStored(uow: UnitOfWork, file: FileContent): Promise<{ fileId: string; sha256: string }>
  /** Reads a stored file; whoever calls has checked that the reader may see it. */
  readStored(fileId: string): Promise<FileContent & { sha256: string }>
  /** A one-time address for a user's own temporary file. */
  ticket(userId: string, fileId: string): { url: string; name: string; mime: string }
  /** A one-time address for a stored file, under another name if one is given; whoever calls has checked the reader. */
  ticketStored(fileId: string, name?: string): Promise<{ url: string; name: string; mime: string }>
  /** Uses a ticket up. Null for an unknown, used or expired one. */
  take(ticket: string): Promise<FileContent | null>
  clear(): void
}

const KEEP_MS = 30 * 60_000
const TICKET_MS = 60_000
const MAX_KEPT_BYTES = 512 * 1024 * 1024

/** In-memory temporary files, stored files in the encrypted data file, and the tickets that let a host serve them. */
export function createFiles(deps: { clock: Clock; store: Store }): Files {
  const temporary = new Map<string, FileContent & { userId: string; until: number }>()
  const tickets = new Map<string, { until: number; read: () => Promise<FileContent> }>()

  const sweep = () => {
    const now = deps.clock.now()
    for (const [id, file] of temporary) if (file.until < now) temporary.delete(id)
    for (const [id, ticket] of tickets) if (ticket.until < now) tickets.delete(id)
    let kept = 0
    for (const file of temporary.values()) kept += file.bytes.byteLength
    // The oldest go first: Map keeps insertion order.
    for (const [id, file] of temporary) {
      if (kept <= MAX_KEPT_BYTES) break
      kept -= file.bytes.byteLength
      temporary.delete(id)
    }
  }

  const own = (userId: string, fileId: string) => {
    sweep()
    const file = temporary.get(fileId)
    if (!file || file.userId !== userId) throw refuse('NOT_FOUND', { entity: 'file' })
    return file
  }

  const issue = (name: string, mime: string, read: () => Promise<FileContent>) => {
    const ticket = randomBytes(24).toString('base64url')
    tickets.set(ticket, { until: deps.clock.now() + TICKET_MS, read })
    return { url: `/files/${ticket}`, name, mime }
  }

  const readStored = async (fileId: string) => {
    const row = await deps.store.read.selectFrom('files').selectAll().where('id', '=', fileId).executeTakeFirst()
    if (!row) throw refuse('NOT_FOUND', { entity: 'file' })
    return { name: row.name, mime: row.mime, bytes: new Uint8Array(row.bytes), sha256: row.sha256 }
  }

  return {
    putTemporary(userId, file) {
      sweep()
      const fileId = newId()
      const name = safeFileName(file.name)
      temporary.set(fileId, { ...file, name, userId, until: deps.clock.now() + KEEP_MS })
      return { fileId }
    },
    readTemporary: (userId, fileId) => own(userId, fileId),
    async putStored(uow, file) {
      const fileId = newId()
      const sha256 = createHash('sha256').update(file.bytes).digest('hex')
      await uow.db
        .insertInto('files')
        .values({
          id: fileId,
          name: safeFileName(file.name),
          mime: file.mime,
          size: file.bytes.byteLength,
          sha256,
          bytes: Buffer.from(file.bytes),
          created_at: uow.now,
          created_by: uow.actor.userId,
        })
        .execute()
      return { fileId, sha256 }
    },
    readStored,
    ticket(userId, fileId) {
      const file = own(userId, fileId)
      return issue(file.name, file.mime, async () => file)
    },
    async ticketStored(fileId, name) {
      const row = await deps.store.read
        .selectFrom('files')
        .select(['name', 'mime'])
        .where('id', '=', fileId)
        .executeTakeFirst()
      if (!row) throw refuse('NOT_FOUND', { entity: 'file' })
      const shown = name === undefined ? row.name : safeFileName(name)
      return issue(shown, row.mime, async () => ({ ...(await readStored(fileId)), name: shown }))
    },
    async take(ticket) {
      sweep()
      const found = tickets.get(ticket)
      if (!found) return null
      tickets.delete(ticket)
      return found.read()
    },
    clear() {
      temporary.clear()
      tickets.clear()
    },
  }
}
