import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { entityId, longText, optionalText } from '#shared/kernel/text.ts'
import { choice } from '#shared/modules/customers/customers.schema.ts'

export const CHANNELS = ['visit', 'phone', 'email', 'online'] as const
export const PURPOSES = ['develop', 'negotiate', 'callBack', 'collect', 'reconcile', 'sign', 'service'] as const

/** What was done at or with a customer; it counts for the month sheet by its day and its visitor. */
export const visitFields = z.strictObject({
  customerId: entityId,
  userId: entityId.nullable().default(null),
  day: plainDay,
  channel: z.enum(CHANNELS).default('visit'),
  purpose: choice(PURPOSES),
  result: longText(2000).refine((text) => text !== '', { message: 'validation:required' }),
  nextStep: optionalText(200),
})
export type VisitFields = z.infer<typeof visitFields>

export const visitFilters = z.strictObject({
  userId: entityId.optional(),
  customerId: entityId.optional(),
  purpose: z.enum(PURPOSES).optional(),
  channel: z.enum(CHANNELS).optional(),
  from: plainDay.optional(),
  to: plainDay.optional(),
})
export type VisitFilters = z.infer<typeof visitFilters>

export const visitRow = z.object({
  id: z.string(),
  customerId: z.string(),
  customerName: z.string(),
  userId: z.string(),
  userName: z.string(),
  day: z.string(),
  channel: z.enum(CHANNELS),
  purpose: z.enum(PURPOSES),
  result: z.string(),
  nextStep: z.string(),
  version: z.number().int(),
})
export type VisitRow = z.infer<typeof visitRow>
