import { endOfMonth, monthOf } from '#shared/kernel/dates.ts'
import { groupResults } from '#shared/modules/performance/performance.review.rules.ts'
import { askedOf, reviewsOf } from '../performance.reviews.repo.ts'
import type { IndicatorSource } from './source.ts'

/** A row for each group of raters that counts, with its mean and its weight; never one for a rater. */
export const review360: IndicatorSource = async ({ db, scope, from, reviewWeights, closing, t }) => {
  const month = monthOf(from)
  const byPerson = Map.groupBy(await reviewsOf(db, scope, month), (row) => row.userId)
  return [...byPerson].flatMap(([userId, rows]) =>
    groupResults(askedOf(rows), reviewWeights(userId), closing)
      .filter((one) => one.counts)
      .map(({ group, given, mean, weight }) => ({
        kind: 'review' as const,
        id: `${month}:${userId}:${group}`,
        ownerId: userId,
        customerId: null,
        day: endOfMonth(month),
        label: t('performance:review.row', { group: t(`performance:review.groups.${group}`), count: given }),
        amount: mean ?? 0,
        received: weight,
      })),
  )
}
