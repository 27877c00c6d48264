import type { AuditAction } from '#shared/modules/audit/audit.actions.ts'
import type { AuditEntity } from '#shared/modules/audit/audit.entities.ts'
import type { Kysely, Transaction } from 'kysely'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { Role } from '#shared/policy/roles.ts'
import type { Tables } from './tables.ts'

/** Reads only: a second, read-only connection that sees what is committed. */
export type Reader = Omit<Kysely<Tables>, 'insertInto' | 'updateTable' | 'deleteFrom' | 'replaceInto' | 'transaction'>
/** The one writer, inside a unit of work. */
export type Writer = Transaction<Tables>

/** Who does it, from where, by which entry; goes into the audit log. */
export interface Actor {
  readonly userId: string | null
  readonly roles: readonly Role[]
  readonly device: string
  readonly entry?: string | undefined
  readonly commandId?: string | undefined
}

export interface AuditEntry {
  /** `<module>.<verb>`, as the permission it needed. */
  readonly action: AuditAction
  readonly entity: AuditEntity
  readonly entityId: string
  readonly before?: unknown
  readonly after?: unknown
}

/** One change of the data file: all of it is kept, or nothing. */
export interface UnitOfWork {
  readonly db: Writer
  readonly actor: Actor
  readonly now: number
  readonly today: PlainDay
  /** Obligatory: a unit of work that wrote without it is rolled back as a bug. */
  audit(entry: AuditEntry): Promise<void>
  /** Told to every window after the commit. */
  changed(module: string, id: string): void
  /** The next number of a gap-free sequence, starting at 1; rolled back with everything else. */
  nextNumber(sequence: string): Promise<number>
  /** Stands for a sensitive value in the audit log: equal values of one entity are seen to be equal, none is read. */
  hidden(entityId: string, value: string): string
}

export interface Replay {
  readonly result: unknown
}

/** The data file, open. */
export interface Store {
  readonly read: Reader
  /** Runs one unit of work; others wait their turn. What it returns is the command's answer, kept for replay. */
  write<T>(actor: Actor, work: (uow: UnitOfWork) => Promise<T>): Promise<T>
  /** The answer of a command that was already carried out, if it was. */
  replay(commandId: string, userId: string, entry: string): Promise<Replay | undefined>
}
