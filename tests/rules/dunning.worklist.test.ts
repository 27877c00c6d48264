import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, asDay } from '#shared/kernel/dates.ts'
import { makeCalendar } from '#shared/kernel/workdays.ts'
import type { NextStep } from '#shared/modules/dunning/dunning.ladder.rules.ts'
import {
  judgePromises,
  type PaymentPromise,
  type PromiseReceipt,
} from '#shared/modules/dunning/dunning.promises.rules.ts'
import {
  byRank,
  rankReasons,
  riskShare,
  SHIPPED_RISK,
  workRow,
  type WorkFacts,
} from '#shared/modules/dunning/dunning.worklist.rules.ts'

const day = asDay
const TODAY = day('2026-05-20')
const calendar = makeCalendar(JSON.parse(readFileSync('resources/holidays/cn.json', 'utf8')))

describe('amount at risk', () => {
  it.each([
    [0, null, 0],
    [1, null, 100],
    [30, null, 100],
    [31, null, 300],
    [61, null, 800],
    [91, null, 2000],
    [181, null, 4000],
    [366, null, 7000],
    [366, 367, 7000],
    [366, 366, 7500],
    [200, 183, 5500],
    [200, 91, 7000],
    [366, 30, 10_000],
    [366, 0, 10_000],
    [1, -1, 10_000],
  ])('%i days overdue with %s days left: %i', (daysOverdue, limitationDays, share) => {
    expect(riskShare(daysOverdue, limitationDays, SHIPPED_RISK)).toBe(share)
  })
  it('never falls with age, nor as the end comes nearer', () => {
    fc.assert(
      fc.property(fc.nat(1500), fc.integer({ min: -10, max: 1200 }), (daysOverdue, limitationDays) => {
        const at = (older: number, nearer: number) =>
          riskShare(daysOverdue + older, limitationDays - nearer, SHIPPED_RISK)
        expect(at(1, 0)).toBeGreaterThanOrEqual(at(0, 0))
        expect(at(0, 1)).toBeGreaterThanOrEqual(at(0, 0))
        expect(at(1, 1)).toBeLessThanOrEqual(10_000)
      }),
    )
  })
})

const next = (action: NextStep['action'], on: string | null = '2026-05-20'): NextStep => ({
  action,
  day: on === null ? null : day(on),
  step: null,
  kind: null,
  wording: 'standard',
  lines: [],
  reasons: [],
})
const item = (outstanding: number, daysOverdue: number, limitationDays: number | null = null) => ({
  outstanding,
  dueDay: addDays(TODAY, -daysOverdue),
  limitationDay: limitationDays === null ? null : addDays(TODAY, limitationDays),
})
const work = (
  customerId: string,
  outstanding: number,
  daysOverdue: number,
  over: Partial<WorkFacts> = {},
): WorkFacts => ({
  customerId,
  items: [item(outstanding, daysOverdue)],
  promises: [],
  lastContact: null,
  next: next('send'),
  ...over,
})
const rowOf = (facts: WorkFacts) => workRow(facts, SHIPPED_RISK, TODAY)
const broken = [{ id: 'p', state: 'broken' as const, paid: 0, lastDay: addDays(TODAY, -3) }]

describe('the list of the day', () => {
  it('broken promises first, then what can be done today by the amount at risk, then what is waited for', () => {
    const rows = [
      work('waits', 90_000_000, 400, { next: next('wait', '2026-06-01') }),
      work('small', 100_000, 100),
      work('large and young', 10_000_000, 5),
      work('old', 1_000_000, 400),
      work('talked to again', 2_000_000, 400, { promises: broken, lastContact: addDays(TODAY, -2) }),
      work('promised, and waits', 60_000, 10, { promises: broken, next: next('wait', '2026-06-01') }),
      work('promised', 50_000, 10, { promises: broken, lastContact: addDays(TODAY, -3) }),
    ]
      .map(rowOf)
      .toSorted(byRank)
    expect(rows.map((row) => [row.customerId, row.tier, row.atRisk])).toEqual([
      ['promised', 'brokenToday', 500],
      ['promised, and waits', 'broken', 600],
      ['talked to again', 'today', 1_400_000],
      ['old', 'today', 700_000],
      ['large and young', 'today', 100_000],
      ['small', 'today', 20_000],
      ['waits', 'waiting', 63_000_000],
    ])
  })
  it('a promise that was broken by one who has paid since alarms nobody', () => {
    expect(rowOf(work('paid', 0, 10, { promises: broken }))).toMatchObject({ tier: 'today', outstanding: 0 })
  })
  it('adds a customer up and says why it stands there', () => {
    const items = [item(1005, 40, 500), item(2000, -9), item(700, 900, 80), item(0, 70, 5)]
    const row = rowOf(work('a', 0, 0, { items, promises: broken }))
    // 1005 × 3 % is 30.15, 700 × (70 % + 30 %).
    expect(row).toMatchObject({ outstanding: 3705, overdue: 1705, atRisk: 730, brokenPromises: 1 })
    expect([row.oldestDay, row.limitationDay]).toEqual([addDays(TODAY, -900), addDays(TODAY, 80)])
    const reasons = rankReasons(row, SHIPPED_RISK, TODAY)
    expect(reasons.map((reason) => [reason.key.split('.').pop(), reason.params])).toEqual([
      ['broken', { count: 1 }],
      ['limitation', { days: 80 }],
      ['overdue', { days: 900, amount: '17.05' }],
    ])
  })
  it('a debt whose period has run out counts whole; one without a due day counts as owed only', () => {
    const row = rowOf(work('a', 0, 0, { items: [item(500, 1200, -4), { ...item(9, 0), dueDay: null }] }))
    expect([row.atRisk, row.outstanding, row.overdue]).toEqual([500, 509, 500])
    expect(rankReasons(row, SHIPPED_RISK, TODAY)[0]?.key.split('.').pop()).toBe('expired')
  })
  it('is in the same order whatever order it is given in', () => {
    const some = ['a', 'b', 'c', 'd'].map((id, i) => rowOf(work(id, 1000 + (i % 2), 40)))
    expect(some.toReversed().toSorted(byRank)).toEqual(some.toSorted(byRank))
  })
})

