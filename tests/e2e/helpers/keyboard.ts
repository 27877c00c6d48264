import type { Locator, Page } from '@playwright/test'
import { expect } from './fixtures.ts'
import { words } from './words.ts'

const MOST_STEPS = 160

/** The program worked as by somebody who has no mouse: what Tab does not reach cannot be used. */
export class Keyboard {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  /** Goes on by Tab until the focus is on the target, or on the one control within it. */
  async to(target: Locator): Promise<void> {
    await expect(target).toBeVisible()
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const there = await target.evaluate((element) => element.contains(document.activeElement))
      if (there) return
      await this.#page.keyboard.press('Tab')
    }
    throw new Error(`Tab does not lead to ${String(target)}`)
  }

  /** Puts a text in the place of what the field holds. */
  async type(target: Locator, text: string): Promise<void> {
    await this.to(target)
    await this.#page.keyboard.press('ControlOrMeta+a')
    await this.#page.keyboard.insertText(text)
  }

  /** Picks from a list by typing a part of the choice. */
  async choose(target: Locator, choice: string): Promise<void> {
    await this.to(target)
    await this.#page.keyboard.press('ArrowDown')
    await this.#page.keyboard.insertText(choice)
    await expect(this.#page.getByRole('option', { name: choice }).first()).toBeAttached()
    await this.#page.keyboard.press('Enter')
    await expect(this.#page.locator('.ant-select').filter({ has: target })).toContainText(choice)
  }

  async press(target: Locator, key = 'Enter'): Promise<void> {
    await this.to(target)
    await this.#page.keyboard.press(key)
  }

  /** Goes to a page by its name in the command palette. */
  async open(name: string): Promise<void> {
    await this.#page.keyboard.press('ControlOrMeta+k')
    const palette = this.#page.getByRole('dialog', { name: words('common:shortcuts.palette') })
    await expect(palette.getByRole('combobox')).toBeFocused()
    await this.#page.keyboard.insertText(name)
    await expect(palette.getByRole('option', { selected: true })).toContainText(name)
    await this.#page.keyboard.press('Enter')
    await expect(palette).toBeHidden()
  }
}
