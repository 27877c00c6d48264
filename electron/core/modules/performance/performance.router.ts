import type { Os } from '#core/rpc/implementer.ts'
import type { createPerformanceService } from './performance.service.ts'

/** Binds the entries of performance. */
export function performanceRouter(os: Os['performance'], service: ReturnType<typeof createPerformanceService>) {
  return {
    sheet: os.sheet.handler(({ input, context }) => service.sheet(context.call, input.month)),
    sourceRows: os.sourceRows.handler(({ input, context }) => service.sourceRows(context.call, input)),
    targets: os.targets.handler(({ input, context }) => service.targets(context.call, input.month)),
    saveTargets: os.saveTargets.handler(({ input, context }) => service.saveTargets(context.call, input)),
    lock: os.lock.handler(({ input, context }) => service.lock(context.call, input.month)),
    workbook: os.workbook.handler(({ input, context }) => service.workbook(context.call, input.month)),
  }
}
