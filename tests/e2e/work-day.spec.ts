import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesHolding } from './helpers/disk.ts'
import { expect, test } from './helpers/fixtures.ts'
import { words } from './helpers/words.ts'
import { openSampleFirm } from './helpers/work-through.ts'
import { ADMINISTRATOR, FIRM } from './pages/first-run.page.ts'
import { LogInPage } from './pages/log-in.page.ts'
import { ShellPage } from './pages/shell.page.ts'

test('a dunning run keeps its letters through a crash, and nothing of it lies on disk in the clear', async ({
  app,
}) => {
  test.setTimeout(480_000)
  const shell = await openSampleFirm(app.page)
  await shell.open(words('common:nav.dunning'))
  await app.page.getByRole('link', { name: words('dunning:run.title') }).click()
  const include = app.page.getByRole('checkbox', { name: words('dunning:run.include') })
  await expect(include.first()).toBeVisible()
  const going = app.page.getByRole('checkbox', { name: words('dunning:run.include'), checked: true })
  const customer = await app.page.getByRole('row').filter({ has: going }).first().getByRole('button').innerText()
  const chosen = await going.count()
  expect(chosen).toBeGreaterThan(0)

  await app.page.getByRole('button', { name: words('dunning:run.start') }).click()
  const ask = app.page.getByRole('dialog', { name: words('dunning:run.start') })
  await expect(ask).toContainText(words('dunning:run.count', { count: chosen }).match(/\d+/)?.[0] ?? '?')
  await ask.getByRole('button', { name: words('dunning:run.start') }).click()
  await app.page.getByRole('button', { name: words('common:top.jobs') }).click()
  const save = app.page.getByRole('dialog', { name: words('jobs:title') }).getByRole('button', {
    name: words('jobs:save'),
  })
  await save.first().click({ timeout: 90_000 })
  const merged = await app.savedFile(/\.pdf$/)
  expect(readFileSync(merged).subarray(0, 5).toString('latin1')).toBe('%PDF-')

  await app.kill9()
  const page = await app.start()
  await new LogInPage(page).logIn(ADMINISTRATOR.login, ADMINISTRATOR.password)
  const again = new ShellPage(page)
  await expect(again.trail).toBeVisible({ timeout: 30_000 })
  await again.open(words('common:nav.dunning'))
  await page.getByRole('link', { name: words('dunning:register.title') }).click()
  await page.locator('.grid-search input').fill(customer)
  await expect(page.getByRole('grid').getByText(customer).first()).toBeVisible()

  await app.stop()
  // The name of the firm alone stands in the key file, for the log-in page.
  const secrets = [FIRM.uscc, FIRM.bankAccount, ADMINISTRATOR.password, customer]
  // The search itself must find what is there.
  writeFileSync(join(app.downloads, 'canary.txt'), customer)
  expect(filesHolding(app.downloads, [customer])).toEqual([join(app.downloads, 'canary.txt')])
  rmSync(app.downloads, { recursive: true })
  expect(filesHolding(app.root, secrets)).toEqual([])
})
