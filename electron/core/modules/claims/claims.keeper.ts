import { makeTranslator } from '#shared/i18n/translate.ts'
import { addMonths, type PlainDay } from '#shared/kernel/dates.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { makeCalendar, nextWorkday } from '#shared/kernel/workdays.ts'
import { alarmDays } from '#shared/modules/receivables/receivables.limitation.rules.ts'
import type { CoreDeps } from '#core/kernel/deps.ts'
import { makeScope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { isActiveUser } from '#core/modules/people/people.api.ts'
import { addTask, closeTasksOf } from '#core/modules/tasks/tasks.api.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { recount } from './claims.clock.ts'
import { listPlans } from './claims.plans.repo.ts'

/** The program itself. */
const NOBODY = { userId: null, roles: [], device: 'program', entry: 'claims.keep' } as const
const AT_ONCE = 2000

interface Near {
  readonly customerId: string
  readonly customerName: string
  readonly ownerId: string
  readonly endDay: PlainDay
  readonly count: number
  readonly amount: number
}

/** Whose debts of a customer come to the end of their limitation by a day, the nearest of them first. */
async function nearEnds(db: Reader | Writer, today: PlainDay, farthest: PlainDay): Promise<Near[]> {
  const rows = await db
    .selectFrom('receivable_instalments as i')
    .innerJoin('customers as c', 'c.id', 'i.customer_id')
    .select(['i.customer_id', 'i.owner_id', 'c.name'])
    .select((eb) => [
      eb.fn.min('i.limitation_day').as('day'),
      eb.fn.countAll<number>().as('count'),
      eb.fn.sum<number>('i.outstanding').as('amount'),
    ])
    .where('i.outstanding', '>', 0)
    .where('i.limitation_day', '>=', today)
    .where('i.limitation_day', '<=', farthest)
    .groupBy(['i.customer_id', 'i.owner_id'])
    .execute()
  return rows.map((row) => ({
    customerId: row.customer_id,
    customerName: row.name,
    ownerId: row.owner_id,
    endDay: row.day as PlainDay,
    count: Number(row.count),
    amount: Number(row.amount),
  }))
}

const sourceOf = (customerId: string, ownerId: string) =>
  ({ module: 'limitation', id: `${customerId}:${ownerId}` }) as const

/**
 * Warns each owner of the debts whose limitation comes to its end, customer by customer: at every alarm of the firm's,
 * once, and again where another day has become the nearest; what is no longer near is taken back. Gives how many tasks
 * were made.
 */
export async function warnOfLimitation({ store, clock }: CoreDeps): Promise<number> {
  const today = clock.today()
  const { alarms } = (await readSetting(store.read, 'claims')).value
  const near = await nearEnds(store.read, today, addMonths(today, Math.max(...alarms)))
  const told = await store.read.selectFrom('limitation_alarms').selectAll().execute()
  const known = new Map(told.map((row) => [`${row.customer_id}:${row.owner_id}`, row]))
  const due = near.flatMap((one) => {
    const months = alarmDays(one.endDay, alarms).findLast(({ day }) => day <= today)?.months
    if (months === undefined) return []
    const before = known.get(`${one.customerId}:${one.ownerId}`)
    return before?.months === months && before.end_day === one.endDay ? [] : [{ ...one, months }]
  })
  const here = new Set(near.map((one) => `${one.customerId}:${one.ownerId}`))
  const over = told.filter((row) => !here.has(`${row.customer_id}:${row.owner_id}`))
  if (due.length === 0 && over.length === 0) return 0
  const t = makeTranslator((await readSetting(store.read, 'preferences')).value.locale)
  const calendar = makeCalendar((await readSetting(store.read, 'workCalendar')).value)
  return store.write(NOBODY, async (uow) => {
    for (const row of over) await forget(uow, row.customer_id, row.owner_id)
    let made = 0
    for (const one of due) {
      await closeTasksOf(uow, sourceOf(one.customerId, one.ownerId), 'dropped')
      await remember(uow, one)
      if (!(await isActiveUser(uow.db, one.ownerId))) continue
      await addTask(uow, {
        kind: 'other',
        title: t('claims:tasks.limitation', {
          name: one.customerName,
          months: one.months,
          day: one.endDay,
          count: one.count,
          amount: formatYuan(one.amount),
        }),
        ownerId: one.ownerId,
        dueDay: nextWorkday(calendar, today).day,
        customerId: one.customerId,
        source: sourceOf(one.customerId, one.ownerId),
      })
      made += 1
    }
    await uow.audit({
      action: 'claims.warn',
      entity: 'limitation',
      entityId: today,
      after: { tasks: made, over: over.length },
    })
    return made
  })
}

async function remember(uow: UnitOfWork, one: Near & { readonly months: number }): Promise<void> {
  const row = { months: one.months, end_day: one.endDay, told_at: uow.now }
  await uow.db
    .insertInto('limitation_alarms')
    .values({ customer_id: one.customerId, owner_id: one.ownerId, ...row })
    .onConflict((oc) => oc.columns(['customer_id', 'owner_id']).doUpdateSet(row))
    .execute()
}

async function forget(uow: UnitOfWork, customerId: string, ownerId: string): Promise<void> {
  await closeTasksOf(uow, sourceOf(customerId, ownerId), 'done')
  await uow.db
    .deleteFrom('limitation_alarms')
    .where('customer_id', '=', customerId)
    .where('owner_id', '=', ownerId)
    .execute()
}

/** Counts clocks that were never counted: debts of a file that is older than they are. Gives how many. */
export async function countNewClocks({ store }: CoreDeps): Promise<number> {
  const query = (db: Reader | Writer) =>
    db
      .selectFrom('receivable_instalments')
      .select('id')
      .where('outstanding', '>', 0)
      .where('due_day', 'is not', null)
      .where('limitation_day', 'is', null)
      .orderBy('due_key')
      .limit(AT_ONCE)
      .execute()
  if ((await query(store.read)).length === 0) return 0
  return store.write(NOBODY, async (uow) => {
    const ids = (await query(uow.db)).map((row) => row.id)
    await recount(uow, ids)
    await uow.audit({
      action: 'claims.recount',
      entity: 'limitation',
      entityId: uow.today,
      after: { count: ids.length },
    })
    return ids.length
  })
}

/** Tells the owners of customers whose repayment plans are not kept, once for each part that is late. Gives how many. */
export async function tellBrokenPlans({ store, clock }: CoreDeps): Promise<number> {
  const today = clock.today()
  const asked = { scope: makeScope.all(), today, filters: { stage: 'broken' as const } }
  const { rows } = await listPlans(store.read, asked, {
    sort: { key: 'day', dir: 'asc' },
    cursor: null,
    limit: AT_ONCE,
  })
  if (rows.length === 0) return 0
  const t = makeTranslator((await readSetting(store.read, 'preferences')).value.locale)
  const calendar = makeCalendar((await readSetting(store.read, 'workCalendar')).value)
  const news: { row: (typeof rows)[number]; late: number; ownerId: string }[] = []
  for (const row of rows) {
    const lines = await store.read
      .selectFrom('repayment_lines')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('plan_id', '=', row.id)
      .where('due_day', '<', today)
      .executeTakeFirstOrThrow()
    const plan = await store.read
      .selectFrom('repayment_plans as p')
      .innerJoin('customers as c', 'c.id', 'p.customer_id')
      .select(['p.broken_told', 'p.created_by', 'c.owner_id'])
      .where('p.id', '=', row.id)
      .executeTakeFirstOrThrow()
    const late = Number(lines.count)
    if (late > plan.broken_told) news.push({ row, late, ownerId: plan.owner_id ?? plan.created_by })
  }
  if (news.length === 0) return 0
  return store.write(NOBODY, async (uow) => {
    for (const { row, late, ownerId } of news) {
      await uow.db.updateTable('repayment_plans').set({ broken_told: late }).where('id', '=', row.id).execute()
      if (await isActiveUser(uow.db, ownerId)) {
        await addTask(uow, {
          kind: 'other',
          title: t('claims:tasks.broken', { number: row.number, name: row.customerName, amount: formatYuan(row.late) }),
          ownerId,
          dueDay: nextWorkday(calendar, today).day,
          customerId: row.customerId,
          source: { module: 'plans', id: row.id },
        })
      }
      await uow.audit({
        action: 'claims.planBroken',
        entity: 'repaymentPlan',
        entityId: row.id,
        after: { late: row.late },
      })
      uow.changed('claims', row.id)
    }
    return news.length
  })
}
