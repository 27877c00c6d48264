import type { AppealRow, CalibrationMark, Standing } from './performance.cycle.schema.ts'
import { outcomeOf, ranked } from './performance.rules.ts'
import type { MonthSheet, PersonSheet } from './performance.schema.ts'

/** What was agreed to: the total (points × 100) and the day. */
export interface Confirmation {
  readonly total: number
  readonly day: string
}

/** What people and whoever locks the month have said to it, by person. */
export interface CycleFacts {
  readonly calibrations: ReadonlyMap<string, CalibrationMark>
  readonly confirmations: ReadonlyMap<string, Confirmation>
  readonly appeals: readonly Pick<AppealRow, 'userId' | 'state' | 'day' | 'answeredDay'>[]
}

/** What a person says to his total: an open appeal before all else, then what he agreed to, then how he was answered. */
export function standingOf({ userId, total }: Pick<PersonSheet, 'userId' | 'total'>, facts: CycleFacts): Standing {
  const appeals = facts.appeals.filter((one) => one.userId === userId)
  const open = appeals.find((one) => one.state === 'open')
  if (open) return { state: 'appealed', day: open.day }
  const agreed = facts.confirmations.get(userId)
  if (agreed?.total === total) return { state: 'confirmed', day: agreed.day }
  const answered = appeals
    .map((one) => one.answeredDay ?? '')
    .toSorted()
    .at(-1)
  if (answered !== undefined && answered >= (agreed?.day ?? '')) return { state: 'answered', day: answered }
  return agreed ? { state: 'outdated', day: agreed.day } : { state: 'silent', day: null }
}

/** A month with its calibration: totals, grades and ranks follow; and what everybody says to what he came to. */
export function withCycle(sheet: MonthSheet, facts: CycleFacts): MonthSheet {
  const people = sheet.people.map((person): PersonSheet => {
    const calibration = facts.calibrations.get(person.userId)
    return calibration
      ? { ...person, calibration, ...outcomeOf({ ...person, calibration }, person.indicators) }
      : person
  })
  return { ...sheet, people: ranked(people).map((person) => ({ ...person, standing: standingOf(person, facts) })) }
}

/** How many came to each grade, best first; whoever has no grade is left out. */
export function gradeCounts(people: readonly PersonSheet[]): { name: string; count: number }[] {
  const names = [...new Set(people.flatMap((person) => person.grades.map((band) => band.name)))]
  return names.map((name) => ({ name, count: people.filter((person) => person.grade === name).length }))
}
