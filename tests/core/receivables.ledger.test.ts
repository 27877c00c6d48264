import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, asDay, type PlainDay } from '#shared/kernel/dates.ts'
import { ageingOn, bucketFor, bucketsOf, SHIPPED_BOUNDS } from '#shared/modules/receivables/receivables.ageing.rules.ts'
import { AGEING_GROUPS } from '#shared/modules/receivables/receivables.schema.ts'
import { collectedSums, collectionInputs, overdueRows } from '#core/modules/receivables/receivables.api.ts'
import { contractAmounts, newCustomers } from '#core/modules/contracts/contracts.api.ts'
import { makeScope } from '#core/kernel/scope.ts'
import type { CoreClient } from '#core/start-core.ts'
import { makeCustomer, signContract } from '#tests/helpers/sample-trade.ts'
import { ledgerEvents } from '#tests/helpers/ledger-events.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'
import { randomSource } from '#tests/helpers/valid-input.ts'

const START = asDay('2025-01-06')
/** Receipts may be dated a few days back. */
const FROM = addDays(START, -30)
const moment = (day: PlainDay) => Date.parse(`${day}T04:00:00Z`)

let t: TestCore
let sales: CoreClient
let other: CoreClient
let finance: CoreClient
let owner: CoreClient
const customers: { id: string; api: CoreClient }[] = []
let today = START

beforeAll(async () => {
  t = await createTestCore()
  t.clock.set(moment(START))
  // Sessions end after eight hours: everybody logs in anew when the clock jumps.
  await logIn()
  for (const name of ['甲方机械有限公司', '乙方设备有限公司', '丙方重工有限公司']) {
    customers.push({ id: await makeCustomer(sales, name), api: sales })
  }
  customers.push({ id: await makeCustomer(other, '丁方液压有限公司'), api: other })
})
afterAll(() => t.close())

async function logIn() {
  const seat = async (login: string) => {
    const client = t.core.localClient({ device: login })
    await client.session.logIn({ login, password: 'long enough phrase 42' })
    return client
  }
  sales = await seat('sales')
  other = await seat('sales_other')
  finance = await seat('finance')
  owner = await seat('owner')
  for (const [i, customer] of customers.entries()) customer.api = i === 3 ? other : sales
}

const db = () => t.core.deps.store.read

/** Everything in the books, read plainly. */
async function books() {
  return {
    instalments: await db().selectFrom('receivable_instalments').selectAll().execute(),
    allocations: await db().selectFrom('receivable_allocations').selectAll().execute(),
    receipts: await db().selectFrom('receipts').selectAll().execute(),
    changes: await db().selectFrom('receivable_changes').selectAll().orderBy('id').execute(),
    credits: await db().selectFrom('receivable_credits').selectAll().execute(),
    refunds: await db().selectFrom('receivable_refunds').selectAll().execute(),
    journal: await db().selectFrom('receivable_journal').selectAll().execute(),
    unapplied: await db().selectFrom('receivable_unapplied').selectAll().execute(),
    contracts: await db().selectFrom('contracts').selectAll().execute(),
  }
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)

/** Recomputes every stored sum from the allocations: what a verifier of the file would do. */
async function verifyStoredSums() {
  const { instalments, allocations, receipts, contracts, journal, unapplied } = await books()
  const active = allocations.filter((a) => a.released_day === null)
  for (const row of instalments) {
    const settled = sum(active.filter((a) => a.instalment_id === row.id).map((a) => a.amount))
    expect(row.settled).toBe(settled)
    if (row.state === 'open') expect(row.outstanding).toBe(row.amount - settled)
  }
  const journalOf = Map.groupBy(journal, (row) => row.instalment_id)
  for (const row of instalments) {
    const own = journalOf.get(row.id) ?? []
    expect(sum(own.map((entry) => entry.amount))).toBe(row.outstanding)
    // All of it under the due day of now.
    const elsewhere = Map.groupBy(
      own.filter((entry) => entry.due_key !== row.due_key),
      (entry) => entry.due_key,
    )
    for (const entries of elsewhere.values()) expect(sum(entries.map((entry) => entry.amount))).toBe(0)
    expect(own.every((entry) => entry.amount !== 0 && entry.owner_id === row.owner_id)).toBe(true)
  }
  const unappliedOf = Map.groupBy(unapplied, (row) => row.source_id)
  for (const receipt of receipts) {
    expect(sum((unappliedOf.get(receipt.id) ?? []).map((row) => row.amount))).toBe(receipt.advance)
  }
  for (const receipt of receipts) {
    const allocated = sum(active.filter((a) => a.receipt_id === receipt.id).map((a) => a.amount))
    expect(receipt.allocated).toBe(allocated)
    expect(receipt.advance).toBe(receipt.state === 'posted' ? receipt.amount - allocated : 0)
  }
  for (const contract of contracts) {
    const own = new Set(instalments.filter((row) => row.contract_id === contract.id).map((row) => row.id))
    expect(contract.settled).toBe(sum(active.filter((a) => own.has(a.instalment_id)).map((a) => a.amount)))
  }
}

