import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, asDay } from '#shared/kernel/dates.ts'
import { emptyPlanLine } from '#shared/modules/contracts/contracts.draft.rules.ts'
import type { CoreClient } from '#core/start-core.ts'
import { makeCustomer, signContract } from '#tests/helpers/sample-trade.ts'
import { createTestCore, PASSWORD, refusalOf, TEST_NOW, type TestCore } from '#tests/helpers/test-core.ts'

const TODAY = asDay('2026-05-18')
const DAY_MS = 86_400_000

let t: TestCore
let sales: CoreClient
let finance: CoreClient
const ids: Record<'old' | 'young' | 'future', string> = { old: '', young: '', future: '' }

/** A signed contract of ¥64,550.08 whose one payment fell due so many days ago. */
async function owing(name: string, days: number): Promise<string> {
  const customerId = await makeCustomer(sales, name)
  await signContract(sales, customerId, {
    signDay: '2024-01-05',
    change: (fields) => {
      fields.plan = [
        {
          ...emptyPlanLine(),
          label: '货款',
          trigger: 'fixed',
          fixedDay: addDays(TODAY, -days),
          share: { kind: 'rest' },
        },
      ]
    },
  })
  return customerId
}

beforeAll(async () => {
  t = await createTestCore()
  sales = await t.as('sales')
  finance = await t.as('finance')
  ids.old = await owing('成都老账有限公司', 400)
  ids.young = await owing('重庆新账有限公司', 20)
  ids.future = await owing('贵阳未到期有限公司', -60)
})
afterAll(() => t.close())

async function moveTo(days: number): Promise<void> {
  t.clock.set(TEST_NOW + days * DAY_MS)
  // Sessions have ended by then.
  for (const person of ['sales', 'finance'] as const) {
    const seat = t.core.localClient({ device: person })
    await seat.session.logIn({ login: person, password: PASSWORD })
    if (person === 'sales') sales = seat
    else finance = seat
  }
}
const work = async (filters = {}) =>
  (await sales.dunning.work({ limit: 50, sort: { key: 'rank', dir: 'asc' }, filters })).rows
const names = async (filters = {}) => (await work(filters)).map((row) => row.customerName.slice(2, 4))
const theCase = (customerId: string) => sales.dunning.case({ customerId })
const call = (customerId: string, over: object = {}) =>
  sales.dunning.logContact({
    customerId,
    way: 'phone',
    day: t.core.deps.clock.today(),
    result: 'noPromise',
    person: '刘会计',
    reason: null,
    nextDay: null,
    promise: null,
    asStep: false,
    ...over,
  } as never)
const pay = async (customerId: string, amount: number, day: string) => {
  const { rows } = await finance.receivables.list({
    limit: 5,
    sort: { key: 'dueDay', dir: 'asc' },
    filters: { customerId: customerId as never },
  })
  return finance.receivables.receiptCreate({
    customerId: customerId as never,
    day: day as never,
    amount: amount as never,
    method: 'bank',
    allocations: [{ instalmentId: rows[0]!.id as never, amount: amount as never }],
  })
}

describe('the work list', () => {
  it('has a row a customer, most at risk first, with the next step', async () => {
    expect(await names()).toEqual(['老账', '新账', '未到'])
    const [old, young, future] = await work()
    // 70 % of what is more than a year late, 1 % of what is less than a month.
    expect(old).toMatchObject({ atRisk: 4_518_506, overdue: 6_455_008, maxDays: 400, action: 'send', kind: 'demand' })
    expect(young).toMatchObject({ atRisk: 64_550, maxDays: 20, action: 'send', tier: 'today' })
    expect(future).toMatchObject({ atRisk: 0, overdue: 0, tier: 'waiting', action: 'wait', nextDay: '2026-07-10' })
    const sums = await sales.dunning.workSummary({ filters: {} })
    expect(sums).toMatchObject({ count: 3, outstanding: 3 * 6_455_008, overdue: 2 * 6_455_008, today: 2, broken: 0 })
    expect(await names({ today: false })).toEqual(['未到'])
    expect(await names({ overdueFrom: 6_455_009 })).toEqual([])
  })

  it('is everybody’s own', async () => {
    const other = await t.as('sales_other')
    expect((await other.dunning.work({ limit: 50, sort: { key: 'rank', dir: 'asc' }, filters: {} })).rows).toEqual([])
    expect((await refusalOf(other.dunning.case({ customerId: ids.old }))).code).toBe('NOT_FOUND')
    const away = { customerId: ids.old, way: 'phone', day: TODAY, result: 'noAnswer', reason: null, nextDay: null }
    const refused = await refusalOf(other.dunning.logContact({ ...away, promise: null, asStep: false } as never))
    expect(refused.code).toBe('NOT_FOUND')
  })

  it('tells what a customer owes, with interest and its basis', async () => {
    const found = await theCase(ids.old)
    expect(found.debts).toHaveLength(1)
    // 400 days at 0.05 % would be twice as much: the contract agrees on ten per cent at most.
    expect(found.debts[0]).toMatchObject({ outstanding: 6_455_008, daysOverdue: 400, interest: 645_501 })
    expect(found.debts[0]?.basis?.params).toMatchObject({ rate: '0.05%' })
    expect(found.next).toMatchObject({ action: 'send', level: 2, channels: ['email', 'ems'] })
    expect(found.ranked.map((one) => one.key)).toEqual(['dunning:rank.overdue'])
    expect(found.script).toContain('成都老账有限公司')
  })
})

