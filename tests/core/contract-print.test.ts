import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import type { ContractFields } from '#shared/modules/contracts/contracts.schema.ts'
import type { CoreClient } from '#core/start-core.ts'
import { asBilingual, asPriceList } from '#tests/helpers/contract-kinds.ts'
import { pdfPages } from '#tests/helpers/pdf-text.ts'
import { sampleWay } from '#tests/helpers/sample-approvals.ts'
import { sampleFields } from '#tests/helpers/sample-contract.ts'
import { makeCustomer, signContract } from '#tests/helpers/sample-trade.ts'
import { createTestCore, type TestCore } from '#tests/helpers/test-core.ts'
import { unzip } from '#tests/helpers/unzip.ts'

let t: TestCore
let sales: CoreClient
let customerId: string

beforeAll(async () => {
  t = await createTestCore()
  sales = await t.as('sales')
  customerId = await makeCustomer(sales)
})
afterAll(() => t.close())

const form = (change: (fields: ContractFields) => void = () => undefined) => {
  const fields = sampleFields(customerId)
  change(fields)
  return fields
}
async function printed(
  id: string | null,
  fields: ContractFields | null = null,
  variant: 'full' | 'warehouse' = 'full',
) {
  const { fileId, name } = await sales.contracts.preview({ id: id as never, fields, variant })
  return { name, text: (await pdfPages(t.core.deps.files.readTemporary(t.ids.sales!, fileId).bytes)).join('\n') }
}
const SIGN = { signDay: asDay('2026-05-18'), ourSigner: '陈立', theirSigner: '王强' }
const isMarked = async (id: string | null, fields: ContractFields | null = null) =>
  (await printed(id, fields)).text.includes('草稿')

describe('without a way of approval', () => {
  it('a draft that may be signed prints clean; what is not stored, or lacks something, is marked', async () => {
    const made = await sales.contracts.create(form())
    expect(await isMarked(made.id)).toBe(false)
    expect(await isMarked(made.id, form())).toBe(false)
    expect(
      await isMarked(
        made.id,
        form((f) => (f.terms.copies = 6)),
      ),
    ).toBe(true)
    expect(await isMarked(null, form())).toBe(true)
    const lacking = await sales.contracts.create(form((f) => (f.terms.quality = '')))
    expect(await isMarked(lacking.id)).toBe(true)
  })
})

describe('the file', () => {
  it('is called by what it is, its number, with whom and of which day', async () => {
    const { number, id } = await signContract(sales, customerId)
    expect((await printed(id)).name).toBe(`合同_${number}_成都兴川机械制造有限公司_20260518.pdf`)
    const { name, text } = await printed(id, null, 'warehouse')
    expect(name).toBe(`发货联_${number}_成都兴川机械制造有限公司_20260518.pdf`)
    expect(text).toContain('发货联（不含价格）')
    expect(text).not.toContain('64,550.08')
  })
})

describe('for Word', () => {
  const documentOf = async (file: { fileId: string; name: string }) => {
    expect(file.name).toMatch(/\.docx$/)
    const parts = await unzip(t.core.deps.files.readTemporary(t.ids.sales!, file.fileId).bytes)
    return parts.get('word/document.xml') ?? ''
  }

  it('a contract, its supplement and the redline of two versions are written', async () => {
    const { id, number } = await signContract(sales, customerId)
    const whole = await documentOf(await sales.contracts.preview({ id: id as never, fields: null, format: 'docx' }))
    for (const word of [number, '深沟球轴承', '64,550.08']) expect(whole).toContain(word)
    const fields = form((f) => (f.lines[0]!.price = 600_000))
    const made = await sales.contracts.supplements.create({ contractId: id, reason: '铜价上涨', fields })
    const supplement = await documentOf(await sales.contracts.supplements.preview({ id: made.id, format: 'docx' }))
    for (const word of [made.number, '56.50', '60.00']) expect(supplement).toContain(word)
    await sales.contracts.supplements.sign({ ...SIGN, id: made.id, version: made.version })
    const redline = await documentOf(
      await sales.contracts.redlineFile({ id: id as never, from: 1, to: 2, format: 'docx' }),
    )
    for (const word of [number, '56.50', '60.00', '68,050.08']) expect(redline).toContain(word)
  })
})

