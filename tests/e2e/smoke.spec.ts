import { expect, test } from './helpers/fixtures.ts'
import { words } from './helpers/words.ts'
import { FirstRunPage } from './pages/first-run.page.ts'
import { LogInPage } from './pages/log-in.page.ts'
import { ShellPage } from './pages/shell.page.ts'

test('opens on an empty folder and shows the first run', async ({ app }) => {
  await expect(app.page.locator('#root')).not.toBeEmpty({ timeout: 30_000 })
})

test('starts again on the same folder', async ({ app }) => {
  const page = await app.restart()
  await expect(page.locator('#root')).not.toBeEmpty({ timeout: 30_000 })
})

test('starts again after a crash', async ({ app }) => {
  await app.kill9()
  const page = await app.start()
  await expect(page.locator('#root')).not.toBeEmpty({ timeout: 30_000 })
})

test('is there again after a reload, at whatever page of it', async ({ app }) => {
  const { page } = app
  await new FirstRunPage(page).complete({ content: 'empty' })
  await new ShellPage(page).open(words('common:nav.customers'))
  await page
    .getByRole('button', { name: words('customers:new') })
    .first()
    .click()
  await expect(page).toHaveURL(/\/customers\/new$/)
  await page.reload()
  await expect(new LogInPage(page).button).toBeVisible({ timeout: 30_000 })
  // No browser says that a page's icon was not found; an image of the same address does.
  const icon = await page.evaluate(async () => {
    const image = new Image()
    image.src = document.querySelector<HTMLLinkElement>('link[rel=icon]')?.href ?? ''
    await image.decode()
    return new URL(image.src).pathname
  })
  expect(icon).toMatch(/^\/assets\/icon-[\w-]+\.svg$/)
})
