import { makeTranslator, type Translate } from '#shared/i18n/translate.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { makeCalendar, nextWorkday, workdaysBefore } from '#shared/kernel/workdays.ts'
import type { CoreDeps } from '#core/kernel/deps.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { isActiveUser } from '#core/modules/people/people.api.ts'
import { addTask, closeTasksOf, tasksOfSource } from '#core/modules/tasks/tasks.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import { momentBefore } from './contracts.ledger.ts'
import { followObligations } from './contracts.obligations.ts'
import { reminderSource } from './contracts.reminded.ts'
import { dueReminders, goneReminders, unfollowed, type ReminderAsk, type ReminderDue } from './contracts.reminders.ts'

const NOBODY = { userId: null, roles: [], device: 'program', entry: 'contracts.remind' } as const

/**
 * Tells owners of contracts about to expire, drafts that wait to be signed, scans that are wanting, and whoever lent
 * originals out that are late: each once for its day, and no more when its reason is gone. Gives how many tasks were
 * made or closed.
 */
export async function remindOfContracts({ store, clock }: CoreDeps): Promise<number> {
  const today = clock.today()
  const { value: days } = await readSetting(store.read, 'contractReminders')
  const calendar = makeCalendar((await readSetting(store.read, 'workCalendar')).value)
  const ask: ReminderAsk = {
    today,
    expiryDays: days.expiryDays,
    unsignedBefore: await momentBefore(store.read, clock, days.unsignedDays),
    signedThrough: workdaysBefore(calendar, today, days.scanDays),
  }
  const anything = (await dueReminders(store.read, ask)).length + (await goneReminders(store.read, ask)).length
  if (anything === 0) return 0
  const t = makeTranslator((await readSetting(store.read, 'preferences')).value.locale)
  return store.write(NOBODY, async (uow) => {
    let changed = 0
    for (const source of await goneReminders(uow.db, ask)) {
      await closeTasksOf(uow, source, 'done')
      changed += 1
    }
    const dueDay = nextWorkday(calendar, today).day
    for (const one of await dueReminders(uow.db, ask)) changed += await remind(uow, t, one, dueDay)
    return changed
  })
}

/** Writes the task, unless one for the same stands open already; somebody who has left is told nothing. */
async function remind(uow: UnitOfWork, t: Translate, one: ReminderDue, dueDay: PlainDay): Promise<number> {
  const { kind, contractId, ownerId } = one
  const source = reminderSource(kind, contractId, one.loanId)
  if (!(await isActiveUser(uow.db, ownerId))) return 0
  await uow.db
    .insertInto('contract_reminders')
    .values({ kind, contract_id: contractId, mark: one.mark, reminded_at: uow.now })
    .execute()
  await uow.audit({
    action: 'contracts.remind',
    entity: 'contract',
    entityId: contractId,
    after: { kind, mark: one.mark },
  })
  if ((await tasksOfSource(uow.db, source)).some((task) => task.state === 'open')) return 0
  const { number, buyerName: buyer, day } = one
  await addTask(uow, {
    kind: 'other',
    title: t(`contracts:reminders.${kind}`, { number, buyer, day }),
    ownerId,
    dueDay,
    customerId: one.customerId,
    source,
  })
  return 1
}

/** So many contracts of an older file get their obligations in one write, and in one hour. */
const AT_ONCE = 25
const AN_HOUR = 1000

/** Lists the obligations of contracts that were signed before there were any. Gives of how many. */
export async function keepObligations({ store }: CoreDeps): Promise<number> {
  let done = 0
  while (done < AN_HOUR) {
    const ids = await unfollowed(store.read, AT_ONCE)
    if (ids.length === 0) return done
    await store.write({ ...NOBODY, entry: 'obligations.keep' }, async (uow) => {
      for (const id of ids) await followObligations(uow, id)
    })
    done += ids.length
  }
  return done
}
