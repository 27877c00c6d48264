import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CoreClient } from '#core/start-core.ts'
import { pdfFile } from '#tests/helpers/sample-files.ts'
import { makeCustomer } from '#tests/helpers/sample-trade.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

let test: TestCore
let sales: CoreClient
let other: CoreClient
let manager: CoreClient
let customerId: string
beforeAll(async () => {
  test = await createTestCore()
  sales = await test.as('sales')
  other = await test.as('sales_other')
  manager = await test.as('sales_manager')
  customerId = await makeCustomer(sales, '重庆商贸机电有限公司')
})
afterAll(() => test.close())

const fields = (over: object = {}) =>
  ({ name: '离心泵更新改造', customerId, amount: 12_000_000, expectedDay: '2026-06-30', ...over }) as never
const list = (client: CoreClient, filters: object = {}, text?: string) =>
  client.deals.list({
    limit: 50,
    sort: { key: 'expectedDay', dir: 'asc' },
    filters: filters as never,
    ...(text === undefined ? {} : { text }),
  })
const move = (client: CoreClient, deal: { id: string; version: number }, stage: string, facts: object = {}) =>
  client.deals.move({ id: deal.id, version: deal.version, stage: stage as never, facts: facts as never })
const tasksOf = async (client: CoreClient, state: 'open' | 'done' | 'dropped', id: string) =>
  (
    await client.tasks.list({
      limit: 200,
      sort: { key: 'dueDay', dir: 'asc' },
      filters: { state, customerId } as never,
    })
  ).rows.filter((task) => task.source?.id === id)

describe('a deal', () => {
  it('begins as the caller’s own, with a number, the stage’s probability and all of the credit', async () => {
    const made = await sales.deals.create(fields())
    expect(made.number).toMatch(/^SJ-2026-\d{4}$/)
    expect(await sales.deals.get({ id: made.id })).toMatchObject({
      stage: 'open',
      stageSince: '2026-05-18',
      probability: 1000,
      weighted: 1_200_000,
      ownerId: test.ids.sales,
      splits: [{ userId: test.ids.sales, userName: '张三', share: 10_000 }],
      moves: [{ fromStage: null, toStage: 'open', amount: 12_000_000, userName: '张三' }],
      editable: true,
    })
  })

  it('is seen by its owner and his leader, by finance, and by nobody else', async () => {
    const { id } = await sales.deals.create(fields({ name: '甲方专用' }))
    expect((await list(manager)).rows.map((row) => row.id)).toContain(id)
    expect((await list(await test.as('finance'))).rows.map((row) => row.id)).toContain(id)
    expect((await list(other)).rows).toEqual([])
    expect(await other.deals.summary({ filters: {} })).toMatchObject({ count: 0, amount: 0 })
    expect((await refusalOf(other.deals.get({ id }))).code).toBe('NOT_FOUND')
    expect((await refusalOf(move(other, { id, version: 0 }, 'qualified'))).code).toBe('NOT_FOUND')
    expect((await refusalOf(list(await test.as('hr')))).code).toBe('FORBIDDEN')
    expect((await refusalOf(other.deals.create(fields()))).code).toBe('NOT_FOUND')
  })

  it('is read, and not changed, by who shares its credit', async () => {
    const splits = [
      { userId: test.ids.sales, share: 6000 },
      { userId: test.ids.sales_other, share: 4000 },
    ]
    const made = await sales.deals.create(fields({ name: '两人合作', splits }))
    expect((await list(other)).rows.map((row) => row.name)).toEqual(['两人合作'])
    expect(await other.deals.get({ id: made.id })).toMatchObject({
      editable: false,
      customerName: '重庆商贸机电有限公司',
    })
    expect((await refusalOf(move(other, made, 'qualified'))).code).toBe('FORBIDDEN')
    expect((await refusalOf(other.deals.lose({ ...made, number: undefined } as never))).code).toBe('VALIDATION')
    expect((await refusalOf(sales.deals.create(fields({ splits: splits.slice(0, 1) })))).code).toBe('VALIDATION')
    await manager.deals.remove({ id: made.id, version: made.version })
    expect((await list(other)).rows).toEqual([])
  })

  it('has files, for those who may read it', async () => {
    const made = await sales.deals.create(fields({ name: '附图纸' }))
    const file = () => new File([pdfFile('drawing') as never], '图纸.pdf')
    const { fileId } = await sales.files.upload({ file: file() })
    await sales.attachments.add({ to: 'deal', id: made.id, fileId } as never)
    expect((await manager.attachments.list({ to: 'deal', id: made.id } as never)).rows).toHaveLength(1)
    const theirs = await other.files.upload({ file: file() })
    const refused = await refusalOf(other.attachments.add({ to: 'deal', id: made.id, fileId: theirs.fileId } as never))
    expect(refused.code).toBe('NOT_FOUND')
    expect((await refusalOf(other.attachments.list({ to: 'deal', id: made.id } as never))).code).toBe('NOT_FOUND')
  })

  it('is given to nobody outside the caller’s reach', async () => {
    const refusal = await refusalOf(sales.deals.create(fields({ ownerId: test.ids.sales_other })))
    expect(refusal).toMatchObject({ code: 'VALIDATION', data: { issues: [{ path: ['ownerId'] }] } })
  })

  it('is found by name, pinyin, number and customer', async () => {
    const made = await sales.deals.create(fields({ name: '污水处理成套' }))
    for (const text of ['污水处理', 'wushui', 'wsclct', made.number]) {
      expect((await list(sales, {}, text)).rows.map((row) => row.id)).toContain(made.id)
    }
    expect((await list(sales, {}, 'cqsm')).rows.length).toBeGreaterThan(1)
    expect((await sales.search.query({ text: 'wushui' })).map((hit) => hit.kind)).toEqual(['deal'])
    expect(await other.search.query({ text: 'wushui' })).toEqual([])
    expect((await sales.search.query({ text: made.number })).map((hit) => hit.id)).toEqual([made.id])
    expect((await sales.search.query({ text: 'cqsm' })).map((hit) => hit.kind)).toContain('deal')
    expect((await list(sales, { month: '2026-06', state: 'open' })).rows.length).toBeGreaterThan(1)
    expect((await list(sales, { month: '2026-07' })).rows).toEqual([])
  })

  it('keeps a change that another version was made against from being lost', async () => {
    const { id, version } = await sales.deals.create(fields())
    await sales.deals.update({ ...(fields({ amount: 5_000_000 }) as object), id, version } as never)
    const stale = await refusalOf(sales.deals.update({ ...(fields() as object), id, version } as never))
    expect(stale).toMatchObject({ code: 'STALE', data: { current: { amount: 5_000_000, version: 1 } } })
    const { moves } = await sales.deals.get({ id })
    expect(moves.map((row) => [row.toStage, row.amount])).toEqual([
      ['open', 12_000_000],
      ['open', 5_000_000],
    ])
  })
})

