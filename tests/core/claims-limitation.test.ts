import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import { warnOfLimitation } from '#core/modules/claims/claims.keeper.ts'
import type { CoreClient } from '#core/start-core.ts'
import { payDebt, signDebts } from '#tests/helpers/sample-debts.ts'
import { pdfFile } from '#tests/helpers/sample-files.ts'
import { makeCustomer } from '#tests/helpers/sample-trade.ts'
import { createTestCore, PASSWORD, refusalOf, type TestCore, type TestPerson } from '#tests/helpers/test-core.ts'

let t: TestCore
let sales: CoreClient
let finance: CoreClient
let customerId: string

beforeAll(async () => {
  t = await createTestCore()
  sales = await t.as('sales')
  finance = await t.as('finance')
  customerId = await makeCustomer(sales)
})
afterAll(() => t.close())

/** Moves the clock; seats are too old then. */
async function on(moment: string) {
  t.clock.set(Date.parse(moment))
  const seat = async (person: TestPerson) => {
    const client = t.core.localClient({ device: person })
    await client.session.logIn({ login: person, password: PASSWORD })
    return client
  }
  sales = await seat('sales')
  finance = await seat('finance')
}
const page = { limit: 200, sort: { key: 'endDay', dir: 'asc' } } as const
const listed = async (filters: object, api = sales) =>
  (await api.claims.limitation.list({ ...page, filters } as never)).rows
const clock = (id: string, api = sales) => api.claims.limitation.clock({ instalmentId: id as never })
const stored = async (id: string) =>
  (
    await t.core.deps.store.read
      .selectFrom('receivable_instalments')
      .select('limitation_day')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
  ).limitation_day
const record = (debtIds: readonly string[], kind: string, day: string, proofs: readonly string[] = [], more = {}) =>
  sales.claims.limitation.record({ instalmentIds: debtIds, kind, day: asDay(day), proofs, ...more } as never)
const LETTER = ['document', 'number', 'posted', 'contents', 'agreedAddress', 'outcome', 'scan']

