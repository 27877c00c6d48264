import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import { asFen } from '#shared/kernel/money.ts'
import type { InvoiceFields } from '#shared/modules/invoices/invoices.schema.ts'
import type { CoreClient } from '#core/start-core.ts'
import { sampleFields } from '#tests/helpers/sample-contract.ts'
import { pdfFile } from '#tests/helpers/sample-files.ts'
import { digitalNumber, invoiceXml, sampleInvoice, sampleInvoiceLine } from '#tests/helpers/sample-invoice.ts'
import { makeCustomer, signContract } from '#tests/helpers/sample-trade.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'
import { buildZip } from '#tests/helpers/zip-builder.ts'

let t: TestCore
let sales: CoreClient
let finance: CoreClient
let customerId: string
let contract: { id: string; number: string }

beforeAll(async () => {
  t = await createTestCore()
  sales = await t.as('sales')
  finance = await t.as('finance')
  customerId = (
    await sales.customers.create({ name: '成都兴川机械制造有限公司', uscc: '91510100MA61T0TT27', source: 'web' })
  ).id
  contract = await signContract(sales, customerId, { signDay: '2026-05-04' })
})
afterAll(() => t.close())

const page = { limit: 50, sort: { key: 'day', dir: 'desc' } } as const
/** ¥64,550.08 in three instalments. */
const instalments = async (contractId = contract.id) =>
  (await finance.invoices.basis({ customerId, contractId, exceptId: null })).instalments
const create = (over: Partial<InvoiceFields> = {}, api = finance) => api.invoices.create(sampleInvoice(over) as never)
const get = (id: string, api = finance) => api.invoices.get({ id })
const issuesOf = async (call: Promise<unknown>) => {
  const { code, data } = await refusalOf(call)
  expect(code).toBe('VALIDATION')
  return (data as { issues: { path: unknown[]; key: string }[] }).issues.map(
    ({ path, key }) => `${path.join('.')} ${key.split(':')[1]}`,
  )
}
const freshContract = (signDay = '2026-05-04') => signContract(sales, customerId, { signDay })
const redOf = (blue: { id: string; version: number }, amount: number, over: object = {}) =>
  finance.invoices.redLetter({
    blueId: blue.id,
    version: blue.version,
    kind: 'digitalSpecial',
    code: '',
    number: digitalNumber(),
    day: asDay('2026-05-15'),
    lines: [sampleInvoiceLine(amount)],
    amount: asFen(amount),
    redReason: 'returned',
    notice: '',
    note: '',
    ...over,
  } as never)

