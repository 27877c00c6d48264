import type { Locator, Page } from '@playwright/test'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { words } from './words.ts'

export const button = (page: Page | Locator, key: string, params?: Record<string, string | number>) =>
  page.getByRole('button', { name: words(key, params), exact: true })
export const link = (page: Page, key: string) => page.getByRole('link', { name: words(key), exact: true })
/** What a form says is wrong; what a finished job says is an alert as well. */
export const formErrors = (page: Page) => page.getByRole('alert').and(page.locator('.form-errors'))

/** A day is taken when the field is left, as by Tab. */
export async function fillDay(field: Locator, day: PlainDay): Promise<void> {
  await field.focus()
  await field.press('ControlOrMeta+a')
  await field.page().keyboard.insertText(day)
  await field.press('Tab')
}

/** Takes from a list of choices by typing a part of the choice; the list that was open before may still be closing. */
export async function choose(field: Locator, choice: string): Promise<void> {
  await field.click()
  await field.fill(choice)
  const page = field.page()
  const list = await field.getAttribute('aria-controls')
  const open = page.locator('.ant-select-dropdown').filter({ has: page.locator(`[id="${list}"]`) })
  await open.locator('.ant-select-item-option').filter({ hasText: choice }).first().click()
}
