import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import type { JobView } from '#shared/modules/jobs/jobs.contract.ts'
import type { CheckInput, ImportTable } from '#shared/modules/imports/imports.schema.ts'
import type { CoreClient } from '#core/start-core.ts'
import { listBackups, verifyBackup } from '#core/store/backup.ts'
import { readTable } from '#workers/read-table.ts'
import { signContract } from '#tests/helpers/sample-trade.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

let t: TestCore
let owner: CoreClient
let sales: CoreClient

beforeAll(async () => {
  t = await createTestCore()
  owner = await t.as('owner')
  sales = await t.as('sales')
})
afterAll(() => t.close())

const USCCS = ['91350100M000100Y43', '91110000600037341L'] as const
const csvOf = (rows: readonly (readonly string[])[]) =>
  rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n')
const fileOf = (text: string | Uint8Array<ArrayBuffer>, name = '客户.csv') =>
  new File([text], name, { type: 'text/csv' })

async function open(api: CoreClient, file: File): Promise<ImportTable> {
  const { fileId } = await api.files.upload({ file })
  return api.imports.open({ entity: 'customers', fileId })
}

async function ended(api: CoreClient, started: Promise<{ jobId: string }>): Promise<JobView> {
  const { jobId } = await started
  return t.core.deps.jobs.settled(jobId)
}

interface CheckResult {
  checkId: string
  rows: number
  created: number
  updated: number
  skipped: number
  failed: number
}

async function check(api: CoreClient, table: ImportTable, change: Partial<CheckInput> = {}) {
  const sheet = table.sheets[0]
  const input = {
    tableId: table.tableId,
    sheet: 0,
    headRow: sheet?.headRow ?? 0,
    mapping: [...(sheet?.mapping ?? [])],
    onMatch: 'update' as const,
    onSimilar: 'skip' as const,
    ...change,
  }
  const job = await ended(api, api.imports.check(input))
  expect(job.error).toBeNull()
  return { job, result: job.result as CheckResult }
}

async function run(api: CoreClient, checkId: string, choices = {}) {
  const job = await ended(api, api.imports.run({ checkId, choices }))
  return { job, result: job.result as CheckResult & { importId: string } }
}

const rowsOf = (api: CoreClient, checkId: string, filters = {}) =>
  api.imports.rows({ limit: 200, sort: { key: 'row', dir: 'asc' }, filters: { checkId, ...filters } })
const found = async (api: CoreClient, text: string) =>
  (await api.customers.list({ limit: 200, sort: { key: 'code', dir: 'asc' }, filters: {}, text })).rows
const fileBytes = async (job: JobView, userId: string) =>
  t.core.deps.files.readTemporary(userId, job.files[0]?.fileId ?? '').bytes

