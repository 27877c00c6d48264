import { makeTranslator } from '#shared/i18n/translate.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { nextWorkday } from '#shared/kernel/workdays.ts'
import { overdueThrough } from '#shared/modules/visits/visits.rules.ts'
import type { CoreDeps } from '#core/kernel/deps.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { addTask } from '#core/modules/tasks/tasks.api.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { reportRules } from './visits.writes.ts'

const AT_ONCE = 200
/** The program itself. */
const NOBODY = { userId: null, roles: [], device: 'program', entry: 'visits.remind' } as const

/** Planned visits whose report is overdue, of people who are still there, and of which nobody was reminded yet. */
function unreported(db: Reader | Writer, through: string) {
  return db
    .selectFrom('visits')
    .innerJoin('users', 'users.id', 'visits.user_id')
    .select(['visits.id', 'visits.day', 'visits.user_id', 'visits.customer_id', 'visits.version'])
    .where('visits.state', '=', 'planned')
    .where('visits.day', '<=', through)
    .where('visits.reminded_at', 'is', null)
    .where('users.active', '=', 1)
    .orderBy('visits.day')
    .limit(AT_ONCE)
    .execute()
}

/** Gives the visitor of each overdue report a task, once for each plan. Gives how many. */
export async function remindOfReports(deps: CoreDeps): Promise<number> {
  const { store } = deps
  const today = deps.clock.today()
  const { calendar, reportDays } = await reportRules(store.read)
  const through = overdueThrough(calendar, today, reportDays)
  if ((await unreported(store.read, through)).length === 0) return 0
  const t = makeTranslator((await readSetting(store.read, 'preferences')).value.locale)
  return store.write(NOBODY, async (uow) => {
    const late = await unreported(uow.db, through)
    for (const visit of late) {
      const { id, day, user_id: ownerId, customer_id: customerId } = visit
      await addTask(uow, {
        kind: 'followUp',
        title: t('visits:remind', { day }),
        ownerId,
        dueDay: nextWorkday(calendar, today as PlainDay).day,
        customerId,
        source: { module: 'visits', id },
      })
      await uow.db.updateTable('visits').set({ reminded_at: uow.now }).where('id', '=', id).execute()
      await uow.audit({ action: 'visits.remind', entity: 'visit', entityId: id, after: { day, ownerId } })
      uow.changed('visits', id)
    }
    return late.length
  })
}
