import type { KyselyPlugin, RootOperationNode } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import { asFen } from '#shared/kernel/money.ts'
import type { ContractFields } from '#shared/modules/contracts/contracts.schema.ts'
import type { ObligationFilters, ObligationRow } from '#shared/modules/obligations/obligations.schema.ts'
import { newId } from '#core/kernel/ids.ts'
import { makeScope } from '#core/kernel/scope.ts'
import { listObligations, sumObligations } from '#core/modules/obligations/obligations.repo.ts'
import type { CoreClient } from '#core/start-core.ts'
import { pdfFile } from '#tests/helpers/sample-files.ts'
import { sampleInvoice, sampleInvoiceLine } from '#tests/helpers/sample-invoice.ts'
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

const page = { limit: 200, sort: { key: 'dueDay', dir: 'asc' } } as const
const listed = async (filters: ObligationFilters, api = sales) =>
  (await api.obligations.list({ ...page, filters })).rows
const ofContract = (contractId: string, api = sales) => listed({ contractId } as never, api)
const signed = (change: (fields: ContractFields) => void = () => undefined, signDay = '2026-05-04') =>
  signContract(sales, customerId, { signDay, change })
/** What a contract asks for, as one line each. */
const told = (rows: readonly ObligationRow[]) =>
  rows.map((row) => `${row.side} ${row.kind} ${row.dueDay ?? '-'} ${row.state}`).toSorted()
const one = async (contractId: string, kind: ObligationRow['kind'], at = 0) =>
  (await ofContract(contractId)).filter((row) => row.kind === kind)[at]!
const item = ({ id, version }: Pick<ObligationRow, 'id' | 'version'>) => ({ id, version })
const event = async (contractId: string, kind: 'delivery' | 'acceptance', day: string) => {
  const { version } = await sales.contracts.get({ id: contractId as never })
  await sales.contracts.recordEvent({ id: contractId as never, version, kind, day: asDay(day), note: '' })
}
const instalments = async (contractId: string) =>
  (await owner.receivables.list({ ...page, filters: { contractId } as never })).rows.toSorted((a, b) => a.seq - b.seq)
async function pay(contractId: string, seq: number, amount?: number) {
  const row = (await instalments(contractId)).find((found) => found.seq === seq && found.status !== 'cancelled')!
  const sum = amount ?? row.outstanding
  const allocations = [{ instalmentId: row.id, amount: sum }]
  const receipt = { customerId, day: asDay('2026-05-15'), amount: sum, method: 'bank', allocations }
  return owner.receivables.receiptCreate(receipt as never)
}

describe('signing', () => {
  it('lists what both sides are bound to: of theirs one for each instalment, due when it is receivable', async () => {
    const contract = await signed()
    const rows = await ofContract(contract.id)
    expect(told(rows)).toEqual([
      'ours delivery 2026-06-30 open',
      'ours invoice - waiting',
      'ours invoice - waiting',
      'ours invoice 2026-05-11 overdue',
      'ours warranty - waiting',
      'theirs acceptance - waiting',
      'theirs inspection - waiting',
      'theirs payment - waiting',
      'theirs payment 2026-05-11 overdue',
      'theirs retention - waiting',
    ])
    const due = (await instalments(contract.id)).map((row) => [row.label, row.amount, row.dueDay])
    const money = rows.filter((row) => row.amount !== null && row.side === 'theirs')
    const bySeq = money.toSorted((a, b) => (b.amount ?? 0) - (a.amount ?? 0))
    expect(bySeq.map((row) => [row.detail, row.amount, row.dueDay])).toEqual([due[1], due[0], due[2]])
    expect(rows.find((row) => row.kind === 'delivery')).toMatchObject({
      detail: '深沟球轴承, 骨架油封',
      ownerName: '张三',
      contractNumber: contract.number,
      byRule: true,
      late: 0,
    })
    expect(rows.filter((row) => row.kind === 'invoice').map((row) => row.ownerName)).toEqual([
      '赵会计',
      '赵会计',
      '赵会计',
    ])
    const log = await owner.audit.list({ limit: 50, sort: { key: 'seq', dir: 'desc' }, filters: {} } as never)
    expect(
      (log.rows as { action: string; entityId: string }[]).map((row) => `${row.action} ${row.entityId}`),
    ).toContain(`obligations.follow ${contract.id}`)
  })

  it('of long ago asks for nothing that lay before, but for money', async () => {
    const contract = await signed((fields) => (fields.terms.deliveryDay = asDay('2026-02-10')), '2026-01-05')
    const rows = await ofContract(contract.id)
    expect(rows.some((row) => row.kind === 'delivery')).toBe(false)
    expect(rows.filter((row) => row.kind === 'payment' && row.dueDay !== null)).toHaveLength(1)
    expect(rows.filter((row) => row.kind === 'invoice').every((row) => row.state === 'waiting')).toBe(true)
  })
})

