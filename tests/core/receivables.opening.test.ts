import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import type { CoreClient } from '#core/start-core.ts'
import { makeCustomer } from '#tests/helpers/sample-trade.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

const TODAY = asDay('2026-05-18')
const HEADS = ['客户名称', '合同编号', '发票号码', '款项名称', '发生日', '到期日', '应收金额', '已收金额']
const LIST = [
  ['成都兴川机械制造有限公司', 'JX-2025-118', '', '尾款', '2025-11-01', '2025-12-31', '120,000.00', '20000'],
  ['成都兴川机械制造有限公司', 'JX-2025-118', '', '质保金', '2025-11-01', '', '6000', ''],
  ['查无此人有限公司', '', '', '货款', '2025-11-01', '', '100', ''],
  ['成都兴川机械制造有限公司', '', '', '运费', '', '', '100', ''],
  ['成都兴川机械制造有限公司', '', '', '已清', '2025-11-01', '2025-12-01', '100', '100'],
  ['成都兴川机械制造有限公司', '', '', '日期颠倒', '2025-11-01', '2025-10-01', '1x', ''],
]

let t: TestCore
let finance: CoreClient
let sales: CoreClient
let customerId: string

beforeAll(async () => {
  t = await createTestCore()
  finance = await t.as('finance')
  sales = await t.as('sales')
  customerId = await makeCustomer(sales)
})
afterAll(() => t.close())

async function check(rows: readonly (readonly string[])[]) {
  const csv = [HEADS, ...rows].map((cells) => cells.map((cell) => `"${cell}"`).join(',')).join('\r\n')
  const { fileId } = await finance.files.upload({ file: new File([csv], '期初应收.csv') })
  const table = await finance.imports.open({ entity: 'receivables', fileId })
  const mapping = [...(table.sheets[0]?.mapping ?? [])]
  expect(mapping).toEqual(['customer', 'contract', 'invoice', 'label', 'sinceDay', 'dueDay', 'amount', 'settled'])
  const input = { tableId: table.tableId, sheet: 0, headRow: 0, mapping, onMatch: 'update', onSimilar: 'skip' } as const
  const { jobId } = await finance.imports.check(input)
  const job = await t.core.deps.jobs.settled(jobId)
  expect(job.error).toBeNull()
  const result = job.result as { checkId: string; created: number; failed: number }
  const page = { limit: 200, sort: { key: 'row', dir: 'asc' }, filters: { checkId: result.checkId } } as const
  return { result, plans: (await finance.imports.rows(page)).rows }
}

async function settled(call: Promise<{ jobId: string }>) {
  const job = await t.core.deps.jobs.settled((await call).jobId)
  expect(job.error).toBeNull()
  return job.result as { importId: string; created: number; failed: number }
}

describe('opening balances', () => {
  it('become receivables of their own days, what came in before included; what does not fit is told by field', async () => {
    const { result, plans } = await check(LIST)
    expect(result).toMatchObject({ created: 2, failed: 4 })
    const told = plans.map((plan) => plan.problems.map(({ field, key }) => `${field} ${key.split(':')[1]}`))
    expect(told).toEqual([
      [],
      [],
      ['customer opening.noSuchCustomer'],
      ['dueDay opening.noDay'],
      ['settled opening.nothingLeft'],
      ['dueDay errors.dueBeforeSince', 'amount notANumber'],
    ])
    const run = await settled(finance.imports.run({ checkId: result.checkId as never }))
    expect(run.created).toBe(2)
    const { rows } = await finance.receivables.list({
      limit: 10,
      sort: { key: 'dueDay', dir: 'asc' },
      filters: { kind: 'opening' },
    })
    expect(
      rows.map((row) => [row.contractNumber, row.label, row.dueDay, row.amount, row.settled, row.outstanding]),
    ).toEqual([
      ['JX-2025-118', '尾款', '2025-12-31', 12_000_000, 2_000_000, 10_000_000],
      ['JX-2025-118', '质保金', null, 600_000, 0, 600_000],
    ])
    const then = await finance.receivables.ageingTotals({ asOf: asDay('2026-01-10') })
    expect(then).toMatchObject({ outstanding: 10_600_000, buckets: { d1_30: 10_000_000, no_due_day: 600_000 } })
    const before = await finance.receivables.ageingTotals({ asOf: asDay('2025-10-31') })
    expect(before.outstanding).toBe(0)

    // The same list again brings nothing twice.
    const again = await check(LIST.slice(0, 2))
    expect(again.plans.map((plan) => plan.state)).toEqual(['same', 'same'])

    // One that was paid on stays, the other goes as if it had never been.
    await finance.receivables.receiptCreate({
      customerId: customerId as never,
      day: TODAY,
      amount: 100 as never,
      method: 'bank',
      allocations: [{ instalmentId: rows[0]!.id as never, amount: 100 as never }],
    })
    const { version, revert } = await finance.imports.get({ id: run.importId as never })
    expect(revert).toMatchObject({ inUse: 1 })
    await settled(finance.imports.revert({ id: run.importId as never, version, keepChanged: true }))
    const left = await finance.receivables.ageingTotals({ asOf: asDay('2026-01-10') })
    expect(left).toMatchObject({ outstanding: 10_000_000, buckets: { no_due_day: 0 } })
  })

  it('are brought in by whoever may plan', async () => {
    const { fileId } = await sales.files.upload({ file: new File(['客户名称'], 'a.csv') })
    expect((await refusalOf(sales.imports.open({ entity: 'receivables', fileId }))).code).toBe('FORBIDDEN')
  })
})
