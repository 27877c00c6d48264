import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import type { CoreClient } from '#core/start-core.ts'
import { pdfPages } from '#tests/helpers/pdf-text.ts'
import { pdfFile, pngPicture } from '#tests/helpers/sample-files.ts'
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

const uploaded = async (bytes: Uint8Array, name: string, api = sales) =>
  (await api.files.upload({ file: new File([bytes as Uint8Array<ArrayBuffer>], name) })).fileId
const papersOf = (id: string, api = sales) => api.contracts.papers.get({ id: id as never })
const LIST = { limit: 50, sort: { key: 'day', dir: 'desc' } } as const
const sealing = (id: string, over: object = {}) => ({
  id: id as never,
  seal: 'contract',
  document: 'contract',
  documentName: '购销合同',
  copies: 4,
  pages: 6,
  askedBy: t.ids.sales,
  sealedBy: t.ids.reviewer,
  day: '2026-05-18',
  purpose: '签订合同',
  ...over,
})
const signed = () => signContract(sales, customerId, { signDay: '2026-05-18' })

describe('the register of seals', () => {
  it('numbers its entries and never changes them: one is cancelled with a reason, and once', async () => {
    const reviewer = await t.as('reviewer')
    const { id } = await signed()
    const first = await reviewer.contracts.seals.record(sealing(id) as never)
    const second = await reviewer.contracts.seals.record(sealing(id, { seal: 'company' }) as never)
    expect([first.number, second.number]).toEqual(['YY-2026-0001', 'YY-2026-0002'])
    const cancel = { id: second.id as never, version: second.version, reason: '盖错了章' }
    await reviewer.contracts.seals.cancel(cancel)
    expect((await refusalOf(reviewer.contracts.seals.cancel(cancel))).code).toBe('CONTRACT_SEAL_CANCELLED')
    const { rows } = await sales.contracts.seals.list({ ...LIST, filters: { contractId: id as never } })
    expect(rows.map((row) => [row.number, row.seal, row.cancelled?.reason ?? null])).toEqual([
      ['YY-2026-0002', 'company', '盖错了章'],
      ['YY-2026-0001', 'contract', null],
    ])
    const sum = await sales.contracts.seals.summary({ filters: { contractId: id as never } })
    expect(sum).toEqual({ count: 2, copies: 4 })
    const found = await sales.contracts.seals.list({ ...LIST, text: 'YY-2026-0001', filters: { state: 'valid' } })
    expect(found.rows.map((row) => row.number)).toEqual(['YY-2026-0001'])
  })

  it('takes a draft that needs no approval, but none that needs one, is void, or lies ahead', async () => {
    const owner = await t.as('owner')
    const made = await drafted()
    await owner.contracts.seals.record(sealing(made.id) as never)
    const ahead = owner.contracts.seals.record(sealing(made.id, { day: '2027-01-01' }) as never)
    expect((await refusalOf(ahead)).code).toBe('CONTRACT_SEAL_DAY')
    const nobody = owner.contracts.seals.record(sealing(made.id, { askedBy: made.id }) as never)
    expect((await refusalOf(nobody)).code).toBe('VALIDATION')
    await owner.contracts.void({ id: made.id as never, version: made.version, reason: '不做了' })
    const voided = owner.contracts.seals.record(sealing(made.id) as never)
    expect((await refusalOf(voided)).code).toBe('CONTRACT_STATE')
  })

  it('is written by who keeps the seals, and shows nobody what is not his', async () => {
    const { id } = await signed()
    expect((await refusalOf(sales.contracts.seals.record(sealing(id) as never))).code).toBe('FORBIDDEN')
    const owner = await t.as('owner')
    const entry = await owner.contracts.seals.record(sealing(id) as never)
    const other = await t.as('sales_other')
    expect((await other.contracts.seals.list({ ...LIST, filters: {} })).rows).toEqual([])
    expect(entry.number).toMatch(/^YY-2026-/)
  })
})

describe('a signed scan', () => {
  const scan = (id: string, files: string[], api = sales) =>
    api.contracts.papers.addScan({ id: id as never, files, note: '' })

  it('has its pages counted over PDFs and pictures, and its fingerprints kept', async () => {
    const { id } = await signed()
    const printed = (await papersOf(id)).signing!.file!
    const files = [
      await uploaded(await opened(id, printed.fileId), '扫描.pdf'),
      await uploaded(pngPicture(), '末页.png'),
    ]
    expect(await scan(id, files)).toMatchObject({ no: 1, pages: printed.pages + 1 })
    const [kept] = (await papersOf(id)).scans
    expect(kept!.files.map((file) => [file.name, file.pages, file.kind])).toEqual([
      ['扫描.pdf', printed.pages, 'pdf'],
      ['末页.png', 1, 'png'],
    ])
    expect(kept!.files[0]!.sha256).toBe(printed.sha256)
    for (const { fileId } of kept!.files) {
      expect(await sales.contracts.papers.verify({ id: id as never, fileId: fileId as never })).toMatchObject({
        intact: true,
      })
    }
  })

  it('is replaced by another, and stays', async () => {
    const { id } = await signed()
    await scan(id, [await uploaded(pdfFile('one'), '一.pdf')])
    await scan(id, [await uploaded(pdfFile('two'), '二.pdf')])
    const { scans } = await papersOf(id)
    expect(scans.map((one) => [one.no, one.replacedAt !== null])).toEqual([
      [2, false],
      [1, true],
    ])
    expect(Buffer.from(await opened(id, scans[1]!.files[0]!.fileId)).toString('latin1')).toContain('one')
  })

  it('is a PDF or pictures, whole, and of a signed contract', async () => {
    const { id } = await signed()
    const text = await uploaded(Buffer.from('姓名,电话\n'), '名单.csv')
    expect((await refusalOf(scan(id, [text]))).code).toBe('CONTRACT_SCAN_TYPE')
    const torn = await uploaded(Buffer.from('%PDF-1.4 torn'), '残.pdf')
    expect((await refusalOf(scan(id, [torn]))).code).toBe('CONTRACT_SCAN_PAGES')
    const made = await drafted()
    const draft = await refusalOf(scan(made.id, [await uploaded(pdfFile(), '稿.pdf')]))
    expect(draft.code).toBe('CONTRACT_STATE')
    expect((await papersOf(id)).scans).toEqual([])
  })
})

