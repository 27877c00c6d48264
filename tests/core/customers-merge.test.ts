import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CONTACT_CHOICES, MERGE_FIELDS } from '#shared/modules/customers/customers.merge.rules.ts'
import { usccCheckCharacter } from '#shared/kernel/uscc.ts'
import type { CustomerInput } from '#shared/modules/customers/customers.schema.ts'
import { createMergesService } from '#core/modules/customers/customers.merge.ts'
import type { CoreClient } from '#core/start-core.ts'
import { pdfFile } from '#tests/helpers/sample-files.ts'
import { sampleInvoice } from '#tests/helpers/sample-invoice.ts'
import { signContract } from '#tests/helpers/sample-trade.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

let t: TestCore
let sales: CoreClient
let manager: CoreClient
let finance: CoreClient

beforeAll(async () => {
  t = await createTestCore()
  sales = await t.as('sales')
  manager = await t.as('sales_manager')
  finance = await t.as('finance')
})
afterAll(() => t.close())

let serial = 0
/** A credit code that nobody has yet. */
function freeCode(): string {
  const body = `91500${String(++serial).padStart(9, '0')}001`
  return body + (usccCheckCharacter(body) ?? '')
}
/** A name of its own and nothing else, unless given. */
const file = (over: Partial<CustomerInput> = {}) =>
  ({ name: `并户${++serial}号有限公司`, source: 'web', ...over }) as CustomerInput
const make = (over: Partial<CustomerInput> = {}) => sales.customers.create(file(over))
const view = (id: string) => manager.customers.get({ id })
const at = async (id: string) => ({ id, version: (await view(id)).version })
const merge = async (keptId: string, droppedId: string, over: object = {}) =>
  manager.customers.merges.run({
    kept: await at(keptId),
    dropped: await at(droppedId),
    take: [],
    contacts: 'both',
    sure: true,
    ...over,
  } as never)

/** Everything that can hang on a customer, one of each kind. */
async function hangAll(customerId: string): Promise<void> {
  const day = '2026-05-12' as never
  await sales.visits.create({
    customerId,
    day,
    purpose: 'callBack',
    result: '试装正常',
    nextStep: '寄样',
    nextDay: '2026-05-20',
  } as never)
  await sales.tasks.create({ title: '回电', dueDay: '2026-05-19', customerId } as never)
  await sales.market.create({
    day,
    competitor: '川力泵业',
    product: 'IS80',
    source: 'tender',
    content: '降价',
    addressedId: t.ids.sales_manager,
    customerId,
  } as never)
  const { id } = await signContract(sales, customerId, { signDay: '2026-03-01' })
  const { rows } = await finance.receivables.list({
    limit: 1,
    sort: { key: 'dueDay', dir: 'asc' },
    filters: { contractId: id as never },
  })
  await finance.receivables.receiptCreate({
    customerId: customerId as never,
    day,
    amount: 10_000 as never,
    method: 'bank',
    allocations: rows.map((row) => ({ instalmentId: row.id as never, amount: 10_000 as never })),
  })
  await finance.invoices.create(sampleInvoice({ customerId, contractId: null }) as never)
  const { jobId } = await finance.dunning.run({ customerIds: [customerId] } as never)
  await t.core.deps.jobs.settled(jobId)
  await finance.dunning.logContact({
    customerId,
    way: 'phone',
    day,
    result: 'promised',
    person: '王强',
    reason: null,
    promise: { amount: 10_000, payBy: day, promisedBy: '王强', instalmentIds: [rows[0]!.id] },
    asStep: false,
    nextDay: null,
  } as never)
  await finance.dunning.saveCase({ customerId, version: null, trust: 'bad', language: 'en', note: '' } as never)
  await finance.dunning.exclude({ customerId, reason: '协商中', untilDay: null } as never)
  const { fileId } = await sales.files.upload({ file: new File([pdfFile(customerId) as never], '资质.pdf') })
  await sales.attachments.add({ to: 'customer', id: customerId, fileId } as never)
}

