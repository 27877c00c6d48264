import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asMonth } from '#shared/kernel/dates.ts'
import { readTable } from '#workers/read-table.ts'
import { schemeItem, testSeats } from '#tests/helpers/appraisal.ts'
import { createTestCore, refusalOf, type TestCore, type TestPerson } from '#tests/helpers/test-core.ts'

const MAY = asMonth('2026-05')
const JUNE = asMonth('2026-06')
const SEATS = ['sales', 'sales_other', 'sales_manager', 'finance', 'hr', 'owner'] as const

let t: TestCore
const { as, sitDown, moveTo } = testSeats()

beforeAll(async () => {
  t = await createTestCore()
  await sitDown(t, SEATS)
  const body = {
    name: '业务员方案',
    roles: ['sales'],
    teamIds: [],
    items: [schemeItem('trainingHours', 10_000, 1_000)],
    grades: [
      { name: '优秀', from: 9_000, coefficient: 12_000, most: 2_000 },
      { name: '合格', from: 0, coefficient: 8_000, most: null },
    ],
  }
  await as('hr').performance.schemes.save({ id: null, version: null, fromMonth: MAY, body } as never)
  await as('hr').performance.saveEntry({
    month: MAY,
    userId: t.ids.sales,
    indicator: 'trainingHours',
    value: 1_000,
    note: '产品培训',
    evidence: '',
  } as never)
})
afterAll(() => t.close())

const setBase = (base: number, fromMonth = MAY, person: TestPerson = 'finance', userId = t.ids.sales) =>
  as(person).performance.bonus.setBase({ userId, fromMonth, base } as never)
const setDays = (days: number, person: TestPerson = 'sales_manager', userId = t.ids.sales) =>
  as(person).performance.bonus.setAbsence({ month: MAY, userId, days, reason: '事假' } as never)
const sheet = (person: TestPerson, month = MAY) => as(person).performance.bonus.sheet({ month })
const rowOf = async (person: TestPerson, month = MAY) =>
  (await sheet(person, month)).rows.find((one) => one.userId === t.ids.sales)
const codeOf = async (call: Promise<unknown>) => (await refusalOf(call)).code
const sheetsOf = async (person: TestPerson, jobId: string) => {
  const job = await t.core.deps.jobs.settled(jobId)
  const { bytes } = t.core.deps.files.readTemporary(t.ids[person], job.files[0]?.fileId ?? '')
  return (await readTable(bytes, 'a.xlsx')).sheets
}
const sheetNames = async (person: TestPerson) => {
  const { jobId } = await as(person).performance.workbook({ month: MAY })
  return (await sheetsOf(person, jobId)).map((one) => one.name)
}

describe('a bonus base', () => {
  it('is set by whoever answers for money or people, never for oneself, and keeps its history', async () => {
    for (const person of ['sales', 'sales_manager'] as const)
      expect(await codeOf(setBase(1, MAY, person))).toBe('FORBIDDEN')
    expect(await codeOf(setBase(1, MAY, 'finance', t.ids.finance))).toBe('NOT_FOUND')
    await setBase(250_000)
    await setBase(300_000, MAY, 'hr')
    await setBase(500_000, JUNE)
    const history = await as('owner').performance.bonus.history({ userId: t.ids.sales } as never)
    expect(history.map((one) => [one.base, one.fromMonth, one.replaced])).toEqual([
      [500_000, JUNE, false],
      [300_000, MAY, false],
      [250_000, MAY, true],
    ])
    expect(await rowOf('finance')).toMatchObject({ base: 300_000, baseFrom: MAY })
    expect(await rowOf('finance', JUNE)).toMatchObject({ base: 500_000, baseFrom: JUNE })
  })
})

