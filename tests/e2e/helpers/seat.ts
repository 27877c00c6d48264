import type { Page } from '@playwright/test'
import { expect } from './fixtures.ts'
import { words } from './words.ts'
import { ADMINISTRATOR } from '../pages/first-run.page.ts'
import { LogInPage } from '../pages/log-in.page.ts'
import { ShellPage } from '../pages/shell.page.ts'

/** Logs somebody in; whom a tool has hired has the administrator's password. */
export async function sitDown(page: Page, login: string): Promise<ShellPage> {
  await new LogInPage(page).logIn(login, ADMINISTRATOR.password)
  const shell = new ShellPage(page)
  await expect(shell.trail).toBeVisible({ timeout: 30_000 })
  return shell
}

/** Another person takes the seat. */
export async function changeSeat(page: Page, login: string): Promise<void> {
  await page.getByRole('button', { name: words('common:top.me') }).click()
  await page.getByRole('menuitem', { name: words('session:logOut') }).click()
  await sitDown(page, login)
}
