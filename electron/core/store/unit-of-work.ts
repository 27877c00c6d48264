import type { Kysely } from 'kysely'
import { refuse } from '#shared/kernel/app-error.ts'
import { auditMac, canonicalJson, GENESIS } from '#core/kernel/audit.ts'
import type { ChangeFeed } from '#core/kernel/change-feed.ts'
import type { Clock } from '#core/kernel/clock.ts'
import type { Database } from './driver.ts'
import type { Actor, UnitOfWork, Writer } from './store.ts'
import type { Tables } from './tables.ts'

interface UnitDeps {
  readonly kysely: Kysely<Tables>
  readonly raw: Database
  readonly clock: Clock
  readonly auditKey: Uint8Array
  readonly feed: ChangeFeed
}

/** Runs units of work one after the other on the single writing connection. */
export function createUnitOfWork(deps: UnitDeps) {
  let tail: Promise<unknown> = Promise.resolve()

  async function run<T>(actor: Actor, work: (uow: UnitOfWork) => Promise<T>): Promise<T> {
    const changes = new Map<string, Set<string>>()
    const before = deps.raw.prepare('SELECT total_changes() AS n').get() as { n: number }
    let audited = 0
    const result = await deps.kysely.transaction().execute(async (db) => {
      const now = deps.clock.now()
      const uow: UnitOfWork = {
        db,
        actor,
        now,
        today: deps.clock.today(),
        async audit(entry) {
          audited += 1
          await appendAudit(db, deps, actor, now, entry)
        },
        changed(module, id) {
          const ids = changes.get(module) ?? new Set()
          ids.add(id)
          changes.set(module, ids)
        },
        nextNumber: (sequence) => nextNumber(db, sequence),
      }
      const answer = await work(uow)
      const after = deps.raw.prepare('SELECT total_changes() AS n').get() as { n: number }
      if (after.n !== before.n && audited === 0) {
        throw new Error(`${actor.entry ?? 'a unit of work'} wrote without an audit row`)
      }
      if (actor.commandId !== undefined && actor.userId !== null) {
        await db
          .insertInto('commands')
          .values({
            command_id: actor.commandId,
            user_id: actor.userId,
            entry: actor.entry ?? '',
            result: JSON.stringify(answer ?? null),
            at: now,
          })
          .execute()
      }
      return answer
    })
    for (const [module, ids] of changes) deps.feed.publish({ module, ids: [...ids], userId: actor.userId })
    return result
  }

  return {
    write<T>(actor: Actor, work: (uow: UnitOfWork) => Promise<T>): Promise<T> {
      const turn = tail.then(
        () => run(actor, work),
        () => run(actor, work),
      )
      tail = turn.catch(() => undefined)
      return turn.catch((error: unknown) => {
        throw storageFault(error)
      })
    },
    /** Resolves when nothing is being written. */
    idle: () => tail,
  }
}

async function appendAudit(
  db: Writer,
  deps: UnitDeps,
  actor: Actor,
  now: number,
  entry: Parameters<UnitOfWork['audit']>[0],
): Promise<void> {
  const last = await db
    .selectFrom('audit_log')
    .select(['seq', 'mac'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  const row = {
    seq: (last?.seq ?? 0) + 1,
    at: now,
    day: deps.clock.today(),
    user_id: actor.userId,
    roles: actor.roles.join(','),
    device: actor.device,
    action: entry.action,
    entity: entry.entity,
    entity_id: entry.entityId,
    before: entry.before === undefined ? null : canonicalJson(entry.before),
    after: entry.after === undefined ? null : canonicalJson(entry.after),
    prev: last?.mac ?? GENESIS,
  }
  await db
    .insertInto('audit_log')
    .values({ ...row, mac: auditMac(deps.auditKey, row) })
    .execute()
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

const FAULTS = /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB|BUSY)/

/** A disk that is full or failing is a fault with a sentence; everything else passes through. */
export function storageFault(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const match = FAULTS.exec(code)
  if (!match) return error
  return match[1] === 'BUSY' ? refuse('BUSY', {}, { cause: error }) : refuse('STORAGE', { reason: code }, { cause: error })
}
