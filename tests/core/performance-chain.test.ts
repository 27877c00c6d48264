import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asMonth } from '#shared/kernel/dates.ts'
import { schemeItem, testSeats } from '#tests/helpers/appraisal.ts'
import { pdfPages } from '#tests/helpers/pdf-text.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

let t: TestCore
const { as, sitDown, moveTo } = testSeats()

beforeAll(async () => {
  t = await createTestCore()
  await sitDown(t, ['hr', 'sales', 'sales_manager', 'owner'])
  const items = [schemeItem('trainingHours', 10_000, 1_000)]
  const body = { name: '培训', roles: ['sales'], teamIds: [], items, grades: [] }
  await as('hr').performance.schemes.save({ id: null, version: null, fromMonth: asMonth('2026-05'), body } as never)
})
afterAll(() => t.close())

const chain = (seat = as('owner')) => seat.performance.chain.get({ userId: t.ids.sales as never })
const gaps = async () => (await chain()).links.map((link) => link.gap)
const notice = (more: object = {}) =>
  as('owner').performance.chain.notice({ userId: t.ids.sales, way: 'notice', unionDay: '2026-08-05', ...more } as never)

/** A month of a tenth of the target, to whose result he agreed, locked on the third of the next one. */
async function failMonth(at: string) {
  const month = asMonth(at)
  await moveTo(`2026-${String(Number(at.slice(5)) + 1).padStart(2, '0')}-03`)
  const entry = { month, userId: t.ids.sales, indicator: 'trainingHours', value: 100, note: '登记', evidence: '' }
  await as('hr').performance.saveEntry(entry as never)
  const total = (await as('sales').performance.sheet({ month })).people[0]?.total ?? 0
  await as('sales').performance.cycle.confirm({ month, total })
  await as('hr').performance.lock({ month })
}

/** A training that the owner approves and that is carried out on this day. */
async function train(doneDay: string) {
  await moveTo(doneDay)
  const asked = await as('sales_manager').performance.proposal.ask({
    userId: t.ids.sales,
    kind: 'training',
    subject: '产品知识',
    reason: '结果低于标准',
    basis: '',
    untilDay: doneDay,
    cause: '',
    lastMonth: null,
  } as never)
  const { version } = await as('owner').approvals.get({ id: asked.approvalId as never })
  await as('owner').approvals.act({
    id: asked.approvalId,
    version,
    action: { kind: 'approve', comment: '同意' },
  } as never)
  const close = { id: asked.id, version: 1, carried: true, doneDay, result: '考试 55 分', evidence: '签到表' }
  await as('sales_manager').performance.proposal.close(close as never)
  return asked.id
}

describe('the chain of evidence of a person', () => {
  it('grows link by link with what is recorded, and opens the record of each; the notice waits for all of them', async () => {
    expect(await gaps()).toEqual(['notAgreed', 'notBelow', 'waits', 'waits'])
    await failMonth('2026-05')
    expect(await gaps()).toEqual([null, null, 'noMeasure', 'waits'])
    expect((await refusalOf(notice())).code).toBe('CHAIN_MISSING')
    const training = await train('2026-06-20')
    expect(await gaps()).toEqual([null, null, null, 'notYet'])
    // June had begun before the training was over.
    await failMonth('2026-06')
    expect(await gaps()).toEqual([null, null, null, 'notYet'])
    await failMonth('2026-07')
    expect(await chain()).toMatchObject({
      complete: true,
      links: [
        { link: 'agreed', month: '2026-05', how: 'confirmed', day: '2026-06-03' },
        { link: 'first', month: '2026-05', total: 1_000, day: '2026-06-03' },
        { link: 'measure', proposalId: training, subject: '产品知识', day: '2026-06-20' },
        { link: 'second', month: '2026-07', total: 1_000, day: '2026-08-03' },
      ],
    })
  })

  it('makes the draft of a notice, for a lawyer to look at, once the union was told of the reason', async () => {
    await moveTo('2026-08-06')
    for (const unionDay of ['2026-08-02', '2026-08-07']) {
      expect((await refusalOf(notice({ unionDay }))).code).toBe('CHAIN_UNION_DAY')
    }
    for (const [way, lastDay] of [
      ['notice', '2026-09-05'],
      ['pay', '2026-08-06'],
    ] as const) {
      const { jobId } = await notice({ way })
      const job = await t.core.deps.jobs.settled(jobId)
      const { bytes } = t.core.deps.files.readTemporary(t.ids.owner, job.files[0]?.fileId ?? '')
      const text = (await pdfPages(bytes)).join('').replace(/\s+/g, '')
      for (const part of [
        '张三',
        '须法务审阅',
        '第四十条第二项',
        lastDay,
        '2026-08-05',
        '2026-05',
        '产品知识',
        '2026-07',
        '第四十二条',
      ]) {
        expect(text).toContain(part)
      }
      expect(text.includes('提前三十日以书面形式')).toBe(way === 'notice')
    }
  })

  it('is for those who answer for the firm, and nobody’s own', async () => {
    for (const person of ['sales', 'sales_manager'] as const) {
      expect((await refusalOf(chain(as(person)))).code).toBe('FORBIDDEN')
    }
    const own = as('owner').performance.chain.get({ userId: t.ids.owner as never })
    expect((await refusalOf(own)).code).toBe('PROPOSAL_OWN')
  })
})
