import type { Translate } from '#shared/i18n/translate.ts'
import type { ChartModel } from '#shared/kernel/chart-model.ts'
import { divideRounded } from '#shared/kernel/money.ts'
import type { RowModel, SheetModel } from '#shared/kernel/workbook-model.ts'
import type { IndicatorResult, YearSheet } from './performance.schema.ts'

/** A chart with the line of words that stands over it. */
export interface Picture {
  readonly caption: string
  readonly chart: ChartModel
}

/** A picture that is drawn: PNG, base64. */
export interface DrawnPicture extends Picture {
  readonly png: string
}

/** More bars than these are no picture. */
const MOST_BARS = 20
/** Fewer months or rays than these show no shape. */
const LEAST_MONTHS = 2
const LEAST_RAYS = 3
/** Rates are drawn up to 120 %. */
const RIM = 12_000
const WIDE = 640
/** Points between the margins of a page, and pixels of a sheet's row. */
const PAGE = 480
const ROW = 20

/** Everybody's total as bars, the best first; null for fewer than two people. */
export function totalsPicture(
  people: readonly { readonly userName: string; readonly rank: number | null; readonly total: number | null }[],
  t: Translate,
): Picture | null {
  const placed = people.filter((one) => one.total !== null).toSorted((a, b) => (b.total ?? 0) - (a.total ?? 0))
  if (placed.length < 2) return null
  const shown = placed.slice(0, MOST_BARS)
  const all = placed.length
  return {
    caption: t(`performance:pictures.${shown.length < all ? 'best' : 'totals'}`, { count: shown.length, all }),
    chart: {
      unit: 'score',
      width: WIDE,
      height: 50 + shown.length * 24,
      horizontal: true,
      categories: shown.map(({ rank, userName }) => (rank === null ? userName : `${rank} ${userName}`)),
      series: [{ name: t('performance:columns.total'), type: 'bar', data: shown.map((one) => one.total ?? 0) }],
    },
  }
}

/** What somebody, or the firm on average, came to in the months that are locked, the earliest first; null for a single one. */
export function trendPicture(
  months: readonly { readonly month: string; readonly total: number }[],
  t: Translate,
  caption: 'trend' | 'mean' = 'trend',
): Picture | null {
  if (months.length < LEAST_MONTHS) return null
  return {
    caption: t(`performance:pictures.${caption}`),
    chart: {
      unit: 'score',
      width: caption === 'mean' ? WIDE : PAGE,
      height: 150,
      categories: months.map(({ month }) => month.slice(2)),
      series: [{ name: t('performance:columns.total'), type: 'line', data: months.map(({ total }) => total) }],
    },
  }
}

/** How far each indicator was reached, as rays; null for fewer than three that were measured. */
export function ratesPicture(
  indicators: readonly Pick<IndicatorResult, 'indicator' | 'rate' | 'applicable'>[],
  t: Translate,
): Picture | null {
  const measured = indicators.filter((one) => one.applicable)
  if (measured.length < LEAST_RAYS) return null
  return {
    caption: t('performance:pictures.rates'),
    chart: {
      unit: 'rate',
      width: PAGE,
      height: 220,
      radarTo: RIM,
      categories: measured.map(({ indicator }) => t(`performance:indicators.${indicator}`)),
      series: [{ name: t('performance:columns.rate'), type: 'line', data: measured.map(({ rate }) => rate) }],
    },
  }
}

/** A year's pictures: everybody's mean, and the firm's mean by month. */
export function yearPictures({ people }: YearSheet, t: Translate): Picture[] {
  const counted = people.flatMap((person) => person.months.filter((one) => one.state === 'counts'))
  const means = [...Map.groupBy(counted, (one) => one.month)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([month, all]) => {
      const sum = all.reduce((whole, { total }) => whole + (total ?? 0), 0)
      return { month, total: Number(divideRounded(BigInt(sum), BigInt(all.length))) }
    })
  return [totalsPicture(people, t), trendPicture(means, t, 'mean')].filter((one) => one !== null)
}

/** Rows and pictures below what stands on a sheet already; `columns` is how many columns a caption covers. */
export function picturesBelow(
  used: number,
  pictures: readonly DrawnPicture[],
  columns: number,
): { rows: RowModel[]; images: NonNullable<SheetModel['images']> } {
  const rows: RowModel[] = []
  const images = pictures.map(({ caption, chart, png }) => {
    rows.push({ cells: [] }, { cells: [{ value: caption, style: 'label', span: columns }] })
    const at = `A${used + rows.length + 1}`
    rows.push(...Array.from({ length: Math.ceil(chart.height / ROW) }, (): RowModel => ({ cells: [] })))
    return { png, at, width: chart.width, height: chart.height }
  })
  return { rows, images }
}
