import { readFileSync } from 'node:fs'
import { expect, test } from './helpers/fixtures.ts'
import { words } from './helpers/words.ts'
import { FirstRunPage } from './pages/first-run.page.ts'
import { ShellPage } from './pages/shell.page.ts'

test('a list is exported by a worker and saved through the host', async ({ app }) => {
  test.setTimeout(180_000)
  const { page } = app
  const firstRun = new FirstRunPage(page)
  await expect(firstRun.title).toBeVisible({ timeout: 30_000 })
  await firstRun.complete({ content: 'sample' })
  const shell = new ShellPage(page)
  await expect(shell.trail).toBeVisible({ timeout: 30_000 })

  await shell.open(words('common:nav.contracts'))
  await page.getByRole('button', { name: words('common:grid.export') }).click()
  await page.getByRole('menuitem', { name: words('common:grid.exportXlsx') }).click()
  await page.getByRole('button', { name: words('common:top.jobs') }).click()
  await page
    .getByRole('dialog', { name: words('jobs:title') })
    .getByRole('button', { name: words('jobs:save') })
    .first()
    .click({ timeout: 60_000 })
  const path = await app.savedFile(/\.xlsx$/)
  expect(readFileSync(path).subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004')
})
