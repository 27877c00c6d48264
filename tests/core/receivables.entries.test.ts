import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addDays, asDay, type PlainDay } from '#shared/kernel/dates.ts'
import { ageingOn } from '#shared/modules/receivables/receivables.ageing.rules.ts'
import type { CoreClient } from '#core/start-core.ts'
import { ledgerEvents } from '#tests/helpers/ledger-events.ts'
import { makeCustomer, signContract } from '#tests/helpers/sample-trade.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'
import { randomSource } from '#tests/helpers/valid-input.ts'

const TODAY = asDay('2026-05-18')
let t: TestCore
let sales: CoreClient
let manager: CoreClient
let finance: CoreClient
let owner: CoreClient
let customerId: string

beforeAll(async () => {
  t = await createTestCore()
  await seats()
}, 240_000)
afterAll(() => t.close())
let customers = 0
beforeEach(async () => {
  customers += 1
  customerId = await makeCustomer(sales, `第${customers}家轴承有限公司`)
})

async function seats() {
  const seat = async (login: string) => {
    const client = t.core.localClient({ device: login })
    await client.session.logIn({ login, password: 'long enough phrase 42' })
    return client
  }
  sales = await seat('sales')
  manager = await seat('sales_manager')
  finance = await seat('finance')
  owner = await seat('owner')
}

const db = () => t.core.deps.store.read
const owe = (amount: number, dueDay: string | null = '2026-04-30', sinceDay = '2026-03-31') =>
  finance.receivables.create({
    customerId: customerId as never,
    label: '货款',
    sinceDay: asDay(sinceDay),
    dueDay: dueDay === null ? null : asDay(dueDay),
    amount: amount as never,
    reason: '口头订货',
  })
const receive = (amount: number, more: object = {}) =>
  finance.receivables.receiptCreate({
    customerId: customerId as never,
    day: TODAY,
    amount: amount as never,
    method: 'bank',
    allocations: [],
    ...more,
  } as never)
const bill = { kind: 'bank', number: '1301000000001', acceptor: '工商银行', maturityDay: asDay('2026-11-18') } as const
const totals = (asOf: PlainDay = TODAY) =>
  finance.receivables.ageingTotals({ asOf, of: [{ by: 'customer', id: customerId as never }] })
const at = (made: { id: string; version: number }) => ({ id: made.id as never, version: made.version })

/** Everything that says what is owed and held, without what only counts changes. */
async function state() {
  const rows = async (table: 'receivable_instalments' | 'receipts' | 'receivable_credits' | 'contracts') =>
    (await db().selectFrom(table).selectAll().orderBy('id').execute()).map((row) => {
      const { version: _version, updated_at: _at, ...rest } = row as unknown as Record<string, unknown>
      return rest
    })
  const journal = await db().selectFrom('receivable_journal').selectAll().execute()
  const unapplied = await db().selectFrom('receivable_unapplied').selectAll().execute()
  return { instalments: await rows('receivable_instalments'), contracts: await rows('contracts'), journal, unapplied }
}

describe('a credit note', () => {
  it('takes off what is named, keeps the rest as a credit beside the ages, and restores exactly when taken back', async () => {
    const debt = await owe(100_000)
    const before = await state()
    const credit = await finance.receivables.creditCreate({
      customerId: customerId as never,
      day: TODAY,
      amount: 30_000 as never,
      cause: 'returned',
      reason: '退货 3 件',
      allocations: [{ instalmentId: debt.id as never, amount: 20_000 as never }],
    })
    expect(credit.number).toMatch(/^DX-2026-\d{4}$/)
    expect(await totals()).toMatchObject({ outstanding: 80_000, credits: 10_000, advance: 0 })
    expect(await finance.receivables.get({ id: debt.id as never })).toMatchObject({
      credited: 20_000,
      outstanding: 80_000,
      payments: [{ kind: 'credit', number: credit.number, principal: 20_000 }],
    })
    const used = await finance.receivables.creditUse({
      ...at(credit),
      allocations: [{ instalmentId: debt.id as never, amount: 10_000 as never }],
    })
    expect(await totals()).toMatchObject({ outstanding: 70_000, credits: 0 })
    const over = finance.receivables.creditUse({
      ...at({ ...credit, version: used.version }),
      allocations: [{ instalmentId: debt.id as never, amount: 1 as never }],
    })
    expect(await refusalOf(over)).toMatchObject({ code: 'RECEIPT_ALLOCATION', data: { fault: 'over_receipt' } })
    await finance.receivables.creditReverse({ ...at({ ...credit, version: used.version }), day: TODAY, reason: '开错' })
    expect(await state()).toEqual(before)
    const view = await finance.receivables.creditGet({ id: credit.id as never })
    expect(view).toMatchObject({ state: 'reversed', allocated: 0, rest: 0 })
  })

  it('lessens what a contract asks for, not what came in for it', async () => {
    const contract = await signContract(sales, customerId, { signDay: '2026-05-11' })
    const list = {
      limit: 5,
      sort: { key: 'dueDay', dir: 'asc' } as const,
      filters: { contractId: contract.id as never },
    }
    const [row] = (await finance.receivables.list(list)).rows
    await finance.receivables.creditCreate({
      customerId: customerId as never,
      day: TODAY,
      amount: 500 as never,
      cause: 'rebate',
      reason: '返利',
      allocations: [{ instalmentId: row!.id as never, amount: 500 as never }],
    })
    const { settled, released } = await db()
      .selectFrom('contracts')
      .select(['settled', 'released'])
      .where('id', '=', contract.id)
      .executeTakeFirstOrThrow()
    expect([settled, released]).toEqual([0, 500])
  })
})