describe('what happens afterwards', () => {
  it('dates and finishes what waited for it, and takes it back with the record', async () => {
    const contract = await signed()
    await event(contract.id, 'delivery', '2026-05-10')
    expect(await one(contract.id, 'delivery')).toMatchObject({
      state: 'done',
      done: { day: '2026-05-10', byName: null },
    })
    expect(await one(contract.id, 'inspection')).toMatchObject({ state: 'overdue', dueDay: '2026-05-17', late: 1 })
    await event(contract.id, 'acceptance', '2026-05-16')
    for (const kind of ['inspection', 'acceptance'] as const) {
      expect(await one(contract.id, kind)).toMatchObject({ state: 'done', done: { day: '2026-05-16' } })
    }
    expect((await one(contract.id, 'warranty')).dueDay).toBe('2027-05-16')
    const money = (await ofContract(contract.id)).filter((row) => row.amount !== null && row.side === 'theirs')
    const due = (await instalments(contract.id)).map((row) => String(row.dueDay))
    expect(money.map((row) => String(row.dueDay)).toSorted()).toEqual(due.toSorted())
    await event(contract.id, 'delivery', '2026-05-12')
    expect(await one(contract.id, 'delivery')).toMatchObject({ state: 'done', done: { day: '2026-05-12' } })
  })

  it('finishes the delivery of one agreed day when its goods have left, not those of another', async () => {
    const contract = await signed((fields) => (fields.lines[0]!.deliveryDay = asDay('2026-06-05')))
    const row = (await sales.orders.ofContract({ contractId: contract.id as never }))!
    const order = await sales.orders.get({ id: row.id as never })
    const line = order.lines.find((found) => found.deliveryDay === '2026-06-05')!
    const part = { lineId: line.id as never, quantity: line.quantity }
    await sales.orders.deliver({
      id: order.id,
      version: order.version,
      day: asDay('2026-05-09'),
      note: '',
      parts: [part],
    })
    expect(await one(contract.id, 'delivery', 1)).toMatchObject({ dueDay: '2026-06-05', state: 'done' })
    expect(await one(contract.id, 'delivery')).toMatchObject({ dueDay: '2026-06-30', state: 'open' })
    const after = await sales.orders.get({ id: row.id as never })
    const back = { id: after.id, version: after.version, deliveryId: after.deliveries[0]!.id, reason: '送错' }
    await sales.orders.reverse(back as never)
    expect((await ofContract(contract.id)).filter((found) => found.kind === 'delivery').map((r) => r.state)).toEqual([
      'open',
      'open',
    ])
  })

  it('finishes a payment with the last fen of it, and opens it again when the receipt is reversed', async () => {
    const contract = await signed()
    const [first] = await instalments(contract.id)
    await pay(contract.id, 1, first!.outstanding - 1)
    const unpaid = () => listed({ contractId: contract.id, kind: 'payment', state: 'overdue' } as never)
    expect(await unpaid()).toHaveLength(1)
    const last = await pay(contract.id, 1)
    expect(await unpaid()).toEqual([])
    const paid = (await ofContract(contract.id)).find((row) => row.kind === 'payment' && row.state === 'done')!
    expect(paid).toMatchObject({ done: { day: '2026-05-15', byName: null }, detail: '预付款' })
    expect((await refusalOf(sales.obligations.reopen({ items: [item(paid)] }))).code).toBe('OBLIGATION_FOLLOWS')
    const { version } = await owner.receivables.receiptGet({ id: last.id } as never)
    await owner.receivables.reverse({ id: last.id, version, day: asDay('2026-05-18'), reason: '退票' } as never)
    expect(await unpaid()).toHaveLength(1)
  })

  it('finishes an invoice that was issued for the whole instalment, and opens it again when one of its invoices is removed', async () => {
    const contract = await signed()
    const finance = await t.as('finance')
    const basis = await finance.invoices.basis({ customerId, contractId: contract.id, exceptId: null } as never)
    const [first] = basis.instalments
    const amount = first!.owed
    const fields = (part: number) =>
      sampleInvoice({
        customerId: customerId as never,
        contractId: contract.id as never,
        lines: [sampleInvoiceLine(part)],
        links: [{ instalmentId: first!.instalmentId, amount: asFen(part) }],
        reason: '分次开票',
      })
    const issued = () => listed({ contractId: contract.id, kind: 'invoice', state: 'done' } as never)
    await finance.invoices.create(fields(amount - 100) as never)
    expect(await issued()).toEqual([])
    const rest = await finance.invoices.create(fields(100) as never)
    expect((await issued()).map((row) => [row.detail, row.done])).toEqual([
      ['预付款', { day: '2026-05-12', byName: null, note: '' }],
    ])
    await finance.invoices.remove({ ...item(rest), reason: '重复' } as never)
    expect(await issued()).toEqual([])
  })

  it('leaves an invoice open where only what was entered by hand under its contract was billed', async () => {
    const contract = await signed()
    const finance = await t.as('finance')
    const entry = {
      customerId,
      contractId: contract.id,
      label: '运费',
      invoiceNumber: '',
      sinceDay: asDay('2026-05-04'),
    }
    const byHand = await finance.receivables.create({ ...entry, dueDay: null, amount: 5000, reason: '代垫' } as never)
    expect((await finance.receivables.get({ id: byHand.id } as never)).seq).toBe(1)
    const invoice = sampleInvoice({
      customerId: customerId as never,
      contractId: contract.id as never,
      lines: [sampleInvoiceLine(5000)],
      links: [{ instalmentId: byHand.id, amount: asFen(5000) }],
      reason: '运费',
    })
    await finance.invoices.create(invoice as never)
    expect(await listed({ contractId: contract.id, kind: 'invoice', state: 'done' } as never)).toEqual([])
  })

  it('follows a supplement: what is open changes, what was finished stays', async () => {
    const contract = await signed()
    const invoice = (await ofContract(contract.id)).find((row) => row.kind === 'invoice' && row.dueDay !== null)!
    const said = { day: asDay('2026-05-12'), note: '发票 26001188' }
    await sales.obligations.done({ items: [item(invoice)], ...said })
    const finished = await sales.obligations.get({ id: invoice.id as never })
    const start = await sales.contracts.supplements.start({ contractId: contract.id })
    const fields = structuredClone(start.fields)
    fields.lines[0]!.price = 600_000
    fields.terms.deliveryDay = asDay('2026-07-15')
    fields.terms.other = '双方对本合同内容予以保密。'
    fields.plan = [fields.plan[0]!, { ...fields.plan[2]!, trigger: 'acceptance', days: 60 }]
    const made = await sales.contracts.supplements.create({ contractId: contract.id, reason: '改价', fields })
    await sales.contracts.supplements.sign({
      ...item(made),
      signDay: asDay('2026-05-18'),
      ourSigner: '陈立',
      theirSigner: '王强',
    })
    const rows = await ofContract(contract.id)
    expect(await sales.obligations.get({ id: invoice.id as never })).toEqual(finished)
    expect(rows.filter((row) => row.kind === 'delivery')).toMatchObject([{ dueDay: '2026-07-15' }])
    expect(rows.filter((row) => row.kind === 'confidentiality').map((row) => [row.side, row.state])).toEqual([
      ['ours', 'open'],
      ['theirs', 'open'],
    ])
    const standing = (await instalments(contract.id)).filter((row) => row.status !== 'cancelled')
    const live = rows.filter((row) => row.amount !== null && row.side === 'theirs' && row.state !== 'dropped')
    const sums = (found: readonly { amount: number | null }[]) => found.map((row) => String(row.amount)).toSorted()
    expect(sums(live)).toEqual(sums(standing))
    expect(rows.filter((row) => row.state === 'dropped').map((row) => row.dropped?.code)).toEqual([
      'changed',
      'changed',
    ])
  })

  it('lets everything fall with a void contract, and all but money and secrets with an ended one', async () => {
    const end = async (how: 'void' | 'keep' | 'cancel') => {
      const contract = await signed((fields) => (fields.terms.other = '商业秘密不得泄露。'))
      const { version } = await owner.contracts.get({ id: contract.id as never })
      const at = { id: contract.id as never, version }
      const why = { reason: 'agreement', day: asDay('2026-05-18'), note: '' } as const
      if (how === 'void') await owner.contracts.void({ ...at, reason: '客户取消采购' })
      else await owner.contracts.end({ ...at, ...why, instalments: how })
      const rows = await ofContract(contract.id)
      return new Set(rows.filter((row) => row.dropped === null).map((row) => row.kind))
    }
    expect(await end('void')).toEqual(new Set())
    expect(await end('keep')).toEqual(new Set(['payment', 'retention', 'confidentiality']))
    expect(await end('cancel')).toEqual(new Set(['confidentiality']))
  })
})

