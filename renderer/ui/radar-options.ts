import type { EChartsCoreOption } from 'echarts/core'

interface Radar {
  readonly categories: readonly string[]
  readonly series: readonly { readonly name: string; readonly data: readonly number[]; readonly color?: number }[]
  readonly format: (value: number) => string
}

/** A ray for each category, from nothing in the middle to `most` at the rim; words show what the values are. */
export function radarOptions(
  props: Radar,
  most: number,
  { text, line, colors }: { text: string; line: string; colors: readonly string[] },
): EChartsCoreOption {
  return {
    animation: false,
    aria: { enabled: true },
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    tooltip: { show: false },
    radar: {
      radius: '66%',
      splitNumber: 5,
      indicator: props.categories.map((name, i) => ({
        name: `${name} ${props.format(props.series[0]?.data[i] ?? 0)}`,
        max: most,
      })),
      axisName: { color: text, fontSize: 11 },
      axisLine: { lineStyle: { color: line } },
      splitLine: { lineStyle: { color: line } },
      splitArea: { show: false },
    },
    series: props.series.map((series, at) => ({
      type: 'radar',
      color: colors[(series.color ?? at) % colors.length],
      areaStyle: { opacity: 0.15 },
      symbolSize: 5,
      data: [{ name: series.name, value: series.data.map((value) => Math.max(0, Math.min(value, most))) }],
    })),
  }
}