/** The ageing by SQL against the plain rule over everything that happened, as of a day; its buckets sum to its total. */
async function verifyAgeing(asOf: PlainDay) {
  const all = await books()
  const events = ledgerEvents(all)
  const expected = ageingOn(events, asOf)
  const totals = await finance.receivables.ageingTotals({ asOf })
  expect(totals.buckets).toEqual(Object.fromEntries(expected.buckets))
  expect(totals.outstanding).toBe(expected.outstanding)
  expect(totals.outstanding).toBe(sum(Object.values(totals.buckets)))
  expect([totals.advance, totals.credits]).toEqual([expected.advances, expected.credits])

  const byInvoice = await finance.receivables.ageingTotals({ asOf, basis: 'invoice' })
  const buckets = bucketsOf(SHIPPED_BOUNDS)
  const billed = new Map(buckets.map(({ key }) => [key, 0]))
  for (const debt of expected.debts) {
    const day = all.instalments.find((row) => row.id === debt.debtId)?.invoice_day ?? null
    const { key } = bucketFor(buckets, day === null || day > asOf ? null : (day as PlainDay), asOf)
    billed.set(key, (billed.get(key) ?? 0) + debt.outstanding)
  }
  expect(byInvoice.buckets).toEqual(Object.fromEntries(billed))

  for (const by of AGEING_GROUPS) {
    const rows = await allPages((cursor) =>
      finance.receivables.ageing({ asOf, by, limit: by === 'contract' ? 15 : 2, cursor }),
    )
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length)
    for (const row of rows) expect(sum(Object.values(row.buckets))).toBe(row.outstanding)
    expect(sum(rows.map((row) => row.outstanding))).toBe(totals.outstanding)
    expect([...rows].map((r) => r.outstanding)).toEqual(rows.map((r) => r.outstanding).sort((a, b) => b - a))
    const [first] = rows
    if (!first) continue
    // What a row says is what lies behind it, and what is said of it alone.
    const of = [{ by, id: first.id as never }]
    const alone = await finance.receivables.ageingTotals({ asOf, of })
    expect([by, alone.outstanding, alone.buckets]).toEqual([by, first.outstanding, first.buckets])
    const cells = await allPages((cursor) => finance.receivables.ageingRows({ asOf, of, limit: 15, cursor }))
    expect(sum(cells.map((row) => row.outstanding))).toBe(first.outstanding)
  }
  for (const basis of ['due', 'invoice'] as const) {
    for (const { key: bucket } of buckets) {
      const cells = await allPages((cursor) =>
        finance.receivables.ageingRows({ asOf, basis, bucket, limit: 15, cursor }),
      )
      const wanted = basis === 'due' ? totals : byInvoice
      expect(sum(cells.map((row) => row.outstanding)), `${basis} ${bucket}`).toBe(wanted.buckets[bucket])
    }
  }
}

async function allPages<Row>(page: (cursor: string | null) => Promise<{ rows: Row[]; nextCursor: string | null }>) {
  const rows: Row[] = []
  let cursor: string | null = null
  do {
    const next: { rows: Row[]; nextCursor: string | null } = await page(cursor)
    rows.push(...next.rows)
    cursor = next.nextCursor
  } while (cursor !== null)
  return rows
}

