import { sql } from 'kysely'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import { makeCalendar, nextWorkday } from '#shared/kernel/workdays.ts'
import { whatOf } from '#shared/modules/obligations/obligations.words.ts'
import type { CoreDeps } from '#core/kernel/deps.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { addTask } from '#core/modules/tasks/tasks.api.ts'
import type { Reader, Writer } from '#core/store/store.ts'

const AT_ONCE = 200
/** What was due longer ago than this when it was written down is asked of nobody. */
const ASKED_DAYS = 30
const NOBODY = { userId: null, roles: [], device: 'program', entry: 'obligations.remind' } as const

/**
 * Obligations whose owners are to be told: due within the firm's days, or late, and not told for this day yet. Where the
 * owner has left, whoever has the contract is. A delivery or an invoice that the order asks its owner for already is not
 * asked for twice.
 */
function untold(db: Reader | Writer, from: PlainDay, through: PlainDay) {
  return db
    .selectFrom('obligations as o')
    .innerJoin('contracts as c', 'c.id', 'o.contract_id')
    .innerJoin('users as owner', 'owner.id', 'o.owner_id')
    .innerJoin('users as holder', 'holder.id', 'o.contract_owner_id')
    .select(['o.id', 'o.kind', 'o.detail', 'o.due_day', 'c.number', 'c.buyer_name', 'c.customer_id'])
    .select(sql<string>`CASE owner.active WHEN 1 THEN owner.id ELSE holder.id END`.as('told_id'))
    .where('o.state', '=', 'open')
    .where('o.due_key', '>=', from)
    .where('o.due_key', '<=', through)
    .where(sql<boolean>`o.reminded_for <> o.due_day`)
    .where(sql<boolean>`(owner.active = 1 OR holder.active = 1)`)
    .where(
      sql<boolean>`NOT (o.kind IN ('delivery', 'invoice') AND EXISTS (
        SELECT 1 FROM orders
        JOIN tasks ON tasks.source_module = 'orders' AND tasks.source_id = orders.id AND tasks.state = 'open'
        WHERE orders.contract_id = o.contract_id AND tasks.owner_id = o.owner_id))`,
    )
    .orderBy('o.due_key')
    .orderBy('o.id')
    .limit(AT_ONCE)
    .execute()
}

/** Gives the owner of each a task, once for each day that it is due on. Gives how many. */
export async function remindOfObligations({ store, clock }: CoreDeps): Promise<number> {
  const today = clock.today()
  const { dueDays } = (await readSetting(store.read, 'contractReminders')).value
  const [from, through] = [addDays(today, -ASKED_DAYS), addDays(today, dueDays)]
  if ((await untold(store.read, from, through)).length === 0) return 0
  const t = makeTranslator((await readSetting(store.read, 'preferences')).value.locale)
  const calendar = makeCalendar((await readSetting(store.read, 'workCalendar')).value)
  return store.write(NOBODY, async (uow) => {
    const due = await untold(uow.db, from, through)
    for (const { id, told_id: ownerId, due_day: day, number, ...one } of due) {
      const dueDay = day as PlainDay
      await addTask(uow, {
        kind: 'other',
        title: t('obligations:task', { number, what: whatOf(t, one), buyer: one.buyer_name }),
        ownerId,
        dueDay: dueDay < today ? nextWorkday(calendar, today).day : dueDay,
        customerId: one.customer_id,
        source: { module: 'obligations', id },
      })
      await uow.db.updateTable('obligations').set({ reminded_for: dueDay }).where('id', '=', id).execute()
      await uow.audit({ action: 'obligations.remind', entity: 'obligation', entityId: id, after: { dueDay, ownerId } })
      uow.changed('obligations', id)
    }
    return due.length
  })
}
