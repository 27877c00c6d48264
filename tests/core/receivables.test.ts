import { emptyPlanLine } from '#shared/modules/contracts/contracts.draft.rules.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, asDay, type PlainDay } from '#shared/kernel/dates.ts'
import type { CoreClient } from '#core/start-core.ts'
import { makeCustomer, signContract } from '#tests/helpers/sample-trade.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

let t: TestCore
let sales: CoreClient
let finance: CoreClient
let customerId: string

const TODAY = asDay('2026-05-18')

beforeAll(async () => {
  t = await createTestCore()
  sales = await t.as('sales')
  finance = await t.as('finance')
  customerId = await makeCustomer(sales)
})
afterAll(() => t.close())

const instalmentsOf = async (contractId: string) =>
  (
    await finance.receivables.list({
      limit: 50,
      sort: { key: 'dueDay', dir: 'asc' },
      filters: { contractId: contractId as never },
    })
  ).rows
const receive = (amount: number, allocations: { instalmentId: string; amount: number }[], day: PlainDay = TODAY) =>
  finance.receivables.receiptCreate({
    customerId: customerId as never,
    day,
    amount: amount as never,
    method: 'bank',
    reference: 'CCB-1',
    allocations: allocations as never,
  })
const auditCount = async () => (await t.core.deps.store.read.selectFrom('audit_log').select('action').execute()).length
/** Three instalments due 30, 10 and 0 days ago, and one in ten days. */
const overdueContract = () =>
  signContract(sales, customerId, {
    signDay: '2026-03-01',
    change: (fields) => {
      fields.plan = [-30, -10, 0, 10].map((days, i) => ({
        ...emptyPlanLine(),
        label: `第 ${i + 1} 期`,
        trigger: 'fixed',
        fixedDay: addDays(TODAY, days),
        share: i === 3 ? { kind: 'rest' } : { kind: 'percent', rate: 2500 },
      }))
    },
  })

describe('instalments', () => {
  it('show what they are today', async () => {
    const { id } = await overdueContract()
    const rows = await instalmentsOf(id)
    expect(rows.map((row) => [row.status, row.daysOverdue])).toEqual([
      ['overdue', 30],
      ['overdue', 10],
      ['due_today', 0],
      ['not_due', 0],
    ])
    const overdue = await finance.receivables.summary({ filters: { contractId: id as never, status: 'overdue' } })
    expect(overdue).toMatchObject({ count: 2, outstanding: rows[0]!.amount + rows[1]!.amount })
    expect(overdue.overdue).toBe(overdue.outstanding)
  })

  it('are found by contract number, customer and pinyin', async () => {
    const find = async (text: string) =>
      (await finance.receivables.list({ limit: 5, sort: { key: 'dueDay', dir: 'asc' }, filters: {}, text })).rows.length
    expect(await find('HT-2026-0001')).toBeGreaterThan(0)
    expect(await find('xingchuan')).toBeGreaterThan(0)
    expect(await find('nothing like it')).toBe(0)
  })
})

describe('receipts', () => {
  it('pay what was chosen; the rest is an advance; the contract knows', async () => {
    const contract = await overdueContract()
    const [first, second] = await instalmentsOf(contract.id)
    const made = await receive(first!.amount + 1000, [
      { instalmentId: first!.id, amount: first!.amount },
      { instalmentId: second!.id, amount: 400 },
    ])
    const rows = await instalmentsOf(contract.id)
    expect(rows[0]).toMatchObject({ status: 'settled', outstanding: 0, settled: first!.amount })
    expect(rows[1]).toMatchObject({ status: 'overdue', settled: 400 })
    const receipt = await finance.receivables.receiptGet({ id: made.id })
    expect(receipt).toMatchObject({ number: made.number, allocated: first!.amount + 400, advance: 600 })
    expect(receipt.payer).toBe('成都兴川机械制造有限公司')
    expect((await sales.contracts.get({ id: contract.id })).settled).toBe(first!.amount + 400)

    const used = await finance.receivables.allocate({
      id: made.id,
      version: made.version,
      allocations: [{ instalmentId: second!.id as never, amount: 600 as never }],
    })
    expect((await finance.receivables.receiptGet({ id: made.id })).advance).toBe(0)
    const more = finance.receivables.allocate({
      id: made.id,
      version: used.version,
      allocations: [{ instalmentId: second!.id as never, amount: 1 as never }],
    })
    expect(await refusalOf(more)).toMatchObject({ code: 'RECEIPT_ALLOCATION', data: { fault: 'over_receipt' } })
  })

  it('are proposed by the rule and may be saved as proposed', async () => {
    const contract = await overdueContract()
    const proposal = await finance.receivables.propose({
      customerId: customerId as never,
      day: TODAY,
      amount: 3_000_000 as never,
    })
    expect(proposal.proposed.reduce((sum, p) => sum + p.amount, 0)).toBe(3_000_000)
    const order = proposal.proposed.map((p) => proposal.open.find((row) => row.id === p.instalmentId)!.dueDay ?? '9999')
    expect([...order].sort()).toEqual(order)
    const made = await receive(
      3_000_000,
      proposal.proposed.map(({ instalmentId, amount }) => ({ instalmentId, amount })),
    )
    const stored = await finance.receivables.receiptGet({ id: made.id })
    expect(stored.allocations.map((a) => a.reason)).toEqual(proposal.proposed.map((p) => p.reason))
    expect(contract.id).toBeTruthy()
  })

  it('completes a contract whose last fen came in', async () => {
    const contract = await signContract(sales, customerId, { signDay: '2026-05-01' })
    const rows = await instalmentsOf(contract.id)
    await receive(
      6_455_008,
      rows.map((row) => ({ instalmentId: row.id, amount: row.amount })),
    )
    expect((await sales.contracts.get({ id: contract.id })).stage).toBe('completed')
    const completed = await sales.contracts.list({
      limit: 50,
      sort: { key: 'number', dir: 'asc' },
      filters: { stage: 'completed' },
    })
    expect(completed.rows.map((row) => row.id)).toContain(contract.id)
  })

  it('reversed restore exactly what was owed', async () => {
    const contract = await overdueContract()
    const before = await instalmentsOf(contract.id)
    const totals = await finance.receivables.ageingTotals({ asOf: TODAY })
    const made = await receive(before[0]!.amount, [{ instalmentId: before[0]!.id, amount: before[0]!.amount }])
    await finance.receivables.reverse({ id: made.id, version: made.version, day: TODAY, reason: '重复登记' })
    const unversioned = (rows: typeof before) => rows.map(({ version: _version, ...row }) => row)
    expect(unversioned(await instalmentsOf(contract.id))).toEqual(unversioned(before))
    expect(await finance.receivables.ageingTotals({ asOf: TODAY })).toEqual(totals)
    expect((await sales.contracts.get({ id: contract.id })).settled).toBe(0)
    const receipt = await finance.receivables.receiptGet({ id: made.id })
    expect(receipt).toMatchObject({ state: 'reversed', allocated: 0, advance: 0, reversedReason: '重复登记' })
    const again = finance.receivables.reverse({ id: made.id, version: receipt.version, day: TODAY, reason: 'x' })
    expect((await refusalOf(again)).code).toBe('RECEIPT_REVERSED')
  })

  it('belong to finance: sales may look, not book', async () => {
    const call = sales.receivables.receiptCreate({
      customerId: customerId as never,
      day: TODAY,
      amount: 1 as never,
      method: 'cash',
      allocations: [],
    })
    expect((await refusalOf(call)).code).toBe('FORBIDDEN')
  })
})

