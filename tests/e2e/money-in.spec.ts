import type { Page } from '@playwright/test'
import { expectAccessibleInBothThemes } from './helpers/axe.ts'
import { expect, test } from './helpers/fixtures.ts'
import { goTo } from './helpers/go-to.ts'
import { Keyboard } from './helpers/keyboard.ts'
import { words } from './helpers/words.ts'
import { openSampleFirm } from './helpers/work-through.ts'
import { ListPage } from './pages/list.page.ts'

test.setTimeout(240_000)

const button = (page: Page, key: string, params?: Record<string, string | number>) =>
  page.getByRole('button', { name: words(key, params), exact: true })
const stage = (key: string) => words(`bank:stages.${key}`)

async function look(page: Page, where: string): Promise<void> {
  await expect(page.locator('.ant-spin-spinning')).toHaveCount(0)
  await expectAccessibleInBothThemes(page, where)
}

test('of a statement of twelve lines nine are booked at once, one is set aside, and all of it taken back', async ({
  app,
}) => {
  const { page } = app
  const list = new ListPage(page)
  await openSampleFirm(page)
  await goTo(page, '/bank/accounts')
  await expect(page.getByRole('row')).toHaveCount(2)
  await look(page, 'bank accounts')
  await goTo(page, '/bank')
  await expect(list.rows()).toHaveCount(12)
  await look(page, 'bank lines')
  await goTo(page, '/bank/statements')
  await expect(list.rows()).toHaveCount(1)
  await look(page, 'bank statements')
  await list.open()
  await expect(list.rows()).toHaveCount(12)
  await expect(list.rows(stage('out'))).toHaveCount(2)
  await look(page, 'a bank statement')

  await button(page, 'bank:bulk.action').click()
  await expect(page.getByRole('dialog').getByRole('checkbox')).toHaveCount(9)
  await look(page, 'the sure lines')
  await button(page, 'bank:bulk.run', { count: 9 }).click()
  await expect(page.getByRole('dialog').getByRole('status')).toBeVisible({ timeout: 30_000 })
  await page.keyboard.press('Escape')
  await expect(list.rows(stage('booked'))).toHaveCount(9)

  await list.open(stage('booked'))
  await look(page, 'a line that is booked')
  await page.keyboard.press('Escape')
  await list.open(stage('unknown'))
  await look(page, 'a line that nobody knows')
  await button(page, 'bank:line.setAside').click()
  await new Keyboard(page).choose(
    page.getByRole('combobox', { name: words('bank:line.kind') }),
    words('bank:asideKinds.income'),
  )
  await page.getByRole('textbox', { name: words('bank:line.reason') }).fill('租金收入')
  await button(page, 'bank:line.setAside').last().click()
  await expect(page.getByText('租金收入')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(list.rows(stage('ignored'))).toHaveCount(1)

  await button(page, 'bank:revert.action').click()
  await page.getByRole('textbox', { name: words('bank:revert.reason') }).fill('导错账户')
  await page.getByRole('checkbox', { name: words('bank:revert.withReceipts') }).check()
  await button(page, 'bank:revert.action').last().click()
  await expect(page.getByText(words('bank:statements.revertedNote', { reason: '导错账户' }))).toBeVisible()
  await expect(list.rows()).toHaveCount(0)
})
