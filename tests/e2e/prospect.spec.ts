import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import ExcelJS from 'exceljs'
import { expect, test } from './helpers/fixtures.ts'
import type { RunningApp } from './helpers/running-app.ts'
import { words } from './helpers/words.ts'
import { FirstRunPage } from './pages/first-run.page.ts'
import { ShellPage } from './pages/shell.page.ts'

const ROWS = 500
const WRONG = 20
const TWICE = 15
const HEADINGS = ['客户名称', '统一社会信用代码', '客户来源', '区域', '电话', '联系人'] as const

const nameOf = (at: number) =>
  `${['重庆', '成都', '贵阳', '昆明'][at % 4]}客商${String(at).padStart(3, '0')}机械有限公司`
const phoneOf = (at: number) => `139${String(30_000_000 + at * 7)}`

/** Row 24, 49, … is wrong in turn in its source, its name or its credit code; row 30, 63, … is the one before again. */
function rowOf(at: number): readonly string[] {
  const good = [nameOf(at), '', '网络', '西南', phoneOf(at), `联系人${at}`] as const
  if (at % 25 === 24)
    return [['', ...good.slice(1)], good.with(2, '占卜'), good.with(1, '91350100M000100Y44')][at % 3] ?? good
  return at % 33 === 30 ? [nameOf(at - 1), '', '展会', '西南', '', `同事${at}`] : good
}

async function workbookOf(rows: readonly (readonly string[])[]): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('客户')
  sheet.addRow([...HEADINGS])
  for (const row of rows) sheet.addRow([...row])
  return Buffer.from(await book.xlsx.writeBuffer())
}

const button = (page: Page, key: string) => page.getByRole('button', { name: words(key), exact: true })

test('five hundred prospects come in, and what was wrong with some is put right', async ({ app }) => {
  test.setTimeout(300_000)
  const { page } = app
  await new FirstRunPage(page).complete({ content: 'empty' })
  const shell = new ShellPage(page)
  await expect(shell.trail).toBeVisible({ timeout: 30_000 })

  const made = ROWS - WRONG - TWICE
  await test.step('the sheet with its mistakes', async () => {
    const rows = Array.from({ length: ROWS }, (_, at) => rowOf(at))
    await importSheet(app, await workbookOf(rows), made)
    await expect(page.getByRole('status').filter({ hasText: `${ROWS}` })).toHaveText(
      words('imports:done.sum', { created: made, updated: 0, skipped: TWICE, failed: WRONG, rows: ROWS }),
    )
  })

  await test.step('the failed rows, put right in the sheet that came back', async () => {
    await button(page, 'imports:check.errorSheet').click()
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(readFileSync(await app.savedFile(/\.xlsx$/)) as never)
    const sheet = book.worksheets[0]
    const heads = (sheet?.getRow(1).values as string[]) ?? []
    expect(heads).toContain(words('imports:reason'))
    expect(sheet?.rowCount).toBe(1 + WRONG)
    const column = (heading: string) => heads.indexOf(heading)
    sheet?.eachRow((row, number) => {
      if (number === 1) return
      expect(String(row.getCell(column(words('imports:reason'))).value)).not.toBe('')
      const phone = String(row.getCell(column('电话')).value)
      row.getCell(column('客户名称')).value = nameOf((Number(phone.slice(3)) - 30_000_000) / 7)
      row.getCell(column('客户来源')).value = '网络'
      row.getCell(column('统一社会信用代码')).value = ''
    })
    await button(page, 'imports:done.again').click()
    await importSheet(app, Buffer.from(await book.xlsx.writeBuffer()), WRONG, false)
    await button(page, 'imports:done.list').click()
    await expect(page.getByText(words('common:grid.count', { count: made + WRONG }))).toBeVisible()
  })
})

/** Through the four steps of an import; `count` rows can be written. */
async function importSheet(app: RunningApp, buffer: Buffer, count: number, open = true): Promise<void> {
  const { page } = app
  if (open) {
    await new ShellPage(page).open(words('common:nav.imports'))
    await page.getByRole('button', { name: words('imports:new', { what: words('imports:entity.customers') }) }).click()
  }
  const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  await page.locator('input[type=file]').setInputFiles({ name: '客户.xlsx', mimeType, buffer })
  await button(page, 'imports:map.start').click()
  await page.getByRole('button', { name: words('imports:check.run', { count }) }).click({ timeout: 30_000 })
  await expect(button(page, 'imports:done.list')).toBeVisible({ timeout: 60_000 })
}
