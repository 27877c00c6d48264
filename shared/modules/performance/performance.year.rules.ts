import { divideRounded } from '#shared/kernel/money.ts'
import type { MonthSheet, YearPerson, YearMonth } from './performance.schema.ts'
import { gradeOf } from './performance.schemes.rules.ts'

/** A month of a person that does not count in his year, and why. */
export interface LeftOut {
  readonly month: string
  readonly userId: string
  readonly reason: string
}

/** The mean of the months that count, rounded half up; null where none does. Points × 100. */
export function yearTotal(totals: readonly number[]): number | null {
  if (totals.length === 0) return null
  return Number(
    divideRounded(
      totals.reduce((sum, total) => sum + BigInt(total), 0n),
      BigInt(totals.length),
    ),
  )
}

/** The twelve months of a year. */
export function monthsOf(year: number): string[] {
  return Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, '0')}`)
}

const keyOf = (month: string, userId: string): string => `${month} ${userId}`

/**
 * The year of everybody who stands on one of its locked months: each month as it was locked, and their mean over those
 * in which he was appraised. A month that was left out for him (a long leave, a month he joined in the middle of) does
 * not count; one that is not locked does not count yet. Grade and coefficient are by the grades of his last month.
 */
export function yearOf(year: number, sheets: readonly MonthSheet[], leftOut: readonly LeftOut[]): YearPerson[] {
  const inOrder = sheets.toSorted((a, b) => (a.month < b.month ? -1 : 1))
  const known = new Map(
    inOrder.flatMap((sheet) => sheet.people.map((person) => [keyOf(sheet.month, person.userId), person] as const)),
  )
  const reasons = new Map(leftOut.map((one) => [keyOf(one.month, one.userId), one.reason]))
  const locked = new Set(inOrder.map((sheet) => sheet.month as string))
  const latest = new Map(inOrder.flatMap((sheet) => sheet.people.map((person) => [person.userId, person] as const)))
  const people = [...latest.values()].map((person) => {
    const months = monthsOf(year).map((month): YearMonth => {
      const his = known.get(keyOf(month, person.userId))
      const reason = reasons.get(keyOf(month, person.userId)) ?? ''
      if (!locked.has(month)) return { month, state: 'open', total: null, reason: '' }
      if (!his) return { month, state: 'absent', total: null, reason: '' }
      const was = his.asLocked?.total ?? his.total
      return {
        month,
        state: reason === '' ? 'counts' : 'leftOut',
        total: his.total,
        ...(was === his.total ? {} : { lockedTotal: was }),
        reason,
      }
    })
    const total = yearTotal(months.flatMap((one) => (one.state === 'counts' ? [one.total ?? 0] : [])))
    const grade = total === null ? null : gradeOf(person.grades, total)
    const { userId, userName, teamName, grades } = person
    return {
      userId,
      userName,
      teamName,
      grades,
      months,
      total,
      grade: grade?.name ?? null,
      coefficient: grade?.coefficient ?? null,
    }
  })
  const totals = people.flatMap((person) => person.total ?? [])
  const rankOf = (total: number | null) => (total === null ? null : 1 + totals.filter((other) => other > total).length)
  return people
    .map((person) => ({ ...person, rank: rankOf(person.total) }))
    .toSorted((a, b) => (b.total ?? -1) - (a.total ?? -1))
}
