import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import ExcelJS from 'exceljs'
import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import { pngPicture } from '#tests/helpers/sample-files.ts'
import { unzipFiles } from '#tests/helpers/unzip.ts'
import { button, choose, fillDay } from './helpers/controls.ts'
import { startFilled } from './helpers/filled-firm.ts'
import { firmDay } from './helpers/firm-day.ts'
import { expect, test } from './helpers/fixtures.ts'
import { goTo } from './helpers/go-to.ts'
import { savedOfJob } from './helpers/jobs.ts'
import { changeSeat, sitDown } from './helpers/seat.ts'
import { words } from './helpers/words.ts'
import { ListPage } from './pages/list.page.ts'

/** As the tool that fills the firm names them. */
const CUSTOMERS = ['成都兴川机械制造有限公司', '重庆江源水务有限公司', '贵阳恒泰建材有限公司'] as const

const box = (form: Locator, key: string) => form.getByRole('combobox', { name: words(key), exact: true })
const drawer = (page: Page, key: string) => page.getByRole('dialog', { name: words(key), exact: true })
const stage = (key: string) => words(`bank:stages.${key}`)
/** A number whose check digit is right. */
const EMS = '1131234567808'
const inThreeYears = (from: PlainDay) => `${Number(from.slice(0, 4)) + 3}${from.slice(4)}`

