import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { addDays, asDay, type PlainDay } from '#shared/kernel/dates.ts'
import type { ContractFields } from '#shared/modules/contracts/contracts.schema.ts'
import type { TaskModule } from '#shared/modules/tasks/tasks.rules.ts'
import { keepObligations, remindOfContracts } from '#core/modules/contracts/contracts.keeper.ts'
import { remindOfObligations } from '#core/modules/obligations/obligations.keeper.ts'
import type { CoreClient } from '#core/start-core.ts'
import { asPriceList, asServices } from '#tests/helpers/contract-kinds.ts'
import { sampleWay } from '#tests/helpers/sample-approvals.ts'
import { sampleFields } from '#tests/helpers/sample-contract.ts'
import { pdfFile } from '#tests/helpers/sample-files.ts'
import { makeCustomer, signContract } from '#tests/helpers/sample-trade.ts'
import { createTestCore, PASSWORD, TEST_NOW, type TestCore, type TestPerson } from '#tests/helpers/test-core.ts'

let t: TestCore
let customerId: string

beforeAll(async () => {
  t = await createTestCore()
  customerId = await makeCustomer(await t.as('sales'))
})
afterAll(() => t.close())
// What a test leaves behind is nobody's reminder in the next.
afterEach(async () => {
  t.clock.set(TEST_NOW)
  await remindOfContracts(t.core.deps)
})

/** Another day, on which people have logged in anew. */
const at = (day: string) => t.clock.set(Date.parse(`${day}T02:00:00Z`))
/** A seat of this person, whatever day it is. */
async function seat(person: TestPerson): Promise<CoreClient> {
  const client = t.core.localClient({ device: `${person} again` })
  await client.session.logIn({ login: person, password: PASSWORD })
  return client
}
const openTasks = async (person: TestPerson, modules: readonly TaskModule[]) => {
  const client = await seat(person)
  const filters = { state: 'open', ownerId: t.ids[person] } as never
  const { rows } = await client.tasks.list({ limit: 200, sort: { key: 'dueDay', dir: 'asc' }, filters })
  return rows.filter((row) => row.source !== null && modules.includes(row.source.module))
}
/** Runs a keeper twice and once more after the program was closed: it does its work once. */
async function once(run: () => Promise<number>): Promise<number> {
  const done = await run()
  expect(await run()).toBe(0)
  return done
}
const contracts = () => once(() => remindOfContracts(t.core.deps))
const obligations = () => once(() => remindOfObligations(t.core.deps))
const sign = async (change: (fields: ContractFields) => void = () => undefined, signDay = '2026-05-18') =>
  signContract(await seat('sales'), customerId, { signDay, change })
const endWith = async (id: string, reason: string) => {
  const owner = await seat('owner')
  const { version } = await owner.contracts.get({ id: id as never })
  await owner.contracts.void({ id: id as never, version, reason })
}

describe('a contract about to expire', () => {
  it('is told of at each of the firm’s steps, once, and no more when it is renewed', async () => {
    const contract = await sign((fields) => {
      asServices(fields)
      fields.terms.endDay = asDay('2026-07-31')
    })
    const expiring = () => openTasks('sales', ['contractExpiry'])
    expect(await contracts()).toBe(0)
    at('2026-06-01')
    expect(await contracts()).toBeGreaterThan(0)
    expect((await expiring()).map((task) => [task.title, task.dueDay, task.source?.id])).toEqual([
      [`合同将于 2026-07-31 期满：${contract.number} 成都兴川机械制造有限公司`, '2026-06-01', contract.id],
    ])
    await t.restart()
    await seat('sales')
    expect(await contracts()).toBe(0)
    const [task] = await expiring()
    await (
      await seat('sales')
    ).tasks.done({ items: [{ id: task!.id, version: task!.version }], result: '在谈' } as never)
    at('2026-06-30')
    expect(await contracts()).toBe(0)
    at('2026-07-01')
    expect(await contracts()).toBe(1)
    // The one of the second step still stands open when the third comes: nobody is told twice.
    at('2026-07-24')
    expect(await remindOfContracts(t.core.deps)).toBe(0)
    expect(await expiring()).toHaveLength(1)
    const api = await seat('sales')
    const renewed = { ...sampleFields(customerId), renewsId: contract.id as never }
    const draft = await api.contracts.create(renewed)
    expect(await contracts()).toBe(1)
    expect(await expiring()).toEqual([])
    await endWith(draft.id, '不续了')
    expect(await contracts()).toBe(0)
    await endWith(contract.id, '试验结束')
  }, 20_000)

  it('is found in the ledger by the days that are left', async () => {
    const contract = await sign((fields) => {
      asPriceList(fields)
      fields.terms.endDay = asDay('2026-06-17')
    })
    const api = await seat('sales')
    const found = async (filters: object) =>
      (await api.contracts.list({ limit: 50, sort: { key: 'endDay', dir: 'asc' }, filters } as never)).rows.map(
        (row) => [row.id, row.endDay],
      )
    expect(await found({ expiresWithin: 29 })).toEqual([])
    expect(await found({ expiresWithin: 30 })).toEqual([[contract.id, '2026-06-17']])
    expect((await api.contracts.summary({ filters: { expiresWithin: 30 } })).count).toBe(1)
    await endWith(contract.id, '试验结束')
    expect(await found({ expiresWithin: 30 })).toEqual([])
  })
})