/** Tables that tell what was done, not what is; and counters that only ever go up. */
const LEFT_OUT = new Set([
  'audit_log',
  'commands',
  'customer_merges',
  'sequences',
  'meta',
  'settings',
  'temporary_files',
])
const COUNTERS = new Set(['version', 'updated_at'])

async function tablesOf(): Promise<{ name: string; toCustomer: string | null }[]> {
  const db = t.core.deps.store.read as never
  const { rows } = await sql<{ name: string; toCustomer: string | null }>`
    SELECT m.name, (SELECT f."from" FROM pragma_foreign_key_list(m.name) f WHERE f."table" = 'customers' LIMIT 1) AS toCustomer
    FROM sqlite_master m WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name`.execute(db)
  return rows
}

/** The whole file as text, row by row. */
async function dump(): Promise<string[]> {
  const lines: string[] = []
  for (const { name } of await tablesOf()) {
    if (LEFT_OUT.has(name)) continue
    const { rows } = await sql<Record<string, unknown>>`SELECT * FROM ${sql.table(name)}`.execute(
      t.core.deps.store.read as never,
    )
    for (const row of rows) {
      const shown = Object.entries(row).map(([key, value]) => [
        key,
        COUNTERS.has(key) ? null : value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
      ])
      lines.push(`${name} ${JSON.stringify(Object.fromEntries(shown))}`)
    }
  }
  return lines.toSorted()
}

describe('two customers become one', () => {
  it('with what was chosen of both; what hung on one hangs on the other', async () => {
    const kept = await make({ region: '重庆', contacts: [{ name: '王强', mobile: '13800138000' }] as never })
    const uscc = freeCode()
    const dropped = await make({
      region: '成都',
      industry: '农机',
      uscc,
      stage: 'customer',
      contacts: [{ name: '王强', mobile: '13800138000' }, { name: '李梅' }] as never,
    })
    await hangAll(dropped.id)
    const preview = await manager.customers.merges.preview({ keptId: kept.id, droppedId: dropped.id } as never)
    expect(preview.take.toSorted()).toEqual(['industry', 'stage', 'uscc'])
    expect(preview.moves.map((move) => move.what).toSorted()).toEqual([
      'allocations',
      'attachments',
      'contacts',
      'contracts',
      'dunningSettings',
      'exclusions',
      'instalments',
      'invoices',
      'letters',
      'limitationEvents',
      'marketNotes',
      'promises',
      'receipts',
      'tasks',
      'visits',
    ])
    await merge(kept.id, dropped.id, { take: preview.take })
    const now = await view(kept.id)
    expect(now).toMatchObject({ region: '重庆', industry: '农机', uscc, stage: 'customer' })
    expect(now.contacts.map((contact) => contact.name)).toEqual(['王强', '李梅'])
    expect(await view(dropped.id)).toMatchObject({ removed: true, mergedInto: kept.id })
    const again = await manager.customers.merges.preview({ keptId: (await make()).id, droppedId: kept.id } as never)
    expect(again.moves).toEqual(preview.moves)
    const { rows: story } = await manager.timeline.list({ customerId: kept.id })
    expect(story.map((row) => row.event)).toContain('merged')
  })

  it('leaves nothing pointing at the dropped file, in whatever table', async () => {
    const [kept, dropped] = [await make(), await make()]
    await hangAll(dropped.id)
    await merge(kept.id, dropped.id)
    // The file's own parts stay with it in the bin, and what tells of the merge names it.
    const own = new Set(['customer_contacts', 'customer_phones', 'customer_merges', 'customer_apart'])
    for (const { name, toCustomer } of await tablesOf()) {
      if (toCustomer === null || own.has(name)) continue
      const { rows } = await sql`SELECT 1 FROM ${sql.table(name)} WHERE ${sql.ref(toCustomer)} = ${dropped.id}`.execute(
        t.core.deps.store.read as never,
      )
      expect([name, rows.length]).toEqual([name, 0])
    }
  })

  it('and two again within thirty days: merge then undo is the identity over the whole file', async () => {
    const text = fc.constantFrom('', '甲', '乙')
    const person = fc.record({
      name: fc.constantFrom('王强', '李梅', '赵云'),
      mobile: fc.constantFrom('', '13800138000'),
    })
    const fields = fc.record({
      shortName: text,
      industry: text,
      region: text,
      needs: text,
      grade: fc.constantFrom('A', 'C'),
      stage: fc.constantFrom('lead', 'customer'),
      size: fc.constantFrom('unknown', 'small'),
      phone: fc.constantFrom('', '023-68886666'),
      contacts: fc.uniqueArray(person, { maxLength: 3, selector: (one) => one.name + one.mobile }),
    })
    const choice = fc.record({
      one: fields,
      other: fields,
      take: fc.subarray([...MERGE_FIELDS]),
      contacts: fc.constantFrom(...CONTACT_CHOICES),
      codes: fc.constantFrom([0, 1], [1, 0], [0, null], [null, 1], [null, null]),
      hung: fc.constantFrom('one', 'other', 'both', 'none'),
    })
    await fc.assert(
      fc.asyncProperty(choice, async ({ one, other, take, contacts, codes, hung }) => {
        const two = [freeCode(), freeCode()]
        const code = (index: number | null | undefined) => (typeof index === 'number' ? two[index]! : '')
        const kept = await make({ ...one, uscc: code(codes[0]) } as never)
        const dropped = await make({ ...other, uscc: code(codes[1]) } as never)
        if (hung === 'one' || hung === 'both') await hangAll(kept.id)
        if (hung === 'other' || hung === 'both') await hangAll(dropped.id)
        const before = await dump()
        const { id } = await merge(kept.id, dropped.id, { take, contacts })
        expect(await dump()).not.toEqual(before)
        expect((await manager.customers.merges.undo({ id } as never)).stayed).toEqual([])
        expect(await dump()).toEqual(before)
      }),
      { numRuns: 12, seed: 20_260_518 },
    )
  }, 120_000)

  it('leaves what was changed since, and names it', async () => {
    const [kept, dropped] = [await make({ region: '重庆' }), await make({ region: '成都', industry: '农机' })]
    const { id } = await merge(kept.id, dropped.id, { take: ['region', 'industry'] })
    const { version } = await view(kept.id)
    const now = await view(kept.id)
    const fields = Object.fromEntries([...MERGE_FIELDS, 'contacts'].map((key) => [key, now[key as keyof typeof now]]))
    await manager.customers.update({ ...fields, id: kept.id, version, industry: '矿山' } as never)
    expect((await manager.customers.merges.undo({ id } as never)).stayed).toEqual(['industry'])
    expect(await view(kept.id)).toMatchObject({ region: '重庆', industry: '矿山' })
    expect(await view(dropped.id)).toMatchObject({ removed: false, mergedInto: null, industry: '农机' })
  })
})

