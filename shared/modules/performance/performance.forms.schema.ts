import { z } from 'zod'
import { LOCALES } from '#shared/i18n/locale.ts'
import { plainMonth } from '#shared/kernel/dates.ts'
import { email, entityId, optionalText, shortText } from '#shared/kernel/text.ts'
import { customerMarks, reasoned } from './performance.review.schema.ts'

/** A form waits for its answer, was answered, or was called back. */
export const FORM_STATES = ['open', 'answered', 'withdrawn'] as const
export type FormState = (typeof FORM_STATES)[number]
/** So many customers are asked at once. */
export const MOST_FORMS = 50

/** A customer who may be asked about somebody's month. */
export const formCandidate = z.object({
  customerId: z.string(),
  customerName: z.string(),
  contactName: z.string(),
  email: z.string(),
  /** He was visited in the month by whoever is rated. */
  met: z.boolean(),
  /** The form he was asked by already; '' where he was not. */
  number: z.string(),
})
export type FormCandidate = z.infer<typeof formCandidate>

/** Customers to be asked about a person's month, each by a form of his own. */
export const formsMake = z.strictObject({
  month: plainMonth,
  userId: entityId,
  language: z.enum(LOCALES),
  rows: z
    .array(z.strictObject({ customerId: entityId, contactName: optionalText(60), email: email.or(z.literal('')) }))
    .min(1, 'performance:forms.errors.none')
    .max(MOST_FORMS, 'validation:tooLong')
    .refine((rows) => new Set(rows.map((row) => row.customerId)).size === rows.length, {
      message: 'performance:forms.errors.twice',
    }),
})
export type FormsMake = z.infer<typeof formsMake>

/** What came back on a form. */
export const formAnswer = customerMarks({ id: entityId }).superRefine(reasoned)
export type FormAnswer = z.infer<typeof formAnswer>

export const formWithdrawal = z.strictObject({ id: entityId, reason: shortText(200) })

export const formRow = z.object({
  id: z.string(),
  number: z.string(),
  month: z.string(),
  userId: z.string(),
  userName: z.string(),
  customerId: z.string(),
  customerName: z.string(),
  contactName: z.string(),
  email: z.string(),
  language: z.enum(LOCALES),
  /** Until when it is asked for. */
  dueDay: z.string(),
  state: z.enum(FORM_STATES),
  madeAt: z.number().int(),
  madeByName: z.string(),
  answeredDay: z.string().nullable(),
  withdrawnReason: z.string(),
  /** Its month is locked: nothing about it changes any more. */
  locked: z.boolean(),
})
export type FormRow = z.infer<typeof formRow>

export const formFilters = z.strictObject({
  month: plainMonth.optional(),
  state: z.enum(FORM_STATES).optional(),
  userId: entityId.optional(),
})
export type FormFilters = z.infer<typeof formFilters>
export const FORM_SORTS = ['madeAt'] as const
export type FormSort = (typeof FORM_SORTS)[number]
