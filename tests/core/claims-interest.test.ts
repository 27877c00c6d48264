import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import { claimedBeside } from '#core/modules/claims/claims.api.ts'
import type { CoreClient } from '#core/start-core.ts'
import { pdfPages } from '#tests/helpers/pdf-text.ts'
import { payDebt, signDebts } from '#tests/helpers/sample-debts.ts'
import { makeCustomer } from '#tests/helpers/sample-trade.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

let t: TestCore
let sales: CoreClient
let finance: CoreClient
let customerId: string

beforeAll(async () => {
  t = await createTestCore()
  sales = await t.as('sales')
  finance = await t.as('finance')
  customerId = await makeCustomer(sales)
})
afterAll(() => t.close())

/** ¥64,550.08 owed by a large firm to a small one, due on a day, at the rate of the regulation. */
const protectedDebt = async (dueDay: string, signDay = '2026-01-05') => {
  const made = await signDebts(sales, customerId, [dueDay], {
    signDay,
    change: (fields) => {
      fields.terms.ourSize = 'small'
      fields.terms.buyerSize = 'large'
      fields.terms.smeNotice = true
    },
  })
  return { ...made, debt: made.debts[0]! }
}
const sheetOf = async (id: string, asOf: string, api = sales) =>
  (await api.claims.interest.sheet({ target: { of: 'instalment', id: id as never }, asOf: asDay(asOf) })).debts[0]!

describe('the terms of a contract', () => {
  it('are proposed with their article, chosen by a person who may, and kept with his reason', async () => {
    const { id } = await protectedDebt('2026-03-31')
    const terms = await sales.claims.interest.terms({ contractId: id as never })
    expect(terms).toMatchObject({
      article: 'sme17',
      chosen: null,
      terms: {
        basis: { kind: 'statutoryDaily', ppm: 500 },
        dayCount: 365,
        paymentDayCounts: true,
        order: 'costsFirst',
      },
    })
    expect(terms.proposals.map((one) => one.article)).toEqual(['sme17', 'reply11', 'sales18'])
    const basis = { kind: 'lpr', surcharge: 4000, at: 'breach' } as const
    const choice = {
      contractId: id,
      version: null,
      terms: { ...terms.terms, basis },
      article: 'sales18',
      limitationBy: 'instalment',
      reason: '按诉讼口径',
    } as never
    expect((await refusalOf(sales.claims.interest.choose(choice))).code).toBe('FORBIDDEN')
    expect(await finance.claims.interest.choose(choice)).toEqual({ version: 0 })
    expect((await refusalOf(finance.claims.interest.choose(choice))).code).toBe('STALE')
    const chosen = await sales.claims.interest.terms({ contractId: id as never })
    expect(chosen).toMatchObject({
      version: 0,
      terms: { basis },
      chosen: { reason: '按诉讼口径', byName: '赵会计' },
    })
    const wide = { ...(choice as object), version: 0, terms: { ...terms.terms, basis: { ...basis, surcharge: 6000 } } }
    expect((await refusalOf(finance.claims.interest.choose(wide as never))).code).toBe('VALIDATION')
  })

  it('follow what the contract says of late payment, and tell when the rates were not checked', async () => {
    const { id } = await signDebts(sales, customerId, ['2026-03-31'], { penaltyPerDay: 10 })
    expect(await sales.claims.interest.terms({ contractId: id as never })).toMatchObject({
      article: 'civil585',
      terms: { basis: { kind: 'agreed', ppm: 1000, per: 'day' } },
    })
    const unsaid = await signDebts(sales, customerId, ['2026-03-31'])
    const terms = await sales.claims.interest.terms({ contractId: unsaid.id as never })
    expect(terms.article).toBe('sales18')
    expect(terms.warnings.map((one) => one.key)).toContain('receivables:interest.stale')
  })

  it('tell whether the sale may be called in and the goods taken back', async () => {
    const { id, debts } = await signDebts(sales, customerId, ['2026-02-01', '2026-03-01', '2026-09-01'], {
      change: (fields) => {
        fields.terms.retainTitle = true
      },
    })
    const before = await sales.claims.interest.terms({ contractId: id as never })
    expect(before.callIn).toMatchObject({ triggered: false, threshold: 1_291_002 })
    expect(before.callIn?.missing.map((one) => one.key)).toEqual([
      'receivables:sale.noDemand',
      'receivables:sale.timeRuns',
    ])
    await sales.claims.limitation.record({
      instalmentIds: debts.slice(0, 2).map((debt) => debt.id),
      kind: 'hand',
      day: asDay('2026-05-04'),
      proofs: ['document', 'signature', 'signerRole', 'scan'],
    } as never)
    const after = await sales.claims.interest.terms({ contractId: id as never })
    expect(after.callIn).toMatchObject({ triggered: true, missing: [] })
    expect(after.takeBack).toMatchObject({ allowed: true, threshold: 4_841_256, paid: 0 })
  })
})

