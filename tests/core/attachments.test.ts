import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { hangAttachments, moveAttachments } from '#core/modules/attachments/attachments.api.ts'
import { ATTACHMENT_HOSTS } from '#core/modules/attachments/attachments.hosts.ts'
import { createAttachmentsService } from '#core/modules/attachments/attachments.service.ts'
import { makeScope } from '#core/kernel/scope.ts'
import type { CoreClient } from '#core/start-core.ts'
import { jpegPhoto, CANARY_PLACE, officeFile, pdfFile, pngPicture } from '#tests/helpers/sample-files.ts'
import { makeDeal, sampleMinutes, sampleQuotation } from '#tests/helpers/sample-quotation.ts'
import { makeCustomer, signContract } from '#tests/helpers/sample-trade.ts'
import { createTestCore, refusalOf, TEST_NOW, type TestCore } from '#tests/helpers/test-core.ts'

let t: TestCore
let sales: CoreClient
let other: CoreClient
let customerId: string
let contractId: string
let visitId: string
let quotationId: string
let minutesId: string

beforeAll(async () => {
  t = await createTestCore()
  sales = await t.as('sales')
  other = await t.as('sales_other')
  customerId = await makeCustomer(sales)
  contractId = (await signContract(sales, customerId)).id
  const visit = { customerId, day: '2026-05-12' as never, purpose: 'callBack', result: '试装正常' } as const
  visitId = (await sales.visits.create(visit)).id
  const dealId = await makeDeal(sales, customerId)
  quotationId = (await sales.quotations.create({ ...sampleQuotation(), dealId } as never)).id
  minutesId = (await sales.minutes.create({ ...sampleMinutes(), dealId } as never)).id
})
afterAll(() => t.close())

const upload = async (api: CoreClient, bytes: Uint8Array, name: string) =>
  (await api.files.upload({ file: new File([bytes as Uint8Array<ArrayBuffer>], name) })).fileId
const add = async (
  api: CoreClient,
  bytes: Uint8Array,
  name: string,
  parent: object = { to: 'customer', id: customerId },
) => api.attachments.add({ ...parent, fileId: await upload(api, bytes, name) } as never)
const fetchBytes = async (api: CoreClient, id: string) => {
  const { url } = await api.attachments.ticket({ id })
  return t.core.takeFile(url.slice('/files/'.length))
}

