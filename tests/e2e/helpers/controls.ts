import type { Locator, Page } from '@playwright/test'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { expect } from './fixtures.ts'
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

/**
 * Takes from a list of choices by typing a part of the choice. The list that was open before may still be closing, and
 * one that is drawn anew under the pointer loses the click: it is looked whether the choice was taken.
 */
export async function choose(field: Locator, choice: string): Promise<void> {
  const page = field.page()
  await field.click()
  await field.fill(choice)
  const list = await field.getAttribute('aria-controls')
  const open = page.locator('.ant-select-dropdown').filter({ has: page.locator(`[id="${list}"]`) })
  const option = open.locator('.ant-select-item-option').filter({ hasText: choice }).first()
  const select = field.locator('xpath=ancestor::*[contains(concat(" ", @class, " "), " ant-select ")][1]')
  // A list of which several may be taken stays open.
  const taken = async () =>
    (await open.isHidden()) ||
    (await select.locator('.ant-select-selection-item').filter({ hasText: choice }).count()) > 0
  await expect(async () => {
    await option.click({ timeout: 5000 })
    await expect.poll(taken, { timeout: 2000 }).toBe(true)
  }).toPass({ timeout: 15_000 })
}
