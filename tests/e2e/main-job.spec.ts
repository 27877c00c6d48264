import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import ExcelJS from 'exceljs'
import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import { button } from './helpers/controls.ts'
import { filesHolding } from './helpers/disk.ts'
import { expect, test } from './helpers/fixtures.ts'
import { Keyboard } from './helpers/keyboard.ts'
import type { RunningApp } from './helpers/running-app.ts'
import { words } from './helpers/words.ts'
import { ADMINISTRATOR, FIRM } from './pages/first-run.page.ts'
import { LogInPage } from './pages/log-in.page.ts'
import { ShellPage } from './pages/shell.page.ts'

/** Somebody who exists nowhere else: what of him lies on disk in the clear would be found. */
const CANARY = {
  name: '金丝雀传动设备有限公司',
  uscc: '91500107MA5U1X2Y34',
  contact: '鹂先生',
  address: '重庆市江北区雀尾路 17 号',
  later: '备份之后才来的公司',
}

const PASSWORD = ADMINISTRATOR.password

const today = () => new Date().toLocaleDateString('sv-SE') as PlainDay

test('the main job from the first run to a restored backup, by the keyboard alone', async ({ app }) => {
  test.setTimeout(480_000)
  const { page } = app
  const keys = new Keyboard(page)
  await test.step('the first run', () => firstRun(page, keys))
  await test.step('a customer', () => enterCustomer(page, keys, CANARY.name))
  await test.step('a contract, its PDF, its signing', () => makeContract(app, keys))
  await test.step('a receipt', () => recordReceipt(page, keys))
  await test.step('a dunning run', () => dun(app, keys))
  await test.step('the sheet of the month', () => saveMonthSheet(app, keys))
  await test.step('a backup, and back to it', () => restoreBackup(page, keys))
  await app.kill9()

  // The search itself must find what is there.
  writeFileSync(join(app.downloads, 'canary.txt'), CANARY.name)
  expect(filesHolding(app.downloads, [CANARY.name])).toEqual([join(app.downloads, 'canary.txt')])
  rmSync(app.downloads, { recursive: true })
  // The name of the firm alone stands in the key file, for the log-in page.
  const { name: _name, ...firm } = FIRM
  expect(filesHolding(app.root, [...Object.values(CANARY), firm.uscc, firm.bankAccount, PASSWORD])).toEqual([])
})

async function firstRun(page: Page, keys: Keyboard): Promise<void> {
  const field = (key: string) => page.getByLabel(words(key)).first()
  await expect(page.getByRole('heading', { name: words('office:firstRun.title') })).toBeVisible({ timeout: 30_000 })
  await keys.press(button(page, 'common:next'))
  for (const [key, value] of Object.entries(FIRM)) await keys.type(field(`office:firm.${key}`), value)
  await page.keyboard.press('Enter')
  await keys.type(field('people:fields.name'), ADMINISTRATOR.name)
  await keys.type(field('people:fields.login'), ADMINISTRATOR.login)
  await keys.type(field('session:fields.password'), ADMINISTRATOR.password)
  await keys.press(page.getByRole('checkbox', { name: words('office:firstRun.sells') }), 'Space')
  await keys.press(button(page, 'common:next'))
  await keys.to(page.getByRole('radio', { checked: true }))
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('radio', { name: words('office:firstRun.empty') })).toBeChecked()
  await keys.press(button(page, 'office:firstRun.create'))
  const list = page.getByTestId('recovery-code').getByRole('listitem')
  await list.first().waitFor({ timeout: 60_000 })
  const groups = await list.allInnerTexts()
  await keys.press(button(page, 'office:firstRun.written'))
  for (const [index, group] of groups.entries()) {
    const asked = page.getByLabel(words('office:firstRun.group', { n: index + 1 }), { exact: true })
    if (await asked.isVisible()) await keys.type(asked, group)
  }
  await page.keyboard.press('Enter')
  await expect(new ShellPage(page).trail).toBeVisible({ timeout: 30_000 })
}