describe('a merge is refused', () => {
  let kept: { id: string }
  let dropped: { id: string }
  beforeEach(async () => {
    kept = await make()
    dropped = await make()
  })

  it('with itself, from an old version, and to whoever may not', async () => {
    expect((await refusalOf(merge(kept.id, kept.id))).code).toBe('CUSTOMER_MERGE_SELF')
    expect((await refusalOf(merge(kept.id, dropped.id, { dropped: { id: dropped.id, version: 9 } }))).code).toBe(
      'STALE',
    )
    const input = { kept: await at(kept.id), dropped: await at(dropped.id), take: [] }
    expect((await refusalOf(sales.customers.merges.run(input as never))).code).toBe('FORBIDDEN')
    const other = await (await t.as('sales_other')).customers.create(file())
    const owner = await t.as('owner')
    await owner.customers.get({ id: other.id })
    const foreign = { ...input, dropped: { id: other.id, version: 0 } }
    expect((await refusalOf(manager.customers.merges.run(foreign as never))).code).toBe('NOT_FOUND')
  })

  it('of two firms by law, unless that is confirmed', async () => {
    const one = await make({ uscc: freeCode() })
    const other = await make({ uscc: freeCode() })
    expect((await refusalOf(merge(one.id, other.id, { sure: false }))).code).toBe('CUSTOMER_MERGE_CODES')
    await merge(one.id, other.id, { sure: true })
  })

  it('to be undone twice, after its days, under a later one, or from the bin', async () => {
    const { id } = await merge(kept.id, dropped.id)
    const restore = manager.customers.restore((await at(dropped.id)) as never)
    expect((await refusalOf(restore)).code).toBe('CUSTOMER_MERGED')
    const third = await make()
    const later = await merge(third.id, kept.id)
    expect((await refusalOf(manager.customers.merges.undo({ id } as never))).code).toBe('CUSTOMER_MERGE_LATER')
    await manager.customers.merges.undo({ id: later.id } as never)
    await manager.customers.merges.undo({ id } as never)
    expect((await refusalOf(manager.customers.merges.undo({ id } as never))).code).toBe('CUSTOMER_MERGE_OVER')
    const last = await merge(kept.id, dropped.id)
    const now = t.clock.now()
    t.clock.set(now + 31 * 86_400_000)
    await manager.session.logIn({ login: 'sales_manager', password: 'long enough phrase 42' })
    expect((await refusalOf(manager.customers.merges.undo({ id: last.id } as never))).code).toBe('CUSTOMER_MERGE_OVER')
    // The hourly work then forgets what the dropped file said.
    expect(await createMergesService(t.core.deps, []).close()).toBeGreaterThan(0)
    const ways = await t.core.deps.store.read.selectFrom('customer_merges').select(['state', 'way_back']).execute()
    expect(ways.filter((way) => way.state === 'final').every((way) => way.way_back === '{}')).toBe(true)
    t.clock.set(now)
    for (const person of ['sales', 'sales_manager', 'finance'] as const) {
      await (await t.as(person)).session.logIn({ login: person, password: 'long enough phrase 42' })
    }
  })
})

