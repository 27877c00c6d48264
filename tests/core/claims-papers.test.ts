import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import { tellBrokenPlans } from '#core/modules/claims/claims.keeper.ts'
import type { CoreClient } from '#core/start-core.ts'
import { pdfPages } from '#tests/helpers/pdf-text.ts'
import { debtsOf, payDebt, signDebts } from '#tests/helpers/sample-debts.ts'
import { makeCustomer } from '#tests/helpers/sample-trade.ts'
import { createTestCore, PASSWORD, refusalOf, type TestCore } from '#tests/helpers/test-core.ts'

let t: TestCore
let sales: CoreClient
let finance: CoreClient
let owner: CoreClient

beforeAll(async () => {
  t = await createTestCore()
  sales = await t.as('sales')
  finance = await t.as('finance')
  owner = await t.as('owner')
})
afterAll(() => t.close())

const PERIOD = { fromDay: asDay('2026-03-01'), asOf: asDay('2026-05-18') }
const textOf = async (ticket: { url: string }) => {
  const file = await t.core.deps.files.take(ticket.url.split('/').at(-1) ?? '')
  return (await pdfPages(file!.bytes)).join('\n').replaceAll(/\s/g, '')
}

describe('a statement of account', () => {
  let customerId: string
  beforeAll(async () => {
    customerId = await makeCustomer(sales, '成都锦江泵业有限公司')
    const { debts } = await signDebts(sales, customerId, ['2026-02-01', '2026-04-01'])
    await payDebt(finance, debts[0]!, 1_000_000, '2026-02-10')
    await payDebt(finance, debts[0]!, 2_000_000, '2026-04-10', { amount: 2_500_000 })
  })

  it('opens, moves and closes to what is outstanding less what was paid ahead, and says that it waives nothing', async () => {
    const text = await textOf(
      await sales.claims.statements.preview({ customerId: customerId as never, period: PERIOD }),
    )
    for (const words of [
      '成都锦江泵业有限公司',
      '54,550.08', // opening: 64,550.08 less 10,000.00
      '29,550.08', // closing
      '34,550.08', // outstanding, 5,000.00 having been paid ahead
      '贰万玖仟伍佰伍拾元零捌分',
      '本对账单仅确认本金，不构成对逾期付款责任的放弃。',
      '回签联',
      '预览',
    ]) {
      expect(text).toContain(words)
    }
  })

  it('is made in a batch, sent and confirmed: signed it interrupts the limitation of what is in it, void it does not', async () => {
    const { rows } = await sales.claims.statements.candidates({ limit: 50 })
    expect(rows).toMatchObject([{ customerId, outstanding: 3_455_008, advance: 500_000, lastDay: null }])
    const { jobId } = await sales.claims.statements.run({ customerIds: [customerId], period: PERIOD } as never)
    const job = await t.core.deps.jobs.settled(jobId)
    expect(JSON.stringify(job)).toContain('对账单合并')
    const page = { limit: 50, sort: { key: 'asOf', dir: 'desc' }, filters: {} } as const
    const [made] = (await sales.claims.statements.list(page)).rows
    expect(made).toMatchObject({
      number: 'DZ-2026-0001',
      opening: 5_455_008,
      raised: 0,
      received: 2_500_000,
      closing: 2_955_008,
      outstanding: 3_455_008,
      state: 'issued',
    })
    const id = made!.id as never
    const sent = { id, version: 0, way: 'ems', day: asDay('2026-05-18'), reference: 'EA123456789CN' } as const
    await sales.claims.statements.markSent(sent)
    const answer = {
      id,
      version: 1,
      answer: 'confirmed',
      day: asDay('2026-05-18'),
      signer: '王强',
      signerRole: 'inCharge',
      theirAmount: null,
      note: '',
      scanned: true,
    } as const
    const differs = { ...answer, answer: 'differs' } as const
    expect((await refusalOf(sales.claims.statements.answer(differs))).code).toBe('VALIDATION')
    await sales.claims.statements.answer(answer)
    expect((await refusalOf(sales.claims.statements.answer({ ...answer, version: 2 }))).code).toBe('STATEMENT_ANSWERED')
    const ends = async () =>
      (
        await sales.claims.limitation.list({
          limit: 50,
          sort: { key: 'endDay', dir: 'asc' },
          filters: { customerId: customerId as never },
        })
      ).rows.map((row) => row.endDay)
    expect(await ends()).toEqual(['2029-05-18', '2029-05-18'])
    const printed = await textOf(await sales.claims.statements.file({ id }))
    expect(printed).toContain('DZ-2026-0001')
    await sales.claims.statements.void({ id, version: 2, reason: '金额更正' })
    expect(await ends()).toEqual(['2029-02-01', '2029-04-01'])
    const other = await t.as('sales_other')
    expect((await other.claims.statements.list(page)).rows).toEqual([])
    expect((await refusalOf(other.claims.statements.file({ id }))).code).toBe('NOT_FOUND')
  })

  it('is not made of a part of what a customer owes: where a debt is of another it is left out', async () => {
    const shared = await makeCustomer(sales, '乐山峨眉轴承有限公司')
    const { debts } = await signDebts(sales, shared, ['2026-02-01'])
    await t.core.deps.store.write({ userId: null, roles: [], device: 'test' }, async (uow) => {
      await uow.db
        .updateTable('receivable_instalments')
        .set({ owner_id: t.ids.sales_other })
        .where('id', '=', debts[0]!.id)
        .execute()
      await uow.audit({ action: 'receivables.transfer', entity: 'receivable', entityId: debts[0]!.id })
    })
    const ask = { customerId: shared as never, period: PERIOD }
    expect((await refusalOf(sales.claims.statements.preview(ask))).code).toBe('NOT_FOUND')
    await textOf(await finance.claims.statements.preview(ask))
  })
})

