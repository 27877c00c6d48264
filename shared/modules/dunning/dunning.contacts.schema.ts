import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { fenPositive } from '#shared/kernel/money.ts'
import { entityId, longText, optionalText, shortText } from '#shared/kernel/text.ts'
import { DELAY_REASONS } from './dunning.ladder.rules.ts'
import { PROMISE_STATES } from './dunning.promises.rules.ts'

export const CONTACT_WAYS = ['phone', 'visit', 'email', 'message', 'other'] as const
export type ContactWay = (typeof CONTACT_WAYS)[number]

/** What came of it. */
export const CONTACT_RESULTS = [
  'promised',
  'agreed',
  'noPromise',
  'refused',
  'disputed',
  'noAnswer',
  'wrongPerson',
] as const
export type ContactResult = (typeof CONTACT_RESULTS)[number]
/** Nobody was spoken to who could say anything. */
export const NOT_REACHED: readonly ContactResult[] = ['noAnswer', 'wrongPerson']

/** What a customer promised, as it was said. */
export const promiseFields = z.strictObject({
  amount: fenPositive,
  payBy: plainDay,
  promisedBy: shortText(60),
  note: optionalText(200),
  /** Which debts it was about; none: of the customer's debts in the order of the books. */
  instalmentIds: z.array(entityId).max(200, 'validation:tooLong'),
})
export type PromiseFields = z.infer<typeof promiseFields>

/** A call or a visit about money. */
export const contactFields = z
  .strictObject({
    customerId: entityId,
    way: z.enum(CONTACT_WAYS),
    day: plainDay,
    result: z.enum(CONTACT_RESULTS),
    person: optionalText(60),
    reason: z.enum(DELAY_REASONS).nullable(),
    note: longText(1000),
    nextDay: plainDay.nullable(),
    nextStep: optionalText(100),
    promise: promiseFields.nullable(),
    /** It is the step that the ladder asked for, not only something that happened. */
    asStep: z.boolean(),
  })
  .superRefine(({ day, person, result, nextDay, promise }, ctx) => {
    const wrong = (path: (string | number)[], message: string) => ctx.addIssue({ code: 'custom', path, message })
    if (person === '' && !NOT_REACHED.includes(result)) wrong(['person'], 'validation:required')
    if (nextDay !== null && nextDay < day) wrong(['nextDay'], 'dunning:errors.nextDay')
    if (result === 'promised' && promise === null) wrong(['promise'], 'dunning:errors.promiseMissing')
    if (promise !== null && promise.payBy < day) wrong(['promise', 'payBy'], 'dunning:errors.payBy')
  })
export type ContactFields = z.infer<typeof contactFields>

export const contactFilters = z.strictObject({
  customerId: entityId.optional(),
  ownerId: entityId.optional(),
  way: z.enum(CONTACT_WAYS).optional(),
  result: z.enum(CONTACT_RESULTS).optional(),
  reason: z.enum(DELAY_REASONS).optional(),
  from: plainDay.optional(),
  to: plainDay.optional(),
})
export type ContactFilters = z.infer<typeof contactFilters>
export const CONTACT_SORTS = ['day'] as const
export type ContactSort = (typeof CONTACT_SORTS)[number]

const count = z.number().int()
export const contactRow = z.object({
  id: z.string(),
  version: count,
  customerId: z.string(),
  customerName: z.string(),
  ownerName: z.string(),
  way: z.enum(CONTACT_WAYS),
  day: z.string(),
  result: z.enum(CONTACT_RESULTS),
  person: z.string(),
  reason: z.enum(DELAY_REASONS).nullable(),
  note: z.string(),
  nextDay: z.string().nullable(),
  nextStep: z.string(),
  createdByName: z.string(),
  void: z.object({ byName: z.string(), reason: z.string() }).nullable(),
})
export type ContactRow = z.infer<typeof contactRow>

export const promiseFilters = z.strictObject({
  customerId: entityId.optional(),
  ownerId: entityId.optional(),
  state: z.enum(PROMISE_STATES).optional(),
  from: plainDay.optional(),
  to: plainDay.optional(),
})
export type PromiseFilters = z.infer<typeof promiseFilters>
export const PROMISE_SORTS = ['payBy', 'amount'] as const
export type PromiseSort = (typeof PROMISE_SORTS)[number]

export const promiseRow = z.object({
  id: z.string(),
  version: count,
  customerId: z.string(),
  customerName: z.string(),
  ownerName: z.string(),
  madeDay: z.string(),
  payBy: z.string(),
  /** The day itself or, behind days off, the next working day. */
  lastDay: z.string(),
  amount: count,
  paid: count,
  state: z.enum(PROMISE_STATES),
  promisedBy: z.string(),
  note: z.string(),
  instalments: count,
  createdByName: z.string(),
  withdrawn: z.object({ day: z.string(), reason: z.string() }).nullable(),
})
export type PromiseRow = z.infer<typeof promiseRow>
