import { expect, test } from './helpers/fixtures.ts'

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
