import { readFileSync } from 'node:fs'
import { expect, test } from './helpers/fixtures.ts'
import { exportList, showSampleContract } from './helpers/work-through.ts'
import { words } from './helpers/words.ts'
import { ShellPage } from './pages/shell.page.ts'

test('a contract is shown as a PDF, a list is exported and saved through the host', async ({ app }) => {
  test.setTimeout(360_000)
  const { page } = app
  await showSampleContract(page)
  await page.keyboard.press('Escape')
  await new ShellPage(page).open(words('common:nav.contracts'))
  await exportList(page)
  await page
    .getByRole('dialog', { name: words('jobs:title') })
    .getByRole('button', { name: words('jobs:save') })
    .first()
    .click()
  const path = await app.savedFile(/\.xlsx$/)
  expect(readFileSync(path).subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004')
})