describe('a file on a record', () => {
  it.each([
    ['customer', () => customerId],
    ['contract', () => contractId],
    ['visit', () => visitId],
    ['quotation', () => quotationId],
    ['minutes', () => minutesId],
  ] as const)('of a %s is added, listed, read, renamed and removed with a reason', async (to, idOf) => {
    const parent = { to, id: idOf() }
    const bytes = pdfFile(to)
    const made = await add(sales, bytes, '..\\扫描件.PDF', parent)
    expect(made.name).toBe('_扫描件.PDF')
    const [row] = (await sales.attachments.list(parent)).rows
    expect(row).toMatchObject({ id: made.id, kind: 'pdf', size: bytes.length, createdByName: '张三', removed: null })
    const file = await fetchBytes(sales, made.id)
    expect(file).toMatchObject({ name: '_扫描件.PDF', mime: 'application/pdf' })
    expect(file?.bytes).toEqual(bytes)

    const renamed = await sales.attachments.rename({ id: made.id, version: made.version, name: '营业执照.exe' })
    expect(renamed.name).toBe('营业执照.exe.pdf')
    expect((await fetchBytes(sales, made.id))?.name).toBe('营业执照.exe.pdf')
    const stale = sales.attachments.rename({ id: made.id, version: made.version, name: 'x' })
    expect((await refusalOf(stale)).code).toBe('STALE')
    const long = sales.attachments.rename({ ...renamed, name: '长'.repeat(10_000) } as never)
    expect((await refusalOf(long)).code).toBe('VALIDATION')
    const silent = sales.attachments.remove({ id: made.id, version: renamed.version, reason: ' ' })
    expect((await refusalOf(silent)).code).toBe('VALIDATION')

    const gone = await sales.attachments.remove({ id: made.id, version: renamed.version, reason: '传错了' })
    expect((await refusalOf(sales.attachments.ticket({ id: made.id }))).code).toBe('ATTACHMENT_GONE')
    expect((await refusalOf(sales.attachments.remove({ ...gone, reason: '再删' }))).code).toBe('ATTACHMENT_GONE')
    expect((await refusalOf(sales.attachments.rename({ ...gone, name: 'x' }))).code).toBe('ATTACHMENT_GONE')
    expect((await sales.attachments.list(parent)).rows).toMatchObject([
      { removed: { at: TEST_NOW, byName: '张三', reason: '传错了' } },
    ])
    // The same bytes may come back.
    const again = await add(sales, bytes, 'again.pdf', parent)
    const refusal = await refusalOf(add(sales, bytes, 'twice.pdf', parent))
    expect(refusal).toMatchObject({ code: 'ATTACHMENT_SAME', data: { name: 'again.pdf' } })
    await sales.attachments.remove({ id: again.id, version: again.version, reason: '测试' })
  })

  it('of a photo is kept without the place where it was taken', async () => {
    const made = await add(sales, jpegPhoto(6), '门头照片.jpg')
    const file = await fetchBytes(sales, made.id)
    expect(Buffer.from(file?.bytes ?? []).toString('latin1')).not.toContain(CANARY_PLACE)
    const stored = await t.core.deps.store.read.selectFrom('files').select('bytes').execute()
    for (const { bytes } of stored) expect(Buffer.from(bytes).toString('latin1')).not.toContain(CANARY_PLACE)
  })

  it.each([
    ['docx', officeFile('docx'), 'a.docx'],
    ['xlsx', officeFile('xlsx'), 'b.xlsx'],
    ['pptx', officeFile('pptx'), 'c.zip'],
    ['csv', new TextEncoder().encode('品名,单价\n轴承,12\n'), 'd.csv'],
    ['txt', new TextEncoder().encode('备注'), 'e.html'],
    ['png', pngPicture(), 'f.pdf'],
  ] as const)('may be a %s', async (kind, bytes, name) => {
    const made = await add(sales, bytes, name)
    const row = (await sales.attachments.list({ to: 'customer', id: customerId })).rows.find(({ id }) => id === made.id)
    expect(row?.kind).toBe(kind)
    expect(row?.name.endsWith(kind === 'txt' ? '.html.txt' : `.${kind}`)).toBe(true)
  })
})