describe('a sheet of customers', () => {
  it('is read, its headings found under a title, its columns guessed and afterwards remembered', async () => {
    const rows = [
      ['客户一览表'],
      ['单位名称', '备用', '手机', '级别'],
      ['读取甲', 'x', '13900000001', 'A'],
      ['读取乙', 'y', '', 'b'],
    ]
    const table = await open(sales, fileOf(csvOf(rows)))
    expect(table).toMatchObject({ fileName: '客户.csv', encoding: 'utf-8' })
    expect(table.sheets[0]).toMatchObject({
      headRow: 1,
      rows: 4,
      remembered: false,
      mapping: ['name', null, 'contactMobile', 'grade'],
    })
    expect(table.fields.find((field) => field.key === 'name')).toMatchObject({ title: '客户名称', required: true })
    const changed = { mapping: ['name', 'note', 'phone', 'grade'] }
    await check(sales, table, changed)
    const again = await open(sales, fileOf(csvOf([...rows.slice(1), ['读取丙', 'z', '', 'c']])))
    expect(again.sheets[0]).toMatchObject({ headRow: 0, remembered: true, mapping: changed.mapping })
    expect((await open(owner, fileOf(csvOf(rows)))).sheets[0]?.remembered).toBe(false)
  })

  it('is judged in every row before anything is written; the failed ones come back with the reasons', async () => {
    const rows = [
      ['客户名称', '统一社会信用代码', '电话', '来源', '等级', '负责人'],
      ['检查甲有限公司', USCCS[0], '023-11112222', '展会', 'A', ''],
      ['', '', '', '', '', ''],
      ['', '91350100M000100Y44', 'call me', '月球', 'E', '无此人'],
      ['检查乙', USCCS[0], '', '', '', ''],
      ['检查甲', '', '', '', '', '张三'],
    ]
    const before = await found(sales, '检查')
    const { job, result } = await check(sales, await open(sales, fileOf(csvOf(rows))))
    expect(result).toMatchObject({ rows: 4, created: 1, updated: 0, skipped: 1, failed: 2 })
    expect(await found(sales, '检查')).toEqual(before)
    const { rows: plans } = await rowsOf(sales, result.checkId)
    expect(plans.map((plan) => [plan.row, plan.state])).toEqual([
      [2, 'create'],
      [4, 'failed'],
      [5, 'failed'],
      [6, 'skip'],
    ])
    expect(plans[1]?.problems.map((problem) => [problem.field, problem.key])).toEqual([
      ['owner', 'customers:errors.noSuchPerson'],
      ['name', 'validation:required'],
      ['uscc', 'validation:uscc'],
      ['grade', 'validation:notAChoice'],
      ['source', 'validation:notAChoice'],
      ['phone', 'validation:phone'],
    ])
    expect(plans[2]?.problems).toEqual([{ field: null, key: 'imports:problems.sameAsRow', params: { row: 2 } }])
    expect(plans[3]?.match).toMatchObject({ sure: false, by: 'name', row: 2 })
    expect((await rowsOf(sales, result.checkId, { state: 'failed' })).rows).toHaveLength(2)
    expect(job.files.map((file) => file.name)).toEqual(['客户_未导入的行.xlsx'])
    const { sheets } = await readTable(await fileBytes(job, t.ids.sales), 'x.xlsx')
    expect(sheets[0]?.rows).toHaveLength(3)
    expect(sheets[0]?.rows[0]?.at(-1)).toBe('未导入原因')
    expect(sheets[0]?.rows[1]?.slice(0, 6)).toEqual(rows[3])
    expect(sheets[0]?.rows[1]?.at(-1)).toContain('客户名称：必填；统一社会信用代码：')
    expect(sheets[0]?.rows[2]?.at(-1)).toBe('与第 2 行重复')
  })

  it('is written in one go; the counts add up and the failed sheet can be put right and imported', async () => {
    const rows = [
      ['客户名称', '电话'],
      ['写入甲', 'call me'],
      ...['乙', '丙', '丁'].map((name) => [`写入${name}`, '023-22223333']),
    ]
    const { result } = await check(sales, await open(sales, fileOf(csvOf(rows))), { onSimilar: 'create' })
    const done = await run(sales, result.checkId)
    expect(done.result).toMatchObject({ rows: 4, created: 3, updated: 0, skipped: 0, failed: 1 })
    expect((await found(sales, '写入')).map((row) => row.name)).toEqual(['写入乙', '写入丙', '写入丁'])
    expect((await refusalOf(sales.imports.run({ checkId: result.checkId }))).code).toBe('IMPORT_DONE')
    const bytes = await fileBytes(done.job, t.ids.sales)
    const fixed = await readTable(bytes, 'x.xlsx')
    const again =
      fixed.sheets[0]?.rows.map((row) => row.map((cell) => (cell === 'call me' ? '023-12345678' : cell))) ?? []
    const second = await check(sales, await open(sales, fileOf(csvOf(again))))
    expect((await run(sales, second.result.checkId)).result).toMatchObject({ rows: 1, created: 1, failed: 0 })
  })

  it('updates by code and credit code, leaves what it does not mention, and skips what is the same', async () => {
    const made = await sales.customers.create({
      name: '更新甲',
      uscc: USCCS[1],
      source: 'web',
      note: '原样',
      contacts: [{ name: '吴敏' }, { name: '陈立' }],
    })
    const { code } = await sales.customers.get({ id: made.id })
    const rows = [
      ['编号', '客户名称', '信用代码', '地址', '手机'],
      [code, '', '', '新地址', '13800138000'],
    ]
    const first = await check(sales, await open(sales, fileOf(csvOf(rows))))
    expect(first.result).toMatchObject({ updated: 1, rows: 1 })
    await run(sales, first.result.checkId)
    const view = await sales.customers.get({ id: made.id })
    expect(view).toMatchObject({ name: '更新甲', address: '新地址', note: '原样', version: 1 })
    expect(view.contacts.map((c) => [c.name, c.mobile])).toEqual([
      ['吴敏', '13800138000'],
      ['陈立', ''],
    ])
    const byCode = [
      ['客户名称', '信用代码', '地址'],
      ['更新甲', USCCS[1], '新地址'],
    ]
    const second = await check(sales, await open(sales, fileOf(csvOf(byCode))))
    expect(second.result).toMatchObject({ updated: 0, skipped: 1, rows: 1 })
    const third = await check(
      sales,
      await open(sales, fileOf(csvOf([...byCode.slice(0, 1), ['改名', USCCS[1], '']]))),
      { onMatch: 'skip' },
    )
    expect(third.result).toMatchObject({ updated: 0, skipped: 1 })
    const unknown = await check(
      sales,
      await open(
        sales,
        fileOf(
          csvOf([
            ['编号', '客户名称'],
            ['KH99999', '新客户'],
          ]),
        ),
      ),
    )
    expect((await rowsOf(sales, unknown.result.checkId)).rows[0]?.problems[0]?.key).toBe('customers:errors.noSuchCode')
  })

  it('follows a choice made for a single row', async () => {
    await sales.customers.create({ name: '选择甲', source: 'web' })
    const rows = [
      ['客户名称', '地址'],
      ['选择甲', 'a'],
      ['选择乙', 'b'],
      ['选择丙', 'c'],
    ]
    const { result } = await check(sales, await open(sales, fileOf(csvOf(rows))))
    expect(result).toMatchObject({ created: 2, skipped: 1 })
    const done = await run(sales, result.checkId, { 2: 'update', 3: 'skip' })
    expect(done.result).toMatchObject({ created: 1, updated: 1, skipped: 1 })
    expect((await found(sales, '选择')).map((row) => row.name)).toEqual(['选择甲', '选择丙'])
  })

  it('never writes over a customer of somebody else, and tells only whose it is', async () => {
    const other = await t.as('sales_other')
    await other.customers.create({ name: '别人家', source: 'web' })
    const seen = (await found(other, '别人家'))[0]
    const rows = [
      ['客户名称', '编号'],
      ['抢来', seen?.code ?? ''],
      ['别人家有限公司', ''],
    ]
    const { result } = await check(sales, await open(sales, fileOf(csvOf(rows))))
    const { rows: plans } = await rowsOf(sales, result.checkId)
    expect(plans[0]).toMatchObject({
      state: 'failed',
      problems: [{ key: 'imports:problems.belongsTo', params: { owner: '李四' } }],
      match: { visible: false, id: null, name: null, code: null, ownerName: '李四' },
    })
    expect(plans[1]).toMatchObject({ state: 'skip', match: { sure: false, visible: false, name: null } })
    const owned = await check(
      sales,
      await open(
        sales,
        fileOf(
          csvOf([
            ['客户名称', '负责人'],
            ['给别人', '李四'],
          ]),
        ),
      ),
    )
    expect((await rowsOf(sales, owned.result.checkId)).rows[0]?.problems[0]?.key).toBe('customers:errors.owner')
  })
})

