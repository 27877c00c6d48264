import { spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { findElectron, sandboxFlags } from '#main/programs.ts'
import { PROJECT } from '#tests/helpers/sources.ts'
import { expect, test } from './helpers/fixtures.ts'
import { FirstRunPage } from './pages/first-run.page.ts'
import { LogInPage } from './pages/log-in.page.ts'
import { ShellPage } from './pages/shell.page.ts'

test('a page of the desktop program stays where it is', async ({ app }) => {
  const { page } = app
  expect(page.url()).toMatch(/^app:\/\/ui\//)
  for (const address of [
    'https://example.com/',
    'file:///etc/passwd',
    'data:text/html,x',
    'app://evil/',
    'about:blank',
  ]) {
    await page.evaluate((to) => window.location.assign(to), address).catch(() => undefined)
    await page.waitForTimeout(100)
    // Where Chromium asks nobody, as for about:blank, the window comes back by itself.
    await expect.poll(() => page.url(), address).toMatch(/^app:\/\/ui\//)
  }
  expect(await page.evaluate(() => window.open('https://example.com/') === null)).toBe(true)
  app.problems.length = 0
})

test('what a page is given cannot be changed, and gives no way in', async ({ app }) => {
  const { page } = app
  const seen = await page.evaluate(async () => {
    const given = Reflect.get(window, 'host') as Record<string, unknown>
    const set = given['setLocale'] as (locale: unknown) => Promise<unknown>
    Reflect.set(given, 'chooseFolder', () => 'changed')
    const [push, parse] = [Array.prototype.push, JSON.parse]
    Array.prototype.push = () => 0
    JSON.parse = () => 'changed'
    const answers = [await set('en'), await set('no such language')]
    const refused = await set('x'.repeat(65)).then(
      () => 'taken',
      () => 'refused',
    )
    Array.prototype.push = push
    JSON.parse = parse
    const granted = await navigator.permissions.query({ name: 'geolocation' }).then(({ state }) => state)
    return {
      names: Object.keys(given).toSorted(),
      changed: String(given['chooseFolder']).includes('changed'),
      answers,
      refused,
      granted,
      notified: await Notification.requestPermission(),
    }
  })
  expect(seen).toEqual({
    names: [
      'chooseFolder',
      'onLockRequest',
      'openSavedFile',
      'platform',
      'setLocale',
      'showBackups',
      'showSavedFile',
      'versions',
    ],
    changed: false,
    answers: [true, false],
    refused: 'refused',
    granted: 'denied',
    // The reminder of what is due; everything else that a page may ask for is refused.
    notified: 'granted',
  })
  // The page's own code may have stumbled over the functions that were changed under it.
  app.problems.length = 0
})

test('a second program on the same folder hands over and ends', async ({ app }) => {
  const second = spawn(findElectron() ?? '', [...sandboxFlags(), PROJECT], {
    env: { ...process.env, YEWUTAI_DATA_DIR: app.dataDir },
    stdio: 'ignore',
  })
  const code = await new Promise((resolve) => second.once('exit', resolve))
  expect(code).toBe(0)
  await expect(app.page.locator('#root')).not.toBeEmpty()
})

test('a computer that goes to sleep leaves a locked page and a whole data file', async ({ app }) => {
  await new FirstRunPage(app.page).complete({ content: 'empty' })
  await expect(new ShellPage(app.page).trail).toBeVisible()
  const log = join(app.dataDir, 'yewutai.ywt-wal')
  expect(statSync(log).size).toBeGreaterThan(0)
  await app.suspend()
  await expect(new LogInPage(app.page).button).toBeVisible()
  await expect.poll(() => statSync(log).size).toBe(0)
})