describe('a refund', () => {
  it('up to the limit is paid at once and comes out of the advance; taken back it is an advance again', async () => {
    const receipt = await receive(600_000)
    const refund = await finance.receivables.refundAsk({
      receiptId: receipt.id as never,
      amount: 500_000 as never,
      method: 'bank',
      payee: '某公司',
      reason: '多付',
    })
    expect(refund.released).toBe(true)
    const paid = await finance.receivables.refundPay({ ...at(refund), day: TODAY })
    expect(await totals()).toMatchObject({ advance: 100_000 })
    const held = await finance.receivables.receiptGet({ id: receipt.id as never })
    expect(held).toMatchObject({ refunded: 500_000, advance: 100_000 })
    const reversal = finance.receivables.reverse({ ...at(held), day: TODAY, reason: '错' })
    expect((await refusalOf(reversal)).code).toBe('RECEIPT_REFUNDED')
    await finance.receivables.refundReverse({ ...at({ ...refund, version: paid.version }), day: TODAY, reason: '退回' })
    expect(await totals()).toMatchObject({ advance: 600_000 })
  })

  it('above it waits for somebody else: never whoever asked for it', async () => {
    const receipt = await receive(900_000)
    const ask = (amount: number) =>
      finance.receivables.refundAsk({
        receiptId: receipt.id as never,
        amount: amount as never,
        method: 'bank',
        payee: '某公司',
        reason: '多付',
      })
    expect((await refusalOf(ask(900_001))).code).toBe('REFUND_TOO_MUCH')
    const refund = await ask(500_001)
    expect(refund.released).toBe(false)
    expect((await refusalOf(finance.receivables.refundPay({ ...at(refund), day: TODAY }))).code).toBe('REFUND_STATE')
    const own = finance.receivables.refundDecide({ ...at(refund), release: true, note: '' })
    expect((await refusalOf(own)).code).toBe('REFUND_OWN')
    const released = await owner.receivables.refundDecide({ ...at(refund), release: true, note: '同意' })
    await finance.receivables.refundPay({ ...at({ ...refund, version: released.version }), day: TODAY })
    expect(await totals()).toMatchObject({ advance: 399_999 })
    const second = await ask(399_999)
    expect(second.released).toBe(true)
  })
})

describe('a bill', () => {
  it('that is dishonoured takes its receipt back from that day on; the days before keep what it had paid', async () => {
    const debt = await owe(100_000)
    const allocations = [{ instalmentId: debt.id, amount: 100_000 }]
    const receipt = await receive(100_000, { method: 'bill', bill, day: addDays(TODAY, -10), allocations })
    expect(await totals()).toMatchObject({ outstanding: 0 })
    const moved = await finance.receivables.billMove({
      ...at(receipt),
      step: 'discounted',
      day: addDays(TODAY, -5),
      note: '',
    })
    const again = finance.receivables.billMove({
      ...at({ ...receipt, version: moved.version }),
      step: 'endorsed',
      day: TODAY,
      note: '',
    })
    expect((await refusalOf(again)).code).toBe('BILL_STATE')
    await finance.receivables.billMove({
      ...at({ ...receipt, version: moved.version }),
      step: 'dishonoured',
      day: TODAY,
      note: '余额不足',
    })
    expect((await totals()).outstanding).toBe(100_000)
    expect((await totals(addDays(TODAY, -1))).outstanding).toBe(0)
    const list = await finance.receivables.billList({
      limit: 10,
      sort: { key: 'maturityDay', dir: 'asc' },
      filters: { customerId: customerId as never, state: 'dishonoured' },
    })
    expect(list.rows.map((row) => [row.id, row.state])).toEqual([[receipt.id, 'reversed']])
    // The same paper may come back; but never twice at a time.
    await receive(1_000, { method: 'bill', bill })
    expect((await refusalOf(receive(1_000, { method: 'bill', bill }))).code).toBe('RECEIPT_BILL_TWICE')
  })

  it('of a receipt entered by mistake is free for the one entered in its place', async () => {
    const other = { ...bill, number: '1301000000002' }
    const receipt = await receive(1_000, { method: 'bill', bill: other })
    await finance.receivables.reverse({ ...at(receipt), day: TODAY, reason: '金额录错' })
    await receive(2_000, { method: 'bill', bill: other })
  })
})