describe('a run that does not end well', () => {
  it('leaves nothing when it is cancelled', async () => {
    const rows = [['客户名称'], ...Array.from({ length: 400 }, (_, i) => [`取消${i}号`])]
    const { result } = await check(owner, await open(owner, fileOf(csvOf(rows))), { onSimilar: 'create' })
    const { jobId } = await owner.imports.run({ checkId: result.checkId })
    const { jobs } = t.core.deps
    while (jobs.get(t.ids.owner, jobId).done === 0) await new Promise((resolve) => setImmediate(resolve))
    await owner.jobs.cancel({ id: jobId })
    expect((await jobs.settled(jobId)).state).toBe('cancelled')
    expect(await found(owner, '取消')).toEqual([])
    const { code } = await owner.customers.get({
      id: (await owner.customers.create({ name: '取消后', source: 'web' })).id,
    })
    const next = await run(owner, result.checkId)
    expect(next.result).toMatchObject({ rows: 400, created: 400 })
    // The number sequence has no hole where the cancelled run was.
    const last = await owner.customers.list({ limit: 1, sort: { key: 'code', dir: 'desc' }, filters: {} })
    expect(Number(last.rows[0]?.code.slice(2)) - Number(code.slice(2))).toBe(400)
  })

  it('judges again what has changed since the check', async () => {
    const rows = [
      ['客户名称', '信用代码'],
      ['抢先', '91440300708461136T'],
    ]
    const { result } = await check(sales, await open(sales, fileOf(csvOf(rows))))
    expect(result.created).toBe(1)
    const other = await t.as('sales_other')
    await other.customers.create({ name: '先到', uscc: '91440300708461136T', source: 'web' })
    const done = await run(sales, result.checkId)
    expect(done.result).toMatchObject({ created: 0, failed: 1, rows: 1 })
  })
})

