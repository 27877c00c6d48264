import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  groupResults,
  meanOf,
  peersDone,
  type AskedRating,
} from '#shared/modules/performance/performance.review.rules.ts'
import {
  REVIEW_GROUPS,
  reviewGiven,
  reviewWeights,
  USUAL_WEIGHTS,
  type ReviewGroup,
} from '#shared/modules/performance/performance.review.schema.ts'
import { figureOf } from '#shared/modules/performance/performance.rules.ts'

const rating = (group: ReviewGroup, score: number | null): AskedRating => ({ group, score })
const peers = (...scores: (number | null)[]) => scores.map((score) => rating('peer', score))
const shown = (ratings: readonly AskedRating[], closed = false) =>
  Object.fromEntries(groupResults(ratings, USUAL_WEIGHTS, closed).map((one) => [one.group, [one.mean, one.weight]]))

describe('ratings by groups', () => {
  it('all given have the weights of the scheme', () => {
    const all = [rating('superior', 400), ...peers(300, 400, 500), rating('customer', 350), rating('self', 500)]
    expect(shown(all)).toEqual({
      superior: [400, 4_000],
      peer: [400, 3_000],
      customer: [350, 2_000],
      self: [500, 1_000],
    })
  })

  it('a missing group is left out, and the weights of the rest sum to exactly 100 %', () => {
    expect(shown([rating('superior', 400), rating('customer', 350), rating('self', 500)])).toEqual({
      superior: [400, 5_714],
      peer: [null, 0],
      customer: [350, 2_857],
      self: [500, 1_429],
    })
    expect(shown([])).toEqual({ superior: [null, 0], peer: [null, 0], customer: [null, 0], self: [null, 0] })
  })

  it.each([
    ['two of two', peers(300, 400), false, null],
    ['two of two at the lock', peers(300, 400), true, null],
    ['three of three', peers(300, 400, 500), false, 400],
    ['three of four while the fourth may still give', peers(300, 400, 500, null), false, null],
    ['three of four at the lock', peers(300, 400, 500, null), true, 400],
  ])('colleagues: %s', (_what, ratings, closed, mean) => {
    expect(shown(ratings, closed)['peer']?.[0]).toBe(mean)
    expect(peersDone(ratings)).toBe(!closed && mean !== null)
  })

  it('weights, whatever they are and whatever is missing, sum to 100 %, and the mean lies between the groups’ (fast-check)', () => {
    const weights = fc
      .tuple(...REVIEW_GROUPS.slice(1).map(() => fc.integer({ min: 0, max: 3_333 })))
      .map(([peer = 0, customer = 0, self = 0]) => ({
        superior: 10_000 - peer - customer - self,
        peer,
        customer,
        self,
      }))
    const ratings = fc.array(
      fc.record({
        group: fc.constantFrom<ReviewGroup>(...REVIEW_GROUPS),
        score: fc.option(fc.integer({ min: 100, max: 500 })),
      }),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(weights, ratings, fc.boolean(), (by, rows, closed) => {
        const counted = groupResults(rows, by, closed).filter((one) => one.counts)
        const sum = counted.reduce((all, one) => all + one.weight, 0)
        expect(sum).toBe(counted.length === 0 ? 0 : 10_000)
        const means = counted.map((one) => one.mean ?? 0)
        const total = figureOf(
          'review360',
          counted.map((one) => ({ amount: one.mean ?? 0, received: one.weight })),
        ).actual
        if (counted.length === 0) return
        expect(total).toBeGreaterThanOrEqual(Math.min(...means))
        expect(total).toBeLessThanOrEqual(Math.max(...means))
      }),
      { numRuns: 300 },
    )
  })

  it('a mean is rounded half up, to the hundredth', () => {
    expect([meanOf([]), meanOf([100, 101]), meanOf([400, 300, 300])]).toEqual([0, 101, 333])
  })
})

describe('what is given', () => {
  const id = '00000000-0000-7000-8000-000000000000'
  const marks = (teamwork: number) => ({ teamwork, reliability: 3, skill: 4, service: 2 })
  it.each([
    [1, '', false],
    [1, '不回邮件', true],
    [2, '', true],
    [4, '', true],
    [5, '', false],
    [5, '带新人', true],
    [0, '低', false],
    [6, '高', false],
    [3.5, '', false],
  ])('a mark of %s with the reason "%s" is taken: %s', (mark, comment, taken) => {
    expect(reviewGiven.safeParse({ id, marks: marks(mark), comment }).success).toBe(taken)
  })

  it('weights that are not 100 % are refused', () => {
    expect(reviewWeights.safeParse({ ...USUAL_WEIGHTS, self: 1_001 }).success).toBe(false)
  })
})
