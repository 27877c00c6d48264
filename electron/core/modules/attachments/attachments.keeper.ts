import type { CoreDeps } from '#core/kernel/deps.ts'

const LOOK_EVERY_MS = 60 * 60_000

/** Looks every hour whether the bytes of removed files are to go; only where people work, and the data file is open. */
export function keepAttachmentsShort(deps: CoreDeps, isOpen: () => boolean, purge: () => Promise<number>): void {
  if (deps.config.host === 'local') return
  setInterval(() => {
    if (isOpen()) purge().catch((error: unknown) => deps.log.warn({ err: error }, 'removed attachments'))
  }, LOOK_EVERY_MS).unref()
}
