import type { Insertable } from 'kysely'
import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import { newId } from '#core/kernel/ids.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import type { Tables } from '#core/store/tables.ts'
import type { RandomSource } from '#tests/helpers/valid-input.ts'
import { insertRows } from './bulk.ts'

interface Visited {
  readonly id: string
  readonly ownerId: string
}

/** So many visits with a report to some of these customers, on the days before today. */
export async function writeVisits(
  uow: UnitOfWork,
  random: RandomSource,
  customers: readonly Visited[],
  { count, today, spanDays }: { count: number; today: PlainDay; spanDays: number },
): Promise<void> {
  const rows: Insertable<Tables['visits']>[] = []
  for (let n = 0; n < count; n += 1) {
    const customer = random.pick(customers)
    const day = addDays(today, -1 - random.int(spanDays))
    const late = n % 9 === 0
    rows.push({
      id: newId(),
      customer_id: customer.id,
      user_id: customer.ownerId,
      day,
      channel: n % 4 === 0 ? 'phone' : 'visit',
      purpose: random.pick(['develop', 'negotiate', 'callBack', 'collect', 'service']),
      state: 'done',
      place: '',
      goal: '',
      result: '已谈供货与付款安排',
      next_step: '下周回访',
      reported_at: uow.now,
      report_day: late ? addDays(day, 9) : day,
      late: late ? 1 : 0,
      complete: n % 12 === 0 ? 0 : 1,
      version: 0,
      created_at: uow.now,
      updated_at: uow.now,
    } as Insertable<Tables['visits']>)
  }
  await insertRows(uow.db, 'visits', rows)
}