describe('an invoice', () => {
  it('is entered from its contract: buyer, open lines, instalments; and is there with all of it', async () => {
    const basis = await finance.invoices.basis({ customerId, contractId: contract.id, exceptId: null })
    expect(basis.lines.map((line) => [line.name, line.quantity, line.rate])).toEqual([
      ['深沟球轴承', '1000', 1300],
      ['骨架油封', '400', 1300],
    ])
    expect(basis.toInvoice).toBe(6_455_008)
    expect(basis.buyer).toMatchObject({ name: '成都兴川机械制造有限公司', taxId: '91510100MA61T0TT27' })
    const [first] = basis.instalments
    const links = [{ instalmentId: first!.instalmentId, amount: first!.owed }]
    const made = await create({ customerId, contractId: contract.id, links } as never)
    const view = await get(made.id)
    expect(view).toMatchObject({
      stage: 'valid',
      original: 'missing',
      net: 5_000_000,
      tax: 650_000,
      amount: 5_650_000,
      contractNumber: contract.number,
      ownerName: '张三',
      createdByName: '赵会计',
      linked: first!.owed,
      findings: [],
    })
    expect(view.links).toEqual([{ ...first, amount: first!.owed }])
    const after = await finance.invoices.basis({ customerId, contractId: contract.id, exceptId: null })
    expect(after.lines.map((line) => line.name)).toEqual(['骨架油封'])
    expect(after.instalments[0]).toMatchObject({ others: first!.owed, amount: 0 })
    const { figures, count, instalments: billed } = await sales.invoices.figures({ contractId: contract.id })
    expect(figures).toEqual({ contracted: 6_455_008, invoiced: 5_650_000, toInvoice: 805_008, received: 0 })
    expect([count, billed.map((row) => row.others)]).toEqual([1, [first!.owed, 0, 0]])
  })

  it('has a number that is taken for ever: also by what is void or removed, however it is typed', async () => {
    const number = digitalNumber()
    const made = await create({ number })
    const full = [...number].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join('')
    expect(await refusalOf(create({ number: full }))).toMatchObject({
      code: 'INVOICE_NUMBER',
      data: { id: made.id, removed: false },
    })
    const gone = await finance.invoices.remove({ ...made, reason: '登记有误' })
    expect(await refusalOf(create({ number }))).toMatchObject({ code: 'INVOICE_NUMBER', data: { removed: true } })
    expect((await finance.invoices.list({ ...page, text: number, filters: {} })).rows).toEqual([])
    await finance.invoices.restore(gone)
    expect((await get(made.id)).stage).toBe('valid')
    const old = { kind: 'legacySpecial', code: '5000194130', number: '00000001' } as const
    const legacy = await create(old)
    await finance.invoices.void({ ...legacy, reason: '开错抬头' })
    expect((await refusalOf(create(old))).code).toBe('INVOICE_NUMBER')
    expect((await create({ ...old, code: '5000194131' })).version).toBe(0)
  })

  it('is refused ahead of its day, for a foreign contract, or where it bills what is not the customer’s', async () => {
    const other = await makeCustomer(sales, '贵阳云岭轴承有限公司')
    const draft = await sales.contracts.create(sampleFields(customerId))
    const [first] = await instalments()
    const links = [{ instalmentId: first!.instalmentId, amount: asFen(1) }]
    const tries = [
      [{ day: asDay('2026-05-19') }, 'day errors.future'],
      [{ customerId: other, contractId: contract.id }, 'contractId errors.otherCustomer'],
      [{ contractId: contract.id }, 'customerId required'],
      [{ customerId, contractId: draft.id }, 'contractId errors.notSigned'],
      [{ customerId: other, links }, 'links errors.noSuchInstalment'],
      [{ links }, 'links errors.noSuchInstalment'],
    ] as const
    for (const [over, want] of tries) expect(await issuesOf(create(over as never))).toEqual([want])
  })

  it('that departs from its contract or bills more than is owed needs a reason, and says why for good', async () => {
    const own = await freshContract()
    const [first] = await instalments(own.id)
    const strange = {
      customerId,
      contractId: own.id,
      lines: [sampleInvoiceLine(2_000_000, { name: '办公用品' })],
      amount: asFen(2_000_000),
      links: [{ instalmentId: first!.instalmentId, amount: asFen(2_000_000) }],
    }
    const checked = await finance.invoices.check({ ...sampleInvoice(strange as never), id: null } as never)
    expect(checked.map(({ code, article }) => [code, article])).toEqual([
      ['goods', 'invoice19'],
      ['instalment', null],
    ])
    expect(await issuesOf(create(strange as never))).toEqual(['reason errors.reason'])
    const made = await create({ ...strange, reason: '客户要求合并开票，已报主管' } as never)
    expect(await get(made.id)).toMatchObject({ reason: '客户要求合并开票，已报主管', findings: checked })
  })

  it('is put right as long as nothing was taken back of it; what it billed is said anew', async () => {
    const own = await freshContract()
    const [first, second] = await instalments(own.id)
    const fields = sampleInvoice({
      customerId,
      contractId: own.id,
      links: [{ instalmentId: first!.instalmentId, amount: asFen(1_000_000) }],
    } as never)
    const made = await finance.invoices.create(fields as never)
    const smaller = {
      ...fields,
      lines: [sampleInvoiceLine(500_000)],
      amount: asFen(500_000),
      links: [{ instalmentId: second!.instalmentId, amount: asFen(500_000) }],
    }
    const saved = await finance.invoices.update({ ...smaller, ...made } as never)
    expect(await get(made.id)).toMatchObject({ amount: 500_000, linked: 500_000, version: 1 })
    expect((await refusalOf(finance.invoices.update({ ...smaller, ...made } as never))).code).toBe('STALE')
    await redOf({ id: made.id, version: saved.version }, -100_000)
    const blocked = finance.invoices.update({ ...smaller, id: made.id, version: 2 } as never)
    expect(await refusalOf(blocked)).toMatchObject({ code: 'INVOICE_STATE', data: { stage: 'partlyRed' } })
  })

  it('that still bills the same leaves what it bills as it is', async () => {
    const own = await freshContract()
    const [first] = await instalments(own.id)
    const { instalmentId: id, owed } = first!
    const fields = sampleInvoice({
      customerId,
      contractId: own.id,
      lines: [sampleInvoiceLine(owed)],
      links: [{ instalmentId: id, amount: asFen(owed) }],
    } as never)
    const made = await finance.invoices.create(fields as never)
    const owner = await t.as('owner')
    const known = async () => ({
      instalment: await finance.receivables.get({ id } as never),
      obligations: (
        await owner.obligations.list({
          limit: 50,
          sort: { key: 'dueDay', dir: 'asc' },
          filters: { contractId: own.id, kind: 'invoice', state: 'done' } as never,
        })
      ).rows,
    })
    const before = await known()
    expect([before.instalment.invoiceDay, before.obligations.length]).toEqual(['2026-05-12', 1])
    await finance.invoices.update({ ...fields, note: '备注补录', ...made } as never)
    expect(await known()).toEqual(before)
  })
})

