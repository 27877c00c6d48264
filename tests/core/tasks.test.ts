import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import { makeScope } from '#core/kernel/scope.ts'
import { newId } from '#core/kernel/ids.ts'
import {
  addTask,
  closeTasksOf,
  countOpenTasksOf,
  moveTasksOfCustomer,
  openTasks,
} from '#core/modules/tasks/tasks.api.ts'
import type { CoreClient } from '#core/start-core.ts'
import { readTable } from '#workers/read-table.ts'
import { makeCustomer } from '#tests/helpers/sample-trade.ts'
import { createTestCore, refusalOf, TEST_NOW, type TestCore } from '#tests/helpers/test-core.ts'

let t: TestCore
let sales: CoreClient
let other: CoreClient
let manager: CoreClient
let customerId: string

beforeAll(async () => {
  t = await createTestCore()
  sales = await t.as('sales')
  other = await t.as('sales_other')
  manager = await t.as('sales_manager')
  customerId = await makeCustomer(sales)
})
afterAll(() => t.close())

type Fields = Parameters<CoreClient['tasks']['create']>[0]
type Filters = Parameters<CoreClient['tasks']['summary']>[0]['filters']
const task = (change: Partial<Fields> = {}): Fields => ({ title: '寄样品', dueDay: '2026-05-18' as never, ...change })
const listed = async (api: CoreClient, filters: Filters = {}, text?: string) =>
  (await api.tasks.list({ limit: 50, sort: { key: 'dueDay', dir: 'asc' }, filters, ...(text ? { text } : {}) })).rows
const system = (userId: string) => ({ userId, roles: ['sales'] as const, device: 'test' })

