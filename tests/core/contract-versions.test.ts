import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import { isUnchanged, redlineContract } from '#shared/modules/contracts/contracts.redline.ts'
import { copyOf, renewalOf } from '#shared/modules/contracts/contracts.copy.ts'
import { keepVersion } from '#core/modules/contracts/contracts.versions.ts'
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

const keep = (id: string, reason: 'submitted' | 'signed') =>
  t.core.deps.store.write({ userId: t.ids.sales, roles: ['sales'], device: 'test', entry: 'test' }, async (uow) => {
    await uow.audit({ action: 'contracts.update', entity: 'contract', entityId: id })
    return keepVersion(uow, id, reason)
  })

describe('versions', () => {
  it('are kept when a contract is submitted and signed, with the fingerprint of what it said', async () => {
    const made = await sales.contracts.create(sampleFields(customerId))
    expect(await sales.contracts.versions({ id: made.id })).toEqual([])
    expect(await keep(made.id, 'submitted')).toBe(1)
    expect(await keep(made.id, 'submitted')).toBe(1)
    const fields = sampleFields(customerId)
    fields.lines[0]!.price = 600_000
    fields.terms.quality = `${fields.terms.quality}另附材质报告。`
    const saved = await sales.contracts.update({ ...fields, id: made.id, version: made.version })
    expect(await keep(made.id, 'submitted')).toBe(2)
    const signers = { ourSigner: '陈立', theirSigner: '王强' }
    await sales.contracts.sign({ id: made.id, version: saved.version, signDay: asDay('2026-05-18'), ...signers })
    const versions = await sales.contracts.versions({ id: made.id })
    expect(versions.map((row) => [row.no, row.reason, row.amount])).toEqual([
      [3, 'signed', 6_805_008],
      [2, 'submitted', 6_805_008],
      [1, 'submitted', 6_455_008],
    ])
    expect(versions.every((row) => row.byName !== '')).toBe(true)
    const stored = await t.core.deps.store.read.selectFrom('contract_versions').select(['content', 'sha256']).execute()
    for (const row of stored) expect(createHash('sha256').update(row.content).digest('hex')).toBe(row.sha256)

    const { before, after } = await sales.contracts.redline({ id: made.id, from: 1, to: 2 })
    const redline = redlineContract(before, after)
    expect(redline.lines.filter((row) => row.kind !== 'same')).toMatchObject([
      { kind: 'changed', parts: [{ path: ['price'], before: 565_000, after: 600_000 }] },
    ])
    expect(redline.fields.map((change) => change.path)).toEqual([['terms', 'quality']])
    const now = await sales.contracts.redline({ id: made.id, from: 3, to: null })
    expect(isUnchanged(redlineContract(now.before, now.after))).toBe(true)

    const paper = await sales.contracts.redlineFile({ id: made.id, from: 1, to: 2 })
    const { url } = await sales.files.ticket({ fileId: paper.fileId })
    const file = await t.core.takeFile(url.replace('/files/', ''))
    const text = (await pdfPages(file!.bytes)).join('')
    expect(text).toContain('另附材质报告。')
  })

  it('are nobody else’s, and those that were not kept are not found', async () => {
    const signed = await signContract(sales, customerId)
    const other = await t.as('reviewer')
    expect((await other.contracts.versions({ id: signed.id })).map((row) => row.no)).toEqual([1])
    expect((await refusalOf(sales.contracts.redline({ id: signed.id, from: 7, to: null }))).code).toBe('NOT_FOUND')
    const foreign = await makeCustomer(owner, '宜宾别家机械有限公司')
    const theirs = await owner.contracts.create(sampleFields(foreign))
    expect((await refusalOf(sales.contracts.versions({ id: theirs.id }))).code).toBe('NOT_FOUND')
    expect((await refusalOf(sales.contracts.redline({ id: theirs.id, from: 1, to: null }))).code).toBe('NOT_FOUND')
  })
})

describe('renewals and copies', () => {
  it('are linked both ways, and only to a signed contract with the same customer', async () => {
    const signed = await signContract(sales, customerId, {
      change: (fields) => {
        fields.terms.startDay = asDay('2026-01-01')
        fields.terms.endDay = asDay('2026-12-31')
      },
    })
    const { before: form } = await sales.contracts.redline({ id: signed.id, from: 1, to: null })
    const next = renewalOf(signed.id, form)
    expect(next.terms).toMatchObject({ startDay: '2027-01-01', endDay: '2027-12-31', deliveryDay: null })
    const made = await sales.contracts.create(next)
    expect(await sales.contracts.get({ id: made.id })).toMatchObject({
      renewsId: signed.id,
      renewsNumber: signed.number,
    })
    const { renewedBy } = await sales.contracts.get({ id: signed.id })
    expect(renewedBy).toEqual([{ id: made.id, number: made.number, state: 'draft' }])

    const other = await makeCustomer(sales, '德阳某某机械有限公司')
    expect((await refusalOf(sales.contracts.create({ ...next, customerId: other as never }))).code).toBe('VALIDATION')
    const draft = { ...next, renewsId: made.id as never }
    expect((await refusalOf(sales.contracts.create(draft))).code).toBe('VALIDATION')
    expect(copyOf(form)).toMatchObject({ renewsId: null, dealId: null })
  })
})

