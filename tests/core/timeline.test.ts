import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TIMELINE_KINDS, type TimelineItem, type TimelineKind } from '#shared/modules/timeline/timeline.schema.ts'
import { asDay } from '#shared/kernel/dates.ts'
import type { CoreClient } from '#core/start-core.ts'
import { CANARY, enterTrade } from '#tests/helpers/others-trade.ts'
import { sampleFields } from '#tests/helpers/sample-contract.ts'
import { pdfFile } from '#tests/helpers/sample-files.ts'
import { makeCustomer, signContract } from '#tests/helpers/sample-trade.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

let t: TestCore
let sales: CoreClient
let other: CoreClient
let manager: CoreClient
let finance: CoreClient
let customerId: string

beforeAll(async () => {
  t = await createTestCore()
  sales = await t.as('sales')
  other = await t.as('sales_other')
  manager = await t.as('sales_manager')
  finance = await t.as('finance')
  await enterTrade(t, 'sales_other')
  const { rows } = await other.customers.list({ limit: 5, sort: { key: 'name', dir: 'asc' }, filters: {} })
  customerId = rows[0]?.id ?? ''
}, 120_000)
afterAll(() => t.close())

async function whole(api: CoreClient, id = customerId, kind?: TimelineKind, limit = 7): Promise<TimelineItem[]> {
  const found: TimelineItem[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<CoreClient['timeline']['list']>> = await api.timeline.list({
      customerId: id,
      limit,
      cursor,
      ...(kind === undefined ? {} : { kind }),
    })
    found.push(...page.rows)
    cursor = page.nextCursor
  } while (cursor !== null)
  return found
}
const events = (rows: readonly TimelineItem[]) => rows.map((row) => row.event).toSorted()
const kinds = (rows: readonly TimelineItem[]) => [...new Set(rows.map((row) => row.kind))].toSorted()

/** One of each thing that can happen to a customer beside what `enterTrade` does. */
async function muchHappens(id: string): Promise<void> {
  const day = (text: string) => asDay(`2026-05-${text}`)
  const reason = { code: 'customerAway', text: '出差' }
  const plan = (goal: string) =>
    sales.visits.plan({ customerId: id, day: day('20'), purpose: 'develop', goal } as never)
  const moved = await plan('改期')
  await sales.visits.reschedule({ id: moved.id, version: 0, day: day('21'), reason: '客户要求' } as never)
  const off = await plan('取消')
  await sales.visits.cancel({ id: off.id, version: 0, reason } as never)
  await sales.visits.create({
    customerId: id,
    day: day('13'),
    channel: 'phone',
    purpose: 'collect',
    result: '电话',
  } as never)
  const note = {
    day: day('12'),
    competitor: '同行甲',
    product: '轴承',
    source: 'customer',
    content: '降价',
    customerId: id,
  }
  const made = await sales.market.create({ ...note, addressedId: t.ids.sales_manager } as never)
  await manager.market.answer({ id: made.id, version: 0, answer: 'adopted', note: '跟进' } as never)
  const { id: taskId } = await sales.tasks.create({ title: '打样', dueDay: day('19'), customerId: id } as never)
  await sales.tasks.done({ items: [{ id: taskId, version: 0 }], result: '已打' } as never)
  const void_ = await signContract(sales, id, { signDay: '2026-05-04' })
  await manager.contracts.void({ id: void_.id, version: void_.version, reason: '重复' } as never)
  const contract = await signContract(sales, id, { signDay: '2026-05-05' })
  await sales.contracts.create(sampleFields(id))
  await sales.contracts.recordEvent({
    id: contract.id,
    version: contract.version,
    kind: 'delivery',
    day: day('14'),
    note: '到货',
  } as never)
  const receipt = await finance.receivables.receiptCreate({
    customerId: id,
    day: day('15'),
    amount: 500,
    method: 'bank',
    payer: '甲',
    reference: '1',
    allocations: [],
  } as never)
  const { id: receiptId, version } = receipt as unknown as { id: string; version: number }
  await finance.receivables.reverse({ id: receiptId, version, day: day('16'), reason: '错账' } as never)
  await finance.dunning.exclude({ customerId: id, reason: '协商中', untilDay: null } as never)
  await finance.dunning.include({ customerId: id } as never)
  const facts = {
    name: '商机甲',
    customerId: id,
    amount: 900,
    expectedDay: '2026-06-15',
    nextStep: '送样',
    nextDay: '2026-05-19',
  }
  const deal = await sales.deals.create({
    ...facts,
    needs: '要',
    decisionMaker: '王',
    competitors: [{ name: '乙' }],
  } as never)
  const next = await sales.deals.move({ id: deal.id, version: deal.version, stage: 'qualified' } as never)
  const end = { id: deal.id, version: next.version, day: day('18'), reason: 'price', note: '价高' }
  await sales.deals.lose(end as never)
  const { fileId } = await sales.files.upload({ file: new File([pdfFile('x') as never], '扫描件.pdf') })
  const kept = await sales.attachments.add({ to: 'contract', id: contract.id, fileId } as never)
  await sales.attachments.remove({ id: kept.id, version: 0, reason: '重传' } as never)
}