describe('a call', () => {
  it('keeps the gap, and its promise is waited for', async () => {
    const promise = { amount: 1_000_000, payBy: addDays(TODAY, 4), promisedBy: '周总', note: '', instalmentIds: [] }
    await call(ids.old, { result: 'promised', reason: 'cashShort', promise })
    const [first] = await work()
    expect(first).toMatchObject({ customerName: '重庆新账有限公司' })
    expect((await work())[1]).toMatchObject({ promisedUntil: '2026-05-22', action: 'wait', nextDay: '2026-05-23' })
    const found = await theCase(ids.old)
    expect(found.promises[0]).toMatchObject({ state: 'open', paid: 0, lastDay: '2026-05-22' })
    expect([found.reason, found.contacts[0]?.person]).toEqual(['cashShort', '刘会计'])
    // A call of today is one conversation with the letter of today; a call of before keeps the gap.
    const today = await call(ids.young)
    expect((await theCase(ids.young)).next).toMatchObject({ action: 'send' })
    await sales.dunning.voidContact({ ...today, reason: '改期' })
    await call(ids.young, { day: addDays(TODAY, -1) })
    expect((await theCase(ids.young)).next).toMatchObject({ action: 'wait', day: '2026-05-25' })
  })

  it('that was entered wrongly is taken back', async () => {
    const entered = await call(ids.young, { reason: 'quality' })
    expect((await theCase(ids.young)).reason).toBe('quality')
    await sales.dunning.voidContact({ ...entered, reason: '记错客户' })
    expect((await theCase(ids.young)).reason).toBeNull()
    const { rows } = await sales.dunning.contacts({
      limit: 10,
      sort: { key: 'day', dir: 'desc' },
      filters: { customerId: ids.young as never },
    })
    expect(rows.map((row) => row.void?.reason ?? '')).toContain('记错客户')
    const again = await refusalOf(sales.dunning.voidContact({ id: entered.id, version: 1, reason: 'x' }))
    expect(again.code).toBe('DUNNING_VOID')
  })

  it('does not lie in the future, and promises only what the customer owes', async () => {
    expect((await refusalOf(call(ids.old, { day: addDays(TODAY, 1) }))).code).toBe('DUNNING_CONTACT_DAY')
    const [debt] = (await theCase(ids.young)).debts
    const promise = { amount: 1, payBy: TODAY, promisedBy: 'x', note: '', instalmentIds: [debt!.instalmentId] }
    expect((await refusalOf(call(ids.old, { result: 'promised', promise }))).code).toBe('DUNNING_NOT_OWED')
    expect((await refusalOf(call(ids.old, { result: 'promised' }))).code).toBe('VALIDATION')
  })
})

