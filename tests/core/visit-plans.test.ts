import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { makeScope } from '#core/kernel/scope.ts'
import { countPlansOf, countVisits, movePlansOfCustomer } from '#core/modules/visits/visits.api.ts'
import { remindOfReports } from '#core/modules/visits/visits.keeper.ts'
import type { CoreClient } from '#core/start-core.ts'
import { MIGRATIONS } from '#core/store/migrations/index.ts'
import { pdfPages } from '#tests/helpers/pdf-text.ts'
import { pdfFile } from '#tests/helpers/sample-files.ts'
import { makeCustomer } from '#tests/helpers/sample-trade.ts'
import { createTestCore, PASSWORD, refusalOf, TEST_NOW, type TestCore } from '#tests/helpers/test-core.ts'
import { createTestStore } from '#tests/helpers/test-store.ts'

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
afterEach(() => moveTo(TEST_NOW))
afterAll(() => t.close())

type Input<K extends keyof CoreClient['visits']> = Parameters<CoreClient['visits'][K]>[0]
const plan = (change: object = {}) =>
  ({ customerId, day: '2026-05-20', startMinute: 570, purpose: 'develop', ...change }) as Input<'plan'>
const report = (change: object = {}) =>
  ({
    result: '试装正常',
    needs: '稳定交期',
    intent: 'B',
    evidence: '已列入采购计划',
    nextStep: '寄样',
    nextDay: '2026-05-25',
    ...change,
  }) as Omit<Input<'report'>, 'id' | 'version'>
/** Nobody stays logged in over days. */
async function moveTo(moment: number): Promise<void> {
  t.clock.set(moment)
  const seats = { sales, sales_other: other, sales_manager: manager }
  for (const [login, seat] of Object.entries(seats)) await seat.session.logIn({ login, password: PASSWORD })
}
const kept = ({ id, version }: { id: string; version: number }) => ({ id, version })
const at = (day: string) => moveTo(Date.parse(`${day}T02:00:00Z`))
const code = async (asked: Promise<unknown>) => (await refusalOf(asked)).code
const openTasks = async (seat = sales) =>
  (await seat.tasks.list({ limit: 50, sort: { key: 'dueDay', dir: 'asc' }, filters: { state: 'open', customerId } }))
    .rows
const settled = async ({ jobId }: { jobId: string }, userId: string) => {
  const job = await t.core.deps.jobs.settled(jobId)
  expect(job).toMatchObject({ state: 'done', error: null })
  return t.core.deps.files.readTemporary(userId, job.files[0]?.fileId ?? '')
}