describe('the archive', () => {
  const place = (id: string, over: object = {}) => ({
    id: id as never,
    version: -1,
    cabinet: 'A-3',
    box: '12',
    placeNumber: '2026-018',
    copies: 2,
    day: '2026-05-18',
    years: 30,
    note: '',
    ...over,
  })
  const archive = (id: string, over: object = {}, api = sales) => api.contracts.papers.archive(place(id, over) as never)
  const listed = async (papers: string) =>
    (
      await sales.contracts.list({
        limit: 200,
        sort: { key: 'number', dir: 'asc' },
        filters: { papers: papers as never },
      })
    ).rows.map((row) => row.id)

  it('says where the paper lies and until when it is kept, with the source of the years', async () => {
    const { id } = await signed()
    await archive(id)
    expect((await papersOf(id)).archive).toMatchObject({ cabinet: 'A-3', present: 2, retainUntil: '2056-12-31' })
    expect((await papersOf(id)).archive!.yearsSource).toContain('会计档案管理办法')
    expect((await refusalOf(archive(id))).code).toBe('STALE')
    await archive(id, { version: 0, cabinet: 'B-1', years: 40 })
    expect((await papersOf(id)).archive).toMatchObject({ cabinet: 'B-1', yearsSource: '', retainUntil: '2066-12-31' })
    const before = await refusalOf(archive(id, { version: 1, day: '2026-05-17' }))
    expect(before.code).toBe('CONTRACT_ARCHIVE_DAY')
  })

  it('lends out no more than is there, and takes it back once', async () => {
    const { id } = await signed()
    const lend = (copies: number, day = '2026-05-18') =>
      sales.contracts.papers.lend({
        id: id as never,
        copies,
        borrower: '法务顾问',
        purpose: '诉讼举证',
        day: asDay(day),
        dueDay: null,
      })
    expect((await refusalOf(lend(1))).code).toBe('CONTRACT_ARCHIVE_NONE')
    await archive(id)
    const loan = await lend(2)
    expect(await listed('lent')).toContain(id)
    expect((await refusalOf(lend(1))).data).toEqual({ count: 0 })
    const fewer = await refusalOf(archive(id, { version: 0, copies: 1 }))
    expect([fewer.code, fewer.data]).toEqual(['CONTRACT_ARCHIVE_LENT', { count: 2 }])
    const back = { id: id as never, loanId: loan.id as never, day: asDay('2026-05-18'), note: '完好' }
    await sales.contracts.papers.takeBack(back)
    expect((await refusalOf(sales.contracts.papers.takeBack(back))).code).toBe('CONTRACT_LOAN_RETURNED')
    expect((await papersOf(id)).archive).toMatchObject({ present: 2, loans: [{ returned: { note: '完好' } }] })
    expect(await listed('lent')).not.toContain(id)
  })

  it('names the signed contracts that have no scan, or lie nowhere', async () => {
    const { id } = await signed()
    const made = await drafted()
    expect(await listed('noScan')).toContain(id)
    expect(await listed('noArchive')).toContain(id)
    expect(await listed('noArchive')).not.toContain(made.id)
    await archive(id)
    await sales.contracts.papers.addScan({ id: id as never, files: [await uploaded(pdfFile(), '扫.pdf')], note: '' })
    expect(await listed('noScan')).not.toContain(id)
    expect(await listed('noArchive')).not.toContain(id)
  })

  it('is closed to drafts and to who may not see the contract', async () => {
    const made = await drafted()
    expect((await refusalOf(archive(made.id))).code).toBe('CONTRACT_STATE')
    const { id } = await signed()
    const other = await t.as('sales_other')
    expect((await refusalOf(archive(id, {}, other))).code).toBe('NOT_FOUND')
    const file = await uploaded(pdfFile(), '扫.pdf', other)
    const add = other.contracts.papers.addScan({ id: id as never, files: [file], note: '' })
    expect((await refusalOf(add)).code).toBe('NOT_FOUND')
  })
})
