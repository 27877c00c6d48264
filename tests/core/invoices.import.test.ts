import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import { asFen } from '#shared/kernel/money.ts'
import type { CoreClient } from '#core/start-core.ts'
import { readTable } from '#workers/read-table.ts'
import { sampleInvoice } from '#tests/helpers/sample-invoice.ts'
import { makeCustomer, signContract } from '#tests/helpers/sample-trade.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

let t: TestCore
let finance: CoreClient
let customerId: string
let contract: { id: string; number: string }

beforeAll(async () => {
  t = await createTestCore()
  const sales = await t.as('sales')
  finance = await t.as('finance')
  const named = { name: '成都兴川机械制造有限公司', uscc: '91510100MA61T0TT27', source: 'web' } as const
  customerId = (await sales.customers.create(named)).id
  await makeCustomer(sales, '贵阳云岭轴承有限公司')
  contract = await signContract(sales, customerId, { signDay: '2026-05-04' })
})
afterAll(() => t.close())

const HEADS = [
  '序号',
  '发票代码',
  '发票号码',
  '数电发票号码',
  '销方识别号',
  '销方名称',
  '购方识别号',
  '购买方名称',
  '开票日期',
  '金额',
  '税额',
  '价税合计',
  '发票票种',
  '发票状态',
  '备注',
  '合同编号',
] as const
const OURS = '91350100M000100Y43'
const SPECIAL = '数电发票（增值税专用发票）'
const number = (n: number) => `2650200000000${String(n).padStart(7, '0')}`

/** A row of the platform's list; what is not said is empty. */
const row = (over: Partial<Record<(typeof HEADS)[number], string>>) => {
  const said: Record<string, string> = {
    销方识别号: OURS,
    购买方名称: '成都兴川机械制造有限公司',
    开票日期: '2026-05-12 10:21:33',
    发票票种: SPECIAL,
    发票状态: '正常',
    ...over,
  }
  return HEADS.map((head) => said[head] ?? '')
}
const amounts = (net: string, tax: string, total: string) => ({ 金额: net, 税额: tax, 价税合计: total })
const csvOf = (rows: readonly (readonly string[])[]) =>
  [HEADS, ...rows].map((cells) => cells.map((cell) => `"${cell}"`).join(',')).join('\r\n')

async function open(rows: readonly (readonly string[])[]) {
  const { fileId } = await finance.files.upload({ file: new File([csvOf(rows)], '发票清单.csv') })
  return finance.imports.open({ entity: 'invoices', fileId })
}

async function check(rows: readonly (readonly string[])[]) {
  const table = await open(rows)
  const mapping = [...(table.sheets[0]?.mapping ?? [])]
  const input = { tableId: table.tableId, sheet: 0, headRow: 0, mapping, onMatch: 'update', onSimilar: 'skip' } as const
  const { jobId } = await finance.imports.check(input)
  const job = await t.core.deps.jobs.settled(jobId)
  expect(job.error).toBeNull()
  const result = job.result as { checkId: string; created: number; skipped: number; failed: number; joined: number }
  const page = { limit: 200, sort: { key: 'row', dir: 'asc' }, filters: { checkId: result.checkId } } as const
  return { job, result, plans: (await finance.imports.rows(page)).rows }
}

async function run(checkId: string) {
  const { jobId } = await finance.imports.run({ checkId })
  const job = await t.core.deps.jobs.settled(jobId)
  expect(job.error).toBeNull()
  return job.result as { importId: string; created: number; failed: number }
}

const found = async (text: string, filters: object = {}) =>
  (await finance.invoices.list({ limit: 50, sort: { key: 'number', dir: 'asc' }, text, filters } as never)).rows
const problemsOf = (plan: { problems: readonly { field: string | null; key: string }[] } | undefined) =>
  (plan?.problems ?? []).map(({ field, key }) => `${field} ${key.split(':')[1]}`)

