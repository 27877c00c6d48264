import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { fenPositive } from '#shared/kernel/money.ts'
import { entityId, longText, optionalText, shortText } from '#shared/kernel/text.ts'
import { choice } from '#shared/modules/customers/customers.schema.ts'

/** Where it was heard. */
export const MARKET_SOURCES = ['customer', 'exhibition', 'web', 'tender', 'partner', 'other'] as const
export const ANSWERS = ['open', 'adopted', 'notAdopted'] as const
export const GIVEN_ANSWERS = ['adopted', 'notAdopted'] as const

export const noteFields = z.strictObject({
  day: plainDay,
  competitor: shortText(80),
  product: optionalText(80),
  /** Their price in fen for one unit, as it was heard. */
  price: fenPositive.nullable().default(null),
  unit: optionalText(10),
  source: choice(MARKET_SOURCES),
  content: longText(2000).refine((text) => text !== '', { message: 'validation:required' }),
  customerId: entityId.nullable().default(null),
  /** The deal in which it was met. */
  dealId: entityId.nullable().default(null),
  /** The manager who is to say what becomes of it. */
  addressedId: entityId,
})
export type NoteFields = z.infer<typeof noteFields>

export const answerFields = z.strictObject({
  answer: z.enum(GIVEN_ANSWERS),
  note: longText(500).refine((text) => text.length >= 2, { message: 'validation:required' }),
})
export type AnswerFields = z.infer<typeof answerFields>

export const noteFilters = z.strictObject({
  authorId: entityId.optional(),
  addressedId: entityId.optional(),
  customerId: entityId.optional(),
  dealId: entityId.optional(),
  competitor: z.string().max(80).optional(),
  source: z.enum(MARKET_SOURCES).optional(),
  answer: z.enum(ANSWERS).optional(),
  from: plainDay.optional(),
  to: plainDay.optional(),
})
export type NoteFilters = z.infer<typeof noteFilters>

export const noteRow = z.object({
  id: z.string(),
  day: z.string(),
  competitor: z.string(),
  product: z.string(),
  price: z.number().int().nullable(),
  unit: z.string(),
  source: z.enum(MARKET_SOURCES),
  content: z.string(),
  /** Null also for whoever may not see the customer. */
  customerId: z.string().nullable(),
  customerName: z.string(),
  /** Null also for whoever may not read the deal. */
  dealId: z.string().nullable(),
  dealName: z.string(),
  authorId: z.string(),
  authorName: z.string(),
  addressedId: z.string(),
  addressedName: z.string(),
  answer: z.enum(ANSWERS),
  answerNote: z.string(),
  answeredName: z.string(),
  answeredDay: z.string().nullable(),
  version: z.number().int(),
})
export type NoteRow = z.infer<typeof noteRow>
