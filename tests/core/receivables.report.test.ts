import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, asDay, type PlainDay } from '#shared/kernel/dates.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { DSO_DAYS } from '#shared/modules/receivables/receivables.report.schema.ts'
import { collectionRate } from '#shared/modules/receivables/receivables.rules.ts'
import type { CoreClient } from '#core/start-core.ts'
import { readTable } from '#workers/read-table.ts'
import { hasLibreOffice, recalculate } from '#tests/helpers/libreoffice.ts'
import { makeCustomer } from '#tests/helpers/sample-trade.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

const TODAY = asDay('2026-05-18')
/** Names that a formula would take for a pattern: groups are told apart by number. */
const CUSTOMERS = ['甲方机械有限公司', '甲方机械(成都)有限公司', 'A*B? 贸易有限公司'] as const
let t: TestCore
let finance: CoreClient
let sales: CoreClient

beforeAll(async () => {
  t = await createTestCore()
  finance = await t.as('finance')
  sales = await t.as('sales')
  const other = await t.as('sales_other')
  // What is overdue for 900 days has a limitation that ends within a year.
  const [first, second, third] = CUSTOMERS
  const customers = [
    await makeCustomer(sales, first),
    await makeCustomer(other, second),
    await makeCustomer(sales, third),
  ]
  let n = 0
  for (const customerId of customers) {
    for (const back of [-20, 0, 1, 30, 31, 75, 200, 500, 900, null]) {
      n += 1
      const dueDay = back === null ? null : addDays(TODAY, -back)
      const made = await finance.receivables.create({
        customerId: customerId as never,
        label: `第 ${n} 笔`,
        sinceDay: dueDay !== null && dueDay < TODAY ? addDays(dueDay, -5) : addDays(TODAY, -30),
        dueDay,
        amount: (1_000_000 + n * 10_001) as never,
        reason: '口头',
      })
      if (n % 4 === 0) {
        await finance.receivables.receiptCreate({
          customerId: customerId as never,
          day: addDays(TODAY, -1),
          amount: 333_333 as never,
          method: 'bank',
          allocations: [{ instalmentId: made.id as never, amount: 300_007 as never }],
        })
      }
    }
  }
}, 120_000)
afterAll(() => t.close())

const rates = { d1_30: 100, d31_60: 333, d61_90: 1000, d181_365: 3000, over_365: 10_000 }

describe('provisions', () => {
  it('are nothing before rates are set, follow them from their day on, and keep what past days had', async () => {
    expect(await finance.receivables.provision({ asOf: TODAY })).toMatchObject({ from: null, total: 0, history: [] })
    const first = { from: addDays(TODAY, -60), rates, reason: '会计政策' }
    await finance.receivables.provisionSave(first)
    const view = await finance.receivables.provision({ asOf: TODAY })
    const { buckets } = await finance.receivables.ageingTotals({ asOf: TODAY })
    for (const row of view.rows) {
      expect(row.amount).toBe(buckets[row.bucket])
      const rate = (rates as Record<string, number>)[row.bucket] ?? 0
      expect(row.provision).toBe(Math.round((row.amount * rate) / 10_000))
    }
    expect(view.total).toBe(view.rows.reduce((sum, row) => sum + row.provision, 0))
    const earlier = finance.receivables.provisionSave({ ...first, from: addDays(TODAY, -1) })
    expect((await refusalOf(earlier)).code).toBe('PROVISION_DAY')
    await finance.receivables.provisionSave({ from: TODAY, rates: { ...rates, not_due: 50 }, reason: '年审调整' })
    const then = await finance.receivables.provision({ asOf: addDays(TODAY, -1) })
    expect(then.rows.find((row) => row.bucket === 'not_due')?.rate).toBe(0)
    const now = await finance.receivables.provision({ asOf: TODAY })
    expect(now.rows.find((row) => row.bucket === 'not_due')?.rate).toBe(50)
    expect(now.history.map((one) => [one.from, one.reason, one.userName])).toEqual([
      [TODAY, '年审调整', '赵会计'],
      [addDays(TODAY, -60), '会计政策', '赵会计'],
    ])
    const set = sales.receivables.provisionSave(first)
    expect((await refusalOf(set)).code).toBe('FORBIDDEN')
  })
})

describe('the pictures', () => {
  it('say what the lists behind them say', async () => {
    const seen = await finance.receivables.pictures({})
    const list = (filters: object) => finance.receivables.summary({ filters } as never)
    expect(seen.overdue).toBe((await list({ status: 'overdue' })).outstanding)
    for (const week of seen.weeks) {
      const behind = await list({ status: 'open', dueFrom: week.from, dueTo: week.to })
      expect([week.from, week.amount]).toEqual([week.from, behind.outstanding])
    }
    expect(seen.months).toHaveLength(12)
    for (const month of seen.months) {
      const totals = await finance.receivables.ageingTotals({ asOf: month.day as PlainDay })
      expect([month.day, month.buckets]).toEqual([month.day, totals.buckets])
    }
    const { rows } = await finance.receivables.list({
      limit: 200,
      sort: { key: 'dueDay', dir: 'asc' },
      filters: {},
    } as never)
    const sold = (to: PlainDay) => {
      const within = rows.filter((row) => row.sinceDay >= addDays(to, 1 - DSO_DAYS) && row.sinceDay <= to)
      return within.reduce((sum, row) => sum + row.amount, 0)
    }
    expect(seen.months.map((month) => month.sales)).toEqual(seen.months.map((month) => sold(month.day as PlainDay)))
    expect(new Set(seen.months.map((month) => month.sales)).size).toBeGreaterThan(3)
    const rep = seen.reps.find((one) => one.ownerId === t.ids.sales)
    const due = await list({ ownerId: t.ids.sales, dueFrom: seen.from, dueTo: seen.to })
    expect([rep?.due, rep?.collected]).toEqual([due.amount, due.settled])
    const mine = await sales.receivables.pictures({})
    expect(mine.reps.map((one) => one.ownerId)).toEqual([t.ids.sales])
  })
})

