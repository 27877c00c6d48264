import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './helpers/fixtures.ts'
import { words } from './helpers/words.ts'
import { ADMINISTRATOR, FirstRunPage } from './pages/first-run.page.ts'
import { LogInPage } from './pages/log-in.page.ts'
import { ShellPage } from './pages/shell.page.ts'

const banner = (page: Page) => page.getByText(words('common:top.offline'))
const charts = (page: Page) => page.locator('.chart-panel canvas')
/** How long a page is left alone with the lost connection: two tries and the feeds' own second lie in it. */
const ALONE_MS = 2500

test('a page outlives its host, says so, and comes back to the log-in', async ({ app }) => {
  const { page } = app
  await new FirstRunPage(page).complete({ content: 'empty' })
  await expect(new ShellPage(page).trail).toBeVisible()

  await app.loseHost()
  await expect(banner(page)).toBeVisible()
  await page.waitForTimeout(ALONE_MS)
  await expect(new ShellPage(page).trail).toBeVisible()
  expect(app.problems).toEqual([])

  await app.bringHostBack()
  const logIn = new LogInPage(page)
  await expect(logIn.button).toBeVisible({ timeout: 20_000 })
  await expect(page.getByText(words('session:ended.ended'))).toBeVisible()
  await logIn.logIn(ADMINISTRATOR.login, ADMINISTRATOR.password)
  await expect(new ShellPage(page).trail).toBeVisible()
  await expect(banner(page)).toBeHidden()
  await expect(charts(page).first()).toBeVisible()
})

test('a chart whose drawing code is lost with the host shows its figures, and is drawn once they are there', async ({
  app,
}) => {
  const { page } = app
  let hold = true
  await page.route(/echarts-parts/, async (route) => {
    while (hold) await new Promise((resolve) => setTimeout(resolve, 50))
    await route.continue()
  })
  const asked = page.waitForRequest(/echarts-parts/)
  await new FirstRunPage(page).complete({ content: 'empty' })
  await asked
  await app.loseHost()
  hold = false
  await expect(page.locator('.chart-table').first()).toBeVisible()
  await page.waitForTimeout(ALONE_MS)
  expect(app.problems).toEqual([])

  await app.bringHostBack()
  await expect(new LogInPage(page).button).toBeVisible({ timeout: 20_000 })
  await new LogInPage(page).logIn(ADMINISTRATOR.login, ADMINISTRATOR.password)
  await expect(charts(page).first()).toBeVisible()
})

test('a line that breaks under a living host costs nobody the session', async ({ app }) => {
  const { page } = app
  await new FirstRunPage(page).complete({ content: 'empty' })
  const lines: { close(): Promise<void> }[] = []
  await page.routeWebSocket(/\/rpc$/, (line) => {
    const far = line.connectToServer()
    lines.push({
      async close() {
        await line.close({ code: 3001 })
        await far.close({ code: 3001 })
      },
    })
  })
  await page.reload()
  await new LogInPage(page).logIn(ADMINISTRATOR.login, ADMINISTRATOR.password)
  await expect(new ShellPage(page).trail).toBeVisible()
  // The log-in page, if only for a moment, would be a person's work thrown off the screen.
  await page.evaluate(() => {
    const seen = new MutationObserver(() => {
      if (document.querySelector('.shell') === null) document.documentElement.dataset['lost'] = 'yes'
    })
    seen.observe(document.body, { childList: true, subtree: true })
  })
  for (let broken = 0; broken < 3; broken += 1) {
    const before = lines.length
    await lines.at(-1)?.close()
    await expect.poll(() => lines.length).toBeGreaterThan(before)
    await expect(banner(page)).toBeHidden()
    await new ShellPage(page).open(words(broken % 2 === 0 ? 'common:nav.customers' : 'common:nav.contracts'))
    await expect(page.locator('.page-head h1')).toBeVisible()
  }
  expect(await page.evaluate(() => document.documentElement.dataset['lost'] ?? 'no')).toBe('no')
})

test('a page that the host no longer knows is told to open a new link, and takes it', async ({ app }) => {
  const { page } = app
  await new FirstRunPage(page).complete({ content: 'empty' })
  await expect(new ShellPage(page).trail).toBeVisible()
  await app.loseHost()
  rmSync(join(app.dataDir, 'pages.json'))
  const link = await app.bringHostBack()
  await expect(page.getByRole('heading', { name: words('session:noConnection.title') })).toBeVisible({
    timeout: 20_000,
  })
  await page.goto(link)
  await expect(new LogInPage(page).button).toBeVisible({ timeout: 20_000 })
})
