import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import type { VisitWithSeries } from '#shared/modules/visits/visits.series.schema.ts'
import { ChecklistPanel } from '#renderer/modules/visits/parts/checklist-panel.tsx'
import { QuickLogDrawer, useQuickLog } from '#renderer/modules/visits/parts/quick-log.tsx'
import { VisitPage } from '#renderer/modules/visits/pages/visit-page.tsx'
import { ReportPage } from '#renderer/modules/visits/pages/report-page.tsx'
import { fakeCore, renderAt, sitDown, USER_ID } from './helpers.tsx'

const id = (n: number) => `01890000-0000-7000-8000-0000000001${String(n).padStart(2, '0')}`
const visit = (change: Partial<VisitWithSeries> = {}): VisitWithSeries => ({
  mayChange: true,
  id: id(1),
  customerId: id(50),
  customerName: '重庆商贸有限公司',
  userId: USER_ID,
  userName: '李娜',
  day: '2026-05-18',
  startMinute: 570,
  endMinute: 660,
  channel: 'visit',
  purpose: 'develop',
  state: 'planned',
  place: '二楼',
  goal: '定交期',
  result: '',
  needs: '',
  concerns: '',
  intent: '',
  evidence: '',
  nextStep: '',
  nextDay: null,
  noNextReason: '',
  reasonCode: '',
  reasonText: '',
  rescheduledFrom: '2026-05-15',
  wasPlanned: true,
  reportDay: null,
  late: false,
  overdue: true,
  complete: false,
  version: 3,
  nextOwner: null,
  withPeople: [],
  theirPeople: ['陈经理'],
  checks: [
    { text: '公司简介', done: false, attachmentId: null, attachmentName: '', attachmentSha256: '' },
    { text: '报价单', done: false, attachmentId: null, attachmentName: '', attachmentSha256: '' },
  ],
  moves: [
    {
      fromDay: '2026-05-15',
      fromStart: null,
      fromEnd: null,
      toDay: '2026-05-18',
      toStart: 570,
      toEnd: 660,
      reason: '客户开会',
      at: 0,
      userName: '李娜',
    },
  ],
  missing: [],
  reportDueDay: '2026-05-20',
  reportedAt: null,
  series: null,
  ...change,
})
const calls: Record<string, unknown[]> = {}

function core(view: VisitWithSeries = visit()) {
  for (const name of Object.keys(calls)) delete calls[name]
  const say = (name: string, answer: unknown) => async (input: never) => {
    ;(calls[name] ??= []).push(input)
    return answer
  }
  let version = view.version
  const rows = [{ id: id(50), name: '重庆商贸有限公司', code: 'KH00001', region: '', ownerName: '李娜' }]
  fakeCore({
    people: { briefs: say('briefs', [{ id: id(70), name: '张伟' }]) },
    customers: { list: say('customers', { rows, nextCursor: null }) },
    attachments: { list: say('attachments', { rows: [], mayWrite: true }) },
    office: { visits: say('rules', { value: {}, version: 0 }) as never },
    tasks: {
      snoozeDays: say('snoozeDays', {
        earliest: '2026-05-19',
        choices: [{ choice: 'tomorrow', day: '2026-05-19' }],
        asked: null,
      }),
    },
    visits: {
      view: say('view', view),
      create: say('create', { id: id(9), version: 0 }),
      report: say('report', { id: id(1), version: 4, missing: [] }),
      prepare: async (input: never) => {
        ;(calls['prepare'] ??= []).push(input)
        version += 1
        return { id: id(1), version }
      },
    },
  })
}

beforeEach(() => sitDown('zh-CN', { 'visits.read': 'own', 'visits.record': 'own', 'customers.read': 'own' }))

