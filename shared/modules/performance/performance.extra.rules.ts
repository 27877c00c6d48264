import type { ExtraCaps, ExtraEntry, ExtraMark } from './performance.extra.schema.ts'
import { outcomeOf, ranked } from './performance.rules.ts'
import type { MonthSheet, PersonSheet } from './performance.schema.ts'

/** What was given and what was taken, each by itself and before any cap; hundredths of a point, never less than 0. */
export function extraSums(given: readonly Pick<ExtraEntry, 'points'>[]) {
  const sum = (sign: 1 | -1) => given.reduce((all, { points }) => all + Math.max(0, sign * points), 0)
  return { up: sum(1), down: sum(-1) }
}

/** What of it counts: what was given up to its cap, less what was taken up to its own. */
export function cappedExtra(given: readonly Pick<ExtraEntry, 'points'>[], { mostUp, mostDown }: ExtraCaps): number {
  const { up, down } = extraSums(given)
  return Math.min(up, mostUp) - Math.min(down, mostDown)
}

/** A month with the points that superiors gave and took: totals, grades and ranks follow. */
export function withExtra(
  sheet: MonthSheet,
  givenTo: ReadonlyMap<string, readonly ExtraEntry[]>,
  capsOf: (userId: string) => ExtraCaps,
): MonthSheet {
  if (givenTo.size === 0) return sheet
  const people = sheet.people.map((person): PersonSheet => {
    const given = givenTo.get(person.userId)
    if (!given) return person
    const caps = capsOf(person.userId)
    const extra: ExtraMark = { ...caps, points: cappedExtra(given, caps), given: [...given] }
    return { ...person, extra, ...outcomeOf({ ...person, extra }, person.indicators) }
  })
  return { ...sheet, people: ranked(people) }
}