describe('a receivable entered by hand', () => {
  it('is owed from its day, given another due day from today on, and taken out while nothing settles it', async () => {
    const debt = await owe(50_000)
    expect((await totals()).buckets).toMatchObject({ d1_30: 50_000 })
    const redated = await finance.receivables.redate({ ...at(debt), dueDay: asDay('2026-06-30'), reason: '约定延后' })
    expect((await totals()).buckets).toMatchObject({ not_due: 50_000, d1_30: 0 })
    expect((await totals(addDays(TODAY, -1))).buckets).toMatchObject({ d1_30: 50_000 })
    const view = await finance.receivables.get({ id: debt.id as never })
    expect(view.changes).toMatchObject([
      { source: 'person', dueBefore: '2026-04-30', dueAfter: '2026-06-30', reason: '约定延后', userName: '赵会计' },
    ])
    const gone = await finance.receivables.cancel({ ...at({ ...debt, version: redated.version }), reason: '重复' })
    expect((await totals()).outstanding).toBe(0)
    expect((await totals(addDays(TODAY, -1))).outstanding).toBe(50_000)
    const again = finance.receivables.cancel({ ...at({ ...debt, version: gone.version }), reason: '重复' })
    expect((await refusalOf(again)).code).toBe('NOT_FOUND')
  })

  it('stays while something settles it; what a payment clause has dated is changed by agreement only', async () => {
    const debt = await owe(50_000)
    await receive(10_000, { allocations: [{ instalmentId: debt.id, amount: 10_000 }] })
    const { version } = await finance.receivables.get({ id: debt.id as never })
    const cancel = finance.receivables.cancel({ ...at({ ...debt, version }), reason: '重复' })
    expect((await refusalOf(cancel)).code).toBe('RECEIVABLE_SETTLED')
    const contract = await signContract(sales, customerId, { signDay: '2026-05-11' })
    const list = {
      limit: 5,
      sort: { key: 'dueDay', dir: 'asc' } as const,
      filters: { contractId: contract.id as never },
    }
    const { rows } = await finance.receivables.list(list)
    const dated = rows.find((row) => row.dueDay !== null)!
    const waiting = rows.find((row) => row.dueDay === null)!
    const dueDay = asDay('2026-12-31')
    expect((await refusalOf(finance.receivables.redate({ ...at(dated), dueDay, reason: 'x' }))).code).toBe(
      'RECEIVABLE_AGREED',
    )
    await finance.receivables.redate({ ...at(waiting), dueDay, reason: '对方确认' })
    expect((await refusalOf(finance.receivables.cancel({ ...at(dated), reason: 'x' }))).code).toBe('RECEIVABLE_AGREED')
  })

  it('belongs to whoever plans: a salesperson enters none, a leader only for the own team', async () => {
    const fields = {
      customerId: customerId as never,
      label: '货款',
      sinceDay: TODAY,
      dueDay: TODAY,
      amount: 1 as never,
    }
    const mine = sales.receivables.create({ ...fields, reason: 'x' })
    expect((await refusalOf(mine)).code).toBe('FORBIDDEN')
    await manager.receivables.create({ ...fields, reason: '主管录入' })
    const theirs = await makeCustomer(await t.as('sales_other'), `别组的${customers}`)
    const call = manager.receivables.create({ ...fields, customerId: theirs as never, reason: 'x' })
    expect((await refusalOf(call)).code).toBe('NOT_FOUND')
  })
})

describe('what the payer designates', () => {
  it('comes first, the law decides on the rest, and each row keeps its reason', async () => {
    const old = await owe(30_000, '2026-04-01', '2026-03-01')
    const young = await owe(30_000, '2026-05-01', '2026-03-01')
    const designated = [{ instalmentId: young.id as never, amount: null }]
    const { proposed } = await finance.receivables.propose({
      customerId: customerId as never,
      day: TODAY,
      amount: 40_000 as never,
      designated,
    })
    expect(proposed.map(({ instalmentId, amount, reason }) => [instalmentId, amount, reason])).toEqual([
      [young.id, 30_000, 'designated'],
      [old.id, 10_000, 'due'],
    ])
    const made = await receive(40_000, {
      designated,
      designation: '付 5 月货款',
      allocations: [
        { instalmentId: young.id, amount: 30_000 },
        { instalmentId: old.id, amount: 4_000 },
      ],
    })
    const view = await finance.receivables.receiptGet({ id: made.id as never })
    expect(view.allocations.map((row) => row.reason).toSorted()).toEqual(['designated', 'manual'])
    expect(view).toMatchObject({ designation: '付 5 月货款', advance: 6_000 })
  })
})