describe('a draft', () => {
  it('that waits to be signed since it was handed in is told of once, until it is signed', async () => {
    const owner = await seat('owner')
    const { id: definition } = await owner.approvals.saveDefinition({ id: null, version: 0, body: sampleWay() })
    const api = await seat('sales')
    const made = await api.contracts.create(sampleFields(customerId))
    const asked = await api.contracts.submit({ id: made.id as never, version: made.version, reason: '' })
    await api.contracts.create(sampleFields(customerId))
    const unsigned = () => openTasks('sales', ['contractUnsigned'])
    // Ten working days after Monday the 18th end with Monday the 1st.
    at('2026-05-31')
    expect(await contracts()).toBe(0)
    at('2026-06-01')
    expect(await contracts()).toBe(1)
    expect((await unsigned()).map((task) => task.source?.id)).toEqual([made.id])
    const ledger = async (unsignedFor: number) =>
      (await (await seat('sales')).contracts.summary({ filters: { unsignedFor } })).count
    expect([await ledger(10), await ledger(11)]).toEqual([1, 0])
    const manager = await seat('sales_manager')
    const { version } = await manager.approvals.get({ id: asked.approvalId })
    await manager.approvals.act({ id: asked.approvalId, version, action: { kind: 'approve', comment: '' } })
    expect(await contracts()).toBe(0)
    const now = await (await seat('sales')).contracts.get({ id: made.id as never })
    const signing = { signDay: asDay('2026-06-01'), ourSigner: '陈立', theirSigner: '王强' }
    await (await seat('sales')).contracts.sign({ id: made.id as never, version: now.version, ...signing })
    expect(await unsigned()).toEqual([])
    expect(await contracts()).toBe(0)
    const body = { ...sampleWay(), enabled: false }
    await (await seat('owner')).approvals.saveDefinition({ id: definition, version: 0, body })
  })
})

describe('paper', () => {
  it('that was not scanned so many working days after signing is asked for, until it is', async () => {
    const contract = await sign()
    const scans = () => openTasks('sales', ['contractScan'])
    at('2026-05-31')
    await remindOfContracts(t.core.deps)
    expect(await scans()).toEqual([])
    at('2026-06-01')
    expect(await contracts()).toBeGreaterThan(0)
    expect((await scans()).map((task) => task.source?.id)).toContain(contract.id)
    const api = await seat('sales')
    const { fileId } = await api.files.upload({ file: new File([pdfFile('签署页') as never], '签署页.pdf') })
    await api.contracts.papers.addScan({ id: contract.id, files: [fileId], note: '' } as never)
    expect((await scans()).map((task) => task.source?.id)).not.toContain(contract.id)
  })

  it('that was lent and is late is asked for by whoever lent it, each loan by itself', async () => {
    const contract = await sign()
    const keeper = await seat('finance')
    const place = { cabinet: '甲', box: '', placeNumber: '', copies: 2, day: asDay('2026-05-18'), years: 10, note: '' }
    await keeper.contracts.papers.archive({ ...place, id: contract.id as never, version: -1 })
    const loan = { id: contract.id as never, copies: 1, purpose: '投标', day: asDay('2026-05-18') }
    const first = await keeper.contracts.papers.lend({ ...loan, borrower: '李工', dueDay: asDay('2026-05-22') })
    await keeper.contracts.papers.lend({ ...loan, borrower: '王工', dueDay: asDay('2026-05-23') })
    const loans = () => openTasks('finance', ['contractLoan'])
    at('2026-05-22')
    expect(await contracts()).toBe(0)
    at('2026-05-25')
    expect(await contracts()).toBe(2)
    expect(await loans()).toHaveLength(2)
    const back = { id: contract.id as never, loanId: first.id as never, day: asDay('2026-05-25'), note: '' }
    await (await seat('finance')).contracts.papers.takeBack(back)
    expect((await loans()).map((task) => task.title)).toEqual([
      `借出的合同正本已过归还日 2026-05-23：${contract.number} 成都兴川机械制造有限公司`,
    ])
  })
})