describe('the stages', () => {
  it('ask for their facts, take them on the way, and set the probability', async () => {
    const made = await sales.deals.create(fields({ amount: 0, concerns: [{ topic: '交期太长' }] }))
    const early = await refusalOf(move(sales, made, 'agreed'))
    expect(early).toMatchObject({
      code: 'DEAL_FACTS',
      data: {
        stage: 'agreed',
        missing: ['needs', 'decisionMaker', 'amount', 'quotation', 'competitors', 'concerns'],
      },
    })
    const qualified = await move(sales, made, 'qualified', { needs: '两台替换', decisionMaker: '刘厂长' })
    expect(await sales.deals.get({ id: made.id })).toMatchObject({ stage: 'qualified', probability: 3000 })
    const refusal = await refusalOf(move(sales, qualified, 'negotiation', { amount: 900_000 }))
    expect(refusal.data).toEqual({ stage: 'negotiation', missing: ['quotation'] })
    const agreed = await move(sales, qualified, 'agreed', {
      amount: 900_000,
      quotationSkip: '沿用框架协议价格',
      noCompetitors: true,
      concerns: [{ topic: '交期太长', answer: '分两批发货', status: 'answered' }],
    })
    const view = await sales.deals.get({ id: made.id })
    expect(view).toMatchObject({ stage: 'agreed', probability: 9000, weighted: 810_000, noCompetitors: true })
    expect(view.concerns[0]?.answer).toBe('分两批发货')
    await move(sales, agreed, 'open')
    expect((await sales.deals.get({ id: made.id })).moves.map((row) => row.toStage)).toEqual([
      'open',
      'qualified',
      'agreed',
      'open',
    ])
  })

  it('rest on facts that a later change does not erase', async () => {
    const made = await sales.deals.create(fields())
    const { version } = await move(sales, made, 'qualified', { needs: '两台替换', decisionMaker: '刘厂长' })
    const refusal = await refusalOf(
      sales.deals.update({ ...(fields({ decisionMaker: '刘厂长' }) as object), id: made.id, version } as never),
    )
    expect(refusal).toMatchObject({ code: 'VALIDATION', data: { issues: [{ path: ['needs'] }] } })
  })

  it('follow the firm’s own rules, which only the owner of the firm sets', async () => {
    const { value, version } = await sales.deals.policy.read({})
    const changed = { ...value, qualified: { probability: 2500, facts: ['budget' as const] } }
    expect((await refusalOf(manager.deals.policy.save({ value: changed, version }))).code).toBe('FORBIDDEN')
    const owner = await test.as('owner')
    const saved = await owner.deals.policy.save({ value: changed, version })
    const made = await sales.deals.create(fields())
    expect((await refusalOf(move(sales, made, 'qualified'))).data).toMatchObject({ missing: ['budget'] })
    await move(sales, made, 'qualified', { budget: 1_000_000 })
    expect((await sales.deals.get({ id: made.id })).probability).toBe(2500)
    await owner.deals.policy.save({ value, version: saved.version })
  })
})

