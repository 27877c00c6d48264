import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import type { CoreClient } from '#core/start-core.ts'
import { pdfPages } from '#tests/helpers/pdf-text.ts'
import { makeDeal, sampleLine, sampleMinutes, sampleQuotation } from '#tests/helpers/sample-quotation.ts'
import { makeCustomer } from '#tests/helpers/sample-trade.ts'
import { createTestCore, PASSWORD, refusalOf, TEST_NOW, type TestCore } from '#tests/helpers/test-core.ts'

const DAY_MS = 86_400_000
const CANARY = '金丝雀轴承'
let test: TestCore
let sales: CoreClient
let other: CoreClient
let manager: CoreClient
let owner: CoreClient
let dealId: string
beforeAll(async () => {
  test = await createTestCore()
  sales = await test.as('sales')
  other = await test.as('sales_other')
  manager = await test.as('sales_manager')
  owner = await test.as('owner')
  dealId = await makeDeal(sales, await makeCustomer(sales))
})
afterAll(() => test.close())

const make = (client: CoreClient, over: object = {}, deal = dealId) =>
  client.quotations.create({ ...sampleQuotation(), ...over, dealId: deal } as never)
const get = (client: CoreClient, { id }: { id: string }) => client.quotations.get({ id })
const list = (client: CoreClient, filters: object = {}, text?: string) =>
  client.quotations.list({
    limit: 50,
    sort: { key: 'updatedAt', dir: 'desc' },
    filters: filters as never,
    ...(text === undefined ? {} : { text }),
  })
const send = (client: CoreClient, it: { id: string; version: number }, reason = '') =>
  client.quotations.send({ id: it.id, version: it.version, reason })
const close = (client: CoreClient, it: { id: string; version: number }, outcome: string, day = '2026-05-18') =>
  client.quotations.close({ id: it.id, version: it.version, outcome: outcome as never, day: asDay(day), note: '' })
const below = { lines: [sampleLine({ price: 500_000 })] }

describe('a quotation', () => {
  it('takes a number, its sums by the contract’s rules, and the deal’s customer and owner', async () => {
    const made = await make(sales)
    expect(made.number).toMatch(/^BJ-2026-\d{4}$/)
    expect(await get(sales, made)).toMatchObject({
      stage: 'draft',
      no: 1,
      amount: 6_455_008,
      net: 5_712_396,
      tax: 742_612,
      customerName: '成都兴川机械制造有限公司',
      ownerName: '张三',
      editable: true,
      sentDay: null,
      validUntil: null,
    })
    expect((await list(sales, {}, 'zhoucheng')).rows.map((row) => row.id)).toContain(made.id)
    expect((await list(sales, { stage: 'sent' })).rows).toEqual([])
    expect(await sales.quotations.summary({ filters: { dealId } })).toMatchObject({ count: 1, amount: 6_455_008 })
  })

  it('is refused half written, beside the field', async () => {
    const refusal = await refusalOf(make(sales, { lines: [sampleLine({ name: '', price: 0 })] }))
    expect(refusal).toMatchObject({ code: 'VALIDATION' })
    expect(JSON.stringify(refusal.data)).toContain('["lines",0,"name"]')
    expect((await refusalOf(make(sales, { lines: [] }))).code).toBe('VALIDATION')
  })

  it('is written at the version that was seen', async () => {
    const made = await make(sales)
    const change = { ...sampleQuotation({ title: '改后' }), id: made.id }
    await sales.quotations.update({ ...change, version: 0 } as never)
    const stale = await refusalOf(sales.quotations.update({ ...change, version: 0 } as never))
    expect(stale).toMatchObject({ code: 'STALE', data: { current: { title: '改后', version: 1 } } })
  })
})

