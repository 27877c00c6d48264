import { describe, expect, it } from 'vitest'
import { asDay, type PlainDay } from '#shared/kernel/dates.ts'
import {
  allocationDay,
  allocationFault,
  collectionRate,
  daysOverdue,
  instalmentStatus,
} from '#shared/modules/receivables/receivables.rules.ts'

const day = asDay('2026-05-20')
describe('status', () => {
  it.each([
    [{ dueDay: '2026-05-21', outstanding: 1 }, 'not_due'],
    [{ dueDay: '2026-05-20', outstanding: 1 }, 'due_today'],
    [{ dueDay: '2026-05-19', outstanding: 1 }, 'overdue'],
    [{ dueDay: '2026-05-19', outstanding: 0 }, 'settled'],
    [{ dueDay: null, outstanding: 1 }, 'waiting'],
    [{ dueDay: null, outstanding: 0, cancelled: true }, 'cancelled'],
  ] as const)('%o is %s', (input, want) => {
    const given = { cancelled: false, ...input, dueDay: input.dueDay as PlainDay | null }
    expect(instalmentStatus(given, day)).toBe(want)
  })

  it('counts days overdue from the day after the due day', () => {
    expect(daysOverdue(asDay('2026-03-31'), day)).toBe(50)
    expect(daysOverdue(day, day)).toBe(0)
    expect(daysOverdue(asDay('2026-06-01'), day)).toBe(0)
    expect(daysOverdue(null, day)).toBe(0)
  })
})

describe('an allocation typed by hand', () => {
  const pays = (instalmentId: string, amount: number, principal = amount) => ({ instalmentId, amount, principal })
  const owed = (id: string) => (id === 'a' ? 100 : 50)
  it.each([
    [[pays('a', 101)], 'over_instalment', 0],
    [[pays('a', 90), pays('b', 40)], 'over_receipt', 1],
    [[pays('a', 10), pays('a', 10)], 'twice', 1],
  ] as const)('%o', (rows, fault, index) => {
    expect(allocationFault(120, rows, owed)).toEqual({ fault, index })
  })

  it('is fine within its bounds', () => {
    expect(allocationFault(120, [pays('a', 100), pays('b', 20)], owed)).toBeNull()
  })
})

describe('the day from which an allocation counts', () => {
  it('is never before the money came in or the debt existed', () => {
    expect(allocationDay(asDay('2026-03-01'), asDay('2026-01-10'))).toBe('2026-03-01')
    expect(allocationDay(asDay('2026-01-05'), asDay('2026-01-10'))).toBe('2026-01-10')
  })
})

describe('collection rate', () => {
  it.each([
    [0, 0, null],
    [24_000_000, 4_800_000, 2000],
    [3, 1, 3333],
    [3, 2, 6667],
    [100, 100, 10_000],
  ] as const)('%d due, %d collected', (due, collected, want) => {
    expect(collectionRate(due, collected)).toBe(want)
  })
})
