import { describe, expect, it } from 'vitest'
import {
  historyMonth,
  meanRates,
  strengths,
  type MeanRate,
} from '#shared/modules/performance/performance.history.rules.ts'
import type { Indicator } from '#shared/modules/performance/performance.indicators.schema.ts'
import type { PersonSheet } from '#shared/modules/performance/performance.schema.ts'

type Rates = readonly [Indicator, number | null][]
const month = (rates: Rates) => ({
  rates: rates.map(([indicator, rate]) => ({ indicator, rate: rate ?? 0, applicable: rate !== null })),
})
const mean = (indicator: Indicator, rate: number, months = 3): MeanRate => ({ indicator, rate, months })

describe('the mean rate of an indicator', () => {
  it.each<[string, Rates[], MeanRate[]]>([
    ['nothing', [], []],
    ['one month', [[['visits', 8_000]]], [mean('visits', 8_000, 1)]],
    ['a month in which it was not measured', [[['visits', 8_000]], [['visits', null]]], [mean('visits', 8_000, 1)]],
    ['what was never measured', [[['visits', null]]], []],
    ['a half that is rounded up', [[['visits', 8_001]], [['visits', 8_002]]], [mean('visits', 8_002, 2)]],
    [
      'several, in the order of the catalogue',
      [
        [
          ['visits', 5_000],
          ['collected', 12_000],
        ],
        [['collected', 10_000]],
      ],
      [mean('collected', 11_000, 2), mean('visits', 5_000, 1)],
    ],
  ])('of %s', (_what, months, expected) => {
    expect(meanRates(months.map(month))).toEqual(expected)
  })
})

describe('strengths and weaknesses', () => {
  it('take no notice of what was measured in fewer than three months', () => {
    expect(strengths([mean('visits', 20_000, 2), mean('collected', 100, 2)])).toEqual({ strong: [], weak: [] })
  })

  it('part at the target: what reaches it is no weakness', () => {
    const met = mean('visits', 10_000)
    const missed = mean('collected', 9_999)
    expect(strengths([missed, met])).toEqual({ strong: [met], weak: [missed] })
  })

  it('are the three best and the three lowest, the best and the lowest first', () => {
    const high = [mean('visits', 10_100), mean('winRate', 10_400), mean('invoiced', 10_300), mean('collected', 10_200)]
    const low = [mean('helpGiven', 900), mean('tasksOnTime', 600), mean('notesAdopted', 800), mean('examResult', 700)]
    const found = strengths([...high, ...low])
    expect(found.strong.map((one) => one.rate)).toEqual([10_400, 10_300, 10_200])
    expect(found.weak.map((one) => one.rate)).toEqual([600, 700, 800])
  })
})

describe('a line of a history', () => {
  const person: PersonSheet = {
    userId: 'ann',
    userName: 'ann',
    teamName: null,
    schemeName: '方案',
    indicators: [],
    vetoed: false,
    total: 8_000,
    rank: 2,
    grade: 'B',
    coefficient: null,
    grades: [],
  }

  it('tells a place only to whoever may know it', () => {
    expect(historyMonth('2026-05', person, true).rank).toBe(2)
    expect(historyMonth('2026-05', person, false).rank).toBeNull()
  })

  it('says what it was locked with only where that was another total', () => {
    const asLocked = { total: 7_000, rank: 3, grade: 'C' }
    expect(historyMonth('2026-05', { ...person, asLocked }, true).lockedTotal).toBe(7_000)
    expect(historyMonth('2026-05', { ...person, asLocked: { ...asLocked, total: 8_000 } }, true).lockedTotal).toBeNull()
    expect(historyMonth('2026-05', person, true)).toMatchObject({
      lockedTotal: null,
      calibration: null,
      standing: null,
    })
  })
})