describe('an obligation', () => {
  const oneOf = async (contractId: string, kind: string) =>
    (
      await (
        await seat('sales')
      ).obligations.list({
        limit: 200,
        sort: { key: 'dueDay', dir: 'asc' },
        filters: { contractId, kind } as never,
      })
    ).rows[0]!
  const mine = async (contractId: string) => {
    const found = await openTasks('sales', ['obligations'])
    const rows = await Promise.all(
      found.map(async (task) => ({ task, row: await (await seat('sales')).obligations.get({ id: task.source!.id }) })),
    )
    return rows.filter(({ row }) => row.contractId === contractId)
  }

  it('becomes a task of its owner some days before, once for its day; moved, it is told of anew; done, it is closed', async () => {
    const contract = await sign((fields) => (fields.terms.deliveryDay = asDay('2026-09-01')))
    const due = asDay('2026-05-25')
    const payment = await oneOf(contract.id, 'payment')
    expect(payment.dueDay).toBe(due)
    await obligations()
    const told = await mine(contract.id)
    expect(told.map(({ task }) => [task.title, task.dueDay])).toEqual([
      [`履约到期：${contract.number} 支付款项 · 预付款（成都兴川机械制造有限公司）`, due],
    ])
    await t.restart()
    await seat('sales')
    expect(await obligations()).toBe(0)

    const api = await seat('sales')
    const made = await api.obligations.create({
      contractId: contract.id,
      text: '派人培训',
      side: 'ours',
      when: { kind: 'day', day: asDay('2026-05-26') },
      ownerId: t.ids.sales,
    } as never)
    // Eight days ahead: not yet.
    expect(await obligations()).toBe(0)
    const moved = { items: [made as never], day: asDay('2026-05-22'), reason: '提前' }
    await api.obligations.move(moved)
    expect(await obligations()).toBe(1)
    const open = async () => (await mine(contract.id)).filter(({ row }) => row.kind === 'other')
    expect((await open()).map(({ task }) => task.dueDay)).toEqual(['2026-05-22'])
    const again = await api.obligations.get({ id: made.id as never })
    await api.obligations.move({
      ...moved,
      items: [{ id: made.id, version: again.version }],
      day: asDay('2026-05-21'),
    } as never)
    expect(await open()).toEqual([])
    expect(await obligations()).toBe(1)
    expect((await open()).map(({ task }) => task.dueDay)).toEqual(['2026-05-21'])
    const now = await api.obligations.get({ id: made.id as never })
    const items = [{ id: made.id, version: now.version }] as never
    await api.obligations.assign({ items, ownerId: t.ids.sales_manager as never, reason: '出差' })
    expect((await openTasks('sales_manager', ['obligations'])).map((task) => task.source?.id)).toEqual([made.id])
    const last = await api.obligations.get({ id: made.id as never })
    await api.obligations.done({
      items: [{ id: made.id, version: last.version }],
      day: asDay('2026-05-18'),
      note: '',
    } as never)
    expect(await openTasks('sales_manager', ['obligations'])).toEqual([])
    expect(await obligations()).toBe(0)
    await endWith(contract.id, '试验结束')
    expect(await mine(contract.id)).toEqual([])
  })

  it('that the order asks for already is not asked for twice', async () => {
    const contract = await sign((fields) => (fields.terms.deliveryDay = asDay('2026-05-22')))
    await obligations()
    expect((await mine(contract.id)).some(({ row }) => row.kind === 'delivery')).toBe(false)
    const [task] = (await openTasks('sales', ['orders'])).filter((row) => row.title.includes(contract.number))
    await (await seat('sales')).tasks.done({ items: [{ id: task!.id, version: task!.version }], result: '' } as never)
    await obligations()
    expect((await mine(contract.id)).some(({ row }) => row.kind === 'delivery')).toBe(true)
  })

  it('whose owner has left is told of to whoever has the contract', async () => {
    const contract = await sign((fields) => (fields.terms.deliveryDay = asDay('2026-09-01')))
    const owner = await seat('owner')
    const [invoice] = (
      await owner.obligations.list({
        limit: 1,
        sort: { key: 'dueDay', dir: 'asc' },
        filters: { contractId: contract.id as never, kind: 'invoice' },
      })
    ).rows
    expect(invoice).toMatchObject({ ownerName: '赵会计', dueDay: '2026-05-25' })
    const asked = (await openTasks('finance', ['orders'])).filter((row) => row.title.includes(contract.number))
    await (
      await seat('finance')
    ).tasks.done({ items: asked.map(({ id, version }) => ({ id, version })), result: '' } as never)
    const active = async (on: boolean) => {
      const { version } = await owner.people.get({ id: t.ids.finance as never })
      await owner.people.setActive({ id: t.ids.finance as never, version, active: on } as never)
    }
    await active(false)
    await obligations()
    expect((await mine(contract.id)).map(({ row }) => row.id)).toContain(invoice!.id)
    await active(true)
  })

  it('of a contract that was signed before there were any is listed by the keeper', async () => {
    const contract = await sign()
    const { store } = t.core.deps
    await store.write({ userId: null, roles: [], device: 'test' }, async (uow) => {
      await uow.db.deleteFrom('obligations').where('contract_id', '=', contract.id).execute()
      await uow.audit({ action: 'obligations.follow', entity: 'contract', entityId: contract.id })
    })
    expect(await once(() => keepObligations(t.core.deps))).toBe(1)
    expect(await oneOf(contract.id, 'payment')).toMatchObject({ dueDay: addDays(asDay('2026-05-18') as PlainDay, 7) })
  })
})
