import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import type { CoreClient } from '#core/start-core.ts'
import { pdfPages } from '#tests/helpers/pdf-text.ts'
import { makeDeal, sampleMinutes } from '#tests/helpers/sample-quotation.ts'
import { makeCustomer } from '#tests/helpers/sample-trade.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

const CANARY = '金丝雀洽谈'
let test: TestCore
let sales: CoreClient
let other: CoreClient
let dealId: string
beforeAll(async () => {
  test = await createTestCore()
  sales = await test.as('sales')
  other = await test.as('sales_other')
  dealId = await makeDeal(sales, await makeCustomer(sales))
})
afterAll(() => test.close())

const make = (client: CoreClient, over: object = {}, deal = dealId) =>
  client.minutes.create({ ...sampleMinutes(), ...over, dealId: deal } as never)
const list = (client: CoreClient, filters: object = {}, text?: string) =>
  client.minutes.list({
    limit: 50,
    sort: { key: 'day', dir: 'desc' },
    filters: filters as never,
    ...(text === undefined ? {} : { text }),
  })
const tasksOf = async (id: string, state: 'open' | 'done' | 'dropped') =>
  (
    await sales.tasks.list({ limit: 200, sort: { key: 'dueDay', dir: 'asc' }, filters: { state } as never })
  ).rows.filter((task) => task.source?.module === 'minutes' && task.source.id === id)
const ours = (text: string, day = '2026-05-25') => ({ text, ownerId: test.ids.sales, ownerName: '', day: asDay(day) })

