import { shiftMonth, type PlainMonth } from '#shared/kernel/dates.ts'
import { meanRates } from './performance.history.rules.ts'
import type { ConsequenceLine } from './performance.policy.schema.ts'
import type { Suggestion } from './performance.proposals.schema.ts'
import type { PersonSheet } from './performance.schema.ts'

/** A person's line of a locked month. */
export interface LockedMonth {
  readonly month: PlainMonth
  readonly person: PersonSheet
}

/** The line that counts in a month: the latest that has begun by then; the earliest where none has. */
export function lineIn(lines: readonly ConsequenceLine[], month: string): ConsequenceLine {
  const inOrder = lines.toSorted((a, b) => (a.from < b.from ? -1 : 1))
  return inOrder.findLast((line) => line.from <= month) ?? (inOrder[0] as ConsequenceLine)
}

/** Whether anything was measured: a month without a figure says nothing. */
export const isMeasured = ({ indicators }: Pick<PersonSheet, 'indicators'>): boolean =>
  indicators.some((one) => one.applicable)

/** A total that is not up to the job; points × 100. */
export const isBelow = (person: Pick<PersonSheet, 'total'>, line: ConsequenceLine): boolean => person.total < line.below

/** The latest so many months, the latest first, where they follow each other without a gap. */
function onEnd(months: readonly LockedMonth[], count: number): LockedMonth[] | null {
  const latest = months.slice(0, count)
  const [first] = latest
  if (!first || latest.length < count) return null
  return latest.every((one, i) => one.month === shiftMonth(first.month, -i)) ? latest : null
}

const isBest = ({ grade, grades }: PersonSheet): boolean => grades.length > 1 && grade === grades[0]?.name

/**
 * What the locked months of one person suggest, the latest first: the best of several grades in every month of the span,
 * a total below the line in the latest month, indicators that were measured in every month of the span and are weak on
 * average. A month that is missing from the span says nothing. Which line counts is a matter of the latest month.
 */
export function suggestionsOf(months: readonly LockedMonth[], lines: readonly ConsequenceLine[]): Suggestion[] {
  const [latest] = months
  if (!latest) return []
  const line = lineIn(lines, latest.month)
  const { userId, userName } = latest.person
  const said = (
    span: readonly LockedMonth[],
    rest: Omit<Suggestion, 'userId' | 'userName' | 'months'>,
  ): Suggestion => ({
    userId,
    userName,
    months: span.map((one) => one.month).toReversed(),
    ...rest,
  })
  const best = onEnd(months, line.bestMonths)
  const weak = onEnd(months, line.weakMonths) ?? []
  return [
    ...(best?.every((one) => isBest(one.person))
      ? [
          said(best, {
            cause: 'best',
            kinds: ['promotion', 'raise'],
            indicator: null,
            grade: latest.person.grade,
            figure: null,
          }),
        ]
      : []),
    ...(isMeasured(latest.person) && isBelow(latest.person, line)
      ? [
          said([latest], {
            cause: 'below',
            kinds: ['coaching', 'training', 'transfer'],
            indicator: null,
            grade: latest.person.grade,
            figure: latest.person.total,
          }),
        ]
      : []),
    ...meanRates(weak.map((one) => ({ rates: one.person.indicators })))
      .filter((mean) => mean.months === weak.length && mean.rate < line.weakRate)
      .map((mean) =>
        said(weak, {
          cause: `weak:${mean.indicator}`,
          kinds: ['training', 'coaching'],
          indicator: mean.indicator,
          grade: null,
          figure: mean.rate,
        }),
      ),
  ]
}
