import { z } from 'zod'
import { plainMonth } from '#shared/kernel/dates.ts'
import { entityId, optionalText, shortText } from '#shared/kernel/text.ts'

/** Who looks at a person: whoever leads him, colleagues, customers, and he himself. */
export const REVIEW_GROUPS = ['superior', 'peer', 'customer', 'self'] as const
export type ReviewGroup = (typeof REVIEW_GROUPS)[number]

/** What is looked at; each has its words for 1, 3 and 5 in every language. */
export const REVIEW_CRITERIA = ['teamwork', 'reliability', 'skill', 'service'] as const
export type ReviewCriterion = (typeof REVIEW_CRITERIA)[number]

const weight = z.number('validation:notANumber').int().min(0).max(10_000, 'validation:tooLarge')
/** What each group weighs, in basis points that sum to 10,000. */
export const reviewWeights = z
  .strictObject({ superior: weight, peer: weight, customer: weight, self: weight })
  .refine((all) => all.superior + all.peer + all.customer + all.self === 10_000, {
    message: 'performance:schemes.errors.weights',
  })
export type ReviewWeights = z.infer<typeof reviewWeights>
export const USUAL_WEIGHTS: ReviewWeights = { superior: 4_000, peer: 3_000, customer: 2_000, self: 1_000 }

const mark = z.number('validation:required').int().min(1, 'validation:tooSmall').max(5, 'validation:tooLarge')
const marks = z.strictObject({ teamwork: mark, reliability: mark, skill: mark, service: mark })
export type ReviewMarks = z.infer<typeof marks>

export const reasoned = <T extends { marks: ReviewMarks; comment: string }>(
  fields: T,
  ctx: z.core.$RefinementCtx<T>,
) => {
  const extreme = Object.values(fields.marks).some((one) => one === 1 || one === 5)
  if (extreme && fields.comment === '') {
    ctx.addIssue({ code: 'custom', path: ['comment'], message: 'performance:review.errors.reason' })
  }
}

/** What a rater gives: a mark for each criterion, and why where one is at the end of the scale. */
export const reviewGiven = z.strictObject({ id: entityId, marks, comment: optionalText(500) }).superRefine(reasoned)
export type ReviewGiven = z.infer<typeof reviewGiven>

/** What a customer said, beside whatever says whom it is about. */
export const customerMarks = <About extends z.ZodRawShape>(about: About) =>
  z.strictObject({ ...about, marks, comment: optionalText(500) })

/** What a customer said, as it was written down. */
export const customerReview = customerMarks({
  month: plainMonth,
  userId: entityId,
  customerName: shortText(100),
}).superRefine(reasoned)
export type CustomerReview = z.infer<typeof customerReview>

/** A rating that nobody asks for: of oneself, or of somebody one leads. */
export const reviewRated = z
  .strictObject({ month: plainMonth, userId: entityId, marks, comment: optionalText(500) })
  .superRefine(reasoned)
export type ReviewRated = z.infer<typeof reviewRated>

/** A rating that I am asked for. */
export const reviewToGive = z.object({
  id: z.string(),
  month: z.string(),
  userId: z.string(),
  userName: z.string(),
  group: z.enum(REVIEW_GROUPS),
  given: z.boolean(),
  marks: marks.nullable(),
  comment: z.string(),
  /** It may still be given or changed. */
  open: z.boolean(),
})

export const groupResult = z.object({
  group: z.enum(REVIEW_GROUPS),
  asked: z.number().int(),
  given: z.number().int(),
  counts: z.boolean(),
  mean: z.number().int().nullable(),
  weight: z.number().int(),
})

/** How the ratings of a person stand. */
export const reviewStand = z.object({
  userId: z.string(),
  userName: z.string(),
  groups: z.array(groupResult),
  /** Hundredths of 1 to 5; null while nothing counts. */
  score: z.number().int().nullable(),
  /** Of groups that count; those of colleagues in an order that says nothing. */
  comments: z.array(z.object({ group: z.enum(REVIEW_GROUPS), text: z.string() })),
  /** Colleagues who were asked or put forward; whether each has given is told to who leads the person. */
  peers: z.array(
    z.object({
      id: z.string(),
      userId: z.string(),
      userName: z.string(),
      state: z.enum(['proposed', 'asked', 'given']).nullable(),
    }),
  ),
  /** Whether the caller leads this person. */
  leads: z.boolean(),
})
export type ReviewStand = z.infer<typeof reviewStand>

export const reviewMonth = z.object({
  month: z.string(),
  locked: z.boolean(),
  people: z.array(reviewStand),
  /** Everybody who may be asked. */
  colleagues: z.array(z.object({ id: z.string(), name: z.string() })),
})
