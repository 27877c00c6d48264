import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import type { ApprovalAction } from '#shared/modules/approvals/approvals.contract.ts'
import { newId } from '#core/kernel/ids.ts'
import { askApproval } from '#core/modules/approvals/approvals.api.ts'
import { keepApprovals } from '#core/modules/approvals/approvals.keeper.ts'
import type { CoreClient } from '#core/start-core.ts'
import { pdfPages } from '#tests/helpers/pdf-text.ts'
import { sampleWay } from '#tests/helpers/sample-approvals.ts'
import { sampleFields } from '#tests/helpers/sample-contract.ts'
import { makeCustomer } from '#tests/helpers/sample-trade.ts'
import {
  createTestCore,
  PASSWORD,
  refusalOf,
  TEST_NOW,
  type TestCore,
  type TestPerson,
} from '#tests/helpers/test-core.ts'

const DAY = 86_400_000
const SIGN = { signDay: asDay('2026-05-18'), ourSigner: '周建国', theirSigner: '王强' }
let t: TestCore
let sales: CoreClient
let manager: CoreClient
let reviewer: CoreClient
let owner: CoreClient
let customerId: string
let way: { id: string; version: number; edition: number }

beforeAll(async () => {
  t = await createTestCore()
  sales = await t.as('sales')
  manager = await t.as('sales_manager')
  reviewer = await t.as('reviewer')
  owner = await t.as('owner')
  customerId = await makeCustomer(sales)
})
afterAll(() => t.close())

/** A draft of a price that makes it as much as asked: 1 = ¥64,550.08. */
const draft = async (times = 1, client = sales) => {
  const fields = sampleFields(customerId)
  const lines = fields.lines.map((line) => ({ ...line, price: line.price * times }))
  return client.contracts.create({ ...fields, lines })
}
const submit = (made: { id: string; version: number }, client = sales) =>
  client.contracts.submit({ id: made.id, version: made.version, reason: '已与客户确认' })
const waiting = async (client: CoreClient) =>
  (await client.approvals.waiting({ limit: 50, sort: { key: 'submittedAt', dir: 'desc' }, filters: {} })).rows
const act = async (client: CoreClient, id: string, action: ApprovalAction) => {
  const { version } = await client.approvals.get({ id })
  return client.approvals.act({ id, version, action })
}
const approve = (client: CoreClient, id: string) => act(client, id, { kind: 'approve', comment: '' })
const openTasks = async (person: TestPerson, id: string) =>
  (
    await (
      await t.as(person)
    ).tasks.list({ limit: 200, sort: { key: 'dueDay', dir: 'asc' }, filters: { state: 'open' } as never })
  ).rows.filter((task) => task.source?.id === `${id}:${t.ids[person]}` && task.ownerId === t.ids[person])

describe('without a way of approval', () => {
  it('a contract is signed as before, and cannot be submitted', async () => {
    const made = await draft()
    expect(await sales.contracts.approval({ id: made.id })).toEqual({ needed: 'none', status: null })
    expect((await refusalOf(submit(made))).code).toBe('APPROVAL_NO_WAY')
    await sales.contracts.sign({ id: made.id, version: made.version, ...SIGN })
  })
})

describe('what one person never decides', () => {
  /** A request of this person, as a module makes it; the record is whoever's. */
  const ask = (person: TestPerson, ownerId: string) =>
    t.core.deps.store.write({ userId: t.ids[person], roles: [], device: 'test', entry: 'test' }, (uow) =>
      askApproval(uow, {
        kind: 'writeOff',
        recordId: newId(),
        title: '核销测试',
        customerId,
        ownerId,
        amount: 100,
        discount: null,
        grade: null,
        paymentDays: null,
        content: { lines: [], data: {} },
      }),
    )

  it('goes to an owner without any way in use, stands in no list of ways, and is refused where nobody is left', async () => {
    const asked = await ask('finance', t.ids.sales)
    expect(asked.outcome).toBe('pending')
    expect((await owner.approvals.definitions({})).map((one) => one.body.kind)).not.toContain('writeOff')
    expect((await approve(owner, asked.id)).outcome).toBe('approved')
    // The only owner neither asks himself nor decides what is his own.
    expect((await refusalOf(ask('owner', t.ids.sales))).code).toBe('APPROVAL_NOBODY')
    expect((await refusalOf(ask('finance', t.ids.owner))).code).toBe('APPROVAL_NOBODY')
  })
})

