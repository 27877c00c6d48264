import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import ExcelJS from 'exceljs'
import { asMonth, shiftMonth } from '#shared/kernel/dates.ts'
import { button, choose, link } from './helpers/controls.ts'
import { fillClosed, startFilled } from './helpers/filled-firm.ts'
import { firmDay } from './helpers/firm-day.ts'
import { expect, test } from './helpers/fixtures.ts'
import { goTo } from './helpers/go-to.ts'
import { savedOfJob } from './helpers/jobs.ts'
import { look } from './helpers/look.ts'
import type { RunningApp } from './helpers/running-app.ts'
import { changeSeat, sitDown } from './helpers/seat.ts'
import { words } from './helpers/words.ts'
import { ADMINISTRATOR } from './pages/first-run.page.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const cycle = (key: string, params?: Record<string, string | number>) => words(`performance:cycle.${key}`, params)
const bonus = (key: string) => words(`performance:bonus.${key}`)
const correction = (key: string, params?: Record<string, string>) => words(`performance:correction.${key}`, params)

test('a month from its scheme to its year: targets, ratings, appeal, calibration, lock, workbook, correction', async ({
  app,
}) => {
  test.setTimeout(600_000)
  await startFilled(app, 'contract-team.ts')
  const now = asMonth(firmDay().slice(0, 7))
  const month = shiftMonth(now, -1)
  await sitDown(app.page, ADMINISTRATOR.login)
  await test.step('a scheme by four indicators', () => saveScheme(app.page))
  await test.step('its targets, and what a customer said, from a sheet', () => importFigures(app, now))

  await fillClosed(app, 'month-passes.ts')
  const { page } = app
  const open = () => goTo(page, `/performance?month=${month}`)
  const drawer = page.getByRole('dialog').last()

  await test.step('the cycle is open: everybody is asked to rate himself, and does', async () => {
    await sitDown(page, 'zhang')
    await goTo(page, '/tasks')
    await expect(page.getByText(words('performance:cycle.tasks.self', { month })).first()).toBeVisible()
    await goTo(page, `/performance/reviews?month=${month}`)
    await button(page, 'performance:review.rateSelf').click()
    await giveMarks(page, 4)
  })

  await test.step('the leader rates him and asks a colleague, who stays silent', async () => {
    await changeSeat(page, 'wang')
    await goTo(page, `/performance/reviews?month=${month}`)
    await page.getByRole('button', { name: `${words('performance:review.rate')} 张三`, exact: true }).click()
    await giveMarks(page, 4)
    await choose(page.getByLabel(`${words('performance:review.choosePeers')} 张三`), '钱法务')
    await page.keyboard.press('Escape')
    await button(page, 'performance:review.ask').first().click()
    await expect(page.getByText(words('performance:review.states.asked'))).toBeVisible()
    // Superior 4.00 by 40 %, customer 5.00 by 20 %, oneself 4.00 by 10 %: the colleagues' 30 % go to the others.
    await expect(page.getByText(words('performance:review.score', { score: '4.29' }))).toBeVisible()
  })

  await test.step('and gives a point for what no indicator measures', async () => {
    await open()
    await page.getByRole('button', { name: `${words('performance:extra.give')} 张三` }).click()
    await drawer.getByLabel(words('performance:extra.points')).fill('1')
    await drawer.getByLabel(words('performance:extra.reason')).fill('带教新人')
    await button(drawer, 'performance:extra.save').click()
    await expect(page.getByText('+1.00 带教新人')).toBeVisible()
  })

  await changeSeat(page, 'zhang')
  await test.step('who was appraised does not agree', async () => {
    await open()
    await look(page, 'one’s own result')
    await button(page, 'performance:cycle.appeal').click()
    await look(page, 'appealing')
    await choose(drawer.getByLabel(cycle('item')), words('performance:indicators.visits'))
    await drawer.getByLabel(cycle('reason')).fill('两次拜访登记在同事名下')
    await button(drawer, 'performance:cycle.appeal').click()
    await expect(page.getByText(cycle('standings.appealed'))).toBeVisible()
    await expect(button(page, 'performance:cycle.confirm')).toHaveCount(0)
  })

  await test.step('an owner answers, and calibrates at once', async () => {
    await changeSeat(page, ADMINISTRATOR.login)
    await goTo(page, `/performance/calibration?month=${month}`)
    const people = page.getByRole('row', { name: /张三|王主管/ })
    await expect(people).toHaveCount(2)
    await page.getByLabel(words('performance:people.search')).fill('王')
    await expect(people).toHaveCount(1)
    await page.getByLabel(words('performance:people.search')).fill('')
    await expect(people).toHaveCount(2)
    await look(page, 'calibration with an appeal')
    await button(page, 'performance:cycle.answer').click()
    await look(page, 'answering an appeal')
    await choose(drawer.getByLabel(cycle('verdict')), cycle('upheld'))
    await drawer.getByLabel(cycle('answerText')).fill('属实，补计两次')
    await drawer.getByLabel(cycle('pointsOptional')).fill('2.5')
    await button(drawer, 'performance:cycle.answer').click()
    await expect(page.getByText('+2.50')).toBeVisible()
  })

  await test.step('who was appraised sees the line, and agrees', async () => {
    await changeSeat(page, 'zhang')
    await open()
    await expect(page.getByText('属实，补计两次').first()).toBeVisible()
    await button(page, 'performance:cycle.confirm').click()
    await expect(page.getByText(cycle('standings.confirmed')).first()).toBeVisible()
  })

  await test.step('a base for the bonus, and the lock says who is silent, and reminds him', async () => {
    await changeSeat(page, ADMINISTRATOR.login)
    await goTo(page, `/performance/bonus?month=${month}`)
    await page.getByRole('button', { name: `${bonus('setBase')} 张三` }).click()
    await drawer.getByLabel(bonus('baseLabel')).fill('5000')
    await button(drawer, 'performance:bonus.saveBase').click()
    await expect(page.getByRole('row', { name: /张三/ })).toContainText('4,000.00')
    await open()
    await button(page, 'performance:lock').click()
    await expect(drawer).toContainText(cycle('silent', { count: 1, names: '王主管' }))
    await expect(drawer).toContainText(cycle('lateOne', { rater: '钱法务', name: '张三' }))
    await expect(drawer).toContainText(cycle('lateSelf', { name: '王主管' }))
    await button(drawer, 'performance:cycle.remind').click()
    await expect(page.getByText(words('performance:cycle.reminded', { count: 3 }))).toBeVisible()
    await button(drawer, 'performance:lock').click()
    await expect(page.getByText(cycle('lockedStandings.silent'))).toBeVisible()
  })

  await test.step('the workbook says what the page says', async () => {
    await button(page, 'performance:export').click()
    const rows = await rowsOf(await savedOfJob(app, 'performance-workbook', /\.xlsx$/))
    const ranking = rows.find((row) => row.includes('张三') && row.includes('销售方案'))
    await expect(totalOf(page, '张三')).toContainText(Number(ranking?.[8]).toFixed(2))
  })

  await test.step('the bonus is kept: 5,000 by 80 % of the lower grade', async () => {
    await link(page, 'performance:bonus.open').click()
    await page.getByRole('button', { name: bonus('bonus'), exact: true }).click()
    await expect(page.getByRole('columnheader', { name: bonus('bonus'), exact: true })).toHaveAttribute(
      'aria-sort',
      'descending',
    )
    await expect(page.getByRole('row').nth(1)).toContainText('张三')
    await expect(page.getByRole('row').nth(1)).toContainText('4,000.00')
  })

  await test.step('the leader asks for a correction, the owner approves it, and both figures stand there', async () => {
    await changeSeat(page, 'wang')
    await open()
    await page.getByText(correction('correct'), { exact: true }).first().click()
    await drawer.getByLabel(correction('fields.value')).fill('30000')
    await drawer.getByLabel(correction('fields.reason')).fill('漏记一份合同')
    await button(drawer, 'performance:correction.ask').click()
    await expect(drawer).toBeHidden()
    await changeSeat(page, ADMINISTRATOR.login)
    await goTo(page, '/approvals')
    await button(page, 'approvals:act.approve').click()
    await expect(page.getByText(words('approvals:said.approve'))).toBeVisible()
    await open()
    await expect(page.getByText(correction('locked', { value: '0.00' }))).toBeVisible()
    await expect(page.getByText('30,000.00')).toBeVisible()
    await link(page, 'performance:correction.open').click()
    await expect(page.getByText(correction('states.done'))).toBeVisible()
  })

  await test.step('the year is what its one locked month came to, corrected', async () => {
    await open()
    const total = await totalOf(page, '张三').getByRole('cell').last().innerText()
    await goTo(page, `/performance/year?year=${month.slice(0, 4)}`)
    await expect(page.getByRole('row', { name: /张三/ })).toContainText(total)
  })
})