describe('red letters and voids', () => {
  it('take back no more than there is, cut what was billed, and leave it as it was when they go', async () => {
    const own = await freshContract()
    const [first, second] = await instalments(own.id)
    const links = [
      { instalmentId: first!.instalmentId, amount: asFen(1_900_000) },
      { instalmentId: second!.instalmentId, amount: asFen(3_000_000) },
    ]
    const made = await create({ customerId, contractId: own.id, links } as never)
    const red = await redOf(made, -2_000_000)
    expect(await get(made.id)).toMatchObject({
      stage: 'partlyRed',
      redTotal: 2_000_000,
      linked: 3_650_000,
      reds: [{ id: red.id, amount: -2_000_000 }],
    })
    expect((await get(made.id)).links.map((link) => link.amount)).toEqual([1_900_000, 1_750_000])
    const view = await get(red.id)
    expect(view).toMatchObject({ stage: 'redLetter', redReason: 'returned', contractId: own.id, blue: { id: made.id } })
    const { figures } = await finance.invoices.figures({ contractId: own.id })
    expect(figures.invoiced).toBe(3_650_000)
    expect(await issuesOf(redOf({ id: made.id, version: 1 }, -3_650_001))).toEqual(['amount errors.redTooMuch'])
    expect(await issuesOf(redOf({ id: made.id, version: 1 }, -5, { kind: 'digitalNormal' }))).toEqual([
      'kind errors.redKind',
    ])
    expect((await refusalOf(finance.invoices.remove({ id: made.id, version: 1, reason: '登记有误' }))).code).toBe(
      'INVOICE_STATE',
    )
    const gone = await finance.invoices.remove({ ...red, reason: '登记有误' })
    expect(await get(made.id)).toMatchObject({ stage: 'valid', redTotal: 0 })
    const rest = await redOf({ id: made.id, version: 2 }, -5_650_000)
    expect(await get(made.id)).toMatchObject({ stage: 'fullyRed', linked: 0 })
    expect(await refusalOf(finance.invoices.restore(gone))).toMatchObject({ code: 'INVOICE_STATE' })
    await finance.invoices.remove({ ...rest, reason: '再来一次' })
    await finance.invoices.restore(gone)
    expect(await get(made.id)).toMatchObject({ stage: 'partlyRed', redTotal: 2_000_000 })
  })

  it('a digital invoice is never void; an older one within its month, and what it billed is free again', async () => {
    const digital = await create({})
    const void_ = (of: { id: string; version: number }) => finance.invoices.void({ ...of, reason: '开错抬头' })
    expect(await refusalOf(void_(digital))).toMatchObject({ code: 'INVOICE_VOID', data: { fault: 'digital' } })
    const own = await freshContract()
    const [first] = await instalments(own.id)
    const links = [{ instalmentId: first!.instalmentId, amount: asFen(1000) }]
    const old = { kind: 'legacySpecial', code: '5000194130' } as const
    const made = await create({ ...old, number: '00000010', customerId, contractId: own.id, links } as never)
    await void_(made)
    expect(await get(made.id)).toMatchObject({ stage: 'void', voidDay: '2026-05-18', linked: 0, original: 'notNeeded' })
    expect((await finance.invoices.figures({ contractId: own.id })).figures.invoiced).toBe(0)
    const april = await create({ ...old, number: '00000011', day: asDay('2026-04-30') })
    expect(await refusalOf(void_(april))).toMatchObject({ code: 'INVOICE_VOID', data: { fault: 'month' } })
  })
})