async function report(asOf: PlainDay) {
  const { jobId } = await finance.receivables.report({ asOf })
  const job = await t.core.deps.jobs.settled(jobId)
  expect(job.error).toBeNull()
  return t.core.deps.files.readTemporary(t.ids.finance, job.files[0]!.fileId).bytes
}

/** An amount as a sheet shows it. */
const yuan = (fen: number) => String(Number(formatYuan(fen, { grouping: false })))

describe('the report', () => {
  it.each([TODAY, addDays(TODAY, -40)])(
    'as of %s is on every sheet what the program says, and what a second program calculates',
    async (asOf) => {
      const bytes = await report(asOf)
      const ours = (await readTable(bytes, 'a.xlsx')).sheets
      const sheets = hasLibreOffice()
        ? await recalculate(bytes)
        : new Map(ours.map(({ name, rows }) => [name, rows] as const))
      const sheet = (name: string) => (sheets.get(name) ?? []).map((row) => row.map((cell) => cell ?? ''))
      const numeric = (cell: string | undefined) => String(Number(cell))
      // Recalculated by another program, each cell is what ours had stored.
      for (const { name, rows } of ours) {
        expect(
          sheet(name).map((row) => row.map(String)),
          name,
        ).toEqual(rows.map((row) => row.map(String)))
      }
      const totals = await finance.receivables.ageingTotals({ asOf })
      const keys = totals.columns.map(({ key }) => key)
      for (const [name, by] of [
        ['按客户', 'customer'],
        ['按业务员', 'owner'],
      ] as const) {
        const { rows: groups } = await finance.receivables.ageing({ asOf, by, limit: 200 })
        const body = sheet(name).slice(3)
        const lines = body.filter((row) => groups.some((group) => group.name === row[1]))
        expect(lines).toHaveLength(groups.length)
        for (const group of groups) {
          const line = lines.find((row) => row[1] === group.name)!
          expect([line[1], ...line.slice(2).map(numeric)]).toEqual([
            group.name,
            yuan(group.outstanding),
            ...keys.map((key) => yuan(group.buckets[key] ?? 0)),
          ])
        }
        const total = body.find((row) => row[1] === '合计')!
        expect(total.slice(2).map(numeric)).toEqual([
          yuan(totals.outstanding),
          ...keys.map((key) => yuan(totals.buckets[key] ?? 0)),
        ])
      }
      const provision = await finance.receivables.provision({ asOf })
      const provided = sheet('坏账准备').find((row) => row[0] === '合计')!
      expect([numeric(provided[1]), numeric(provided[3])]).toEqual([yuan(provision.outstanding), yuan(provision.total)])
      const value = (label: string) => numeric(sheet('汇总').find((row) => row[0] === label)?.[1])
      expect(value('未收合计')).toBe(yuan(totals.outstanding))
      expect(value('预收余额（不在账龄内）')).toBe(yuan(totals.advance))
      expect(value('坏账准备')).toBe(yuan(provision.total))
      if (asOf === TODAY) {
        const seen = await finance.receivables.pictures({})
        expect(value('应收周转天数')).toBe(String((seen.months.at(-1)?.dso ?? 0) / 10))
        const due = seen.reps.reduce((sum, rep) => sum + rep.due, 0)
        const collected = seen.reps.reduce((sum, rep) => sum + rep.collected, 0)
        const plan = sheet('计划与回款').find((row) => row[0] === '合计')!
        expect(plan.slice(1, 3).map(numeric)).toEqual([yuan(due), yuan(collected)])
        expect(plan[4]).toBe(`${(collectionRate(due, collected) ?? 0) / 100}%`)
        expect(
          sheet('时效预警')
            .slice(4)
            .map((row) => String(row[0]))
            .toSorted((a, b) => a.localeCompare(b)),
        ).toEqual(CUSTOMERS.toSorted((a, b) => a.localeCompare(b)))
      }
    },
    240_000,
  )

  it('holds what its reader may see, and nothing else', async () => {
    expect((await refusalOf(sales.receivables.report({ asOf: TODAY }))).code).toBe('FORBIDDEN')
    const manager = await t.as('sales_manager')
    const { jobId } = await manager.receivables.report({ asOf: TODAY })
    const job = await t.core.deps.jobs.settled(jobId)
    const { bytes } = t.core.deps.files.readTemporary(t.ids.sales_manager, job.files[0]!.fileId)
    const text = JSON.stringify((await readTable(bytes, 'a.xlsx')).sheets)
    expect(text).toContain('甲方机械有限公司')
    expect(text).not.toContain('甲方机械(成都)有限公司')
  }, 60_000)
})
