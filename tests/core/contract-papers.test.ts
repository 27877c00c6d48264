import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import type { CoreClient } from '#core/start-core.ts'
import { pdfPages } from '#tests/helpers/pdf-text.ts'
import { sampleFields } from '#tests/helpers/sample-contract.ts'
import { makeCustomer, signContract } from '#tests/helpers/sample-trade.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

let t: TestCore
let sales: CoreClient
let customerId: string

beforeAll(async () => {
  t = await createTestCore()
  sales = await t.as('sales')
  customerId = await makeCustomer(sales)
})
afterAll(() => t.close())

const SIGNING = {
  signDay: asDay('2026-05-18'),
  ourSigner: '周建国',
  theirSigner: '赵敏',
  ourPost: '总经理',
  theirPost: '采购部长',
  ourAuthority: { kind: 'legalRepresentative', letter: '', validTo: null },
  theirAuthority: { kind: 'proxy', letter: 'XC-2026-11', validTo: asDay('2026-12-31') },
  signPlace: '重庆市两江新区',
  copies: { ours: 2, theirs: 1, elsewhere: 1, holder: '招标代理公司' },
} as const
const KEEPER = { userId: null, roles: [], device: 'test', entry: 'test' } as never
const drafted = () => sales.contracts.create(sampleFields(customerId))
const opened = async (id: string, fileId: string) => {
  const file = await sales.contracts.papers.open({ id: id as never, fileId: fileId as never })
  return t.core.deps.files.readTemporary(t.ids.sales!, file.fileId).bytes
}

describe('signing keeps', () => {
  it('who signed by what right, where, and who holds the originals', async () => {
    const made = await drafted()
    await sales.contracts.sign({ ...SIGNING, id: made.id as never, version: made.version })
    const { signing } = await sales.contracts.papers.get({ id: made.id as never })
    expect(signing).toMatchObject({
      ours: { name: '周建国', post: '总经理', authority: { kind: 'legalRepresentative' } },
      theirs: { name: '赵敏', post: '采购部长', authority: { letter: 'XC-2026-11', validTo: '2026-12-31' } },
      place: '重庆市两江新区',
      copies: SIGNING.copies,
    })
    const view = await sales.contracts.get({ id: made.id as never })
    expect(view).toMatchObject({ signPlace: '重庆市两江新区', theirSigner: '赵敏' })
    expect(view.terms.theirAuthority.letter).toBe('XC-2026-11')
  })

  it('the PDF of what was signed, with its fingerprint, that later changes leave alone', async () => {
    const made = await drafted()
    const saved = await sales.contracts.sign({ ...SIGNING, id: made.id as never, version: made.version })
    const file = (await sales.contracts.papers.get({ id: made.id as never })).signing!.file!
    const bytes = await opened(made.id, file.fileId)
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256)
    const pages = await pdfPages(bytes)
    expect(pages).toHaveLength(file.pages)
    expect(pages.join('')).toContain(made.number)
    expect(pages.join('')).toContain('重庆市两江新区')
    const check = { id: made.id as never, fileId: file.fileId as never }
    expect(await sales.contracts.papers.verify(check)).toEqual({ sha256: file.sha256, intact: true })
    await sales.contracts.recordEvent({
      id: made.id as never,
      version: saved.version,
      kind: 'delivery',
      day: asDay('2026-05-18'),
      note: '',
    })
    expect((await sales.contracts.papers.get({ id: made.id as never })).signing!.file).toEqual(file)
  })

  it('notices when the bytes are no longer those that were signed', async () => {
    const made = await drafted()
    await sales.contracts.sign({ ...SIGNING, id: made.id as never, version: made.version })
    const file = (await sales.contracts.papers.get({ id: made.id as never })).signing!.file!
    // The store alters no file; a fingerprint that is not that of the bytes is the same to the reader.
    await t.core.deps.store.write(KEEPER, async (uow) => {
      const sha256 = 'f'.repeat(64)
      await uow.db.updateTable('contract_signings').set({ sha256 }).where('contract_id', '=', made.id).execute()
      await uow.audit({ action: 'contracts.update', entity: 'contract', entityId: made.id })
    })
    const found = await sales.contracts.papers.verify({ id: made.id as never, fileId: file.fileId as never })
    expect(found.intact).toBe(false)
  })

  it('no PDF of what was signed long ago, and shares the originals where nothing is said of them', async () => {
    const { id } = await signContract(sales, customerId, { signDay: '2026-02-02' })
    const { signing } = await sales.contracts.papers.get({ id: id as never })
    expect(signing).toMatchObject({ file: null, copies: { ours: 2, theirs: 2, elsewhere: 0 } })
  })

  it('nothing where the originals do not add up', async () => {
    const made = await drafted()
    const copies = { ours: 2, theirs: 1, elsewhere: 0, holder: '' }
    const sign = { ...SIGNING, copies, id: made.id as never, version: made.version }
    const refused = await refusalOf(sales.contracts.sign(sign))
    expect([refused.code, refused.data]).toEqual(['CONTRACT_COPIES', { copies: 4 }])
    expect((await sales.contracts.get({ id: made.id as never })).state).toBe('draft')
    expect((await sales.contracts.papers.get({ id: made.id as never })).signing).toBeNull()
  })

  it('shows no file of another contract, and nothing to who may not see the contract', async () => {
    const [one, two] = [await drafted(), await drafted()]
    await sales.contracts.sign({ ...SIGNING, id: one.id as never, version: one.version })
    const { fileId } = (await sales.contracts.papers.get({ id: one.id as never })).signing!.file!
    const foreign = { id: two.id as never, fileId: fileId as never }
    expect((await refusalOf(sales.contracts.papers.open(foreign))).code).toBe('NOT_FOUND')
    const other = await t.as('sales_other')
    const input = { id: one.id as never, fileId: fileId as never }
    expect((await refusalOf(other.contracts.papers.get({ id: input.id }))).code).toBe('NOT_FOUND')
    expect((await refusalOf(other.contracts.papers.open(input))).code).toBe('NOT_FOUND')
    expect((await refusalOf(other.contracts.papers.verify(input))).code).toBe('NOT_FOUND')
  })
})