describe('a version that was sent', () => {
  it('is frozen with both sides and its last day; a change is a new version', async () => {
    const made = await make(sales)
    const { version } = await send(sales, made)
    const before = (await get(sales, made)).versions[0]
    expect(before).toMatchObject({
      state: 'sent',
      sentDay: '2026-05-18',
      validUntil: '2026-06-17',
      buyer: { name: '成都兴川机械制造有限公司' },
      seller: { name: '重庆山城机械配件有限公司' },
    })
    const change = { ...sampleQuotation({ title: '第二版' }), id: made.id, version }
    expect((await refusalOf(sales.quotations.update(change as never))).code).toBe('QUOTATION_STATE')
    const revised = await sales.quotations.revise({ id: made.id, version })
    const lines = [sampleLine({ price: 550_000 })]
    const updated = await sales.quotations.update({ ...change, lines, version: revised.version } as never)
    const view = await get(sales, made)
    expect(view).toMatchObject({ no: 2, stage: 'draft', amount: 5_500_000 })
    expect(view.versions.map(({ no, state }) => [no, state])).toEqual([
      [2, 'draft'],
      [1, 'sent'],
    ])
    expect(view.versions[1]).toEqual(before)
    await send(sales, updated)
    const after = await get(sales, made)
    expect(after.versions.map(({ state }) => state)).toEqual(['sent', 'superseded'])
    expect({ ...after.versions[1], state: 'sent', stage: 'sent' }).toEqual(before)
  })

  it('gives way to the one before it when its successor is given up', async () => {
    const made = await make(sales)
    const sent = await send(sales, made)
    const revised = await sales.quotations.revise({ id: made.id, version: sent.version })
    await close(sales, revised, 'withdrawn')
    expect(await get(sales, made)).toMatchObject({ no: 1, stage: 'sent', validUntil: '2026-06-17' })
  })

  it('is not sent after its last day, nor with a tax rate that no longer holds', async () => {
    const late = await make(sales, { validUntil: '2026-05-17' })
    expect((await refusalOf(send(sales, late))).code).toBe('QUOTATION_VALIDITY')
    const old = await make(sales, { lines: [sampleLine({ rate: 1700 })] })
    expect(await refusalOf(send(sales, old))).toMatchObject({ code: 'QUOTATION_RATE', data: { row: 1 } })
  })
})

/** What stands in somebody's own inbox about a quotation. */
const asked = async (client: CoreClient, { id }: { id: string }) => {
  const sort = { key: 'dueDay', dir: 'asc' } as const
  const me = (await client.session.status({})).session?.user.userId
  const { rows } = await client.tasks.list({ limit: 200, sort, filters: { ownerId: me } } as never)
  return rows.filter((task) => task.source?.module === 'quotations' && task.source.id === id)
}

describe('below the floor price', () => {
  it('nothing goes out without a reason, and a salesperson’s waits for another', async () => {
    const made = await make(sales, below)
    expect(await refusalOf(send(sales, made))).toMatchObject({ code: 'QUOTATION_REASON' })
    const waiting = await send(sales, made, '年度大单，换取独家')
    expect(waiting.state).toBe('awaiting')
    expect(await get(sales, made)).toMatchObject({ stage: 'awaiting', mayRelease: false })
    const let_ = { id: made.id, version: waiting.version, decision: 'release' as const, note: '同意' }
    expect((await refusalOf(sales.quotations.release(let_))).code).toBe('QUOTATION_OWN_RELEASE')
    expect((await refusalOf(other.quotations.release(let_))).code).toBe('NOT_FOUND')
    expect(await get(manager, made)).toMatchObject({ mayRelease: true })
    expect(await asked(manager, made)).toMatchObject([{ state: 'open', ownerId: test.ids.sales_manager }])
    expect(await asked(owner, made)).toEqual([])
    await manager.quotations.release(let_)
    expect(await asked(manager, made)).toMatchObject([{ state: 'done' }])
    const [version] = (await get(sales, made)).versions
    expect(version).toMatchObject({
      state: 'sent',
      needsApproval: true,
      reason: '年度大单，换取独家',
      submittedName: '张三',
      releasedName: '王主管',
      releaseNote: '同意',
    })
  })

  it('comes back as a draft when it is returned or taken back', async () => {
    const made = await make(sales, below)
    const first = await send(sales, made, '试探价格')
    const back = await manager.quotations.release({
      id: made.id,
      version: first.version,
      decision: 'return',
      note: '太低',
    })
    expect(await get(sales, made)).toMatchObject({ stage: 'draft' })
    const again = await send(sales, back, '客户坚持')
    await sales.quotations.release({ id: made.id, version: again.version, decision: 'return', note: '' })
    expect(await get(sales, made)).toMatchObject({ stage: 'draft' })
    const states = (await asked(manager, made)).map((task) => task.state)
    expect(states.toSorted()).toEqual(['done', 'dropped'])
  })

  it('a leader’s own waits for the owner; the owner, who answers for all, needs a reason only', async () => {
    const theirs = await makeDeal(manager, await makeCustomer(manager, '贵阳云岭轴承有限公司'), '主管的商机')
    const made = await make(manager, below, theirs)
    const waiting = await send(manager, made, '清库存')
    const release = { id: made.id, version: waiting.version, decision: 'release' as const, note: '' }
    expect((await refusalOf(manager.quotations.release(release))).code).toBe('QUOTATION_OWN_RELEASE')
    expect(await asked(owner, made)).toMatchObject([{ state: 'open', title: expect.stringContaining('BJ-') }])
    await owner.quotations.release(release)
    expect(await asked(owner, made)).toMatchObject([{ state: 'done' }])
    const second = await make(owner, below, theirs)
    expect((await send(owner, second, '清库存')).state).toBe('sent')
  })

  it('a deal of the manager’s team is not released by the salesperson who has it', async () => {
    const made = await make(manager, below)
    const waiting = await send(manager, made, '主管代拟')
    const release = { id: made.id, version: waiting.version, decision: 'release' as const, note: '' }
    expect((await refusalOf(sales.quotations.release(release))).code).toBe('FORBIDDEN')
  })
})