describe('whose it is', () => {
  it('follows its contract, else its customer; nobody’s is seen by those who see all', async () => {
    const nobodys = await create({})
    const theirs = await create({ customerId })
    const other = await t.as('sales_other')
    expect((await get(theirs.id, sales)).ownerName).toBe('张三')
    expect((await refusalOf(get(nobodys.id, sales))).code).toBe('NOT_FOUND')
    expect((await refusalOf(get(theirs.id, other))).code).toBe('NOT_FOUND')
    expect((await other.invoices.list({ ...page, filters: {} })).rows).toEqual([])
    expect((await refusalOf(other.invoices.figures({ contractId: contract.id }))).code).toBe('NOT_FOUND')
    expect((await refusalOf(create({}, sales))).code).toBe('FORBIDDEN')
    expect((await refusalOf((await t.as('reviewer')).invoices.list({ ...page, filters: {} }))).code).toBe('FORBIDDEN')
  })

  it('is said later by a link, which its red letters follow; a hand-over takes it along', async () => {
    const own = await freshContract()
    const made = await create({})
    const red = await redOf(made, -650_000)
    const link = { customerId, contractId: own.id, reason: '' }
    const [first] = await instalments(own.id)
    const links = [{ instalmentId: first!.instalmentId, amount: asFen(1_900_000) }]
    const linked = await finance.invoices.link({ id: made.id, version: 1, ...link, links } as never)
    expect(await get(red.id)).toMatchObject({ contractId: own.id, ownerName: '张三' })
    const over = [{ instalmentId: first!.instalmentId, amount: asFen(5_000_001) }]
    expect(await issuesOf(finance.invoices.link({ ...linked, ...link, links: over } as never))).toEqual([
      'links errors.linkedTooMuch',
    ])
    const owner = await t.as('owner')
    const asked = { what: { customerIds: [customerId] }, toUserId: t.ids.sales_other, parts: ['contract'] }
    const { id } = await owner.handover.run(asked as never)
    expect((await get(red.id)).ownerName).toBe('李四')
    await owner.handover.undo({ id } as never)
    expect((await get(made.id)).ownerName).toBe('张三')
  })

  it('keeps the customer’s file out of the bin, is told on its timeline and found by its number', async () => {
    const lone = await makeCustomer(sales, '成都合并测试机械有限公司')
    const made = await create({ customerId: lone })
    const manager = await t.as('sales_manager')
    const removal = manager.customers.remove({ id: lone, version: 0 } as never)
    expect((await refusalOf(removal)).code).toBe('CUSTOMER_IN_USE')
    const told = await sales.timeline.list({ customerId: lone as never, kind: 'invoices' })
    expect(told.rows.map(({ event, title, amount }) => [event, title, amount])).toEqual([
      ['invoiceIssued', (await get(made.id)).number, 5_650_000],
    ])
    const hits = await sales.search.query({ text: (await get(made.id)).number.slice(-6) })
    expect(hits.filter((hit) => hit.kind === 'invoice').map((hit) => hit.id)).toContain(made.id)
  })
})