describe('the backup that comes first', () => {
  const backups = () => listBackups(t.core.vault.backupDir)
  const reasons = async () => (await backups()).map((backup) => backup.reason)
  const checked = async (word: string, count = 1) => {
    const rows = [['客户名称'], ...Array.from({ length: count }, (_, i) => [`${word}${i}号`])]
    return (await check(owner, await open(owner, fileOf(csvOf(rows))), { onSimilar: 'create' })).result.checkId
  }

  it('holds all that was there before an import, and is a step that the reader sees', async () => {
    const checkId = await checked('先备份')
    const before = (await owner.customers.summary({ filters: {} })).count
    const known = new Set((await backups()).map((backup) => backup.name))
    const steps = new Set<string | null>()
    const stop = new AbortController()
    const watching = (async () => {
      for await (const job of await owner.jobs.watch({}, { signal: stop.signal })) steps.add(job.step)
    })().catch(() => undefined)
    expect((await run(owner, checkId)).job.state).toBe('done')
    stop.abort()
    await watching
    const made = (await backups()).filter((backup) => !known.has(backup.name))
    expect(made.map((backup) => backup.reason)).toEqual(['import'])
    const { vault } = t.core
    const verified = await verifyBackup(vault.backupDir, made[0]?.name ?? '', vault.store.key)
    expect(verified.rows['customers']).toBeGreaterThanOrEqual(before)
    expect(verified.rows['imports']).toBe((await owner.imports.summary({ filters: {} })).count - 1)
    expect(steps).toContain('imports:steps.backup')
  })

  it('is not made twice of the same', async () => {
    const checkId = await checked('不再备份')
    await t.core.vault.backup('manual')
    const before = await reasons()
    expect((await run(owner, checkId)).job.state).toBe('done')
    expect(await reasons()).toEqual(before)
  })

  it('stops the import where it cannot be made, which says why; the same check runs afterwards', async () => {
    const checkId = await checked('没有备份')
    const { backupDir } = t.core.vault
    const aside = `${backupDir}.aside`
    renameSync(backupDir, aside)
    writeFileSync(backupDir, 'not a folder')
    const { job } = await run(owner, checkId)
    expect(job).toMatchObject({
      state: 'failed',
      step: 'imports:steps.backup',
      error: { code: 'IMPORT_BACKUP_STORAGE' },
    })
    expect(await found(owner, '没有备份')).toEqual([])
    rmSync(backupDir)
    renameSync(aside, backupDir)
    expect((await run(owner, checkId)).result).toMatchObject({ created: 1 })
  })

  it('comes before more than twenty records are taken back, not before fewer', async () => {
    const takeBack = async (count: number) => {
      const { importId } = (await run(owner, await checked(`收回${count}之`, count))).result
      const before = await reasons()
      const job = await ended(owner, owner.imports.revert({ id: importId, version: 0 }))
      expect(job.result).toEqual({ reverted: count, kept: 0 })
      return (
        (await reasons()).filter((one) => one === 'delete').length - before.filter((one) => one === 'delete').length
      )
    }
    expect(await takeBack(20)).toBe(0)
    expect(await takeBack(21)).toBe(1)
  })
})

