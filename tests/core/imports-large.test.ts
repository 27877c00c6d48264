import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import ExcelJS from 'exceljs'
import type { ImportTable } from '#shared/modules/imports/imports.schema.ts'
import type { CoreClient } from '#core/start-core.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'
import { buildZip } from '#tests/helpers/zip-builder.ts'

const ROWS = 20_000
/** Every twentieth row is wrong: a source that is not on offer, no name, or a credit code that does not add up. */
const WRONG_EVERY = 20
const WRONG = ROWS / WRONG_EVERY

let t: TestCore
let owner: CoreClient
let table: ImportTable

const wrong = (at: number) => at % WRONG_EVERY === 7
function row(at: number): readonly string[] {
  const name = `客户${String(at).padStart(5, '0')}机械有限公司`
  const phone = `139${String(10_000_000 + at * 3)}`
  if (!wrong(at)) return [name, '', '网络', '华东', phone, `联系人${at}`]
  const kinds = [
    [name, '', '占卜', '华东', phone, `联系人${at}`],
    ['', '', '网络', '华东', phone, `联系人${at}`],
    [name, '91350100M000100Y44', '网络', '华东', phone, `联系人${at}`],
  ] as const
  return kinds[Math.floor(at / WRONG_EVERY) % kinds.length] ?? kinds[0]
}

async function workbook(): Promise<File> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('客户')
  sheet.addRow(['客户名称', '统一社会信用代码', '客户来源', '区域', '电话', '联系人'])
  for (let at = 0; at < ROWS; at += 1) sheet.addRow([...row(at)])
  return new File([await book.xlsx.writeBuffer()], '客户.xlsx')
}

const settled = async (started: Promise<{ jobId: string }>) => t.core.deps.jobs.settled((await started).jobId)
const count = async () => (await owner.customers.summary({ filters: {} })).count
const check = () => {
  const sheet = table.sheets[0]
  return owner.imports.check({
    tableId: table.tableId,
    sheet: 0,
    headRow: sheet?.headRow ?? 0,
    mapping: [...(sheet?.mapping ?? [])],
    onMatch: 'update',
    onSimilar: 'create',
  })
}

beforeAll(async () => {
  t = await createTestCore()
  owner = await t.as('owner')
  const { fileId } = await owner.files.upload({ file: await workbook() })
  table = await owner.imports.open({ entity: 'customers', fileId })
}, 120_000)
afterAll(() => t.close())

describe(`${ROWS} rows of which ${WRONG} are wrong`, () => {
  it('leave nothing when the job is cancelled in the midst of it', async () => {
    const checked = (await settled(check())).result as { checkId: string }
    const { jobId } = await owner.imports.run({ checkId: checked.checkId })
    const { jobs } = t.core.deps
    while (jobs.get(t.ids.owner, jobId).done < ROWS / 4) await new Promise((resolve) => setImmediate(resolve))
    await owner.jobs.cancel({ id: jobId })
    const job = await jobs.settled(jobId)
    expect(job.state).toBe('cancelled')
    expect(await count()).toBe(0)
  }, 120_000)

  it('come in; what is told adds up exactly', async () => {
    const began = performance.now()
    const checked = (await settled(check())).result as Record<string, number> & { checkId: string }
    expect(checked).toMatchObject({ rows: ROWS, created: ROWS - WRONG, updated: 0, skipped: 0, failed: WRONG })
    const ran = await settled(owner.imports.run({ checkId: checked.checkId }))
    const seconds = (performance.now() - began) / 1000
    expect(ran.error).toBeNull()
    expect(ran.result).toMatchObject({ created: ROWS - WRONG, updated: 0, skipped: 0, failed: WRONG })
    expect(await count()).toBe(ROWS - WRONG)
    console.log(`${ROWS} rows checked and imported in ${seconds.toFixed(1)} s`)
    // Half a minute on a quiet machine; a bound that a busy one keeps too.
    expect(seconds).toBeLessThan(110)
  }, 120_000)
})

it('a workbook of 300 MB when unpacked is refused within a second', async () => {
  const bomb = buildZip([
    { name: '[Content_Types].xml', bytes: '<Types/>' },
    { name: 'xl/workbook.xml', bytes: '<workbook/>' },
    { name: 'xl/worksheets/sheet1.xml', bytes: new Uint8Array(300 * 1024 * 1024) },
  ])
  const { fileId } = await owner.files.upload({ file: new File([bomb as never], '大表.xlsx') })
  const began = performance.now()
  const refusal = await refusalOf(owner.imports.open({ entity: 'customers', fileId }))
  expect(performance.now() - began).toBeLessThan(1000)
  expect(refusal.code).toBe('IMPORT_ZIP_BOMB')
}, 60_000)
