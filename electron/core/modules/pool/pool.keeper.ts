import { makeTranslator } from '#shared/i18n/translate.ts'
import { poolStep } from '#shared/modules/pool/pool.rules.ts'
import type { CoreDeps } from '#core/kernel/deps.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { isActiveUser } from '#core/modules/people/people.api.ts'
import { addTask, closeTasksOf } from '#core/modules/tasks/tasks.api.ts'
import { poolCandidates, type PoolCandidate } from './pool.repo.ts'
import { intoPool, zoneOffset } from './pool.writes.ts'

/** Looked at in pieces, so that nobody waits for the whole firm. */
const AT_ONCE = 500
const NOBODY = { userId: null, roles: [], device: 'program', entry: 'pool.keep' } as const

/**
 * Goes through all customers once: tells owners whose customers are about to fall into the pool, and lets those fall
 * whose time has come. Gives how many were told or fell. Nothing at all where no grade has a rule.
 */
export async function keepPool(deps: CoreDeps): Promise<number> {
  const { store, clock } = deps
  const policy = (await readSetting(store.read, 'pool')).value
  if (Object.values(policy.idleDays).every((days) => days === 0)) return 0
  const t = makeTranslator((await readSetting(store.read, 'preferences')).value.locale)
  const offset = zoneOffset(clock)
  let after = ''
  let done = 0
  for (;;) {
    const piece = await poolCandidates(store.read, { after, limit: AT_ONCE, offset })
    const last = piece.at(-1)
    if (!last) return done
    after = last.id
    const ids = piece.filter((one) => poolStep(one, policy, clock.today()).kind !== 'keep').map((one) => one.id)
    if (ids.length > 0) done += await settle(ids)
  }

  /** Judges these again within the write: what has happened meanwhile keeps a customer. */
  function settle(ids: readonly string[]): Promise<number> {
    return store.write(NOBODY, async (uow) => {
      const found = await poolCandidates(uow.db, { after: '', limit: AT_ONCE, ids, offset })
      let settled = 0
      for (const one of found) {
        const step = poolStep(one, policy, uow.today)
        if (step.kind === 'keep') continue
        settled += 1
        await closeTasksOf(uow, { module: 'customers', id: one.id }, 'dropped')
        if (step.kind === 'fall') await intoPool(uow, one, 'idle', '')
        else await tell(uow, one, step.fallDay)
      }
      return settled
    })
  }

  async function tell(uow: Parameters<typeof addTask>[0], one: PoolCandidate, fallDay: string): Promise<void> {
    await uow.db
      .insertInto('customer_pool_notices')
      .values({ customer_id: one.id, day: uow.today })
      .onConflict((conflict) => conflict.column('customer_id').doUpdateSet({ day: uow.today }))
      .execute()
    await uow.audit({ action: 'customers.poolNotice', entity: 'customer', entityId: one.id, after: { fallDay } })
    // Somebody who has left is told nothing; the customer falls all the same.
    if (!(await isActiveUser(uow.db, one.ownerId))) return
    await addTask(uow, {
      kind: 'followUp',
      title: t('pool:notice', { day: fallDay }),
      ownerId: one.ownerId,
      dueDay: fallDay as never,
      customerId: one.id,
      source: { module: 'customers', id: one.id },
    })
  }
}