describe('a task', () => {
  it('is entered, changed from its version, finished with a result, and taken back', async () => {
    const made = await sales.tasks.create(task({ kind: 'callBack', customerId, note: '带目录' }))
    expect(await sales.tasks.get({ id: made.id })).toMatchObject({
      ownerName: '张三',
      createdByName: '张三',
      customerName: '成都兴川机械制造有限公司',
      group: 'today',
      late: 0,
      state: 'open',
      source: null,
    })
    const fields = { kind: 'promise', title: '寄两件', note: '', dueDay: '2026-05-15', customerId } as const
    const saved = await sales.tasks.update({ ...made, ...fields } as never)
    expect((await refusalOf(sales.tasks.update({ ...made, ...fields } as never))).code).toBe('STALE')
    expect(await sales.tasks.get({ id: made.id })).toMatchObject({
      group: 'overdue',
      late: 3,
      firstDueDay: '2026-05-18',
    })

    const done = await sales.tasks.done({ items: [saved], result: '客户已收到' })
    expect(await sales.tasks.get({ id: made.id })).toMatchObject({
      state: 'done',
      result: '客户已收到',
      closedByName: '张三',
      closedAt: TEST_NOW,
      group: null,
    })
    for (const step of [
      () => sales.tasks.done({ items: done.items, result: '' }),
      () => sales.tasks.drop({ items: done.items, result: '' }),
      () => sales.tasks.snooze({ items: done.items, day: '2026-05-20' as never }),
      () => sales.tasks.update({ ...done.items[0], ...fields } as never),
    ]) {
      expect((await refusalOf(step())).code).toBe('TASK_CLOSED')
    }
    const back = await sales.tasks.reopen({ items: done.items })
    expect((await refusalOf(sales.tasks.reopen({ items: back.items }))).code).toBe('TASK_OPEN')
    expect(await sales.tasks.get({ id: made.id })).toMatchObject({ state: 'open', result: '', closedAt: null })
    await sales.tasks.drop({ items: back.items, result: '客户取消' })
    expect(await sales.tasks.get({ id: made.id })).toMatchObject({ state: 'dropped', result: '客户取消' })
  })

  it('is put off to tomorrow at the earliest, and what is proposed is a working day', async () => {
    const made = await sales.tasks.create(task())
    const early = await refusalOf(sales.tasks.snooze({ items: [made], day: '2026-05-18' as never }))
    expect(early).toMatchObject({ code: 'VALIDATION', data: { issues: [{ path: ['day'] }] } })
    const days = await sales.tasks.snoozeDays({ day: '2026-05-23' as never })
    expect(days.earliest).toBe('2026-05-19')
    expect(days.choices.map((choice) => choice.day)).toEqual(['2026-05-19', '2026-05-21', '2026-05-25', '2026-06-17'])
    expect(days.asked).toEqual({ day: '2026-05-23', workday: false, next: '2026-05-25' })
    const put = await sales.tasks.snooze({ items: [made], day: '2026-05-25' as never })
    expect(await sales.tasks.get({ id: made.id })).toMatchObject({ dueDay: '2026-05-25', group: 'later' })
    await sales.tasks.drop({ items: put.items, result: '' })
  })

  it('is handed over, one or many, to another active person; whoever wrote it still sees it', async () => {
    const items = await Promise.all([1, 2].map((n) => sales.tasks.create(task({ title: `移交 ${n}`, customerId }))))
    const hand = (ownerId: string) => sales.tasks.handOver({ items, ownerId, note: '休假期间请代办' })
    expect(await refusalOf(hand(newId()))).toMatchObject({ data: { issues: [{ key: 'tasks:errors.owner' }] } })
    expect(await refusalOf(hand(t.ids.sales))).toMatchObject({ data: { issues: [{ key: 'tasks:errors.sameOwner' }] } })
    const moved = await hand(t.ids.sales_other)
    const seen = (await listed(other)).filter((row) => row.title.startsWith('移交'))
    expect(seen).toHaveLength(2)
    // The customer is not among the new owner's: the task says nothing of it.
    expect(seen[0]).toMatchObject({ customerId: null, customerName: null, createdByName: '张三' })
    expect(seen[0]?.note).toBe('2026-05-18 张三: 休假期间请代办')
    expect(await listed(other, {}, 'xingchuan')).toEqual([])
    expect(await listed(other, { customerId })).toEqual([])
    expect(await listed(sales, { createdById: t.ids.sales, ownerId: t.ids.sales_other })).toHaveLength(2)
    expect(await listed(sales, { given: true })).toHaveLength(2)
    expect(await listed(other, { given: true })).toEqual([])
    const [first] = moved.items
    // Changing it does not take away the customer that was not shown.
    const kept = await other.tasks.update({ ...first, ...task({ title: '改名' }) } as never)
    expect(await sales.tasks.get({ id: kept.id })).toMatchObject({ title: '改名', customerId })
    const done = await other.tasks.done({ items: [kept, moved.items[1]!], result: '' })
    expect(done.items).toHaveLength(2)
  })

  it('of several, all or none are changed', async () => {
    const items = await Promise.all([1, 2, 3].map((n) => sales.tasks.create(task({ title: `批量 ${n}` }))))
    const [one, two, three] = items as [{ id: string; version: number }, never, never]
    await sales.tasks.snooze({ items: [one], day: '2026-05-20' as never })
    expect((await refusalOf(sales.tasks.done({ items: [two, three, one], result: '' }))).code).toBe('STALE')
    expect((await sales.tasks.get({ id: (two as typeof one).id })).state).toBe('open')
    expect((await refusalOf(sales.tasks.done({ items: [two, two], result: '' }))).code).toBe('VALIDATION')
    await sales.tasks.drop({ items: [two, three, { ...one, version: 1 }], result: '' })
  })

  it('refuses what is no task', async () => {
    for (const bad of [
      { title: ' ' },
      { title: 'x'.repeat(10_000) },
      { dueDay: '2026-02-30' as never },
      { kind: 'golf' as never },
      { title: 'a\u200Bb' },
      { ownerId: newId() },
    ]) {
      expect((await refusalOf(sales.tasks.create(task(bad)))).code).toBe('VALIDATION')
    }
    expect((await refusalOf(other.tasks.create(task({ customerId })))).code).toBe('NOT_FOUND')
    expect((await refusalOf((await t.as('hr')).tasks.create(task({ customerId })))).code).toBe('NOT_FOUND')
  })
})

describe('the scope', () => {
  it('shows nothing of another: not in lists, counts, one record, commands, export', async () => {
    const canary = '金丝雀机密'
    const made = await sales.tasks.create(task({ title: canary, customerId }))
    for (const person of ['sales_other', 'finance', 'reviewer', 'hr', 'administrator'] as const) {
      const api = await t.as(person)
      expect(JSON.stringify(await listed(api))).not.toContain(canary)
      expect(await listed(api, {}, canary)).toEqual([])
      expect((await api.tasks.summary({ filters: {}, text: canary })).count).toBe(0)
      const calls = [
        () => api.tasks.get({ id: made.id }),
        () => api.tasks.update({ ...made, ...task() } as never),
        () => api.tasks.done({ items: [made], result: '' }),
        () => api.tasks.drop({ items: [made], result: '' }),
        () => api.tasks.reopen({ items: [made] }),
        () => api.tasks.snooze({ items: [made], day: '2026-05-20' as never }),
        () => api.tasks.handOver({ items: [made], ownerId: t.ids.owner, note: '' }),
      ]
      for (const call of calls) {
        const refusal = await refusalOf(call())
        expect(refusal.code).toBe('NOT_FOUND')
        expect(JSON.stringify(refusal)).not.toContain(canary)
      }
      const { jobId } = await api.tasks.exportRows({
        format: 'csv',
        filters: {},
        sort: { key: 'dueDay', dir: 'asc' },
      })
      const job = await t.core.deps.jobs.settled(jobId)
      const file = t.core.deps.files.readTemporary(t.ids[person], job.files[0]?.fileId ?? '')
      expect(new TextDecoder().decode(file.bytes)).not.toContain(canary)
    }
    for (const person of ['sales_manager', 'owner'] as const) {
      expect(await listed(await t.as(person), {}, canary)).toHaveLength(1)
    }
    await sales.tasks.drop({ items: [made], result: '' })
  })
})

