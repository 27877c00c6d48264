import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import { makeCalendar } from '#shared/kernel/workdays.ts'
import { lawOn, SHIPPED_LAW } from '#shared/modules/contracts/contracts.law.ts'
import {
  perYear,
  suggestBasis,
  surchargeFault,
  type BasisFacts,
} from '#shared/modules/receivables/receivables.basis.rules.ts'
import { complaintDays, complaintFaults } from '#shared/modules/receivables/receivables.complaint.rules.ts'
import { rateTable } from '#shared/modules/receivables/receivables.rates.rules.ts'

const day = asDay
const tables = {
  lpr: rateTable(SHIPPED_LAW, 'lpr1y', day('2026-06-30')),
  benchmark: rateTable(SHIPPED_LAW, 'benchmark1y', day('2019-08-19')),
}
const law = lawOn(SHIPPED_LAW, '2026-05-20')
const facts = (over: Partial<BasisFacts> = {}): BasisFacts => ({
  agreed: null,
  signDay: day('2026-01-05'),
  breachDay: day('2026-04-01'),
  weAreSmall: true,
  buyer: 'other',
  ...over,
})
const advice = (over: Partial<BasisFacts>) => {
  const { proposals, warnings } = suggestBasis(facts(over), tables, law)
  return [
    proposals.map(({ basis, article }) => `${basis.kind} ${article}`).join(', '),
    warnings.map((warning) => warning.key.split('.').pop()).join(' '),
  ]
}
const daily = (ppm: number) => ({ ppm, per: 'day' as const })

describe('what interest may be counted by', () => {
  it.each<[string, Partial<BasisFacts>, string, string]>([
    ['as agreed', { agreed: daily(300) }, 'agreed civil585', ''],
    ['a sale without a rate: LPR and a surcharge', {}, 'lpr sales18', ''],
    [
      'before LPR: the benchmark',
      { breachDay: day('2019-08-19'), signDay: day('2019-01-05') },
      'benchmark sales18',
      '',
    ],
    ['from its first day: LPR', { breachDay: day('2019-08-20'), signDay: day('2019-01-05') }, 'lpr sales18', ''],
    // 0.05 % a day and the LPR of the reply of 2024 stand side by side: a person chooses.
    ['a large buyer', { buyer: 'large' }, 'statutoryDaily sme17, lpr reply11, lpr sales18', ''],
    ['a public body', { buyer: 'publicBody' }, 'statutoryDaily sme17, lpr reply11, lpr sales18', ''],
    ['before the regulation', { buyer: 'large', breachDay: day('2020-08-31') }, 'lpr sales18', ''],
    ['we are large ourselves', { buyer: 'large', weAreSmall: false }, 'lpr sales18', ''],
    ['sizes not known', { buyer: 'unknown' }, 'lpr sales18', 'sizeUnknown'],
    ['ours not known', { buyer: 'large', weAreSmall: null }, 'lpr sales18', 'sizeUnknown'],
    ['beyond the table', { breachDay: day('2026-07-01') }, 'lpr sales18', 'stale'],
    // 3 % at signing: 0.008 % a day is less, 0.0083 % is more.
    [
      'agreed below the reference rate',
      { buyer: 'large', agreed: daily(80) },
      'lpr reply11, statutoryDaily sme17, agreed civil585',
      'belowLpr',
    ],
    ['agreed just above it', { buyer: 'large', agreed: daily(83) }, 'agreed civil585', ''],
    ['low, but between equals', { agreed: daily(10) }, 'agreed civil585', ''],
  ])('%s', (_name, over, proposals, warnings) => expect(advice(over)).toEqual([proposals, warnings]))

  it('gives the rate itself and why', () => {
    const { proposals } = suggestBasis(facts({ buyer: 'large' }), tables, law)
    expect(proposals.map(({ basis }) => basis)).toEqual([
      { kind: 'statutoryDaily', ppm: 500 },
      { kind: 'lpr', surcharge: 0, at: 'breach' },
      { kind: 'lpr', surcharge: 3000, at: 'breach' },
    ])
    expect(proposals[2]?.reasons[0]?.params).toEqual({ low: '30%', high: '50%' })
  })
  it('compares rates of any unit', () => {
    expect(perYear({ ppm: 500, per: 'day' })).toBe(182_500)
    expect(perYear({ ppm: 15_000, per: 'month' })).toBe(180_000)
    expect(perYear({ ppm: 34_500, per: 'year' })).toBe(34_500)
  })
  it.each([
    [0, true],
    [2999, false],
    [3000, true],
    [5000, true],
    [5001, false],
  ])('a surcharge of %i is within the law: %s', (surcharge, fine) => {
    expect(surchargeFault(surcharge, law) === null).toBe(fine)
  })
})

describe('a complaint to the authority (支付条例 24, 25)', () => {
  const fine = { weAreSmall: true, buyer: 'large', hasContract: true, overdue: 1 } as const
  it.each<[Partial<Parameters<typeof complaintFaults>[0]>, string]>([
    [{}, ''],
    [{ buyer: 'publicBody' }, ''],
    [{ buyer: 'other' }, 'notCovered'],
    [{ buyer: 'unknown', weAreSmall: null }, 'notSmall notCovered'],
    [{ hasContract: false, overdue: 0 }, 'noContract nothingOverdue'],
  ])('%o: %s', (over, want) => {
    const faults = complaintFaults({ ...fine, ...over })
    expect(faults.map((fault) => fault.key.split('.').pop()).join(' ')).toBe(want)
  })
  it('10 working days until it is passed on, 30 days for the answer, 90 at most', () => {
    const calendar = makeCalendar(JSON.parse(readFileSync('resources/holidays/cn.json', 'utf8')))
    // The holidays of May 2026 lie between, and Saturday the 9th is worked.
    expect(complaintDays(day('2026-04-28'), null, calendar)).toEqual({
      passedOn: { day: '2026-05-14', certain: true },
      answered: '2026-06-13',
      latest: '2026-08-12',
    })
    expect(complaintDays(day('2026-04-28'), day('2026-04-30'), calendar).answered).toBe('2026-05-30')
  })
})
