import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import type { CoreClient } from '#core/start-core.ts'
import { signDebts } from '#tests/helpers/sample-debts.ts'
import { pdfFile } from '#tests/helpers/sample-files.ts'
import { makeCustomer } from '#tests/helpers/sample-trade.ts'
import { pdfPages } from '#tests/helpers/pdf-text.ts'
import {
  createTestCore,
  PASSWORD,
  refusalOf,
  TEST_NOW,
  type TestCore,
  type TestPerson,
} from '#tests/helpers/test-core.ts'
import { unzipFiles } from '#tests/helpers/unzip.ts'

const DAY_MS = 86_400_000
const textOf = async (bytes: Uint8Array) => (await pdfPages(new Uint8Array(bytes))).join('')

let t: TestCore
let sales: CoreClient
let customerId: string
let debtIds: string[]
let letterId: string
let strangeDebt: string
let paidCustomer: string

async function again(person: TestPerson): Promise<CoreClient> {
  const seat = t.core.localClient({ device: person })
  await seat.session.logIn({ login: person, password: PASSWORD })
  return seat
}

beforeAll(async () => {
  t = await createTestCore()
  sales = await t.as('sales')
  customerId = await makeCustomer(sales, '成都欠款机械有限公司')
  const signed = await signDebts(sales, customerId, ['2026-06-01', '2026-07-01'], { signDay: '2026-05-18' })
  debtIds = signed.debts.map((debt) => debt.id)
  strangeDebt = (await signDebts(sales, await makeCustomer(sales, '绵阳别家有限公司'), ['2026-06-01'])).debts[0]!.id
  paidCustomer = await makeCustomer(sales, '绵阳清账有限公司')
  t.clock.set(TEST_NOW + 91 * DAY_MS)
  // Sessions have ended by then.
  sales = await again('sales')
  const { jobId } = await sales.dunning.run({ customerIds: [customerId] } as never)
  const job = await t.core.deps.jobs.settled(jobId)
  letterId = (job.result as { letters: { id: string }[] }).letters[0]!.id
  const { fileId } = await sales.files.upload({ file: new File([pdfFile('ems') as never], '回执.pdf') })
  await sales.attachments.add({ to: 'letter', id: letterId, fileId } as never)
  await sales.dunning.logContact({
    customerId,
    way: 'phone',
    day: asDay('2026-08-17'),
    result: 'noPromise',
    person: '刘会计',
    reason: 'refusal',
    note: '说没有钱',
    nextDay: null,
    nextStep: '',
    promise: null,
    asStep: false,
  } as never)
}, 60_000)
afterAll(() => t.close())

const preview = (over: object = {}, api = sales) => api.dunning.court.preview({ customerId, ...over } as never)
async function make(over: object = {}) {
  const { jobId } = await sales.dunning.court.make({ customerId, ...over } as never)
  const job = await t.core.deps.jobs.settled(jobId)
  expect(job.error ?? null).toBeNull()
  const [file] = job.files
  const bytes = t.core.deps.files.readTemporary(t.ids.sales, file!.fileId).bytes
  return { job, file: file!, entries: await unzipFiles(bytes) }
}

describe('a file for court', () => {
  it('says beforehand what it holds, what is missing, and where to sue', async () => {
    const found = await preview()
    expect(found.debts.map((debt) => debt.chosen)).toEqual([true, true])
    expect(found.totals.interest).toBeGreaterThan(0)
    expect(found.pieces.map((piece) => [piece.no, piece.section, piece.made])).toEqual([
      [1, 'contract', false],
      [2, 'performance', true],
      [3, 'demands', false],
      [4, 'demands', false],
      [5, 'contacts', true],
      [6, 'interest', true],
      [7, 'limitation', true],
    ])
    const gaps = found.gaps.map((gap) => gap.reason.key.replace('dunning:court.gaps.', ''))
    expect(gaps).toEqual(
      expect.arrayContaining(['noScan', 'noDelivery', 'noInvoice', 'noStatement', 'noDemand', 'notSent']),
    )
    expect(found.forum.kind).toBe('agreed')
    expect((await preview({ instalmentIds: [debtIds[0]] })).debts.map((debt) => debt.chosen)).toEqual([true, false])
    expect(found.files).toEqual([])
  })

  it('is an archive of the evidence with its index and the draft of the complaint', async () => {
    const { file, entries } = await make()
    const names = [...entries.keys()]
    expect(names.slice(0, 2)).toEqual([
      '00 证据目录_成都欠款机械有限公司.pdf',
      '00 民事起诉状_成都欠款机械有限公司.docx',
    ])
    expect(names.filter((name) => name.startsWith('05 催款与送达/'))).toHaveLength(2)
    const index = await textOf(entries.get(names[0]!)!)
    for (const name of names.slice(2)) {
      const sha256 = createHash('sha256').update(entries.get(name)!).digest('hex')
      expect(index).toContain(sha256)
    }
    expect(index).toContain('没有签章扫描件')
    const sheet = await textOf(entries.get(names.find((name) => name.includes('逾期利息计算表'))!)!)
    expect(sheet).toContain('成都欠款机械有限公司')
    const [made] = (await preview()).files
    expect(made).toMatchObject({ pieces: 7, sha256: file.sha256, day: '2026-08-17', closedDay: null })
    const paper = await sales.dunning.court.index({ id: made!.id as never })
    expect(paper.name).toContain('证据目录')
  })

  it('leaves the customer to the court until that is ended', async () => {
    const found = await sales.dunning.case({ customerId } as never)
    expect(found).toMatchObject({ course: 'filed', next: { action: 'wait' } })
    await sales.dunning.escalations.endCourt({ customerId, reason: '和解' } as never)
    expect((await sales.dunning.case({ customerId } as never)).course).toBe('none')
    expect((await preview()).files[0]).toMatchObject({ closedDay: '2026-08-17' })
  })

  it('in another language has everything in it', async () => {
    const { entries } = await make({ language: 'en', instalmentIds: [debtIds[1]] })
    const names = [...entries.keys()]
    expect(names[1]).toContain('Civil complaint')
    expect(await textOf(entries.get(names[0]!)!)).toContain('Indexofevidence')
  })

  it('is made of nobody else’s debts, by whoever may', async () => {
    const away = await again('sales_other')
    expect((await refusalOf(preview({}, away))).code).toBe('NOT_FOUND')
    expect((await refusalOf(preview({ instalmentIds: [strangeDebt] }))).code).toBe('DUNNING_NOT_OWED')
    const reader = await again('reviewer')
    expect((await refusalOf(preview({}, reader))).code).toBe('FORBIDDEN')
    expect((await refusalOf(reader.dunning.court.make({ customerId } as never))).code).toBe('FORBIDDEN')
    const none = sales.dunning.court.make({ customerId: paidCustomer } as never)
    expect((await refusalOf(none)).code).toBe('DUNNING_NOTHING')
  })

  it('that is cancelled leaves nothing in the register', async () => {
    const before = (await preview()).files.length
    const { jobId } = await sales.dunning.court.make({ customerId } as never)
    t.core.deps.jobs.cancel(t.ids.sales, jobId)
    const job = await t.core.deps.jobs.settled(jobId)
    expect([job.state, job.files]).toEqual(['cancelled', []])
    expect((await preview()).files.length).toBe(before)
  })
})
