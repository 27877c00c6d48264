import { createHash } from 'node:crypto'
import { emptyPlanLine } from '#shared/modules/contracts/contracts.draft.rules.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, asDay } from '#shared/kernel/dates.ts'
import type { CoreClient } from '#core/start-core.ts'
import { pdfPages } from '#tests/helpers/pdf-text.ts'
import { pdfFile } from '#tests/helpers/sample-files.ts'
import { makeCustomer, signContract } from '#tests/helpers/sample-trade.ts'
import { createTestCore, refusalOf, TEST_NOW, type TestCore } from '#tests/helpers/test-core.ts'

const TODAY = asDay('2026-05-18')
const DAY_MS = 86_400_000

describe('dunning', () => {
  let t: TestCore
  let finance: CoreClient
  let customerId: string

  beforeAll(async () => {
    t = await createTestCore()
    const sales = await t.as('sales')
    finance = await t.as('finance')
    customerId = await makeCustomer(sales)
    await signContract(sales, customerId, {
      signDay: '2026-03-01',
      change: (fields) => {
        fields.plan = [-30, -10, 10].map((days, i) => ({
          ...emptyPlanLine(),
          label: `第 ${i + 1} 期`,
          trigger: 'fixed',
          fixedDay: addDays(TODAY, days),
          share: i === 2 ? { kind: 'rest' } : { kind: 'percent', rate: 3000 },
        }))
      },
    })
  })
  afterAll(() => t.close())

  const letters = (state?: 'open' | 'resolved' | 'void') =>
    finance.dunning.list({
      limit: 50,
      sort: { key: 'day', dir: 'asc' },
      filters: state ? { state } : {},
    })
  const run = async () => {
    const { jobId } = await finance.dunning.run({ customerIds: [customerId] })
    return t.core.deps.jobs.settled(jobId)
  }

  const textOf = async (id: string) => {
    const ticket = await finance.dunning.letterFile({ id })
    expect(ticket.name).toMatch(/_CK-2026-0001_.*_20260518\.pdf$/)
    const file = await t.core.takeFile(ticket.url.slice('/files/'.length))
    return (await pdfPages(file!.bytes)).join('')
  }

  it('previews one letter a customer, beginning with the first demand however late it is', async () => {
    const { rows, totals } = await finance.dunning.preview({})
    expect(rows).toHaveLength(1)
    // 64,550.08: thirty per cent twice; the older is 30 days overdue, the newer 10. The first demand claims no interest.
    expect(rows[0]).toMatchObject({
      kind: 'demand',
      level: 2,
      maxDays: 30,
      instalments: 2,
      principal: 2 * 1_936_502,
      interest: 0,
      skip: null,
    })
    expect(totals.letters).toBe(1)
  })

  it('prints numbered letters, keeps them, and does not write again too soon', async () => {
    const done = await run()
    expect(done.state).toBe('done')
    expect(done.files.map((file) => file.name)).toEqual([expect.stringMatching(/^催款函合并_1_20260518\.pdf$/)])
    const page = await letters()
    expect(page.rows[0]).toMatchObject({ number: 'CK-2026-0001', level: 2, state: 'open', deadlineDay: '2026-05-28' })
    const text = await textOf(page.rows[0]!.id)
    for (const expected of ['CK-2026-0001', '2026-05-28', '38,730.04', '叁万', '第 1 页 共 1 页']) {
      expect(text).toContain(expected.replace(/\s+/g, ''))
    }
    const { rows } = await finance.dunning.preview({})
    expect(rows[0]).toMatchObject({ skip: 'wait', lastLevel: 2, lastDay: '2026-05-18' })
    expect((await run()).error?.code).toBe('DUNNING_NOTHING')
  })

  it('asks for a reason before the second letter, which then uses the words for it and claims interest', async () => {
    t.clock.set(TEST_NOW + 21 * DAY_MS)
    // The clock has outlived every session.
    finance = t.core.localClient({ device: 'finance' })
    await finance.session.logIn({ login: 'finance', password: 'long enough phrase 42' })
    expect((await finance.dunning.preview({})).rows[0]).toMatchObject({ skip: 'recordReason' })
    await finance.dunning.logContact({
      customerId,
      way: 'phone',
      day: addDays(TODAY, 8),
      result: 'noPromise',
      person: '王会计',
      reason: 'process',
      nextDay: null,
      promise: null,
      asStep: false,
    } as never)
    const [row] = (await finance.dunning.preview({})).rows
    // 51 and 31 days at 0.05 %; the third, 11 days overdue, is named along.
    const part = 1_936_502
    const interest = (days: number, of = part) => Math.round((of * days * 5) / 10_000)
    const rest = 6_455_008 - 2 * part
    expect(row).toMatchObject({ skip: null, level: 3, instalments: 3 })
    expect(row!.interest).toBe(interest(51) + interest(31) + interest(11, rest))
    const preview = await finance.dunning.previewLetter({ customerId })
    const file = await t.core.takeFile(preview.url.slice('/files/'.length))
    const text = (await pdfPages(file!.bytes)).join('')
    for (const words of ['付款流程尚在办理', '合同约定（每日0.05%', '不构成对逾期付款责任', '预览'])
      expect(text).toContain(words)
  })

  it('leaves an excluded customer out, with the reason', async () => {
    await finance.dunning.exclude({ customerId, reason: '正在协商分期', untilDay: '2026-06-30' })
    expect((await finance.dunning.preview({})).rows[0]).toMatchObject({
      skip: 'wait',
      reasons: [{ key: 'dunning:next.excluded', params: { reason: '正在协商分期' } }],
    })
    await finance.dunning.include({ customerId })
    expect((await finance.dunning.preview({})).rows[0]).toMatchObject({ skip: null, level: 3 })
  })

  it('writes in the language of the customer', async () => {
    await finance.dunning.saveCase({ customerId, version: null, trust: 'normal', language: 'en', note: '' } as never)
    const preview = await finance.dunning.previewLetter({ customerId })
    const file = await t.core.takeFile(preview.url.slice('/files/'.length))
    expect((await pdfPages(file!.bytes)).join('')).toContain('DemandforPayment')
  })

  it('resolves a letter when its instalments are paid, and opens it again when the receipt is reversed', async () => {
    const open = await finance.receivables.list({
      limit: 50,
      sort: { key: 'dueDay', dir: 'asc' },
      filters: { customerId: customerId as never },
    })
    const paid = open.rows.slice(0, 2)
    const receipt = await finance.receivables.receiptCreate({
      customerId: customerId as never,
      day: '2026-06-01' as never,
      amount: paid.reduce((sum, row) => sum + row.outstanding, 0) as never,
      method: 'bank',
      reference: 'B-1',
      allocations: paid.map((row) => ({ instalmentId: row.id, amount: row.outstanding })) as never,
    })
    expect((await letters('resolved')).rows).toHaveLength(1)
    await finance.receivables.reverse({
      id: receipt.id,
      version: receipt.version,
      day: '2026-06-02' as never,
      reason: '退票',
    })
    expect((await letters('open')).rows).toHaveLength(1)
  })

  const sending = {
    channel: 'ems',
    number: '1234567890123',
    contents: '催款函（CK-2026-0001）',
    address: '成都市某路 1 号',
    postedDay: '2026-05-19',
    outcome: 'unknown',
    outcomeDay: null,
    signer: 'unknown',
    signerName: '',
    signature: false,
    note: '',
  }

  /** What limitation was told of demands that arrived. */
  const demandsTold = () =>
    t.core.deps.store.read
      .selectFrom('limitation_events')
      .select(['kind', 'day'])
      .where('source_module', '=', 'dunning')
      .where('void_at', 'is', null)
      .execute()

  it('keeps how a letter was sent, refuses a day before it was written, and judges what that proves', async () => {
    const letter = (await letters()).rows[0]!
    const early = { letterId: letter.id, fields: { ...sending, postedDay: '2026-05-01' } }
    expect((await refusalOf(finance.dunning.recordSending(early as never))).code).toBe('DUNNING_SENT_DAY')
    const made = await finance.dunning.recordSending({ letterId: letter.id, fields: sending } as never)
    // Nothing says that it arrived: the address is nobody's.
    expect((await letters()).rows[0]).toMatchObject({
      sentChannel: 'ems',
      sentReference: '1234567890123',
      proof: 'none',
      arrivalDay: null,
    })
    const signed = { ...sending, outcome: 'signed', outcomeDay: '2026-05-22', signer: 'mailRoom', signature: true }
    await finance.dunning.changeSending({ ...made, fields: signed } as never)
    const { sendings } = await finance.dunning.letter({ id: letter.id })
    expect(sendings[0]).toMatchObject({ strength: 'weak', arrivalDay: '2026-05-22', presumed: false })
    expect(sendings[0]?.missing).toEqual(expect.arrayContaining(['agreedAddress', 'scan']))
    expect(sendings[0]?.faults.map(({ key }) => key)).toEqual(['dunning:proof.faults.address'])
    expect((await letters()).rows[0]).toMatchObject({ proof: 'weak', arrivalDay: '2026-05-22' })
    expect(await demandsTold()).toEqual([{ kind: 'ems', day: '2026-05-22' }])
    const { id, version } = sendings[0]!
    await finance.dunning.voidSending({ id, version, reason: '单号登错' })
    expect(await demandsTold()).toEqual([])
    await finance.dunning.recordSending({ letterId: letter.id, fields: signed } as never)
    expect(await demandsTold()).toHaveLength(1)
  })

  it('takes a scan as proof as soon as it hangs on the letter', async () => {
    const letter = (await letters()).rows[0]!
    const { fileId } = await finance.files.upload({ file: new File([pdfFile('receipt') as never], '回执.pdf') })
    await finance.attachments.add({ to: 'letter', id: letter.id, fileId } as never)
    expect((await finance.dunning.letter({ id: letter.id })).sendings[1]?.missing).toEqual(['agreedAddress'])
  })

  it('makes a message that is not sent, with the letter attached', async () => {
    const letter = (await letters()).rows[0]!
    const draft = await finance.dunning.emailDraft({ id: letter.id })
    expect(draft.name).toMatch(/^.*CK-2026-0001.*\.eml$/)
    const file = await t.core.takeFile(draft.url.slice('/files/'.length))
    const text = Buffer.from(file!.bytes).toString('latin1')
    expect(text).toMatch(/^X-Unsent: 1\r\nTo: /)
    expect([...text].every((c) => c.charCodeAt(0) < 128)).toBe(true)
    const [, body = '', pdf = ''] = text.split(/--=_[0-9a-f]+/)
    expect(Buffer.from(body.split('\r\n\r\n')[1]!, 'base64').toString()).toContain('成都兴川机械制造有限公司')
    const bytes = Buffer.from(pdf.split('\r\n\r\n')[1]!, 'base64')
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(letter.sha256)
  })

  it('cancels a run without leaving a number behind', async () => {
    const { jobId } = await finance.dunning.run({ customerIds: [customerId] })
    await finance.jobs.cancel({ id: jobId })
    const ended = await t.core.deps.jobs.settled(jobId)
    const count = (await letters()).rows.length
    expect([ended.state, count]).toEqual(ended.state === 'cancelled' ? ['cancelled', 1] : ['done', 2])
  })
})
