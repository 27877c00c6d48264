import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { newlyDue, REMIND_EVERY_MS } from '#renderer/modules/tasks/parts/reminder-rules.ts'
import { useReminders } from '#renderer/modules/tasks/parts/reminder-settings.tsx'
import { TaskReminder } from '#renderer/modules/tasks/parts/task-reminder.tsx'
import { DueToday } from '#renderer/modules/tasks/parts/due-today.tsx'
import { TaskListPage } from '#renderer/modules/tasks/pages/task-list.tsx'
import type { TaskRow } from '#shared/modules/tasks/tasks.schema.ts'
import { fakeCore, renderAt, sitDown, USER_ID, wait } from './helpers.tsx'

const id = (n: number) => `01890000-0000-7000-8000-0000000001${String(n).padStart(2, '0')}`
const row = (n: number, change: Partial<TaskRow> = {}): TaskRow => ({
  id: id(n),
  kind: 'callBack',
  title: `待办 ${n}`,
  note: '',
  ownerId: USER_ID,
  ownerName: '李娜',
  dueDay: '2026-05-18',
  firstDueDay: '2026-05-18',
  group: 'today',
  late: 0,
  customerId: null,
  customerName: null,
  source: null,
  state: 'open',
  result: '',
  closedAt: null,
  closedByName: null,
  createdById: USER_ID,
  createdByName: '李娜',
  createdAt: 0,
  version: n,
  ...change,
})
const ROWS = [
  row(1, { group: 'overdue', late: 3, dueDay: '2026-05-15', customerId: id(50), customerName: '重庆商贸有限公司' }),
  row(2, { source: { module: 'visits', id: id(60) } }),
  row(3, { group: 'later', dueDay: '2026-06-01' }),
]
const calls: Record<string, unknown[]> = {}

function core(rows: readonly TaskRow[] = ROWS) {
  for (const name of Object.keys(calls)) delete calls[name]
  const say = (name: string, answer: unknown) => async (input: never) => {
    ;(calls[name] ??= []).push(input)
    return answer
  }
  const moved = { items: [{ id: id(1), version: 9 }] }
  fakeCore({
    people: { briefs: say('briefs', [{ id: id(70), name: '张伟' }]) },
    customers: { list: say('customers', { rows: [], nextCursor: null }) },
    tasks: {
      list: say('list', { rows, nextCursor: null }),
      summary: say('summary', { count: rows.length, overdue: 1, today: 1, week: 0, later: 1 }),
      snoozeDays: say('snoozeDays', {
        earliest: '2026-05-19',
        choices: [
          { choice: 'tomorrow', day: '2026-05-19' },
          { choice: 'nextWeek', day: '2026-05-25' },
        ],
        asked: null,
      }),
      done: say('done', moved),
      snooze: say('snooze', moved),
      handOver: say('handOver', moved),
      reopen: say('reopen', moved),
      create: say('create', { id: id(9), version: 0 }),
    },
  })
}
const press = (key: string) => {
  const code = key.length === 1 ? `Key${key.toUpperCase()}` : key
  return act(async () => void fireEvent.keyDown(document.activeElement ?? document.body, { key, code }))
}

beforeEach(() => sitDown('zh-CN', { 'tasks.use': 'own' }))

