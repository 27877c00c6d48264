import type { Locator, Page } from '@playwright/test'

/** A page whose content is the one list of the program. */
export class ListPage {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  get grid(): Locator {
    return this.#page.getByRole('grid')
  }

  /** The rows that say this; all rows without the head where nothing is said. */
  rows(text?: string): Locator {
    const rows = this.grid.locator('tbody tr[data-index]')
    return text === undefined ? rows : rows.filter({ hasText: text })
  }

  /** Opens the first row that says this, by its first cell. */
  async open(text?: string): Promise<void> {
    await this.rows(text).first().locator('.grid-first').getByRole('button').click()
  }

  /** Chooses the first rows, so that the bar of what can be done with them is shown. */
  async choose(count: number): Promise<void> {
    for (let at = 0; at < count; at += 1) await this.rows().nth(at).getByRole('checkbox').check()
  }
}