describe('a plan', () => {
  it('says when, where, what for and with whom, and changes all but its time', async () => {
    const made = await sales.visits.plan(
      plan({ endMinute: 660, place: '二楼', goal: '定交期', withIds: [t.ids.sales_other], theirPeople: ['陈经理'] }),
    )
    expect(await sales.visits.view({ id: made.id })).toMatchObject({
      state: 'planned',
      userName: '张三',
      startMinute: 570,
      endMinute: 660,
      place: '二楼',
      withPeople: [{ id: t.ids.sales_other, name: '李四' }],
      theirPeople: ['陈经理'],
      wasPlanned: true,
      overdue: false,
      reportDueDay: '2026-05-22',
      result: '',
    })
    const changed = await sales.visits.changePlan({
      ...made,
      customerId,
      purpose: 'negotiate',
      goal: '谈价格',
      theirPeople: ['刘工', '陈经理'],
    } as Input<'changePlan'>)
    const view = await sales.visits.view({ id: made.id })
    expect(view).toMatchObject({ purpose: 'negotiate', goal: '谈价格', day: '2026-05-20', withPeople: [] })
    expect(view.theirPeople).toEqual(['刘工', '陈经理'])
    expect(await code(sales.visits.changePlan({ ...made, customerId, purpose: 'sign' } as Input<'changePlan'>))).toBe(
      'STALE',
    )
    // What has no result yet is not entered as if it were done.
    const done = { ...changed, customerId, day: '2026-05-18', purpose: 'sign', result: '签了' } as Input<'update'>
    expect(await code(sales.visits.update(done))).toBe('VISIT_STATE')
    await sales.visits.remove(changed)
    expect(await code(sales.visits.view({ id: made.id }))).toBe('NOT_FOUND')
  })

  it('is for today or later, with an end after its beginning, and for people who are there', async () => {
    expect(await code(sales.visits.plan(plan({ day: '2026-05-17' })))).toBe('VISIT_PAST')
    for (const bad of [
      { startMinute: null, endMinute: 600 },
      { startMinute: 600, endMinute: 600 },
      { startMinute: 1440 },
      { purpose: '' },
      { withIds: [customerId] },
      { userId: t.ids.sales_other },
    ]) {
      expect(await code(sales.visits.plan(plan(bad)))).toBe('VALIDATION')
    }
    expect(await code(other.visits.plan(plan()))).toBe('NOT_FOUND')
  })

  it('moves to another time with a reason, and what it was stays written', async () => {
    const made = await sales.visits.plan(plan())
    const to = { day: '2026-05-22', startMinute: null, endMinute: null, reason: '客户开会' } as never as Omit<
      Input<'reschedule'>,
      'id' | 'version'
    >
    const moved = await sales.visits.reschedule({ ...made, ...to })
    expect(await code(sales.visits.reschedule({ ...moved, ...to }))).toBe('VISIT_SAME_TIME')
    expect(await code(sales.visits.reschedule({ ...moved, ...to, day: '2026-05-15' as PlainDay }))).toBe('VISIT_PAST')
    expect(await code(sales.visits.reschedule({ ...moved, ...to, reason: ' ' }))).toBe('VALIDATION')
    const again = await sales.visits.reschedule({ ...moved, ...to, day: '2026-05-25' as PlainDay, reason: '停电' })
    const view = await sales.visits.view({ id: made.id })
    expect(view).toMatchObject({ day: '2026-05-25', rescheduledFrom: '2026-05-20', state: 'planned' })
    expect(
      view.moves.map(({ fromDay, fromStart, toDay, reason, userName }) => [
        fromDay,
        fromStart,
        toDay,
        reason,
        userName,
      ]),
    ).toEqual([
      ['2026-05-20', 570, '2026-05-22', '客户开会', '张三'],
      ['2026-05-22', null, '2026-05-25', '停电', '张三'],
    ])
    const off = await sales.visits.cancel({ ...again, reason: { code: 'customerAsked', text: '' } })
    expect(await sales.visits.get({ id: made.id })).toMatchObject({ state: 'cancelled', reasonCode: 'customerAsked' })
    expect(await code(sales.visits.cancel({ ...off, reason: { code: 'customerAsked', text: '' } }))).toBe('VISIT_STATE')
    expect(await code(sales.visits.report({ ...off, ...report() }))).toBe('VISIT_STATE')
    const back = await sales.visits.reschedule({ ...off, ...to, day: '2026-05-25' as PlainDay })
    expect(await sales.visits.get({ id: made.id })).toMatchObject({ state: 'planned', reasonCode: '' })
    await sales.visits.remove(back)
  })

  it('that came to nothing says why, in words where the reason is another', async () => {
    const made = await sales.visits.plan(plan({ day: '2026-05-18' }))
    expect(await code(sales.visits.incident({ ...made, reason: { code: 'other', text: '' } }))).toBe('VALIDATION')
    const later = await sales.visits.plan(plan())
    expect(await code(sales.visits.incident({ ...later, reason: { code: 'traffic', text: '' } }))).toBe('VISIT_DAY')
    const gone = await sales.visits.incident({ ...made, reason: { code: 'other', text: '门卫不让进' } })
    expect(await sales.visits.get({ id: made.id })).toMatchObject({ state: 'incident', reasonText: '门卫不让进' })
    await sales.visits.remove(gone)
    await sales.visits.remove(later)
  })

  it('keeps what was prepared, with the version of each file as it was', async () => {
    const made = await sales.visits.plan(plan())
    const { fileId } = await sales.files.upload({ file: new File([pdfFile('v1') as never], '报价单.pdf') })
    const file = await sales.attachments.add({ to: 'visit', id: made.id, fileId })
    const sum = (await sales.attachments.list({ to: 'visit', id: made.id })).rows[0]?.sha256
    const checks = [
      { text: '报价单', done: true, attachmentId: file.id },
      { text: '样件', done: false, attachmentId: null },
    ]
    const ready = await sales.visits.prepare({ ...made, checks })
    await sales.attachments.remove({ id: file.id, version: file.version, reason: '换新版' })
    // A file that is gone stays noted as it was; one that never was there is not noted at all.
    const kept = await sales.visits.prepare({ ...ready, checks })
    expect((await sales.visits.view({ id: made.id })).checks).toEqual([
      { text: '报价单', done: true, attachmentId: file.id, attachmentName: '报价单.pdf', attachmentSha256: sum },
      { text: '样件', done: false, attachmentId: null, attachmentName: '', attachmentSha256: '' },
    ])
    const stranger = [{ text: 'x', done: false, attachmentId: t.ids.sales }]
    expect(await code(sales.visits.prepare({ ...kept, checks: stranger }))).toBe('VALIDATION')
    await sales.visits.remove(kept)
  })
})

