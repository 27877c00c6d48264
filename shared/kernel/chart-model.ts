import { formatRate } from '#shared/i18n/formatters.ts'

/** What a chart shows, wherever it is drawn. */
export interface ChartShape {
  readonly categories: readonly string[]
  readonly series: readonly {
    readonly name: string
    readonly type: 'bar' | 'line'
    readonly data: readonly number[]
    readonly stack?: string
    /** Place of its colour among the five, where the same thing is shown in several places. */
    readonly color?: number
  }[]
  /** Bars that lie: categories on the left. */
  readonly horizontal?: boolean
  /** A ray for each category instead of axes; what is more than this value is drawn as this value. */
  readonly radarTo?: number
}

/** A picture for paper and sheets as plain JSON; a thread draws it. */
export interface ChartModel extends ChartShape {
  /** Hundredths of a point, or a rate in basis points. */
  readonly unit: 'score' | 'rate'
  /** In points on paper, in pixels on a sheet; it is drawn twice as fine. */
  readonly width: number
  readonly height: number
}

/** How the values of a unit are written, and more shortly beside an axis. */
export const CHART_WORDS: Readonly<
  Record<ChartModel['unit'], { format: (value: number) => string; axisFormat: (value: number) => string }>
> = {
  score: { format: (value) => (value / 100).toFixed(2), axisFormat: (value) => String(value / 100) },
  rate: { format: formatRate, axisFormat: formatRate },
}
