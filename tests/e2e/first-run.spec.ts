import { readdirSync } from 'node:fs'
import { expectAccessible } from './helpers/axe.ts'
import { expect, test } from './helpers/fixtures.ts'
import { ADMINISTRATOR, FirstRunPage } from './pages/first-run.page.ts'
import { LogInPage } from './pages/log-in.page.ts'
import { ShellPage } from './pages/shell.page.ts'

test('a new firm is set up, and its administrator comes back after a restart and after a crash', async ({ app }) => {
  const firstRun = new FirstRunPage(app.page)
  await expect(firstRun.title).toBeVisible({ timeout: 30_000 })
  await expectAccessible(app.page, 'the first run')
  const code = await firstRun.complete({ content: 'empty' })
  expect(code.split('-').length).toBeGreaterThanOrEqual(6)
  await expect(new ShellPage(app.page).trail).toBeVisible()
  expect(readdirSync(app.dataDir)).toEqual(expect.arrayContaining(['yewutai.ywt', 'keys.json']))

  for (const again of ['restart', 'crash'] as const) {
    if (again === 'crash') await app.kill9()
    const page = again === 'crash' ? await app.start() : await app.restart()
    const logIn = new LogInPage(page)
    await expect(logIn.button).toBeVisible({ timeout: 30_000 })
    await expectAccessible(page, 'the log-in page')
    await logIn.logIn(ADMINISTRATOR.login, ADMINISTRATOR.password)
    await expect(new ShellPage(page).trail).toBeVisible()
  }
})

test('the sample firm is there after its first run', async ({ app }) => {
  test.setTimeout(360_000)
  const firstRun = new FirstRunPage(app.page)
  await expect(firstRun.title).toBeVisible({ timeout: 30_000 })
  await firstRun.complete({ content: 'sample' })
  await expect(new ShellPage(app.page).trail).toBeVisible({ timeout: 30_000 })
})