describe('the clock of a debt', () => {
  it('starts with signing, ends three years after the due day, and says the day before it is shifted', async () => {
    const { debts } = await signDebts(sales, customerId, ['2026-02-01', '2026-04-01'])
    const [first, second] = debts as [(typeof debts)[number], (typeof debts)[number]]
    expect(await stored(first.id)).toBe('2029-02-01')
    expect((await listed({ contractId: first.contractId })).map((row) => row.endDay)).toEqual([
      '2029-02-01',
      '2029-04-01',
    ])
    const shown = await clock(second.id)
    // 2029-04-01 is a Sunday.
    expect(shown.clock).toMatchObject({ state: 'running', endDay: '2029-04-01', shiftedDay: '2029-04-02' })
    expect(shown.clock.notes.map((note) => note.key)).toContain('receivables:limitation.notes.shifted')
  })

  it('runs anew from a demand that is proven, not from one that is not; what is missing is said', async () => {
    const { debts } = await signDebts(sales, customerId, ['2026-02-01'])
    const [debt] = debts as [(typeof debts)[number]]
    const made = await record([debt.id], 'ems', '2026-05-04', ['document', 'number'])
    expect((await clock(debt.id)).events[0]).toMatchObject({
      strength: 'none',
      missing: expect.arrayContaining(['posted']),
    })
    expect(await stored(debt.id)).toBe('2029-02-01')
    await sales.claims.limitation.change({ id: made.id, version: 0, day: asDay('2026-05-04'), proofs: LETTER } as never)
    expect(await stored(debt.id)).toBe('2029-05-04')
    const { clock: shown } = await clock(debt.id)
    expect(shown.steps).toEqual([{ eventId: made.id, effect: 'interrupts', endDay: '2029-05-04' }])
    expect((await listed({ contractId: debt.contractId }))[0]).toMatchObject({ lastKind: 'ems', lastDay: '2026-05-04' })
    await sales.claims.limitation.void({ id: made.id, version: 1, reason: '录错客户' })
    expect(await stored(debt.id)).toBe('2029-02-01')
    expect((await clock(debt.id)).events[0]).toMatchObject({ void: { byName: '张三', reason: '录错客户' } })
    expect((await refusalOf(sales.claims.limitation.void({ id: made.id, version: 2, reason: '再' }))).code).toBe(
      'CLAIM_VOID',
    )
  })

  it('follows money of the debtor by itself: proven by slip and purpose, taken back with the receipt', async () => {
    const { debts } = await signDebts(sales, customerId, ['2026-02-01'])
    const [debt] = debts as [(typeof debts)[number]]
    const weak = await payDebt(finance, debt, 100_000, '2026-03-10')
    expect(await stored(debt.id)).toBe('2029-02-01')
    const { clock: shown, events } = await clock(debt.id)
    expect(shown.weakEndDay).toBe('2029-03-10')
    expect(events[0]).toMatchObject({ kind: 'partPayment', strength: 'weak', missing: ['purpose'] })
    const strong = await payDebt(finance, debt, 100_000, '2026-04-10', { designation: '货款' })
    expect(await stored(debt.id)).toBe('2029-04-10')
    // What a receipt tells is not taken back by hand; evidence may be added.
    const own = (await clock(debt.id)).events.find((event) => event.day === '2026-03-10')!
    const back = sales.claims.limitation.void({ id: own.id as never, version: own.version, reason: '撤' })
    expect((await refusalOf(back)).code).toBe('CLAIM_FOLLOWS')
    const { version } = await finance.receivables.receiptGet({ id: strong.id } as never)
    await finance.receivables.reverse({ id: strong.id, version, day: asDay('2026-04-20'), reason: '退票' } as never)
    expect(await stored(debt.id)).toBe('2029-02-01')
    expect(weak.id).not.toBe(strong.id)
  })

  it('waits for proceedings, is suspended by a cause in its last months, and counts to the last instalment if told so', async () => {
    const { debts, id } = await signDebts(sales, customerId, ['2026-02-01', '2026-04-01'])
    const [first, second] = debts as [(typeof debts)[number], (typeof debts)[number]]
    const suit = await record([first.id, second.id], 'lawsuit', '2026-05-04', ['filing'])
    expect((await clock(first.id)).clock).toMatchObject({ state: 'proceedings', endDay: '2029-05-04' })
    await sales.claims.limitation.change({
      id: suit.id,
      version: 0,
      day: asDay('2026-05-04'),
      endedDay: asDay('2026-05-15'),
      proofs: ['filing'],
    } as never)
    expect(await stored(first.id)).toBe('2029-05-15')
    const other = await signDebts(sales, customerId, ['2026-02-01', '2026-04-01'])
    const terms = await finance.claims.interest.terms({ contractId: other.id as never })
    const choice = { contractId: other.id, version: null, terms: terms.terms, article: terms.article, reason: '' }
    expect((await refusalOf(sales.claims.interest.choose({ ...choice, limitationBy: 'last' } as never))).code).toBe(
      'FORBIDDEN',
    )
    await finance.claims.interest.choose({ ...choice, limitationBy: 'last' } as never)
    expect(await stored(other.debts[0]!.id)).toBe('2029-04-01')
    expect(id).not.toBe(other.id)
  })

  it('refuses what is not, what lies ahead, and debts of several customers or of others', async () => {
    const { debts } = await signDebts(sales, customerId, ['2026-02-01'])
    const elsewhere = await signDebts(sales, await makeCustomer(sales, '贵阳云岭轴承有限公司'), ['2026-02-01'])
    const both = [debts[0]!.id, elsewhere.debts[0]!.id]
    expect((await refusalOf(record(both, 'phone', '2026-05-04'))).code).toBe('CLAIM_CUSTOMERS')
    expect((await refusalOf(record([debts[0]!.id], 'phone', '2026-05-19'))).code).toBe('CLAIM_DAY')
    const other = await t.as('sales_other')
    expect((await refusalOf(clock(debts[0]!.id, other))).code).toBe('NOT_FOUND')
    expect(await listed({}, other)).toEqual([])
    expect((await listed({}, await t.as('reviewer'))).length).toBeGreaterThan(3)
  })

  it('keeps files as evidence of an event for whoever may read its debts', async () => {
    const { debts } = await signDebts(sales, customerId, ['2026-02-01'])
    const made = await record([debts[0]!.id], 'hand', '2026-05-04', ['document', 'signature'])
    const { fileId } = await sales.files.upload({ file: new File([pdfFile('slip') as never], '签收单.pdf') })
    await sales.attachments.add({ to: 'limitationEvent', id: made.id, fileId } as never)
    expect((await clock(debts[0]!.id)).events[0]?.files).toBe(1)
    const other = await t.as('sales_other')
    const ask = other.attachments.list({ to: 'limitationEvent', id: made.id } as never)
    expect((await refusalOf(ask)).code).toBe('NOT_FOUND')
  })
})

