import { makeTranslator } from '#shared/i18n/translate.ts'
import { makeCalendar, nextWorkday } from '#shared/kernel/workdays.ts'
import type { Outcome } from '#shared/modules/approvals/approvals.rules.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { addTask, closeTasksOf, tasksOfSource } from '#core/modules/tasks/tasks.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import type { RequestRecord } from './approvals.records.ts'

type Told = Pick<RequestRecord, 'id' | 'title' | 'customer_id' | 'applicant_id' | 'due_day'>

/** A task of one person about one request. */
const sourceOf = (request: Told, userId: string) => ({ module: 'approvals', id: `${request.id}:${userId}` }) as const

async function firstWorkday(uow: UnitOfWork) {
  const calendar = makeCalendar((await readSetting(uow.db, 'workCalendar')).value)
  return nextWorkday(calendar, uow.today).day
}

const words = async (uow: UnitOfWork) => makeTranslator((await readSetting(uow.db, 'preferences')).value.locale)

/** Everybody who may decide now has a task, and nobody else; whoever has decided has done his. */
export async function keepTasks(uow: UnitOfWork, request: Told, actedId: string | null): Promise<void> {
  const rows = await uow.db
    .selectFrom('approval_actors')
    .select(['user_id', 'open'])
    .where('request_id', '=', request.id)
    .execute()
  for (const { user_id: userId, open } of rows) {
    const source = sourceOf(request, userId)
    const asked = (await tasksOfSource(uow.db, source)).some((task) => task.state === 'open')
    if (open === 0 && asked) await closeTasksOf(uow, source, userId === actedId ? 'done' : 'dropped')
    if (open === 1 && !asked) {
      const t = await words(uow)
      await addTask(uow, {
        kind: 'other',
        title: t('approvals:tasks.waiting', { title: request.title }),
        ownerId: userId,
        dueDay: (request.due_day as never) ?? (await firstWorkday(uow)),
        customerId: request.customer_id,
        source,
      })
    }
  }
}

/** Tells the applicant how it went, where he has something to do now. */
export async function tellApplicant(
  uow: UnitOfWork,
  request: Told,
  outcome: Extract<Outcome, 'approved' | 'rejected' | 'returned'>,
): Promise<void> {
  const t = await words(uow)
  const source = sourceOf(request, request.applicant_id)
  await closeTasksOf(uow, source, 'done')
  const applicant = await uow.db
    .selectFrom('users')
    .select('active')
    .where('id', '=', request.applicant_id)
    .executeTakeFirst()
  if (applicant?.active !== 1) return
  await addTask(uow, {
    kind: 'other',
    title: t(`approvals:tasks.${outcome}`, { title: request.title }),
    ownerId: request.applicant_id,
    dueDay: await firstWorkday(uow),
    customerId: request.customer_id,
    source,
  })
}

/** What the applicant was told has been taken up. */
export const applicantActed = (uow: UnitOfWork, request: Told) =>
  closeTasksOf(uow, sourceOf(request, request.applicant_id), 'done')