describe('a way back', () => {
  it('puts made customers into the bin and gives changed ones their former fields', async () => {
    const old = await sales.customers.create({ name: '退回旧', source: 'web', phone: '023-66667777' })
    const { code } = await sales.customers.get({ id: old.id })
    const rows = [
      ['编号', '客户名称', '地址'],
      [code, '退回旧改名', 'x'],
      ['', '退回新', 'y'],
    ]
    const { result } = await check(sales, await open(sales, fileOf(csvOf(rows))))
    const done = await run(sales, result.checkId)
    const record = await sales.imports.get({ id: done.result.importId })
    expect(record).toMatchObject({
      created: 1,
      updated: 1,
      fileName: '客户.csv',
      userName: '张三',
      revert: { same: 2, changed: 0, inUse: 0 },
    })
    const back = await ended(sales, sales.imports.revert({ id: record.id, version: record.version }))
    expect(back.result).toEqual({ reverted: 2, kept: 0 })
    expect((await found(sales, '退回')).map((row) => row.name)).toEqual(['退回旧'])
    expect(await sales.customers.get({ id: old.id })).toMatchObject({ phone: '023-66667777', address: '' })
    const twice = await refusalOf(sales.imports.revert({ id: record.id, version: record.version + 1 }))
    expect(twice.code).toBe('IMPORT_REVERTED')
  })

  it('asks where records were changed or are needed since, and then leaves those', async () => {
    const rows = [['客户名称'], ['留改'], ['留用'], ['可退']]
    const { result } = await check(owner, await open(owner, fileOf(csvOf(rows))))
    const { importId } = (await run(owner, result.checkId)).result
    const [changed, used] = await found(owner, '留')
    await owner.customers.update({ id: changed?.id ?? '', version: 0, name: '留改', source: 'web', note: '后来' })
    await signContract(owner, used?.id ?? '', { signDay: asDay('2026-05-18') })
    const refused = await refusalOf(owner.imports.revert({ id: importId, version: 0 }))
    expect(refused).toEqual({ code: 'IMPORT_CHANGED', data: { changed: 1, inUse: 1 } })
    const back = await ended(owner, owner.imports.revert({ id: importId, version: 0, keepChanged: true }))
    expect(back.result).toEqual({ reverted: 1, kept: 2 })
    expect(await found(owner, '可退')).toEqual([])
    expect(await found(owner, '留')).toHaveLength(2)
  })

  it('is listed for those who imported, for others not', async () => {
    const listed = await sales.imports.list({ limit: 50, sort: { key: 'at', dir: 'desc' }, filters: {} })
    expect(listed.rows.length).toBe((await sales.imports.summary({ filters: {} })).count)
    for (const row of listed.rows) expect(row.created + row.updated + row.skipped + row.failed).toBe(row.rows)
    const other = await t.as('sales_other')
    expect((await other.imports.summary({ filters: {} })).count).toBe(0)
    const { code } = await refusalOf(other.imports.get({ id: listed.rows[0]?.id ?? '' }))
    expect(code).toBe('NOT_FOUND')
    const hr = await t.as('hr')
    expect((await refusalOf(hr.imports.list({ limit: 1, sort: { key: 'at', dir: 'desc' }, filters: {} }))).code).toBe(
      'FORBIDDEN',
    )
  })
})

