import { z } from 'zod'
import { plainMonth } from '#shared/kernel/dates.ts'
import { entityId, recordVersion, shortText } from '#shared/kernel/text.ts'
import { scoringCurve, tiersInOrder } from './performance.curves.rules.ts'
import { extraCaps, NO_EXTRA } from './performance.extra.schema.ts'
import { CATALOGUE, INDICATOR_CODES } from './performance.indicators.schema.ts'
import { reviewWeights, USUAL_WEIGHTS } from './performance.review.schema.ts'

/** Who is appraised: people who sell. */
export const APPRAISED = ['sales', 'sales_manager'] as const
export type Appraised = (typeof APPRAISED)[number]

/** A target in the unit of its indicator. */
export const targetFigure = z
  .number('validation:notANumber')
  .int()
  .min(0)
  .max(1_000_000_000_000_000, 'validation:amountTooLarge')
/** Basis points of the whole. */
export const weightFigure = z.number('validation:notANumber').int().min(0).max(10_000, 'validation:tooLarge')

export const schemeItem = z
  .strictObject({
    indicator: z.enum(INDICATOR_CODES),
    weight: weightFigure,
    /** Where a person has no target of his own. */
    target: targetFigure,
    curve: scoringCurve,
    /** The number that the indicator's definition leaves open; null where it leaves none. */
    param: z.number('validation:notANumber').int().min(0).nullable(),
  })
  .superRefine((item, ctx) => {
    const { param } = CATALOGUE[item.indicator]
    if ((param === null) !== (item.param === null) || (item.param ?? 0) > (param?.most ?? 0)) {
      ctx.addIssue({ code: 'custom', path: ['param'], message: 'performance:schemes.errors.param' })
    }
    if (item.curve.kind === 'tiers' && !tiersInOrder(item.curve, CATALOGUE[item.indicator].better)) {
      const message = `performance:schemes.errors.${CATALOGUE[item.indicator].better === 'more' ? 'tiers' : 'tiersLess'}`
      ctx.addIssue({ code: 'custom', path: ['curve', 'floorAt'], message })
    }
    // What weighs nothing only has a reason to stand there where missing it takes everything.
    if (item.weight === 0 && item.curve.kind !== 'veto') {
      ctx.addIssue({ code: 'custom', path: ['weight'], message: 'performance:schemes.errors.weight' })
    }
  })
export type SchemeItem = z.infer<typeof schemeItem>

/** From so many points on, in hundredths, a grade with its coefficient in basis points. */
export const gradeBand = z.strictObject({
  name: shortText(20),
  from: z.number('validation:notANumber').int().min(0).max(30_000, 'validation:tooLarge'),
  coefficient: z.number('validation:notANumber').int().min(0).max(50_000, 'validation:tooLarge'),
  /** The greatest share of the scheme's people that may come to it, in basis points; the bonus sheet says where it is more. */
  most: z.number('validation:notANumber').int().min(0).max(10_000, 'validation:tooLarge').nullable().optional(),
})
export type GradeBand = z.infer<typeof gradeBand>

/** Which months, whom and by what a scheme appraises. */
export const schemeBody = z
  .strictObject({
    name: shortText(60),
    roles: z.array(z.enum(APPRAISED)).min(1, 'performance:schemes.errors.roles').max(APPRAISED.length),
    /** Empty: everybody in these roles. */
    teamIds: z.array(entityId).max(100, 'validation:tooLong'),
    items: z.array(schemeItem).min(1, 'performance:schemes.errors.items').max(20, 'validation:tooLong'),
    /** Best first; the last begins at 0. Empty: points without grades. */
    grades: z.array(gradeBand).max(10, 'validation:tooLong'),
    /** What the groups of a 360° rating weigh. */
    review: reviewWeights.default(USUAL_WEIGHTS),
    /** How many points superiors may give and take in a month; none in editions that were saved before there were any. */
    extra: extraCaps.default(NO_EXTRA),
  })
  .superRefine((body, ctx) => {
    const wrong = (path: string, key: string) =>
      ctx.addIssue({ code: 'custom', path: [path], message: `performance:schemes.errors.${key}` })
    if (body.items.reduce((sum, item) => sum + item.weight, 0) !== 10_000) wrong('items', 'weights')
    if (new Set(body.items.map((item) => item.indicator)).size !== body.items.length) wrong('items', 'twice')
    const { grades } = body
    const falling = grades.every((band, i) => i === 0 || band.from < (grades[i - 1]?.from ?? 0))
    if (!falling || (grades.length > 0 && grades.at(-1)?.from !== 0)) wrong('grades', 'grades')
    if (new Set(grades.map((band) => band.name)).size !== grades.length) wrong('grades', 'gradeTwice')
  })
export type SchemeBody = z.infer<typeof schemeBody>

/** An edition of a scheme: it counts from its month on, until the next one begins. */
export const schemeEdition = z.object({
  no: z.number().int(),
  fromMonth: z.string(),
  body: schemeBody,
  savedAt: z.number(),
  savedBy: z.string(),
  /** It has begun, or a month was locked by it: it can only be followed by another. */
  used: z.boolean(),
})
export type SchemeEdition = z.infer<typeof schemeEdition>

export const schemeRow = z.object({
  id: z.string(),
  version: z.number().int(),
  name: z.string(),
  /** The last month it counts in; null while it goes on. */
  lastMonth: z.string().nullable(),
  editions: z.array(schemeEdition),
})
export type SchemeRow = z.infer<typeof schemeRow>

/** A new scheme, or the next edition of one. */
export const schemeSave = z.strictObject({
  id: entityId.nullable(),
  version: recordVersion.nullable(),
  fromMonth: plainMonth,
  body: schemeBody,
})
export type SchemeSave = z.infer<typeof schemeSave>

/** What a scheme would have made of a month, beside what counts there. Points × 100. */
export const previewRow = z.object({
  userId: z.string(),
  userName: z.string(),
  now: z.number().int(),
  then: z.number().int(),
  grade: z.string().nullable(),
})
