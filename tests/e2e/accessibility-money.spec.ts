import { basename } from 'node:path'
import type { Page } from '@playwright/test'
import { button, link } from './helpers/controls.ts'
import { expect, test } from './helpers/fixtures.ts'
import { goTo } from './helpers/go-to.ts'
import { look, lookAtDialog } from './helpers/look.ts'
import { ONE_HOST } from './helpers/tags.ts'
import { words } from './helpers/words.ts'
import { openSampleFirm } from './helpers/work-through.ts'
import { ListPage } from './pages/list.page.ts'
import { ShellPage } from './pages/shell.page.ts'

test.setTimeout(600_000)

/** Pages of money that no entry of the navigation leads to. */
const BEYOND = [
  '/limitation/rules',
  '/disputes',
  '/claim-requests',
  '/statements/new',
  '/repayment-plans/new',
  '/interest',
  '/credit/rules',
  '/bank/accounts',
  '/bank/statements',
  '/dunning/escalations',
]

/** Opens the first row of the list at an address. */
async function openFirst(page: Page, address: string): Promise<void> {
  await goTo(page, address)
  const list = new ListPage(page)
  await expect(list.rows().first()).toBeVisible()
  await list.open()
  await expect(page.getByRole('grid')).toHaveCount(0)
}

async function choose(page: Page, menu: string, item: string): Promise<void> {
  await button(page, menu).click()
  await page.getByRole('menuitem', { name: words(item), exact: true }).click()
}

async function lookAtReceivables(page: Page): Promise<void> {
  const shell = new ShellPage(page)
  const list = new ListPage(page)
  const heading = (key: string) =>
    expect(page.getByRole('heading', { level: 1, name: words(key), exact: true })).toBeVisible()

  await shell.open(words('common:nav.receivables'))
  await list.open()
  await look(page, 'a receivable')
  await shell.open(words('common:nav.receivables'))
  await button(page, 'receivables:manual.create').click()
  await heading('receivables:manual.create')
  await look(page, 'entering a receivable')
  await shell.open(words('common:nav.receipts'))
  for (const place of ['credits', 'refunds', 'bills']) {
    await link(page, `receivables:${place}.title`).click()
    await heading(`receivables:${place}.title`)
    await look(page, place)
    await shell.open(words('common:nav.receipts'))
  }
  await link(page, 'receivables:credits.title').click()
  await button(page, 'receivables:credits.create').first().click()
  await heading('receivables:credits.create')
  await look(page, 'entering a credit note')
  await shell.open(words('common:nav.ageing'))
  await link(page, 'receivables:analysis.title').click()
  await expect(page.locator('.picture-grid canvas')).toHaveCount(4)
  await look(page, 'pictures of receivables')
  await link(page, 'receivables:provision.title').click()
  await button(page, 'receivables:provision.setRates').click()
  await lookAtDialog(page, 'rates of provisions')
}

/** A debt with what is written down and asked about it, then everything that comes of that. */
async function lookAtClaims(page: Page): Promise<void> {
  await openFirst(page, '/limitation')
  await expect(page.locator('.sheet-debt')).toBeVisible()
  await look(page, 'a debt')
  for (const key of ['events_.record', 'items.addCost', 'items.addPause']) {
    await button(page, `claims:${key}`).click()
    await lookAtDialog(page, key)
  }
  await choose(page, 'claims:ask.menu', 'claims:ask.waiver')
  await lookAtDialog(page, 'asking for a waiver')
  await choose(page, 'claims:ask.menu', 'claims:ask.extension')
  const asking = page.getByRole('dialog')
  await button(asking, 'claims:ask.submit').click()
  await expect(asking.locator('.field-note.error')).toBeVisible()
  await look(page, 'asking for another due day, with an error')
  await asking.getByLabel(words('claims:columns.note')).fill('资金周转困难')
  await button(asking, 'claims:ask.submit').click()
  await expect(asking).toBeHidden()
  await button(page, 'claims:disputes.open').click()
  const disputing = page.getByRole('dialog')
  await look(page, 'a new dispute')
  await button(disputing, 'claims:disputes.open').click()
  await expect(disputing).toBeHidden()
  await link(page, 'claims:debt.openReceivable').click()
  await expect(link(page, 'claims:debt.open')).toBeVisible()
  await look(page, 'a receivable with its clock')
  const id = basename(new URL(page.url()).pathname)

  await openFirst(page, '/claim-requests')
  await look(page, 'a request')
  await openFirst(page, '/disputes')
  await look(page, 'a dispute')
  await button(page, 'claims:disputes.resolve').click()
  await lookAtDialog(page, 'resolving a dispute')

  await goTo(page, '/statements/new')
  await page.locator('tbody').getByRole('checkbox').first().check()
  await button(page, 'claims:statements.run', { count: 1 }).click()
  await expect(new ListPage(page).rows()).toHaveCount(1, { timeout: 30_000 })
  await openFirst(page, '/statements')
  await expect(page.locator('.paper-pane canvas').first()).toBeVisible({ timeout: 30_000 })
  await look(page, 'a statement of account')
  for (const key of ['markSent', 'answer']) {
    await button(page, `claims:statements.${key}`).click()
    await lookAtDialog(page, key)
  }
  await goTo(page, `/debts/${id}`)
  await page.locator('.page-head').getByRole('link').first().click()
  await button(page, 'claims:plans.create').click()
  await page.locator('thead').getByRole('checkbox').check()
  await button(page, 'claims:plans.spread').click()
  await look(page, 'a repayment agreement that is written')
  await page.getByLabel(words('claims:plans.fields.reason')).fill('分期偿还')
  await button(page, 'claims:plans.save').click()
  await expect(button(page, 'claims:plans.submit')).toBeVisible()
  await look(page, 'a repayment agreement')
  await goTo(page, '/limitation/rules')
  await button(page, 'claims:rates.check').click()
  await lookAtDialog(page, 'a check of the rates')
  await goTo(page, '/contracts')
  await new ListPage(page).open(words('contracts:stages.performing'))
  await button(page, 'claims:terms.choose').click()
  await lookAtDialog(page, 'terms of interest')
}

