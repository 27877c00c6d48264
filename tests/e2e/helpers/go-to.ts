import type { Page } from '@playwright/test'

/** To an address of the program without a reload, as by its own links: a reload asks for the password. */
export async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState({}, '', to)
    dispatchEvent(new PopStateEvent('popstate'))
  }, address)
}
