import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asMonth } from '#shared/kernel/dates.ts'
import { readTable } from '#workers/read-table.ts'
import { schemeItem, testSeats } from '#tests/helpers/appraisal.ts'
import { createTestCore, refusalOf, type TestCore, type TestPerson } from '#tests/helpers/test-core.ts'

const MAY = asMonth('2026-05')
const SEATS = ['sales', 'sales_other', 'sales_manager', 'hr', 'owner'] as const

let t: TestCore
const { as, sitDown, moveTo } = testSeats()

beforeAll(async () => {
  t = await createTestCore()
  await sitDown(t, SEATS)
  const body = {
    name: '业务员方案',
    roles: ['sales'],
    teamIds: [],
    items: [schemeItem('trainingHours', 5_000, 1_000), schemeItem('review360', 5_000, 500)],
    grades: [
      { name: '优秀', from: 9_000, coefficient: 12_000 },
      { name: '合格', from: 0, coefficient: 10_000 },
    ],
  }
  await as('hr').performance.schemes.save({ id: null, version: null, fromMonth: MAY, body } as never)
  await enter(800)
  await as('sales_manager').performance.review.propose({
    month: MAY,
    userId: t.ids.sales,
    raterIds: [t.ids.sales_other],
  } as never)
})
afterAll(() => t.close())

const enter = (value: number) =>
  as('hr').performance.saveEntry({
    month: MAY,
    userId: t.ids.sales,
    indicator: 'trainingHours',
    value,
    note: '产品培训',
    evidence: '',
  } as never)
const mine = async (person: TestPerson = 'sales') =>
  (await as(person).performance.sheet({ month: MAY })).people.find((one) => one.userId === t.ids.sales)!
const calibrate = (points: number, person: TestPerson = 'owner', userId = t.ids.sales) =>
  as(person).performance.cycle.calibrate({ month: MAY, userId, points, reason: '带教新人' } as never)
const confirm = (total: number, person: TestPerson = 'sales') =>
  as(person).performance.cycle.confirm({ month: MAY, total })
const appeal = (over: object = {}, person: TestPerson = 'sales') =>
  as(person).performance.cycle.appeal({
    month: MAY,
    indicator: 'trainingHours',
    reason: '少记一次培训',
    ...over,
  } as never)
const answer = (id: string, over: object = {}, person: TestPerson = 'owner') =>
  as(person).performance.cycle.answer({ id, upheld: true, answer: '补记一次', points: null, ...over } as never)
const appeals = (person: TestPerson) => as(person).performance.cycle.appeals({ month: MAY })
const statement = () => as('hr').performance.cycle.statement({ month: MAY })
const tasksOf = async (person: TestPerson) => {
  const rows = await t.core.deps.store.read
    .selectFrom('tasks')
    .select('title')
    .where('owner_id', '=', t.ids[person])
    .where('state', '=', 'open')
    .execute()
  return rows.map((row) => row.title)
}
const codeOf = async (call: Promise<unknown>) => (await refusalOf(call)).code

describe('a month that goes on', () => {
  it('is neither calibrated nor agreed to, and says nothing of anybody', async () => {
    for (const call of [() => calibrate(100), () => confirm(8_000), appeal]) {
      expect(await codeOf(call())).toBe('PERFORMANCE_NOT_OVER')
    }
    expect((await mine()).standing).toBeUndefined()
    expect(await statement()).toEqual({ silent: [], late: [], appeals: 0 })
    await moveTo('2026-06-03')
  })
})

describe('calibration', () => {
  it('is for whoever locks the month, within the cap, and never his own', async () => {
    for (const person of ['sales', 'sales_manager'] as const)
      expect(await codeOf(calibrate(100, person))).toBe('FORBIDDEN')
    expect(await codeOf(calibrate(100, 'owner', t.ids.owner))).toBe('PERFORMANCE_OWN_FIGURE')
    // The firm's cap is five points at first, and whatever it says later.
    expect(await codeOf(calibrate(501))).toBe('PERFORMANCE_CALIBRATION_CAP')
    const { value, version } = await as('owner').performance.policy.read({})
    await as('owner').performance.policy.save({ value: { ...value, calibrationCap: 0 }, version })
    expect(await codeOf(calibrate(1))).toBe('PERFORMANCE_CALIBRATION_CAP')
    await as('owner').performance.policy.save({ value, version: version + 1 })
    expect(await codeOf(calibrate(100, 'owner', t.ids.finance))).toBe('NOT_FOUND')
    expect(await codeOf(calibrate(2_001))).toBe('VALIDATION')
    expect((await mine()).total).toBe(8_000)
  })

  it('stands on a line of its own that the person sees, is changed and taken back', async () => {
    await calibrate(250)
    expect(await mine()).toMatchObject({ total: 8_250, calibration: { points: 250, reason: '带教新人' } })
    await calibrate(-100, 'hr')
    expect(await mine()).toMatchObject({ total: 7_900, calibration: { points: -100 } })
    await calibrate(0)
    expect((await mine()).calibration).toBeUndefined()
    await calibrate(200)
  })
})

