import { readdirSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { button, formErrors, link } from './helpers/controls.ts'
import { expect, test } from './helpers/fixtures.ts'
import { goTo } from './helpers/go-to.ts'
import { Keyboard } from './helpers/keyboard.ts'
import { look, lookAtDialog } from './helpers/look.ts'
import { ONE_HOST } from './helpers/tags.ts'
import { words } from './helpers/words.ts'
import { openSampleFirm } from './helpers/work-through.ts'
import { ADMINISTRATOR, FirstRunPage } from './pages/first-run.page.ts'
import { ListPage } from './pages/list.page.ts'
import { LogInPage } from './pages/log-in.page.ts'
import { ShellPage } from './pages/shell.page.ts'

test.setTimeout(600_000)

test('what stands before the program is accessible: first run, log-in, lock, recovery', async ({ app }) => {
  let { page } = app
  const firstRun = new FirstRunPage(page)
  await expect(firstRun.title).toBeVisible({ timeout: 30_000 })
  await firstRun.complete({ content: 'empty' }, (step) => look(page, `first run, ${step}`))
  await expect(new ShellPage(page).trail).toBeVisible({ timeout: 30_000 })
  await look(page, 'an empty firm')

  await page.keyboard.press('ControlOrMeta+Shift+L')
  const logIn = new LogInPage(page)
  await expect(logIn.button).toBeVisible()
  await look(page, 'locked')
  for (const way of ['code', 'recovery', 'password']) {
    await button(page, `session:use.${way}`).click()
    await look(page, `log-in by ${way}`)
  }
  await logIn.logIn(ADMINISTRATOR.login, 'not the password')
  await expect(page.getByRole('alert')).toBeVisible()
  await look(page, 'a refused log-in')

  await app.stop()
  const [data] = readdirSync(app.dataDir)
    .filter((name) => name.endsWith('.ywt'))
    .map((name) => join(app.dataDir, name))
  if (data === undefined) throw new Error('no data file')
  // Not at the end of a page: that alone can be told before anybody logs in.
  truncateSync(data, Math.floor(statSync(data).size / 2) | 1)
  page = await app.start()
  await expect(page.getByRole('heading', { name: words('session:recovery.title') })).toBeVisible({ timeout: 30_000 })
  await expect(page.locator('.backup-list').getByRole('radio').first()).toBeEnabled({ timeout: 30_000 })
  await look(page, 'recovery')
})

test('every page of the sample firm opens without a failure and is accessible, by day and by night', async ({
  app,
}) => {
  const { page } = app
  const shell = await openSampleFirm(page)
  const entries = await shell.entries()
  expect(entries.length).toBeGreaterThanOrEqual(15)
  for (const entry of entries) {
    await shell.open(entry)
    await look(page, entry)
    await expect(page.getByRole('alert')).toHaveCount(0)
  }
})

test('records and editors are accessible', { tag: ONE_HOST }, async ({ app }) => {
  const { page } = app
  const shell = await openSampleFirm(page)
  const list = new ListPage(page)
  const heading = (name: string) => expect(page.getByRole('heading', { level: 1, name })).toBeVisible()

  await shell.open(words('common:nav.customers'))
  await list.open()
  await look(page, 'customer card')
  await button(page, 'customers:edit').click()
  await look(page, 'customer editor')
  await shell.open(words('common:nav.customers'))
  await button(page, 'customers:new').click()
  await page.getByLabel(words('customers:fields.name')).first().press('ControlOrMeta+Enter')
  await expect(formErrors(page)).toBeVisible()
  await look(page, 'new customer with errors')

  await shell.open(words('common:nav.visits'))
  await list.open()
  await look(page, 'visit')
  await shell.open(words('common:nav.visits'))
  await button(page, 'visits:plan').click()
  await look(page, 'visit plan')

  await shell.open(words('common:nav.contracts'))
  await button(page, 'contracts:list.create').click()
  await expect(page.locator('.findings')).toContainText(words('contracts:severities.error'))
  await expect(page.locator('.editor .pdf canvas').first()).toBeVisible({ timeout: 30_000 })
  await look(page, 'new contract with findings')
  await shell.open(words('common:nav.contracts'))
  await list.open(words('contracts:stages.performing'))
  await look(page, 'signed contract')

  await button(page, 'contracts:page.recordReceipt').click()
  await page.getByLabel(words('receivables:receipts.amount')).first().fill('100')
  await expect(page.locator('.allocation').getByRole('textbox').first()).not.toHaveValue('')
  await look(page, 'receipt entry with its allocation')
  await shell.open(words('common:nav.receipts'))
  await lookAtDialog(page, 'leaving a form')
  await shell.open(words('common:nav.receipts'))
  await button(page.getByRole('dialog'), 'common:form.leave').click()
  await list.open()
  await look(page, 'receipt')

  await shell.open(words('common:nav.invoices'))
  await list.open(words('invoices:stages.valid'))
  await look(page, 'invoice')
  await shell.open(words('common:nav.invoices'))
  await button(page, 'invoices:new').click()
  await button(page, 'invoices:form.save').click()
  await expect(formErrors(page)).toBeVisible()
  await look(page, 'new invoice with errors')

  await shell.open(words('common:nav.performance'))
  await link(page, 'performance:targetsTitle').click()
  await heading(words('performance:targetsTitle'))
  await look(page, 'targets')
  await link(page, 'performance:spread.open').click()
  await heading(words('performance:spread.title'))
  await look(page, 'a year spread over its months')
  await goTo(page, '/performance/targets/import')
  await heading(words('performance:figures.import'))
  await look(page, 'importing appraisal figures')
  await goTo(page, '/performance/reviews')
  await heading(words('performance:review.title'))
  await look(page, 'ratings')
  await goTo(page, '/performance/corrections')
  await heading(words('performance:correction.title'))
  await look(page, 'corrections of an open month')
  await goTo(page, '/performance/ranking')
  await heading(words('performance:ranking.title'))
  await look(page, 'ranking')
  await goTo(page, '/performance')
  await link(page, 'performance:history.open').first().click()
  await look(page, 'a person over time')
  await goTo(page, '/performance/suggestions')
  await heading(words('performance:proposals.suggestions'))
  await look(page, 'what results suggest')
  await goTo(page, '/performance/proposals')
  await button(page, 'performance:proposals.new').first().click()
  await lookAtDialog(page, 'a proposal')
  await goTo(page, '/performance/rules')
  await heading(words('performance:policy.title'))
  await look(page, 'rules of the appraisal')
  await goTo(page, '/performance/year')
  await heading(words('performance:year.title'))
  await look(page, 'year')
  await goTo(page, '/performance/schemes')
  await heading(words('performance:schemes.title'))
  await look(page, 'schemes, none yet')
  await button(page, 'performance:schemes.create').click()
  await button(page, 'performance:schemes.save').click()
  await expect(formErrors(page)).toBeVisible()
  await look(page, 'new scheme with errors')
  await page.getByLabel(words('performance:schemes.fields.name')).fill('业务员方案')
  await button(page, 'performance:schemes.save').click()
  await heading('业务员方案')
  await look(page, 'scheme')
  await shell.open(words('common:nav.dunning'))
  await expect(page.locator('.case-next')).toBeVisible({ timeout: 30_000 })
  await look(page, 'work list of dunning')
  for (const name of ['contacts', 'promiseList', 'escalations', 'policy'] as const) {
    await shell.open(words('common:nav.dunning'))
    await link(page, `dunning:${name}.title`).click()
    await heading(words(`dunning:${name}.title`))
    await look(page, `dunning ${name}`)
  }
  await shell.open(words('common:nav.people'))
  await link(page, 'people:groupsTitle').click()
  await look(page, 'departments and teams')
})

/** Pages that no entry of the navigation leads to. */
const BEYOND = [
  '/customers/pool',
  '/customers/pool/rules',
  '/customers/duplicates',
  '/customers/sources',
  '/customers/screening',
  '/customers/call-backs',
  '/customers/hand-overs',
  '/customers/fields',
  '/visits/figures',
  '/visits/calendar',
  '/visits/calendar?span=month',
  '/deals/new',
  '/deals/forecast',
  '/deals/stages',
  '/approval-ways',
  '/approval-ways/new',
  '/invoices/uninvoiced',
  '/ageing?basis=invoice',
  '/imports/new/invoices',
]

test('the pages beyond the navigation are accessible', { tag: ONE_HOST }, async ({ app }) => {
  const { page } = app
  const shell = await openSampleFirm(page)
  for (const address of BEYOND) {
    await goTo(page, address)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await look(page, address)
  }
  await shell.open(words('common:nav.customers'))
  await new ListPage(page).open()
  await link(page, 'timeline:showAll').click()
  await expect(page.locator('.timeline-whole li').first()).toBeVisible()
  await look(page, 'timeline of a customer')
  await shell.open(words('common:nav.customers'))
  const boxes = page.getByRole('checkbox', { name: words('common:grid.selectRow') })
  await boxes.nth(0).check()
  await boxes.nth(1).check()
  await button(page, 'customers:merge.compare').click()
  await look(page, 'two customers compared')
  for (const entry of ['quotations', 'minutes', 'obligations', 'orders'] as const) {
    await shell.open(words(`common:nav.${entry}`))
    await new ListPage(page).open()
    await look(page, entry)
  }
})

test('settings and the steps of an import are accessible', { tag: ONE_HOST }, async ({ app }) => {
  const { page } = app
  const shell = await openSampleFirm(page)
  await shell.open(words('common:nav.settings'))
  for (const tab of await page.getByRole('tab').all()) {
    await tab.click()
    await look(page, `settings, ${await tab.innerText()}`)
  }
  await page.getByRole('button', { name: words('common:top.me') }).click()
  await page.getByRole('menuitem', { name: words('session:changePassword.title') }).click()
  await look(page, 'change of the password')

  await shell.open(words('common:nav.imports'))
  await page.getByRole('button', { name: words('imports:new', { what: words('imports:entity.customers') }) }).click()
  await look(page, 'import, file')
  const rows = '客户名称,电话\n成都锦城机电有限公司,028-86661234\n,12\n'
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: '客户.csv', mimeType: 'text/csv', buffer: Buffer.from(rows) })
  await expect(button(page, 'imports:map.start')).toBeVisible()
  await look(page, 'import, columns')
  await button(page, 'imports:map.start').click()
  const start = page.getByRole('button', { name: words('imports:check.run', { count: 1 }) })
  await expect(start).toBeVisible({ timeout: 30_000 })
  await page.getByRole('grid').focus()
  await page.keyboard.press('ArrowDown')
  await look(page, 'import, check')
  await start.click()
  await expect(button(page, 'imports:done.open')).toBeVisible({ timeout: 30_000 })
  await look(page, 'import, done')
  await button(page, 'imports:done.open').click()
  await expect(page.getByRole('heading', { level: 1, name: '客户.csv' })).toBeVisible()
  await look(page, 'record of an import')
})

