import { describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import { lawOn, SHIPPED_LAW } from '#shared/modules/contracts/contracts.law.ts'
import {
  checkCredit,
  creditScore,
  instalmentSale,
  mayTakeBack,
  type CreditCard,
  type CreditFacts,
  type CreditState,
} from '#shared/modules/receivables/receivables.credit.rules.ts'
import { acceptanceDay, inspectionEnd } from '#shared/modules/receivables/receivables.due.rules.ts'

const card: CreditCard = {
  points: { delay: 30, promises: 15, disputes: 10, overdue: 20, years: 10, size: 5, registration: 10 },
  grades: [
    { grade: 'C', from: 40, limit: 5_000_000, days: 15, prepay: 3000 },
    { grade: 'A', from: 80, limit: 100_000_000, days: 60, prepay: 0 },
    { grade: 'B', from: 60, limit: 20_000_000, days: 30, prepay: 1000 },
    { grade: 'D', from: 0, limit: 0, days: 0, prepay: 10_000 },
  ],
}
const best: CreditFacts = {
  averageDelay: -20,
  brokenPromises: 0,
  disputes: 0,
  overdueShare: 0,
  years: 3,
  size: 'large',
  registration: 'active',
}
const score = (over: Partial<CreditFacts>) => {
  const { score: points, grade } = creditScore({ ...best, ...over }, card)
  return [points, grade?.grade]
}

describe('the score', () => {
  it.each<[Partial<CreditFacts>, number, string]>([
    [{}, 100, 'A'],
    [{ averageDelay: null }, 85, 'A'],
    [{ averageDelay: 1 }, 85, 'A'],
    [{ averageDelay: 151 }, 78, 'B'],
    [{ averageDelay: 301 }, 70, 'B'],
    [{ brokenPromises: 1 }, 93, 'A'],
    [{ brokenPromises: 3 }, 85, 'A'],
    [{ disputes: 4 }, 90, 'A'],
    [{ overdueShare: 1000 }, 90, 'A'],
    [{ overdueShare: 3001 }, 80, 'A'],
    [{ overdueShare: null, years: 0 }, 90, 'A'],
    [{ averageDelay: 301, overdueShare: 5000, brokenPromises: 3 }, 35, 'D'],
    [{ averageDelay: 301, overdueShare: 5000 }, 50, 'C'],
    // Struck off: the lowest grade whatever else is true.
    [{ registration: 'revoked' }, 90, 'D'],
    [{ registration: 'abnormal' }, 90, 'D'],
    [{ registration: 'unknown' }, 90, 'A'],
  ])('%o', (over, points, grade) => expect(score(over)).toEqual([points, grade]))
  it('says for each criterion what it got and why', () => {
    const { reasons } = creditScore({ ...best, averageDelay: 105, size: 'micro' }, card)
    expect(reasons[0]).toEqual({
      criterion: 'delay',
      points: 15,
      of: 30,
      reason: { key: 'receivables:credit.criteria.delay', params: { value: 10.5 } },
    })
    expect(reasons.find((row) => row.criterion === 'size')).toMatchObject({ points: 0, of: 5 })
  })
})

const state = (over: Partial<CreditState> = {}): CreditState => ({
  limit: 10_000_000,
  outstanding: 6_000_000,
  overdue: 0,
  undelivered: 1_000_000,
  advances: 500_000,
  maxDaysOverdue: 0,
  hold: null,
  holdFromDays: 30,
  ...over,
})
const check = (at: 'draft' | 'delivery', over: Partial<CreditState>, amount: number) => {
  const { verdict, exposure, room, reasons } = checkCredit(at, state(over), amount)
  return [verdict, exposure, room, reasons.map((reason) => reason.key.split('.').pop()).join(' ')]
}

describe('limit and hold', () => {
  it.each<['draft' | 'delivery', Partial<CreditState>, number, unknown[]]>([
    ['draft', {}, 3_500_000, ['ok', 10_000_000, 0, '']],
    ['draft', {}, 3_500_001, ['warn', 10_000_001, -1, 'overLimit']],
    // What leaves the house is in the undelivered already.
    ['delivery', {}, 1_000_000, ['ok', 6_500_000, 3_500_000, '']],
    ['delivery', { limit: 6_499_999 }, 1_000_000, ['block', 6_500_000, -1, 'overLimit']],
    ['delivery', { limit: 0 }, 1, ['block', 6_500_000, -6_500_000, 'overLimit']],
    ['draft', { limit: null }, 1, ['warn', 6_500_001, null, 'noLimit']],
    ['delivery', { overdue: 100, maxDaysOverdue: 29 }, 1, ['warn', 6_500_000, 3_500_000, 'overdue']],
    ['delivery', { overdue: 100, maxDaysOverdue: 30 }, 1, ['block', 6_500_000, 3_500_000, 'overdueHold']],
    ['draft', { overdue: 100, maxDaysOverdue: 30 }, 1, ['warn', 6_500_001, 3_499_999, 'overdueHold']],
    [
      'delivery',
      { overdue: 100, maxDaysOverdue: 400, holdFromDays: null },
      1,
      ['warn', 6_500_000, 3_500_000, 'overdue'],
    ],
    ['delivery', { hold: 'owner says so' }, 1, ['block', 6_500_000, 3_500_000, 'hold']],
    ['draft', { advances: 99_000_000 }, 1, ['ok', 0, 10_000_000, '']],
  ])('%s %o of %i', (at, over, amount, want) => expect(check(at, over, amount)).toEqual(want))
  it('names the sums', () => {
    expect(checkCredit('draft', state(), 4_000_000).reasons[0]?.params).toEqual({
      exposure: '105,000.00',
      limit: '100,000.00',
      over: '5,000.00',
    })
  })
})

const law = lawOn(SHIPPED_LAW, '2026-05-20')

describe('sale by instalments and retained title', () => {
  const sale = { total: 24_000_000, instalments: 3, dueUnpaid: 4_800_000, demandArrived: true, timePassed: true }
  it.each<[Partial<typeof sale>, string[]]>([
    // Of ¥240,000 from ¥48,000 on (民法典 634).
    [{}, []],
    [{ dueUnpaid: 4_799_999 }, ['belowShare']],
    [{ instalments: 2 }, ['notInstalments']],
    [{ demandArrived: false, timePassed: false }, ['noDemand', 'timeRuns']],
  ])('%o', (over, missing) => {
    const result = instalmentSale({ ...sale, ...over }, law)
    expect(result).toMatchObject({ triggered: missing.length === 0, threshold: 4_800_000 })
    expect(result.missing.map((reason) => reason.key.split('.').pop())).toEqual(missing)
  })
  it('a share that is no whole fen is reached by the next one', () => {
    expect(instalmentSale({ ...sale, total: 101, dueUnpaid: 20 }, law)).toMatchObject({
      threshold: 21,
      triggered: false,
    })
  })
  it.each([
    [24_000_000, 17_999_999, true],
    [24_000_000, 18_000_000, false],
    [24_000_000, 24_000_000, false],
  ])('of %i with %i paid goods may be taken back: %s (买卖合同解释 26)', (total, paid, allowed) => {
    expect(mayTakeBack(total, paid, law)).toEqual({ allowed, threshold: 18_000_000 })
  })
})

const day = asDay

describe('acceptance that the buyer puts off (支付条例 10)', () => {
  const facts = { deliveryDay: day('2026-04-01'), acceptedDay: null, inspectionDays: 15, noticeDay: null }
  it.each<[Partial<{ [K in keyof typeof facts]: string | number | null }>, string, string | null]>([
    [{}, '2026-04-16', null],
    [{}, '2026-04-17', '2026-04-16'],
    [{ acceptedDay: '2026-04-10' }, '2026-04-17', '2026-04-10'],
    [{ acceptedDay: '2026-04-10' }, '2026-04-09', null],
    [{ noticeDay: '2026-04-16' }, '2026-05-20', null],
    [{ noticeDay: '2026-04-17' }, '2026-05-20', '2026-04-16'],
    [{ inspectionDays: null }, '2026-05-20', null],
    [{ deliveryDay: null }, '2026-05-20', null],
  ])('%o as of %s: %s', (over, asOf, want) => {
    expect(acceptanceDay({ ...facts, ...over } as never, day(asOf))?.day ?? null).toBe(want)
  })
})

describe('until when defects may be told (民法典 621)', () => {
  const delivered = { deliveryDay: day('2024-02-29'), inspectionDays: null, warrantyMonths: null }
  it.each<[object, string, string]>([
    [{ inspectionDays: 7 }, '2024-03-07', 'agreed'],
    [{ warrantyMonths: 12 }, '2025-02-28', 'warranty'],
    [{ warrantyMonths: 36 }, '2027-02-28', 'warranty'],
    [{}, '2026-02-28', 'twoYears'],
    [{ inspectionDays: 7, warrantyMonths: 12 }, '2024-03-07', 'agreed'],
  ])('%o: %s', (over, want, why) => {
    const found = inspectionEnd({ ...delivered, ...over })
    expect([found.day, found.article, found.reason.key.split('.').pop()]).toEqual([want, 'civil621', why])
  })
})
