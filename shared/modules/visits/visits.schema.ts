import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { entityId, longText, optionalText, recordVersion } from '#shared/kernel/text.ts'
import { choice } from '#shared/modules/customers/customers.schema.ts'

export const CHANNELS = ['visit', 'phone', 'email', 'online'] as const
export const PURPOSES = ['develop', 'negotiate', 'callBack', 'collect', 'reconcile', 'sign', 'service'] as const

/** What was done at or with a customer; it counts for the month sheet by its day and its visitor. */
const fields = z.strictObject({
  customerId: entityId,
  userId: entityId.nullable().default(null),
  day: plainDay,
  channel: z.enum(CHANNELS).default('visit'),
  purpose: choice(PURPOSES),
  result: longText(2000).refine((text) => text !== '', { message: 'validation:required' }),
  nextStep: optionalText(200),
  /** By when the next step is to be done; with a day it becomes a task of the visitor. */
  nextDay: plainDay.nullable().default(null),
})

type Next = Pick<z.infer<typeof fields>, 'day' | 'nextStep' | 'nextDay'>
/** A day needs something to be done by it, and lies not before the visit. */
const nextNamed = (visit: Next) => visit.nextDay === null || visit.nextStep !== ''
const nextLater = (visit: Next) => visit.nextDay === null || visit.nextDay >= visit.day
const named = { path: ['nextStep'], message: 'validation:required' }
const later = { path: ['nextDay'], message: 'visits:errors.nextDay' }

export const visitFields = fields.refine(nextNamed, named).refine(nextLater, later)
/** The same for a visit that is there already. */
export const visitChange = fields
  .extend({ id: entityId, version: recordVersion })
  .refine(nextNamed, named)
  .refine(nextLater, later)
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
  nextDay: z.string().nullable(),
  version: z.number().int(),
})
export type VisitRow = z.infer<typeof visitRow>