/** The line with what somebody's month came to. */
const totalOf = (page: Page, name: string) =>
  page
    .locator('[id^=person-]')
    .filter({ has: page.getByRole('heading', { name }) })
    .locator('tr.total')

/** Contracts, money, visits and ratings by 20 to 30 per cent, in two grades. */
async function saveScheme(page: Page): Promise<void> {
  const scheme = (key: string) => words(`performance:schemes.${key}`)
  await goTo(page, '/performance/schemes/new')
  await page.getByLabel(scheme('fields.name')).fill('销售方案')
  const rate = words('performance:indicators.collectionRate')
  await choose(page.getByLabel(`${rate} ${scheme('item.indicator')}`), words('performance:indicators.review360'))
  await button(page, 'performance:schemes.band.add').click()
  await button(page, 'performance:schemes.band.add').click()
  for (const [i, [name, from, gives]] of [
    ['甲', '60', '100'],
    ['乙', '0', '80'],
  ].entries()) {
    await page.getByLabel(`${scheme('band.name')} ${i + 1}`).fill(name as string)
    await page.getByLabel(`${scheme('band.from')} ${i + 1}`).fill(from as string)
    await page.getByLabel(`${scheme('band.coefficient')} ${i + 1}`).fill(gives as string)
  }
  await page.getByLabel(words('performance:extra.mostUp')).fill('5')
  await button(page, 'performance:schemes.save').click()
  await expect(page.getByRole('heading', { name: '销售方案' })).toBeVisible()
}

