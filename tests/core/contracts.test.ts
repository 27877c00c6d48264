import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import type { CoreClient } from '#core/start-core.ts'
import { pdfPages } from '#tests/helpers/pdf-text.ts'
import { sampleFields } from '#tests/helpers/sample-contract.ts'
import { makeCustomer, signContract } from '#tests/helpers/sample-trade.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

let t: TestCore
let sales: CoreClient
let owner: CoreClient
let customerId: string

beforeAll(async () => {
  t = await createTestCore()
  sales = await t.as('sales')
  owner = await t.as('owner')
  customerId = await makeCustomer(sales)
})
afterAll(() => t.close())

const listOf = (api: CoreClient, filters = {}, text?: string) =>
  api.contracts.list({ limit: 50, sort: { key: 'number', dir: 'asc' }, filters, ...(text ? { text } : {}) })
const auditCount = async () => (await t.core.deps.store.read.selectFrom('audit_log').select('action').execute()).length

describe('drafts', () => {
  it('gets the next number, its owner, its sums and its amounts by instalment', async () => {
    const first = await sales.contracts.create(sampleFields(customerId))
    const second = await sales.contracts.create(sampleFields(customerId))
    expect([first.number, second.number]).toEqual(['HT-2026-0001', 'HT-2026-0002'])
    const view = await sales.contracts.get({ id: first.id })
    expect(view).toMatchObject({
      stage: 'draft',
      ownerId: t.ids.sales,
      amount: 6_455_008,
      net: 5_712_396,
      tax: 742_612,
      outstanding: 0,
      seller: { name: '重庆山城机械配件有限公司' },
    })
    expect(view.plan.map((line) => line.amount)).toEqual([1_936_502, 4_195_755, 322_751])
    expect(view.plan.every((line) => line.dueDay === null)).toBe(true)
  })

  it('may be incomplete, and takes the customer\u2019s name where none is typed', async () => {
    const fields = sampleFields(customerId)
    const empty = { ...fields, buyer: { ...fields.buyer, name: '' }, lines: [], plan: [] }
    const made = await sales.contracts.create(empty)
    const view = await sales.contracts.get({ id: made.id })
    expect(view.buyerName).toBe('成都兴川机械制造有限公司')
    expect(view.amount).toBe(0)
    expect((await sales.contracts.check(empty)).map((f) => f.code)).toEqual(
      expect.arrayContaining(['no_lines', 'no_plan']),
    )
  })

  it('is changed only from the version that was read', async () => {
    const made = await sales.contracts.create(sampleFields(customerId))
    const fields = { ...sampleFields(customerId), title: '新标题' }
    const saved = await sales.contracts.update({ ...fields, id: made.id, version: made.version })
    expect(saved.version).toBe(made.version + 1)
    const stale = await refusalOf(sales.contracts.update({ ...fields, id: made.id, version: made.version }))
    expect(stale.code).toBe('STALE')
    expect((await sales.contracts.get({ id: made.id })).title).toBe('新标题')
  })

  it('takes no number for a draft that is refused', async () => {
    const before = (await listOf(owner)).rows.at(-1)?.number
    const bad = { ...sampleFields(customerId), customerId: t.ids.hr as never }
    expect((await refusalOf(sales.contracts.create(bad))).code).toBe('NOT_FOUND')
    const made = await sales.contracts.create(sampleFields(customerId))
    expect(Number(made.number.slice(-4))).toBe(Number(before!.slice(-4)) + 1)
  })
})