describe('bad files', () => {
  const exe = Uint8Array.from([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0xff, 0xff])
  const bomb = () => officeFile('docx', [{ name: 'word/media/a.bin', bytes: new Uint8Array(40 * 1024 * 1024) }])
  const lying = () =>
    officeFile('docx', [{ name: 'word/media/a.bin', bytes: new Uint8Array(40 * 1024 * 1024), lie: { size: 1000 } }])
  const external = (type: string) =>
    officeFile('docx', [
      {
        name: 'word/_rels/settings.xml.rels',
        bytes: `<Relationships><Relationship Id="a" TargetMode="External" Type="http://x/${type}" Target="https://x"/></Relationships>`,
      },
    ])
  it.each([
    ['a program renamed to .pdf', () => exe, 'rechnung.pdf', 'ATTACHMENT_TYPE'],
    [
      'a zip',
      () => officeFile('docx', [{ name: 'word/document.xml', bytes: '' }]).slice(0, 40),
      'a.zip',
      'ATTACHMENT_DAMAGED',
    ],
    ['an empty file', () => new Uint8Array(), 'a.txt', 'ATTACHMENT_TYPE'],
    ['a bomb as .docx', bomb, 'a.docx', 'ATTACHMENT_DAMAGED'],
    ['a bomb whose directory lies', lying, 'a.docx', 'ATTACHMENT_DAMAGED'],
    ['macros', () => officeFile('docx', [{ name: 'word/vbaProject.bin', bytes: 'x' }]), 'a.docx', 'ATTACHMENT_MACROS'],
    [
      'macros under another name',
      () =>
        officeFile('xlsx', [
          {
            name: '[Content_Types].xml',
            bytes: '<Types><Override PartName="/xl/x.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>',
          },
        ]),
      'a.xlsx',
      'ATTACHMENT_MACROS',
    ],
    ['a template from outside', () => external('attachedTemplate'), 'a.docx', 'ATTACHMENT_MACROS'],
    ['a name that leads out', () => officeFile('docx', [{ name: '../x', bytes: 'x' }]), 'a.docx', 'ATTACHMENT_DAMAGED'],
    ['a torn photo', () => jpegPhoto().subarray(0, 100), 'a.jpg', 'ATTACHMENT_DAMAGED'],
    ['an old Office file', () => Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), 'a.doc', 'ATTACHMENT_TYPE'],
  ] as const)('%s is refused and nothing is kept', async (_what, make, name, code) => {
    const before = (await sales.attachments.list({ to: 'customer', id: customerId })).rows.length
    expect((await refusalOf(add(sales, make(), name))).code).toBe(code)
    expect((await sales.attachments.list({ to: 'customer', id: customerId })).rows).toHaveLength(before)
  })

  it('a link to a page is no harm', async () => {
    expect((await add(sales, external('hyperlink'), 'link.docx')).name).toBe('link.docx')
  })

  it('21 MB do not come in, nor a name of 10,000 characters', async () => {
    expect((await refusalOf(upload(sales, new Uint8Array(21 * 1024 * 1024), 'a.pdf'))).code).toBe('VALIDATION')
    expect((await refusalOf(upload(sales, pdfFile(), `${'长'.repeat(10_000)}.pdf`))).code).toBe('FILES_NAME')
    // By whatever way they came.
    const { fileId } = t.core.deps.files.putTemporary(t.ids.sales, {
      name: 'big.pdf',
      mime: 'application/pdf',
      bytes: new Uint8Array(21 * 1024 * 1024),
    })
    const refusal = await refusalOf(sales.attachments.add({ to: 'customer', id: customerId, fileId }))
    expect(refusal.code).toBe('ATTACHMENT_TOO_LARGE')
  })

  it('no record holds more than fifty', async () => {
    const id = await makeCustomer(sales, '重庆多附件有限公司')
    for (let i = 0; i < 50; i += 1) await add(sales, pdfFile(`n${i}`), `${i}.pdf`, { to: 'customer', id })
    const parent = { to: 'customer', id } as const
    expect((await refusalOf(add(sales, pdfFile('more'), 'more.pdf', parent))).code).toBe('ATTACHMENT_TOO_MANY')
    const [first] = (await sales.attachments.list(parent)).rows
    await sales.attachments.remove({ id: first?.id ?? '', version: 0, reason: '腾出位置' })
    await add(sales, pdfFile('more'), 'more.pdf', parent)
  })
})

describe('the record decides who may', () => {
  it('nothing is seen, fetched or changed by whoever does not see the record', async () => {
    const parent = { to: 'customer', id: customerId } as const
    const canary = '金丝雀附件'
    const made = await add(sales, pdfFile('canary'), `${canary}.pdf`)
    for (const [person, code] of [
      ['sales_other', 'NOT_FOUND'],
      ['hr', 'FORBIDDEN'],
      ['administrator', 'FORBIDDEN'],
    ] as const) {
      const api = await t.as(person)
      const fileId = await upload(api, pdfFile(person), 'x.pdf')
      // By its own id it is as if it were not there, so that nobody learns what hangs on a record.
      const absent = { code: 'NOT_FOUND', data: { entity: 'attachment' } }
      for (const [call, wanted] of [
        [() => api.attachments.list(parent), { code }],
        [() => api.attachments.add({ ...parent, fileId }), { code }],
        [() => api.attachments.rename({ id: made.id, version: 0, name: 'x' }), absent],
        [() => api.attachments.remove({ id: made.id, version: 0, reason: 'xx' }), absent],
        [() => api.attachments.ticket({ id: made.id }), absent],
      ] as const) {
        const refusal = await refusalOf(call())
        expect(refusal).toMatchObject(wanted)
        expect(JSON.stringify(refusal)).not.toContain(canary)
      }
    }
    // Finance reads every customer and changes none.
    const finance = await t.as('finance')
    expect((await finance.attachments.list(parent)).mayWrite).toBe(false)
    expect((await fetchBytes(finance, made.id))?.name).toBe(`${canary}.pdf`)
    expect((await refusalOf(finance.attachments.remove({ id: made.id, version: 0, reason: 'xx' }))).code).toBe(
      'FORBIDDEN',
    )
    expect((await (await t.as('sales_manager')).attachments.list(parent)).mayWrite).toBe(true)
  })

  it('what hangs on a deal shows its files to who may read the deal, and to nobody else', async () => {
    for (const [to, id] of [
      ['quotation', quotationId],
      ['minutes', minutesId],
    ] as const) {
      await add(sales, pdfFile(`only ${to}`), `${to}.pdf`, { to, id })
      expect((await refusalOf(other.attachments.list({ to, id }))).code).toBe('NOT_FOUND')
      expect((await (await t.as('sales_manager')).attachments.list({ to, id })).rows.length).toBeGreaterThan(0)
    }
  })

  it('no file of another person is attached, and none to a record that is not there', async () => {
    const theirs = await upload(other, pdfFile('theirs'), 'x.pdf')
    const parent = { to: 'customer', id: customerId } as const
    expect((await refusalOf(sales.attachments.add({ ...parent, fileId: theirs }))).code).toBe('NOT_FOUND')
    expect((await refusalOf(add(sales, pdfFile('x'), 'x.pdf', { to: 'customer', id: newId() }))).code).toBe('NOT_FOUND')
    expect((await refusalOf(sales.attachments.ticket({ id: newId() }))).code).toBe('NOT_FOUND')
  })

  it('a kind of record that nobody registered refuses everything', async () => {
    const service = createAttachmentsService(t.core.deps, {}, async () => makeScope.all())
    const ctx = { actor: { userId: t.ids.sales, roles: [], device: 'x' }, scope: makeScope.all() } as never
    expect((await refusalOf(service.list(ctx, { to: 'deal', id: newId() }))).code).toBe('NOT_FOUND')
  })
})

