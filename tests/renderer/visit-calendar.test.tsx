import { act, fireEvent, screen } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import { weekOf } from '#shared/modules/visits/visits.calendar.rules.ts'
import type { CalendarRow } from '#shared/modules/visits/visits.schema.ts'
import { CalendarGrid } from '#renderer/modules/visits/parts/calendar-grid.tsx'
import { renderAt, sitDown, USER_ID } from './helpers.tsx'

const MONDAY = asDay('2026-05-18')
const visit = (over: Partial<CalendarRow> = {}): CalendarRow => ({
  id: 'v1',
  customerId: 'c1',
  customerName: '重庆商贸',
  userId: USER_ID,
  userName: '李娜',
  withIds: [],
  day: MONDAY,
  startMinute: 540,
  endMinute: 600,
  state: 'planned',
  channel: 'visit',
  purpose: 'negotiate',
  place: '',
  goal: '',
  rescheduledFrom: null,
  overdue: false,
  series: false,
  version: 3,
  ...over,
})
const said = vi.fn()
const moved = vi.fn()
const planned = vi.fn()
const opened = vi.fn()

const draw = (rows: readonly CalendarRow[]) =>
  renderAt(
    <CalendarGrid
      weeks={[weekOf(MONDAY)]}
      month={null}
      today={MONDAY}
      rows={rows}
      daysOff={[{ day: '2026-05-20', name: '劳动节' }]}
      mayMove
      onSay={said}
      onOpen={opened}
      onPlan={planned}
      onMove={moved}
    />,
  )
const cell = (day: string) => {
  const found = document.querySelector<HTMLElement>(`[data-day="${day}"]`)
  if (!found) throw new Error(`no cell of ${day}`)
  return found
}
const frame = () => act(async () => new Promise((resolve) => requestAnimationFrame(() => resolve(undefined))))

beforeEach(async () => {
  await sitDown()
  for (const spy of [said, moved, planned, opened]) spy.mockReset()
})

test('a visit is picked up, carried by the arrows and put down, by keys alone', async () => {
  await draw([visit()])
  fireEvent.keyDown(screen.getByRole('button', { name: /重庆商贸/ }), { key: 'm' })
  await frame()
  expect(document.activeElement).toBe(cell('2026-05-18'))
  for (const day of ['2026-05-19', '2026-05-20']) {
    fireEvent.keyDown(document.activeElement!, { key: 'ArrowRight' })
    await frame()
    expect(document.activeElement).toBe(cell(day))
  }
  fireEvent.keyDown(document.activeElement!, { key: 'Enter' })
  expect(moved).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ id: 'v1', version: 3 }), '2026-05-20')
  expect(said.mock.calls.flat()).toContain('2026-05-20')
})

test('a holiday is shaded and named', async () => {
  await draw([])
  expect(cell('2026-05-20').className).toContain('off')
  expect(cell('2026-05-19').className).not.toContain('off')
  expect(screen.getByText('劳动节')).toBeTruthy()
})

test('Escape puts it back, and what is done is not picked up', async () => {
  await draw([visit(), visit({ id: 'v2', customerName: '成都兴川', state: 'done', startMinute: 700, endMinute: 730 })])
  fireEvent.keyDown(screen.getByRole('button', { name: /重庆商贸/ }), { key: 'm' })
  await frame()
  fireEvent.keyDown(document.activeElement!, { key: 'ArrowRight' })
  await frame()
  fireEvent.keyDown(document.activeElement!, { key: 'Escape' })
  fireEvent.keyDown(cell('2026-05-19'), { key: 'Enter' })
  fireEvent.keyDown(screen.getByRole('button', { name: /成都兴川/ }), { key: 'm' })
  await frame()
  fireEvent.keyDown(cell('2026-05-20'), { key: 'Enter' })
  expect(moved).not.toHaveBeenCalled()
})

test('Enter opens the first of a day, N plans one, and two at once are marked', async () => {
  await draw([
    visit(),
    visit({ id: 'v2', startMinute: 570, endMinute: 630 }),
    visit({ id: 'v3', startMinute: null, endMinute: null }),
  ])
  expect(screen.getAllByLabelText('时间冲突')).toHaveLength(2)
  fireEvent.keyDown(cell('2026-05-18'), { key: 'Enter' })
  expect(opened).toHaveBeenCalledWith(expect.objectContaining({ id: 'v3' }))
  fireEvent.keyDown(cell('2026-05-21'), { key: 'n' })
  expect(planned).toHaveBeenCalledWith('2026-05-21')
})