describe('a report', () => {
  it('makes the visit done, a task of the next step and a line of the history of readiness', async () => {
    const made = await sales.visits.plan(plan({ day: '2026-05-18' }))
    const half = await sales.visits.report({ ...made, ...report({ needs: '', nextDay: null }) })
    expect(half.missing).toEqual(['needs', 'nextStep'])
    const { read } = t.core.deps.store
    const counted = async () =>
      (await countVisits(read, makeScope.all(), '2026-05-01', '2026-05-31')).get(t.ids.sales) ?? 0
    expect(await counted()).toBe(0)
    const full = await sales.visits.report({ ...kept(half), ...report({ nextOwnerId: t.ids.sales_manager }) })
    expect(full.missing).toEqual([])
    expect(await counted()).toBe(1)
    expect(await openTasks(manager)).toMatchObject([{ title: '寄样', dueDay: '2026-05-25', ownerName: '王主管' }])
    expect(await sales.visits.view({ id: made.id })).toMatchObject({
      state: 'done',
      complete: true,
      late: false,
      nextOwner: { name: '王主管' },
    })
    const better = await sales.visits.report({ ...kept(full), ...report({ intent: 'A', evidence: '要合同草案' }) })
    expect((await sales.visits.intents({ customerId })).map(({ intent, evidence }) => [intent, evidence])).toEqual([
      ['A', '要合同草案'],
      ['B', '已列入采购计划'],
    ])
    expect(await other.visits.intents({ customerId })).toEqual([])
    await sales.visits.remove(kept(better))
    expect(await openTasks(manager)).toEqual([])
    expect(await sales.visits.intents({ customerId })).toEqual([])
  })

  it('is not of a visit to come, its next step not before the visit, its owner active', async () => {
    const later = await sales.visits.plan(plan())
    expect(await code(sales.visits.report({ ...later, ...report() }))).toBe('VISIT_DAY')
    await at('2026-05-20')
    for (const bad of [{ nextDay: '2026-05-19' }, { nextOwnerId: customerId }, { nextStep: '' }, { result: '' }]) {
      expect(await code(sales.visits.report({ ...later, ...report(bad) }))).toBe('VALIDATION')
    }
    await sales.visits.remove(later)
  })

  it('is late after two working days, and is so by the day that made it complete', async () => {
    const made = await sales.visits.plan(plan())
    await at('2026-05-25')
    expect(await sales.visits.get({ id: made.id })).toMatchObject({ overdue: true })
    expect(await sales.visits.summary({ filters: { overdue: true } })).toMatchObject({ count: 1, overdue: 1 })
    await at('2026-05-22')
    expect(await sales.visits.summary({ filters: { overdue: true } })).toMatchObject({ count: 0 })
    const half = await sales.visits.report({ ...made, ...report({ evidence: '' }) })
    expect(await sales.visits.get({ id: made.id })).toMatchObject({ late: false, complete: false })
    await at('2026-05-25')
    const full = await sales.visits.report({ ...kept(half), ...report() })
    expect(await sales.visits.get({ id: made.id })).toMatchObject({
      late: true,
      complete: true,
      reportDay: '2026-05-25',
    })
    await at('2026-05-26')
    const more = await sales.visits.report({ ...kept(full), ...report({ concerns: '账期' }) })
    expect(await sales.visits.get({ id: made.id })).toMatchObject({ reportDay: '2026-05-25' })
    await sales.visits.remove(kept(more))
  })

  it('that is overdue becomes a task of the visitor, once, and is done with the report', async () => {
    const made = await sales.visits.plan(plan())
    expect(await remindOfReports(t.core.deps)).toBe(0)
    await at('2026-05-30')
    expect(await remindOfReports(t.core.deps)).toBe(1)
    expect(await remindOfReports(t.core.deps)).toBe(0)
    // A Saturday: due on the next working day.
    expect(await openTasks()).toMatchObject([
      { title: '补写 2026-05-20 的拜访报告', kind: 'followUp', dueDay: '2026-06-01', ownerName: '张三' },
    ])
    const done = await sales.visits.report({
      ...made,
      ...report({ nextStep: '', nextDay: null, noNextReason: '办结' }),
    })
    expect(done.missing).toEqual([])
    expect(await openTasks()).toEqual([])
    await sales.visits.remove(kept(done))
  })
})