describe('the timeline of a customer', () => {
  it('tells everything that was done, each once, newest first', async () => {
    const rows = await whole(other)
    expect(events(rows)).toMatchInlineSnapshot(`
      [
        "contactLogged",
        "contractSigned",
        "courtFileMade",
        "dealMade",
        "fileAdded",
        "fileMade",
        "hardshipReported",
        "invoiceIssued",
        "letterIssued",
        "minutesFinal",
        "obligationDone",
        "obligationMade",
        "quotationAccepted",
        "quotationSent",
        "receiptMade",
        "receiptMade",
        "taskMade",
        "taskMade",
        "taskMade",
        "taskMade",
        "taskMade",
        "visitDone",
        "visitDone",
        "visitPlanned",
      ]
    `)
    expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length)
    const days = rows.map((row) => row.day)
    expect(days).toEqual(days.toSorted().toReversed())
    const contract = rows.find((row) => row.event === 'contractSigned')
    expect(contract).toMatchObject({ day: '2026-03-01', time: '', who: '陈立', amount: 6_455_008 })
    expect(contract?.title).toContain(`${CANARY}合同`)
    expect(contract?.record?.kind).toBe('contract')
    const receipt = rows.find((row) => row.event === 'receiptMade' && row.amount === 77_777)
    expect(receipt?.day).toBe('2026-05-15')
    const met = rows.find((row) => row.note === `${CANARY}已谈`)
    expect(met?.words.map((word) => word.key)).toEqual([
      'visits:channel.visit',
      'visits:purpose.develop',
      'visits:intent.A',
    ])
  })

  it('tells what was moved, called off, answered, taken back and removed again', async () => {
    const id = await makeCustomer(sales, '宜宾齿轮有限公司')
    await muchHappens(id)
    const rows = await whole(sales, id)
    expect(events(rows)).toMatchInlineSnapshot(`
      [
        "contractEvent",
        "contractMade",
        "contractSigned",
        "contractSigned",
        "contractVoid",
        "dealLost",
        "dealMade",
        "dealMoved",
        "dunningExcluded",
        "dunningIncluded",
        "fileAdded",
        "fileMade",
        "fileTaken",
        "noteAnswered",
        "noteMade",
        "receiptMade",
        "receiptReversed",
        "taskDone",
        "taskDropped",
        "taskDropped",
        "taskDropped",
        "taskDropped",
        "taskMade",
        "taskMade",
        "taskMade",
        "taskMade",
        "taskMade",
        "taskMade",
        "taskMade",
        "taskMade",
        "visitCancelled",
        "visitDone",
        "visitMoved",
        "visitPlanned",
      ]
    `)
    expect(rows.find((row) => row.event === 'dealMoved')?.words.map((word) => word.key)).toEqual([
      'deals:stage.open',
      'deals:stage.qualified',
    ])
    expect(rows.find((row) => row.event === 'receiptReversed')).toMatchObject({ day: '2026-05-16', amount: -500 })
  })

  it('is the same whatever the page size, as a whole and by its kinds', async () => {
    const all = await whole(other)
    for (const limit of [1, 3, 200]) expect(await whole(other, customerId, undefined, limit)).toEqual(all)
    for (const kind of TIMELINE_KINDS) {
      expect(await whole(other, customerId, kind, 2)).toEqual(all.filter((row) => row.kind === kind))
    }
  })

  it('leaves out the kinds that the reader may not read', async () => {
    expect(kinds(await whole(finance))).not.toContain('visits')
    expect(kinds(await whole(finance))).not.toContain('market')
    expect(kinds(await whole(finance))).toContain('receipts')
    expect(await whole(finance, customerId, 'visits')).toEqual([])
    const auditor = await t.as('hr')
    expect((await refusalOf(auditor.timeline.list({ customerId }))).code).toBe('FORBIDDEN')
  })

  it('says nothing to whoever the customer is not open to', async () => {
    for (const kind of [undefined, ...TIMELINE_KINDS]) {
      const call = sales.timeline.list({ customerId, ...(kind === undefined ? {} : { kind }) })
      expect((await refusalOf(call)).code).toBe('NOT_FOUND')
    }
  })

  it('tells who helps of the visits, and of deals, contracts and money only where they are his', async () => {
    await other.customers.team.set({ customerId, userId: t.ids.sales, access: 'read' } as never)
    const rows = await whole(sales)
    expect(kinds(rows)).toEqual(['file', 'files', 'owner', 'visits'])
    expect(JSON.stringify(rows.filter((row) => row.kind === 'files'))).not.toContain('contract')
    await other.customers.team.set({ customerId, userId: t.ids.sales, access: null } as never)
    const team = (await whole(other, customerId, 'owner')).map((row) => [row.event, row.title, row.who])
    expect(team).toEqual([
      ['teamLeft', '张三', '李四'],
      ['teamJoined', '张三', '李四'],
    ])
    expect((await refusalOf(sales.timeline.list({ customerId }))).code).toBe('NOT_FOUND')
  })

  it('shows a contract of somebody else no more than the list of contracts does', async () => {
    const id = await makeCustomer(sales, '南充泵阀有限公司')
    await signContract(sales, id, { signDay: '2026-05-02' })
    await manager.customers.transfer({ moves: [{ id, ownerId: t.ids.sales_manager }] } as never)
    await manager.customers.team.set({ customerId: id, userId: t.ids.sales, access: 'write' } as never)
    const mine = await sales.contracts.list({
      limit: 5,
      sort: { key: 'updatedAt', dir: 'desc' },
      filters: { customerId: id as never },
    } as never)
    const told = (await whole(sales, id)).filter((row) => row.event === 'contractSigned')
    expect(told.map((row) => row.record?.id)).toEqual(mine.rows.map((row) => row.id))
    expect((await whole(manager, id)).filter((row) => row.event === 'contractSigned')).toHaveLength(1)
    const given = (await whole(manager, id)).find((row) => row.event === 'transferred')
    expect(given?.title).not.toBe('')
  })

  it('brings both streams together where two customers become one, and apart again', async () => {
    const [kept, dropped] = [await makeCustomer(sales, '自贡轴承甲'), await makeCustomer(sales, '自贡轴承乙')]
    for (const id of [kept, dropped]) {
      const visit = { customerId: id, day: '2026-05-11', purpose: 'negotiate', result: `去过 ${id}` }
      await sales.visits.create(visit as never)
    }
    const before = await whole(sales, dropped)
    const view = async (id: string) => ({ id, version: (await manager.customers.get({ id })).version })
    const { id } = await manager.customers.merges.run({
      kept: await view(kept),
      dropped: await view(dropped),
      take: [],
      contacts: 'both',
      sure: true,
    } as never)
    const merged = await whole(sales, kept)
    expect(merged.map((row) => row.key)).toEqual(expect.arrayContaining(before.map((row) => row.key)))
    expect(events(merged).filter((event) => event === 'merged')).toEqual(['merged'])
    expect(events(merged).filter((event) => event === 'visitDone')).toHaveLength(2)
    expect(events(merged).filter((event) => event === 'fileMade')).toHaveLength(2)
    await manager.customers.merges.undo({ id } as never)
    const apart = await whole(sales, kept)
    expect(events(apart).filter((event) => event === 'visitDone')).toHaveLength(1)
    expect(events(await whole(sales, dropped))).toContain('unmerged')
  })

  it('can be read of a customer in the bin', async () => {
    const id = await makeCustomer(sales, '泸州钢材有限公司')
    await manager.customers.remove({ id, version: 0 } as never)
    expect((await whole(sales, id)).map((row) => row.event)).toEqual(['fileRemoved', 'fileMade'])
  })
})
