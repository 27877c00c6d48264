import { expect } from './fixtures.ts'
import type { RunningApp } from './running-app.ts'
import { words } from './words.ts'

/** Saves what the job of this kind made. */
export async function savedOfJob(app: RunningApp, kind: string, name: RegExp): Promise<string> {
  const { page } = app
  await page.getByRole('button', { name: words('common:top.jobs') }).click()
  const jobs = page.getByRole('dialog', { name: words('jobs:title') })
  const job = jobs.locator('.tray-job').filter({ hasText: words(`jobs:kinds.${kind}`) })
  await job.getByRole('button', { name: words('jobs:save') }).click({ timeout: 60_000 })
  const path = await app.savedFile(name)
  await page.keyboard.press('Escape')
  await expect(jobs).toBeHidden()
  return path
}