describe('the original file', () => {
  it('fills the form, is attached as it is, and is then no longer missing', async () => {
    const upload = async (bytes: string | Uint8Array, name: string) =>
      (await finance.files.upload({ file: new File([bytes as never], name) })).fileId
    const text = invoiceXml()
    const fileId = await upload(text, 'dzfp_26502000000099999999.xml')
    const read = await finance.invoices.readFile({ fileId } as never)
    expect(read).toMatchObject({
      ours: true,
      known: null,
      customer: { id: customerId },
      amount: 5_650_000,
      day: '2026-05-12',
    })
    const { kind, number, buyer, lines, amount } = read
    const made = await create({ kind, number, buyer, lines: lines as never, amount: asFen(amount), customerId })
    expect((await finance.invoices.readFile({ fileId } as never)).known).toEqual({ id: made.id })
    const missing = async () =>
      (await finance.invoices.list({ ...page, text: number, filters: { original: 'missing' } })).rows
    expect(await missing()).toHaveLength(1)
    await finance.attachments.add({ to: 'invoice', id: made.id, fileId } as never)
    expect(await missing()).toEqual([])
    const [file] = (await sales.attachments.list({ to: 'invoice', id: made.id })).rows
    expect(file).toMatchObject({
      kind: 'xml',
      name: 'dzfp_26502000000099999999.xml',
      size: new TextEncoder().encode(text).length,
    })
    const ofd = buildZip([{ name: 'OFD.xml', bytes: '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"/>' }])
    const second = await finance.attachments.add({
      to: 'invoice',
      id: made.id,
      fileId: await upload(ofd, 'a.ofd'),
    } as never)
    expect(second.name).toBe('a.ofd')
    const strange = invoiceXml({ seller: '91510100MA61T0TT27', number: digitalNumber() })
    expect((await finance.invoices.readFile({ fileId: await upload(strange, 'b.xml') } as never)).ours).toBe(false)
    for (const bad of ['<!DOCTYPE a><EInvoice/>', '<html/>', 'x'])
      expect((await refusalOf(finance.invoices.readFile({ fileId: await upload(bad, 'c.xml') } as never))).code).toBe(
        'INVOICE_FILE',
      )
    expect(
      (await refusalOf(finance.invoices.readFile({ fileId: await upload(pdfFile('x'), 'd.xml') } as never))).code,
    ).toBe('INVOICE_FILE')
  })
})

describe('lists', () => {
  it('filter, sort, page and add up as they say', async () => {
    const line = sampleInvoiceLine(113)
    const all = await Promise.all(
      [1, 2, 3].map((n) => create({ lines: [line], amount: asFen(113), day: asDay(`2026-01-0${n}`), note: '' })),
    )
    const filters = { dayFrom: asDay('2026-01-01'), dayTo: asDay('2026-01-31') }
    const first = await finance.invoices.list({ limit: 2, sort: { key: 'day', dir: 'asc' }, filters } as never)
    const second = await finance.invoices.list({
      limit: 2,
      sort: { key: 'day', dir: 'asc' },
      filters,
      cursor: first.nextCursor,
    } as never)
    expect([...first.rows, ...second.rows].map((row) => row.id)).toEqual(all.map((row) => row.id))
    expect(await finance.invoices.summary({ filters } as never)).toEqual({ count: 3, net: 300, tax: 39, amount: 339 })
    await finance.invoices.remove({ ...all[0]!, reason: '登记有误' })
    expect(await finance.invoices.summary({ filters } as never)).toEqual({ count: 2, net: 200, tax: 26, amount: 226 })
    const removed = { ...filters, stage: 'removed' }
    expect(await finance.invoices.summary({ filters: removed } as never)).toEqual({
      count: 1,
      net: 0,
      tax: 0,
      amount: 0,
    })
    const count = async (over: object) =>
      (await finance.invoices.summary({ filters: { ...filters, ...over } } as never)).count
    expect(await count({ amountFrom: 1.13, amountTo: 1.13 })).toBe(2)
    expect(await count({ amountFrom: 1.14 })).toBe(0)
    expect([
      await count({ gap: 'customer' }),
      await count({ kind: 'legacyNormal' }),
      await count({ customerId }),
    ]).toEqual([2, 0, 0])
    const { jobId } = await finance.invoices.exportRows({
      filters,
      sort: { key: 'day', dir: 'asc' },
      format: 'csv',
    } as never)
    const job = await t.core.deps.jobs.settled(jobId)
    const { bytes } = t.core.deps.files.readTemporary(t.ids.finance, job.files[0]?.fileId ?? '')
    const rows = new TextDecoder().decode(bytes).trim().split('\r\n')
    expect([rows.length, rows[1]?.split(',').slice(5, 8)]).toEqual([3, ['1.00', '0.13', '1.13']])
  })

  it('what was delivered without an invoice: the contract’s price of it less what was invoiced', async () => {
    const own = await freshContract()
    const waiting = async () =>
      (
        await sales.invoices.uninvoiced({
          limit: 50,
          sort: { key: 'toInvoice', dir: 'desc' },
          filters: {},
          text: own.number,
        })
      ).rows
    expect(await waiting()).toEqual([])
    const row = await sales.orders.ofContract({ contractId: own.id as never })
    const order = await sales.orders.get({ id: row!.id as never })
    const deliver = (version: number, parts: [number, number][]) =>
      sales.orders.deliver({
        id: order.id as never,
        version,
        day: asDay('2026-05-10'),
        note: '',
        parts: parts.map(([line, quantity]) => ({ lineId: order.lines[line]!.id as never, quantity })),
      })
    await deliver(0, [[0, 500_000]])
    expect(await waiting()).toMatchObject([
      {
        contractNumber: own.number,
        deliveredDay: '2026-05-10',
        delivered: 2_825_000,
        invoiced: 0,
        toInvoice: 2_825_000,
      },
    ])
    await create({ customerId, contractId: own.id, lines: [sampleInvoiceLine(2_000_000)], amount: asFen(2_000_000) })
    expect(await waiting()).toMatchObject([{ invoiced: 2_000_000, toInvoice: 825_000 }])
    const sum = await sales.invoices.uninvoicedSummary({ filters: {}, text: own.number })
    expect(sum).toEqual({ count: 1, delivered: 2_825_000, invoiced: 2_000_000, toInvoice: 825_000 })
    await deliver(1, [
      [0, 500_000],
      [1, 400_000],
    ])
    expect(await waiting()).toMatchObject([{ delivered: 6_455_008, toInvoice: 4_455_008 }])
    const other = await t.as('sales_other')
    expect((await other.invoices.uninvoicedSummary({ filters: {} })).count).toBe(0)
  })
})

