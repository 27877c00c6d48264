import { WHOLE } from './performance.curves.rules.ts'
import { CATALOGUE, type Indicator } from './performance.indicators.schema.ts'
import type { ChangedFigure, CorrectionMark } from './performance.corrections.schema.ts'
import { outcomeOf, ranked, scoreIndicator, type Measured } from './performance.rules.ts'
import type { IndicatorResult, MonthSheet, PersonSheet } from './performance.schema.ts'

/** A correction in force: what a figure of a locked month is, in the indicator's unit. */
export interface Correction extends Omit<CorrectionMark, 'lockedActual' | 'lockedScore'> {
  readonly month: string
  readonly userId: string
  readonly indicator: Indicator
  readonly value: number
}

/** A figure as it is shown; null where nothing was measured: no entry, no rating, nothing that was due. */
export function shownActual(result: IndicatorResult): number | null {
  const { unit, source } = CATALOGUE[result.indicator]
  if (unit === 'rate') return result.whole > 0 ? result.actual : null
  return (source === 'manual' || unit === 'rating') && !result.applicable ? null : result.actual
}

/** A corrected figure as if it had been measured: a rate is so much of the whole. */
function asMeasured(indicator: Indicator, value: number): Measured {
  const rate = CATALOGUE[indicator].unit === 'rate'
  return { actual: value, part: rate ? value : 0, whole: rate ? WHOLE : 0, rows: 1 }
}

function correctOne(result: IndicatorResult, { value, ...correction }: Correction): IndicatorResult {
  const { reason, evidence, askedByName, decidedByName, decidedDay } = correction
  return {
    ...scoreIndicator(result, asMeasured(result.indicator, value)),
    corrected: {
      lockedActual: shownActual(result),
      lockedScore: result.score,
      reason,
      evidence,
      askedByName,
      decidedByName,
      decidedDay,
    },
  }
}

/**
 * A locked month with its corrections: each corrected figure is scored by the rules that were locked with it, and
 * totals, grades and ranks follow. What was locked stays beside it. Without corrections it is the very sheet.
 */
export function correctedSheet(sheet: MonthSheet, corrections: readonly Correction[]): MonthSheet {
  const his = Map.groupBy(
    corrections.filter((one) => one.month === sheet.month),
    (one) => one.userId,
  )
  if (his.size === 0) return sheet
  const before = new Map(sheet.people.map((person) => [person.userId, person]))
  const people = sheet.people.map((person): PersonSheet => {
    const of = new Map(his.get(person.userId)?.map((one) => [one.indicator, one]))
    if (of.size === 0) return person
    const indicators = person.indicators.map((result) => {
      const correction = of.get(result.indicator)
      return correction ? correctOne(result, correction) : result
    })
    return { ...person, indicators, ...outcomeOf(person, indicators) }
  })
  return { ...sheet, people: ranked(people).map((person) => beside(person, before.get(person.userId))) }
}

/** Puts beside a person what he came to when the month was locked, where that was something else. */
function beside(person: PersonSheet, locked: PersonSheet | undefined): PersonSheet {
  if (!locked) return person
  const same = person.total === locked.total && person.rank === locked.rank && person.grade === locked.grade
  const { total, rank, grade } = locked
  return same ? person : { ...person, asLocked: { total, rank, grade } }
}

/** Where today's records give another figure than the locked month has; in the order of its sheet. */
export function changedFigures(held: readonly PersonSheet[], now: readonly PersonSheet[]): ChangedFigure[] {
  const today = new Map(
    now.flatMap((person) => person.indicators.map((one) => [`${person.userId} ${one.indicator}`, one] as const)),
  )
  return held.flatMap(({ userId, userName, indicators }) =>
    indicators.flatMap((result) => {
      const other = today.get(`${userId} ${result.indicator}`)
      const figures = { held: shownActual(result), now: other ? shownActual(other) : null }
      return other && figures.held !== figures.now
        ? [{ userId, userName, indicator: result.indicator, ...figures }]
        : []
    }),
  )
}