const FREE = { text: '派人培训操作工三天', side: 'ours', clause: '第八条第二款' } as const
const after = { kind: 'event', event: 'acceptance', days: 10, dayKind: 'natural' } as const
const add = (contractId: string, over: object = {}) =>
  sales.obligations.create({ contractId, ...FREE, when: after, ownerId: t.ids.sales, ...over } as never)

describe('what is written by hand', () => {
  it('waits for its event and is dated by it, or is dated at once where that has happened', async () => {
    const contract = await signed()
    const made = await add(contract.id)
    expect(await sales.obligations.get({ id: made.id as never })).toMatchObject({
      detail: FREE.text,
      clause: FREE.clause,
      kind: 'other',
      byRule: false,
      state: 'waiting',
      dueDay: null,
      trigger: 'acceptance',
      days: 10,
      version: made.version,
    })
    await event(contract.id, 'acceptance', '2026-05-16')
    expect(await sales.obligations.get({ id: made.id as never })).toMatchObject({ dueDay: '2026-05-26', state: 'open' })
    const late = await add(contract.id, { text: '交付备件' })
    expect(await sales.obligations.get({ id: late.id as never })).toMatchObject({
      dueDay: '2026-05-26',
      version: late.version,
    })
    const told = (await sales.timeline.list({ customerId, limit: 100, cursor: null })).rows
    expect(told.filter((row) => row.event === 'obligationMade').map((row) => row.title)).toContain(
      `${contract.number} ${FREE.text}`,
    )
  })

  it('is due after signing, under a contract that runs, and seen to by somebody who may read it', async () => {
    const contract = await signed()
    const early = { when: { kind: 'day', day: asDay('2026-05-03') } }
    expect((await refusalOf(add(contract.id, early))).code).toBe('OBLIGATION_DAY')
    for (const person of ['sales_other', 'hr'] as const) {
      const refused = await refusalOf(add(contract.id, { ownerId: t.ids[person] }))
      expect(refused.data).toMatchObject({ issues: [{ path: ['ownerId'], key: 'obligations:errors.owner' }] })
    }
    await add(contract.id, { ownerId: t.ids.finance })
    const draft = await signContract(sales, customerId)
    const { version } = await owner.contracts.get({ id: draft.id as never })
    await owner.contracts.void({ id: draft.id as never, version, reason: '取消' })
    expect((await refusalOf(add(draft.id))).code).toBe('CONTRACT_STATE')
    const stranger = await t.as('sales_other')
    const foreign = stranger.obligations.create({
      contractId: contract.id,
      ...FREE,
      when: after,
      ownerId: t.ids.sales_other,
    } as never)
    expect((await refusalOf(foreign)).code).toBe('NOT_FOUND')
  })
})