describe('the quick log', () => {
  it('opens from anywhere by keys, takes a customer, a line and a next step, and records it once', async () => {
    core()
    await renderAt(<QuickLogDrawer />)
    await act(
      async () => void fireEvent.keyDown(document.body, { key: 'Y', code: 'KeyY', ctrlKey: true, shiftKey: true }),
    )
    const drawer = await screen.findByRole('dialog')
    // The cursor stands in the first field: nothing is clicked.
    await waitFor(() => expect(document.activeElement).toBe(within(drawer).getByLabelText(/客户/)))
    const customer = within(drawer).getByLabelText(/客户/)
    fireEvent.change(customer, { target: { value: 'cqsm' } })
    await screen.findByText('重庆商贸有限公司')
    fireEvent.keyDown(customer, { key: 'Enter', code: 'Enter', keyCode: 13 })
    fireEvent.change(within(drawer).getByLabelText(/结果/), { target: { value: '约定周三试装' } })
    fireEvent.change(within(drawer).getByLabelText(/下一步/), { target: { value: '寄样' } })
    await act(async () => void fireEvent.submit(drawer.querySelector('form') as HTMLFormElement))
    await waitFor(() => expect(calls['create']).toHaveLength(1))
    expect(calls['create']?.[0]).toMatchObject({
      customerId: id(50),
      channel: 'phone',
      purpose: 'callBack',
      result: '约定周三试装',
      nextStep: '寄样',
      nextDay: '2026-05-19',
    })
    expect(useQuickLog.getState().open).toBe(false)
  })

  it('is not there for whoever may not record', async () => {
    await sitDown('zh-CN', { 'visits.read': 'all' })
    core()
    await renderAt(<QuickLogDrawer />)
    await act(
      async () => void fireEvent.keyDown(document.body, { key: 'Y', code: 'KeyY', ctrlKey: true, shiftKey: true }),
    )
    expect(screen.queryByRole('dialog')).toBeNull()
  })
})

describe('the preparation', () => {
  it('is kept as fast as one ticks, each tick from the version of the one before', async () => {
    core()
    await renderAt(<ChecklistPanel visit={visit()} mayWrite />)
    fireEvent.click(screen.getByLabelText('公司简介'))
    fireEvent.click(screen.getByLabelText('报价单'))
    await waitFor(() => expect(calls['prepare']).toHaveLength(2))
    expect(calls['prepare']).toMatchObject([
      { version: 3, checks: [{ done: true }, { done: false }] },
      { version: 4, checks: [{ done: true }, { done: true }] },
    ])
  })

  it('takes the program’s list for the purpose where there is none', async () => {
    core(visit({ checks: [] }))
    await renderAt(<ChecklistPanel visit={visit({ checks: [] })} mayWrite />)
    fireEvent.click(screen.getByRole('button', { name: '使用建议清单' }))
    await waitFor(() => expect(calls['prepare']).toHaveLength(1))
    expect(calls['prepare']).toMatchObject([{ checks: [{ text: '公司简介' }, {}, {}, {}] }])
  })
})

describe('a visit', () => {
  it('that no address can name is not there, in words that fit a page that saves nothing', async () => {
    const refused = { code: 'VALIDATION', data: { issues: [{ path: ['id'], key: 'validation:invalid' }] } }
    fakeCore({ visits: { view: () => Promise.reject(Object.assign(new Error('refused'), refused)) } })
    await renderAt(<VisitPage />)
    expect(await screen.findByText(/记录不存在/)).toBeTruthy()
    expect(screen.queryByText(/未保存任何内容/)).toBeNull()
  })

  it('shows what was agreed, how it was moved, and that its report is overdue', async () => {
    core()
    await renderAt(<VisitPage />)
    expect(await screen.findByText('逾期未报')).toBeTruthy()
    expect(screen.getByText('定交期')).toBeTruthy()
    expect(screen.getByText('陈经理')).toBeTruthy()
    expect(screen.getByText(/2026-05-15 → 2026-05-18 09:30–11:00/)).toBeTruthy()
    expect(screen.getByText(/客户开会/)).toBeTruthy()
    expect(screen.getByRole('button', { name: '填写报告' })).toBeTruthy()
  })
})

describe('a report', () => {
  it('says what it lacks while one writes, and hands in what there is', async () => {
    core()
    await renderAt(<ReportPage />)
    const says = await screen.findByRole('status')
    expect(says.textContent).toContain('结果、需求或顾虑、意向')
    fireEvent.change(screen.getByLabelText(/^结果/), { target: { value: '试装正常' } })
    fireEvent.change(screen.getByLabelText(/听到的需求/), { target: { value: '交期' } })
    await waitFor(() => expect(says.textContent).not.toContain('需求或顾虑'))
    fireEvent.change(screen.getByLabelText(/无下一步的原因/), { target: { value: '等回音' } })
    fireEvent.click(screen.getByRole('button', { name: '提交报告' }))
    await waitFor(() => expect(calls['report']).toHaveLength(1))
    expect(calls['report']?.[0]).toMatchObject({
      id: id(1),
      version: 3,
      result: '试装正常',
      needs: '交期',
      noNextReason: '等回音',
    })
  })
})
