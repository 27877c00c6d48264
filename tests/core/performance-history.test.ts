import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asMonth } from '#shared/kernel/dates.ts'
import type { CoreClient } from '#core/start-core.ts'
import { schemeItem, testSeats } from '#tests/helpers/appraisal.ts'
import { createTestCore, refusalOf, type TestCore, type TestPerson } from '#tests/helpers/test-core.ts'

const MONTHS = ['2026-05', '2026-06', '2026-07'].map(asMonth)

let t: TestCore
const { as, sitDown, moveTo } = testSeats()

/** Three locked months, in the second of which a point of calibration was given and a figure was corrected since. */
beforeAll(async () => {
  t = await createTestCore()
  await sitDown(t, ['hr', 'sales', 'sales_other', 'sales_manager', 'owner'])
  const hr = as('hr')
  const items = [schemeItem('trainingHours', 5_000, 1_000), schemeItem('examResult', 5_000, 100)]
  const body = { name: '培训', roles: ['sales'], teamIds: [], items, grades: [] }
  await hr.performance.schemes.save({ id: null, version: null, fromMonth: MONTHS[0], body } as never)
  await moveTo('2026-08-03')
  for (const [i, month] of MONTHS.entries()) {
    const entry = { month, userId: t.ids.sales, note: '登记', evidence: '' }
    await hr.performance.saveEntry({ ...entry, indicator: 'trainingHours', value: 500 + 100 * i } as never)
    if (i > 0) await hr.performance.saveEntry({ ...entry, indicator: 'examResult', value: 100 } as never)
    if (i === 1)
      await hr.performance.cycle.calibrate({ month, userId: t.ids.sales, points: 100, reason: '展会' } as never)
    await hr.performance.lock({ month })
  }
  const wanted = { month: MONTHS[1], userId: t.ids.sales, indicator: 'trainingHours', value: 1_000 }
  const { approvalId } = await hr.performance.correction.ask({ ...wanted, reason: '漏记', evidence: '' } as never)
  const owner = as('owner')
  const { version } = await owner.approvals.get({ id: approvalId as never })
  await owner.approvals.act({ id: approvalId, version, action: { kind: 'approve', comment: '已核' } } as never)
})
afterAll(() => t.close())

const read = (seat: CoreClient, person: TestPerson = 'sales') =>
  seat.performance.history({ userId: t.ids[person] as never })

describe('the history of a person', () => {
  it('is that of the sheets of its months, corrections and calibration marked, the latest month first', async () => {
    const { months, userName } = await read(as('sales'))
    expect(userName).toBe('张三')
    expect(months.map((one) => one.month)).toEqual(MONTHS.toReversed())
    for (const one of months) {
      const sheet = await as('sales').performance.sheet({ month: asMonth(one.month) })
      const [person] = sheet.people
      expect(one).toMatchObject({ total: person?.total, rank: person?.rank, standing: person?.standing })
      expect(one.rates.map((rate) => rate.rate)).toEqual(person?.indicators.map((result) => result.rate))
    }
    expect(months.map((one) => one.corrections)).toEqual([0, 1, 0])
    expect(months.map((one) => one.calibration)).toEqual([null, 100, null])
    expect(months[1]?.lockedTotal).toBeLessThan(months[1]?.total ?? 0)
    // No exam in the first month.
    expect(months[2]?.rates.map((one) => one.applicable)).toEqual([true, false])
  })

  it('is read by himself and whoever leads him, and is as if it were not there to everybody else', async () => {
    expect((await read(as('sales_manager'))).months).toHaveLength(3)
    expect((await refusalOf(read(as('sales_other')))).code).toBe('NOT_FOUND')
    expect((await refusalOf(read(as('sales'), 'sales_other'))).code).toBe('NOT_FOUND')
  })

  it('tells a place only where the firm lets him know it', async () => {
    const owner = as('owner')
    const { value, version } = await owner.performance.policy.read({})
    await owner.performance.policy.save({ value: { ...value, ranking: 'leaders' }, version })
    expect((await read(as('sales'))).months.map((one) => one.rank)).toEqual([null, null, null])
    expect((await read(owner)).months.map((one) => one.rank)).not.toContain(null)
  })
})
