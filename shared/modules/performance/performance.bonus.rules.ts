import { addDays, endOfMonth, startOfMonth, type PlainDay, type PlainMonth } from '#shared/kernel/dates.ts'
import { asFen, divideRounded, type Fen } from '#shared/kernel/money.ts'
import { workdaysBetween, type WorkCalendar } from '#shared/kernel/workdays.ts'
import { ratio, WHOLE } from './performance.curves.rules.ts'
import type { PersonSheet } from './performance.schema.ts'

/** What a month had of somebody: working days of the month, those in his service, and hundredths of days absent. */
export interface MonthDays {
  readonly workdays: number
  readonly inService: number
  /** Hundredths of a day: half a day is 50. */
  readonly absent: number
}

/**
 * The working days of a month and those of them in service; the day of joining and the day of leaving both count.
 * Null: he was there before, or has not left.
 */
export function serviceDays(
  calendar: WorkCalendar,
  month: PlainMonth,
  joinedDay: string | null,
  leftDay: string | null,
): Pick<MonthDays, 'workdays' | 'inService'> {
  const [first, last] = [startOfMonth(month), endOfMonth(month)]
  const between = (from: PlainDay, to: PlainDay) => workdaysBetween(calendar, addDays(from, -1), to)
  const from = joinedDay !== null && joinedDay > first ? (joinedDay as PlainDay) : first
  const to = leftDay !== null && leftDay < last ? (leftDay as PlainDay) : last
  return { workdays: between(first, last), inService: between(from, to) }
}

/** How much of the month somebody was there, in basis points rounded half up; 0 in a month without a working day. */
export function presenceOf({ workdays, inService, absent }: MonthDays): number {
  return ratio(Math.max(0, inService * 100 - absent), workdays * 100)
}

/**
 * The coefficient that a bonus counts with, in basis points: that of the grade. Whoever has no grades has the whole;
 * whoever missed what had to be reached has nothing, whatever the last grade says.
 */
export function bonusCoefficient({ vetoed, coefficient }: Pick<PersonSheet, 'vetoed' | 'coefficient'>): number {
  return vetoed ? 0 : (coefficient ?? WHOLE)
}

/** Base (fen) × coefficient × presence (basis points), rounded half up to the fen, once and at the end. */
export function bonusOf(base: number, coefficient: number, presence: number): Fen {
  const product = BigInt(base) * BigInt(coefficient) * BigInt(presence)
  return asFen(Number(divideRounded(product, BigInt(WHOLE) * BigInt(WHOLE))))
}

/** How many of the people of a scheme came to a grade, beside the greatest share that the scheme allows. */
export interface GradeShare {
  readonly schemeName: string
  readonly grade: string
  readonly count: number
  /** Everybody whom the scheme appraised. */
  readonly of: number
  /** Basis points; null: as many as there are. */
  readonly most: number | null
  readonly over: boolean
}

/** The grades of each scheme with how many came to them, best first; schemes in the order in which people stand. */
export function gradeShares(
  people: readonly Pick<PersonSheet, 'schemeName' | 'grade' | 'grades'>[],
): readonly GradeShare[] {
  return [...Map.groupBy(people, (person) => person.schemeName)].flatMap(([schemeName, his]) =>
    (his.find((person) => person.grades.length > 0)?.grades ?? []).map(({ name, most = null }) => {
      const count = his.filter((person) => person.grade === name).length
      const over = most !== null && count * WHOLE > most * his.length
      return { schemeName, grade: name, count, of: his.length, most, over }
    }),
  )
}

/** What a person's bonus is counted from beside his grade; as it was kept where the month is locked. */
export interface BonusFacts extends MonthDays {
  readonly absentReason: string
  /** Fen; null: nothing was agreed. */
  readonly base: number | null
  readonly baseFrom: string | null
  /** What it was at the lock, in fen; absent while the month is open. */
  readonly lockedBonus?: number | null
}

/** A person's line of the bonus sheet as his sheet is now: a correction after the lock moves it, nothing else does. */
export function bonusLine(person: PersonSheet, { lockedBonus, ...facts }: BonusFacts) {
  const { userId, userName, teamName, schemeName, total, grade, vetoed } = person
  const coefficient = bonusCoefficient(person)
  const presence = presenceOf(facts)
  const bonus = facts.base === null ? null : bonusOf(facts.base, coefficient, presence)
  const moved = typeof lockedBonus === 'number' && lockedBonus !== bonus
  return {
    ...facts,
    userId,
    userName,
    teamName,
    schemeName,
    total,
    grade,
    vetoed,
    graded: person.coefficient !== null,
    coefficient,
    presence,
    bonus,
    ...(moved ? { lockedBonus } : {}),
  }
}
export type BonusLine = ReturnType<typeof bonusLine>