describe('the list of the tax bureau’s platform', () => {
  const LIST = [
    row({
      数电发票号码: number(1),
      购方识别号: '91510100MA61T0TT27',
      购买方名称: '兴川机械',
      ...amounts('50000', '6500', '56500'),
    }),
    row({ 数电发票号码: number(2), 购买方名称: '贵阳云岭轴承有限公司', ...amounts('100', '13', '113') }),
    row({ 数电发票号码: number(3), 购买方名称: '别处的公司', ...amounts('100', '6', '106') }),
    row({
      数电发票号码: number(4),
      ...amounts('-20000', '-2600', '-22600'),
      备注: `被红冲蓝字数电发票号码：${number(1)}`,
    }),
    row({
      发票代码: '5000194130',
      发票号码: '12345678',
      发票票种: '增值税普通发票',
      发票状态: '已作废',
      ...amounts('1', '0.13', '1.13'),
    }),
  ]

  it('is checked, written in one go, and matched to customers by credit code, then by name', async () => {
    const { result, plans } = await check(LIST)
    expect(plans.map((plan) => [plan.state, problemsOf(plan)])).toEqual(LIST.map(() => ['create', []]))
    expect(await found('2650200000000')).toEqual([])
    await run(result.checkId)
    const rows = await found('2650200000000')
    expect(rows.map((one) => [one.number, one.stage, one.amount, one.ownerName])).toEqual([
      [number(1), 'partlyRed', 5_650_000, '张三'],
      [number(2), 'valid', 11_300, '张三'],
      [number(3), 'valid', 10_600, ''],
      [number(4), 'redLetter', -2_260_000, '张三'],
    ])
    expect(rows[0]?.customerId).toBe(customerId)
    const red = await finance.invoices.get({ id: rows[3]!.id })
    expect(red).toMatchObject({ redReason: 'unknown', blue: { id: rows[0]!.id }, customerId })
    expect((await found('12345678'))[0]).toMatchObject({ stage: 'void', kind: 'legacyNormal', original: 'notNeeded' })
  })

  it('again says nothing new: what is the same is skipped, what differs is refused and stays', async () => {
    const changed = LIST.map((cells, i) =>
      i === 1 ? row({ 数电发票号码: number(2), ...amounts('200', '26', '226') }) : cells,
    )
    const { result, plans } = await check(changed)
    expect(result).toMatchObject({ created: 0, skipped: 4, failed: 1 })
    expect(problemsOf(plans[1])).toEqual(['null errors.differs'])
  })

  it('is taken back with its red letters; what was linked since stays; and can then come again', async () => {
    const rows = await found('2650200000000')
    const instalment = (await finance.invoices.basis({ customerId, contractId: contract.id, exceptId: null }))
      .instalments[0]
    const link = { customerId, contractId: contract.id, reason: '补录' }
    const links = [{ instalmentId: instalment!.instalmentId, amount: asFen(1) }]
    const second = await finance.invoices.get({ id: rows[1]!.id })
    const { rows: imports } = await finance.imports.list({ limit: 1, sort: { key: 'at', dir: 'desc' }, filters: {} })
    await finance.invoices.link({ id: second.id, version: second.version, ...link, links } as never)
    const { revert, version, id } = await finance.imports.get({ id: imports[0]!.id })
    expect(revert).toEqual({ same: 4, changed: 1, inUse: 0 })
    const { jobId } = await finance.imports.revert({ id, version, keepChanged: true })
    expect((await t.core.deps.jobs.settled(jobId)).error).toBeNull()
    expect((await found('2650200000000')).map((one) => one.number)).toEqual([number(2)])
    expect(await found('2650200000000', { stage: 'removed' })).toHaveLength(3)
    const again = await check(LIST)
    // The second stands as it was imported, whoever it is linked to.
    expect(again.result).toMatchObject({ created: 4, skipped: 1, failed: 0 })
    await run(again.result.checkId)
    expect((await found(number(1)))[0]).toMatchObject({ stage: 'partlyRed', redTotal: 2_260_000 })
    expect(await found('2650200000000', { stage: 'removed' })).toEqual([])
  })

  it('by line: rows of one number are one invoice', async () => {
    const two = [
      row({ 数电发票号码: number(20), ...amounts('100', '13', '113') }),
      row({ 数电发票号码: number(20), ...amounts('50', '6.5', '56.5') }),
    ]
    const { result, plans } = await check(two)
    expect(plans.map((plan) => plan.state)).toEqual(['create', 'joined'])
    await run(result.checkId)
    const view = await finance.invoices.get({ id: (await found(number(20)))[0]!.id })
    expect([view.amount, view.lines.length]).toEqual([16_950, 2])
  })

  it('every row that cannot be is refused beside its cell, and comes back as a sheet', async () => {
    await finance.invoices.create(sampleInvoice({ number: number(50), day: asDay('2026-05-01') }) as never)
    const rows = [
      row({ 数电发票号码: number(30), 销方识别号: '91510100MA61T0TT27', ...amounts('1', '0.13', '1.13') }),
      row({
        数电发票号码: number(31),
        ...amounts('-1', '-0.13', '-1.13'),
        备注: `被红冲蓝字数电发票号码：${number(99)}`,
      }),
      row({
        数电发票号码: number(32),
        ...amounts('-60000', '-7800', '-67800'),
        备注: `被红冲蓝字数电发票号码：${number(50)}`,
      }),
      row({ 数电发票号码: number(33), ...amounts('1', '0.13', '1.13'), 合同编号: 'HT-0000-0000' }),
      row({
        数电发票号码: number(34),
        ...amounts('100', '13', '113'),
        购方识别号: '91510100MA61T0TT27',
        合同编号: contract.number,
      }),
      row({ 数电发票号码: number(35), ...amounts('1', '0.13', '1.14') }),
    ]
    const { job, result, plans } = await check(rows)
    expect(plans.map(problemsOf)).toEqual([
      ['sellerTaxId errors.notOurs'],
      ['blueNumber errors.blueUnknown'],
      ['amount errors.redTooMuch'],
      ['contract errors.noSuchContract'],
      [],
      ['amount errors.total'],
    ])
    expect(result).toMatchObject({ created: 1, failed: 5 })
    const bytes = t.core.deps.files.readTemporary(t.ids.finance, job.files[0]?.fileId ?? '').bytes
    const { sheets } = await readTable(bytes, 'x.xlsx')
    expect(sheets[0]?.rows[1]?.at(-1)).toBe('销方识别号：销售方不是本公司')
    await run(result.checkId)
    expect((await found(number(34)))[0]).toMatchObject({ contractNumber: contract.number })
  })

  it('its columns are remembered; who may not write invoices imports none', async () => {
    expect((await open(LIST)).sheets[0]?.remembered).toBe(true)
    const sales = await t.as('sales')
    const { fileId } = await sales.files.upload({ file: new File([csvOf(LIST)], 'a.csv') })
    expect((await refusalOf(sales.imports.open({ entity: 'invoices', fileId }))).code).toBe('FORBIDDEN')
  })
})
