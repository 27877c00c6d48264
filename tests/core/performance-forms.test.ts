import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asMonth } from '#shared/kernel/dates.ts'
import { testSeats } from '#tests/helpers/appraisal.ts'
import { pdfPages } from '#tests/helpers/pdf-text.ts'
import { makeCustomer } from '#tests/helpers/sample-trade.ts'
import { createTestCore, refusalOf, type TestCore, type TestPerson } from '#tests/helpers/test-core.ts'
import { unzip } from '#tests/helpers/unzip.ts'

const MAY = asMonth('2026-05')
let t: TestCore
let met: string
let other: string
let theirs: string
const { as, sitDown, moveTo } = testSeats()

beforeAll(async () => {
  t = await createTestCore()
  await sitDown(t, ['sales', 'sales_other', 'sales_manager', 'hr', 'owner'])
  other = await makeCustomer(as('sales'), '成都兴川机械制造有限公司')
  met = await makeCustomer(as('sales'), '重庆渝江机械有限公司')
  theirs = await makeCustomer(as('sales_other'), '贵阳云岭轴承有限公司')
  await as('sales').visits.create({
    customerId: met,
    day: '2026-05-12' as never,
    purpose: 'negotiate',
    result: '谈妥交期',
  } as never)
})
afterAll(() => t.close())

const about = {
  month: MAY,
  get userId() {
    return t.ids.sales as never
  },
}
const make = (rows: object[], person: TestPerson = 'sales_manager', userId: string = t.ids.sales) =>
  as(person).performance.form.make({ month: MAY, userId, language: 'zh-CN', rows } as never)
const row = (customerId: string, email = '') => ({ customerId, contactName: '陈经理', email })
const sort = { key: 'madeAt', dir: 'asc' } as const
const list = async (filters = {}, person: TestPerson = 'sales_manager') =>
  (await as(person).performance.form.list({ limit: 50, sort, filters } as never)).rows
const codeOf = async (call: Promise<unknown>) => (await refusalOf(call)).code
const marks = { teamwork: 4, reliability: 4, skill: 4, service: 4 }
const answer = (id: string, person: TestPerson = 'sales_manager') =>
  as(person).performance.form.answer({ id, marks, comment: '' } as never)
const customers = async () =>
  (await as('hr').performance.review.stand({ month: MAY })).people
    .find((one) => one.userId === t.ids.sales)
    ?.groups.find((one) => one.group === 'customer')

describe('forms for customers', () => {
  it('offer the customers of the person, those met in the month first, to whoever may enter a rating', async () => {
    const found = await as('sales_manager').performance.form.candidates({ ...about, text: undefined })
    expect(found.map((one) => [one.customerId, one.met])).toEqual([
      [met, true],
      [other, false],
    ])
    expect(await as('hr').performance.form.candidates({ ...about, text: '兴川' })).toHaveLength(1)
    expect(await codeOf(as('sales').performance.form.candidates({ ...about, text: undefined }))).toBe('FORBIDDEN')
  })

  it('are numbered, printed in one file, and mailed each with its own; nobody asks about himself or for another’s customer', async () => {
    expect(await codeOf(make([row(theirs)]))).toBe('NOT_FOUND')
    expect(await codeOf(make([row(met)], 'sales'))).toBe('FORBIDDEN')
    expect(await codeOf(make([row(met)], 'sales_manager', t.ids.sales_manager))).toBe('PERFORMANCE_OWN_FIGURE')
    expect(await list()).toEqual([])
    const { jobId, made } = await make([row(met, 'chen@example.cn'), row(other)])
    expect(made).toBe(2)
    const job = await t.core.deps.jobs.settled(jobId)
    expect(job).toMatchObject({ state: 'done', files: [{ mime: 'application/pdf' }, { mime: 'application/zip' }] })
    const [pdf, zip] = await Promise.all(
      job.files.map(async ({ fileId }) => {
        const { url } = await as('sales_manager').files.ticket({ fileId: fileId as never })
        return (await t.core.takeFile(url.slice('/files/'.length)))?.bytes as Uint8Array
      }),
    )
    const pages = await pdfPages(pdf!)
    expect(pages).toHaveLength(2)
    expect(pages[0]).toContain('PJ-2026-0001')
    expect(pages[0]).toContain('重庆渝江机械有限公司陈经理')
    const mails = await unzip(zip!)
    expect([...mails.keys()]).toHaveLength(1)
    const mail = Buffer.from([...mails.values()][0] as never).toString('latin1')
    expect(mail).toContain('To: chen@example.cn')
    expect(mail).toContain('application/pdf')
    expect((await list()).map((one) => [one.number, one.state, one.dueDay])).toEqual([
      ['PJ-2026-0001', 'open', '2026-06-10'],
      ['PJ-2026-0002', 'open', '2026-06-10'],
    ])
    const [first] = await as('hr').performance.form.candidates({ ...about, text: undefined })
    expect(first?.number).toBe('PJ-2026-0001')
  })

  it('take one answer each, which is a rating of the customer and nothing more', async () => {
    const [first, second] = await list()
    expect(await codeOf(answer(first!.id, 'sales'))).toBe('FORBIDDEN')
    await answer(first!.id)
    expect(await customers()).toMatchObject({ given: 1, mean: 400 })
    expect(await codeOf(answer(first!.id))).toBe('PERFORMANCE_FORM_CLOSED')
    const withdraw = (id: string) => as('hr').performance.form.withdraw({ id: id as never, reason: '客户停业' })
    expect(await codeOf(withdraw(first!.id))).toBe('PERFORMANCE_FORM_CLOSED')
    await withdraw(second!.id)
    expect(await codeOf(answer(second!.id))).toBe('PERFORMANCE_FORM_CLOSED')
    expect(await codeOf(as('hr').performance.form.print({ ids: [second!.id] as never }))).toBe(
      'PERFORMANCE_FORM_CLOSED',
    )
    expect((await list({ state: 'withdrawn' })).map((one) => one.withdrawnReason)).toEqual(['客户停业'])
    expect(await as('hr').performance.form.summary({ filters: {} } as never)).toEqual({
      count: 2,
      open: 0,
      answered: 1,
      returned: 10_000,
    })
  })

  it('about oneself are not in one’s list: who answered is for others to know', async () => {
    const own = await makeCustomer(as('sales_manager'), '昆明滇池轴承有限公司')
    await make([row(own)], 'hr', t.ids.sales_manager)
    expect((await list({}, 'hr')).map((one) => one.userId)).toContain(t.ids.sales_manager)
    expect((await list()).map((one) => one.userId)).not.toContain(t.ids.sales_manager)
    const [mine] = await list({ userId: t.ids.sales_manager }, 'hr')
    expect(await codeOf(answer(mine!.id))).toBe('PERFORMANCE_OWN_FIGURE')
  })

  it('are neither made nor answered once the month is locked', async () => {
    await make([row(other)])
    const waiting = (await list({ state: 'open' })).at(-1)!
    await moveTo('2026-06-03')
    await as('hr').performance.lock({ month: MAY })
    expect(await codeOf(make([row(met)]))).toBe('PERFORMANCE_LOCKED')
    expect(await codeOf(answer(waiting.id))).toBe('PERFORMANCE_LOCKED')
    expect((await list({ state: 'open' })).every((one) => one.locked)).toBe(true)
  })
})
