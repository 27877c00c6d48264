import ExcelJS from 'exceljs'
import { asMonth } from '#shared/kernel/dates.ts'
import { cellOf, type WorkbookModel } from '#shared/kernel/workbook-model.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { performanceWorkbook } from '#shared/modules/performance/performance.documents.ts'
import { INDICATOR_CODES } from '#shared/modules/performance/performance.indicators.schema.ts'
import { mostOfEach } from '#shared/modules/performance/performance.sources.rules.ts'
import { makeScope } from '#core/kernel/scope.ts'
import { computeSheet } from '#core/modules/performance/performance.compute.ts'
import { appraisedPeople, planBook } from '#core/modules/performance/performance.plans.ts'
import { Connection } from '#core/store/connection.ts'
import { sqliteKysely } from '#core/store/dialects/sqlite.ts'
import type { Reader } from '#core/store/store.ts'
import { createStyles } from '#workers/workbook-styles.ts'
import { wholeScheme } from '#tests/helpers/appraisal.ts'
import { BENCH_DAY, BENCH_NOW } from './big-firm.ts'
import type { BareFile } from './bare-sql.ts'
import type { BenchClient, CoreSeat } from './core-seat.ts'
import { figure, type Figure } from './figures.ts'
import { memoryFigure } from './measurements.ts'
import { median } from './statistics.ts'
import { bar } from './terminal.ts'

/** The month that ends with the bench's day: a scheme counts from the present month on. */
const MONTH = asMonth('2026-06')
const CALLS = 5

/** A month of everybody by every indicator there is, and its workbook. */
export async function measurePerformance(seat: CoreSeat, file: BareFile): Promise<Figure[]> {
  const { client } = seat
  await saveScheme(client)
  seat.memory()
  const times: number[] = []
  let people = 0
  for (let i = 0; i < CALLS; i += 1) {
    bar('month of everybody', i, CALLS)
    const begun = performance.now()
    people = (await client.performance.sheet({ month: MONTH })).people.length
    times.push(performance.now() - begun)
  }
  bar('month of everybody', CALLS, CALLS)
  const computing = seat.memory().peak
  const model = await monthModel(file)
  const bareMs = await bareWorkbook(model)
  // The first one loads the thread's code; what it needs beside that is what a workbook needs.
  await workbook(client)
  const writing = seat.memory().peak
  const { readMs, writeMs } = await workbook(client)
  const cells = model.sheets.flatMap((sheet) => sheet.rows).reduce((sum, row) => sum + row.cells.length, 0)
  return [
    figure({
      key: 'month',
      label: `a month of ${people} people by ${INDICATOR_CODES.length} indicators`,
      value: median(times),
      unit: 'ms',
      atMost: 3000,
    }),
    memoryFigure('month.memory', '  memory of the core meanwhile', computing, true),
    figure({
      key: 'month.workbook',
      label: `  its workbook, ${model.sheets.length} sheets, once all is read`,
      value: writeMs,
      unit: 'ms',
      bare: bareMs,
      ratio: writeMs / bareMs,
      atMost: 1.2,
      more: { sheets: model.sheets.length, cells },
    }),
    figure({
      key: 'month.workbook.read',
      label: '  computing the month and reading its rows',
      value: readMs,
      unit: 'ms',
    }),
    memoryFigure('month.workbook.memory', '  memory of the core meanwhile', writing, true),
  ]
}

async function saveScheme(client: BenchClient): Promise<void> {
  await client.performance.schemes.save({ id: null, version: null, fromMonth: MONTH, body: wholeScheme() } as never)
}

/** The same workbook as the program makes it, as a model. */
async function monthModel(file: BareFile): Promise<WorkbookModel> {
  const connection = new Connection({ path: file.path, key: file.key, readonly: true })
  try {
    const db = sqliteKysely(connection) as Reader
    const t = makeTranslator('zh-CN')
    const planOf = await planBook(db, [MONTH])
    const input = { db, scope: makeScope.all(), month: MONTH, today: BENCH_DAY, t }
    const people = await appraisedPeople(db, makeScope.all())
    const { sheet, sources } = await computeSheet(input, people, (person) => planOf(person, MONTH))
    const rest = { firmName: '', createdAt: BENCH_NOW, bonus: [], anchor: '' }
    return performanceWorkbook({ sheet, sources: await sources(mostOfEach), ...rest }, t)
  } finally {
    connection.close()
  }
}

/** The cells of a model written by the library alone: values, formulas and their looks, nothing else of the sheets. Milliseconds. */
async function bareWorkbook(model: WorkbookModel): Promise<number> {
  const begun = performance.now()
  const book = new ExcelJS.Workbook()
  const styles = createStyles()
  for (const [i, { rows, columns }] of model.sheets.entries()) {
    const sheet = book.addWorksheet(String(i))
    for (const [y, row] of rows.entries()) {
      for (const [x, cell] of row.cells.entries()) {
        if (cell === null) continue
        const known = cellOf(cell, columns[x]?.format)
        const { value, formula } = known
        const written = sheet.getCell(y + 1, x + 1)
        written.value = (formula === undefined ? value : { formula, result: value }) as ExcelJS.CellValue
        written.style = styles(known, typeof value === 'number')
      }
    }
  }
  await book.xlsx.writeBuffer()
  return performance.now() - begun
}

/** Until the month is computed and its rows are read, and from then until the file is kept. Milliseconds. */
async function workbook(client: BenchClient): Promise<{ readMs: number; writeMs: number }> {
  const begun = performance.now()
  let read = begun
  const { jobId } = await client.performance.workbook({ month: MONTH })
  for await (const job of await client.jobs.watch({})) {
    if (job.id !== jobId) continue
    if (read === begun && job.step === 'jobs:steps.file') read = performance.now()
    if (job.state === 'queued' || job.state === 'running') continue
    if (job.state !== 'done') throw new Error(`the workbook ended as ${job.state}: ${JSON.stringify(job.error)}`)
    return { readMs: read - begun, writeMs: performance.now() - read }
  }
  throw new Error('the workbook was not made')
}