describe('one’s own result', () => {
  it('is agreed to as it was seen; where it changes the word is asked for again', async () => {
    expect(await codeOf(confirm(8_000))).toBe('PERFORMANCE_OTHER_TOTAL')
    expect(await codeOf(confirm(8_200, 'hr'))).toBe('NOT_FOUND')
    await confirm(8_200)
    expect((await mine('owner')).standing).toEqual({ state: 'confirmed', day: '2026-06-03' })
    await enter(700)
    expect((await mine()).standing?.state).toBe('outdated')
    await confirm(7_200)
    expect((await mine()).standing?.state).toBe('confirmed')
  })

  it('may be appealed against; an owner has a task, and nobody of another team sees it', async () => {
    expect(await codeOf(appeal({ indicator: 'visits' }))).toBe('NOT_FOUND')
    const { id } = await appeal()
    expect(await codeOf(appeal())).toBe('PERFORMANCE_APPEALED')
    expect(await codeOf(confirm(7_200))).toBe('PERFORMANCE_APPEALED')
    expect(await tasksOf('owner')).toEqual([expect.stringContaining('2026-05 考核的申诉')])
    expect(await appeals('sales')).toMatchObject([{ id, state: 'open', reason: '少记一次培训' }])
    expect(await appeals('sales_manager')).toHaveLength(1)
    expect(await appeals('sales_other')).toEqual([])
    expect(await codeOf(answer(id, {}, 'sales'))).toBe('FORBIDDEN')
    expect(await codeOf(answer(id, { upheld: false, points: 100 }))).toBe('VALIDATION')
  })

  it('is answered with what is put right at once, stays on record, and is asked for again', async () => {
    const [open] = await appeals('owner')
    await answer(open!.id, { points: 300 })
    expect(await mine()).toMatchObject({ total: 7_300, standing: { state: 'answered' } })
    expect(await appeals('sales')).toMatchObject([{ state: 'upheld', answer: '补记一次', answeredDay: '2026-06-03' }])
    expect(await tasksOf('owner')).toEqual([])
    expect(await tasksOf('sales')).toEqual(['申诉已答复，请确认 2026-05 考核结果'])
    expect(await codeOf(answer(open!.id))).toBe('PERFORMANCE_ANSWERED')
    await confirm(7_300)
    expect(await tasksOf('sales')).toEqual([])
  })
})

describe('the lock', () => {
  it('says who has neither agreed nor rated, and reminds each once', async () => {
    const { silent, late, appeals: open } = await statement()
    expect(silent.map((one) => one.userId).toSorted()).toEqual([t.ids.sales_other, t.ids.sales_manager].toSorted())
    expect(late).toMatchObject([
      { raterId: t.ids.sales_other, userName: expect.any(String) },
      { reviewId: null, raterId: t.ids.sales },
      { reviewId: null, raterId: t.ids.sales_other },
    ])
    expect(open).toBe(0)
    const remind = () => as('hr').performance.cycle.remind({ month: MAY })
    expect(await codeOf(as('sales_manager').performance.cycle.remind({ month: MAY }))).toBe('FORBIDDEN')
    expect(await remind()).toEqual({ told: 5 })
    expect(await remind()).toEqual({ told: 0 })
    expect((await tasksOf('sales_other')).length).toBeGreaterThan(2)
  })

  it('goes past an open appeal only where that is said, and silence then counts as agreement', async () => {
    const { id } = await appeal({ indicator: null, reason: '总分偏低' }, 'sales_other')
    expect(await codeOf(as('hr').performance.lock({ month: MAY }))).toBe('PERFORMANCE_APPEALED')
    await as('hr').performance.lock({ month: MAY, despiteAppeals: true })
    const { people } = await as('owner').performance.sheet({ month: MAY })
    const stateOf = (person: TestPerson) => people.find((one) => one.userId === t.ids[person])?.standing?.state
    expect([stateOf('sales'), stateOf('sales_other'), stateOf('sales_manager')]).toEqual([
      'confirmed',
      'appealed',
      'silent',
    ])
    expect(await mine()).toMatchObject({ total: 7_300, calibration: { points: 300 } })
    for (const call of [() => calibrate(100), () => confirm(7_300), appeal, () => answer(id)]) {
      expect(await codeOf(call())).toBe('PERFORMANCE_LOCKED')
    }
    for (const person of SEATS) {
      expect((await tasksOf(person)).filter((title) => title.includes('考核'))).toEqual([])
    }
  })

  it('keeps calibration and what everybody said in the workbook', async () => {
    const { jobId } = await as('owner').performance.workbook({ month: MAY })
    const job = await t.core.deps.jobs.settled(jobId)
    const { bytes } = t.core.deps.files.readTemporary(t.ids.owner, job.files[0]?.fileId ?? '')
    const { sheets } = await readTable(bytes, 'x.xlsx')
    const texts = sheets.flatMap((sheet) => sheet.rows.map((row) => row.join('|')))
    expect(texts.some((row) => row.startsWith('校准（') && row.includes('补记一次') && row.includes('|3'))).toBe(true)
    for (const words of ['本人意见：已确认 2026-06-03', '本人意见：未确认，视为同意', '本人意见：锁定时申诉未答复']) {
      expect([words, texts.some((row) => row.startsWith(words))]).toEqual([words, true])
    }
  })
})