describe('plans of others', () => {
  it('are nowhere: not in lists, calendars, figures, or by their id', async () => {
    const made = await sales.visits.plan(plan({ withIds: [t.ids.sales_other] }))
    const range = { from: '2026-05-01' as PlainDay, to: '2026-05-31' as PlainDay }
    const sort = { key: 'day', dir: 'asc' } as const
    expect((await other.visits.list({ limit: 50, sort, filters: {} })).rows).toEqual([])
    expect((await other.visits.calendar(range)).rows).toEqual([])
    expect((await other.visits.figures(range)).rows).toEqual([])
    for (const asked of [
      () => other.visits.view({ id: made.id }),
      () => other.visits.report({ ...made, ...report() }),
      () => other.visits.cancel({ ...made, reason: { code: 'notNeeded', text: '' } }),
      () => other.visits.prepare({ ...made, checks: [] }),
      () => other.visits.sheet({ id: made.id, language: 'en' }),
    ]) {
      expect(await code(asked())).toBe('NOT_FOUND')
    }
    expect(await code(other.visits.calendarFile(range))).toBe('VISIT_NO_PLAN')
    expect((await manager.visits.calendar(range)).rows).toMatchObject([
      {
        id: made.id,
        customerName: '成都兴川机械制造有限公司',
        withIds: [t.ids.sales_other],
        state: 'planned',
        version: 0,
      },
    ])
    const one = async (userId: string) => (await manager.visits.calendar({ ...range, userIds: [userId] })).rows.length
    expect([await one(t.ids.sales), await one(t.ids.sales_other), await one(t.ids.hr)]).toEqual([1, 1, 0])
    expect(await code(sales.visits.calendar({ ...range, to: '2026-07-15' as PlainDay }))).toBe('VISIT_RANGE')
    expect(await code(sales.visits.figures({ from: range.to, to: range.from }))).toBe('VISIT_RANGE')
    await sales.visits.remove(made)
  })

  it('tells the days that are not worked, holidays by their name, and leaves out weekends that are', async () => {
    const { daysOff } = await sales.visits.calendar({ from: '2026-05-01', to: '2026-05-10' } as never)
    const { value } = await (await t.as('owner')).office.workCalendar.read({})
    const named = new Map(value.holidays.map((one) => [one.day as string, one.name]))
    expect(daysOff.map((one) => one.day)).toContain('2026-05-01')
    expect(daysOff.map((one) => one.day)).toContain('2026-05-10')
    for (const one of daysOff) expect(one.name).toBe(named.get(one.day) ?? '')
    expect(daysOff.some((one) => (value.workingWeekends as string[]).includes(one.day))).toBe(false)
    expect(daysOff.length).toBeLessThan(10)
  })
})

describe('a hand-over', () => {
  it('gives what is planned to whoever looks after the customer now, with no reminder left behind', async () => {
    const made = await sales.visits.plan(plan({ withIds: [t.ids.sales_other] }))
    await at('2026-05-30')
    expect(await remindOfReports(t.core.deps)).toBe(1)
    const { store } = t.core.deps
    expect(await countPlansOf(store.read, customerId)).toBe(1)
    const actor = { userId: t.ids.sales_manager, roles: [], device: 'test', entry: 'customers.transfer' } as const
    const moved = await store.write(actor, (uow) => movePlansOfCustomer(uow, customerId, t.ids.sales_other))
    expect(moved).toBe(1)
    expect(await other.visits.view({ id: made.id })).toMatchObject({ userName: '李四', withPeople: [] })
    // The customer is still his, so that he may read what another does there, and no more.
    expect(await sales.visits.view({ id: made.id })).toMatchObject({ userName: '李四', mayChange: false })
    expect(await code(sales.visits.remove({ id: made.id, version: made.version + 1 }))).toBe('NOT_FOUND')
    expect(await openTasks()).toEqual([])
    expect(await remindOfReports(t.core.deps)).toBe(1)
    const { version } = await other.visits.get({ id: made.id })
    await other.visits.remove({ id: made.id, version })
  })
})