describe('ending a contract', () => {
  const rowsOf = async (contractId: string) =>
    (
      await owner.receivables.list({
        limit: 50,
        sort: { key: 'dueDay', dir: 'asc' },
        filters: { contractId: contractId as never },
      })
    ).rows
  const end = (signed: { id: string; version: number }, over: object = {}) =>
    owner.contracts.end({
      id: signed.id,
      version: signed.version,
      reason: 'agreement',
      day: asDay('2026-05-18'),
      note: '',
      instalments: 'cancel',
      ...over,
    })

  it('gives up what was not paid, keeps what was, and says so everywhere', async () => {
    const signed = await signContract(sales, customerId, { signDay: '2026-05-01' })
    const first = (await rowsOf(signed.id)).find((row) => row.seq === 1)!
    await owner.receivables.receiptCreate({
      customerId: customerId as never,
      day: asDay('2026-05-10'),
      amount: 1_000_000 as never,
      method: 'bank',
      payer: '',
      reference: '',
      note: '',
      allocations: [{ instalmentId: first.id, amount: 1_000_000 as never }],
    })
    const current = await owner.contracts.get({ id: signed.id })
    await end({ id: signed.id, version: current.version }, { note: '项目取消' })
    const view = await owner.contracts.get({ id: signed.id })
    expect(view).toMatchObject({
      stage: 'terminated',
      settled: 1_000_000,
      outstanding: 0,
      ended: { day: '2026-05-18', reason: 'agreement', note: '项目取消', released: 5_455_008 },
    })
    const open = (await rowsOf(signed.id)).filter((row) => row.status !== 'cancelled')
    expect(open.map((row) => [row.amount, row.outstanding])).toEqual([[1_000_000, 0]])
    const listed = await owner.contracts.list({
      limit: 50,
      sort: { key: 'number', dir: 'asc' },
      filters: { stage: 'terminated' },
    })
    expect(listed.rows.map((row) => row.id)).toEqual([signed.id])
    expect((await owner.contracts.summary({ filters: { stage: 'terminated' } })).outstanding).toBe(0)
    const told = await owner.timeline.list({ customerId, limit: 100, cursor: null })
    expect(told.rows.filter((row) => row.event === 'contractEnded')).toMatchObject([{ note: '项目取消' }])
    expect((await refusalOf(end({ id: signed.id, version: view.version }))).code).toBe('CONTRACT_STATE')
    const change = owner.contracts.supplements.create({
      contractId: signed.id,
      reason: '再改',
      fields: sampleFields(customerId),
    })
    expect((await refusalOf(change)).code).toBe('CONTRACT_STATE')
  })

  it('may leave what is open to be paid', async () => {
    const signed = await signContract(sales, customerId, { signDay: '2026-05-01' })
    await end(signed, { reason: 'breach', instalments: 'keep' })
    expect(await owner.contracts.get({ id: signed.id })).toMatchObject({ stage: 'terminated', outstanding: 6_455_008 })
  })

  it.each([
    ['before it was signed', { day: asDay('2026-04-30') }, 'CONTRACT_END_DAY'],
    ['tomorrow', { day: asDay('2026-05-19') }, 'CONTRACT_END_DAY'],
    ['as fulfilled with money given up', { reason: 'fulfilled' }, 'CONTRACT_END_FULFILLED'],
  ])('is refused %s', async (_how, over, code) => {
    const signed = await signContract(sales, customerId, { signDay: '2026-05-01' })
    expect((await refusalOf(end(signed, over))).code).toBe(code)
  })

  it('is refused for a draft and while a supplement is open', async () => {
    const made = await sales.contracts.create(sampleFields(customerId))
    expect((await refusalOf(end(made))).code).toBe('CONTRACT_STATE')
    const signed = await signContract(sales, customerId, { signDay: '2026-05-01' })
    const draft = { contractId: signed.id, reason: '改价', fields: sampleFields(customerId) }
    await sales.contracts.supplements.create(draft)
    expect((await refusalOf(end(signed))).code).toBe('CONTRACT_END_SUPPLEMENT')
    expect((await refusalOf(sales.contracts.end({ ...signed, reason: 'other' } as never))).code).toBe('FORBIDDEN')
  })
})