describe('the list and its alarms', () => {
  it('tells owners once at each alarm, again for a nearer day, and takes it back with an interruption', async () => {
    const own = await makeCustomer(sales, '遵义赤水泵业有限公司')
    const { debts } = await signDebts(sales, own, ['2023-08-01'], { signDay: '2023-06-05' })
    const [debt] = debts as [(typeof debts)[number]]
    expect(await stored(debt.id)).toBe('2026-08-01')
    expect(await warnOfLimitation(t.core.deps)).toBe(1)
    expect(await warnOfLimitation(t.core.deps)).toBe(0)
    const tasks = async () =>
      (
        await sales.tasks.list({
          limit: 200,
          sort: { key: 'dueDay', dir: 'asc' },
          filters: { state: 'open', customerId: own } as never,
        })
      ).rows.filter((task) => task.source?.module === 'limitation')
    expect((await tasks()).map((task) => task.title)).toEqual([
      '遵义赤水泵业有限公司：1 笔债权（64,550.08）诉讼时效 3 个月内届满，最早 2026-08-01',
    ])
    expect((await listed({ customerId: own, within: 'm3' })).map((row) => [row.state, row.alarm])).toEqual([
      ['running', 3],
    ])
    expect(await listed({ customerId: own, within: 'm1' })).toEqual([])
    const sums = await sales.claims.limitation.summary({ filters: { customerId: own } } as never)
    expect(sums).toMatchObject({ count: 1, outstanding: 6_455_008, expired: 0, soon: 6_455_008 })
    await on('2026-07-13T02:00:00Z')
    expect(await warnOfLimitation(t.core.deps)).toBe(1)
    expect((await tasks())[0]?.title).toContain('1 个月内')
    await record([debt.id], 'hand', '2026-07-10', ['document', 'signature', 'signerRole', 'scan'])
    await warnOfLimitation(t.core.deps)
    expect(await tasks()).toEqual([])
    await on('2026-05-18T02:00:00Z')
  })

  it('knows what has run out, and what letters may then still ask for', async () => {
    const own = await makeCustomer(sales, '毕节乌江机电有限公司')
    const { debts } = await signDebts(sales, own, ['2022-03-01'], { signDay: '2022-01-05' })
    const shown = await clock(debts[0]!.id)
    expect(shown.clock).toMatchObject({ state: 'expired', wording: 'acknowledge' })
    expect((await listed({ customerId: own, within: 'expired' })).map((row) => row.id)).toEqual([debts[0]!.id])
    await record([debts[0]!.id], 'ems', '2026-05-04', LETTER)
    expect((await clock(debts[0]!.id)).clock.steps[0]?.effect).toBe('tooLate')
    await record([debts[0]!.id], 'acknowledgement', '2026-05-10', ['document', 'signature', 'signerRole', 'scan'])
    expect((await clock(debts[0]!.id)).clock).toMatchObject({
      state: 'running',
      endDay: '2029-05-10',
      wording: 'demand',
    })
  })

  it('is exported as it is filtered', async () => {
    const made = await finance.claims.limitation.exportRows({
      filters: { customerId },
      sort: { key: 'endDay', dir: 'asc' },
      format: 'csv',
    } as never)
    const job = await t.core.deps.jobs.settled(made.jobId)
    expect(JSON.stringify(job)).toContain('csv')
    expect((await refusalOf(sales.claims.limitation.exportRows({} as never))).code).toBe('FORBIDDEN')
  })
})