describe('signing', () => {
  it('freezes the contract and makes its instalments receivable, dated by their trigger', async () => {
    const signed = await signContract(sales, customerId, { signDay: '2026-05-15' })
    const view = await sales.contracts.get({ id: signed.id })
    expect(view).toMatchObject({ stage: 'performing', signDay: '2026-05-15', outstanding: 6_455_008, settled: 0 })
    const rows = (
      await sales.receivables.list({
        limit: 50,
        sort: { key: 'dueDay', dir: 'asc' },
        filters: { contractId: signed.id },
      })
    ).rows
    // Five working days after Friday 15 May 2026.
    expect(rows.map((row) => [row.label, row.dueDay, row.amount, row.status])).toEqual([
      ['预付款', '2026-05-22', 1_936_502, 'not_due'],
      ['到货款', null, 4_195_755, 'waiting'],
      ['质保金', null, 322_751, 'waiting'],
    ])
    const again = sales.contracts.sign({
      id: signed.id,
      version: signed.version,
      signDay: asDay('2026-05-15'),
      ourSigner: 'a',
      theirSigner: 'b',
    })
    expect((await refusalOf(again)).code).toBe('CONTRACT_STATE')
    const edit = sales.contracts.update({ ...sampleFields(customerId), id: signed.id, version: signed.version })
    expect((await refusalOf(edit)).code).toBe('CONTRACT_STATE')
  })

  it('is refused with the places of what is missing, and nothing is written', async () => {
    const fields = sampleFields(customerId)
    fields.terms.quality = ''
    fields.plan[0]!.share = { kind: 'percent', rate: 9000 }
    const made = await sales.contracts.create(fields)
    const before = await auditCount()
    const sign = { id: made.id, version: made.version, signDay: asDay('2026-05-18'), ourSigner: 'a', theirSigner: 'b' }
    const refused = await refusalOf(sales.contracts.sign(sign))
    expect(refused.code).toBe('CONTRACT_INCOMPLETE')
    const { findings } = refused.data as { findings: { code: string; path: unknown[] }[] }
    expect(findings).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ code: 'quality', path: ['terms', 'quality'] }),
        expect.objectContaining({ code: 'plan_sum', path: ['plan'] }),
      ]),
    )
    expect(await auditCount()).toBe(before)
    expect((await sales.contracts.get({ id: made.id })).stage).toBe('draft')
  })

  it('cannot lie ahead', async () => {
    const made = await sales.contracts.create(sampleFields(customerId))
    const sign = { id: made.id, version: made.version, signDay: asDay('2026-05-19'), ourSigner: 'a', theirSigner: 'b' }
    expect((await refusalOf(sales.contracts.sign(sign))).code).toBe('CONTRACT_SIGN_DAY')
  })
})

describe('events', () => {
  it('date the instalments anew, and can be corrected', async () => {
    const signed = await signContract(sales, customerId, { signDay: '2026-04-01' })
    const dues = async () => (await sales.contracts.get({ id: signed.id })).plan.map((line) => line.dueDay)
    const receivable = async () =>
      (
        await sales.receivables.list({
          limit: 9,
          sort: { key: 'dueDay', dir: 'asc' },
          filters: { contractId: signed.id },
        })
      ).rows.map((row) => row.dueDay)
    const record = (version: number, kind: 'delivery' | 'acceptance' | 'warranty_end', day: string) =>
      sales.contracts.recordEvent({ id: signed.id, version, kind, day: asDay(day), note: '' })

    const accepted = await record(signed.version, 'acceptance', '2026-04-20')
    expect(await dues()).toEqual(['2026-04-09', '2026-05-20', '2027-04-30'])
    expect(await receivable()).toEqual(['2026-04-09', '2026-05-20', '2027-04-30'])
    const corrected = await record(accepted.version, 'acceptance', '2026-04-30')
    expect(await receivable()).toEqual(['2026-04-09', '2026-05-30', '2027-05-10'])
    const late = await refusalOf(record(corrected.version, 'delivery', '2026-05-01'))
    expect(late.code).toBe('CONTRACT_EVENT_DAY')
    expect((await refusalOf(record(corrected.version, 'delivery', '2026-05-19'))).code).toBe('CONTRACT_EVENT_DAY')
    expect((await refusalOf(record(corrected.version, 'delivery', '2026-03-31'))).code).toBe('CONTRACT_EVENT_DAY')
    const view = await sales.contracts.get({ id: signed.id })
    expect(view.events).toEqual([expect.objectContaining({ kind: 'acceptance', day: '2026-04-30' })])
  })

  it('are refused for a draft', async () => {
    const made = await sales.contracts.create(sampleFields(customerId))
    const call = sales.contracts.recordEvent({
      id: made.id,
      version: made.version,
      kind: 'delivery',
      day: asDay('2026-05-18'),
      note: '',
    })
    expect((await refusalOf(call)).code).toBe('CONTRACT_STATE')
  })
})

