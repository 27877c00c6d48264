import { describe, expect, it } from 'vitest'
import { makeTranslator } from '#shared/i18n/translate.ts'
import {
  picturesBelow,
  ratesPicture,
  totalsPicture,
  trendPicture,
  yearPictures,
} from '#shared/modules/performance/performance.charts.ts'
import type { YearSheet } from '#shared/modules/performance/performance.schema.ts'

const t = makeTranslator('zh-CN')
const person = (n: number, total: number | null, rank: number | null = n) => ({ userName: `员工${n}`, rank, total })

describe('bars of totals', () => {
  it('stand from the best to the last, with the places that may be known', () => {
    const made = totalsPicture([person(3, 5_000), person(1, 9_000), person(2, 7_000, null)], t)
    expect(made?.chart.categories).toEqual(['1 员工1', '员工2', '3 员工3'])
    expect(made?.chart.series[0]?.data).toEqual([9_000, 7_000, 5_000])
    expect(made?.caption).toBe('总分（共 3 人）')
  })

  it('are twenty at most, and say of how many; one alone is no picture, and who has no total is left out', () => {
    const many = Array.from({ length: 21 }, (_, n) => person(n + 1, 10_000 - n))
    expect(totalsPicture(many, t)?.chart.categories).toHaveLength(20)
    expect(totalsPicture(many, t)?.caption).toBe('总分前 20 人（共 21 人）')
    expect(totalsPicture(many.slice(0, 20), t)?.caption).toBe('总分（共 20 人）')
    expect(totalsPicture([person(1, 5_000), person(2, null)], t)).toBeNull()
  })
})

describe('lines and rays', () => {
  const months = [
    { month: '2026-04', total: 7_000 },
    { month: '2026-05', total: 8_000 },
  ]
  it('need two months', () => {
    expect(trendPicture(months.slice(1), t)).toBeNull()
    expect(trendPicture(months, t)?.chart).toMatchObject({ categories: ['26-04', '26-05'], unit: 'score' })
  })

  it('need three indicators that were measured', () => {
    const rates = (['visits', 'collected', 'invoiced', 'winRate'] as const).map((indicator, i) => ({
      indicator,
      rate: 1_000 * i,
      applicable: i > 0,
    }))
    expect(ratesPicture(rates, t)?.chart.series[0]?.data).toEqual([1_000, 2_000, 3_000])
    expect(ratesPicture(rates.slice(0, 3), t)).toBeNull()
  })

  it('of a year are the mean of the months that count, rounded half up', () => {
    const month = (name: string, state: 'counts' | 'leftOut', total: number) => ({
      month: name,
      state,
      total,
      reason: '',
    })
    const of = (n: number, months_: ReturnType<typeof month>[]) => ({ ...person(n, 1), months: months_ })
    const people = [
      of(1, [month('2026-02', 'counts', 1), month('2026-01', 'counts', 10)]),
      of(2, [month('2026-02', 'counts', 2), month('2026-01', 'leftOut', 99)]),
    ]
    const [, mean] = yearPictures({ year: 2026, waiting: [], people } as unknown as YearSheet, t)
    expect(mean?.chart.series[0]?.data).toEqual([10, 2])
  })
})

it('pictures on a sheet stand below what is there, each under its caption and none over another', () => {
  const chart = { unit: 'score' as const, width: 600, height: 150, categories: [], series: [] }
  const pictures = [1, 2].map((n) => ({ caption: `图${n}`, chart, png: '' }))
  const { rows, images } = picturesBelow(10, pictures, 9)
  expect(images.map((one) => one.at)).toEqual(['A13', 'A23'])
  expect(rows).toHaveLength(20)
  expect(rows.flatMap((row) => row.cells)).toMatchObject([{ value: '图1' }, { value: '图2' }])
  expect(picturesBelow(10, [], 9)).toEqual({ rows: [], images: [] })
})