describe('a person', () => {
  it('finishes, opens again, lets fall; each as last seen, all or none, with its row in the log', async () => {
    const contract = await signed()
    const [a, b] = [await one(contract.id, 'invoice', 1), await one(contract.id, 'warranty')]
    const done = { day: asDay('2026-05-16'), note: '发票 26001199' }
    const stale = { items: [item(a), { ...item(b), version: 9 }], ...done }
    expect((await refusalOf(sales.obligations.done(stale))).code).toBe('STALE')
    expect((await sales.obligations.get({ id: a.id as never })).state).toBe(a.state)
    const moved = await sales.obligations.done({ items: [item(a), item(b)], ...done })
    expect(moved.items).toHaveLength(2)
    const now = await sales.obligations.get({ id: a.id as never })
    expect(now).toMatchObject({ state: 'done', done: { day: '2026-05-16', byName: '张三', note: '发票 26001199' } })
    expect((await refusalOf(sales.obligations.done({ items: [item(now)], ...done }))).code).toBe('OBLIGATION_CLOSED')
    await sales.obligations.reopen({ items: [item(now)] })
    const open = await sales.obligations.get({ id: a.id as never })
    expect(open).toMatchObject({ state: 'waiting', done: null })
    expect((await refusalOf(sales.obligations.reopen({ items: [item(open)] }))).code).toBe('OBLIGATION_OPEN')
    await sales.obligations.drop({ items: [item(open)], reason: '首期款免票' })
    const dropped = await sales.obligations.get({ id: a.id as never })
    expect(dropped).toMatchObject({ state: 'dropped', dropped: { code: 'person', note: '首期款免票' } })
    // The contract says the same still, and a person's word stands.
    await event(contract.id, 'delivery', '2026-05-10')
    expect((await sales.obligations.get({ id: a.id as never })).state).toBe('dropped')
    const log = await owner.audit.list({
      limit: 50,
      sort: { key: 'seq', dir: 'desc' },
      filters: { entityId: a.id },
    } as never)
    expect((log.rows as { action: string }[]).map((row) => row.action)).toEqual([
      'obligations.drop',
      'obligations.reopen',
      'obligations.done',
    ])
    const events = (await sales.timeline.list({ customerId, limit: 100, cursor: null })).rows.map((row) => row.event)
    expect(events).toEqual(expect.arrayContaining(['obligationDone', 'obligationDropped']))
  })

  it('does not finish ahead of today, before signing, or what the receipts finish', async () => {
    const contract = await signed()
    const invoice = await one(contract.id, 'invoice')
    for (const day of ['2026-05-19', '2026-05-03']) {
      const tried = sales.obligations.done({ items: [item(invoice)], day: asDay(day), note: '' })
      expect((await refusalOf(tried)).code).toBe('OBLIGATION_DONE_DAY')
    }
    const payment = await one(contract.id, 'payment')
    const items = [item(payment)]
    const tries = [
      () => sales.obligations.done({ items, day: asDay('2026-05-18'), note: '' }),
      () => sales.obligations.drop({ items, reason: '免了' }),
      () => sales.obligations.move({ items, day: asDay('2026-08-01'), reason: '缓一缓' }),
    ]
    for (const tried of tries) expect((await refusalOf(tried())).code).toBe('OBLIGATION_FOLLOWS')
    await sales.obligations.assign({ items, ownerId: t.ids.finance as never, reason: '财务催收' })
  })

  it('agrees on another day, which stands beside that of the contract until that changes', async () => {
    const contract = await signed()
    const delivery = await one(contract.id, 'delivery')
    const wish = { items: [item(delivery)], day: asDay('2026-07-20'), reason: '客户场地未备妥' }
    await sales.obligations.move(wish)
    const moved = await one(contract.id, 'delivery')
    expect(moved).toMatchObject({ dueDay: '2026-07-20', ruleDay: '2026-06-30', moveReason: '客户场地未备妥' })
    const early = { ...wish, items: [item(moved)], day: asDay('2026-05-03') }
    expect((await refusalOf(sales.obligations.move(early))).code).toBe('OBLIGATION_DAY')
    await event(contract.id, 'acceptance', '2026-05-16')
    expect((await one(contract.id, 'delivery')).dueDay).toBe('2026-07-20')
  })

  it('gives them to others who may read the contract, with their department', async () => {
    const contract = await signed()
    const department = await owner.people.createDepartment({ name: '技术部' })
    const warranty = await one(contract.id, 'warranty')
    const to = { items: [item(warranty)], ownerId: t.ids.sales_manager as never, reason: '由技术部跟进' }
    await sales.obligations.assign({ ...to, departmentId: department.id as never })
    expect(await one(contract.id, 'warranty')).toMatchObject({ ownerName: '王主管', departmentName: '技术部' })
    const again = { ...to, items: [item(await one(contract.id, 'warranty'))] }
    const refused = await refusalOf(sales.obligations.assign({ ...again, ownerId: t.ids.sales_other as never }))
    expect(refused.code).toBe('VALIDATION')
    expect(await listed({ departmentId: department.id } as never)).toHaveLength(1)
  })

  it('proves it with a file', async () => {
    const contract = await signed()
    const { id } = await one(contract.id, 'invoice')
    const { fileId } = await sales.files.upload({ file: new File([pdfFile('发票') as never], '发票.pdf') })
    await sales.attachments.add({ to: 'obligation', id, fileId } as never)
    expect((await sales.attachments.list({ to: 'obligation', id })).rows.map((row) => row.name)).toEqual(['发票.pdf'])
    const stranger = await t.as('sales_other')
    expect((await refusalOf(stranger.attachments.list({ to: 'obligation', id }))).code).toBe('NOT_FOUND')
  })
})