describe('the inbox', () => {
  it('is grouped, and is walked and worked by the keyboard', async () => {
    core()
    await renderAt(<TaskListPage />)
    const late = await screen.findByRole('region', { name: '逾期' })
    expect(within(late).getByText('逾期 3 天')).toBeTruthy()
    expect(screen.getAllByRole('heading', { level: 2 }).map((head) => head.textContent)).toEqual([
      '逾期',
      '今天',
      '以后',
    ])
    expect(calls['list']?.[0]).toMatchObject({ filters: { state: 'open', ownerId: USER_ID } })

    await press('j')
    expect(document.activeElement?.textContent).toBe('待办 1')
    await press('j')
    await press('j')
    await press('j')
    expect(document.activeElement?.textContent).toBe('待办 3')
    await press('k')
    await press('ArrowUp')
    expect(document.activeElement?.textContent).toBe('待办 1')

    await press('d')
    const drawer = await screen.findByRole('dialog')
    fireEvent.change(within(drawer).getByLabelText(/结果/), { target: { value: '已回访' } })
    fireEvent.click(within(drawer).getByRole('button', { name: '完成待办' }))
    await waitFor(() => expect(calls['done']).toEqual([{ items: [{ id: id(1), version: 1 }], result: '已回访' }]))
    fireEvent.click(await screen.findByRole('button', { name: '撤销' }))
    await waitFor(() => expect(calls['reopen']).toEqual([{ items: [{ id: id(1), version: 9 }] }]))
  })

  it('works on several at once, and proposes working days to put off to', async () => {
    core()
    await renderAt(<TaskListPage />)
    await screen.findByText('待办 1')
    await press('j')
    await press('x')
    fireEvent.click(screen.getByRole('checkbox', { name: '选择 待办 3' }))
    expect(screen.getByText('已选 2 条')).toBeTruthy()
    // The box that was ticked does not swallow the keys.
    screen.getByRole('checkbox', { name: '选择 待办 3' }).focus()
    await press('s')
    const drawer = await screen.findByRole('dialog')
    fireEvent.click(within(drawer).getByRole('button', { name: /下周一/ }))
    fireEvent.click(within(drawer).getByRole('button', { name: '推迟待办' }))
    await waitFor(() =>
      expect(calls['snooze']).toEqual([
        {
          items: [
            { id: id(1), version: 1 },
            { id: id(3), version: 3 },
          ],
          day: '2026-05-25',
        },
      ]),
    )
    expect(screen.queryByText('已选 2 条')).toBeNull()
  })

  it('Enter opens the record that a task came from', async () => {
    core()
    const { router } = await renderAt(<TaskListPage />)
    fireEvent.click(await screen.findByRole('button', { name: '待办 2' }))
    await waitFor(() => expect(router.state.location.pathname).toBe(`/visits/${id(60)}`))
  })

  it('says that nothing is to be done, and offers to enter something', async () => {
    core([])
    await renderAt(<TaskListPage />)
    expect(await screen.findByText(/没有要办的事/)).toBeTruthy()
    await press('n')
    const drawer = await screen.findByRole('dialog')
    fireEvent.change(within(drawer).getByLabelText(/内容/), { target: { value: '寄样品' } })
    fireEvent.click(within(drawer).getByRole('button', { name: '新建待办' }))
    await waitFor(() =>
      expect(calls['create']?.[0]).toMatchObject({ title: '寄样品', ownerId: USER_ID, kind: 'other' }),
    )
  })
})

it('the first page lists what is due, with links', async () => {
  core()
  await renderAt(<DueToday />)
  expect((await screen.findByRole('link', { name: '待办 2' })).getAttribute('href')).toBe(`/visits/${id(60)}`)
  expect(screen.getByRole('link', { name: '全部 3 项' })).toBeTruthy()
})

describe('the reminder', () => {
  const state = { on: true, permission: 'granted', lastAt: 0, told: new Set<string>() }
  const now = 10 * REMIND_EVERY_MS
  it.each([
    ['what is new', {}, 3],
    ['nothing where it is off', { on: false }, 0],
    ['nothing where the system refuses', { permission: 'denied' }, 0],
    ['nothing where nobody was asked', { permission: 'default' }, 0],
    ['nothing within the hour', { lastAt: now - REMIND_EVERY_MS + 1 }, 0],
    ['again after the hour', { lastAt: now - REMIND_EVERY_MS }, 3],
    ['again where the clock was put back', { lastAt: now + 1 }, 3],
    ['only what it did not tell before', { told: new Set([id(1), id(2)]) }, 1],
  ])('tells %s', (_what, change, count) => expect(newlyDue({ ...state, ...change }, ROWS, now)).toHaveLength(count))

  const shown: { title: string; body: string }[] = []
  class FakeNotification extends EventTarget {
    static permission = 'granted'
    constructor(title: string, options: { body: string }) {
      super()
      shown.push({ title, body: options.body })
    }
  }
  afterEach(() => vi.unstubAllGlobals())

  it.each([
    [false, '3 项待办到期'],
    [true, '3 项待办到期\n待办 1 · 重庆商贸有限公司\n待办 2\n待办 3'],
  ])('names customers only where this computer wishes so (%s)', async (names, body) => {
    shown.length = 0
    vi.stubGlobal('Notification', FakeNotification)
    useReminders.setState({ on: true, names, lastAt: 0 })
    core()
    const { unmount } = await renderAt(<TaskReminder />)
    await wait(50)
    expect(shown).toEqual([{ title: '业务台待办', body }])
    unmount()
    await renderAt(<TaskReminder />)
    await wait(50)
    expect(shown).toHaveLength(1)
  })
})