describe('what does not fit is refused, and nothing is written', () => {
  it.each<[string, (rows: { id: string; amount: number }[]) => Promise<unknown>, string]>([
    [
      'more than is owed',
      ([a]) => receive(9_000_000, [{ instalmentId: a!.id, amount: a!.amount + 1 }]),
      'RECEIPT_ALLOCATION',
    ],
    [
      'more than came in',
      ([a, b]) =>
        receive(100, [
          { instalmentId: a!.id, amount: 60 },
          { instalmentId: b!.id, amount: 41 },
        ]),
      'RECEIPT_ALLOCATION',
    ],
    [
      'the same instalment twice',
      ([a]) =>
        receive(100, [
          { instalmentId: a!.id, amount: 10 },
          { instalmentId: a!.id, amount: 10 },
        ]),
      'RECEIPT_ALLOCATION',
    ],
    [
      'an instalment that is not there',
      () => receive(100, [{ instalmentId: '0198c2f0-0000-7000-8000-000000000009', amount: 10 }]),
      'RECEIPT_ALLOCATION',
    ],
    ['a day ahead', () => receive(100, [], addDays(TODAY, 1)), 'RECEIPT_DAY'],
    ['nothing received', () => receive(0, []), 'VALIDATION'],
    ['a negative receipt', () => receive(-100, []), 'VALIDATION'],
    ['a fraction of a fen', () => receive(0.5, []), 'VALIDATION'],
    ['money beyond 1e15', () => receive(1e15 + 2, []), 'VALIDATION'],
    ['an allocation of nothing', ([a]) => receive(100, [{ instalmentId: a!.id, amount: 0 }]), 'VALIDATION'],
    ['a day that does not exist', () => receive(100, [], '2026-02-30' as PlainDay), 'VALIDATION'],
  ])('%s', async (_name, attempt, code) => {
    const contract = await overdueContract()
    const before = await instalmentsOf(contract.id)
    const audits = await auditCount()
    const receipts = await finance.receivables.receiptSummary({ filters: {} })
    expect((await refusalOf(attempt(before))).code).toBe(code)
    expect(await instalmentsOf(contract.id)).toEqual(before)
    expect(await auditCount()).toBe(audits)
    expect(await finance.receivables.receiptSummary({ filters: {} })).toEqual(receipts)
  })

  it('another customer\u2019s instalment', async () => {
    const contract = await overdueContract()
    const [row] = await instalmentsOf(contract.id)
    const other = await makeCustomer(sales, '绵阳万通机电有限公司')
    const call = finance.receivables.receiptCreate({
      customerId: other as never,
      day: TODAY,
      amount: 100 as never,
      method: 'bank',
      allocations: [{ instalmentId: row!.id as never, amount: 100 as never }],
    })
    expect(await refusalOf(call)).toMatchObject({ code: 'RECEIPT_ALLOCATION', data: { fault: 'unknown', index: 0 } })
  })
})

describe('export', () => {
  it('hands over exactly what the view shows, and records it', async () => {
    const { jobId } = await finance.receivables.exportRows({
      filters: { status: 'overdue' },
      sort: { key: 'dueDay', dir: 'asc' },
      format: 'csv',
    })
    const job = await t.core.deps.jobs.settled(jobId)
    expect(job.error).toBeNull()
    const { count } = await finance.receivables.summary({ filters: { status: 'overdue' } })
    expect(job.result).toEqual({ rows: count })
    const [file] = job.files
    const { bytes } = t.core.deps.files.readTemporary(t.ids.finance, file!.fileId)
    const lines = new TextDecoder().decode(bytes).trim().split('\r\n')
    expect(lines).toHaveLength(count + 1)
    expect(lines[0]).toContain('合同编号')
    const trail = await t.core.deps.store.read.selectFrom('audit_log').select('action').execute()
    expect(trail.map((row) => row.action)).toContain('receivables.export')
  })
})
