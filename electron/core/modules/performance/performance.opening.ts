import { asMonth, shiftMonth, type PlainMonth } from '#shared/kernel/dates.ts'
import { makeCalendar } from '#shared/kernel/workdays.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { lockDay } from '#shared/modules/performance/performance.period.rules.ts'
import type { CoreDeps } from '#core/kernel/deps.ts'
import { makeScope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { everybodyWho, orgChart } from '#core/modules/people/people.api.ts'
import { addTask, tasksOfSource, type TaskSource } from '#core/modules/tasks/tasks.api.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { lockTask, selfTask, superiorTask, wordOf } from './performance.cycle.tasks.ts'
import { lockedAmong } from './performance.months.ts'
import { appraisedPeople, planBook } from './performance.plans.ts'

const NOBODY = { userId: null, roles: [], device: 'program', entry: 'performance.open' } as const

interface Asked {
  readonly source: TaskSource
  readonly ownerId: string
  readonly title: string
}

/**
 * From the 1st on, the month that is over is to be appraised: everybody is asked to agree to his result and, where his
 * scheme has ratings, to rate himself; his leader to rate him; whoever locks months to look at it and lock it. Each is
 * asked once, and is due on the day of the lock. Gives how many tasks were made.
 */
export async function openAppraisal({ store, clock }: CoreDeps): Promise<number> {
  const today = clock.today()
  const month = shiftMonth(asMonth(today.slice(0, 7)), -1)
  if ((await missing(store.read, month)).length === 0) return 0
  return store.write(NOBODY, async (uow) => {
    const asked = await missing(uow.db, month)
    const due = lockDay(makeCalendar((await readSetting(uow.db, 'workCalendar')).value), month)
    for (const task of asked) {
      await addTask(uow, { kind: 'other', dueDay: due < today ? today : due, customerId: null, ...task })
    }
    await uow.audit({
      action: 'performance.open',
      entity: 'performance-month',
      entityId: month,
      after: { tasks: asked.length },
    })
    return asked.length
  })
}

/** Who is to be asked for what, and never was; nobody once the month is locked. */
async function missing(db: Reader | Writer, month: PlainMonth): Promise<Asked[]> {
  const lockers = (await everybodyWho(db, 'performance.lock')).filter(({ reach }) => reach === 'all')
  const of = lockers.map(({ userId }) => lockTask(month, userId))
  // What tells that a month was opened is the task that asks for its lock, whatever became of it.
  if (lockers.length === 0 || (await known(db, of[0] as TaskSource))) return []
  if ((await lockedAmong(db, [month])).size > 0) return []
  const people = await appraisedPeople(db, makeScope.all())
  if (people.length === 0) return []
  const t = makeTranslator((await readSetting(db, 'preferences')).value.locale)
  const word = (key: string, name = '') => t(`performance:cycle.tasks.${key}`, { month, name })
  const planOf = await planBook(db, [month])
  const { leaders } = await orgChart(db)
  const asked: Asked[] = lockers.map(({ userId }, i) => ({
    source: of[i] as TaskSource,
    ownerId: userId,
    title: word('lock'),
  }))
  for (const person of people) {
    const { id, name } = person
    asked.push({ source: wordOf(month, id), ownerId: id, title: word('confirm') })
    if (!planOf(person, month).items.some(({ indicator }) => indicator === 'review360')) continue
    asked.push({ source: selfTask(month, id), ownerId: id, title: word('self') })
    const leader = person.teamId === null ? null : leaders.get(person.teamId)
    if (!leader || leader === id) continue
    asked.push({ source: superiorTask(month, id), ownerId: leader, title: word('superior', name) })
  }
  return asked
}

const known = async (db: Reader | Writer, source: TaskSource) => (await tasksOfSource(db, source)).length > 0
