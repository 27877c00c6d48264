import { afterAll, beforeAll, expect, it } from 'vitest'
import { asMonth } from '#shared/kernel/dates.ts'
import { openAppraisal } from '#core/modules/performance/performance.api.ts'
import { schemeItem, testSeats } from '#tests/helpers/appraisal.ts'
import { createTestCore, type TestCore, type TestPerson } from '#tests/helpers/test-core.ts'

const MAY = asMonth('2026-05')
const SEATS = ['sales', 'sales_other', 'sales_manager', 'hr', 'owner'] as const
const MARKS = { teamwork: 4, reliability: 4, skill: 4, service: 4 }

let t: TestCore
const { as, sitDown, moveTo } = testSeats()
const tasksOf = async (person: TestPerson) => {
  const rows = await t.core.deps.store.read
    .selectFrom('tasks')
    .select(['title', 'first_due_day'])
    .where('owner_id', '=', t.ids[person])
    .where('state', '=', 'open')
    .execute()
  return rows.map((row) => `${row.title} ${row.first_due_day}`).toSorted()
}

beforeAll(async () => {
  t = await createTestCore()
  await sitDown(t, SEATS)
  const items = [schemeItem('visits', 5_000, 10), schemeItem('review360', 5_000, 500)]
  const body = { name: '业务员方案', roles: ['sales'], teamIds: [], items, grades: [] }
  await as('hr').performance.schemes.save({ id: null, version: null, fromMonth: MAY, body } as never)
})
afterAll(() => t.close())

it('asks for nothing of a month that is locked', async () => {
  await moveTo('2026-06-01')
  await as('hr').performance.lock({ month: MAY, despiteAppeals: true })
  expect(await openAppraisal(t.core.deps)).toBe(0)
})

it('asks from the 1st on for results, ratings and the lock, each once, due on the day of the lock', async () => {
  await moveTo('2026-07-01')
  const made = await openAppraisal(t.core.deps)
  expect(await openAppraisal(t.core.deps)).toBe(0)
  // The 10th of July is a Friday.
  expect(await tasksOf('sales')).toEqual(['请完成 2026-06 考核自评 2026-07-10', '请确认 2026-06 考核结果 2026-07-10'])
  const manager = await tasksOf('sales_manager')
  expect(manager[0]).toMatch(/^2026-06 考核：请评价 .+ 2026-07-10$/)
  expect(manager.at(-1)).toBe('请确认 2026-06 考核结果 2026-07-10')
  for (const person of ['hr', 'owner'] as const) {
    expect(await tasksOf(person)).toEqual(['请核对并锁定 2026-06 考核 2026-07-10'])
  }
  const all = await t.core.deps.store.read.selectFrom('tasks').select('id').where('state', '=', 'open').execute()
  expect(all).toHaveLength(made)
})

it('is done by rating, and over with the lock', async () => {
  const about = { month: asMonth('2026-06'), marks: MARKS, comment: '' }
  await as('sales').performance.review.rate({ ...about, userId: t.ids.sales } as never)
  expect(await tasksOf('sales')).toEqual(['请确认 2026-06 考核结果 2026-07-10'])
  const before = (await tasksOf('sales_manager')).length
  await as('sales_manager').performance.review.rate({ ...about, userId: t.ids.sales } as never)
  expect(await tasksOf('sales_manager')).toHaveLength(before - 1)
  await as('owner').performance.lock({ month: asMonth('2026-06') })
  for (const person of SEATS) expect(await tasksOf(person)).toEqual([])
  expect(await openAppraisal(t.core.deps)).toBe(0)
})
