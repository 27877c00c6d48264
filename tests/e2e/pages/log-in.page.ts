import type { Locator, Page } from '@playwright/test'
import { words } from '../helpers/words.ts'

/** The log-in page. */
export class LogInPage {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  get button(): Locator {
    return this.#page.getByRole('button', { name: words('session:logIn'), exact: true })
  }

  async logIn(login: string, password: string): Promise<void> {
    await this.#page.getByLabel(words('session:fields.login')).first().fill(login)
    await this.#page.getByLabel(words('session:fields.password')).first().fill(password)
    await this.button.click()
  }
}
