import type { CoreDeps } from './deps.ts'

const HOUR_MS = 60 * 60_000

/** Work that nobody asks for: what is too old goes, what is due is told. Each says how much it has done. */
export interface HourlyWork {
  readonly name: string
  run(): Promise<number>
}

/** Does such work every hour; only where people work, and while the data file is open. One that fails stops no other. */
export function everyHour(deps: CoreDeps, isOpen: () => boolean, works: readonly HourlyWork[]): void {
  if (deps.config.host === 'local') return
  setInterval(() => {
    if (!isOpen()) return
    for (const { name, run } of works) {
      run().catch((error: unknown) => deps.log.warn({ err: error, work: name }, 'hourly work failed'))
    }
  }, HOUR_MS).unref()
}
