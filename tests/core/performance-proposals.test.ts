import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asMonth } from '#shared/kernel/dates.ts'
import type { CoreClient } from '#core/start-core.ts'
import { schemeItem, testSeats } from '#tests/helpers/appraisal.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

const MONTHS = ['2026-05', '2026-06', '2026-07'].map(asMonth)

let t: TestCore
const { as, sitDown, moveTo } = testSeats()

/** Three locked months in which one reached his target and the other a tenth of it. */
beforeAll(async () => {
  t = await createTestCore()
  await sitDown(t, ['hr', 'sales', 'sales_other', 'sales_manager', 'owner'])
  const hr = as('hr')
  const grades = [
    { name: '优秀', from: 9_000, coefficient: 12_000 },
    { name: '合格', from: 0, coefficient: 10_000 },
  ]
  const body = {
    name: '培训',
    roles: ['sales'],
    teamIds: [],
    items: [schemeItem('trainingHours', 10_000, 1_000)],
    grades,
  }
  await hr.performance.schemes.save({ id: null, version: null, fromMonth: MONTHS[0], body } as never)
  await moveTo('2026-08-03')
  for (const month of MONTHS) {
    for (const [person, value] of [
      ['sales', 100],
      ['sales_other', 1_000],
    ] as const) {
      const entry = { month, userId: t.ids[person], indicator: 'trainingHours', value, note: '登记', evidence: '' }
      await hr.performance.saveEntry(entry as never)
    }
    await hr.performance.lock({ month })
  }
})
afterAll(() => t.close())

const fields = (more: object = {}) =>
  ({
    userId: t.ids.sales,
    kind: 'training',
    subject: '产品知识',
    reason: '培训学时不足',
    basis: '平均完成率 10.00%',
    untilDay: '2026-09-30',
    cause: 'weak:trainingHours',
    lastMonth: MONTHS[2],
    ...more,
  }) as never
const all = { limit: 50, sort: { key: 'askedAt', dir: 'desc' }, filters: {} } as const
const list = async (seat: CoreClient, filters: object = {}) =>
  (await seat.performance.proposal.list({ ...all, filters } as never)).rows
const suggestions = async (seat: CoreClient) =>
  (await seat.performance.proposal.suggestions({})).map((one) => [one.userId, one.cause])
async function decide(approvalId: string, kind: 'approve' | 'return', seat = as('owner')) {
  const { version } = await seat.approvals.get({ id: approvalId as never })
  const action = kind === 'return' ? { kind, to: null, comment: '补充' } : { kind, comment: '同意' }
  return seat.approvals.act({ id: approvalId, version, action } as never)
}