describe('void', () => {
  it('keeps the number, needs a reason and cancels the instalments', async () => {
    const signed = await signContract(sales, customerId)
    const blank = owner.contracts.void({ id: signed.id, version: signed.version, reason: ' ' })
    expect((await refusalOf(blank)).code).toBe('VALIDATION')
    await owner.contracts.void({ id: signed.id, version: signed.version, reason: '客户撤单' })
    const view = await owner.contracts.get({ id: signed.id })
    expect(view).toMatchObject({ stage: 'void', voidReason: '客户撤单', number: signed.number, outstanding: 0 })
    const rows = (
      await owner.receivables.list({
        limit: 9,
        sort: { key: 'dueDay', dir: 'asc' },
        filters: { contractId: signed.id },
      })
    ).rows
    expect(rows.every((row) => row.status === 'cancelled' && row.outstanding === 0)).toBe(true)
    const again = owner.contracts.void({ id: signed.id, version: view.version, reason: 'x' })
    expect((await refusalOf(again)).code).toBe('CONTRACT_STATE')
  })

  it('is refused while money was received for it', async () => {
    const signed = await signContract(sales, customerId)
    const finance = await t.as('finance')
    const [row] = (
      await finance.receivables.list({
        limit: 1,
        sort: { key: 'dueDay', dir: 'asc' },
        filters: { contractId: signed.id },
      })
    ).rows
    await finance.receivables.receiptCreate({
      customerId: customerId as never,
      day: asDay('2026-05-18'),
      amount: 100 as never,
      method: 'bank',
      allocations: [{ instalmentId: row!.id as never, amount: 100 as never }],
    })
    const call = owner.contracts.void({ id: signed.id, version: signed.version, reason: 'x' })
    expect((await refusalOf(call)).code).toBe('CONTRACT_HAS_RECEIPTS')
  })
})

describe('preview', () => {
  const pdfOf = async (input: Parameters<CoreClient['contracts']['preview']>[0]) => {
    const { fileId } = await sales.contracts.preview(input)
    const { url, name } = await sales.files.ticket({ fileId })
    const file = await t.core.takeFile(url.replace('/files/', ''))
    expect(await t.core.takeFile(url.replace('/files/', ''))).toBeNull()
    return { name, text: (await pdfPages(file!.bytes)).join('') }
  }

  it('prints what is typed at the moment, before anything is saved', async () => {
    const fields = { ...sampleFields(customerId), title: '尚未保存的标题' }
    const { name, text } = await pdfOf({ id: null, fields })
    expect(text).toContain('尚未保存的标题')
    expect(text).toContain('草稿')
    expect(name).toBe('合同_成都兴川机械制造有限公司_20260518.pdf')
    expect((await listOf(owner, {}, '尚未保存的标题')).rows).toEqual([])
  })

  it('prints a signed contract as it was signed, whatever is sent along', async () => {
    const signed = await signContract(sales, customerId)
    const { name, text } = await pdfOf({ id: signed.id, fields: { ...sampleFields(customerId), title: '偷换的标题' } })
    expect(text).not.toContain('偷换的标题')
    expect(text).not.toContain('草稿')
    expect(text).toContain(signed.number)
    expect(name).toContain(signed.number)
  })
})

describe('who sees what', () => {
  it('keeps other teams\u2019 contracts out of lists, sums and single reads', async () => {
    const other = await t.as('sales_other')
    const theirs = await makeCustomer(other, '昆明恒达设备有限公司')
    const made = await other.contracts.create(sampleFields(theirs))
    expect((await listOf(sales)).rows.some((row) => row.id === made.id)).toBe(false)
    expect((await refusalOf(sales.contracts.get({ id: made.id }))).code).toBe('NOT_FOUND')
    expect((await refusalOf(sales.contracts.preview({ id: made.id, fields: null }))).code).toBe('NOT_FOUND')
    const manager = await t.as('sales_manager')
    expect((await listOf(manager)).rows.some((row) => row.ownerId === t.ids.sales)).toBe(true)
    expect((await listOf(manager)).rows.some((row) => row.id === made.id)).toBe(false)
    expect((await listOf(owner)).rows.some((row) => row.id === made.id)).toBe(true)
    const administrator = await t.as('administrator')
    expect((await refusalOf(listOf(administrator))).code).toBe('FORBIDDEN')
  })
})

