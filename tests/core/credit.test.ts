import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import type { CoreClient } from '#core/start-core.ts'
import { sampleFields } from '#tests/helpers/sample-contract.ts'
import { payDebt, signDebts } from '#tests/helpers/sample-debts.ts'
import { makeCustomer, signContract } from '#tests/helpers/sample-trade.ts'
import { createTestCore, PASSWORD, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

let t: TestCore
let sales: CoreClient
let finance: CoreClient
let owner: CoreClient
let customerId: string

beforeAll(async () => {
  t = await createTestCore()
  sales = await t.as('sales')
  finance = await t.as('finance')
  owner = await t.as('owner')
  customerId = await makeCustomer(sales)
})
afterAll(() => t.close())

const card = async (api = finance, id = customerId) => api.credit.get({ customerId: id as never })
const version = async (id = customerId) => (await card(finance, id))?.version ?? null
const limit = async (amount: number, more: object = {}, id = customerId) =>
  finance.credit.setLimit({
    customerId: id,
    version: await version(id),
    limit: amount,
    days: 30,
    prepay: 2000,
    validTo: asDay('2026-12-31'),
    reason: '年度核定',
    ...more,
  } as never)
const policy = async (change: object) => {
  const found = await owner.credit.policy.read({})
  await owner.credit.policy.save({ value: { ...found.value, ...change }, version: found.version } as never)
}
const codes = async (api = sales, id = customerId) =>
  (await api.contracts.check(sampleFields(id)))
    .filter((one) => one.code.startsWith('credit'))
    .map((one) => `${one.severity}:${one.code}`)

describe('a limit', () => {
  it('is set by finance with a reason, scored from what is on record, and kept with what it was before', async () => {
    expect(await card()).toBeNull()
    const made = await limit(10_000_000)
    expect(made.approvalId).toBeNull()
    expect(await card(sales)).toMatchObject({
      limit: 10_000_000,
      days: 30,
      state: 'ok',
      exposure: 0,
      room: 10_000_000,
      history: [
        { kind: 'limit', before: { limit: null }, after: { limit: 10_000_000 }, reason: '年度核定', byName: '赵会计' },
      ],
    })
    expect((await card())!.reasons.map((one) => one.criterion)).toHaveLength(7)
    const stale = finance.credit.setHold({ customerId, version: null, hold: true, reason: '停' } as never)
    expect((await refusalOf(stale)).code).toBe('STALE')
    const asked = { customerId, version: 0, limit: 1, days: null, prepay: null, validTo: null, reason: '改' } as never
    expect((await refusalOf(sales.credit.setLimit(asked))).code).toBe('FORBIDDEN')
  })

  it('from the firm’s amount on needs a second person', async () => {
    const made = await limit(30_000_000)
    expect(made.approvalId).not.toBeNull()
    expect(await card()).toMatchObject({ limit: 10_000_000, asked: { limit: 30_000_000, byName: '赵会计' } })
    expect((await refusalOf(limit(40_000_000))).code).toBe('CREDIT_ASKED')
    const approval = await owner.approvals.get({ id: made.approvalId as never })
    await owner.approvals.act({
      id: approval.id,
      version: approval.version,
      action: { kind: 'approve', comment: '' },
    } as never)
    expect(await card()).toMatchObject({ limit: 30_000_000, asked: null, history: [{ byName: '赵会计' }, {}] })
    const mine = owner.credit.setLimit({
      customerId,
      version: (await version())!,
      limit: 50_000_000,
      days: null,
      prepay: null,
      validTo: null,
      reason: '自批',
    } as never)
    expect((await refusalOf(mine)).code).toBe('APPROVAL_NOBODY')
  })

  it('takes the register and the way of paying into the score', async () => {
    const own = await makeCustomer(sales, '雅安青衣江机械有限公司')
    const { debts } = await signDebts(sales, own, ['2026-02-01', '2026-04-01'])
    await payDebt(finance, debts[0]!, debts[0]!.outstanding, '2026-02-21')
    await finance.credit.score({ customerId: own as never })
    const before = (await card(finance, own))!
    expect(before.facts).toMatchObject({
      averageDelay: 200,
      brokenPromises: 0,
      disputes: 0,
      overdueShare: 10_000,
      years: 0,
    })
    expect(before).toMatchObject({ overdue: 3_227_504, maxDaysOverdue: 47, state: 'noLimit' })
    await finance.credit.setRegistration({
      customerId: own,
      version: before.version,
      registration: 'abnormal',
      day: asDay('2026-05-15'),
      note: '国家企业信用信息公示系统',
    } as never)
    expect(await card(finance, own)).toMatchObject({
      grade: 'D',
      registration: 'abnormal',
      registrationDay: '2026-05-15',
    })
  })
})

describe('the check', () => {
  it('warns a draft that goes beyond the limit, or stops it where the firm says so; others learn nothing', async () => {
    const own = await makeCustomer(sales, '眉山岷江铸造有限公司')
    await limit(5_000_000, {}, own)
    expect(await codes(sales, own)).toEqual(['warning:credit_over'])
    await policy({ atDraft: 'block' })
    expect(await codes(sales, own)).toEqual(['error:credit_over'])
    const refused = await refusalOf(signContract(sales, own))
    expect(refused).toMatchObject({ code: 'CONTRACT_INCOMPLETE' })
    await policy({ atDraft: 'off' })
    expect(await codes(sales, own)).toEqual([])
    await policy({ atDraft: 'warn' })
    expect(await codes(await t.as('sales_other'), own)).toEqual([])
    const check = await sales.credit.check({ customerId: own as never, amount: 100 as never })
    expect(check).toMatchObject({ verdict: 'ok', blocked: false, mode: 'warn' })
  })

  it('stops goods from leaving until somebody who may has released them, with the reason on record', async () => {
    const own = await makeCustomer(sales, '资阳沱江车辆有限公司')
    const contract = await signContract(sales, own, { signDay: '2026-05-04' })
    const order = (await sales.orders.ofContract({ contractId: contract.id as never }))!
    const deliver = async (api = sales, creditReason = '') => {
      const now = await api.orders.get({ id: order.id as never })
      const part = { lineId: now.lines[0]!.id, quantity: 1000 }
      return api.orders.deliver({
        id: now.id,
        version: now.version,
        day: asDay('2026-05-18'),
        note: '',
        parts: [part],
        creditReason,
      } as never)
    }
    await deliver()
    await limit(10_000_000, {}, own)
    const hold = { customerId: own, version: await version(own), hold: true, reason: '两次失约' } as never
    await finance.credit.setHold(hold)
    const refused = await refusalOf(deliver(sales, '客户急用'))
    expect(refused).toMatchObject({
      code: 'CREDIT_BLOCKED',
      data: { may: false, reasons: [{ key: 'receivables:credit.hold', params: { reason: '两次失约' } }, {}] },
    })
    expect(await sales.credit.order({ orderId: order.id as never })).toMatchObject({ stops: true, release: null })
    await finance.credit.release({ orderId: order.id as never, untilDay: asDay('2026-05-20'), reason: '已收承兑' })
    await deliver()
    expect(await sales.credit.order({ orderId: order.id as never })).toMatchObject({
      stops: false,
      release: { untilDay: '2026-05-20', reason: '已收承兑', byName: '赵会计' },
    })
    const second = await signContract(sales, own, { signDay: '2026-05-04' })
    const other = (await sales.orders.ofContract({ contractId: second.id as never }))!
    const now = await owner.orders.get({ id: other.id as never })
    await owner.orders.deliver({
      id: now.id,
      version: now.version,
      day: asDay('2026-05-18'),
      note: '',
      parts: [{ lineId: now.lines[0]!.id, quantity: 1000 }],
      creditReason: '总经理特批',
    } as never)
    const log = (await card(finance, own))!.history.filter((one) => one.kind === 'release')
    expect(log.map((one) => [one.reason, one.byName])).toEqual([
      ['总经理特批', '林总'],
      ['已收承兑', '赵会计'],
    ])
  })
})

describe('the list', () => {
  it('filters by grade and state, sums, and shows each only his own', async () => {
    const page = { limit: 50, sort: { key: 'limit', dir: 'desc' } } as const
    const held = await finance.credit.list({ ...page, filters: { state: 'held' } } as never)
    expect(held.rows.map((row) => row.customerName)).toEqual(['资阳沱江车辆有限公司'])
    const all = await finance.credit.summary({ filters: {} } as never)
    expect(all).toMatchObject({ count: 4, held: 1, limit: 45_000_000 })
    let shown = 0
    for (const state of ['ok', 'exceeded', 'held', 'expired', 'noLimit'] as const) {
      const { rows } = await finance.credit.list({ ...page, filters: { state } } as never)
      expect(rows.every((row) => row.state === state)).toBe(true)
      shown += rows.length
    }
    expect(shown).toBe(4)
    expect((await (await t.as('sales_other')).credit.list({ ...page, filters: {} } as never)).rows).toEqual([])
  })
})

describe('time', () => {
  it('treats a limit whose time is over as none, and stops for what is too long overdue if the firm wants that', async () => {
    const own = await makeCustomer(sales, '攀枝花二滩电机有限公司')
    await signDebts(sales, own, ['2026-02-01'])
    await limit(10_000_000, { validTo: asDay('2026-05-18') }, own)
    const check = { customerId: own as never, amount: 0 as never }
    expect((await finance.credit.check(check)).reasons.map((one) => one.key)).toEqual(['receivables:credit.overdue'])
    t.clock.set(Date.parse('2026-05-19T02:00:00Z'))
    finance = t.core.localClient({ device: 'finance' })
    await finance.session.logIn({ login: 'finance', password: PASSWORD })
    owner = t.core.localClient({ device: 'owner' })
    await owner.session.logIn({ login: 'owner', password: PASSWORD })
    expect(await card(finance, own)).toMatchObject({ state: 'expired' })
    expect((await finance.credit.check(check)).reasons.map((one) => one.key)).toEqual([
      'credit:expired',
      'receivables:credit.overLimit',
      'receivables:credit.overdue',
    ])
    await policy({ holdFromDays: 90 })
    const late = await finance.credit.check(check)
    expect(late).toMatchObject({ blocked: true })
    expect(late.reasons.map((one) => one.key)).toContain('receivables:credit.overdueHold')
    await policy({ holdFromDays: null })
    expect((await refusalOf(limit(1, { validTo: asDay('2026-05-17') }, own))).code).toBe('CREDIT_VALID_TO')
  })
})
