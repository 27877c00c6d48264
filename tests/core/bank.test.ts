import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, asDay } from '#shared/kernel/dates.ts'
import { asFen } from '#shared/kernel/money.ts'
import { emptyPlanLine } from '#shared/modules/contracts/contracts.draft.rules.ts'
import type { CoreClient } from '#core/start-core.ts'
import { makeCustomer, signContract } from '#tests/helpers/sample-trade.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

const TODAY = asDay('2026-05-18')
const XINGCHUAN = '成都兴川机械制造有限公司'
const YUNLING = '贵阳云岭轴承有限公司'
const HEADS = ['交易日期', '收入金额', '支出金额', '余额', '对方户名', '对方账号', '摘要', '流水号'] as const
type Row = Partial<Record<(typeof HEADS)[number], string>>

let t: TestCore
let finance: CoreClient
let accountId: string
let xingchuan: string
let yunling: string
let contract: { id: string; number: string }
/** Three instalments of the first customer, fen. */
let owed: readonly { id: string; amount: number }[]

const yuan = (fen: number) => (fen / 100).toFixed(2)
const csvOf = (rows: readonly Row[]) =>
  [
    '中国建设银行交易明细',
    HEADS.join(','),
    ...rows.map((row) => HEADS.map((head) => `"${row[head] ?? ''}"`).join(',')),
  ].join('\r\n')

/** Rows with balances that follow from one another. */
function statement(opening: number, rows: readonly (Row & { amount: number })[]): Row[] {
  let balance = opening
  return rows.map(({ amount, ...row }, i) => {
    balance += amount
    const side = amount > 0 ? { 收入金额: yuan(amount) } : { 支出金额: yuan(-amount) }
    return { 交易日期: '2026-05-12', 余额: yuan(balance), 流水号: `R${opening}-${i}`, ...side, ...row }
  })
}

async function open(rows: readonly Row[], name = '流水.csv') {
  const { fileId } = await finance.files.upload({ file: new File([csvOf(rows)], name) })
  return finance.bank.open({ accountId, fileId })
}

async function check(rows: readonly Row[], name?: string) {
  const table = await open(rows, name)
  const { headRow = 0, mapping = [] } = table.sheets[0] ?? {}
  return finance.bank.check({ tableId: table.tableId, sheet: 0, headRow, mapping })
}

async function bring(rows: readonly Row[], breaksReason = '') {
  const { checkId } = await check(rows, `流水${rows[0]?.['流水号']}.csv`)
  return finance.bank.run({ checkId, breaksReason })
}

const linesOf = async (statementId: string, filters: object = {}) =>
  (
    await finance.bank.lines({
      limit: 50,
      sort: { key: 'day', dir: 'asc' },
      filters: { statementId, ...filters },
    } as never)
  ).rows.toSorted((a, b) => (a.reference < b.reference ? -1 : 1))
const lineOf = async (id: string) => finance.bank.line({ id })
const owedNow = async () =>
  (
    await finance.receivables.list({
      limit: 50,
      sort: { key: 'dueDay', dir: 'asc' },
      filters: { contractId: contract.id as never },
    })
  ).rows
const receiptOf = async (id: string) => finance.receivables.receiptGet({ id })
const auditOf = async (action: string) =>
  (await t.core.deps.store.read.selectFrom('audit_log').select('entity_id').where('action', '=', action).execute())
    .length

beforeAll(async () => {
  t = await createTestCore()
  const sales = await t.as('sales')
  finance = await t.as('finance')
  xingchuan = await makeCustomer(sales, XINGCHUAN)
  yunling = await makeCustomer(sales, YUNLING)
  contract = await signContract(sales, xingchuan, {
    signDay: '2026-03-01',
    change: (fields) => {
      fields.plan = [-30, -10, 10].map((days, i) => ({
        ...emptyPlanLine(),
        label: `第 ${i + 1} 期`,
        trigger: 'fixed',
        fixedDay: addDays(TODAY, days),
        share: i === 2 ? { kind: 'rest' } : { kind: 'percent', rate: 2000 + i * 1000 },
      }))
    },
  })
  owed = await owedNow()
  const made = await finance.bank.createAccount({
    name: '建行基本户',
    bankName: '中国建设银行重庆石桥铺支行',
    number: '5000 1013 6000 5000 1234',
    openedDay: null,
    closedDay: null,
  })
  accountId = made.id
})
afterAll(() => t.close())