async function enterCustomer(page: Page, keys: Keyboard, name: string): Promise<void> {
  const field = (key: string) => page.getByLabel(words(`customers:fields.${key}`)).first()
  await keys.open(words('common:nav.customers'))
  await page.keyboard.press('n')
  await keys.type(field('name'), name)
  if (name === CANARY.name) await keys.type(field('uscc'), CANARY.uscc)
  await keys.choose(field('source'), words('customers:source.exhibition'))
  await keys.type(field('address'), CANARY.address)
  await keys.press(button(page, 'customers:contact.add'))
  await keys.type(page.getByLabel(words('customers:contact.name')).first(), CANARY.contact)
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(page.getByRole('heading', { name })).toBeVisible()
}

/** Ten pumps at 10,000.00, drafted on the customer's card, signed forty days ago: its first part is overdue. */
async function makeContract(app: RunningApp, keys: Keyboard): Promise<void> {
  const { page } = app
  const cell = (key: string) => page.getByRole('textbox', { name: `${words(`contracts:fields.${key}`)} 1` })
  await keys.press(page.getByRole('link', { name: words('customers:panels.newContract') }))
  await expect(page.getByLabel(words('contracts:fields.buyer.name')).first()).toHaveValue(CANARY.name)
  await keys.type(page.getByLabel(words('contracts:fields.title')).first(), '循环泵采购合同')
  await keys.type(page.getByLabel(words('contracts:fields.signPlace')).first(), '重庆')
  await keys.type(cell('line.name'), '循环泵')
  await keys.type(cell('line.quantity'), '10')
  await keys.type(cell('line.price'), '10000')
  await keys.type(page.getByLabel(words('contracts:fields.terms.deliveryPlace')).first(), '重庆')
  await keys.type(page.getByLabel(words('contracts:fields.terms.deliveryDay')).first(), addDays(today(), -10))
  await page.keyboard.press('Tab')
  await expect(page.locator('.findings')).not.toContainText(words('contracts:severities.error'))
  await expect(page.locator('.editor .pdf canvas').first()).toBeVisible({ timeout: 30_000 })
  await keys.press(button(page, 'contracts:editor.save'))

  await keys.press(button(page, 'contracts:print.title'))
  await keys.press(page.getByRole('menuitem', { name: words('contracts:print.pdf'), exact: true }))
  const pdf = page.getByRole('dialog').filter({ has: page.locator('.pdf') })
  await expect(pdf.locator('canvas').first()).toBeVisible({ timeout: 30_000 })
  await keys.press(button(pdf, 'common:download'))
  const saved = readFileSync(await app.savedFile(/\.pdf$/))
  expect(saved.subarray(0, 5).toString('latin1')).toBe('%PDF-')
  await page.keyboard.press('Escape')
  await expect(pdf).toBeHidden()

  await keys.press(button(page, 'contracts:page.sign'))
  const sign = page.getByRole('dialog', { name: words('contracts:sign.title') })
  await keys.type(sign.getByLabel(words('contracts:sign.day')), addDays(today(), -40))
  await keys.type(sign.getByLabel(words('contracts:fields.ourSigner')), ADMINISTRATOR.name)
  await keys.type(sign.getByLabel(words('contracts:fields.theirSigner')), CANARY.contact)
  await page.keyboard.press('Enter')
  await expect(sign).toBeHidden()
  await expect(page.getByRole('row', { name: /30,000\.00/ })).toContainText(words('receivables:statuses.overdue'))
}

