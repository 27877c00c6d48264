import { z } from 'zod'
import { divideRounded } from '#shared/kernel/money.ts'

/** 100 % in basis points. */
export const WHOLE = 10_000
/** No scheme gives more than three times an indicator's weight. */
const MOST = 30_000

const rate = (most: number) => z.number('validation:notANumber').int().min(0).max(most, 'validation:tooLarge')

/** How far a target is reached, held between a floor and a cap. */
const linear = z.strictObject({ kind: z.literal('linear'), floor: rate(WHOLE), cap: rate(MOST) })

/** From each rate on the step gives so much; below the first it gives nothing. */
const steps = z.strictObject({
  kind: z.literal('steps'),
  steps: z
    .array(z.strictObject({ from: rate(MOST), gives: rate(MOST) }))
    .min(1, 'performance:schemes.errors.steps')
    .max(10)
    .refine((rows) => rows.every((row, i) => i === 0 || row.from > (rows[i - 1]?.from ?? 0)), {
      message: 'performance:schemes.errors.steps',
    }),
})

/** Everything at the target; each full unit by which it is missed takes something off, down to the floor. */
const deduction = z.strictObject({
  kind: z.literal('deduction'),
  /** In the indicator's own unit. */
  per: z.number('validation:notANumber').int().min(1, 'validation:tooSmall').max(1_000_000_000_000),
  deduct: rate(WHOLE),
  floor: rate(WHOLE),
})

/**
 * Three tiers of a target: nothing short of the floor, everything at the target, the most from the stretch on, in
 * between by the share that is reached. Where less is better the floor lies above the target and the stretch below it.
 */
const tiers = z.strictObject({
  kind: z.literal('tiers'),
  /** Shares of the target. */
  floorAt: rate(MOST),
  stretchAt: rate(MOST),
  /** What is given there. */
  floorGives: rate(WHOLE),
  stretchGives: rate(MOST).min(WHOLE, 'performance:schemes.errors.tiers'),
})
export type TiersCurve = z.infer<typeof tiers>

/** Reached, or the whole month counts nothing. */
const veto = z.strictObject({ kind: z.literal('veto') })

export const CURVE_KINDS = ['linear', 'tiers', 'steps', 'deduction', 'veto'] as const
export const scoringCurve = z.discriminatedUnion('kind', [linear, tiers, steps, deduction, veto])
export type ScoringCurve = z.infer<typeof scoringCurve>

/** As the month sheet always counted: nothing below nothing, and at most 120 %. */
export const USUAL_CURVE: ScoringCurve = { kind: 'linear', floor: 0, cap: 12_000 }

/** `part ÷ whole` in basis points, rounded half up; 0 where there is no whole. */
export function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : Number(divideRounded(BigInt(part) * BigInt(WHOLE), BigInt(whole)))
}

/**
 * How far a target is reached, in basis points, before any floor or cap: actual ÷ target. Where less is better, 200 %
 * less that, so that the target itself is 100 % and nothing at all 200 %; a target of nothing is reached or it is not.
 */
export function achieved(better: 'more' | 'less', target: number, actual: number): number {
  if (better === 'more') return ratio(actual, target)
  if (target === 0) return actual <= 0 ? WHOLE : 0
  return 2 * WHOLE - ratio(actual, target)
}

/** Whether the floor comes before the target and the stretch after it, for an indicator of which more or less is better. */
export function tiersInOrder({ floorAt, stretchAt }: TiersCurve, better: 'more' | 'less'): boolean {
  return better === 'more' ? floorAt < WHOLE && WHOLE < stretchAt : stretchAt < WHOLE && WHOLE < floorAt
}

/** The least that reaches the floor and the stretch of a target, in the indicator's unit; where less is better the most. */
export function tierFigures({ floorAt, stretchAt }: TiersCurve, better: 'more' | 'less', target: number) {
  const at = (share: number) => {
    const [product, whole] = [BigInt(target) * BigInt(share), BigInt(WHOLE)]
    return Number((product + (better === 'more' ? whole - 1n : 0n)) / whole)
  }
  return { floor: at(floorAt), stretch: at(stretchAt) }
}

function tiersRate(curve: TiersCurve, better: 'more' | 'less', target: number, actual: number): number {
  if (target === 0) return better === 'less' && actual <= 0 ? WHOLE : 0
  const share = ratio(actual, target)
  const reaches = (at: number) => (better === 'more' ? share >= at : share <= at)
  const between = (from: number, given: number, to: number, most: number) =>
    given + Number(divideRounded(BigInt(share - from) * BigInt(most - given), BigInt(to - from)))
  const { floorAt, floorGives, stretchAt, stretchGives } = curve
  if (reaches(stretchAt)) return stretchGives
  if (reaches(WHOLE)) return between(WHOLE, WHOLE, stretchAt, stretchGives)
  return reaches(floorAt) ? between(floorAt, floorGives, WHOLE, WHOLE) : 0
}

/** What a curve makes of an actual, in basis points of the weight. `target` and `actual` in the indicator's unit. */
export function rateBy(curve: ScoringCurve, better: 'more' | 'less', target: number, actual: number): number {
  const missedBy = better === 'more' ? target - actual : actual - target
  switch (curve.kind) {
    case 'linear':
      return Math.min(curve.cap, Math.max(curve.floor, achieved(better, target, actual)))
    case 'tiers':
      return tiersRate(curve, better, target, actual)
    case 'steps': {
      const reached = achieved(better, target, actual)
      return curve.steps.findLast((step) => reached >= step.from)?.gives ?? 0
    }
    case 'deduction':
      return Math.max(curve.floor, WHOLE - Math.floor(Math.max(0, missedBy) / curve.per) * curve.deduct)
    case 'veto':
      return missedBy <= 0 ? WHOLE : 0
  }
}

/** Whether a curve divides by the target: then there is nothing to measure where none was set. */
export function needsTarget(curve: ScoringCurve): boolean {
  return curve.kind === 'linear' || curve.kind === 'steps' || curve.kind === 'tiers'
}