describe('what is not everybody’s', () => {
  it('cost is kept from the salesperson, and not lost when he saves', async () => {
    const made = await make(manager)
    expect((await get(manager, made)).versions[0]?.fields.lines[0]?.cost).toBe(400_000)
    const view = await get(sales, made)
    expect(view.seesCost).toBe(false)
    expect(view.versions[0]?.fields.lines.map((line) => line.cost)).toEqual([0, 0])
    await sales.quotations.update({ ...view.versions[0]!.fields, title: '改标题', id: made.id, version: 0 } as never)
    expect((await get(manager, made)).versions[0]?.fields).toMatchObject({
      title: '改标题',
      lines: [{ cost: 400_000 }, { cost: 150_000 }],
    })
    const stale = await refusalOf(sales.quotations.update({ ...sampleQuotation(), id: made.id, version: 0 } as never))
    expect(JSON.stringify(stale.data)).not.toContain('"cost":400000')
  })

  it('a quotation is there for its owner, his leader and the firm, and for nobody else', async () => {
    const customer = await makeCustomer(sales, `${CANARY}客户有限公司`)
    const deal = await makeDeal(sales, customer, `${CANARY}商机`)
    const made = await make(sales, { title: CANARY }, deal)
    for (const client of [manager, owner, await test.as('finance'), await test.as('reviewer')]) {
      expect((await list(client, {}, CANARY)).rows.map((row) => row.id)).toEqual([made.id])
    }
    const hit = { kind: 'quotation', id: made.id, title: `${made.number} ${CANARY}` }
    expect(await sales.search.query({ text: made.number })).toMatchObject([hit])
    expect(await sales.search.query({ text: CANARY })).toContainEqual(expect.objectContaining(hit))
    const finance = await test.as('finance')
    expect((await refusalOf(send(finance, made))).code).toBe('FORBIDDEN')
    const seen = [
      await list(other),
      await list(other, {}, CANARY),
      await other.search.query({ text: CANARY }),
      await other.search.query({ text: made.number }),
      await other.quotations.summary({ filters: {}, text: CANARY }),
      await refusalOf(get(other, made)),
      await refusalOf(other.quotations.basis({ dealId: deal })),
      await refusalOf(other.quotations.agreed({ dealId: deal })),
      await refusalOf(other.quotations.contractDraft({ dealId: deal, quotation: null })),
      await refusalOf(other.quotations.preview({ id: made.id, no: 1, language: null })),
      await refusalOf(other.quotations.preview({ dealId: deal, fields: sampleQuotation() } as never)),
      await refusalOf(make(other, {}, deal)),
      await refusalOf(send(other, made)),
      await refusalOf(other.quotations.revise({ id: made.id, version: 0 })),
    ]
    expect(JSON.stringify(seen)).not.toContain(CANARY)
    expect(JSON.stringify(seen)).not.toContain(made.id)
  })
})

describe('the PDF of a version', () => {
  it.each([
    ['zh-CN', '报价单', '人民币陆万肆仟伍佰伍拾元零捌分', '合同签订时预付30%'],
    ['zh-TW', '報價單', '人民幣陸萬肆仟伍佰伍拾元零捌分', '合約簽訂時預付30%'],
    ['en', 'QUOTATION', '64,550.08', '30%whenthecontractissigned'],
  ] as const)('in %s says what is offered, and nothing that is ours alone', async (language, ...words) => {
    const made = await make(manager)
    await send(manager, made)
    const file = await sales.quotations.preview({ id: made.id, no: 1, language })
    const { bytes } = test.core.deps.files.readTemporary(test.ids.sales, file.fileId)
    const text = (await pdfPages(bytes)).join('')
    for (const word of [...words, made.number, '成都兴川机械制造有限公司', '56.50', '2026-06-17']) {
      expect(text).toContain(word.replaceAll(' ', ''))
    }
    for (const secret of ['52.00', '40.00', '底价', '成本', '毛利', 'margin', 'floor'])
      expect(text).not.toContain(secret)
  })

  it('shows what is typed before anything is saved', async () => {
    const file = await sales.quotations.preview({ dealId, fields: sampleQuotation() } as never)
    expect(file.name).toContain('报价单')
  })
})

