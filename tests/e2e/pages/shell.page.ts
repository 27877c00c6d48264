import type { Locator, Page } from '@playwright/test'
import { words } from '../helpers/words.ts'

/** The frame around every page once somebody is logged in. */
export class ShellPage {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  /** The way to the page on show; there is none before the log-in. */
  get trail(): Locator {
    return this.#page.getByRole('navigation', { name: words('common:top.trail') })
  }

  get search(): Locator {
    return this.#page.locator('button.shell-search')
  }

  /** The words of every entry of the navigation. */
  async entries(): Promise<string[]> {
    const links = this.#page.getByRole('navigation', { name: words('common:nav.main') }).getByRole('link')
    // Beside the word a figure may stand.
    return (await links.allInnerTexts()).map((text) => text.trim().split('\n', 1)[0] ?? '')
  }

  /** Follows an entry of the navigation, by its words. */
  async open(entry: string): Promise<void> {
    const navigation = this.#page.getByRole('navigation', { name: words('common:nav.main') })
    await navigation
      .getByRole('link')
      .filter({ has: this.#page.getByText(entry, { exact: true }) })
      .click()
  }
}
