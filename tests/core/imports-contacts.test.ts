import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JobView } from '#shared/modules/jobs/jobs.contract.ts'
import type { CoreClient } from '#core/start-core.ts'
import { readTable } from '#workers/read-table.ts'
import { createTestCore, type TestCore } from '#tests/helpers/test-core.ts'

let t: TestCore
let owner: CoreClient

beforeAll(async () => {
  t = await createTestCore()
  owner = await t.as('owner')
})
afterAll(() => t.close())

const HEAD = ['编号', '客户名称', '来源', '地区', '联系人', '联系人手机']
const csvOf = (rows: readonly (readonly string[])[]) =>
  rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n')
const ended = async (started: Promise<{ jobId: string }>): Promise<JobView> =>
  t.core.deps.jobs.settled((await started).jobId)

async function check(bytes: string | Uint8Array<ArrayBuffer>) {
  const { fileId } = await owner.files.upload({ file: new File([bytes], '客户.csv', { type: 'text/csv' }) })
  const table = await owner.imports.open({ entity: 'customers', fileId })
  const job = await ended(
    owner.imports.check({
      tableId: table.tableId,
      sheet: 0,
      headRow: 0,
      mapping: [...(table.sheets[0]?.mapping ?? [])],
      onMatch: 'update',
      onSimilar: 'skip',
    }),
  )
  expect(job.error).toBeNull()
  return { table, job, result: job.result as { checkId: string } & Record<string, number> }
}
const run = async (checkId: string) =>
  (await ended(owner.imports.run({ checkId }))).result as { importId: string } & Record<string, number>
const rowsOf = async (checkId: string, filters: object = {}) =>
  (await owner.imports.rows({ limit: 50, sort: { key: 'row', dir: 'asc' }, filters: { checkId, ...filters } })).rows
const named = async (name: string) => {
  const { rows } = await owner.customers.list({
    limit: 50,
    sort: { key: 'name', dir: 'asc' },
    filters: {},
    text: name,
  })
  expect(rows).toHaveLength(1)
  return owner.customers.get({ id: rows[0]?.id ?? '' })
}

