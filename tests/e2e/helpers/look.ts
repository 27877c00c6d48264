import type { Page } from '@playwright/test'
import { expectAccessibleInBothThemes } from './axe.ts'
import { expect } from './fixtures.ts'

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
  await expect(dialog, `${where} is still open after it was looked at`).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
}