describe('the figures of a period', () => {
  it('are what the filtered lists hold', async () => {
    const made = []
    for (const day of ['2026-05-18', '2026-05-18', '2026-05-20', '2026-05-20', '2026-05-29']) {
      made.push(await sales.visits.plan(plan({ day, startMinute: null })))
    }
    const [held, late, off, failed] = made as [(typeof made)[0], (typeof made)[0], (typeof made)[0], (typeof made)[0]]
    await sales.visits.report({ ...held, ...report() })
    await sales.visits.cancel({ ...off, reason: { code: 'notNeeded', text: '' } })
    await sales.visits.create({ customerId, day: '2026-05-18', purpose: 'callBack', result: '顺路' } as Input<'create'>)
    await sales.visits.create({
      customerId,
      day: '2026-05-18',
      channel: 'phone',
      purpose: 'callBack',
      result: '来电',
    } as Input<'create'>)
    await at('2026-05-27')
    await sales.visits.report({ ...late, ...report() })
    await sales.visits.incident({ ...failed, reason: { code: 'nobodyThere', text: '' } })
    await at('2026-06-05')
    const range = { from: '2026-05-18' as PlainDay, to: '2026-05-31' as PlainDay }
    const { rows } = await manager.visits.figures(range)
    expect(rows).toEqual([
      {
        userId: t.ids.sales,
        userName: '张三',
        planned: 5,
        kept: 2,
        open: 1,
        done: 3,
        complete: 2,
        cancelled: 1,
        incident: 1,
        late: 1,
        overdue: 1,
      },
    ])
    const counted = async (filters: object) =>
      (await manager.visits.summary({ filters: { ...range, channel: 'visit', userId: t.ids.sales, ...filters } })).count
    expect({
      planned: await counted({ wasPlanned: true }),
      kept: await counted({ wasPlanned: true, state: 'done' }),
      open: await counted({ state: 'planned' }),
      done: await counted({ state: 'done' }),
      complete: await counted({ report: 'complete' }),
      cancelled: await counted({ state: 'cancelled' }),
      incident: await counted({ state: 'incident' }),
      late: await counted({ late: true }),
      overdue: await counted({ overdue: true }),
    }).toEqual({ planned: 5, kept: 2, open: 1, done: 3, complete: 2, cancelled: 1, incident: 1, late: 1, overdue: 1 })
  })
})