describe('customer and contacts in one sheet, a row for each contact', () => {
  it('make one customer of the rows that belong together', async () => {
    const { result } = await check(
      csvOf([
        HEAD,
        ['', '重庆川力机械有限公司', '网络', '重庆', '吴敏', '13800138000'],
        ['', '重庆川力机械有限公司', '网络', '重庆', '陈立', '13800138001'],
        ['', '', '', '', '何刚', '13800138002'],
        ['', '成都锦江轴承厂', '网络', '成都', '周敏', '13800138003'],
        ['', '成都锦江轴承厂', '', '', '孙立', '13800138004'],
      ]),
    )
    expect(result).toMatchObject({ rows: 2, created: 2, updated: 0, skipped: 0, failed: 0, joined: 3 })
    expect((await rowsOf(result.checkId)).map((row) => [row.row, row.state, row.title, row.joins])).toEqual([
      [2, 'create', '重庆川力机械有限公司', null],
      [3, 'joined', '重庆川力机械有限公司', 2],
      [4, 'joined', '重庆川力机械有限公司', 2],
      [5, 'create', '成都锦江轴承厂', null],
      [6, 'joined', '成都锦江轴承厂', 5],
    ])
    expect(await rowsOf(result.checkId, { state: 'joined' })).toHaveLength(3)
    const done = await run(result.checkId)
    expect(done).toMatchObject({ rows: 2, created: 2, failed: 0, joined: 3 })
    const view = await named('重庆川力')
    expect(view.contacts.map((one) => [one.name, one.mobile, one.primary])).toEqual([
      ['吴敏', '13800138000', true],
      ['陈立', '13800138001', false],
      ['何刚', '13800138002', false],
    ])
  })

  it('change contacts of the same name, add the others, and go back as a whole', async () => {
    const before = await named('重庆川力')
    const { result } = await check(
      csvOf([HEAD, [before.code, '', '', '', '何刚', '13900139000'], [before.code, '', '', '', '郑伟', '13900139001']]),
    )
    expect(result).toMatchObject({ rows: 1, updated: 1, failed: 0, joined: 1 })
    const { importId } = await run(result.checkId)
    const after = await named('重庆川力')
    expect(after.contacts.map((one) => [one.name, one.mobile])).toEqual([
      ['吴敏', '13800138000'],
      ['陈立', '13800138001'],
      ['何刚', '13900139000'],
      ['郑伟', '13900139001'],
    ])
    const { version } = await owner.imports.get({ id: importId })
    await ended(owner.imports.revert({ id: importId, version }))
    expect((await named('重庆川力')).contacts).toEqual(before.contacts)
  })

  it('fail together, each saying why, and come back together in the sheet of the failed', async () => {
    const given = [
      HEAD,
      ['', '绵阳轴承厂', '网络', '绵阳', '甲', '13800138010'],
      ['', '', '', '', '乙', '12'],
      ['', '', '', '', '丙', '13800138012'],
      ['', '泸州机械厂', '占卜', '泸州', '丁', '13800138013'],
      ['', '', '', '', '戊', '13800138014'],
      ['', '自贡泵业厂', '网络', '自贡', '己', '13800138015'],
    ]
    const { result, job } = await check(csvOf(given))
    expect(result).toMatchObject({ rows: 3, created: 1, failed: 2, joined: 3 })
    const problems = (await rowsOf(result.checkId)).map((row) => row.problems.map((one) => [one.field, one.key]))
    expect(problems).toEqual([
      [[null, 'imports:problems.inRow']],
      [['contactMobile', 'validation:phone']],
      [[null, 'imports:problems.withRow']],
      [['source', 'validation:notAChoice']],
      [[null, 'imports:problems.withRow']],
      [],
    ])
    const bytes = t.core.deps.files.readTemporary(t.ids.owner, job.files[0]?.fileId ?? '').bytes
    const failed = (await readTable(new Uint8Array(bytes), 'x.xlsx')).sheets[0]?.rows ?? []
    expect(failed.slice(1).map((row) => row.slice(0, 6))).toEqual(given.slice(1, 6))
    expect(failed.slice(1).every((row) => (row[6] ?? '') !== '')).toBe(true)
    // Put right, the sheet goes in as it is.
    const mended = failed.map((row) =>
      row.map((cell) => (cell === '12' ? '13800138011' : cell === '占卜' ? '网络' : cell)),
    )
    const again = await check(csvOf(mended))
    expect(again.result).toMatchObject({ rows: 2, created: 2, failed: 0, joined: 3 })
    await run(again.result.checkId)
    expect((await named('绵阳轴承')).contacts.map((one) => one.name)).toEqual(['甲', '乙', '丙'])
  })

  it('are told apart where two rows contradict each other', async () => {
    const { result } = await check(
      csvOf([
        HEAD,
        ['', '内江齿轮厂', '网络', '内江', '甲', '13800138020'],
        ['', '内江齿轮厂', '网络', '成都', '乙', '13800138021'],
        ['', '内江齿轮厂', '网络', '内江', '甲', '13800138020'],
      ]),
    )
    expect(result).toMatchObject({ rows: 3, created: 1, skipped: 2, joined: 0 })
  })
})

describe('a text file', () => {
  const text = csvOf([HEAD, ['', '编码测试厂', '网络', '南充', '赵𠮷', '13800138030']])
  const utf16 = (big: boolean, mark: boolean) => {
    const chars = `${mark ? '\ufeff' : ''}${text}`
    const bytes = new Uint8Array(chars.length * 2)
    const view = new DataView(bytes.buffer)
    for (let i = 0; i < chars.length; i += 1) view.setUint16(i * 2, chars.charCodeAt(i), !big)
    return bytes
  }
  it.each([
    ['utf-8', new TextEncoder().encode(text)],
    ['utf-8', new TextEncoder().encode(`\ufeff${text}`)],
    ['utf-16le', utf16(false, true)],
    ['utf-16be', utf16(true, true)],
    ['utf-16le', utf16(false, false)],
    ['utf-16be', utf16(true, false)],
  ] as const)('is read as %s', async (encoding, bytes) => {
    const { table, result } = await check(bytes as Uint8Array<ArrayBuffer>)
    expect(table.encoding).toBe(encoding)
    expect(result).toMatchObject({ rows: 1, created: 1, failed: 0 })
    const [row] = await rowsOf(result.checkId)
    expect(row?.cells).toMatchObject({ name: '编码测试厂', contactName: '赵𠮷' })
  })
})