describe('the ageing by invoice day', () => {
  it('counts from the first invoice that bills an instalment; what is not invoiced stands apart; all of it is there', async () => {
    const lone = await makeCustomer(sales, '泸州账龄机械有限公司')
    const own = await signContract(sales, lone, { signDay: '2026-01-05' })
    const open = await finance.invoices.basis({ customerId: lone, contractId: own.id, exceptId: null })
    const [first, second] = open.instalments
    const bill = (day: string, links: [string, number][], amount = 1_000_000) =>
      create({
        day: asDay(day),
        customerId: lone,
        contractId: own.id,
        lines: [sampleInvoiceLine(amount)],
        amount: asFen(amount),
        links: links.map(([instalmentId, of]) => ({ instalmentId, amount: asFen(of) })),
        reason: '分批开票',
      } as never)
    await bill('2026-04-20', [[first!.instalmentId, 900_000]])
    await bill('2026-02-20', [[first!.instalmentId, 1000]])
    await bill('2026-05-18', [[second!.instalmentId, 1_000_000]])
    const row = async (asOf: string) => {
      const asked = { asOf: asDay(asOf), by: 'customer', basis: 'invoice', limit: 200 } as const
      return (await finance.receivables.ageing(asked)).rows.find((one) => one.id === lone)
    }
    const [one, two, three] = open.instalments.map((instalment) => instalment.owed)
    expect((await row('2026-05-18'))?.buckets).toMatchObject({ d61_90: one, not_due: two, no_due_day: three })
    expect((await row('2026-04-25'))?.buckets).toMatchObject({ d61_90: one, d1_30: 0, no_due_day: two! + three! })
    for (const asOf of ['2026-05-18', '2026-04-25', '2026-02-19']) {
      const sums = await row(asOf)
      expect(Object.values(sums!.buckets).reduce((all, fen) => all + fen, 0)).toBe(sums!.outstanding)
    }
    const cell = {
      asOf: asDay('2026-05-18'),
      basis: 'invoice',
      bucket: 'no_due_day',
      of: [{ by: 'customer', id: lone as never }],
      limit: 50,
    } as const
    expect(
      (await finance.receivables.ageingRows({ ...cell, of: [...cell.of] })).rows.map((found) => found.outstanding),
    ).toEqual([three])
  })
})
