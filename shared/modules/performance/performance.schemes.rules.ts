import { INDICATORS, type IndicatorTargets } from '#shared/modules/office/office.schema.ts'
import { USUAL_CURVE, WHOLE } from './performance.curves.rules.ts'
import { CATALOGUE } from './performance.indicators.schema.ts'
import type { TargetItem } from './performance.schema.ts'
import type { Appraised, GradeBand, SchemeBody, SchemeItem } from './performance.schemes.schema.ts'

/** An edition of a scheme as it is looked for. */
export interface SchemeInForce {
  readonly schemeId: string
  readonly no: number
  /** `YYYY-MM`. */
  readonly fromMonth: string
  readonly lastMonth: string | null
  readonly body: SchemeBody
}

/** The five indicators of the firm's settings, as a scheme: what counts for whoever no scheme of the firm's is for. */
export function standardItems(targets: IndicatorTargets): SchemeItem[] {
  return INDICATORS.map((indicator) => ({
    indicator,
    ...targets[indicator],
    curve: USUAL_CURVE,
    param: CATALOGUE[indicator].param?.usual ?? null,
  }))
}

/** Of each scheme the edition that counts in a month, where it has begun and has not ended. */
export function editionsIn(editions: readonly SchemeInForce[], month: string): SchemeInForce[] {
  const begun = new Map<string, SchemeInForce>()
  for (const edition of editions) {
    if (edition.fromMonth > month || (edition.lastMonth !== null && edition.lastMonth < month)) continue
    const known = begun.get(edition.schemeId)
    if (!known || known.fromMonth < edition.fromMonth) begun.set(edition.schemeId, edition)
  }
  return [...begun.values()]
}

/**
 * The scheme that counts for a person, of those in force in the month: one for his team goes before one for everybody,
 * and of two alike the one that began later. Null: the firm's standard indicators.
 */
export function schemeFor(
  person: { readonly roles: readonly Appraised[]; readonly teamId: string | null },
  inForce: readonly SchemeInForce[],
): SchemeInForce | null {
  const his = inForce.filter(({ body }) => {
    const ofTeam = body.teamIds.length === 0 || (person.teamId !== null && body.teamIds.includes(person.teamId))
    return ofTeam && body.roles.some((role) => person.roles.includes(role))
  })
  const rank = (scheme: SchemeInForce) =>
    `${scheme.body.teamIds.length === 0 ? 0 : 1} ${scheme.fromMonth} ${scheme.schemeId}`
  return his.toSorted((a, b) => (rank(a) < rank(b) ? 1 : -1))[0] ?? null
}

/**
 * A scheme's indicators with what was agreed with one person for a month. His targets count for each indicator that he
 * has one for; his weights only all together, and only where they are for the very indicators of the scheme.
 */
export function withTargets(items: readonly SchemeItem[], own: readonly TargetItem[]): SchemeItem[] {
  const agreed = new Map(own.map((item) => [item.indicator, item]))
  const same = own.length === items.length && items.every((item) => agreed.has(item.indicator))
  const weighed = same && own.reduce((sum, item) => sum + item.weight, 0) === WHOLE
  return items.map((item) => {
    const his = agreed.get(item.indicator)
    if (!his) return item
    return { ...item, target: his.target, weight: weighed ? his.weight : item.weight }
  })
}

/** The grade of a total (points × 100), the first band that it reaches; null where there are none. */
export function gradeOf(grades: readonly GradeBand[], total: number): GradeBand | null {
  return grades.find((band) => total >= band.from) ?? grades.at(-1) ?? null
}