describe('the books, under a random run of a year and a half', () => {
  it('keep every stored sum equal to what the allocations say, and every ageing equal to the outstanding', async () => {
    const random = randomSource(20_260_518)
    for (let step = 0; step < 150; step += 1) {
      if (random.next() < 0.4) {
        today = addDays(today, 1 + random.int(17))
        t.clock.set(moment(today))
        await logIn()
      }
      await randomDeed(random)
      if (step % 30 === 29) await verifyStoredSums()
    }
    await verifyStoredSums()
    const { instalments, receipts } = await books()
    expect(instalments.length).toBeGreaterThan(40)
    expect(receipts.length).toBeGreaterThan(40)
    for (const back of [0, 1, 30, 120, 365, 500]) await verifyAgeing(addDays(today, -back))
    await verifyAgeing(addDays(today, 40))
  }, 120_000)

  it('give the same overdue rows to dunning as the ageing shows', async () => {
    const rows = await overdueRows(db(), makeScope.all(), today)
    const { buckets } = await finance.receivables.ageingTotals({ asOf: today })
    const { not_due: notDue, no_due_day: noDueDay, ...late } = buckets
    expect([typeof notDue, typeof noDueDay]).toEqual(['number', 'number'])
    const overdue = sum(Object.values(late))
    expect(sum(rows.map((row) => row.outstanding))).toBe(overdue)
    expect(rows.every((row) => row.daysOverdue > 0)).toBe(true)
    const [first] = rows
    if (first) {
      const mine = await overdueRows(db(), makeScope.all(), today, { customerIds: [first.customerId], minDays: 31 })
      expect(mine.every((row) => row.customerId === first.customerId && row.daysOverdue >= 31)).toBe(true)
    }
    expect(await overdueRows(db(), makeScope.users([]), today)).toEqual([])
  })

  it('give performance sums that agree with the books, within each scope', async () => {
    const { receipts, contracts, instalments } = await books()
    const all = makeScope.all()
    const collected = await collectedSums(db(), all, FROM, today)
    const kept = receipts.filter((r) => r.state === 'posted')
    expect(sum(collected.map((row) => row.amount))).toBe(sum(kept.map((r) => r.amount)))
    const signed = contracts.filter((c) => c.state === 'signed')
    const amounts = await contractAmounts(db(), all, FROM, today)
    expect(sum(amounts.map((row) => row.amount))).toBe(sum(signed.map((c) => c.amount)))
    const mine = await contractAmounts(db(), makeScope.users([t.ids.sales]), FROM, today)
    expect(new Set(mine.map((row) => row.ownerId))).toEqual(new Set([t.ids.sales]))
    expect(new Set((await newCustomers(db(), all, FROM, today)).map((row) => row.customerId)).size).toBe(
      new Set(signed.map((c) => c.customer_id)).size,
    )
    const inputs = await collectionInputs(db(), all, FROM, today)
    const due = instalments.filter(
      (row) => row.state === 'open' && row.due_day !== null && row.due_day >= FROM && row.due_day <= today,
    )
    expect(sum(inputs.map((row) => row.due))).toBe(sum(due.map((row) => row.amount)))
    expect(sum(inputs.map((row) => row.collected))).toBe(sum(due.map((row) => row.settled)))
  })
})

/** One thing somebody in the firm might do; what the rules refuse stays undone. */
async function randomDeed(random: ReturnType<typeof randomSource>) {
  const customer = random.pick(customers)
  const choice = random.next()
  if (choice < 0.25) {
    const signed = await signContract(customer.api, customer.id, {
      signDay: addDays(today, -random.int(3)),
      change: (fields) => {
        fields.lines[0]!.quantity = 1000 * (1 + random.int(5000)) + random.int(1000)
        fields.plan[0]!.days = random.int(40)
      },
    })
    const day = addDays(today, -random.int(2))
    const call = customer.api.contracts.recordEvent({
      id: signed.id,
      version: signed.version,
      kind: 'acceptance',
      day,
      note: '',
    })
    await call.catch(() => undefined)
    return
  }
  if (choice < 0.7) return receive(random, customer.id)
  const receipts = (await books()).receipts.filter((r) => r.state === 'posted')
  if (receipts.length === 0) return
  const receipt = random.pick(receipts)
  if (choice < 0.82) {
    const day = addDays(receipt.day as PlainDay, random.int(20))
    const call = finance.receivables.reverse({ id: receipt.id, version: receipt.version, day, reason: '退票' })
    if (day <= today) await call
    else expect((await refusalOf(call)).code).toBe('RECEIPT_DAY')
    return
  }
  if (choice < 0.94 && receipt.advance > 0) {
    const { proposed } = await finance.receivables.propose({
      customerId: receipt.customer_id as never,
      day: today,
      amount: receipt.advance as never,
    })
    if (proposed.length === 0) return
    const allocations = proposed.map(({ instalmentId, amount }) => ({ instalmentId, amount }))
    await finance.receivables.allocate({ id: receipt.id, version: receipt.version, allocations: allocations as never })
    return
  }
  const signed = (await books()).contracts.filter((c) => c.state === 'signed')
  if (signed.length < 5) return
  const contract = random.pick(signed)
  const call = owner.contracts.void({ id: contract.id, version: contract.version, reason: '撤单' })
  if (contract.settled > 0) expect((await refusalOf(call)).code).toBe('CONTRACT_HAS_RECEIPTS')
  else await call
}

async function receive(random: ReturnType<typeof randomSource>, customerId: string) {
  const amount = 1 + random.int(9_000_000)
  const { open, proposed } = await finance.receivables.propose({
    customerId: customerId as never,
    day: today,
    amount: amount as never,
  })
  const byHand = open
    .filter(() => random.next() < 0.4)
    .slice(0, 3)
    .map((row) => ({ instalmentId: row.id, amount: Math.min(row.outstanding, Math.floor(amount / 3)) }))
    .filter((row) => row.amount > 0)
  const byRule = proposed.map((p) => ({ instalmentId: p.instalmentId, amount: p.amount }))
  const choice = random.next()
  const allocations = choice < 0.5 ? byRule : choice < 0.85 ? byHand : []
  await finance.receivables.receiptCreate({
    customerId: customerId as never,
    day: addDays(today, -random.int(10)),
    amount: amount as never,
    method: random.pick(['bank', 'cash', 'other'] as const),
    allocations: allocations as never,
  })
}