/** The sheet that the program makes, filled in with a spreadsheet program and brought back. */
async function importFigures(app: RunningApp, month: string): Promise<void> {
  const { page } = app
  const figures = (key: string, params?: Record<string, number>) => words(`performance:figures.${key}`, params)
  await goTo(page, `/performance/targets/import?month=${month}`)
  await button(page, 'performance:figures.template').click()
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(readFileSync(await savedOfJob(app, 'performance-figures', /\.xlsx$/)) as never)
  const targets: Readonly<Record<string, number>> = {
    contractAmount: 100_000,
    collected: 80_000,
    review360: 4,
    visits: 5,
  }
  book.getWorksheet(figures('sheets.figures'))?.eachRow((row) => {
    const code = Object.keys(targets).find((one) => row.getCell(4).text === words(`performance:indicators.${one}`))
    if (code !== undefined) row.getCell(6).value = targets[code] as number
  })
  book.getWorksheet(figures('sheets.ratings'))?.eachRow((row) => {
    if (row.getCell(2).text !== '张三') return
    for (const [i, value] of ['成都兴川机械制造有限公司', 5, 5, 5, 5, '交货及时'].entries())
      row.getCell(4 + i).value = value
  })
  const buffer = Buffer.from(await book.xlsx.writeBuffer())
  await page.locator('input[type=file]').setInputFiles({ name: '考核数据.xlsx', mimeType: XLSX, buffer })
  // Two people by four targets, and one rating.
  await page.getByRole('button', { name: figures('run', { count: 9 }) }).click()
  await expect(page.getByText(figures('done', { count: 9 }))).toBeVisible()
}

async function giveMarks(page: Page, mark: number): Promise<void> {
  const drawer = page.getByRole('dialog').last()
  for (const key of ['teamwork', 'reliability', 'skill', 'service']) {
    await choose(drawer.getByLabel(words(`performance:review.criteria.${key}`)), String(mark))
  }
  await button(drawer, 'performance:review.give').click()
  await expect(page.getByText(words('performance:review.given'))).toBeVisible()
}

async function rowsOf(path: string): Promise<unknown[][]> {
  const book = new ExcelJS.Workbook()
  await book.xlsx.readFile(path)
  const value = (cell: ExcelJS.CellValue) =>
    typeof cell === 'object' && cell !== null && 'result' in cell ? cell.result : cell
  return book.worksheets.flatMap((sheet) =>
    sheet
      .getSheetValues()
      .map((row) => (Array.isArray(row) ? row.map((cell) => value(cell as ExcelJS.CellValue)) : [])),
  )
}