describe('later', () => {
  it('the bytes of what was removed go after 30 days, the row stays', async () => {
    const { store } = t.core.deps
    const made = await add(sales, pdfFile('thirty days'), 'old.pdf')
    await sales.attachments.remove({ id: made.id, version: 0, reason: '过期' })
    const service = createAttachmentsService(t.core.deps, ATTACHMENT_HOSTS, async () => makeScope.all())
    const held = () =>
      store.read.selectFrom('attachments').select(['file_id', 'name', 'sha256']).where('id', '=', made.id)
    const fileId = (await held().executeTakeFirstOrThrow()).file_id ?? ''
    t.clock.set(TEST_NOW + 30 * 86_400_000 - 1)
    const early = await service.purge()
    expect((await held().executeTakeFirstOrThrow()).file_id).toBe(fileId)
    t.clock.set(TEST_NOW + 30 * 86_400_000)
    expect(early + (await service.purge())).toBeGreaterThan(0)
    expect(await held().executeTakeFirstOrThrow()).toMatchObject({ file_id: null, name: 'old.pdf' })
    expect(await store.read.selectFrom('files').select('id').where('id', '=', fileId).execute()).toEqual([])
    expect(await service.purge()).toBe(0)
    t.clock.set(TEST_NOW)
  })

  it('two customers become one, and are taken apart again', async () => {
    const { store } = t.core.deps
    const [from, into] = [await makeCustomer(sales, '成都甲方有限公司'), await makeCustomer(sales, '成都乙方有限公司')]
    const mine = await add(sales, pdfFile('mine'), 'mine.pdf', { to: 'customer', id: from })
    await add(sales, pdfFile('both'), 'both.pdf', { to: 'customer', id: from })
    await add(sales, pdfFile('both'), 'both.pdf', { to: 'customer', id: into })
    const actor = { userId: t.ids.sales, roles: [], device: 'test' } as const
    const note = { action: 'customers.update', entity: 'customer', entityId: into } as const
    const names = async (id: string) =>
      (await sales.attachments.list({ to: 'customer', id })).rows.map((row) => row.name)
    const moved = await store.write(actor, async (uow) => {
      await uow.audit(note)
      return moveAttachments(uow, 'customer', from, into)
    })
    expect(moved).toEqual([mine.id])
    expect((await names(into)).sort()).toEqual(['both.pdf', 'mine.pdf'])
    await store.write(actor, async (uow) => {
      await uow.audit(note)
      await hangAttachments(uow, moved, from)
    })
    expect((await names(from)).sort()).toEqual(['both.pdf', 'mine.pdf'])
    expect(await names(into)).toEqual(['both.pdf'])
  })
})
