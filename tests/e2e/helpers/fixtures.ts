import { expect, test as base, type TestInfo } from '@playwright/test'
import { launchApp, missing, type HostKind, type RunningApp } from './running-app.ts'

export interface HostOptions {
  host: HostKind
}

interface Fixtures {
  /** The program, started in a fresh folder; nothing in it yet. */
  app: RunningApp
}

/** `test` of every journey: `app` is the program in the host of the project. */
export const test = base.extend<Fixtures & HostOptions>({
  host: ['web', { option: true }],
  app: async ({ host }, use, info) => {
    const reason = missing(host)
    info.skip(reason !== null, reason ?? '')
    const app = await launchApp(host)
    try {
      await use(app)
      if (info.status === info.expectedStatus) expect(app.problems, 'errors and foreign requests').toEqual([])
      else await attachEvidence(app, info)
    } finally {
      await app.dispose()
    }
  },
})

export { expect }

async function attachEvidence(app: RunningApp, info: TestInfo): Promise<void> {
  if (app.problems.length > 0)
    await info.attach('problems', { body: app.problems.join('\n'), contentType: 'text/plain' })
  // A program that was stopped has no page to show.
  await Promise.resolve()
    .then(() => app.page.screenshot({ timeout: 5000 }))
    .then((body) => info.attach('page', { body, contentType: 'image/png' }))
    .catch(() => undefined)
}