test('dialogs and drawers of customers and contracts are accessible', { tag: ONE_HOST }, async ({ app }) => {
  const { page } = app
  const shell = await openSampleFirm(page)
  const list = new ListPage(page)

  await shell.open(words('common:nav.customers'))
  await list.choose(2)
  await button(page, 'customers:transfer').click()
  await lookAtDialog(page, 'transfer')
  await list.rows().nth(3).click({ button: 'right' })
  await expect(page.getByRole('menuitem').first()).toBeVisible()
  await look(page, 'menu of a row')
  await page.keyboard.press('Escape')
  await list.open()
  await button(page, 'customers:more').click()
  await page.getByRole('menuitem', { name: words('customers:remove') }).click()
  await lookAtDialog(page, 'removing a customer')

  await shell.open(words('common:nav.contracts'))
  await button(page, 'common:grid.columns').click()
  await expect(button(page, 'common:grid.resetColumns')).toBeVisible()
  await look(page, 'columns of a list')
  await page.keyboard.press('Escape')
  await new Keyboard(page).choose(
    page.getByRole('combobox', { name: words('contracts:filters.stage') }),
    words('contracts:stages.draft'),
  )
  await list.open(words('contracts:stages.draft'))
  await button(page, 'contracts:page.sign').click()
  await lookAtDialog(page, 'signing')
  await button(page, 'contracts:page.void').click()
  const voiding = page.getByRole('dialog', { name: words('contracts:void.title') })
  await button(voiding, 'contracts:void.submit').click()
  await expect(voiding.locator('.field-note.error')).toBeVisible()
  await lookAtDialog(page, 'making void, with an error')
  await shell.open(words('common:nav.contracts'))
  await list.open(words('contracts:stages.performing'))
  await button(page, 'contracts:page.recordEvent').click()
  await lookAtDialog(page, 'event')
  await button(page, 'contracts:print.title').click()
  await page.getByRole('menuitem', { name: words('contracts:print.pdf'), exact: true }).click()
  await expect(page.getByRole('dialog').locator('canvas').first()).toBeVisible({ timeout: 30_000 })
  await lookAtDialog(page, 'PDF of a contract')

  await shell.open(words('common:nav.receipts'))
  await list.open()
  await button(page, 'receivables:receipts.reverse').click()
  await lookAtDialog(page, 'reversing a receipt')
  await shell.open(words('common:nav.ageing'))
  await page.getByRole('main').locator('table .link-button').first().click()
  await lookAtDialog(page, 'figures behind an age')
  await button(page, 'receivables:policy.title').click()
  await lookAtDialog(page, 'rules of receivables')

  await shell.open(words('common:nav.invoices'))
  await list.open(words('invoices:stages.valid'))
  await button(page, 'invoices:page.link').click()
  await lookAtDialog(page, 'what an invoice bills')
  await button(page, 'invoices:page.redLetter').click()
  await lookAtDialog(page, 'red letter')
})