const promise = (id: string, madeDay: string, payBy: string, amount: number, withdrawn: string | null = null) => ({
  id,
  madeDay: day(madeDay),
  payBy: day(payBy),
  amount,
  withdrawnDay: withdrawn === null ? null : day(withdrawn),
})
const came = (on: string, amount: number): PromiseReceipt => ({ day: day(on), amount })
const judged = (promises: PaymentPromise[], receipts: PromiseReceipt[], asOf = '2026-05-20') =>
  judgePromises(promises, receipts, day(asOf), calendar).map((one) => [one.id, one.state, one.paid])

describe('promises to pay', () => {
  const one = promise('p', '2026-05-01', '2026-05-15', 1000)
  it.each<[string, PaymentPromise[], PromiseReceipt[], string, unknown]>([
    ['kept on its last day', [one], [came('2026-05-15', 1000)], '2026-05-20', [['p', 'kept', 1000]]],
    [
      'kept in two parts',
      [one],
      [came('2026-05-02', 400), came('2026-05-10', 700)],
      '2026-05-20',
      [['p', 'kept', 1000]],
    ],
    ['kept before its day', [one], [came('2026-05-02', 1000)], '2026-05-03', [['p', 'kept', 1000]]],
    ['broken the day after', [one], [came('2026-05-16', 1000)], '2026-05-18', [['p', 'broken', 0]]],
    ['partly kept', [one], [came('2026-05-10', 999)], '2026-05-18', [['p', 'partly', 999]]],
    ['open until its day is over', [one], [came('2026-05-10', 999)], '2026-05-15', [['p', 'open', 999]]],
    [
      'money from before it was made does not count',
      [one],
      [came('2026-04-30', 1000)],
      '2026-05-18',
      [['p', 'broken', 0]],
    ],
    [
      'taken back',
      [promise('p', '2026-05-01', '2026-05-15', 5, '2026-05-10')],
      [],
      '2026-05-18',
      [['p', 'withdrawn', 0]],
    ],
    [
      'not yet taken back',
      [promise('p', '2026-05-01', '2026-05-15', 5, '2026-05-19')],
      [],
      '2026-05-18',
      [['p', 'broken', 0]],
    ],
    ['not yet made', [one], [], '2026-04-30', []],
    // Promised for the Saturday: Monday will do.
    [
      'behind a day off',
      [promise('p', '2026-05-01', '2026-05-16', 9)],
      [came('2026-05-18', 9)],
      '2026-05-18',
      [['p', 'kept', 9]],
    ],
  ])('%s', (_name, promises, receipts, asOf, want) => expect(judged(promises, receipts, asOf)).toEqual(want))

  it('counts each fen for one promise only, the one due first', () => {
    const two = [promise('late', '2026-05-01', '2026-05-18', 600), promise('soon', '2026-05-01', '2026-05-11', 600)]
    expect(judged(two, [came('2026-05-11', 1000)])).toEqual([
      ['soon', 'kept', 600],
      ['late', 'partly', 400],
    ])
  })
  it('never counts more than came in, and a later receipt changes no earlier day', () => {
    const dated = fc.integer({ min: -60, max: 20 }).map((n) => addDays(TODAY, n))
    const promises = fc.array(
      fc.record({
        id: fc.uuid(),
        madeDay: dated,
        payBy: dated,
        amount: fc.integer({ min: 1, max: 999 }),
        withdrawnDay: fc.constant(null),
      }),
      { maxLength: 5 },
    )
    const receipts = fc.array(fc.record({ day: dated, amount: fc.nat(999) }), { maxLength: 8 })
    fc.assert(
      fc.property(promises, receipts, dated, (some, money, asOf) => {
        const result = judgePromises(some, money, asOf, calendar)
        const cameBy = money.filter((one) => one.day <= asOf).reduce((sum, one) => sum + one.amount, 0)
        expect(result.reduce((sum, row) => sum + row.paid, 0)).toBeLessThanOrEqual(cameBy)
        const later = [...money, { day: addDays(asOf, 1), amount: 500 }]
        expect(judgePromises(some, later, asOf, calendar)).toEqual(result)
      }),
    )
  })
})
