import { createCanvas, GlobalFonts } from '@napi-rs/canvas'
import { BarChart, LineChart, RadarChart } from 'echarts/charts'
import { GridComponent, LegendComponent, RadarComponent } from 'echarts/components'
import { init, setPlatformAPI, use as register } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { CHART_WORDS, type ChartModel } from '#shared/kernel/chart-model.ts'
import { chartOptions, LIGHT } from '#shared/kernel/chart-options.ts'
import { fontFiles } from './pdf-fonts.ts'

/** The name under which our own font is drawn with: never one of the computer's. */
const FAMILY = 'Yewutai Sans'
const DENSITY = 2

register([BarChart, LineChart, RadarChart, GridComponent, LegendComponent, RadarComponent, CanvasRenderer])

/** Draws charts as PNG pictures on white, in the colours and letters of the program; the same model, the same bytes. */
export function createChartDrawer(resourcesDir: string): (charts: readonly ChartModel[]) => Uint8Array[] {
  if (!GlobalFonts.has(FAMILY)) GlobalFonts.registerFromPath(fontFiles(resourcesDir).regular, FAMILY)
  // For the measuring of texts; each picture brings a canvas of its own.
  setPlatformAPI({ createCanvas: () => createCanvas(8, 8) as unknown as HTMLCanvasElement })
  return (charts) => charts.map(draw)
}

function draw(chart: ChartModel): Uint8Array {
  const { width, height, unit } = chart
  const canvas = createCanvas(width * DENSITY, height * DENSITY)
  const drawn = init(canvas as unknown as HTMLCanvasElement, null, { width, height, devicePixelRatio: DENSITY })
  try {
    const look = { ...LIGHT, fontFamily: FAMILY, labelled: true }
    const options = chartOptions({ ...chart, ...CHART_WORDS[unit] }, look, width)
    drawn.setOption({ ...options, backgroundColor: '#ffffff' })
    return new Uint8Array(canvas.toBuffer('image/png'))
  } finally {
    // What is not disposed of keeps the thread alive.
    drawn.dispose()
  }
}