describe('bank accounts', () => {
  it('show their number masked in lists and whole where they are edited; a number stands once', async () => {
    const { rows } = await finance.bank.accounts({})
    expect(rows).toMatchObject([{ name: '建行基本户', masked: '**** 1234', open: 0, lastDay: null }])
    const { fields, version } = await finance.bank.account({ id: accountId })
    expect(fields.number).toBe('50001013600050001234')
    expect(await refusalOf(finance.bank.createAccount(fields))).toMatchObject({ code: 'BANK_ACCOUNT_TWICE' })
    const saved = await finance.bank.updateAccount({ id: accountId, version, fields: { ...fields, name: '基本户' } })
    expect(saved.version).toBe(version + 1)
    const stale = finance.bank.updateAccount({ id: accountId, version, fields })
    expect(await refusalOf(stale)).toMatchObject({ code: 'STALE' })
  })

  it('are not for sales', async () => {
    const sales = await t.as('sales')
    expect(await refusalOf(sales.bank.accounts({}))).toMatchObject({ code: 'FORBIDDEN' })
    expect(
      await refusalOf(sales.bank.lines({ limit: 5, sort: { key: 'day', dir: 'asc' }, filters: {} })),
    ).toMatchObject({ code: 'FORBIDDEN' })
  })
})

describe('a statement', () => {
  it('is read, checked, and written once; its columns are remembered for the account', async () => {
    const rows = statement(0, [
      { amount: 5_000, 摘要: '结息' },
      { amount: -1_200, 对方户名: '重庆电力公司', 摘要: '电费' },
    ])
    const table = await open(rows)
    expect(table.sheets[0]).toMatchObject({ headRow: 1, remembered: false })
    expect(table.sheets[0]?.mapping).toEqual([
      'day',
      'credit',
      'debit',
      'balance',
      'payerName',
      'payerAccount',
      'summary',
      'reference',
    ])
    const found = await check(rows)
    expect(found).toMatchObject({ lines: 2, known: 0, failed: 0, breaks: 0, inSum: 5_000, outSum: 1_200 })
    expect(found).toMatchObject({ opening: 0, closing: 3_800, firstDay: '2026-05-12' })
    expect(
      (await finance.bank.statements({ limit: 5, sort: { key: 'importedAt', dir: 'desc' }, filters: {} })).rows,
    ).toEqual([])
    const made = await finance.bank.run({ checkId: found.checkId, breaksReason: '' })
    expect(made).toMatchObject({ lines: 2, known: 0 })
    expect(await finance.bank.statement({ id: made.statementId })).toMatchObject({
      openLines: 1,
      openSum: 5_000,
      figures: { in: { count: 1, sum: 5_000 }, out: { count: 1, sum: 1_200 }, open: { count: 1, sum: 5_000 } },
    })
    expect((await linesOf(made.statementId)).map((line) => line.stage)).toEqual(['unknown', 'out'])
    expect(await refusalOf(check(rows))).toMatchObject({ code: 'BANK_FILE_TWICE', data: { accountName: '基本户' } })
    const more = [...rows, ...statement(3_800, [{ amount: 700, 摘要: '结息' }])]
    expect((await open(more)).sheets[0]?.remembered).toBe(true)
    expect(await check(more)).toMatchObject({ lines: 1, known: 2 })
    // Worded in another way, the balance still tells that it is the same line.
    const worded = rows.map((row) => ({ ...row, 摘要: `${row['摘要']}。`, 流水号: '' }))
    const again = await check(worded)
    expect(again).toMatchObject({ lines: 0, known: 2 })
    const nothing = finance.bank.run({ checkId: again.checkId, breaksReason: '' })
    expect(await refusalOf(nothing)).toMatchObject({ code: 'BANK_NOTHING_NEW' })
  })

  it('with a row that cannot be read, or balances that do not follow, does not come in just so', async () => {
    const bad = statement(50_000, [{ amount: 900 }, { amount: 800, 交易日期: '2026-13-40' }])
    const { checkId, failed } = await check(bad)
    expect(failed).toBe(1)
    const page = { limit: 50, sort: { key: 'row', dir: 'asc' }, filters: { checkId, state: 'failed' } } as const
    expect((await finance.bank.checkRows(page)).rows).toMatchObject([{ row: 4, problems: [{ field: 'day' }] }])
    expect(await finance.bank.checkSummary({ filters: { checkId } })).toEqual({ count: 2 })
    const run = finance.bank.run({ checkId, breaksReason: '' })
    expect(await refusalOf(run)).toMatchObject({ code: 'BANK_STATEMENT_FAULTS' })

    const broken = statement(60_000, [{ amount: 900 }, { amount: 800 }]).map((row, i) =>
      i === 1 ? { ...row, 余额: '999.00' } : row,
    )
    const found = await check(broken)
    expect(found.breaks).toBe(1)
    const silent = finance.bank.run({ checkId: found.checkId, breaksReason: '' })
    expect(await refusalOf(silent)).toMatchObject({ code: 'VALIDATION' })
    const made = await finance.bank.run({ checkId: found.checkId, breaksReason: '银行更正余额' })
    expect(await finance.bank.statement({ id: made.statementId })).toMatchObject({
      breaks: 1,
      breaksReason: '银行更正余额',
    })
    const { id, version } = await finance.bank.statement({ id: made.statementId })
    await finance.bank.revert({ id, version, reason: '重新导入', withReceipts: false })
    expect(await linesOf(id)).toEqual([])
    expect((await finance.bank.statement({ id })).revertedReason).toBe('重新导入')
    // Taken back, it may come in again.
    expect((await bring(broken, '银行更正余额')).lines).toBe(2)
  })

  it('of another account of ours is refused by the number above its headings', async () => {
    await finance.bank.createAccount({
      name: '工行一般户',
      bankName: '中国工商银行',
      number: '3100 0244 0920 0012 345',
      openedDay: null,
      closedDay: null,
    })
    const text = `账号：3100024409200012345\r\n${csvOf(statement(0, [{ amount: 100 }]))}`
    const { fileId } = await finance.files.upload({ file: new File([text], '工行.csv') })
    const refused = await refusalOf(finance.bank.open({ accountId, fileId }))
    expect(refused).toMatchObject({ code: 'BANK_OTHER_ACCOUNT', data: { accountName: '工行一般户' } })
  })
})