async function recordReceipt(page: Page, keys: Keyboard): Promise<void> {
  await keys.press(button(page, 'contracts:page.recordReceipt'))
  await keys.type(page.getByLabel(words('receivables:receipts.amount')).first(), '12500.5')
  const row = page.getByRole('row').filter({ hasText: '30,000.00' })
  await expect(row.getByRole('textbox')).toHaveValue('12,500.50')
  await keys.press(button(page, 'receivables:receipts.save'))
  // The page of the receipt: the form before it has such a row as well.
  await expect(
    page.getByRole('heading', { level: 1, name: new RegExp(words('receivables:receipts.one')) }),
  ).toBeVisible()
  await expect(page.getByRole('row', { name: /12,500\.50/ }).first()).toBeVisible()
}

async function dun(app: RunningApp, keys: Keyboard): Promise<void> {
  const { page } = app
  await keys.open(words('common:nav.dunning'))
  await keys.press(page.getByRole('link', { name: words('dunning:run.title') }))
  await expect(page.getByRole('row', { name: CANARY.name })).toContainText('17,499.50')
  await keys.press(button(page, 'dunning:run.start'))
  await keys.press(button(page.getByRole('dialog', { name: words('dunning:run.start') }), 'dunning:run.start'))
  await saveOfJob(app, keys, /\.pdf$/)
  await keys.press(page.getByRole('link', { name: words('dunning:register.title') }))
  await expect(page.getByRole('grid').getByText(CANARY.name)).toBeVisible()
}

async function saveMonthSheet(app: RunningApp, keys: Keyboard): Promise<void> {
  const { page } = app
  await keys.open(words('common:nav.performance'))
  await expect(page.getByRole('button', { name: '12,500.50' })).toBeVisible()
  await keys.press(button(page, 'performance:export'))
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.readFile(await saveOfJob(app, keys, /\.xlsx$/))
  const figures = workbook.worksheets.flatMap((sheet) =>
    sheet.getSheetValues().flatMap((row) => (Array.isArray(row) ? row : [])),
  )
  expect(figures).toContain(12_500.5)
}

/** Goes back to a backup; what came after it is gone, everything else is as it was. */
async function restoreBackup(page: Page, keys: Keyboard): Promise<void> {
  await keys.open(words('common:nav.backups'))
  await keys.press(button(page, 'backups:actions.create'))
  const made = page.getByRole('row').filter({ hasText: words('backups:reasons.manual') })
  await expect(made).toBeVisible({ timeout: 30_000 })
  await enterCustomer(page, keys, CANARY.later)

  await keys.open(words('common:nav.backups'))
  await keys.press(button(made, 'backups:actions.restore'))
  await keys.press(button(page.getByRole('dialog'), 'backups:confirmRestore.button'))

  const logIn = new LogInPage(page)
  await expect(logIn.button).toBeVisible({ timeout: 30_000 })
  await keys.type(page.getByLabel(words('session:fields.login')).first(), ADMINISTRATOR.login)
  await keys.type(page.getByLabel(words('session:fields.password')).first(), ADMINISTRATOR.password)
  await page.keyboard.press('Enter')
  await expect(new ShellPage(page).trail).toBeVisible({ timeout: 30_000 })
  await keys.open(words('common:nav.customers'))
  const search = page.locator('.grid-search input')
  const found = page.getByRole('grid').getByText(CANARY.name)
  await keys.type(search, CANARY.later)
  await expect(found).toHaveCount(0)
  await keys.type(search, CANARY.name)
  await expect(found).toBeVisible()
}

/** Waits in the job tray for the file of the newest job, and saves it. */
async function saveOfJob(app: RunningApp, keys: Keyboard, name: RegExp): Promise<string> {
  const { page } = app
  await keys.press(page.getByRole('button', { name: words('common:top.jobs') }))
  const tray = page.getByRole('dialog', { name: words('jobs:title') })
  const file = tray
    .locator('.tray-file')
    .filter({ has: page.locator('.tray-name', { hasText: name }) })
    .first()
  await expect(file).toBeVisible({ timeout: 60_000 })
  await keys.press(button(file, 'jobs:save'))
  const saved = await app.savedFile(name)
  await page.keyboard.press('Escape')
  await expect(tray).toBeHidden()
  return saved
}