describe('a deal that ends', () => {
  const facts = {
    needs: '两台替换',
    decisionMaker: '刘厂长',
    quotationSkip: '老客户沿用协议价',
    noCompetitors: true,
  }
  const win = (deal: { id: string; version: number }, over: object = {}) =>
    sales.deals.win({
      id: deal.id,
      version: deal.version,
      day: '2026-05-18',
      amount: 11_000_000,
      facts,
      ...over,
    } as never)

  it('is won with its facts, its amount and its day, and its next step is done', async () => {
    const made = await sales.deals.create(fields({ nextStep: '送合同', nextDay: '2026-05-20' }))
    expect((await tasksOf(sales, 'open', made.id))[0]).toMatchObject({ title: '送合同', dueDay: '2026-05-20' })
    expect((await refusalOf(win(made, { facts: {} }))).code).toBe('DEAL_FACTS')
    expect((await refusalOf(win(made, { day: '2026-05-19' }))).code).toBe('DEAL_DAY')
    const won = await win(made)
    expect(await sales.deals.get({ id: made.id })).toMatchObject({
      stage: 'won',
      probability: 10_000,
      amount: 11_000_000,
      closedDay: '2026-05-18',
    })
    expect(await tasksOf(sales, 'done', made.id)).toHaveLength(1)
    expect((await refusalOf(win(won))).code).toBe('DEAL_CLOSED')
    expect((await refusalOf(move(sales, won, 'open'))).code).toBe('DEAL_CLOSED')
  })

  it('is lost with a reason and a word of review, and may be taken up again where it was', async () => {
    const made = await sales.deals.create(fields({ nextStep: '再访', nextDay: '2026-05-21' }))
    const qualified = await move(sales, made, 'qualified', facts)
    const loss = { id: made.id, version: qualified.version, day: '2026-05-18', reason: 'price', competitor: '川力泵业' }
    expect((await refusalOf(sales.deals.lose({ ...loss, note: '' } as never))).code).toBe('VALIDATION')
    const lost = await sales.deals.lose({ ...loss, note: '报价高 8%' } as never)
    expect(await sales.deals.get({ id: made.id })).toMatchObject({
      stage: 'lost',
      probability: 0,
      closeReason: 'price',
      lostTo: '川力泵业',
      closeNote: '报价高 8%',
    })
    expect(await tasksOf(sales, 'dropped', made.id)).toHaveLength(1)
    expect((await list(sales, { stage: 'lost', reason: 'price' })).rows.map((row) => row.id)).toEqual([made.id])
    const open = await sales.deals.reopen({
      id: made.id,
      version: lost.version,
      expectedDay: '2026-08-01',
      note: '对手违约',
    } as never)
    expect(await sales.deals.get({ id: made.id })).toMatchObject({
      stage: 'qualified',
      probability: 3000,
      closedDay: null,
      closeReason: null,
      expectedDay: '2026-08-01',
    })
    const again = sales.deals.reopen({ ...open, expectedDay: '2026-08-01', note: '再次' } as never)
    expect((await refusalOf(again)).code).toBe('DEAL_OPEN')
  })

  it('is removed by a leader only, and leaves lists, sums and the board', async () => {
    const made = await sales.deals.create(fields({ name: '重复登记' }))
    const before = await sales.deals.summary({ filters: { state: 'open' } })
    expect((await refusalOf(sales.deals.remove({ id: made.id, version: 0 }))).code).toBe('FORBIDDEN')
    await manager.deals.remove({ id: made.id, version: 0 })
    const after = await sales.deals.summary({ filters: { state: 'open' } })
    expect([before.count - after.count, before.amount - after.amount]).toEqual([1, 12_000_000])
    const board = await sales.deals.board({ filters: {} })
    expect(board.map((column) => column.stage)).toEqual(['open', 'qualified', 'proposal', 'negotiation', 'agreed'])
    expect(board.reduce((sum, column) => sum + column.count, 0)).toBe(after.count)
    expect(board.reduce((sum, column) => sum + column.weighted, 0)).toBe(after.weighted)
    expect((await refusalOf(sales.deals.get({ id: made.id }))).code).toBe('NOT_FOUND')
  })
})