describe('what was agreed', () => {
  let deal: string
  beforeAll(async () => {
    deal = await makeDeal(sales, await makeCustomer(sales, '昆明滇轴机械有限公司'), '年度合同')
  })

  it('goes into the contract draft, links the contract to the deal, and is watched over', async () => {
    const made = await make(sales, {}, deal)
    const sent = await send(sales, made)
    const chosen = await sales.quotations.contractDraft({ dealId: deal, quotation: { id: made.id, no: 1 } })
    expect(chosen).toMatchObject({ sources: [made.number], fields: { title: '轴承及密封件报价' } })
    expect((await sales.quotations.agreed({ dealId: deal })).sources).toEqual([])
    await close(sales, sent, 'accepted')
    const minutes = await sales.minutes.create({ ...sampleMinutes(), day: '2026-05-18', dealId: deal } as never)
    const draft = () => sales.quotations.contractDraft({ dealId: deal, quotation: null })
    expect((await draft()).fields.lines[1]).toMatchObject({ name: '骨架油封', price: 201_252 })
    await sales.minutes.finish({ id: minutes.id, version: minutes.version })

    const found = await draft()
    expect(found).toMatchObject({
      customerName: '昆明滇轴机械有限公司',
      sources: [made.number, minutes.number],
      fields: {
        dealId: deal,
        buyer: { name: '昆明滇轴机械有限公司' },
        lines: [
          { name: '深沟球轴承', price: 565_000, quantity: 1_000_000, rate: 1300 },
          { name: '骨架油封', price: 198_000, quantity: 400_000, rate: 1300 },
        ],
        plan: [
          { trigger: 'signing', share: { kind: 'percent', rate: 3000 } },
          { trigger: 'acceptance', days: 30, share: { kind: 'rest' } },
        ],
        terms: { deliveryDay: '2026-07-10', warrantyMonths: 24 },
      },
    })
    const departing = async (fields: object) =>
      (await sales.contracts.check({ ...found.fields, ...fields } as never))
        .filter(({ code }) => code.startsWith('departs_'))
        .map(({ code, path, params }) => [code, path.join('.'), params?.['agreed'], params?.['source']])
    expect(await departing({})).toEqual([])
    const [first, second] = found.fields.lines
    expect(await departing({ lines: [{ ...first, price: 600_000 }, second] })).toEqual([
      ['departs_price', 'lines.0.price', '56.50', made.number],
      ['departs_total', 'lines', '64,420.00', `${made.number} ${minutes.number}`],
    ])
    expect(await departing({ terms: { ...found.fields.terms, deliveryDay: '2026-08-01' } })).toEqual([
      ['departs_delivery', 'terms.deliveryDay', '2026-07-10', minutes.number],
    ])

    const contract = await sales.contracts.create(found.fields as never)
    expect(await sales.deals.get({ id: deal })).toMatchObject({ contractId: contract.id, quotations: 1 })
    expect(await sales.contracts.get({ id: contract.id })).toMatchObject({ dealId: deal })
    const wrong = { ...found.fields, customerId: await makeCustomer(sales, '别家机械有限公司') }
    for (const call of [
      sales.contracts.create(wrong as never),
      sales.contracts.update({ ...wrong, id: contract.id, version: contract.version } as never),
    ]) {
      expect(await refusalOf(call)).toMatchObject({ code: 'VALIDATION', data: { issues: [{ path: ['customerId'] }] } })
    }
  })

  it('is not told by the check of a contract to who may not read the deal', async () => {
    const found = await sales.quotations.contractDraft({ dealId: deal, quotation: null })
    const lines = found.fields.lines.map((line) => ({ ...line, price: 1 }))
    const told = await other.contracts.check({ ...found.fields, lines } as never)
    expect(told.filter(({ code }) => code.startsWith('departs_'))).toEqual([])
  })
})

describe('time', () => {
  // Last: sessions end when the clock is moved.
  it('lets an offer expire by itself; it is accepted on a day on which it held, or not at all', async () => {
    const made = await make(sales, { validDays: 3 })
    const sent = await send(sales, made)
    expect((await refusalOf(close(sales, sent, 'accepted', '2026-05-19'))).code).toBe('QUOTATION_CLOSE_DAY')
    test.clock.set(TEST_NOW + 4 * DAY_MS)
    const seat = test.core.localClient({ device: 'later' })
    await seat.session.logIn({ login: 'sales', password: PASSWORD })
    expect(await get(seat, made)).toMatchObject({ stage: 'expired' })
    expect((await list(seat, { stage: 'expired' })).rows.map((row) => row.id)).toEqual([made.id])
    expect((await list(seat, { stage: 'sent' })).rows.map((row) => row.id)).not.toContain(made.id)
    expect(await refusalOf(close(seat, sent, 'accepted', '2026-05-22'))).toMatchObject({
      code: 'QUOTATION_EXPIRED',
      data: { day: '2026-05-21' },
    })
    await close(seat, sent, 'accepted', '2026-05-21')
    expect(await get(seat, made)).toMatchObject({ stage: 'accepted' })
  })
})