describe('two languages and annexes', () => {
  const change = (f: ContractFields) => {
    asBilingual(f)
    f.terms.annexes = [{ title: '技术规格', text: '内径 25 mm' }]
  }

  it('are kept, printed, signed and compared', async () => {
    const made = await sales.contracts.create(form(change))
    const view = await sales.contracts.get({ id: made.id })
    expect(view.terms).toMatchObject(form(change).terms)
    const { text } = await printed(made.id)
    expect(text).toContain('SalesContract')
    expect(text).toContain('附件一/Annex1技术规格')
    const signed = await sales.contracts.sign({
      id: made.id,
      version: made.version,
      signDay: asDay('2026-05-18'),
      ourSigner: '陈立',
      theirSigner: '王强',
    })
    const next = form(change)
    next.terms.annexes = [{ title: '技术规格', text: '内径 30 mm' }]
    // Its languages are what it is, and stay.
    next.terms.secondLanguage = null
    const supplement = await sales.contracts.supplements.create({ contractId: made.id, reason: '改型', fields: next })
    const { fields, base } = await sales.contracts.supplements.get({ id: supplement.id })
    expect(fields.terms.secondLanguage).toBe('en')
    expect([base.terms.annexes[0]?.text, fields.terms.annexes[0]?.text]).toEqual(['内径 25 mm', '内径 30 mm'])
    expect(signed.version).toBeGreaterThan(made.version)
  })
})

describe('a price list', () => {
  const filters = (stage: 'performing' | 'completed') => ({ stage, customerId: customerId as never })
  const ids = async (stage: 'performing' | 'completed') =>
    (await sales.contracts.list({ limit: 50, sort: { key: 'number', dir: 'asc' }, filters: filters(stage) })).rows.map(
      ({ id }) => id,
    )

  it('is signed without instalments and without an order, and runs until it is ended', async () => {
    const { id, version } = await signContract(sales, customerId, { change: asPriceList })
    const view = await sales.contracts.get({ id })
    expect([view.amount, view.stage]).toEqual([0, 'performing'])
    const owed = await sales.receivables.list({
      limit: 50,
      sort: { key: 'dueDay', dir: 'asc' },
      filters: { contractId: id as never },
    })
    expect(owed.rows).toEqual([])
    expect(await sales.orders.ofContract({ contractId: id as never })).toBeNull()
    expect(await ids('performing')).toContain(id)
    expect(await ids('completed')).not.toContain(id)
    const manager = await t.as('sales_manager')
    await manager.contracts.end({
      id,
      version,
      reason: 'agreement',
      day: asDay('2026-05-18'),
      note: '',
      instalments: 'keep',
    })
    expect(await ids('performing')).not.toContain(id)
  })

  it('that comes to name quantities in a supplement has instalments and an order from then on', async () => {
    const { id } = await signContract(sales, customerId, { change: asPriceList })
    const fields = form((f) => {
      const { lines, plan } = f
      asPriceList(f)
      Object.assign(f, { lines, plan })
    })
    const made = await sales.contracts.supplements.create({ contractId: id, reason: '约定数量', fields })
    await sales.contracts.supplements.sign({
      id: made.id,
      version: made.version,
      signDay: asDay('2026-05-18'),
      ourSigner: '陈立',
      theirSigner: '王强',
    })
    const view = await sales.contracts.get({ id })
    expect(view.outstanding).toBe(6_455_008)
    expect(await sales.orders.ofContract({ contractId: id as never })).not.toBeNull()
  })
})

describe('with a binding way of approval', () => {
  it('the mark goes when it is approved, and comes back with every change', async () => {
    const owner = await t.as('owner')
    const manager = await t.as('sales_manager')
    await owner.approvals.saveDefinition({ id: null, version: 0, body: sampleWay() })
    const made = await sales.contracts.create(form())
    expect(await isMarked(made.id)).toBe(true)
    const asked = await sales.contracts.submit({ id: made.id, version: made.version, reason: '已与客户确认' })
    expect(await isMarked(made.id)).toBe(true)
    const { version } = await manager.approvals.get({ id: asked.approvalId })
    await manager.approvals.act({ id: asked.approvalId, version, action: { kind: 'approve', comment: '' } })
    expect(await isMarked(made.id)).toBe(false)
    expect(
      await isMarked(
        made.id,
        form((f) => (f.terms.copies = 6)),
      ),
    ).toBe(true)
    const now = await sales.contracts.get({ id: made.id })
    await sales.contracts.update({ ...form((f) => (f.terms.copies = 6)), id: made.id, version: now.version })
    expect(await isMarked(made.id)).toBe(true)
  })
})