describe('the bonus sheet', () => {
  it('counts base × coefficient × presence; days absent are entered by the superior, never by oneself', async () => {
    expect(await codeOf(setDays(100, 'sales'))).toBe('FORBIDDEN')
    expect(await codeOf(setDays(100, 'sales_manager', t.ids.sales_manager))).toBe('PERFORMANCE_OWN_FIGURE')
    await setDays(250)
    const row = (await rowOf('owner'))!
    expect(row).toMatchObject({ grade: '优秀', coefficient: 12_000, absent: 250, absentReason: '事假' })
    expect(row.presence).toBe(Math.round(((row.workdays - 2.5) / row.workdays) * 10_000))
    expect(row.bonus).toBe(Math.round((300_000 * 12_000 * row.presence) / 100_000_000))
    const { sum, without, rows, shares } = await sheet('owner')
    expect([sum, without]).toEqual([row.bonus, rows.length - 1])
    expect(shares[0]).toMatchObject({ grade: '优秀', count: 1, most: 2_000, over: true })
  })

  it('shows oneself, and to a superior the days of his people without amounts', async () => {
    const own = await sheet('sales')
    expect(own.rows.map((one) => one.userId)).toEqual([t.ids.sales])
    expect(own.rows[0]).toMatchObject({ base: 300_000, shown: true, mayBase: false, mayDays: false })
    expect([own.sum, own.shares]).toEqual([own.rows[0]!.bonus, []])
    expect((await sheet('sales_other')).rows.map((one) => one.userId)).toEqual([t.ids.sales_other])
    expect(await rowOf('sales_manager')).toMatchObject({
      absent: 250,
      base: null,
      baseFrom: null,
      bonus: null,
      shown: false,
      mayBase: false,
      mayDays: true,
    })
    expect((await sheet('sales_manager')).sum).toBe(0)
    for (const person of ['sales_manager', 'sales_other'] as const) {
      const asked = as(person).performance.bonus.history({ userId: t.ids.sales } as never)
      expect(await codeOf(asked)).toBe('NOT_FOUND')
    }
  })

  it('leaves the program with the amounts that the caller sees, and stands in the workbook of whoever sees all', async () => {
    const { jobId } = await as('finance').performance.bonus.export({ month: MAY })
    const [made] = await sheetsOf('finance', jobId)
    const row = (await rowOf('finance'))!
    expect(made!.rows.find((one) => one[0] === row.userName)?.at(-1)).toBe(String(row.bonus! / 100))
    expect(await sheetNames('owner')).toContain('奖金表')
    for (const person of ['sales', 'sales_manager'] as const) expect(await sheetNames(person)).not.toContain('奖金表')
  })
})

describe('a locked month', () => {
  it('keeps base, days and presence, whatever is set later', async () => {
    await moveTo('2026-06-03')
    const before = (await rowOf('owner'))!
    await as('hr').performance.lock({ month: MAY })
    expect(await codeOf(setBase(1))).toBe('PERFORMANCE_LOCKED')
    expect(await codeOf(setDays(100))).toBe('PERFORMANCE_LOCKED')
    await setBase(900_000, asMonth('2026-04'))
    await t.core.deps.store.write({ userId: null, roles: [], device: 'test' }, async (uow) => {
      await uow.db.updateTable('users').set({ left_day: '2026-05-10' }).where('id', '=', t.ids.sales).execute()
      await uow.audit({ action: 'people.update', entity: 'user', entityId: t.ids.sales })
    })
    expect(await rowOf('owner')).toEqual({ ...before, mayDays: false })
    expect((await rowOf('owner', JUNE))!.presence).toBe(0)
  })

  it('shows what a correction makes of a bonus beside what it was at the lock', async () => {
    const before = (await rowOf('owner'))!
    const { approvalId } = await as('hr').performance.correction.ask({
      month: MAY,
      userId: t.ids.sales,
      indicator: 'trainingHours',
      value: 500,
      reason: '漏记退课',
      evidence: '',
    } as never)
    const { version } = await as('owner').approvals.get({ id: approvalId as never })
    const action = { kind: 'approve', comment: '' }
    await as('owner').approvals.act({ id: approvalId, version, action } as never)
    const after = (await rowOf('owner'))!
    expect(after).toMatchObject({ grade: '合格', coefficient: 8_000, base: 300_000, lockedBonus: before.bonus })
    expect(after.bonus).toBe(Math.round((300_000 * 8_000 * before.presence) / 100_000_000))
  })
})
