import { BarChartOutlined, TableOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { EChartsCoreOption, EChartsType } from 'echarts/core'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { ChartShape } from '#shared/kernel/chart-model.ts'
import { chartOptions, DARK, LIGHT, type ChartWords } from '#shared/kernel/chart-options.ts'
import { useT } from './i18n.ts'
import { isDark, onSystemTheme, useSeatSettings } from './settings.ts'

export interface ChartProps extends ChartShape, ChartWords {
  readonly title: string
  readonly height: number
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

/** The chart as its page shows it, with the words that appear under the pointer. */
function options(props: ChartProps, dark: boolean, width: number): EChartsCoreOption {
  const look = { ...(dark ? DARK : LIGHT), fontFamily: getComputedStyle(document.body).fontFamily }
  return {
    // Rich text keeps the tooltip free of markup and of styles that the page's policy forbids. A radar says its values itself.
    tooltip: {
      show: props.radarTo === undefined,
      trigger: 'axis',
      renderMode: 'richText',
      confine: true,
      axisPointer: { type: 'shadow' },
      valueFormatter: (value: unknown) => props.format(Number(value)),
      backgroundColor: dark ? '#232830' : '#ffffff',
      borderColor: look.line,
      textStyle: { color: look.text },
    },
    ...chartOptions(props, look, width),
  }
}
