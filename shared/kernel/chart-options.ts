import type { ChartShape } from './chart-model.ts'

/** How values are written. */
export interface ChartWords {
  readonly format: (value: number) => string
  /** Shorter words for the axis alone. */
  readonly axisFormat?: (value: number) => string
}

/** The colours and letters of a page or of paper. */
export interface ChartLook {
  readonly text: string
  readonly line: string
  /** At most five series; the same thing has the same colour everywhere. Contrast ≥ 3 with the ground. */
  readonly colors: readonly string[]
  readonly fontFamily: string
  /** Values are written at the end of their bars, and at the points of a line: where nobody can point at them. */
  readonly labelled?: boolean
}

export const LIGHT = {
  text: '#3f4a5a',
  line: '#e3e8ee',
  colors: ['#1556b0', '#1f7a6f', '#a15c00', '#c2410c', '#6d597a'],
} as const
export const DARK = {
  text: '#c3cad4',
  line: '#323943',
  colors: ['#7fb2ff', '#5fd0c1', '#f0b44c', '#ff9d73', '#c3a6d6'],
} as const

/** Pixels that a bar's name may take before it goes on beneath itself. */
const WIDE_NAME = 84
const asItIs = (name: string): string => name
const inTwoLines = (name: string): string => name.replace(/ (?=\S+$)/, '\n')

/** The words beside the axes stand within the picture too. */
const WITHIN = { outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' } as const

/** A chart in ECharts' own words, drawn `width` pixels wide. */
export function chartOptions(
  shape: ChartShape & ChartWords,
  look: ChartLook,
  width: number,
): Readonly<Record<string, unknown>> {
  if (shape.radarTo !== undefined) return radarOptions(shape, shape.radarTo, look)
  const { text, line, colors, fontFamily } = look
  const names = {
    type: 'category',
    data: shape.categories,
    // Few categories are all named; many (months) thin out by themselves.
    axisLabel: {
      color: text,
      ...(shape.categories.length <= 10 || look.labelled ? { interval: 0, fontSize: 11 } : {}),
      formatter: !shape.horizontal && width / shape.categories.length < WIDE_NAME ? inTwoLines : asItIs,
    },
    axisLine: { lineStyle: { color: line } },
    axisTick: { show: false },
    ...(shape.horizontal ? { inverse: true } : {}),
  }
  const values = {
    type: 'value',
    axisLabel: {
      color: text,
      formatter: (value: number) => (value === 0 ? '0' : (shape.axisFormat ?? shape.format)(value)),
    },
    splitLine: { lineStyle: { color: line } },
  }
  return {
    animation: false,
    aria: { enabled: true },
    textStyle: { fontFamily },
    grid: {
      left: 8,
      right: look.labelled ? 44 : 16,
      top: shape.series.length > 1 ? 30 : 12,
      bottom: 4,
      ...WITHIN,
    },
    ...(shape.series.length > 1 ? { legend: { top: 0, right: 0, textStyle: { color: text }, itemHeight: 8 } } : {}),
    xAxis: shape.horizontal ? values : names,
    yAxis: shape.horizontal ? names : values,
    series: shape.series.map((series, at) => ({
      name: series.name,
      type: series.type,
      data: series.data,
      color: colors[(series.color ?? at) % colors.length],
      barMaxWidth: 26,
      symbolSize: 6,
      ...(series.stack ? { stack: series.stack } : {}),
      ...(look.labelled ? { label: labelOf(shape, look) } : {}),
    })),
  }
}

const labelOf = (shape: ChartShape & ChartWords, { text }: ChartLook) => ({
  show: true,
  color: text,
  fontSize: 10,
  position: shape.horizontal ? 'right' : 'top',
  formatter: ({ value }: { value: number }) => shape.format(value),
})

/** A ray for each category, from nothing in the middle to `most` at the rim; words show what the values are. */
function radarOptions(
  shape: ChartShape & ChartWords,
  most: number,
  { text, line, colors, fontFamily }: ChartLook,
): Readonly<Record<string, unknown>> {
  return {
    animation: false,
    aria: { enabled: true },
    textStyle: { fontFamily },
    radar: {
      radius: '66%',
      splitNumber: 5,
      indicator: shape.categories.map((name, i) => ({
        name: `${name} ${shape.format(shape.series[0]?.data[i] ?? 0)}`,
        max: most,
      })),
      axisName: { color: text, fontSize: 11 },
      axisLine: { lineStyle: { color: line } },
      splitLine: { lineStyle: { color: line } },
      splitArea: { show: false },
    },
    series: shape.series.map((series, at) => ({
      type: 'radar',
      color: colors[(series.color ?? at) % colors.length],
      areaStyle: { opacity: 0.15 },
      symbolSize: 5,
      data: [{ name: series.name, value: series.data.map((value) => Math.max(0, Math.min(value, most))) }],
    })),
  }
}
