import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CoreClient } from '#core/start-core.ts'
import type { NoteFields } from '#shared/modules/market/market.schema.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'
import { pdfPages } from '#tests/helpers/pdf-text.ts'

let test: TestCore
let sales: CoreClient
let manager: CoreClient
beforeAll(async () => {
  test = await createTestCore()
  sales = await test.as('sales')
  manager = await test.as('sales_manager')
})
afterAll(() => test.close())

const CANARY = '金丝雀水泵厂'
const settled = (job: { jobId: string }) => test.core.deps.jobs.settled(job.jobId)
const note = (over: Partial<Record<keyof NoteFields, unknown>> = {}) =>
  ({
    day: '2026-05-11',
    competitor: '川力泵业',
    product: 'IS80 离心泵',
    price: 320_000,
    unit: '台',
    source: 'tender',
    content: '投标价比去年降 8%，交期 20 天',
    addressedId: test.ids.sales_manager,
    ...over,
  }) as never
const list = (client: CoreClient, filters: object = {}, text?: string) =>
  client.market.list({
    limit: 50,
    sort: { key: 'day', dir: 'desc' },
    filters: filters as never,
    ...(text === undefined ? {} : { text }),
  })

describe('a market note', () => {
  it('is written by who sells, read by all of them, and by nobody else', async () => {
    const { id } = await sales.market.create(note())
    const other = await test.as('sales_other')
    expect((await list(other)).rows.map((row) => row.id)).toContain(id)
    for (const role of ['finance', 'hr', 'administrator'] as const) {
      expect((await refusalOf(list(await test.as(role)))).code).toBe('FORBIDDEN')
    }
    const reviewer = await test.as('reviewer')
    expect((await refusalOf(reviewer.market.create(note()))).code).toBe('FORBIDDEN')
  })

  it('is found by pinyin, competitor, answer and day', async () => {
    expect((await list(sales, {}, 'chuanli')).rows).toHaveLength(1)
    expect(
      (await list(sales, { competitor: '川力泵业', answer: 'open', from: '2026-05-11', to: '2026-05-11' })).rows,
    ).toHaveLength(1)
    expect((await list(sales, { answer: 'adopted' })).rows).toHaveLength(0)
    expect((await sales.market.names({})).competitors).toEqual(['川力泵业'])
    expect(await sales.market.summary({ filters: {} })).toEqual({ count: 1, open: 1 })
  })

  it('goes to somebody who may answer, and is of today or before', async () => {
    const wrong = await refusalOf(sales.market.create(note({ addressedId: test.ids.sales_other })))
    expect(wrong).toMatchObject({ code: 'VALIDATION', data: { issues: [{ path: ['addressedId'] }] } })
    expect((await refusalOf(sales.market.create(note({ day: '2026-05-19' })))).code).toBe('MARKET_DAY')
    expect((await sales.market.readers({})).map((person) => person.name)).toContain('王主管')
  })

  it('is answered once, by a manager, with a reason, and stands from then on', async () => {
    const made = await sales.market.create(note({ competitor: '华泵' }))
    const answer = { ...made, answer: 'adopted' as const, note: '调整下季度报价' }
    expect((await refusalOf(sales.market.answer(answer))).code).toBe('FORBIDDEN')
    expect((await refusalOf(manager.market.answer({ ...answer, note: '' }))).code).toBe('VALIDATION')
    const { version } = await manager.market.answer(answer)
    expect(await sales.market.get({ id: made.id })).toMatchObject({
      answer: 'adopted',
      answerNote: '调整下季度报价',
      answeredName: '王主管',
      answeredDay: '2026-05-18',
    })
    const late = { id: made.id, version }
    expect((await refusalOf(manager.market.answer({ ...answer, version }))).code).toBe('MARKET_ANSWERED')
    expect((await refusalOf(sales.market.remove(late))).code).toBe('MARKET_ANSWERED')
    expect((await refusalOf(sales.market.update({ ...(note() as object), ...late } as never))).code).toBe(
      'MARKET_ANSWERED',
    )
  })

  it('is not answered by its author, nor changed by another', async () => {
    const own = await manager.market.create(note({ addressedId: test.ids.owner }))
    expect((await refusalOf(manager.market.answer({ ...own, answer: 'adopted', note: '很好' }))).code).toBe(
      'MARKET_NOT_YOURS',
    )
    const other = await test.as('sales_other')
    const made = await sales.market.create(note())
    expect((await refusalOf(other.market.remove(made))).code).toBe('NOT_FOUND')
    expect((await refusalOf(sales.market.remove({ ...made, version: 7 }))).code).toBe('STALE')
    await sales.market.remove(made)
    expect((await refusalOf(sales.market.get({ id: made.id }))).code).toBe('NOT_FOUND')
  })
})

describe('the customer it was heard from', () => {
  it('is named only to those who may see that customer, in lists, exports and the digest too', async () => {
    const customer = await sales.customers.create({ name: CANARY, source: 'web' } as never)
    const { id } = await sales.market.create(note({ customerId: customer.id, source: 'customer' }))
    expect(await sales.market.get({ id })).toMatchObject({ customerId: customer.id, customerName: CANARY })

    const other = await test.as('sales_other')
    const seen = [
      await other.market.get({ id }),
      await list(other),
      await refusalOf(list(other, { customerId: customer.id })),
      await refusalOf(other.market.create(note({ customerId: customer.id }))),
    ]
    expect(JSON.stringify(seen)).not.toContain(CANARY)
    expect(JSON.stringify(seen)).not.toContain(`"customerId":"${customer.id}"`)

    const job = await settled(
      await other.market.exportRows({ format: 'csv', filters: {}, sort: { key: 'day', dir: 'asc' } }),
    )
    const userId = test.ids.sales_other
    const csv = test.core.deps.files.readTemporary(userId, job.files[0]?.fileId ?? '').bytes
    expect(Buffer.from(csv).toString()).toContain('川力泵业')
    expect(Buffer.from(csv).toString()).not.toContain(CANARY)
  })
})

describe('the digest of a month', () => {
  it.each([
    ['zh-CN', '2026-05 市场情报月报', '采纳'],
    ['zh-TW', '2026-05 市場情報月報', '採納'],
    ['en', 'Market digest 2026-05', 'Adopted'],
  ] as const)('in %s holds every note of the month, by competitor', async (language, title, adopted) => {
    const job = await settled(await manager.market.digest({ month: '2026-05' as never, language }))
    expect(job).toMatchObject({ state: 'done', error: null })
    const { bytes } = test.core.deps.files.readTemporary(test.ids.sales_manager, job.files[0]?.fileId ?? '')
    const text = (await pdfPages(bytes)).join('')
    for (const words of [title, adopted, '川力泵业', '华泵', '3,200.00'])
      expect(text).toContain(words.replaceAll(' ', ''))
  })

  it('says so where there is nothing', async () => {
    expect((await refusalOf(manager.market.digest({ month: '2025-01' as never, language: 'en' }))).code).toBe(
      'MARKET_EMPTY',
    )
  })
})
