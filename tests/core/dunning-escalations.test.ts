import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, asDay } from '#shared/kernel/dates.ts'
import type { EscalationFields } from '#shared/modules/dunning/dunning.escalations.schema.ts'
import type { CoreClient } from '#core/start-core.ts'
import { debtsOf, payDebt, signDebts } from '#tests/helpers/sample-debts.ts'
import { makeCustomer } from '#tests/helpers/sample-trade.ts'
import { createTestCore, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

const TODAY = asDay('2026-05-18')

let t: TestCore
let sales: CoreClient
let finance: CoreClient
let manager: CoreClient
let made = 0

beforeAll(async () => {
  t = await createTestCore()
  sales = await t.as('sales')
  finance = await t.as('finance')
  manager = await t.as('sales_manager')
})
afterAll(() => t.close())

/** A customer with one debt of ¥64,550.08 long overdue, and how he is reported. */
async function inDifficulty() {
  made += 1
  const customerId = await makeCustomer(sales, `昆明困难第${made}有限公司`)
  const { id: contractId, debts } = await signDebts(sales, customerId, ['2026-02-01'])
  const report = (over: Partial<EscalationFields> = {}, api = sales) =>
    api.dunning.escalations.report({
      customerId,
      instalmentIds: debts.map((debt) => debt.id),
      reason: 'cashShort',
      findings: '两条产线停产，\n工资拖欠一个月。',
      said: '下月有一笔工程款。',
      proposal: 'goOn',
      dueDay: null,
      keepsAccrued: true,
      parts: null,
      firstDay: null,
      everyMonths: null,
      ...over,
    } as never)
  return { customerId, contractId, debt: debts[0]!, report }
}
const decide = async (approvalId: string, kind: 'approve' | 'reject' | 'return', by = manager) => {
  const { version } = await by.approvals.get({ id: approvalId as never })
  const action = kind === 'return' ? { kind, to: null, comment: '补充财务资料' } : { kind, comment: '同意' }
  return by.approvals.act({ id: approvalId, version, action } as never)
}
const get = (id: string, api = sales) => api.dunning.escalations.get({ id: id as never })
const theCase = (customerId: string) => sales.dunning.case({ customerId: customerId as never })

describe('a difficulty', () => {
  it('goes to the superior, and nothing is sent until he has decided', async () => {
    const { customerId, report, debt } = await inDifficulty()
    const asked = await report()
    expect(await theCase(customerId)).toMatchObject({
      course: 'awaited',
      report: { id: asked.id, state: 'asked', proposal: 'goOn' },
      next: { action: 'wait', reasons: [{ key: 'dunning:next.reported' }] },
    })
    const { rows } = await sales.dunning.preview({ customerIds: [customerId] } as never)
    expect(rows.map((row) => row.skip)).toEqual(['wait'])
    expect((await refusalOf(report())).code).toBe('DUNNING_REPORTED')
    const view = await get(asked.id)
    expect(view).toMatchObject({
      amount: debt.outstanding,
      debts: 1,
      askedByName: '张三',
      approval: { outcome: 'pending' },
    })
    const paper = await manager.approvals.get({ id: asked.approvalId as never })
    const said = paper.content.map((line) => line.value)
    expect(said).toEqual(
      expect.arrayContaining(['两条产线停产，\n工资拖欠一个月。', 'dunning:escalations.proposals.goOn']),
    )
    expect((await refusalOf(decide(asked.approvalId, 'approve', sales))).code).toBe('APPROVAL_OWN')
    await decide(asked.approvalId, 'approve')
    expect(await get(asked.id)).toMatchObject({ state: 'done', doneDay: TODAY, result: 'none' })
    expect((await theCase(customerId)).next.action).toBe('send')
  })

  it('that comes back is completed and handed in again; one that is refused goes on by the ladder', async () => {
    const { customerId, report } = await inDifficulty()
    const asked = await report()
    await decide(asked.approvalId, 'return')
    const back = await get(asked.id)
    expect(back).toMatchObject({ state: 'returned', approval: { outcome: 'returned', comment: '补充财务资料' } })
    expect((await theCase(customerId)).next).toMatchObject({ action: 'escalate' })
    const { lines, reason, findings, said } = back
    const fields = {
      customerId,
      instalmentIds: lines.map((line) => line.instalmentId),
      reason,
      findings: `${findings}附近三月报表。`,
      said,
      proposal: 'hold',
      dueDay: null,
      keepsAccrued: true,
      parts: null,
      firstDay: null,
      everyMonths: null,
    }
    const again = { id: asked.id, version: back.version, fields } as never
    const handed = await sales.dunning.escalations.again(again)
    expect((await refusalOf(sales.dunning.escalations.again(again))).code).toBe('STALE')
    await decide(handed.approvalId, 'reject')
    expect(await get(asked.id)).toMatchObject({ state: 'refused', proposal: 'hold', doneDay: null })
    expect((await theCase(customerId)).next.action).toBe('send')
    const credit = await finance.credit.get({ customerId: customerId as never })
    expect(credit?.state ?? 'free').not.toBe('held')
  })

  it('is about debts of the customer that are open, by whoever answers for them', async () => {
    const { report, debt } = await inDifficulty()
    const other = await inDifficulty()
    const strange = { instalmentIds: [other.debt.id] as never }
    expect((await refusalOf(report(strange))).code).toBe('DUNNING_NOT_OWED')
    const away = await t.as('sales_other')
    expect((await refusalOf(report({}, away))).code).toBe('NOT_FOUND')
    const past = { proposal: 'extension', dueDay: TODAY } as const
    expect((await refusalOf(report(past as never))).code).toBe('DUNNING_REPORT_DAY')
    const plan = { proposal: 'plan', parts: 3, firstDay: TODAY, everyMonths: 1 } as const
    expect((await refusalOf(report(plan as never))).code).toBe('DUNNING_REPORT_DAY')
    const asked = await report()
    expect((await refusalOf(get(asked.id, away))).code).toBe('NOT_FOUND')
    await payDebt(finance, debt, debt.outstanding, '2026-05-18')
    await decide(asked.approvalId, 'reject')
    expect((await refusalOf(report())).code).toBe('DUNNING_NOT_OWED')
  })
})

describe('what was approved is carried out', () => {
  it('as an extension: the debt is due later, as a request that is approved', async () => {
    const { customerId, contractId, report } = await inDifficulty()
    const dueDay = addDays(TODAY, 60)
    const asked = await report({ proposal: 'extension', dueDay })
    await decide(asked.approvalId, 'approve')
    const view = await get(asked.id)
    expect(view).toMatchObject({ state: 'done', result: 'claimRequest' })
    expect((await debtsOf(finance, contractId))[0]).toMatchObject({ dueDay })
    const request = await finance.claims.requests.get({ id: view.resultId as never })
    expect(request).toMatchObject({ kind: 'extension', state: 'done', reason: '两条产线停产， 工资拖欠一个月。' })
    expect((await theCase(customerId)).totals.overdue).toBe(0)
  })

  it('as a plan: an agreement is drafted in equal parts over what is owed that day', async () => {
    const { report, debt } = await inDifficulty()
    const plan = { proposal: 'plan', parts: 3, firstDay: addDays(TODAY, 14), everyMonths: 1 } as const
    const asked = await report(plan)
    await decide(asked.approvalId, 'approve')
    const { result, resultId } = await get(asked.id)
    expect(result).toBe('repaymentPlan')
    const draft = await sales.claims.plans.get({ id: resultId as never })
    expect(draft).toMatchObject({ stage: 'draft', principal: debt.outstanding })
    expect(draft.interest).toBeGreaterThan(0)
    expect(draft.lines.map((line) => line.dueDay)).toEqual(['2026-06-01', '2026-07-01', '2026-08-01'])
    expect(draft.lines.reduce((sum, line) => sum + line.amount, 0)).toBe(draft.principal + draft.interest)
  })

  it('as a hold: nothing leaves to the customer any more', async () => {
    const { customerId, report } = await inDifficulty()
    const asked = await report({ proposal: 'hold' })
    await decide(asked.approvalId, 'approve')
    expect(await get(asked.id)).toMatchObject({ result: 'credit', resultId: customerId })
    expect(await finance.credit.get({ customerId: customerId as never })).toMatchObject({ state: 'held' })
  })

  it('as the way to court: the owner has the file to make, until that is ended', async () => {
    const { customerId, report } = await inDifficulty()
    const asked = await report({ proposal: 'court' })
    await decide(asked.approvalId, 'approve')
    expect(await theCase(customerId)).toMatchObject({ course: 'court', next: { action: 'courtFile' } })
    const { resultId } = await get(asked.id)
    const task = await t.core.deps.store.read
      .selectFrom('tasks')
      .selectAll()
      .where('id', '=', resultId)
      .executeTakeFirstOrThrow()
    expect(task).toMatchObject({ owner_id: t.ids.sales, customer_id: customerId, state: 'open' })
    await sales.dunning.escalations.endCourt({ customerId, reason: '双方和解' } as never)
    expect((await theCase(customerId)).course).toBe('none')
    expect(await get(asked.id)).toMatchObject({ endedDay: TODAY, endedReason: '双方和解' })
    const once = sales.dunning.escalations.endCourt({ customerId, reason: '再来' } as never)
    expect((await refusalOf(once)).code).toBe('DUNNING_REPORT_STATE')
  })

  it('and nothing where the money came in meanwhile', async () => {
    const { report, debt } = await inDifficulty()
    const asked = await report({ proposal: 'extension', dueDay: addDays(TODAY, 60) })
    await payDebt(finance, debt, debt.outstanding, '2026-05-18')
    await decide(asked.approvalId, 'approve')
    expect(await get(asked.id)).toMatchObject({ state: 'done', result: 'none', resultId: '' })
  })
})

describe('accounts that differ', () => {
  it('are settled by a statement that was confirmed: the ladder goes on', async () => {
    const { customerId } = await inDifficulty()
    await sales.dunning.logContact({
      customerId,
      way: 'phone',
      day: addDays(TODAY, -40),
      result: 'disputed',
      person: '刘会计',
      reason: 'statement',
      note: '少一笔付款',
      nextDay: null,
      nextStep: '',
      promise: null,
      asStep: false,
    } as never)
    expect((await theCase(customerId)).next.action).toBe('sendStatement')
    const period = { fromDay: '2026-01-01', asOf: TODAY }
    const { jobId } = await sales.claims.statements.run({ customerIds: [customerId], period } as never)
    await t.core.deps.jobs.settled(jobId)
    const page = {
      limit: 50,
      sort: { key: 'asOf', dir: 'desc' },
      filters: { customerId: customerId as never },
    } as const
    const [made] = (await sales.claims.statements.list(page)).rows
    const answer = {
      answer: 'confirmed',
      day: TODAY,
      signer: '王强',
      signerRole: 'inCharge',
      theirAmount: null,
      note: '',
    }
    const said = { id: made!.id, version: made!.version, scanned: true, ...answer } as never
    await sales.claims.statements.answer(said)
    expect((await theCase(customerId)).next.action).toBe('send')
  })
})

describe('the list', () => {
  it('filters, sorts, sums and exports within the scope', async () => {
    const page = (filters: object, key = 'askedAt', api = sales) =>
      api.dunning.escalations.list({ limit: 50, sort: { key, dir: 'desc' }, filters } as never)
    const all = await page({})
    const sums = await sales.dunning.escalations.summary({ filters: {} } as never)
    expect(sums.count).toBe(all.rows.length)
    expect(sums.amount).toBe(all.rows.reduce((sum, row) => sum + row.amount, 0))
    expect((await page({ proposal: 'court' })).rows).toHaveLength(1)
    expect((await page({ state: 'refused' }, 'amount')).rows.every((row) => row.state === 'refused')).toBe(true)
    expect((await page({}, 'askedAt', await t.as('sales_other'))).rows).toEqual([])
    const exported = { format: 'csv', filters: {}, sort: { key: 'askedAt', dir: 'desc' } } as never
    const { jobId } = await manager.dunning.escalations.exportRows(exported)
    expect((await t.core.deps.jobs.settled(jobId)).state).toBe('done')
    expect((await refusalOf(sales.dunning.escalations.exportRows(exported))).code).toBe('FORBIDDEN')
  })
  it('is told on the timeline of the customer', async () => {
    const { customerId, report } = await inDifficulty()
    const asked = await report({ proposal: 'hold' })
    await decide(asked.approvalId, 'approve')
    const { rows: items } = await sales.timeline.list({ customerId, limit: 50 } as never)
    const events = items.map((item) => item.event)
    expect(events).toEqual(expect.arrayContaining(['hardshipReported', 'hardshipDecided', 'creditChanged']))
  })
})