describe('what results lead to', () => {
  it('is suggested of the people of the scope, until it is proposed', async () => {
    const his = [
      [t.ids.sales, 'below'],
      [t.ids.sales, 'weak:trainingHours'],
    ]
    const seen = await suggestions(as('hr'))
    expect(seen).toEqual(expect.arrayContaining([...his, [t.ids.sales_other, 'best']]))
    const led = await suggestions(as('sales_manager'))
    expect(led).toEqual(expect.arrayContaining(his))
    expect(led.map(([userId]) => userId)).not.toContain(t.ids.sales_other)
    // Nobody is told to propose something for himself.
    expect(led.map(([userId]) => userId)).not.toContain(t.ids.sales_manager)
    for (const call of [as('sales').performance.proposal.suggestions({}), list(as('sales'))]) {
      expect((await refusalOf(call)).code).toBe('FORBIDDEN')
    }
  })

  it('is proposed by who leads, decided by another, carried out and closed; each step is kept', async () => {
    const leader = as('sales_manager')
    expect((await refusalOf(leader.performance.proposal.ask(fields({ userId: t.ids.sales_manager })))).code).toBe(
      'PROPOSAL_OWN',
    )
    expect((await refusalOf(leader.performance.proposal.ask(fields({ userId: t.ids.sales_other })))).code).toBe(
      'NOT_FOUND',
    )
    expect((await refusalOf(leader.performance.proposal.ask(fields({ untilDay: '2026-08-02' })))).code).toBe(
      'PROPOSAL_UNTIL',
    )
    const { id, approvalId } = await leader.performance.proposal.ask(fields())
    expect(await suggestions(leader)).not.toContainEqual([t.ids.sales, 'weak:trainingHours'])
    expect((await refusalOf(decide(approvalId, 'approve', leader))).code).toBe('APPROVAL_OWN')
    // Whom it is about does not see what is not decided.
    expect((await refusalOf(as('sales').approvals.get({ id: approvalId as never }))).code).toBe('NOT_FOUND')
    expect((await as('sales').performance.history({ userId: t.ids.sales as never })).consequences).toEqual([])
    await decide(approvalId, 'return')
    const [returned] = await list(leader)
    expect(returned).toMatchObject({ id, state: 'returned', version: 1 })
    const close = { id, carried: true, doneDay: '2026-08-20', result: '考试 92 分', evidence: '签到表' }
    expect((await refusalOf(leader.performance.proposal.close({ ...close, version: 1 } as never))).code).toBe(
      'PROPOSAL_STATE',
    )
    const again = { id, version: 1, fields: fields({ subject: '产品知识与报价' }) } as never
    const asked = await leader.performance.proposal.again(again)
    await decide(asked.approvalId, 'approve')
    const view = await leader.performance.proposal.get({ id: id as never })
    expect(view).toMatchObject({ state: 'approved', subject: '产品知识与报价', decidedByName: '林总', late: false })
    // Not before it was approved, and not after today.
    await moveTo('2026-08-21')
    for (const doneDay of ['2026-08-02', '2026-08-22']) {
      const call = leader.performance.proposal.close({ ...close, doneDay, version: view.version } as never)
      expect((await refusalOf(call)).code).toBe('PROPOSAL_DONE_DAY')
    }
    await leader.performance.proposal.close({ ...close, version: view.version } as never)
    expect(await list(leader, { state: 'carried' })).toMatchObject([
      { id, doneDay: '2026-08-20', result: '考试 92 分' },
    ])
    expect(await list(as('hr'), { kind: 'promotion' })).toEqual([])
    // What was decided he reads beside his months.
    const { consequences } = await as('sales').performance.history({ userId: t.ids.sales as never })
    expect(consequences).toMatchObject([{ id, state: 'carried', result: '考试 92 分' }])
    const log = await t.core.deps.store.read
      .selectFrom('audit_log')
      .select('action')
      .where('entity', '=', 'performance-proposal')
      .orderBy('seq')
      .execute()
    expect(log.map((row) => row.action.replace('performance.', ''))).toEqual([
      'proposal',
      'proposalDecided',
      'proposal',
      'proposalDecided',
      'proposalClosed',
    ])
  })

  it('is late once its day is over, and is paged, counted and exported as it is filtered', async () => {
    const hr = as('hr')
    const asked = { userId: t.ids.sales_other, kind: 'raise', subject: '', cause: 'best', untilDay: '2026-08-25' }
    const { id, approvalId } = await hr.performance.proposal.ask(fields(asked))
    await decide(approvalId, 'approve')
    await moveTo('2026-08-26')
    expect(await list(hr, { userId: t.ids.sales_other })).toMatchObject([{ id, state: 'approved', late: true }])
    const first = await hr.performance.proposal.list({ ...all, limit: 1 } as never)
    const rest = await hr.performance.proposal.list({ ...all, limit: 1, cursor: first.nextCursor } as never)
    expect([...first.rows, ...rest.rows].map((row) => row.kind)).toEqual(['raise', 'training'])
    expect(rest.nextCursor).toBeNull()
    expect(await hr.performance.proposal.summary({ filters: {} } as never)).toEqual({ count: 2, open: 1 })
    const { jobId } = await hr.performance.proposal.exportRows({
      sort: all.sort,
      format: 'csv',
      filters: { kind: 'raise' },
    } as never)
    const job = await t.core.deps.jobs.settled(jobId)
    const { bytes } = t.core.deps.files.readTemporary(t.ids.hr, job.files[0]?.fileId ?? '')
    const text = new TextDecoder().decode(bytes)
    expect(text).toContain('李四')
    expect(text).not.toContain('张三')
  })
})
