import { makeTranslator } from '#shared/i18n/translate.ts'
import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import { addWorkdays, makeCalendar, nextWorkday } from '#shared/kernel/workdays.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { activeUsersWithRole, isActiveUser } from '#core/modules/people/people.api.ts'
import { addTask } from '#core/modules/tasks/tasks.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'

/** Signed longer ago than this, a contract is entered for the record and sets nothing in motion. */
const FRESH_DAYS = 30
const INVOICE_WORKDAYS = 3
const ARCHIVE_WORKDAYS = 5
const DELIVERY_WORKDAYS = 10

export interface OrderToDo {
  readonly id: string
  readonly number: string
  readonly contractNumber: string
  readonly buyerName: string
  readonly customerId: string
  readonly ownerId: string
  readonly signDay: string
  readonly deliveryDay: string | null
}

/**
 * What the departments do for a signed contract: its owner sees to the delivery by its day, finance prepares the
 * invoice, those who review contracts file the signed copy.
 */
export async function askDepartments(uow: UnitOfWork, order: OrderToDo): Promise<void> {
  if (order.signDay < addDays(uow.today, -FRESH_DAYS)) return
  const t = makeTranslator((await readSetting(uow.db, 'preferences')).value.locale)
  const calendar = makeCalendar((await readSetting(uow.db, 'workCalendar')).value)
  const within = (days: number): PlainDay => addWorkdays(calendar, uow.today, days).day
  const delivery = order.deliveryDay === null ? within(DELIVERY_WORKDAYS) : (order.deliveryDay as PlainDay)
  const owner = (await isActiveUser(uow.db, order.ownerId)) ? [{ id: order.ownerId }] : []
  const asked = [
    { what: 'deliver', people: owner, dueDay: nextWorkday(calendar, delivery < uow.today ? uow.today : delivery).day },
    { what: 'invoice', people: await activeUsersWithRole(uow.db, ['finance']), dueDay: within(INVOICE_WORKDAYS) },
    { what: 'archive', people: await activeUsersWithRole(uow.db, ['reviewer']), dueDay: within(ARCHIVE_WORKDAYS) },
  ] as const
  for (const { what, people, dueDay } of asked) {
    for (const { id } of people) {
      await addTask(uow, {
        kind: 'other',
        title: t(`orders:tasks.${what}`, { number: order.contractNumber, buyer: order.buyerName }),
        ownerId: id,
        dueDay,
        customerId: order.customerId,
        source: { module: 'orders', id: order.id },
      })
    }
  }
}