describe('the list', () => {
  it('is of whoever has the contract; pages by key; its states and sums agree', async () => {
    const all: ObligationRow[] = []
    let cursor: string | null = null
    do {
      const part: Awaited<ReturnType<CoreClient['obligations']['list']>> = await sales.obligations.list({
        ...page,
        limit: 7,
        cursor,
        filters: {},
      })
      all.push(...part.rows)
      cursor = part.nextCursor
    } while (cursor !== null)
    expect(new Set(all.map((row) => row.id)).size).toBe(all.length)
    const open = all.filter((row) => row.done === null && row.dropped === null)
    expect(all.slice(0, open.length).every((row) => row.done === null && row.dropped === null)).toBe(true)
    const days = open.map((row) => row.dueDay ?? '9999-12-31')
    expect(days).toEqual(days.toSorted())
    const count = (state: ObligationRow['state']) => all.filter((row) => row.state === state).length
    expect(await sales.obligations.summary({ filters: {} })).toEqual({
      count: all.length,
      overdue: count('overdue'),
      soon: count('soon'),
      waiting: count('waiting'),
      unfinished: open.length,
    })
    for (const state of ['overdue', 'soon', 'open', 'waiting', 'done', 'dropped'] as const) {
      expect((await sales.obligations.summary({ filters: { state } })).count).toBe(count(state))
    }
    expect(await listed({}, await t.as('sales_other'))).toEqual([])
    expect((await refusalOf((await t.as('hr')).obligations.list({ ...page, filters: {} }))).code).toBe('FORBIDDEN')
    const stranger = (await t.as('sales_other')).obligations
    expect((await refusalOf(stranger.get({ id: all[0]!.id as never }))).code).toBe('NOT_FOUND')
    const [first] = all
    expect(
      (await sales.obligations.list({ ...page, text: first!.contractNumber, filters: {} })).rows.length,
    ).toBeGreaterThan(5)
    const within = await listed({ dueFrom: asDay('2026-06-30'), dueTo: asDay('2026-06-30'), side: 'ours' })
    expect(within.length).toBeGreaterThan(0)
    expect(within.every((row) => row.kind === 'delivery')).toBe(true)
  })

  it('is exported as it is filtered', async () => {
    const asked = { filters: { kind: 'delivery' }, sort: page.sort, format: 'csv' } as const
    const { jobId } = await owner.obligations.exportRows(asked)
    const job = await t.core.deps.jobs.settled(jobId)
    const { bytes } = t.core.deps.files.readTemporary(t.ids.owner, job.files[0]?.fileId ?? '')
    const lines = new TextDecoder().decode(bytes).trim().split('\r\n')
    expect(lines).toHaveLength(1 + (await owner.obligations.summary({ filters: { kind: 'delivery' } })).count)
    expect(lines[1]).toContain('交付')
  })

  it('is read by indexes, whoever asks and whatever for', async () => {
    const asked: RootOperationNode[] = []
    const listen: KyselyPlugin = {
      transformQuery: ({ node }) => {
        asked.push(node)
        return node
      },
      transformResult: async ({ result }) => result,
    }
    const db = t.core.deps.store.read
    const plan = (node: RootOperationNode) => {
      const { sql, parameters } = db.getExecutor().compileQuery(node, { queryId: 'plan' })
      const steps = t.core.vault.store.raw.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters) as {
        detail: string
      }[]
      return steps.map((step) => step.detail).join('\n')
    }
    const common = { today: asDay('2026-05-18'), dueDays: 7 }
    const first = { sort: page.sort, cursor: null, limit: 50 }
    const one = makeScope.users([newId()])
    const team = makeScope.users([newId(), newId()])
    const cases = [
      [makeScope.all(), {}, 'obligations_by_due'],
      [makeScope.all(), { state: 'overdue' }, 'obligations_by_state (state=? AND due_key<?)'],
      [makeScope.all(), { state: 'soon' }, 'obligations_by_state (state=? AND due_key>? AND due_key<?)'],
      [one, {}, 'obligations_held_by_due (contract_owner_id=?)'],
      [team, {}, 'obligations_by_due'],
      [team, { state: 'overdue' }, 'obligations_by_state (state=? AND due_key<?)'],
      [one, { state: 'overdue' }, 'obligations_of_holder (contract_owner_id=? AND state=? AND due_key<?)'],
      [one, { state: 'unfinished' }, 'obligations_of_holder (contract_owner_id=? AND state=?)'],
      [makeScope.all(), { state: 'unfinished', ownerId: newId() }, 'obligations_of_owner (owner_id=? AND state=?)'],
      [makeScope.all(), { contractId: newId() }, '(contract_id=?)'],
    ] as const
    for (const [scope, filters, index] of cases) {
      asked.length = 0
      await listObligations(db.withPlugin(listen), { ...common, scope, filters: filters as never }, first)
      const steps = plan(asked[0]!)
      expect(steps).toContain(index)
      expect(steps).not.toMatch(/^SCAN o$/m)
      if (!('contractId' in filters)) expect(steps).not.toContain('TEMP B-TREE FOR ORDER BY')
    }
    for (const [scope, filters] of [
      [makeScope.all(), {}],
      [makeScope.all(), { state: 'unfinished' }],
      [one, {}],
      [one, { state: 'overdue' }],
    ] as const) {
      asked.length = 0
      await sumObligations(db.withPlugin(listen), { ...common, scope, filters })
      expect(plan(asked[0]!)).toContain('USING COVERING INDEX obligations_')
    }
  })
})

describe('a hand-over', () => {
  it('takes along what its former owner saw to, and gives it back', async () => {
    const other = await makeCustomer(sales, '重庆移交义务有限公司')
    const contract = await signContract(sales, other, { signDay: '2026-05-04' })
    const owners = async () =>
      (await ofContract(contract.id, owner)).map((row) => `${row.kind} ${row.ownerName}`).toSorted()
    const before = await owners()
    const what = { what: { customerIds: [other] }, toUserId: t.ids.sales_other, parts: ['contract'] }
    const { sums } = await owner.handover.preview(what as never)
    const mine = before.filter((row) => row.endsWith('张三')).length
    expect(sums.find((sum) => sum.kind === 'obligation')).toEqual({ kind: 'obligation', count: mine, amount: null })
    const { id } = await owner.handover.run(what as never)
    expect(await owners()).toEqual(before.map((row) => row.replace('张三', '李四')).toSorted())
    expect(await ofContract(contract.id)).toEqual([])
    expect(await ofContract(contract.id, await t.as('sales_other'))).toHaveLength(before.length)
    await owner.handover.undo({ id: id as never })
    expect(await owners()).toEqual(before)
    expect(await ofContract(contract.id)).toHaveLength(before.length)
  })
})
