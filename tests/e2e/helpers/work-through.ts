import type { Page } from '@playwright/test'
import { expect } from './fixtures.ts'
import { words } from './words.ts'
import { FirstRunPage } from '../pages/first-run.page.ts'
import { ShellPage } from '../pages/shell.page.ts'

/** Sets the sample firm up, and waits until all of it is there. */
export async function openSampleFirm(page: Page): Promise<ShellPage> {
  await new FirstRunPage(page).complete({ content: 'sample' })
  const shell = new ShellPage(page)
  await expect(shell.trail).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: words('common:top.jobs') }).click()
  const jobs = page.getByRole('dialog', { name: words('jobs:title') })
  await expect(jobs.getByText(words('jobs:kinds.office-sample'))).toBeVisible()
  await expect(jobs.getByText(words('jobs:state.done'))).toBeVisible({ timeout: 360_000 })
  await page.keyboard.press('Escape')
  await expect(jobs).toBeHidden()
  return shell
}

/** Sets the sample firm up, and shows a contract as a PDF: core, both kinds of worker, tickets and preview at work. */
export async function showSampleContract(page: Page): Promise<void> {
  const firstRun = new FirstRunPage(page)
  await expect(firstRun.title).toBeVisible({ timeout: 30_000 })
  await firstRun.complete({ content: 'sample' })
  const shell = new ShellPage(page)
  await expect(shell.trail).toBeVisible({ timeout: 30_000 })

  await shell.open(words('common:nav.contracts'))
  const grid = page.getByRole('grid')
  await expect(grid.getByRole('row').nth(1)).toBeVisible()
  await grid.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: words('contracts:print.title') }).click()
  await page.getByRole('menuitem', { name: words('contracts:print.pdf'), exact: true }).click()
  await expect(page.locator('.pdf canvas').first()).toBeVisible({ timeout: 60_000 })
}

/** Exports the list on show; the file waits among the jobs. */
export async function exportList(page: Page): Promise<void> {
  await page.getByRole('button', { name: words('common:grid.export') }).click()
  await page.getByRole('menuitem', { name: words('common:grid.exportXlsx') }).click()
  await page.getByRole('button', { name: words('common:top.jobs') }).click()
  const jobs = page.getByRole('dialog', { name: words('jobs:title') })
  await expect(jobs.getByRole('button', { name: words('jobs:save') }).first()).toBeVisible({ timeout: 60_000 })
}