test('dialogs and drawers of performance, people and the frame are accessible', { tag: ONE_HOST }, async ({ app }) => {
  const { page } = app
  const shell = await openSampleFirm(page)
  const list = new ListPage(page)
  await shell.open(words('common:nav.performance'))
  await page.getByRole('main').locator('.plain-table .link-button').nth(1).click()
  await lookAtDialog(page, 'sources of a figure')
  await page.getByText(words('performance:extra.give'), { exact: true }).first().click()
  await lookAtDialog(page, 'points beside the indicators')
  await button(page, 'performance:lock').click()
  await lookAtDialog(page, 'locking a month')
  await button(page, 'performance:previous').click()
  await link(page, 'performance:cycle.open').click()
  await page.getByText(words('performance:cycle.calibrate'), { exact: true }).last().click()
  const calibrating = page.getByRole('dialog').last()
  await look(page, 'calibrating a total')
  await calibrating.getByLabel(words('performance:cycle.pointsLabel')).fill('-1.5')
  await calibrating.getByLabel(words('performance:cycle.reason')).fill('客户投诉')
  await button(calibrating, 'performance:cycle.save').click()
  await expect(calibrating).toBeHidden()
  await look(page, 'calibration')
  await link(page, 'performance:title').last().click()
  await link(page, 'performance:bonus.open').click()
  await page.getByText(words('performance:bonus.setDays'), { exact: true }).first().click()
  await lookAtDialog(page, 'days absent')
  await page.getByText(words('performance:bonus.setBase'), { exact: true }).first().click()
  const basing = page.getByRole('dialog').last()
  await look(page, 'a bonus base')
  await basing.getByLabel(words('performance:bonus.baseLabel')).fill('3000')
  await button(basing, 'performance:bonus.saveBase').click()
  await expect(basing).toBeHidden()
  await look(page, 'bonus sheet')
  await link(page, 'performance:title').last().click()
  await button(page, 'performance:lock').click()
  await button(page.getByRole('dialog'), 'performance:lock').click()
  await page.getByText(words('performance:correction.correct'), { exact: true }).first().click()
  const correcting = page.getByRole('dialog').last()
  await look(page, 'correcting a locked figure')
  await correcting.getByLabel(words('performance:correction.fields.value')).fill('7')
  await correcting.getByLabel(words('performance:correction.fields.reason')).fill('漏记')
  await button(correcting, 'performance:correction.ask').click()
  await expect(correcting).toBeHidden()
  await link(page, 'performance:correction.open').click()
  await button(page, 'performance:correction.compare').click()
  await look(page, 'corrections of a locked month')
  await page.getByRole('main').locator('.plain-table a').first().click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(words('performance:correction.one'))
  await look(page, 'a correction')

  await shell.open(words('common:nav.performance'))
  await link(page, 'performance:review.open').click()
  await page.getByText(words('performance:forms.ask'), { exact: true }).first().click()
  const asking = page.getByRole('dialog').last()
  await asking.getByRole('checkbox').first().check()
  await look(page, 'customers to be asked')
  await button(asking, 'performance:forms.make').click()
  await expect(asking).toBeHidden()
  await link(page, 'performance:forms.open').click()
  await list.open()
  await look(page, 'a form for a customer')
  await button(page.getByRole('dialog').last(), 'performance:forms.answer').click()
  await lookAtDialog(page, 'the answer on a form')
  await look(page, 'forms for customers')

  await shell.open(words('common:nav.people'))
  await button(page, 'people:new').click()
  await lookAtDialog(page, 'account')
  await list.choose(1)
  await look(page, 'a chosen account')
  await button(page, 'people:actions.reset').click()
  const asked = page.getByRole('dialog')
  await look(page, 'resetting a password')
  await button(asked, 'common:continue').click()
  await expect(page.getByText(words('people:code.copy'))).toBeVisible()
  await look(page, 'one-time code')
  await button(page.getByRole('dialog'), 'common:close').last().click()
  await link(page, 'people:groupsTitle').click()
  await button(page, 'people:teams.new').click()
  await lookAtDialog(page, 'team')

  await shell.open(words('common:nav.audit'))
  await list.open()
  await lookAtDialog(page, 'row of the audit log')
  await shell.open(words('common:nav.backups'))
  await button(page, 'backups:actions.create').click()
  const restore = button(page, 'backups:actions.restore').first()
  await expect(restore).toBeVisible({ timeout: 30_000 })
  await restore.click()
  await lookAtDialog(page, 'restoring a backup')

  await page.keyboard.press('ControlOrMeta+k')
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused()
  await page.keyboard.insertText('重庆')
  await expect(page.getByRole('option').filter({ hasText: 'KH' }).first()).toBeVisible()
  await lookAtDialog(page, 'command palette')
  await page.keyboard.press('?')
  await lookAtDialog(page, 'shortcuts')
  for (const menu of ['appearance', 'me']) {
    await page.getByRole('button', { name: words(`common:top.${menu}`) }).click()
    await expect(page.getByRole('menu').last()).toBeVisible()
    await look(page, `menu, ${menu}`)
    await page.keyboard.press('Escape')
  }
})
