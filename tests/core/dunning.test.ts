import { emptyPlanLine } from '#shared/modules/contracts/contracts.draft.rules.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, asDay } from '#shared/kernel/dates.ts'
import type { CoreClient } from '#core/start-core.ts'
import { pdfPages } from '#tests/helpers/pdf-text.ts'
import { makeCustomer, signContract } from '#tests/helpers/sample-trade.ts'
import { createTestCore, refusalOf, TEST_NOW, type TestCore } from '#tests/helpers/test-core.ts'

const TODAY = asDay('2026-05-18')
const DAY_MS = 86_400_000

describe('dunning', () => {
  let t: TestCore
  let finance: CoreClient
  let customerId: string

  beforeAll(async () => {
    t = await createTestCore()
    const sales = await t.as('sales')
    finance = await t.as('finance')
    customerId = await makeCustomer(sales)
    await signContract(sales, customerId, {
      signDay: '2026-03-01',
      change: (fields) => {
        fields.plan = [-30, -10, 10].map((days, i) => ({
          ...emptyPlanLine(),
          label: `第 ${i + 1} 期`,
          trigger: 'fixed',
          fixedDay: addDays(TODAY, days),
          share: i === 2 ? { kind: 'rest' } : { kind: 'percent', rate: 3000 },
        }))
      },
    })
  })
  afterAll(() => t.close())

  const letters = (state?: 'open' | 'resolved' | 'void') =>
    finance.dunning.list({
      limit: 50,
      sort: { key: 'day', dir: 'asc' },
      filters: state ? { state } : {},
    })
  const run = async () => {
    const { jobId } = await finance.dunning.run({ customerIds: [customerId] })
    return t.core.deps.jobs.settled(jobId)
  }

  it('previews one letter a customer by the days overdue, with interest by segments', async () => {
    const { rows, totals } = await finance.dunning.preview({})
    expect(rows).toHaveLength(1)
    // 64,550.08: thirty per cent twice; the older is 30 days overdue, the newer 10, at 0.05 % a day.
    const part = 1_936_502
    expect(rows[0]).toMatchObject({ level: 2, maxDays: 30, instalments: 2, principal: 2 * part, skip: null })
    expect(rows[0]!.interest).toBe(Math.round((part * 30 * 5) / 10_000) + Math.round((part * 10 * 5) / 10_000))
    expect(totals.letters).toBe(1)
  })

  it('prints numbered letters, keeps them, and does not write again too soon', async () => {
    const done = await run()
    expect(done.state).toBe('done')
    expect(done.files.map((file) => file.name)).toEqual([expect.stringMatching(/^催款函合并_1_20260518\.pdf$/)])
    const page = await letters()
    expect(page.rows[0]).toMatchObject({ number: 'CK-2026-0001', level: 2, state: 'open', deadlineDay: '2026-05-25' })
    const ticket = await finance.dunning.letterFile({ id: page.rows[0]!.id })
    expect(ticket.name).toMatch(/^催款函_CK-2026-0001_.*_20260518\.pdf$/)
    const file = await t.core.takeFile(ticket.url.slice('/files/'.length))
    const text = (await pdfPages(file!.bytes)).join('')
    for (const expected of ['CK-2026-0001', '2026-05-25', '38,730.04', '叁万', '第十七条', '第 1 页 共 1 页']) {
      expect(text).toContain(expected.replace(/\s+/g, ''))
    }
    expect(await t.core.takeFile(ticket.url.slice('/files/'.length))).toBeNull()
    const { rows } = await finance.dunning.preview({})
    expect(rows[0]).toMatchObject({ skip: 'tooSoon', lastLevel: 2, lastDay: '2026-05-18' })
    expect((await run()).error?.code).toBe('DUNNING_NOTHING')
  })

  it('leaves an excluded customer out, with the reason', async () => {
    t.clock.set(TEST_NOW + 21 * DAY_MS)
    // The clock has outlived every session.
    finance = t.core.localClient({ device: 'finance' })
    await finance.session.logIn({ login: 'finance', password: 'long enough phrase 42' })
    await finance.dunning.exclude({ customerId, reason: '正在协商分期', untilDay: '2026-06-30' })
    expect((await finance.dunning.preview({})).rows[0]).toMatchObject({ skip: 'excluded', skipReason: '正在协商分期' })
    await finance.dunning.include({ customerId })
    expect((await finance.dunning.preview({})).rows[0]).toMatchObject({ skip: null, level: 3 })
  })

  it('resolves a letter when its instalments are paid, and opens it again when the receipt is reversed', async () => {
    const open = await finance.receivables.list({
      limit: 50,
      sort: { key: 'dueDay', dir: 'asc' },
      filters: { customerId: customerId as never },
    })
    const paid = open.rows.slice(0, 2)
    const receipt = await finance.receivables.receiptCreate({
      customerId: customerId as never,
      day: '2026-06-01' as never,
      amount: paid.reduce((sum, row) => sum + row.outstanding, 0) as never,
      method: 'bank',
      reference: 'B-1',
      allocations: paid.map((row) => ({ instalmentId: row.id, amount: row.outstanding })) as never,
    })
    expect((await letters('resolved')).rows).toHaveLength(1)
    await finance.receivables.reverse({
      id: receipt.id,
      version: receipt.version,
      day: '2026-06-02' as never,
      reason: '退票',
    })
    expect((await letters('open')).rows).toHaveLength(1)
  })

  it('records how a letter was sent, and refuses a day before it was written', async () => {
    const letter = (await letters()).rows[0]!
    const early = await refusalOf(
      finance.dunning.markSent({ id: letter.id, version: letter.version, sentWay: 'ems', sentDay: '2026-05-01' }),
    )
    expect(early.code).toBe('DUNNING_SENT_DAY')
    await finance.dunning.markSent({
      id: letter.id,
      version: letter.version,
      sentWay: 'ems',
      sentDay: '2026-05-19',
      sentReference: 'EA123456789CN',
    })
    expect((await letters()).rows[0]).toMatchObject({ sentWay: 'ems', sentReference: 'EA123456789CN' })
  })

  it('cancels a run without leaving a number behind', async () => {
    const { jobId } = await finance.dunning.run({ customerIds: [customerId] })
    await finance.jobs.cancel({ id: jobId })
    const ended = await t.core.deps.jobs.settled(jobId)
    const count = (await letters()).rows.length
    expect([ended.state, count]).toEqual(ended.state === 'cancelled' ? ['cancelled', 1] : ['done', 2])
  })
})