describe('the sheet', () => {
  it('counts 0.05 % a day in segments, and splits what was paid as it was booked', async () => {
    const { debt } = await protectedDebt('2026-03-31')
    const { sheet } = await sheetOf(debt.id, '2026-05-18')
    // 48 days of 64,550.08 at 0.05 %: 1,549.20.
    expect(sheet).toMatchObject({ accrued: 154_920, owed: { interest: 154_920, principal: 6_455_008, costs: 0 } })
    await payDebt(finance, debt, 2_000_000, '2026-04-30')
    const paid = await sheetOf(debt.id, '2026-05-18')
    expect(paid.sheet.segments.map((one) => [one.from, one.to, one.principal, one.interest])).toEqual([
      ['2026-04-01', '2026-04-30', 6_455_008, 96_825],
      ['2026-05-01', '2026-05-18', 4_455_008, 40_095],
    ])
    expect(paid.sheet.payments).toEqual([
      { day: '2026-04-30', amount: 2_000_000, costs: 0, interest: 0, principal: 2_000_000, over: 0 },
    ])
    expect(paid.sheet.owed).toEqual({ costs: 0, interest: 136_920, principal: 4_455_008 })
    // As it stood before the money came in.
    expect((await sheetOf(debt.id, '2026-04-15')).sheet.owed.principal).toBe(6_455_008)
  })

  it('stays owed when the principal is paid, pauses, bears costs, and forgets what was taken back', async () => {
    const { debt } = await protectedDebt('2026-03-31')
    await payDebt(finance, debt, debt.outstanding, '2026-04-30')
    expect((await sheetOf(debt.id, '2026-05-18')).sheet.owed).toEqual({ costs: 0, interest: 96_825, principal: 0 })
    await sales.claims.interest.addPause({
      instalmentIds: [debt.id as never],
      from: asDay('2026-04-11'),
      to: asDay('2026-04-20'),
      reason: '我方延迟提货',
    })
    const cost = await sales.claims.interest.addCost({
      instalmentId: debt.id as never,
      kind: 'court',
      day: asDay('2026-05-06'),
      amount: 50_000 as never,
      note: '案件受理费',
    })
    const { sheet } = await sheetOf(debt.id, '2026-05-18')
    expect(sheet.owed).toEqual({ costs: 50_000, interest: 64_550, principal: 0 })
    expect(sheet.segments.map((one) => one.paused)).toEqual([false, true, false])
    await sales.claims.interest.voidItem({ id: cost.id as never, what: 'cost', reason: '重复录入' })
    expect((await sheetOf(debt.id, '2026-05-18')).sheet.owed.costs).toBe(0)
    const items = await sales.claims.interest.items({ instalmentId: debt.id as never })
    expect(items.map((one) => [one.kind, one.void?.reason ?? ''])).toEqual([
      ['pause', ''],
      ['court', '重复录入'],
    ])
    const again = sales.claims.interest.voidItem({ id: cost.id as never, what: 'cost', reason: '再' })
    expect((await refusalOf(again)).code).toBe('CLAIM_VOID')
  })

  it('is one PDF for a customer, with every basis and article, whose sums are those on the page', async () => {
    const own = await makeCustomer(sales, '宜宾三江锅炉有限公司')
    for (const day of ['2026-02-28', '2026-03-31']) await signDebts(sales, own, [day], { penaltyPerDay: 5 })
    const target = { of: 'customer', id: own as never } as const
    const view = await sales.claims.interest.sheet({ target, asOf: asDay('2026-05-18') })
    expect(view.debts).toHaveLength(2)
    const made = await sales.claims.interest.print({ target, asOf: asDay('2026-05-18') })
    const file = await t.core.deps.files.take(made.url.split('/').at(-1) ?? '')
    const text = (await pdfPages(file!.bytes)).join('\n')
    for (const words of ['逾期利息计算表', '宜宾三江锅炉有限公司', '民法典第585条', '365天', '每日0.05%']) {
      expect(text).toContain(words)
    }
    const shown = (fen: number) => (fen / 100).toLocaleString('en-US', { minimumFractionDigits: 2 })
    expect(text).toContain(shown(view.total.interest))
    expect(text).toContain(shown(view.total.principal + view.total.interest))
  })

  it('tells receipts what stands beside the principal, where the firm books interest', async () => {
    const { debt } = await protectedDebt('2026-03-31')
    const beside = await claimedBeside(t.core.deps.store.read, [debt.id], asDay('2026-05-18'))
    expect(beside.get(debt.id)).toEqual({ costs: 0, interest: 154_920, secured: 0, burden: 182_500 })
  })
})

describe('published rates', () => {
  it('are written down with how far they were checked, by finance', async () => {
    const before = await sales.claims.policy.rates({})
    expect(before).toMatchObject({ through: '2025-06-19', stale: true })
    expect(before.rows[0]).toMatchObject({ key: 'lpr1y', from: '2025-05-20', value: 300 })
    const rate = { from: asDay('2026-04-20'), value: 290, source: '全国银行间同业拆借中心' }
    expect((await refusalOf(sales.claims.policy.checkRates({ rate, through: asDay('2026-05-19') }))).code).toBe(
      'FORBIDDEN',
    )
    const far = finance.claims.policy.checkRates({ rate, through: asDay('2026-08-19') })
    expect((await refusalOf(far)).code).toBe('CLAIM_RATES_DAY')
    await finance.claims.policy.checkRates({ rate, through: asDay('2026-05-19') })
    const after = await sales.claims.policy.rates({})
    expect(after).toMatchObject({ through: '2026-05-19', stale: false })
    expect(after.rows[0]).toMatchObject({ from: '2026-04-20', value: 290, own: true })
  })
})