describe('with a way for contracts', () => {
  beforeAll(async () => {
    way = await owner.approvals.saveDefinition({ id: null, version: 0, body: sampleWay() })
  })

  it('is set by the owner alone, in editions', async () => {
    expect((await refusalOf(manager.approvals.definitions({}))).code).toBe('FORBIDDEN')
    const next = await owner.approvals.saveDefinition({
      id: way.id,
      version: 0,
      body: sampleWay({ name: '合同审批 2' }),
    })
    expect(next).toEqual({ id: way.id, version: 1, edition: 2 })
    expect((await refusalOf(owner.approvals.saveDefinition({ id: way.id, version: 0, body: sampleWay() }))).code).toBe(
      'STALE',
    )
    way = await owner.approvals.saveDefinition({ id: next.id, version: next.version, body: sampleWay() })
    expect((await owner.approvals.definitions({})).map((d) => [d.edition, d.body.name])).toEqual([[3, '合同审批']])
  })

  it('says beforehand who would approve', async () => {
    const facts = {
      kind: 'contract' as const,
      applicantId: t.ids.sales,
      ownerId: t.ids.sales,
      amount: 20_000_000 as never,
      discount: null,
      grade: null,
      paymentDays: null,
      departmentId: null,
    }
    const run = await owner.approvals.dryRun({ body: null, facts })
    expect(run.steps.map((step) => [step.people, step.skipped])).toEqual([
      [['王主管'], 'no'],
      [['钱法务'], 'no'],
      [[], 'amount'],
    ])
    const own = await owner.approvals.dryRun({ body: null, facts: { ...facts, applicantId: t.ids.sales_manager } })
    expect(own.steps[0]).toMatchObject({ people: ['林总'], replaced: 'own' })
  })

  it('has to go its way before it is signed: leader, legal; then it is frozen', async () => {
    const made = await draft(2)
    const version = { id: made.id, version: made.version }
    expect((await refusalOf(sales.contracts.sign({ ...version, ...SIGN }))).code).toBe('CONTRACT_APPROVAL')
    const asked = await submit(made)
    expect(asked.outcome).toBe('pending')
    const id = asked.approvalId
    expect((await waiting(manager)).map((row) => row.id)).toEqual([id])
    expect(await waiting(reviewer)).toEqual([])
    expect(await openTasks('sales_manager', id)).toMatchObject([{ dueDay: '2026-05-20' }])
    const change = { ...sampleFields(customerId), ...version }
    expect((await refusalOf(sales.contracts.update(change))).code).toBe('APPROVAL_PENDING')
    expect((await refusalOf(sales.contracts.sign({ ...version, ...SIGN }))).code).toBe('APPROVAL_PENDING')

    // Nobody approves his own, and nobody out of turn.
    expect((await refusalOf(approve(sales, id))).code).toBe('APPROVAL_OWN')
    expect((await refusalOf(approve(owner, id))).code).toBe('APPROVAL_NOT_YOURS')
    expect((await refusalOf(approve(reviewer, id))).code).toBe('NOT_FOUND')
    expect(await approve(manager, id)).toMatchObject({ outcome: 'pending' })
    expect(await openTasks('sales_manager', id)).toEqual([])
    expect(await openTasks('reviewer', id)).toHaveLength(1)
    const seen = await reviewer.approvals.get({ id })
    expect(seen.content.find((line) => line.id === 'amount')).toMatchObject({ value: 12_910_016, form: 'fen' })
    expect(await approve(reviewer, id)).toMatchObject({ outcome: 'approved' })
    expect((await refusalOf(approve(reviewer, id))).code).toBe('APPROVAL_STATE')
    expect(await openTasks('sales', id)).toHaveLength(1)
    expect(await sales.contracts.approval({ id: made.id })).toMatchObject({
      needed: 'binding',
      status: { outcome: 'approved', way: '合同审批' },
    })
    await sales.contracts.sign({ ...version, ...SIGN })
  })

  it('reopens when the content changes, and shows what changed', async () => {
    const made = await draft()
    const { approvalId } = await submit(made)
    await approve(manager, approvalId)
    const fields = sampleFields(customerId)
    // The very same content changes nothing.
    const same = await sales.contracts.update({ ...fields, id: made.id, version: made.version })
    expect(await sales.contracts.approval({ id: made.id })).toMatchObject({ status: { outcome: 'approved' } })
    const lines = fields.lines.map((line, index) => (index === 0 ? { ...line, price: 600_000 } : line))
    const changed = await sales.contracts.update({ ...fields, lines, id: made.id, version: same.version })
    expect(await sales.contracts.approval({ id: made.id })).toMatchObject({ status: { outcome: 'stale' } })
    expect((await refusalOf(sales.contracts.sign({ ...changed, ...SIGN }))).code).toBe('CONTRACT_APPROVAL')
    const again = await submit(changed)
    expect(again.approvalId).not.toBe(approvalId)
    const seen = await manager.approvals.get({ id: again.approvalId })
    expect(seen.compared).toBe(true)
    const price = seen.content.find((line) => line.id.endsWith('.price') && line.change === 'changed')
    expect(price).toMatchObject({ before: 565_000, value: 600_000 })
    expect(seen.content.filter((line) => line.change === 'same').length).toBeGreaterThan(10)
    expect((await manager.approvals.get({ id: approvalId })).outcome).toBe('stale')
    await approve(manager, again.approvalId)
    await sales.contracts.sign({ ...changed, ...SIGN })
  })

  it('comes back to an earlier step or to the applicant, and takes another signer', async () => {
    const made = await draft(2)
    const { approvalId: id } = await submit(made)
    await approve(manager, id)
    expect((await refusalOf(act(reviewer, id, { kind: 'return', to: 1, comment: 'x' }))).code).toBe('APPROVAL_STEP')
    await act(reviewer, id, { kind: 'return', to: 0, comment: '请补充付款条件' })
    expect((await waiting(manager)).map((row) => row.id)).toContain(id)
    await approve(manager, id)
    expect((await refusalOf(act(reviewer, id, { kind: 'reject', comment: '' }))).code).toBe('VALIDATION')
    expect(
      (await refusalOf(act(reviewer, id, { kind: 'addSigner', userId: t.ids.sales, where: 'before', comment: '' })))
        .code,
    ).toBe('APPROVAL_SIGNER')
    await act(reviewer, id, { kind: 'addSigner', userId: t.ids.finance, where: 'before', comment: '请核对账期' })
    expect((await refusalOf(approve(reviewer, id))).code).toBe('APPROVAL_NOT_YOURS')
    await approve(await t.as('finance'), id)
    await act(reviewer, id, { kind: 'return', to: null, comment: '价格过低' })
    expect(await sales.contracts.approval({ id: made.id })).toMatchObject({
      status: { outcome: 'returned', comment: '价格过低' },
    })
    const fields = sampleFields(customerId)
    const changed = await sales.contracts.update({
      ...fields,
      title: '改后的购销合同',
      id: made.id,
      version: made.version,
    })
    const again = await submit(changed)
    expect(again.approvalId).toBe(id)
    const view = await manager.approvals.get({ id })
    expect(view).toMatchObject({
      round: 2,
      compared: true,
      steps: [{ state: 'current' }, { state: 'skipped' }, { state: 'skipped' }],
    })
    expect(view.content.find((line) => line.id === 'title')).toMatchObject({
      change: 'changed',
      value: '改后的购销合同',
    })
    expect(await approve(manager, id)).toMatchObject({ outcome: 'approved' })
    expect((await manager.approvals.get({ id })).actions.map((a) => a.kind)).toEqual([
      'submit',
      'approve',
      'return',
      'approve',
      'addSigner',
      'approve',
      'return',
      'resubmit',
      'approve',
    ])
  })

  it('is withdrawn by the applicant, and with the contract that is given up', async () => {
    const made = await draft()
    const { approvalId: id } = await submit(made)
    expect((await refusalOf(act(manager, id, { kind: 'withdraw', comment: '' }))).code).toBe('APPROVAL_NOT_YOURS')
    await act(sales, id, { kind: 'remind', comment: '' })
    expect((await refusalOf(act(sales, id, { kind: 'remind', comment: '' }))).code).toBe('APPROVAL_REMINDED')
    expect(await act(sales, id, { kind: 'withdraw', comment: '再改' })).toMatchObject({ outcome: 'withdrawn' })
    const again = await submit(made)
    await manager.contracts.void({ id: made.id, version: made.version, reason: '不做了' })
    expect((await sales.approvals.get({ id: again.approvalId })).outcome).toBe('withdrawn')
    expect(await openTasks('sales_manager', again.approvalId)).toEqual([])
  })

  it('is seen by the applicant, whoever is asked, and whose reach holds the owner', async () => {
    const made = await draft()
    const { approvalId: id } = await submit(made)
    for (const client of [sales, manager, owner]) expect((await client.approvals.get({ id })).id).toBe(id)
    for (const person of ['sales_other', 'finance', 'hr'] as const) {
      const client = await t.as(person)
      expect((await refusalOf(client.approvals.get({ id }))).code).toBe('NOT_FOUND')
      expect(
        (await refusalOf(client.approvals.act({ id, version: 0, action: { kind: 'approve', comment: '' } }))).code,
      ).toBe('NOT_FOUND')
      const page = { limit: 50, sort: { key: 'updatedAt' as const, dir: 'desc' as const }, filters: {} }
      expect((await client.approvals.history(page)).rows.map((row) => row.id)).not.toContain(id)
    }
    expect((await refusalOf((await t.as('administrator')).approvals.get({ id }))).code).toBe('FORBIDDEN')
    const mine = await sales.approvals.summary({ list: 'mine', filters: { outcome: 'pending' } })
    expect(mine).toMatchObject({ count: 1, amount: 6_455_008 })
    const found = await sales.approvals.mine({
      limit: 10,
      sort: { key: 'amount', dir: 'asc' },
      text: '轴承',
      filters: { kind: 'contract' },
    })
    expect(found.rows.map((row) => row.id)).toContain(id)
    await act(sales, id, { kind: 'withdraw', comment: '' })
  })

  it('pages through a list by its keys, whatever it is sorted by', async () => {
    for (const key of ['submittedAt', 'dueDay', 'amount', 'updatedAt'] as const) {
      const seen: string[] = []
      let cursor: string | null = null
      do {
        const page: Awaited<ReturnType<typeof sales.approvals.mine>> = await sales.approvals.mine({
          limit: 2,
          cursor,
          sort: { key, dir: 'desc' },
          filters: {},
        })
        seen.push(...page.rows.map((row) => row.id))
        cursor = page.nextCursor
      } while (cursor)
      expect(new Set(seen).size).toBe(seen.length)
      expect(seen).toHaveLength((await sales.approvals.summary({ list: 'mine', filters: {} })).count)
    }
  })

  it('is decided by a stand-in during a leave, but never by whose matter it is', async () => {
    const leave = { fromDay: asDay('2026-05-18'), toDay: asDay('2026-05-20') }
    const { approvalId: id } = await submit(await draft())
    const stands = (userId: string) =>
      manager.approvals.setSubstitute({ userId: t.ids.sales_manager, substitute: { substituteId: userId, ...leave } })
    await stands(t.ids.sales)
    expect(await waiting(sales)).toEqual([])
    expect((await refusalOf(approve(sales, id))).code).toBe('APPROVAL_OWN')
    const finance = await t.as('finance')
    await stands(t.ids.finance)
    expect((await waiting(finance)).map((row) => row.id)).toEqual([id])
    expect(await openTasks('finance', id)).toHaveLength(1)
    expect(await approve(finance, id)).toMatchObject({ outcome: 'approved' })
    const view = await sales.approvals.get({ id })
    expect(view.steps[0]?.seats[0]).toMatchObject({ name: '王主管', byName: '赵会计', decided: true })
    expect(
      (await refusalOf(sales.approvals.setSubstitute({ userId: t.ids.sales_manager, substitute: null }))).code,
    ).toBe('NOT_FOUND')
    expect((await refusalOf(stands(t.ids.administrator))).code).toBe('APPROVAL_SIGNER')
    await manager.approvals.setSubstitute({ userId: t.ids.sales_manager, substitute: null })
    expect(await manager.approvals.substitutes({})).toEqual([])
  })

  it('goes along with its records: who has them now decides no more, and another is asked', async () => {
    const moved = await makeCustomer(sales, '重庆移交审批有限公司')
    const made = await sales.contracts.create(sampleFields(moved))
    const { approvalId: id } = await submit(made)
    expect((await waiting(manager)).map((row) => row.id)).toContain(id)
    const parts = ['contract'] as never
    await owner.handover.run({ what: { customerIds: [moved] }, toUserId: t.ids.sales_manager, parts } as never)
    expect((await waiting(manager)).map((row) => row.id)).not.toContain(id)
    expect((await refusalOf(approve(manager, id))).code).toBe('APPROVAL_OWN')
    expect((await waiting(owner)).map((row) => row.id)).toContain(id)
    expect(await approve(owner, id)).toMatchObject({ outcome: 'approved' })
  })

  it('goes to the superior as well once a working-day deadline has passed', async () => {
    const { approvalId: id } = await submit(await draft())
    expect(await keepApprovals(t.core.deps)).toBe(0)
    t.clock.set(TEST_NOW + 3 * DAY)
    // Sessions end with the night.
    for (const [login, seat] of Object.entries({ sales, sales_manager: manager, owner })) {
      await seat.session.logIn({ login, password: PASSWORD })
    }
    expect(await keepApprovals(t.core.deps)).toBe(1)
    expect((await waiting(owner)).map((row) => row.id)).toEqual([id])
    expect((await waiting(manager)).map((row) => row.id)).toEqual([id])
    expect((await sales.approvals.get({ id })).dueDay).toBe('2026-05-25')
    expect(await keepApprovals(t.core.deps)).toBe(0)
    expect(await approve(owner, id)).toMatchObject({ outcome: 'approved' })
    expect(await openTasks('sales_manager', id)).toEqual([])
  })

  it('prints a sheet with who decided what, and what was asked', async () => {
    const { rows } = await sales.approvals.mine({ limit: 1, sort: { key: 'updatedAt', dir: 'desc' }, filters: {} })
    const file = await sales.approvals.preview({ id: rows[0]!.id })
    expect(file.name).toMatch(/^审批单_HT-2026-\d{4}/)
    const { bytes } = t.core.deps.files.readTemporary(t.ids.sales, file.fileId)
    const text = (await pdfPages(bytes)).join('')
    for (const word of ['审批单', '张三', '林总', '逾期上报', '64,550.08', '深沟球轴承']) expect(text).toContain(word)
  })
})