async function lookAtCredit(page: Page): Promise<void> {
  await goTo(page, '/customers')
  await new ListPage(page).open()
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(words('customers:title'))
  await goTo(page, `/credit/${basename(new URL(page.url()).pathname)}`)
  await look(page, 'no credit yet')
  await choose(page, 'credit:steps', 'credit:scoreAgain')
  await expect(page.getByRole('table').first()).toBeVisible()
  await look(page, 'a credit card')
  await button(page, 'credit:limit.title').click()
  await lookAtDialog(page, 'setting a limit')
  for (const key of ['hold.title', 'register.title']) {
    await choose(page, 'credit:steps', `credit:${key}`)
    await lookAtDialog(page, key)
  }
}

const STATEMENT = `交易日期,收入金额,支出金额,余额,对方户名,摘要,流水号
2026-11-30,1000.00,,1405027.56,遵义长江农机厂,货款,A1
`

async function lookAtBank(page: Page): Promise<void> {
  await goTo(page, '/bank/accounts')
  await button(page, 'bank:accounts.add').click()
  await lookAtDialog(page, 'a bank account')
  await goTo(page, '/bank')
  await new ListPage(page).open(words('bank:stages.unknown'))
  await button(page, 'bank:line.other').click()
  await look(page, 'another customer for a line')
  await page.keyboard.press('Escape')
  await lookAtDialog(page, 'a line of a bank statement')
  await button(page, 'bank:bulk.action').click()
  await lookAtDialog(page, 'the sure lines')
  await goTo(page, '/bank/import')
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: '明细.csv', mimeType: 'text/csv', buffer: Buffer.from(STATEMENT) })
  await expect(button(page, 'bank:import.check')).toBeVisible()
  await look(page, 'columns of a bank statement')
  await button(page, 'bank:import.check').click()
  await expect(new ListPage(page).rows().first()).toBeVisible()
  await look(page, 'rows of a bank statement')
}

test('lists, forms and drawers of money are accessible', { tag: ONE_HOST }, async ({ app }) => {
  const { page } = app
  await openSampleFirm(page)
  for (const address of BEYOND) {
    await goTo(page, address)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await look(page, address)
  }
  await test.step('receivables', () => lookAtReceivables(page))
  await test.step('claims', () => lookAtClaims(page))
  await test.step('credit', () => lookAtCredit(page))
  await test.step('bank', () => lookAtBank(page))
})

test('dialogs and drawers of dunning are accessible', { tag: ONE_HOST }, async ({ app }) => {
  const { page } = app
  const shell = await openSampleFirm(page)
  const list = new ListPage(page)
  await shell.open(words('common:nav.dunning'))
  await button(page, 'dunning:contacts.log').click()
  await lookAtDialog(page, 'a call')
  await button(page, 'dunning:escalations.report').click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await look(page, 'reporting a difficulty')
  await page.getByLabel(words('dunning:escalations.fields.findings')).fill('对方停产')
  await page.getByLabel(words('dunning:escalations.fields.firstDay')).fill('2030-01-15')
  await page.keyboard.press('Tab')
  await button(page, 'dunning:escalations.submit').click()
  await link(page, 'dunning:escalations.open').click()
  await expect(page.locator('.columns-main')).toBeVisible()
  await look(page, 'a reported difficulty')
  await shell.open(words('common:nav.dunning'))
  await button(page, 'contracts:page.more').click()
  await page.getByRole('menuitem', { name: words('dunning:court.title') }).click()
  await expect(page.locator('.court-gaps')).toBeVisible({ timeout: 30_000 })
  await look(page, 'file for court')
  await shell.open(words('common:nav.dunning'))
  await link(page, 'dunning:run.title').click()
  await expect(page.locator('.letter-pane canvas').first()).toBeVisible({ timeout: 30_000 })
  await look(page, 'dunning run with a letter')
  await button(page, 'dunning:exclude.title').click()
  await lookAtDialog(page, 'excluding')
  // One letter is enough here.
  const chosen = page.getByRole('checkbox', { name: words('dunning:run.include'), checked: true })
  while ((await chosen.count()) > 1) await chosen.last().uncheck()
  await button(page, 'dunning:run.start').click()
  await look(page, 'start of a run')
  await button(page.getByRole('dialog'), 'dunning:run.start').click()
  await link(page, 'dunning:register.title').click()
  await expect(list.rows().first()).toBeVisible({ timeout: 30_000 })
  await look(page, 'register of letters')
  await list.open()
  await expect(page.locator('.letter-page canvas').first()).toBeVisible({ timeout: 30_000 })
  await look(page, 'a letter with its proofs')
  await button(page, 'dunning:proof.record').click()
  await lookAtDialog(page, 'sending a letter')
  await button(page, 'dunning:void.title').click()
  await lookAtDialog(page, 'making a letter void')
  await page.getByRole('button', { name: words('common:top.jobs') }).click()
  await lookAtDialog(page, 'job tray')
})
