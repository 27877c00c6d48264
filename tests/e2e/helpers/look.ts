import type { Locator, Page } from '@playwright/test'
import { expectAccessibleInBothThemes } from './axe.ts'
import { expect } from './fixtures.ts'
import { words } from './words.ts'

export const button = (page: Page | Locator, key: string, params?: Record<string, string | number>) =>
  page.getByRole('button', { name: words(key, params), exact: true })
export const link = (page: Page, key: string) => page.getByRole('link', { name: words(key), exact: true })

/** Looks at a page once it has come to rest; `where` names it in a failure. */
export async function look(page: Page, where: string): Promise<void> {
  await expect(page.locator('.ant-spin-spinning')).toHaveCount(0)
  await expectAccessibleInBothThemes(page, where)
}

/** Looks at the dialog or drawer that is open, and closes it again. */
export async function lookAtDialog(page: Page, where: string): Promise<void> {
  const dialog = page.getByRole('dialog').last()
  await expect(dialog).toBeVisible()
  await look(page, where)
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
}