describe('whatever is recorded', () => {
  it('taken back on its day leaves the books as they were (30 random records)', { timeout: 90_000 }, async () => {
    const random = randomSource(560_561)
    for (let i = 0; i < 6; i += 1)
      await owe(10_000 + random.int(90_000), random.pick(['2026-04-01', '2026-06-01', null]))
    for (let run = 0; run < 30; run += 1) {
      const before = await state()
      const amount = 1 + random.int(150_000)
      const asked = { customerId: customerId as never, day: TODAY, amount: amount as never }
      const isCredit = random.next() < 0.4
      const { proposed } = await finance.receivables.propose({ ...asked, principalOnly: isCredit })
      const shares = proposed
        .filter(() => random.next() < 0.7)
        .map((one) => ({
          instalmentId: one.instalmentId as never,
          amount: Math.max(1, random.int(one.amount)) as never,
        }))
      if (isCredit) {
        const fields = { ...asked, cause: 'price', reason: '调价', allocations: shares } as const
        const made = await finance.receivables.creditCreate(fields)
        await finance.receivables.creditReverse({ ...at(made), day: TODAY, reason: '撤' })
      } else {
        const made = await receive(amount, { allocations: shares })
        await finance.receivables.reverse({ ...at(made), day: TODAY, reason: '撤' })
      }
      expect(await state()).toEqual(before)
    }
  })

  it(
    'later does not change the ageing of a day that is over, by whatever it is summed',
    { timeout: 90_000 },
    async () => {
      const random = randomSource(188_195)
      const debts = [await owe(80_000), await owe(70_000, '2026-06-10'), await owe(60_000, null)]
      const early = await receive(50_000, { allocations: [{ instalmentId: debts[0]!.id, amount: 20_000 }] })
      const days = [TODAY, addDays(TODAY, -20), addDays(TODAY, -45)]
      const asked = async () =>
        Promise.all(
          days.flatMap((asOf) => [
            finance.receivables.ageingTotals({ asOf }),
            finance.receivables.ageingTotals({ asOf, basis: 'invoice' }),
            finance.receivables.ageing({ asOf, by: 'customer', limit: 200 }),
            finance.receivables.ageing({ asOf, by: 'team', limit: 200 }),
          ]),
        )
      const then = await asked()
      for (const later of [1, 9, 40]) {
        const day = addDays(TODAY, later)
        t.clock.set(Date.parse(`${day}T04:00:00Z`))
        await seats()
        const version = async (id: string) => (await finance.receivables.get({ id: id as never })).version
        const [first, second, third] = debts as unknown as readonly [{ id: string }, { id: string }, { id: string }]
        const pay = await receive(5_000 + random.int(9_000), {
          day,
          allocations: [{ instalmentId: random.pick([first, second]).id, amount: 4_000 }],
        })
        await finance.receivables.creditCreate({
          customerId: customerId as never,
          day,
          amount: 3_000 as never,
          cause: 'price',
          reason: '调价',
          allocations: [{ instalmentId: third.id as never, amount: 1_000 as never }],
        })
        const redating = { dueDay: addDays(day, 30), reason: '延后' }
        await finance.receivables.redate({ id: third.id as never, version: await version(third.id), ...redating })
        if (later === 9) await finance.receivables.reverse({ ...at(pay), day, reason: '退票' })
        if (later === 40) {
          const held = await finance.receivables.receiptGet({ id: early.id as never })
          const refund = await finance.receivables.refundAsk({
            receiptId: early.id as never,
            amount: held.advance as never,
            method: 'bank',
            payee: '某公司',
            reason: '多付',
          })
          await finance.receivables.refundPay({ ...at(refund), day })
        }
        await owe(9_000, null, day)
        expect(await asked()).toEqual(then)
        // And today is what the plain rule makes of everything that happened.
        const books = {
          instalments: await db().selectFrom('receivable_instalments').selectAll().execute(),
          allocations: await db().selectFrom('receivable_allocations').selectAll().execute(),
          receipts: await db().selectFrom('receipts').selectAll().execute(),
          changes: await db().selectFrom('receivable_changes').selectAll().orderBy('id').execute(),
          credits: await db().selectFrom('receivable_credits').selectAll().execute(),
          refunds: await db().selectFrom('receivable_refunds').selectAll().execute(),
        }
        const expected = ageingOn(ledgerEvents(books), day)
        const now = await finance.receivables.ageingTotals({ asOf: day })
        expect(now.buckets).toEqual(Object.fromEntries(expected.buckets))
        expect([now.outstanding, now.advance, now.credits]).toEqual([
          expected.outstanding,
          expected.advances,
          expected.credits,
        ])
      }
    },
  )
})
