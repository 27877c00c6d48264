import { AsyncLocalStorage } from 'node:async_hooks'
import type { Kysely } from 'kysely'
import { auditMac, canonicalJson, GENESIS, hiddenHash, type AuditAnchor } from '#core/kernel/audit.ts'
import type { ChangeFeed } from '#core/kernel/change-feed.ts'
import type { Clock } from '#core/kernel/clock.ts'
import { storageFault, type Connection } from './connection.ts'
import type { Actor, AuditEntry, UnitOfWork, Writer } from './store.ts'
import type { Tables } from './tables.ts'

interface UnitDeps {
  readonly kysely: Kysely<Tables>
  readonly connection: Connection
  readonly clock: Clock
  readonly auditKey: Uint8Array
  readonly feed: ChangeFeed
  /** Told where the audit chain ends, once that is safe on disk. */
  readonly committed: (head: AuditAnchor) => void
}

/** Where the chain ended when the last unit of work committed; outlives the rows it was taken from. */
export const AUDIT_HEAD = 'audit_head'

/** Runs units of work one after the other on the single writing connection. */
export function createUnitOfWork(deps: UnitDeps) {
  const inside = new AsyncLocalStorage<true>()
  let tail: Promise<unknown> = Promise.resolve()

  async function run<T>(actor: Actor, work: (uow: UnitOfWork) => Promise<T>): Promise<T> {
    const changes = new Map<string, Set<string>>()
    const { result, head } = await deps.kysely.transaction().execute((db) => carryOut(db, actor, work, changes))
    if (head) deps.committed(head)
    for (const [module, ids] of changes) deps.feed.publish({ module, ids: [...ids], userId: actor.userId })
    return result
  }

  async function carryOut<T>(
    db: Writer,
    actor: Actor,
    work: (uow: UnitOfWork) => Promise<T>,
    changes: Map<string, Set<string>>,
  ): Promise<{ result: T; head: AuditAnchor | null }> {
    const now = deps.clock.now()
    const today = deps.clock.today()
    const command =
      actor.commandId === undefined || actor.userId === null
        ? null
        : { command_id: actor.commandId, user_id: actor.userId, entry: actor.entry ?? '' }
    const earlier = command && (await keptAnswer(db, command))
    // The same command twice at once: the second waited for the first and gets its answer.
    if (earlier) return { result: JSON.parse(earlier.result) as T, head: null }
    const before = totalChanges(deps.connection)
    let head: AuditAnchor | null = null
    let rows: Promise<unknown> = Promise.resolve()
    const uow: UnitOfWork = {
      db,
      actor,
      now,
      today,
      audit(entry) {
        // One after the other, also where the caller does not wait: each row stands on the one before.
        const row = rows.then(async () => {
          head ??= await lastRow(db)
          head = await appendAudit(db, deps.auditKey, head, { at: now, day: today, ...whoOf(actor) }, entry)
        })
        rows = row
        return row
      },
      changed(module, id) {
        const ids = changes.get(module) ?? new Set()
        ids.add(id)
        changes.set(module, ids)
      },
      nextNumber: (sequence) => nextNumber(db, sequence),
      hidden: (entityId, value) => hiddenHash(deps.auditKey, entityId, value),
    }
    const result = await work(uow)
    await rows
    const reached = head as AuditAnchor | null
    if (reached === null) {
      if (totalChanges(deps.connection) === before) return { result, head: null }
      throw new Error(`${actor.entry ?? 'a unit of work'} wrote without an audit row`)
    }
    await keepHead(db, reached)
    if (command) {
      await db
        .insertInto('commands')
        .values({ ...command, result: JSON.stringify(result ?? null), at: now })
        .execute()
    }
    return { result, head: reached }
  }

  return {
    write<T>(actor: Actor, work: (uow: UnitOfWork) => Promise<T>): Promise<T> {
      // It would wait for itself for ever.
      if (inside.getStore()) return Promise.reject(new Error('a unit of work was started inside another one'))
      const start = () => inside.run(true, () => run(actor, work))
      const turn = tail.then(start, start)
      tail = turn.catch(() => undefined)
      return turn.catch((error: unknown) => {
        throw storageFault(error)
      })
    },
    /** Runs something on the writing connection when its turn comes, outside every transaction. */
    between<T>(work: () => T): Promise<T> {
      const turn = tail.then(work)
      tail = turn.catch(() => undefined)
      return turn
    },
    /** Resolves when nothing is being written. */
    idle: () => tail,
  }
}

function whoOf(actor: Actor) {
  return { user_id: actor.userId, roles: actor.roles.join(','), device: actor.device }
}

function totalChanges(connection: Connection): number {
  return (connection.prepare('SELECT total_changes() AS n').all([])[0] as { n: number }).n
}

async function lastRow(db: Writer): Promise<AuditAnchor> {
  const last = await db
    .selectFrom('audit_log')
    .select(['seq', 'mac'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last ?? { seq: 0, mac: GENESIS }
}

async function appendAudit(
  db: Writer,
  key: Uint8Array,
  head: AuditAnchor,
  who: { at: number; day: string; user_id: string | null; roles: string; device: string },
  entry: AuditEntry,
): Promise<AuditAnchor> {
  const row = {
    seq: head.seq + 1,
    ...who,
    action: entry.action,
    entity: entry.entity,
    entity_id: entry.entityId,
    before: entry.before === undefined ? null : canonicalJson(entry.before),
    after: entry.after === undefined ? null : canonicalJson(entry.after),
    prev: head.mac,
  }
  const mac = auditMac(key, row)
  await db
    .insertInto('audit_log')
    .values({ ...row, mac })
    .execute()
  return { seq: row.seq, mac }
}

async function keepHead(db: Writer, head: AuditAnchor): Promise<void> {
  const value = JSON.stringify(head)
  await db
    .insertInto('meta')
    .values({ key: AUDIT_HEAD, value })
    .onConflict((oc) => oc.column('key').doUpdateSet({ value }))
    .execute()
}

function keptAnswer(db: Writer, command: { command_id: string; user_id: string; entry: string }) {
  return db
    .selectFrom('commands')
    .select('result')
    .where('command_id', '=', command.command_id)
    .where('user_id', '=', command.user_id)
    .where('entry', '=', command.entry)
    .executeTakeFirst()
}

async function nextNumber(db: Writer, sequence: string): Promise<number> {
  const row = await db
    .insertInto('sequences')
    .values({ name: sequence, value: 1 })
    .onConflict((oc) => oc.column('name').doUpdateSet((eb) => ({ value: eb('sequences.value', '+', 1) })))
    .returning('value')
    .executeTakeFirstOrThrow()
  return row.value
}
