import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import type { CoreClient } from '#core/start-core.ts'
import { debtsOf, payDebt, signDebts } from '#tests/helpers/sample-debts.ts'
import { makeCustomer } from '#tests/helpers/sample-trade.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

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

const debt = async (days: readonly string[] = ['2026-02-01'], options = {}) =>
  signDebts(sales, customerId, days, options)
const decide = async (approvalId: string, kind: 'approve' | 'reject' | 'return', by = owner) => {
  const { version } = await by.approvals.get({ id: approvalId as never })
  const action = kind === 'return' ? { kind, to: null, comment: '补充说明' } : { kind, comment: '不同意' }
  return by.approvals.act({ id: approvalId, version, action } as never)
}
const now = async (contractId: string) => (await debtsOf(finance, contractId))[0]!
const get = (id: string) => finance.claims.requests.get({ id: id as never })

describe('writing off', () => {
  const ask = (id: string, amount: number, api = finance) =>
    api.claims.requests.ask({
      kind: 'writeOff',
      lines: [{ instalmentId: id, amount }],
      reasonCode: 'small',
      reason: '尾差无法收回',
    } as never)

  it('is asked by one and carried out when another has approved it, as far as it is still owed', async () => {
    const { debts, id } = await debt()
    const [one] = debts as [(typeof debts)[number]]
    expect((await refusalOf(ask(one.id, one.outstanding + 1))).code).toBe('CLAIM_AMOUNT')
    const asked = await ask(one.id, 500_000)
    expect((await refusalOf(ask(one.id, 1))).code).toBe('CLAIM_ASKED')
    expect((await now(id)).outstanding).toBe(one.outstanding)
    await payDebt(finance, one, one.outstanding - 300_000, '2026-05-15')
    await decide(asked.approvalId, 'approve')
    expect(await now(id)).toMatchObject({ outstanding: 0, status: 'settled' })
    const view = await get(asked.id)
    expect(view).toMatchObject({ state: 'done', doneDay: '2026-05-18', approval: { outcome: 'approved' } })
    expect(view.lines[0]).toMatchObject({ amount: 500_000, booked: 300_000 })
    const back = { id: asked.id, version: view.version, reason: '客户又付款' } as never
    expect((await refusalOf(sales.claims.requests.reverse(back))).code).toBe('FORBIDDEN')
    await finance.claims.requests.reverse(back)
    expect(await now(id)).toMatchObject({ outstanding: 300_000, status: 'overdue' })
    expect((await get(asked.id)).state).toBe('reversed')
  })

  it('is over when it is refused; what comes back is handed in again as it is then', async () => {
    const { debts } = await debt()
    const refused = await ask(debts[0]!.id, 100_000)
    await decide(refused.approvalId, 'reject')
    expect(await get(refused.id)).toMatchObject({ state: 'refused', doneDay: null })
    const asked = await ask(debts[0]!.id, 100_000)
    await decide(asked.approvalId, 'return')
    const view = await get(asked.id)
    expect(view).toMatchObject({ state: 'asked', approval: { outcome: 'returned', comment: '补充说明' } })
    const again = await finance.claims.requests.again({
      id: asked.id,
      version: view.version,
      fields: {
        kind: 'writeOff',
        lines: [{ instalmentId: debts[0]!.id, amount: 90_000 }],
        reasonCode: 'settlement',
        reason: '双方和解',
      },
    } as never)
    expect(again.approvalId).toBe(asked.approvalId)
    await decide(asked.approvalId, 'approve')
    expect((await get(asked.id)).lines[0]).toMatchObject({ amount: 90_000, booked: 90_000 })
  })

  it('is never approved by whoever has the debt, nor asked by the only one who could approve', async () => {
    const { debts } = await debt()
    const asked = await ask(debts[0]!.id, 100_000, sales)
    expect((await refusalOf(decide(asked.approvalId, 'approve', sales))).code).toBe('APPROVAL_OWN')
    const mine = await signDebts(owner, await makeCustomer(owner, '内江沱江糖业有限公司'), ['2026-02-01'])
    expect((await refusalOf(ask(mine.debts[0]!.id, 100, finance))).code).toBe('APPROVAL_NOBODY')
    const other = await t.as('sales_other')
    expect((await refusalOf(other.claims.requests.get({ id: asked.id as never }))).code).toBe('NOT_FOUND')
  })
})