describe('a repayment agreement', () => {
  const lines = (sums: readonly (readonly [string, number])[]) =>
    sums.map(([day, amount]) => ({ dueDay: asDay(day), amount: amount as never }))
  const approve = async (approvalId: string) => {
    const { version } = await owner.approvals.get({ id: approvalId as never })
    await owner.approvals.act({ id: approvalId, version, action: { kind: 'approve', comment: '' } } as never)
  }
  async function drafted(name: string, callsIn = true) {
    const customerId = await makeCustomer(sales, name)
    const { debts, id: contractId } = await signDebts(sales, customerId, ['2026-02-28', '2026-04-30'], {
      penaltyPerDay: 5,
    })
    const start = await sales.claims.plans.start({ customerId: customerId as never, day: asDay('2026-05-18') })
    // 32,275.04 for 79 days, 32,275.04 for 18 days, at 0.05 % a day.
    expect(start.debts.map((debt) => [debt.principal, debt.interest])).toEqual([
      [3_227_504, 127_486],
      [3_227_504, 29_048],
    ])
    const fields = {
      customerId,
      day: asDay('2026-05-18'),
      language: 'zh-CN',
      debts: start.debts.map(({ instalmentId, interest, costs }) => ({ instalmentId, interest, costs })),
      lines: lines([
        ['2026-06-30', 3_000_000],
        ['2026-07-31', 3_611_542],
      ]),
      callsIn,
      guarantee: '法定代表人王强提供连带责任保证',
      terms: '',
      reason: '客户资金困难，分两期清偿',
    } as never
    return { customerId, contractId, debts, fields }
  }

  it('adds up to what it fixes, goes its way of approval, and is signed as it was approved', async () => {
    const { contractId, debts, fields, customerId } = await drafted('德阳旌阳重机有限公司')
    const wrong = { ...(fields as object), lines: lines([['2026-06-30', 3_000_000]]) } as never
    const refused = await refusalOf(sales.claims.plans.create(wrong))
    expect(refused).toMatchObject({ code: 'PLAN_SUM', data: { difference: 3_611_542 } })
    const made = await sales.claims.plans.create(fields)
    const sign = {
      id: made.id,
      version: 0,
      day: asDay('2026-05-18'),
      ourSigner: '周建国',
      signer: '王强',
      signerRole: 'legalRepresentative',
      scanned: true,
    } as never
    expect((await refusalOf(sales.claims.plans.sign(sign))).code).toBe('PLAN_STATE')
    const draft = await textOf(await sales.claims.plans.print({ id: made.id as never }))
    for (const words of ['草案', '还款协议', 'HK-2026-0001', '66,115.42', '连带责任保证', '立即到期']) {
      expect(draft).toContain(words)
    }
    const asked = await sales.claims.plans.submit({ id: made.id as never, version: 0 })
    await approve(asked.approvalId)
    const view = await sales.claims.plans.get({ id: made.id as never })
    expect(view).toMatchObject({ stage: 'approved', number: 'HK-2026-0001' })
    await sales.claims.plans.sign({ ...(sign as object), version: view.version } as never)
    // The first debt is paid in full with the second payment only: 30,000.00 do not cover 33,549.90.
    expect((await debtsOf(finance, contractId)).map((row) => row.dueDay)).toEqual(['2026-07-31', '2026-07-31'])
    const target = { of: 'instalment', id: debts[0]!.id as never } as const
    const [sheet] = (await sales.claims.interest.sheet({ target, asOf: asDay('2026-05-18') })).debts
    expect(sheet?.sheet).toMatchObject({ fixed: 127_486, owed: { interest: 127_486, principal: 3_227_504 } })
    const clock = await sales.claims.limitation.clock({ instalmentId: debts[0]!.id as never })
    expect(clock.clock.endDay).toBe('2029-07-31')
    expect(clock.events[0]).toMatchObject({ kind: 'repaymentPlan', strength: 'strong' })
    expect(await textOf(await sales.claims.plans.file({ id: made.id as never }))).not.toContain('草案')
    expect(customerId).not.toBe('')
  })

  it('is told when it is not kept, and called in: the rest is due, and limitation runs from there', async () => {
    const { contractId, customerId, fields, debts } = await drafted('广元剑门水泥有限公司')
    const made = await sales.claims.plans.create(fields)
    const asked = await sales.claims.plans.submit({ id: made.id as never, version: 0 })
    await approve(asked.approvalId)
    const { version } = await sales.claims.plans.get({ id: made.id as never })
    await sales.claims.plans.sign({
      id: made.id,
      version,
      day: asDay('2026-05-18'),
      ourSigner: '周建国',
      signer: '李梅',
      signerRole: 'authorised',
      scanned: true,
    } as never)
    await payDebt(finance, debts[0]!, 1_000_000, '2026-05-18')
    expect((await sales.claims.plans.get({ id: made.id as never })).stage).toBe('kept')
    t.clock.set(Date.parse('2026-07-06T02:00:00Z'))
    const seat = async (person: 'sales' | 'finance') => {
      const client = t.core.localClient({ device: person })
      await client.session.logIn({ login: person, password: PASSWORD })
      return client
    }
    const [later, books] = [await seat('sales'), await seat('finance')]
    const view = await later.claims.plans.get({ id: made.id as never })
    expect(view).toMatchObject({ stage: 'broken', paid: 1_000_000, late: 2_000_000, nextDay: '2026-06-30' })
    // That of the test before is not kept either.
    expect(await tellBrokenPlans(t.core.deps)).toBe(2)
    expect(await tellBrokenPlans(t.core.deps)).toBe(0)
    const summary = await later.claims.plans.summary({ filters: { stage: 'broken', customerId } } as never)
    expect(summary).toMatchObject({ count: 1, late: 2_000_000 })
    const call = { id: made.id, version: view.version, day: asDay('2026-07-06'), reason: '首期未付' } as never
    expect((await refusalOf(later.claims.plans.callIn(call))).code).toBe('FORBIDDEN')
    await books.claims.plans.callIn(call)
    expect((await debtsOf(books, contractId)).map((row) => row.dueDay)).toEqual(['2026-07-06', '2026-07-06'])
    expect((await books.claims.plans.get({ id: made.id as never })).stage).toBe('called')
    const clock = await later.claims.limitation.clock({ instalmentId: debts[1]!.id as never })
    expect(clock.clock.endDay).toBe('2029-07-06')
  })
})
