import { parentPort, workerData } from 'node:worker_threads'
import type { ChartModel } from '#shared/kernel/chart-model.ts'
import { createChartDrawer } from './draw-charts.ts'

/** Draws pictures. It has a thread of its own because the drawing library is native code and large: both go with it. */
const { resourcesDir } = workerData as { resourcesDir: string }

interface Task {
  readonly id: number
  readonly input: { readonly charts: readonly ChartModel[] }
}

parentPort?.on('message', ({ id, input }: Task) => {
  try {
    const output = createChartDrawer(resourcesDir)(input.charts)
    parentPort?.postMessage({ id, ok: true, output })
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
    parentPort?.postMessage({ id, ok: false, code: '', data: {}, message })
  }
})