describe('lines', () => {
  it('are read by payer, number and amount; what is sure is booked in bulk, exactly as it was shown', async () => {
    const [first, second] = owed
    const { statementId } = await bring(
      statement(100_000, [
        { amount: first!.amount, 对方户名: XINGCHUAN, 对方账号: '6222021234567890', 摘要: `货款 ${contract.number}` },
        { amount: second!.amount, 对方户名: XINGCHUAN, 摘要: '货款' },
        { amount: 123, 对方户名: '陌生公司', 摘要: '往来' },
        { amount: 4_567, 对方户名: YUNLING, 摘要: '预付' },
      ]),
    )
    const lines = await linesOf(statementId)
    expect(lines.map((line) => [line.stage, line.customerName])).toEqual([
      ['sure', XINGCHUAN],
      ['sure', XINGCHUAN],
      ['unknown', ''],
      ['likely', YUNLING],
    ])
    expect((await linesOf(statementId, { stage: 'suggested' })).map((line) => line.stage)).toEqual([
      'sure',
      'sure',
      'likely',
    ])
    const shown = await lineOf(lines[0]!.id)
    expect(shown.suggestions[0]).toMatchObject({
      customerId: xingchuan,
      items: [{ instalmentId: first!.id, amount: first!.amount, contractNumber: contract.number }],
      advance: 0,
    })
    const bulk = await finance.bank.bulk({ filters: { statementId: statementId as never } })
    expect(bulk).toMatchObject({ sum: first!.amount + second!.amount, more: 0 })
    expect(bulk.excluded.map((one) => [one.stage, one.count])).toEqual([
      ['likely', 1],
      ['unknown', 1],
    ])
    const { jobId } = await finance.bank.confirmBulk({
      lines: bulk.lines.map(({ id, version, amount, suggestion }) => ({
        id: id as never,
        version,
        amount: asFen(amount),
        customerId: suggestion.customerId as never,
        designated: suggestion.designated,
        items: suggestion.items.map((item) => ({
          instalmentId: item.instalmentId as never,
          amount: asFen(item.amount),
        })),
      })),
    })
    const job = await t.core.deps.jobs.settled(jobId)
    expect(job.result).toEqual({ booked: 2, sum: bulk.sum, left: [] })
    expect((await owedNow()).map((row) => row.outstanding)).toEqual([0, 0, owed[2]!.amount])
    const booked = await lineOf(lines[0]!.id)
    expect(booked).toMatchObject({ stage: 'booked', left: 0, booked: first!.amount })
    const receipt = await receiptOf(booked.receipts[0]!.id)
    expect(receipt).toMatchObject({
      day: '2026-05-12',
      method: 'bank',
      payer: XINGCHUAN,
      reference: lines[0]!.reference,
    })
    expect(receipt.allocations[0]).toMatchObject({ instalmentId: first!.id, reason: 'designated' })

    // Once more the same: what was booked is left.
    const twice = await finance.bank.confirmBulk({
      lines: [{ id: lines[0]!.id as never, version: 0, amount: asFen(1), customerId: xingchuan as never, items: [] }],
    })
    expect((await t.core.deps.jobs.settled(twice.jobId)).result).toMatchObject({
      booked: 0,
      left: [{ id: lines[0]!.id, code: 'STALE' }],
    })

    // A receipt that is taken back where receipts are opens its line again, and so does the line itself.
    await finance.receivables.reverse({
      id: receipt.id,
      version: receipt.version,
      day: receipt.day as never,
      reason: '错记',
    })
    expect(await lineOf(lines[0]!.id)).toMatchObject({ stage: 'sure', left: first!.amount, receipts: [] })
    const other = await lineOf(lines[1]!.id)
    await finance.bank.unbook({ id: other.id, version: other.version, reason: '错配' })
    expect((await owedNow()).map((row) => row.outstanding)).toEqual(owed.map((row) => row.amount))
    expect(await lineOf(other.id)).toMatchObject({ stage: 'sure', booked: 0 })
    const nothing = finance.bank.unbook({ id: other.id, version: other.version + 9, reason: '错配' })
    expect(await refusalOf(nothing)).toMatchObject({ code: 'STALE' })
  })

  it('go to another customer by hand, in parts, set aside and taken up; the payer is remembered', async () => {
    const { statementId } = await bring(
      statement(900_000, [
        { amount: 10_000, 对方户名: '云岭关联公司', 对方账号: '6228480000001111', 摘要: '代付' },
        { amount: 3_333, 对方户名: '云岭关联公司', 对方账号: '6228480000001111', 摘要: '代付' },
      ]),
    )
    const [line, next] = await linesOf(statementId)
    const part = { customerId: yunling as never, amount: asFen(6_000), allocations: [] }
    const over = finance.bank.confirm({
      id: line!.id,
      version: line!.version,
      part: { ...part, amount: asFen(10_001) },
    })
    expect(await refusalOf(over)).toMatchObject({ code: 'BANK_LINE_OVER' })
    const owes = { instalmentId: owed[2]!.id as never, amount: asFen(1) }
    const others = finance.bank.confirm({
      id: line!.id,
      version: line!.version,
      part: { ...part, allocations: [owes] },
    })
    expect(await refusalOf(others)).toMatchObject({ code: 'RECEIPT_ALLOCATION' })
    const made = await finance.bank.confirm({ id: line!.id, version: line!.version, part })
    expect(await receiptOf(made.receiptId)).toMatchObject({ amount: 6_000, advance: 6_000, customerId: yunling })
    expect(await lineOf(line!.id)).toMatchObject({ left: 4_000, booked: 6_000 })
    // By the account it was seen to pay from, the next line is known.
    const known = await lineOf(next!.id)
    expect(known.suggestions[0]).toMatchObject({ customerId: yunling })
    expect(known.suggestions[0]?.reasons[0]?.key).toBe('receivables:matching.account')

    const aside = { kind: 'other', reason: '暂存' } as const
    const set = await finance.bank.setAside({ id: line!.id, version: made.version, aside })
    expect(await lineOf(line!.id)).toMatchObject({ stage: 'booked', left: 0, aside: 4_000, asideReason: '暂存' })
    const again = finance.bank.setAside({ id: line!.id, version: set.version, aside })
    expect(await refusalOf(again)).toMatchObject({ code: 'BANK_LINE_STATE' })
    await finance.bank.takeUp({ id: line!.id, version: set.version })
    expect(await lineOf(line!.id)).toMatchObject({ left: 4_000, aside: 0, asideKind: null })

    await finance.bank.forgetPayer({ id: known.known[0]!.id })
    expect((await lineOf(next!.id)).suggestions[0]?.reasons[0]?.key).not.toBe('receivables:matching.account')

    // A statement whose lines were booked goes back only together with its receipts.
    const { id, version } = await finance.bank.statement({ id: statementId })
    const kept = finance.bank.revert({ id, version, reason: '错导', withReceipts: false })
    expect(await refusalOf(kept)).toMatchObject({ code: 'BANK_BOOKED', data: { receipts: 1 } })
    await finance.bank.revert({ id, version, reason: '错导', withReceipts: true })
    expect(await receiptOf(made.receiptId)).toMatchObject({ state: 'reversed', reversedReason: '错导' })
    expect(await linesOf(id)).toEqual([])
  })

  it('that were entered by hand before are linked, not booked twice', async () => {
    const receipt = await finance.receivables.receiptCreate({
      customerId: yunling as never,
      day: asDay('2026-05-11'),
      amount: asFen(7_777),
      method: 'bank',
      payer: YUNLING,
      allocations: [],
    })
    const { statementId } = await bring(statement(2_000_000, [{ amount: 7_777, 对方户名: YUNLING, 摘要: '货款' }]))
    const [line] = await linesOf(statementId)
    expect(line?.stage).toBe('recorded')
    const shown = await lineOf(line!.id)
    expect(shown.recorded).toMatchObject([{ id: receipt.id, same: true }])
    expect((await finance.bank.bulk({ filters: { statementId: statementId as never } })).lines).toEqual([])
    const linked = await finance.bank.link({ id: line!.id, version: line!.version, receiptId: receipt.id })
    expect(await lineOf(line!.id)).toMatchObject({ stage: 'booked', receipts: [{ id: receipt.id }] })
    // Undone, the receipt stays as it was entered.
    await finance.bank.unbook({ id: line!.id, version: linked.version, reason: '不是这笔' })
    expect(await receiptOf(receipt.id)).toMatchObject({ state: 'posted' })
    expect(await lineOf(line!.id)).toMatchObject({ stage: 'recorded', left: 7_777 })
  })

  it('are exported as they are listed, and everything is in the log', async () => {
    const { jobId } = await finance.bank.exportLines({
      filters: { stage: 'out' },
      sort: { key: 'day', dir: 'asc' },
      format: 'csv',
    })
    const job = await t.core.deps.jobs.settled(jobId)
    const text = new TextDecoder().decode(t.core.deps.files.readTemporary(t.ids.finance, job.files[0]!.fileId).bytes)
    expect(text).toContain('重庆电力公司')
    expect(text).toContain('-12.00')
    expect(text).not.toContain('结息')
    const { count, out } = await finance.bank.linesSummary({ filters: { stage: 'out' } })
    expect({ count, out }).toEqual({ count: 1, out: 1_200 })
    for (const action of ['confirm', 'import', 'link', 'setAside', 'takeUp', 'unbook', 'revert', 'mapping', 'export']) {
      expect([action, (await auditOf(`bank.${action}`)) > 0]).toEqual([action, true])
    }
  })

  it('give the file as it was imported', async () => {
    const { rows } = await finance.bank.statements({ limit: 1, sort: { key: 'importedAt', dir: 'asc' }, filters: {} })
    const { url, name } = await finance.bank.statementFile({ id: rows[0]!.id })
    const file = await t.core.deps.files.take(url.replace('/files/', ''))
    expect(name).toMatch(/csv$/)
    expect(new TextDecoder().decode(file?.bytes)).toContain('中国建设银行交易明细')
  })
})
