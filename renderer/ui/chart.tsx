import { BarChartOutlined, TableOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { EChartsCoreOption, EChartsType } from 'echarts/core'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useT } from './i18n.ts'
import { radarOptions } from './radar-options.ts'
import { isDark, onSystemTheme, useSeatSettings } from './settings.ts'

/** At most five series; the same thing has the same colour on every page. Contrast ≥ 3 with the ground in both themes. */
export const SERIES = {
  light: ['#1556b0', '#1f7a6f', '#a15c00', '#c2410c', '#6d597a'],
  dark: ['#7fb2ff', '#5fd0c1', '#f0b44c', '#ff9d73', '#c3a6d6'],
} as const

export interface ChartProps {
  readonly title: string
  readonly height: number
  readonly categories: readonly string[]
  readonly series: readonly {
    readonly name: string
    readonly type: 'bar' | 'line'
    readonly data: readonly number[]
    readonly stack?: string
    /** Place of its colour among the five, where the same thing is shown on several pages. */
    readonly color?: number
  }[]
  /** Bars that lie: categories on the left. */
  readonly horizontal?: boolean
  /** A ray for each category instead of axes; what is more than this value is drawn as this value. */
  readonly radarTo?: number
  /** A value as words: for the axis, the tooltip and the table. */
  readonly format: (value: number) => string
  /** Shorter words for the axis alone. */
  readonly axisFormat?: (value: number) => string
  /** A click on a part opens the rows behind it: category and series by their place. */
  readonly onPart?: (category: number, series: number) => void
}

/** A chart in the colours of the theme, with the same figures as a table behind a button. */
export function Chart(props: ChartProps) {
  const t = useT()
  const theme = useSeatSettings((state) => state.theme)
  const dark = useSyncExternalStore(onSystemTheme, () => isDark(theme))
  const [asTable, setAsTable] = useState(false)
  const holder = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType | null>(null)
  const latest = useRef(props)
  latest.current = props
  const shape = JSON.stringify([props.categories, props.series, props.horizontal, props.radarTo])

  useEffect(() => {
    if (asTable) return
    let stopped = false
    let watch: ResizeObserver | null = null
    const draw = ({ init }: typeof import('./echarts-parts.ts')) => {
      const element = holder.current
      if (stopped || !element) return
      const made = init(element)
      chart.current = made
      made.setOption(options(latest.current, dark, made.getWidth()))
      made.on('click', (event) => {
        latest.current.onPart?.(event.dataIndex, event.seriesIndex ?? 0)
      })
      watch = new ResizeObserver(() => {
        made.resize()
        made.setOption(options(latest.current, dark, made.getWidth()))
      })
      watch.observe(element)
    }
    // ECharts comes when the first chart is shown. Where it does not, because whoever serves it has just gone, the
    // figures stand in the table, and the button asks for it again.
    import('./echarts-parts.ts').then(draw, () => {
      if (!stopped) setAsTable(true)
    })
    return () => {
      stopped = true
      watch?.disconnect()
      chart.current?.dispose()
      chart.current = null
    }
  }, [asTable, dark])

  useEffect(() => {
    const shown = chart.current
    shown?.setOption(options(latest.current, dark, shown.getWidth()), { notMerge: true })
    // `format` may be a new function on every draw; the figures decide.
  }, [shape, dark])

  const label = t(asTable ? 'common:showChart' : 'common:showTable')
  return (
    <section className="panel chart-panel" aria-label={props.title}>
      <div className="panel-head">
        <h2>{props.title}</h2>
        <Button
          size="small"
          type="text"
          icon={asTable ? <BarChartOutlined aria-hidden /> : <TableOutlined aria-hidden />}
          aria-label={`${label}: ${props.title}`}
          title={label}
          onClick={() => setAsTable(!asTable)}
        />
      </div>
      {asTable ? (
        <ChartTable {...props} />
      ) : (
        <div ref={holder} className="chart" style={{ height: props.height }} role="img" aria-label={props.title} />
      )}
    </section>
  )
}

function ChartTable(props: ChartProps) {
  const pick = props.onPart
  return (
    <div className="chart-table">
      <table className="plain-table">
        <caption className="visually-hidden">{props.title}</caption>
        <thead>
          <tr>
            <td />
            {props.series.map((series) => (
              <th key={series.name} scope="col" className="num">
                {series.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.categories.map((category, c) => (
            <tr key={category}>
              <th scope="row">{category}</th>
              {props.series.map((series, s) => {
                const value = props.format(series.data[c] ?? 0)
                return (
                  <td key={series.name} className="num">
                    {pick ? (
                      <button type="button" className="link-button" onClick={() => pick(c, s)}>
                        {value}
                      </button>
                    ) : (
                      value
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Pixels that a bar's name may take before it goes on beneath itself. */
const WIDE_NAME = 84
const asItIs = (name: string): string => name
const inTwoLines = (name: string): string => name.replace(/ (?=\S+$)/, '\n')

function options(props: ChartProps, dark: boolean, width: number): EChartsCoreOption {
  const text = dark ? '#c3cad4' : '#3f4a5a'
  const line = dark ? '#323943' : '#e3e8ee'
  const colors = SERIES[dark ? 'dark' : 'light']
  if (props.radarTo !== undefined) return radarOptions(props, props.radarTo, { text, line, colors })
  const names = {
    type: 'category',
    data: props.categories,
    // Few categories are all named; many (months) thin out by themselves.
    axisLabel: {
      color: text,
      ...(props.categories.length <= 10 ? { interval: 0, fontSize: 11 } : {}),
      formatter: !props.horizontal && width / props.categories.length < WIDE_NAME ? inTwoLines : asItIs,
    },
    axisLine: { lineStyle: { color: line } },
    axisTick: { show: false },
    ...(props.horizontal ? { inverse: true } : {}),
  }
  const values = {
    type: 'value',
    axisLabel: {
      color: text,
      formatter: (value: number) => (value === 0 ? '0' : (props.axisFormat ?? props.format)(value)),
    },
    splitLine: { lineStyle: { color: line } },
  }
  return {
    animation: false,
    aria: { enabled: true },
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 8, right: 16, top: props.series.length > 1 ? 30 : 12, bottom: 4, containLabel: true },
    ...(props.series.length > 1 ? { legend: { top: 0, right: 0, textStyle: { color: text }, itemHeight: 8 } } : {}),
    // Rich text keeps the tooltip free of markup and of styles that the page's policy forbids.
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      confine: true,
      axisPointer: { type: 'shadow' },
      valueFormatter: (value: unknown) => props.format(Number(value)),
      backgroundColor: dark ? '#232830' : '#ffffff',
      borderColor: line,
      textStyle: { color: text },
    },
    xAxis: props.horizontal ? values : names,
    yAxis: props.horizontal ? names : values,
    series: props.series.map((series, at) => ({
      name: series.name,
      type: series.type,
      data: series.data,
      color: colors[(series.color ?? at) % colors.length],
      barMaxWidth: 26,
      symbolSize: 6,
      ...(series.stack ? { stack: series.stack } : {}),
    })),
  }
}