describe('putting off', () => {
  it('moves the due day, the start of interest and the limitation; accrued interest stays where that was agreed', async () => {
    const { debts, id } = await debt(['2026-02-28'], { penaltyPerDay: 5 })
    const [one] = debts as [(typeof debts)[number]]
    const target = { of: 'instalment', id: one.id as never } as const
    const interest = async () =>
      (await sales.claims.interest.sheet({ target, asOf: asDay('2026-05-18') })).debts[0]!.sheet.owed.interest
    const accrued = await interest()
    expect(accrued).toBe(254_973)
    const ask = (keepsAccrued: boolean, dueDay: string) =>
      finance.claims.requests.ask({
        kind: 'extension',
        lines: [{ instalmentId: one.id, dueDay: asDay(dueDay), keepsAccrued }],
        reasonCode: 'hardship',
        reason: '客户资金周转困难',
      } as never)
    expect((await refusalOf(ask(true, '2026-05-01'))).code).toBe('CLAIM_DAY')
    const kept = await ask(true, '2026-06-30')
    await decide(kept.approvalId, 'approve')
    expect(await now(id)).toMatchObject({ dueDay: '2026-06-30', status: 'not_due' })
    expect(await interest()).toBe(accrued)
    const clock = await sales.claims.limitation.clock({ instalmentId: one.id as never })
    expect(clock.clock.endDay).toBe('2029-06-30')
    expect(clock.events[0]).toMatchObject({ kind: 'extension', source: { module: 'claims', id: kept.id } })
    const given = await ask(false, '2026-07-31')
    await decide(given.approvalId, 'approve')
    expect(await sales.claims.interest.sheet({ target, asOf: asDay('2026-05-18') })).toMatchObject({
      debts: [{ sheet: { owed: { interest: 0 } } }],
    })
  })
})

describe('waiving interest', () => {
  it('takes no more than is owed, is kept with its approval, and is forgotten by no later payment', async () => {
    const { debts } = await debt(['2026-02-28'], { penaltyPerDay: 5 })
    const [one] = debts as [(typeof debts)[number]]
    const ask = (amount: number) =>
      sales.claims.requests.ask({
        kind: 'waiver',
        lines: [{ instalmentId: one.id, amount }],
        reasonCode: 'goodwill',
        reason: '长期合作',
      } as never)
    expect((await refusalOf(ask(9_999_999))).code).toBe('CLAIM_AMOUNT')
    const asked = await ask(200_000)
    await decide(asked.approvalId, 'approve')
    await payDebt(finance, one, one.outstanding, '2026-05-18')
    const target = { of: 'instalment', id: one.id as never } as const
    const [sheet] = (await sales.claims.interest.sheet({ target, asOf: asDay('2026-05-18') })).debts
    expect(sheet?.sheet).toMatchObject({ waived: 200_000, owed: { principal: 0, interest: 54_973 } })
  })
})

describe('disputes', () => {
  const open = (id: string, amount: number | null, api = sales) =>
    api.claims.disputes.open({
      instalmentId: id,
      amount,
      reasonCode: 'quality',
      note: '三箱油封渗漏',
      day: asDay('2026-05-11'),
    } as never)

  it('mark a part, leave the rest due, and are resolved once with what came of them', async () => {
    const { debts, id } = await debt()
    const [one] = debts as [(typeof debts)[number]]
    expect((await refusalOf(open(one.id, one.outstanding + 1))).code).toBe('DISPUTE_AMOUNT')
    const made = await open(one.id, 1_000_000)
    expect((await refusalOf(open(one.id, null))).code).toBe('DISPUTE_OPEN')
    expect(await now(id)).toMatchObject({ disputed: 1_000_000, status: 'overdue' })
    const rows = await sales.claims.disputes.list({
      limit: 50,
      sort: { key: 'day', dir: 'desc' },
      filters: { instalmentId: one.id as never },
    })
    expect(rows.rows[0]).toMatchObject({ amount: 1_000_000, whole: false, state: 'open', age: 7 })
    await sales.claims.disputes.resolve({
      id: made.id,
      version: 0,
      resolution: 'settled',
      day: asDay('2026-05-18'),
      note: '补发三箱',
    } as never)
    expect((await now(id)).disputed).toBe(0)
    const twice = sales.claims.disputes.resolve({
      id: made.id,
      version: 1,
      resolution: 'refuted',
      day: asDay('2026-05-18'),
      note: '再',
    } as never)
    expect((await refusalOf(twice)).code).toBe('DISPUTE_RESOLVED')
    expect(await sales.claims.disputes.summary({ filters: {} })).toMatchObject({ count: 1, open: 0 })
    expect((await refusalOf(open(one.id, null, await t.as('sales_other')))).code).toBe('NOT_FOUND')
  })
})

describe('a hand-over', () => {
  it('takes what is asked along: the new owner of a debt decides nothing about it', async () => {
    const own = await makeCustomer(sales, '自贡盐都化工有限公司')
    const { debts } = await signDebts(sales, own, ['2026-02-01'])
    const asked = await finance.claims.requests.ask({
      kind: 'writeOff',
      lines: [{ instalmentId: debts[0]!.id, amount: 100 }],
      reasonCode: 'small',
      reason: '尾差',
    } as never)
    const manager = await t.as('sales_manager')
    await manager.handover.run({
      what: { customerIds: [own] },
      toUserId: t.ids.sales_manager,
      parts: ['deal', 'contract', 'task', 'visit'],
    } as never)
    const view = await owner.approvals.get({ id: asked.approvalId as never })
    expect(view.ownerName).toBe('王主管')
  })
})