describe('a promise', () => {
  it('that was broken stands on top, whatever is at risk', async () => {
    await moveTo(7)
    expect((await theCase(ids.old)).promises[0]).toMatchObject({ state: 'broken' })
    expect((await work())[0]).toMatchObject({ customerName: '成都老账有限公司', tier: 'brokenToday', broken: 1 })
    expect(await names({ broken: true })).toEqual(['老账'])
  })

  it('is partly kept by money that came in time, and is broken again where that is reversed', async () => {
    const receipt = await pay(ids.old, 400_000, '2026-05-22')
    expect((await theCase(ids.old)).promises[0]).toMatchObject({ state: 'partly', paid: 400_000 })
    await finance.receivables.reverse({
      id: receipt.id,
      version: receipt.version,
      day: '2026-05-25' as never,
      reason: '退票',
    })
    expect((await theCase(ids.old)).promises[0]).toMatchObject({ state: 'broken', paid: 0 })
  })

  it('is told of once: whoever called since has said so', async () => {
    await call(ids.old)
    expect((await work()).find((row) => row.customerId === ids.old)?.tier).toBe('today')
  })

  it('is withdrawn only while it runs', async () => {
    const [broken] = (await theCase(ids.old)).promises
    const asked = { id: broken!.id, version: broken!.version, reason: '改期' }
    expect((await refusalOf(sales.dunning.withdrawPromise(asked))).code).toBe('DUNNING_PROMISE_STATE')
    const promise = { amount: 500, payBy: '2026-05-29', promisedBy: '周总', note: '', instalmentIds: [] }
    await call(ids.young, { result: 'promised', promise })
    const [open] = (await theCase(ids.young)).promises
    await sales.dunning.withdrawPromise({ id: open!.id, version: open!.version, reason: '改期' })
    expect((await theCase(ids.young)).promises[0]).toMatchObject({ state: 'withdrawn' })
    const sums = await sales.dunning.promisesSummary({ filters: {} })
    expect(sums).toEqual({ count: 2, amount: 1_000_500, paid: 0 })
  })
})

describe('how a customer is dunned', () => {
  it('is kept with trust and a note, and refused where somebody else was first', async () => {
    const settings = { customerId: ids.young, version: null, trust: 'bad', language: null, note: '两次失信' }
    expect(await sales.dunning.saveCase(settings as never)).toEqual({ version: 0 })
    expect((await theCase(ids.young)).settings).toMatchObject({ version: 0, trust: 'bad', note: '两次失信' })
    expect((await refusalOf(sales.dunning.saveCase(settings as never))).code).toBe('STALE')
  })

  it('leaves one payment out until a day', async () => {
    const [debt] = (await theCase(ids.young)).debts
    const instalmentId = debt!.instalmentId
    await sales.dunning.leaveOut({ instalmentId, reason: '等待验收', untilDay: null } as never)
    expect((await theCase(ids.young)).next.action).toBe('none')
    expect((await theCase(ids.young)).debts[0]?.leftOut).toEqual({ reason: '等待验收', untilDay: null })
    await sales.dunning.takeIn({ instalmentId } as never)
    expect((await theCase(ids.young)).next.action).toBe('send')
  })

  it('changes with the policy from the day on which an edition holds', async () => {
    const { policy, version, validFrom } = await finance.dunning.policy({})
    expect([version, validFrom]).toEqual([0, ''])
    const past = { policy, version, validFrom: '2026-05-01' }
    expect((await refusalOf(finance.dunning.savePolicy(past as never))).code).toBe('DUNNING_POLICY_DAY')
    const levels = policy.levels.map((level) => (level.kind === 'reminder' ? { ...level, days: -40 } : level))
    await finance.dunning.savePolicy({ policy: { ...policy, levels }, version, validFrom: '2026-05-26' } as never)
    expect((await theCase(ids.future)).next).toMatchObject({ action: 'wait', day: '2026-07-10' })
    await moveTo(8)
    expect((await theCase(ids.future)).next.day).toBe('2026-06-08')
  })
})

it('every list is exported under its own name', async () => {
  const asked = { filters: {}, format: 'csv' } as const
  const started = [
    await finance.dunning.workExport({ ...asked, sort: { key: 'rank', dir: 'asc' } }),
    await finance.dunning.contactsExport({ ...asked, sort: { key: 'day', dir: 'asc' } }),
    await finance.dunning.promisesExport({ ...asked, sort: { key: 'payBy', dir: 'asc' } }),
  ]
  const jobs = await Promise.all(started.map(({ jobId }) => t.core.deps.jobs.settled(jobId)))
  expect(jobs.map((job) => job.files[0]?.name.split('_')[0])).toEqual(['催款工作台', '联系记录', '付款承诺'])
})