describe('files that look like one', () => {
  const pairs = async (filters = {}, cursor: string | null = null, limit = 50) =>
    manager.customers.merges.pairs({ limit, cursor, sort: { key: 'name', dir: 'asc' }, filters } as never)
  const ids = (rows: readonly { one: { id: string }; other: { id: string } }[]) =>
    rows.map((row) => [row.one.id, row.other.id].toSorted().join())

  it('are found by name, phone and the domain of a firm, not of a provider; paged; gone once told apart', async () => {
    const mail = (email: string) => ({ contacts: [{ name: '某人', email }] as never })
    const named = [await make({ name: '渝北阀门有限公司' }), await make({ name: '渝北阀门股份有限公司' })]
    const phoned = [await make({ phone: '023-61234567' }), await make({ phone: '(023) 6123 4567' })]
    const mailed = [await make(mail('a@liangjiang-valve.com')), await make(mail('B@LiangJiang-Valve.com'))]
    const provided = [await make(mail('a@qq.com')), await make(mail('b@qq.com'))]
    const key = (two: { id: string }[]) =>
      two
        .map((one) => one.id)
        .toSorted()
        .join()
    const all = ids((await pairs()).rows)
    for (const two of [named, phoned, mailed]) expect(all).toContain(key(two))
    expect(all).not.toContain(key(provided))
    expect(ids((await pairs({ by: 'mail' })).rows)).toEqual([key(mailed)])

    const paged: string[] = []
    let cursor: string | null = null
    do {
      const page = await pairs({}, cursor, 1)
      paged.push(...ids(page.rows))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(paged).toEqual(all)

    await manager.customers.merges.tellApart({ oneId: named[1]!.id, otherId: named[0]!.id } as never)
    expect(ids((await pairs()).rows)).not.toContain(key(named))
    const hits = await sales.customers.duplicates({ name: '新客户', email: 'c@liangjiang-valve.com' } as never)
    expect(hits.map((hit) => hit.by)).toEqual(['mail', 'mail'])
  })

  it('of others are not told', async () => {
    const other = await t.as('sales_other')
    await other.customers.create(file({ name: '金丝雀水泵有限公司' }))
    await other.customers.create(file({ name: '金丝雀水泵股份有限公司' }))
    expect(JSON.stringify(await pairs())).not.toContain('金丝雀')
  })
})
