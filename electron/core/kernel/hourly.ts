import type { CoreDeps } from './deps.ts'

const HOUR_MS = 60 * 60_000
/** The program has started and people have logged in by then; whoever opens it for half an hour a day is told too. */
const LOOK_EVERY_MS = 5 * 60_000

/** Work that nobody asks for: what is too old goes, what is due is told. Each says how much it has done. */
export interface HourlyWork {
  readonly name: string
  run(): Promise<number>
}

/**
 * Does such work every hour, the first time within minutes of the data file's opening; only where people work, and
 * while the data file is open. One after the other, so that nobody waits for them; one that fails stops no other.
 */
export function everyHour(
  { config, clock, log }: Pick<CoreDeps, 'config' | 'clock' | 'log'>,
  isOpen: () => boolean,
  works: readonly HourlyWork[],
): void {
  if (config.host === 'local') return
  let doneAt = Number.NEGATIVE_INFINITY
  let busy = false
  const look = async () => {
    if (busy || Math.abs(clock.now() - doneAt) < HOUR_MS) return
    busy = true
    for (const { name, run } of works) {
      if (!isOpen()) break
      doneAt = clock.now()
      await run().catch((error: unknown) => log.warn({ err: error, work: name }, 'hourly work failed'))
    }
    busy = false
  }
  setInterval(() => void look(), LOOK_EVERY_MS).unref()
}
