import { allocate, divideRounded } from '#shared/kernel/money.ts'
import { WHOLE } from './performance.curves.rules.ts'
import { REVIEW_GROUPS, type ReviewGroup, type ReviewWeights } from './performance.review.schema.ts'

/** Fewer colleagues than this are never shown, not even as a mean: each would know the others. */
export const FEWEST_PEERS = 3

/** A rating that somebody was asked for; null until it is given. Hundredths of 1 to 5. */
export interface AskedRating {
  readonly group: ReviewGroup
  readonly score: number | null
}

/** What a group of raters came to. */
export interface GroupResult {
  readonly group: ReviewGroup
  readonly asked: number
  readonly given: number
  /** Whether its mean may be seen and counts. */
  readonly counts: boolean
  /** Hundredths of 1 to 5; null where it does not count. */
  readonly mean: number | null
  /** Basis points of the whole after what is missing was left out; 0 where it does not count. */
  readonly weight: number
}

/** The mean of scores, in hundredths, rounded half up. */
export function meanOf(scores: readonly number[]): number {
  const sum = scores.reduce((all, score) => all + BigInt(score), 0n)
  return scores.length === 0 ? 0 : Number(divideRounded(sum, BigInt(scores.length)))
}

/**
 * Each group of a person's ratings: its mean and its weight. A group without a rating is left out and the weights of
 * the rest are raised so that they sum to exactly 100 %. Colleagues count from three on, and while the month is open
 * only when everybody who was asked has given: a mean that moves with one more rating would tell that rating.
 */
export function groupResults(ratings: readonly AskedRating[], weights: ReviewWeights, closed: boolean): GroupResult[] {
  const groups = REVIEW_GROUPS.map((group) => {
    const asked = ratings.filter((one) => one.group === group)
    const scores = asked.flatMap((one) => one.score ?? [])
    const enough = group === 'peer' ? scores.length >= FEWEST_PEERS : scores.length > 0
    const settled = group !== 'peer' || closed || scores.length === asked.length
    const counts = enough && settled && weights[group] > 0
    return { group, asked: asked.length, given: scores.length, counts, mean: counts ? meanOf(scores) : null }
  })
  const counted = groups.filter((one) => one.counts)
  const shares = new Map(
    allocate(
      WHOLE,
      counted.map((one) => weights[one.group]),
    ).map((share, i) => [counted[i]?.group, Number(share)] as const),
  )
  return groups.map((one) => ({ ...one, weight: shares.get(one.group) ?? 0 }))
}

/** Whether colleagues are done: all who were asked have given, and enough of them; their mean is seen from then on. */
export function peersDone(ratings: readonly AskedRating[]): boolean {
  const scores = ratings.filter((one) => one.group === 'peer').map((one) => one.score)
  return scores.length >= FEWEST_PEERS && scores.every((score) => score !== null)
}