test('money that comes in late: statement, reasons, letters, proof, the clock, interest, a broken promise, court', async ({
  app,
}) => {
  test.setTimeout(480_000)
  const statement = join(app.root, '建行流水.csv')
  await startFilled(app, 'money-team.ts', statement)
  const { page } = app
  const list = new ListPage(page)
  const today = firmDay()
  await sitDown(page, 'zhao')

  await test.step('a bank statement of twelve lines, nine of them sure', async () => {
    await goTo(page, '/bank/accounts')
    await button(page, 'bank:accounts.add').first().click()
    const form = drawer(page, 'bank:accounts.add')
    await form.getByLabel(words('bank:accounts.name')).fill('建行基本户')
    await form.getByLabel(words('bank:accounts.bankName')).fill('建设银行重庆渝北支行')
    await form.getByLabel(words('bank:accounts.number')).fill('50050105360000001234')
    await button(form, 'bank:accounts.save').click()
    await expect(form).toBeHidden()
    await goTo(page, '/bank/import')
    await page.locator('input[type=file]').setInputFiles(statement)
    await button(page, 'bank:import.check').click()
    await button(page, 'bank:import.run', { count: 12 }).click()
    await expect(list.rows()).toHaveCount(12)
    await expect(list.rows(stage('sure'))).toHaveCount(9)
    await expect(list.rows(stage('out'))).toHaveCount(2)
  })

  await test.step('booked in one go', async () => {
    await button(page, 'bank:bulk.action').click()
    await button(page, 'bank:bulk.run', { count: 9 }).click()
    await expect(page.getByRole('dialog').getByRole('status')).toContainText('9', { timeout: 30_000 })
    await page.keyboard.press('Escape')
    await expect(list.rows(stage('booked'))).toHaveCount(9)
  })

  await changeSeat(page, 'zhang')

  await test.step('what stays unpaid is the day’s work; each customer’s reason is asked for', async () => {
    await goTo(page, '/dunning')
    await expect(list.rows()).toHaveCount(3)
    for (const name of CUSTOMERS) await log(page, name, words('dunning:delayReasons.cashShort'))
  })

  await test.step('second-level letters for all three in one batch', async () => {
    await goTo(page, '/dunning/run')
    await expect(page.getByText(words('dunning:run.count', { count: 3 }))).toBeVisible()
    await expect(page.locator('.letter-pane canvas').first()).toBeVisible({ timeout: 30_000 })
    await button(page, 'dunning:run.start').click()
    await button(page.getByRole('dialog'), 'dunning:run.start').click()
    await goTo(page, '/dunning/letters')
    await expect(list.rows()).toHaveCount(3, { timeout: 60_000 })
    await expect(list.rows(words('dunning:steps.demand'))).toHaveCount(3)
  })

  await test.step('the letter to the first went by EMS and was signed for: the clock of its debts begins anew', async () => {
    await list.open(CUSTOMERS[0])
    await button(page, 'dunning:proof.record').click()
    const form = drawer(page, 'dunning:proof.record')
    await form.getByLabel(words('dunning:proof.number')).fill(EMS)
    await choose(box(form, 'dunning:proof.outcome'), words('dunning:proof.outcomes.signed'))
    await fillDay(form.getByLabel(words('dunning:proof.outcomeDay')), today)
    await choose(box(form, 'dunning:proof.signer'), words('dunning:proof.signers.mailRoom'))
    await form.getByLabel(words('dunning:proof.signature')).check()
    await button(form, 'dunning:proof.submit').click()
    await expect(form).toBeHidden()
    const sending = page.locator('.sendings li').filter({ hasText: EMS })
    await expect(sending).toContainText(words('dunning:proof.countsFrom', { day: today }))
    await expect(sending).toContainText(words('dunning:proof.strength.weak'))
    await page
      .getByTestId('attachment-input')
      .setInputFiles({ name: '回执.png', mimeType: 'image/png', buffer: Buffer.from(pngPicture(240, 160)) })
    await expect(sending).toContainText(words('dunning:proof.strength.strong'))
    await goTo(page, '/limitation')
    await list.open(CUSTOMERS[0])
    const event = page.getByRole('row', { name: words('claims:events.ems') })
    await expect(event).toContainText(today)
    await expect(event).toContainText(inThreeYears(today))
  })
  const debt = page.url()

  await changeSeat(page, 'zhao')

  await test.step('a part is paid: the earliest debt first, and interest is counted in segments', async () => {
    await goTo(page, '/receipts/new')
    await choose(page.getByRole('combobox', { name: words('receivables:receipts.customer') }), CUSTOMERS[0])
    await fillDay(page.getByLabel(words('receivables:receipts.day')).first(), addDays(today, -10))
    await page.getByLabel(words('receivables:receipts.amount')).first().fill('5000')
    await page.keyboard.press('Tab')
    await expect(page.getByRole('row', { name: /13,000\.00/ }).getByRole('textbox')).toHaveValue('5,000.00')
    await button(page, 'receivables:receipts.save').click()
    await expect(page.getByRole('heading', { level: 1 })).toContainText(words('receivables:receipts.one'))
    await goTo(page, debt)
    const segments = page.locator('.sheet-scroll tbody tr')
    await expect(segments.filter({ hasText: '13,000.00' })).toHaveCount(1)
    await expect(segments.filter({ hasText: addDays(today, -10) }).first()).toBeVisible()
    await expect(segments.filter({ hasText: '8,000.00' })).toHaveCount(1)
  })

  await changeSeat(page, 'zhang')

  await test.step('what was promised for a day that is past did not come', async () => {
    await goTo(page, '/dunning')
    await list.rows(CUSTOMERS[1]).click()
    const pane = page.locator('.case-pane')
    await button(pane, 'dunning:contacts.log').click()
    const form = drawer(page, 'dunning:contacts.log')
    await fillDay(form.getByRole('textbox', { name: words('dunning:contacts.day'), exact: true }), addDays(today, -25))
    await choose(box(form, 'dunning:contacts.result'), words('dunning:contacts.results.promised'))
    await form.getByLabel(words('dunning:contacts.person')).fill('刘会计')
    await form.getByLabel(words('dunning:contacts.amount')).fill('20000')
    await fillDay(form.getByLabel(words('dunning:contacts.payBy')), addDays(today, -16))
    await form.getByLabel(words('dunning:contacts.promisedBy')).fill('刘会计')
    await button(form, 'dunning:contacts.submit').click()
    await expect(form).toBeHidden()
    await expect(list.rows(words('dunning:work.brokenTag'))).toContainText(CUSTOMERS[1])
    await expect(pane).toContainText(words('dunning:rank.broken', { count: 1 }))
  })

  await test.step('reported to the superior, who lets it go to court', async () => {
    const pane = page.locator('.case-pane')
    await button(pane, 'dunning:escalations.report').click()
    const form = drawer(page, 'dunning:escalations.report')
    await form.getByLabel(words('dunning:escalations.fields.findings')).fill('承诺两次未付，已停产，厂房在拍卖')
    await choose(box(form, 'dunning:escalations.fields.proposal'), words('dunning:escalations.proposals.court'))
    await button(form, 'dunning:escalations.submit').click()
    await expect(form).toBeHidden()
    await expect(pane).toContainText(words('dunning:escalations.states.asked'))
    await changeSeat(page, 'wang')
    await goTo(page, '/approvals')
    await expect(page.getByText('厂房在拍卖').first()).toBeVisible()
    await button(page, 'approvals:act.approve').click()
    await expect(page.getByText(words('approvals:said.approve')).first()).toBeVisible()
    await goTo(page, '/dunning/escalations')
    await list.open(CUSTOMERS[1])
    await expect(page.getByText(words('dunning:escalations.results.task'))).toBeVisible()
  })

  await changeSeat(page, 'zhao')

  await test.step('a statement of account, and the report for finance', async () => {
    await goTo(page, '/statements/new')
    await page.getByRole('checkbox', { name: CUSTOMERS[1] }).check()
    await button(page, 'claims:statements.run', { count: 1 }).click()
    await expect(list.rows(CUSTOMERS[1])).toHaveCount(1, { timeout: 30_000 })
    await goTo(page, '/receivables/analysis')
    await button(page, 'receivables:report.make').click()
    const report = new ExcelJS.Workbook()
    await report.xlsx.readFile(await savedOfJob(app, 'receivables-report', /\.xlsx$/))
    const cells = report.worksheets.flatMap((sheet) => sheet.getSheetValues().flat())
    for (const name of CUSTOMERS) expect(cells).toContain(name)
    // What is left of the second's contract: the fourth, fifth and sixth payment.
    for (const yuan of [13_100, 14_100, 4_050.08]) expect(cells).toContain(yuan)
  })

  await test.step('the file for court, with what is missing named beforehand', async () => {
    await goTo(page, '/dunning')
    await list.rows(CUSTOMERS[1]).click()
    await button(page.locator('.case-pane'), 'dunning:court.make').click()
    await expect(page.getByRole('heading', { level: 1 })).toContainText(CUSTOMERS[1])
    await expect(page.getByText(words('dunning:court.gaps.noInvoice'))).toBeVisible()
    await button(page, 'dunning:court.make').click()
    const files = await unzipFiles(readFileSync(await savedOfJob(app, 'dunning-court', /\.zip$/)))
    for (const piece of ['index.title', 'sheets.interest', 'sheets.limitation', 'sheets.contacts'])
      expect([...files.keys()].join('\n')).toContain(words(`dunning:court.${piece}`))
  })
})

/** A call with this customer, and why nothing was paid. */
async function log(page: Page, name: string, reason: string): Promise<void> {
  await new ListPage(page).rows(name).click()
  const pane = page.locator('.case-pane')
  await expect(pane.getByRole('link', { name })).toBeVisible()
  await button(pane, 'dunning:contacts.log').click()
  const form = drawer(page, 'dunning:contacts.log')
  await form.getByLabel(words('dunning:contacts.person')).fill('刘会计')
  await choose(box(form, 'dunning:contacts.reason'), reason)
  await button(form, 'dunning:contacts.submit').click()
  await expect(form).toBeHidden()
  await expect(pane).toContainText(words('dunning:work.reasonIs', { reason }))
}