describe('the list', () => {
  it('pages without losing or repeating a row, in every order', async () => {
    for (const key of ['updatedAt', 'number', 'signDay', 'amount', 'buyerName'] as const) {
      for (const dir of ['asc', 'desc'] as const) {
        const seen: string[] = []
        let cursor: string | null = null
        do {
          const page: Awaited<ReturnType<typeof listOf>> = await owner.contracts.list({
            limit: 3,
            cursor,
            sort: { key, dir },
            filters: {},
          })
          seen.push(...page.rows.map((row) => row.id))
          cursor = page.nextCursor
        } while (cursor !== null)
        const { count } = await owner.contracts.summary({ filters: {} })
        expect(new Set(seen).size, `${key} ${dir}`).toBe(seen.length)
        expect(seen.length, `${key} ${dir}`).toBe(count)
      }
    }
  })

  it('finds by number, characters, pinyin and initials, and sums what it finds', async () => {
    const [first] = (await listOf(sales)).rows
    expect((await listOf(sales, {}, first!.number)).rows.map((row) => row.id)).toEqual([first!.id])
    expect((await listOf(sales, {}, '兴川')).rows.length).toBeGreaterThan(0)
    expect((await listOf(sales, {}, 'xingchuan')).rows.length).toBeGreaterThan(0)
    const all = await listOf(sales, { stage: 'performing' })
    const sums = await sales.contracts.summary({ filters: { stage: 'performing' } })
    expect(sums.amount).toBe(all.rows.reduce((sum, row) => sum + row.amount, 0))
    expect(sums.outstanding).toBe(all.rows.reduce((sum, row) => sum + row.outstanding, 0))
  })

  it('is found in the palette', async () => {
    const hits = await sales.search.query({ text: 'HT-2026-0001' })
    expect(hits).toEqual([
      expect.objectContaining({ kind: 'contract', title: expect.stringContaining('HT-2026-0001') }),
    ])
  })
})

describe('bad input', () => {
  const corpus: [string, (f: Record<string, unknown>) => unknown][] = [
    ['no title', (f) => ({ ...f, title: '' })],
    ['a title beyond its length', (f) => ({ ...f, title: '长'.repeat(81) })],
    ['a control character', (f) => ({ ...f, signPlace: 'a\u0007b' })],
    ['a zero-width space', (f) => ({ ...f, ourSigner: '张\u200b三' })],
    ['a right-to-left override', (f) => ({ ...f, theirSigner: '\u202e三' })],
    ['an unknown field', (f) => ({ ...f, total: 1 })],
    ['an unknown language', (f) => ({ ...f, language: 'fr' })],
    ['a customer id that is a path', (f) => ({ ...f, customerId: '../../etc/passwd' })],
    ['lines that are not a list', (f) => ({ ...f, lines: { 0: 1 } })],
    ['money beyond 1e15', (f) => ({ ...f, lines: [{ ...(f['lines'] as object[])[0], price: 1e16 }] })],
    ['a fraction of a fen', (f) => ({ ...f, lines: [{ ...(f['lines'] as object[])[0], price: 1.5 }] })],
    ['201 lines', (f) => ({ ...f, lines: Array.from({ length: 201 }, () => (f['lines'] as object[])[0]) })],
    ['37 instalments', (f) => ({ ...f, plan: Array.from({ length: 37 }, () => (f['plan'] as object[])[0]) })],
    ['a day that does not exist', (f) => ({ ...f, terms: { ...(f['terms'] as object), deliveryDay: '2026-02-30' } })],
    ['full-width digits for a number', (f) => ({ ...f, terms: { ...(f['terms'] as object), copies: '２' } })],
    ['a negative penalty', (f) => ({ ...f, terms: { ...(f['terms'] as object), penaltyPerDay: -1 } })],
  ]
  it.each(corpus)('refuses %s and writes nothing', async (_name, spoil) => {
    const before = await auditCount()
    const { count } = await owner.contracts.summary({ filters: {} })
    const fields = spoil(sampleFields(customerId) as unknown as Record<string, unknown>)
    expect((await refusalOf(sales.contracts.create(fields as never))).code).toBe('VALIDATION')
    expect(await auditCount()).toBe(before)
    expect((await owner.contracts.summary({ filters: {} })).count).toBe(count)
  })

  it('keeps what looks like markup, a formula or a placeholder exactly as typed', async () => {
    const fields = sampleFields(customerId)
    fields.title = '<script>alert(1)</script>'
    fields.lines[0]!.name = '=HYPERLINK("http://x")'
    fields.terms.other = '{{netFigures}} ${1+1}'
    const made = await sales.contracts.create(fields)
    const view = await sales.contracts.get({ id: made.id })
    expect([view.title, view.lines[0]!.name, view.terms.other]).toEqual([
      fields.title,
      fields.lines[0]!.name,
      fields.terms.other,
    ])
  })
})