describe('minutes', () => {
  it('take a number and are found by subject, people, customer, state and day', async () => {
    const made = await make(sales)
    expect(made.number).toMatch(/^JY-2026-\d{4}$/)
    for (const text of ['gonghuo', '王强', made.number, 'xingchuan']) {
      expect((await list(sales, {}, text)).rows.map((row) => row.id)).toContain(made.id)
    }
    expect((await list(sales, { state: 'draft', from: '2026-05-15', to: '2026-05-15' })).rows).toHaveLength(1)
    expect((await list(sales, { state: 'final' })).rows).toEqual([])
    expect(await sales.minutes.summary({ filters: { dealId } })).toEqual({ count: 1, drafts: 1 })
    expect(await sales.minutes.get({ id: made.id })).toMatchObject({
      agreed: [
        { term: 'price', value: 198_000 },
        { term: 'delivery', day: '2026-07-10' },
        { term: 'warranty', value: 24 },
      ],
      openItems: 1,
      nextItems: 2,
      editable: true,
    })
  })

  it('are of talks that took place, and give work only to people who are there', async () => {
    expect((await refusalOf(make(sales, { day: '2026-05-19' }))).code).toBe('MINUTES_DAY')
    const nobody = { ...ours('x'), ownerId: dealId }
    expect(await refusalOf(make(sales, { next: [nobody] }))).toMatchObject({
      code: 'VALIDATION',
      data: { issues: [{ path: ['next', 0, 'ownerId'] }] },
    })
    const empty = { term: 'other', subject: '', text: '', value: 3, day: null }
    expect((await refusalOf(make(sales, { agreed: [empty] }))).code).toBe('VALIDATION')
  })

  it('are frozen when final; our actions become tasks and stand as their tasks do', async () => {
    const theirs = sampleMinutes().next[0]!
    const made = await make(sales, { next: [ours('准备合同草稿'), theirs] })
    const final = await sales.minutes.finish({ id: made.id, version: made.version })
    const [task, ...rest] = await tasksOf(made.id, 'open')
    expect(rest).toEqual([])
    expect(task).toMatchObject({
      title: '准备合同草稿',
      dueDay: '2026-05-25',
      ownerId: test.ids.sales,
      kind: 'nextStep',
    })
    const change = { ...sampleMinutes(), ...final }
    expect((await refusalOf(sales.minutes.update(change as never))).code).toBe('MINUTES_STATE')
    expect((await refusalOf(sales.minutes.finish(final))).code).toBe('MINUTES_STATE')
    await sales.tasks.done({ items: [{ id: task!.id, version: task!.version }], result: '已发' })
    expect((await sales.minutes.get({ id: made.id })).next.map((item) => item.task)).toEqual(['done', null])
  })

  it('are opened again as a new edition: open tasks are dropped, done ones are not made twice', async () => {
    const next = [ours('报样品价'), ours('约定验收', '2026-06-01')]
    const made = await make(sales, { next })
    const final = await sales.minutes.finish({ id: made.id, version: made.version })
    const done = (await tasksOf(made.id, 'open')).find((task) => task.title === '报样品价')!
    await sales.tasks.done({ items: [{ id: done.id, version: done.version }], result: '' })
    const opened = await sales.minutes.reopen({ ...final, reason: '对方更正了日期' })
    expect(await tasksOf(made.id, 'open')).toEqual([])
    const changed = { ...sampleMinutes(), next: [next[0], ours('约定验收', '2026-06-08')], ...opened }
    const updated = await sales.minutes.update(changed as never)
    await sales.minutes.finish(updated)
    expect((await tasksOf(made.id, 'open')).map(({ title, dueDay }) => [title, dueDay])).toEqual([
      ['约定验收', '2026-06-08'],
    ])
    expect(await sales.minutes.get({ id: made.id })).toMatchObject({
      edition: 2,
      state: 'final',
      finalDay: '2026-05-18',
    })
  })

  it('are there for the owner of the deal, his leader and the firm, and for nobody else', async () => {
    const deal = await makeDeal(sales, await makeCustomer(sales, `${CANARY}有限公司`), CANARY)
    const made = await make(sales, { subject: CANARY, next: [] }, deal)
    for (const person of ['sales_manager', 'owner', 'finance', 'reviewer'] as const) {
      expect((await list(await test.as(person), {}, CANARY)).rows.map((row) => row.id)).toEqual([made.id])
    }
    const hit = { kind: 'minutes', id: made.id, title: `${made.number} ${CANARY}` }
    expect(await sales.search.query({ text: made.number })).toMatchObject([hit])
    expect(await sales.search.query({ text: CANARY })).toContainEqual(expect.objectContaining(hit))
    const seen = [
      await list(other),
      await list(other, {}, CANARY),
      await other.search.query({ text: CANARY }),
      await other.search.query({ text: made.number }),
      await other.minutes.summary({ filters: {}, text: CANARY }),
      await refusalOf(other.minutes.get({ id: made.id })),
      await refusalOf(other.minutes.preview({ id: made.id })),
      await refusalOf(other.minutes.finish({ id: made.id, version: 0 })),
      await refusalOf(make(other, {}, deal)),
    ]
    expect(JSON.stringify(seen)).not.toContain(CANARY)
    expect(JSON.stringify(seen)).not.toContain(made.id)
    expect((await refusalOf((await test.as('finance')).minutes.finish({ id: made.id, version: 0 }))).code).toBe(
      'FORBIDDEN',
    )
  })

  it('are exported by who may', async () => {
    const manager = await test.as('sales_manager')
    const input = { format: 'csv' as const, filters: {}, sort: { key: 'day' as const, dir: 'asc' as const } }
    expect((await refusalOf(sales.minutes.exportRows(input))).code).toBe('FORBIDDEN')
    const job = await test.core.deps.jobs.settled((await manager.minutes.exportRows(input)).jobId)
    const csv = test.core.deps.files.readTemporary(test.ids.sales_manager, job.files[0]?.fileId ?? '').bytes
    expect(Buffer.from(csv).toString()).toContain('轴承年度供货洽谈')
  })

  it.each([
    ['zh-CN', '洽谈纪要', '含税单价19.80元'],
    ['zh-TW', '洽談紀錄', '含稅單價19.80元'],
    ['en', 'MINUTESOFTALKS', 'CNY19.80each'],
  ] as const)('print in %s with what was agreed and a place for both signatures', async (language, ...words) => {
    const made = await make(sales, { language })
    const file = await sales.minutes.preview({ id: made.id })
    const { bytes } = test.core.deps.files.readTemporary(test.ids.sales, file.fileId)
    const text = (await pdfPages(bytes)).join('')
    for (const word of [...words, made.number, '骨架油封', '2026-07-10', '是否需要第三方检测报告', '确认包装方式']) {
      expect(text).toContain(word.replaceAll(' ', ''))
    }
  })
})
