import { BarChart, LineChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use, type EChartsCoreOption } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useT } from './i18n.ts'
import { isDark, useSeatSettings } from './settings.ts'

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, CanvasRenderer])

/** The same colour for the same thing on every page. */
export const SERIES = {
  light: ['#1556b0', '#2a9d8f', '#b7791f', '#c2410c', '#6d597a'],
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
  }[]
  /** Bars that lie: categories on the left. */
  readonly horizontal?: boolean
  readonly format: (value: number) => string
  /** A click on a part opens the rows behind it. */
  readonly onPart?: (category: number, series: number) => void
}

/** A chart with a table of the same figures behind it. */
export function Chart(props: ChartProps) {
  const t = useT()
  const holder = useRef<HTMLDivElement>(null)
  const [table, setTable] = useState(false)
  const theme = useSeatSettings((state) => state.theme)
  const dark = isDark(theme)

  useEffect(() => {
    const element = holder.current
    if (!element || table) return
    const chart = init(element, null, { renderer: 'canvas' })
    chart.setOption(options(props, dark))
    chart.on('click', (event) => {
      if (typeof event.dataIndex === 'number') props.onPart?.(event.dataIndex, event.seriesIndex ?? 0)
    })
    const observer = new ResizeObserver(() => chart.resize())
    observer.observe(element)
    return () => {
      observer.disconnect()
      chart.dispose()
    }
  }, [props, dark, table])

  return (
    <section className="panel" aria-label={props.title}>
      <h2 className="chart-title">
        {props.title}
        <Button size="small" type="text" onClick={() => setTable(!table)}>
          {table ? t('common:showChart') : t('common:showTable')}
        </Button>
      </h2>
      {table ? (
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{props.title}</th>
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
                <td>{category}</td>
                {props.series.map((series, s) => (
                  <td key={series.name} className="num">
                    <button type="button" className="link-button" onClick={() => props.onPart?.(c, s)}>
                      {props.format(series.data[c] ?? 0)}
                    </button>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <div className="chart" ref={holder} style={{ height: props.height }} role="img" aria-label={props.title} />
      )}
    </section>
  )
}

function options(props: ChartProps, dark: boolean): EChartsCoreOption {
  const text = dark ? '#c3cad4' : '#3f4a5a'
  const line = dark ? '#323943' : '#e3e8ee'
  const names = {
    type: 'category',
    data: props.categories,
    axisLabel: { color: text },
    axisLine: { lineStyle: { color: line } },
    axisTick: { show: false },
    ...(props.horizontal ? { inverse: true } : {}),
  }
  const values = {
    type: 'value',
    axisLabel: { color: text, formatter: (value: number) => props.format(value) },
    splitLine: { lineStyle: { color: line } },
  }
  return {
    animation: false,
    aria: { enabled: true },
    color: SERIES[dark ? 'dark' : 'light'],
    grid: { left: 8, right: 16, top: props.series.length > 1 ? 30 : 12, bottom: 4, containLabel: true },
    ...(props.series.length > 1 ? { legend: { top: 0, right: 0, textStyle: { color: text }, itemHeight: 8 } } : {}),
    // Rich text keeps the tooltip free of markup and of styles that the page's policy forbids.
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      axisPointer: { type: 'shadow' },
      valueFormatter: (value: unknown) => props.format(Number(value)),
      backgroundColor: dark ? '#232830' : '#ffffff',
      borderColor: line,
      textStyle: { color: text },
    },
    xAxis: props.horizontal ? values : names,
    yAxis: props.horizontal ? names : values,
    series: props.series.map((series) => ({
      name: series.name,
      type: series.type,
      data: series.data,
      barMaxWidth: 26,
      ...(series.stack ? { stack: series.stack } : {}),
    })),
  }
}
