import { addDays, endOfMonth, startOfMonth, weekday, type PlainDay } from '#shared/kernel/dates.ts'

/** What a calendar needs to know of a visit. Minutes are those of the day; null: some time that day. */
export interface Placed {
  readonly id: string
  readonly userId: string
  readonly withIds: readonly string[]
  readonly day: string
  readonly startMinute: number | null
  readonly endMinute: number | null
  readonly state: string
}

/** How long a visit takes where only its beginning was agreed, in minutes. */
const USUAL_MINUTES = 60

/** The Monday of a day's week. */
export const mondayOf = (day: PlainDay): PlainDay => addDays(day, 1 - weekday(day))

/** The seven days of a day's week, Monday first. */
export function weekOf(day: PlainDay): PlainDay[] {
  const monday = mondayOf(day)
  return Array.from({ length: 7 }, (_, i) => addDays(monday, i))
}

/** The weeks that a day's month lies in, Monday first; days of the neighbouring months fill them up. */
export function weeksOfMonth(day: PlainDay): PlainDay[][] {
  const last = endOfMonth(day)
  const weeks: PlainDay[][] = []
  for (let monday = mondayOf(startOfMonth(day)); monday <= last; monday = addDays(monday, 7)) weeks.push(weekOf(monday))
  return weeks
}

const people = (visit: Placed) => [visit.userId, ...visit.withIds]
const span = (visit: Placed): readonly [number, number] | null =>
  visit.startMinute === null ? null : [visit.startMinute, visit.endMinute ?? visit.startMinute + USUAL_MINUTES]

/**
 * Whether two visits cannot both be kept: the same person is at both, on one day, at times that overlap. One that ends
 * when the other begins is no conflict, nor is one without a time: it can be moved within the day.
 */
export function inConflict(one: Placed, other: Placed): boolean {
  if (one.id === other.id || one.day !== other.day) return false
  if (one.state !== 'planned' || other.state !== 'planned') return false
  const [a, b] = [span(one), span(other)]
  if (a === null || b === null || a[0] >= b[1] || b[0] >= a[1]) return false
  const there = new Set(people(one))
  return people(other).some((id) => there.has(id))
}

/** The ids of those that are in conflict with any other. */
export function conflicting(visits: readonly Placed[]): ReadonlySet<string> {
  const found = new Set<string>()
  for (const sameDay of Map.groupBy(visits, (visit) => visit.day).values()) {
    for (const one of sameDay) if (sameDay.some((other) => inConflict(one, other))) found.add(one.id)
  }
  return found
}

/** In the order of a day: those without a time first, then by their beginning. */
export function inOrderOfDay<V extends Placed>(visits: readonly V[]): V[] {
  return visits.toSorted((a, b) => (a.startMinute ?? -1) - (b.startMinute ?? -1) || (a.id < b.id ? -1 : 1))
}