describe('tasks', () => {
  it('are listed by pages, filtered, counted and exported', async () => {
    const days = ['2026-05-11', '2026-05-18', '2026-05-18', '2026-05-22', '2026-05-24', '2026-05-25', '2026-07-01']
    for (const [i, dueDay] of days.entries()) {
      await sales.tasks.create(
        task({ title: `列表 ${i}`, dueDay: dueDay as never, kind: i % 2 ? 'callBack' : 'other' }),
      )
    }
    const filters = { ownerId: t.ids.sales, state: 'open' } as const
    expect(await sales.tasks.summary({ filters })).toEqual({ count: 7, overdue: 1, today: 2, week: 2, later: 2 })
    expect(await manager.tasks.summary({ filters: { ...filters, due: 'now' } })).toMatchObject({ count: 3 })
    const counts = await Promise.all(
      (['overdue', 'today', 'week', 'later'] as const).map((due) =>
        sales.tasks.summary({ filters: { ...filters, due } }),
      ),
    )
    expect(counts.map(({ count }) => count)).toEqual([1, 2, 2, 2])
    expect(await sales.tasks.summary({ filters: { ...filters, kind: 'callBack' } })).toMatchObject({ count: 3 })

    for (const sort of [
      { key: 'dueDay', dir: 'asc' },
      { key: 'createdAt', dir: 'desc' },
    ] as const) {
      const all: string[] = []
      let cursor: string | null = null
      do {
        const page: Awaited<ReturnType<CoreClient['tasks']['list']>> = await sales.tasks.list({
          limit: 2,
          sort,
          filters,
          cursor,
        })
        all.push(...page.rows.map((row) => row.id))
        cursor = page.nextCursor
      } while (cursor !== null)
      expect(new Set(all).size).toBe(7)
      expect(all).toHaveLength(7)
    }

    const { jobId } = await sales.tasks.exportRows({ format: 'xlsx', filters, sort: { key: 'dueDay', dir: 'asc' } })
    const job = await t.core.deps.jobs.settled(jobId)
    const { bytes } = t.core.deps.files.readTemporary(t.ids.sales, job.files[0]?.fileId ?? '')
    const { sheets } = await readTable(bytes, 'x.xlsx')
    expect(sheets[0]?.rows.map((row) => row[0])).toEqual(['办理日期', ...days])
  })

  it('come from other modules in their own unit of work, and are closed with their record', async () => {
    const { store } = t.core.deps
    const source = { module: 'visits', id: newId() } as const
    const id = await store.write(system(t.ids.sales), (uow) =>
      addTask(uow, {
        kind: 'nextStep',
        title: `${'长'.repeat(300)}`,
        ownerId: t.ids.sales,
        dueDay: asDay('2026-05-20'),
        customerId,
        source,
      }),
    )
    expect(await sales.tasks.get({ id })).toMatchObject({ source, kind: 'nextStep', title: '长'.repeat(200) })
    const before = await openTasks(store.read, makeScope.users([t.ids.sales]), asDay('2026-05-18'))
    expect(before).toEqual({ overdue: 1, today: 2, soon: 4 })
    expect(await openTasks(store.read, makeScope.users([]), asDay('2026-05-18'))).toEqual({
      overdue: 0,
      today: 0,
      soon: 0,
    })
    expect(await countOpenTasksOf(store.read, customerId)).toBe(1)

    const nobody = store.write(system(t.ids.sales), (uow) =>
      addTask(uow, {
        kind: 'other',
        title: 'x',
        ownerId: newId(),
        dueDay: asDay('2026-05-20'),
        customerId: null,
        source: null,
      }),
    )
    expect((await refusalOf(nobody)).code).toBe('VALIDATION')

    const move = { customerId, fromOwnerId: t.ids.sales, toOwnerId: t.ids.sales_manager }
    expect(await store.write(system(t.ids.sales), (uow) => moveTasksOfCustomer(uow, move))).toBe(1)
    expect((await manager.tasks.get({ id })).ownerName).toBe('王主管')

    await store.write(system(t.ids.sales), (uow) => closeTasksOf(uow, source, 'done'))
    expect(await manager.tasks.get({ id })).toMatchObject({ state: 'done', closedByName: '张三' })
    await store.write(system(t.ids.sales), (uow) => closeTasksOf(uow, source, 'dropped'))
    expect((await manager.tasks.get({ id })).state).toBe('done')
  })
})
