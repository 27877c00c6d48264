import { makeTranslator } from '#shared/i18n/translate.ts'
import { makeCalendar, nextWorkday } from '#shared/kernel/workdays.ts'
import { answersForOthers } from '#shared/modules/quotations/quotations.rules.ts'
import { inScope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { everybodyWho } from '#core/modules/people/people.api.ts'
import { addTask, closeTasksOf } from '#core/modules/tasks/tasks.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import type { Current } from './quotations.current.ts'

const sourceOf = ({ quotation }: Current) => ({ module: 'quotations', id: quotation.id }) as const

/**
 * Puts a quotation that waits into the inbox of whoever may let it out: those who lead its owner's team, or, where
 * nobody does but who submitted it, those who answer for the whole firm.
 */
export async function askForRelease(uow: UnitOfWork, now: Current): Promise<void> {
  const { quotation } = now
  const able = (await everybodyWho(uow.db, 'deals.write')).filter(
    ({ userId, reach, scope }) =>
      userId !== uow.actor.userId && answersForOthers(reach) && inScope(scope, quotation.owner_id),
  )
  const leaders = able.filter(({ reach }) => reach === 'team')
  const t = makeTranslator((await readSetting(uow.db, 'preferences')).value.locale)
  const calendar = makeCalendar((await readSetting(uow.db, 'workCalendar')).value)
  for (const { userId } of leaders.length > 0 ? leaders : able) {
    await addTask(uow, {
      kind: 'other',
      title: t('quotations:waiting.task', { number: quotation.number }),
      ownerId: userId,
      dueDay: nextWorkday(calendar, uow.today).day,
      customerId: quotation.customer_id,
      source: sourceOf(now),
    })
  }
}

/** Nobody is asked any more: it went out, came back, or was given up. */
export const endAsking = (uow: UnitOfWork, now: Current, how: 'done' | 'dropped') =>
  closeTasksOf(uow, sourceOf(now), how)