describe('export and import', () => {
  it.each(['xlsx', 'csv'] as const)('are the identity (%s)', async (format) => {
    const campaign = await owner.campaigns.create({
      name: `立嘉展 | ${format}`,
      kind: 'exhibition',
      fromDay: '2026-05-20',
      toDay: '2026-05-23',
      cost: 3_000_000,
    } as never)
    await owner.customers.create({
      name: `淘汰 ${format}`,
      source: 'exhibition',
      stage: 'rejected',
      rejectReason: 'noMoney',
      rejectNote: '明年再看',
      campaignId: campaign.id as never,
      tags: ['重点', '价格|敏感'],
      addresses: [{ kind: 'delivery', address: '江北区 1 号', contact: '库房', phone: '023-68886666' }],
    })
    await owner.customers.create({
      name: `=圆环 ${format}`,
      source: 'industryReport',
      needs: '轴承\n齿轮',
      note: "'-引号",
      invoice: { title: '抬头', bankAccount: '5000101' },
      contacts: [
        { name: '吴敏', consentBasis: 'consent', consentDay: '2026-01-05', primary: true },
        { name: 'a|b', email: 'a@b.cn' },
      ],
    })
    const exported = await ended(
      owner,
      owner.customers.exportRows({ format, filters: {}, sort: { key: 'code', dir: 'asc' } }),
    )
    const bytes = await fileBytes(exported, t.ids.owner)
    const table = await open(owner, new File([new Uint8Array(bytes)], `客户.${format}`))
    expect(table.sheets[0]?.mapping.every((key) => key !== null)).toBe(true)
    const { result } = await check(owner, table)
    const all = await owner.customers.summary({ filters: {} })
    expect(result).toMatchObject({ rows: all.count, skipped: all.count, created: 0, updated: 0, failed: 0 })
    expect(exported.result).toEqual({ rows: all.count })
  })

  it('offers an empty sheet whose headings are all known', async () => {
    const job = await ended(owner, owner.imports.template({ entity: 'customers' }))
    const { sheets } = await readTable(await fileBytes(job, t.ids.owner), 'x.xlsx')
    const rows = [...(sheets[0]?.rows ?? []), ['']]
    const table = await open(owner, fileOf(csvOf([...rows.slice(0, 1), ['x']])))
    expect(table.sheets[0]?.mapping.every((key) => key !== null)).toBe(true)
  })
})

describe('bad files', () => {
  it.each([
    ['IMPORT_EMPTY', ''],
    ['IMPORT_BAD_CSV', '"unclosed\nname'],
    ['IMPORT_DAMAGED', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0])],
  ])('are refused with %s', async (code, content) => {
    expect((await refusalOf(open(owner, fileOf(content)))).code).toBe(code)
  })

  it('read GB18030 as older programs write it', async () => {
    const gb = new Uint8Array([0xbf, 0xcd, 0xbb, 0xa7, 0xc3, 0xfb, 0xb3, 0xc6, 0x0a, 0xb3, 0xa4, 0xbd, 0xad])
    const table = await open(owner, fileOf(gb))
    expect(table).toMatchObject({ encoding: 'gb18030', sheets: [{ mapping: ['name'], top: [['客户名称'], ['长江']] }] })
  })

  it('of others, or unknown ones, are not there', async () => {
    const table = await open(owner, fileOf('客户名称\n甲'))
    const input = {
      tableId: table.tableId,
      sheet: 0,
      headRow: 0,
      mapping: ['name'],
      onMatch: 'skip',
      onSimilar: 'skip',
    } as const
    expect((await refusalOf(sales.imports.check({ ...input, mapping: ['name'] }))).code).toBe('NOT_FOUND')
    const far = await ended(owner, owner.imports.check({ ...input, mapping: ['name'], sheet: 9 }))
    expect(far).toMatchObject({ state: 'failed', error: { code: 'NOT_FOUND' } })
    const nothing = await ended(owner, owner.imports.check({ ...input, mapping: ['name'], headRow: 5 }))
    expect(nothing.error?.code).toBe('IMPORT_EMPTY')
  })

  it('hold nothing that a cell could do harm with', async () => {
    const rows = [
      ['客户名称', '备注'],
      ['a\u200Bb', ''],
      ['x'.repeat(81), ''],
      ['=cmd', '=1+1'],
      ['正常', '\u200E'],
    ]
    const { result } = await check(owner, await open(owner, fileOf(csvOf(rows))))
    expect(result).toMatchObject({ rows: 4, created: 1, failed: 3 })
  })
})