describe('what one takes along', () => {
  it.each([
    [
      'zh-CN',
      [
        '拜访单',
        '进行中的商机',
        '离心泵更新',
        '120,000.00',
        '成都兴川机械制造有限公司',
        '定交期',
        '陈经理',
        '现场记录',
        '顺路',
      ],
    ],
    ['zh-TW', ['拜訪單', '準備清單', '現場記錄']],
    ['en', ['Visitsheet', 'Preparation', 'Outstanding', 'Notes']],
  ] as const)('is one page in %s', async (language, words) => {
    const made = await sales.visits.plan(plan({ goal: '定交期', theirPeople: ['陈经理'] }))
    const deal = { name: '离心泵更新', customerId, amount: 12_000_000, expectedDay: '2026-06-30' }
    await sales.deals.create(deal as never)
    const checks = ['公司简介', '报价单'].map((text, n) => ({ text, done: n === 0, attachmentId: null }))
    const ready = await sales.visits.prepare({ ...made, checks })
    const file = await settled(await sales.visits.sheet({ id: made.id, language }), t.ids.sales)
    const pages = await pdfPages(file.bytes)
    expect(pages).toHaveLength(1)
    for (const word of words) expect(pages[0]).toContain(word)
    await sales.visits.remove(ready)
  })

  it('stays one page however much there is to say', async () => {
    const long = '很长的一句话，'.repeat(12)
    const names = Array.from({ length: 5 }, (_, n) => `${n}号联系人先生`)
    const big = await sales.customers.create({
      name: `${'长'.repeat(50)}有限公司`,
      source: 'web',
      address: long,
      contacts: names.map((name, n) => ({
        name,
        title: long.slice(0, 30),
        mobile: `1390000000${n}`,
        primary: n === 0,
      })),
    } as never)
    for (const day of ['2026-05-11', '2026-05-12', '2026-05-13', '2026-05-14']) {
      await sales.visits.create({
        customerId: big.id,
        day,
        purpose: 'collect',
        result: long.repeat(3),
        nextStep: long,
        nextDay: '2026-06-01',
      } as Input<'create'>)
    }
    for (const name of ['离心泵更新', '备件年度框架']) {
      const deal = { name, customerId: big.id, amount: 12_000_000, expectedDay: '2026-06-30' }
      await sales.deals.create(deal as never)
    }
    const made = await sales.visits.plan(
      plan({ customerId: big.id, endMinute: 700, place: long, goal: long.repeat(4), theirPeople: names }),
    )
    const checks = Array.from({ length: 14 }, () => ({ text: long, done: false, attachmentId: null }))
    await sales.visits.prepare({ ...made, checks })
    for (const language of ['zh-CN', 'zh-TW', 'en'] as const) {
      const { bytes } = await settled(await sales.visits.sheet({ id: made.id, language }), t.ids.sales)
      expect(await pdfPages(bytes)).toHaveLength(1)
    }
    await sales.visits.remove({ ...made, version: 1 })
  })

  it('is the plan as a calendar file, only one’s own', async () => {
    const made = await sales.visits.plan(plan({ endMinute: 660 }))
    const range = { from: '2026-05-18' as PlainDay, to: '2026-05-24' as PlainDay }
    const file = await settled(await sales.visits.calendarFile(range), t.ids.sales)
    expect(file.name).toMatch(/\.ics$/)
    const text = new TextDecoder().decode(file.bytes)
    expect(text).toContain(`UID:${made.id}@yewutai\r\n`)
    expect(text).toContain('DTSTART:20260520T013000Z\r\n')
    expect(text).toContain('成都兴川')
    // The manager sees the plan and does not carry it away.
    expect(await code(manager.visits.calendarFile(range))).toBe('VISIT_NO_PLAN')
    await sales.visits.remove(made)
  })
})

describe('a file of before there were plans', () => {
  it('keeps every visit as done and complete', async () => {
    const at = MIGRATIONS.findIndex((migration) => migration.id === '0019-visit-plans')
    const old = await createTestStore({ migrations: MIGRATIONS.slice(0, at) })
    const { raw } = old.store
    raw.pragma('foreign_keys = OFF')
    raw
      .prepare(
        `INSERT INTO visits (id, customer_id, user_id, day, channel, purpose, result, next_step, next_day, version, created_at, updated_at)
         VALUES ('v', 'c', 'u', '2026-04-01', 'visit', 'collect', 'paid', 'write', '2026-04-08', 4, 5, 6)`,
      )
      .run()
    for (const [table, row] of [
      ['users', 'u'],
      ['customers', 'c'],
    ] as const) {
      const columns = raw.pragma(`table_info(${table})`) as {
        name: string
        type: string
        notnull: number
        dflt_value: string | null
      }[]
      const needed = columns.filter((column) => column.notnull === 1 && column.dflt_value === null)
      const values = needed.map(({ name, type }) => (name === 'id' ? row : type === 'INTEGER' ? 1 : 'x'))
      raw.pragma('ignore_check_constraints = ON')
      raw
        .prepare(`INSERT INTO ${table} (${needed.map((c) => c.name).join()}) VALUES (${needed.map(() => '?').join()})`)
        .run(...values)
    }
    raw.pragma('foreign_keys = ON')
    const store = await old.reopen()
    expect(store.raw.prepare('SELECT * FROM visits').all()).toMatchObject([
      {
        id: 'v',
        state: 'done',
        complete: 1,
        late: 0,
        result: 'paid',
        next_step: 'write',
        next_day: '2026-04-08',
        planned_at: null,
        report_day: '2026-04-01',
        reported_at: 5,
        version: 4,
      },
    ])
    await old.close()
  })
})
