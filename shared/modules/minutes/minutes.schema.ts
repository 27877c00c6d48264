import { z } from 'zod'
import { LOCALES } from '#shared/i18n/locale.ts'
import { plainDay } from '#shared/kernel/dates.ts'
import { entityId, longText, optionalText, shortText } from '#shared/kernel/text.ts'
import { aboutGoods, MINUTES_STATES, TERM_LIMITS, TERM_UNITS, TERMS } from './minutes.rules.ts'

const REQUIRED = 'validation:required'

/** Something that both sides agreed on: in words, as a figure of its term, or both. */
export const agreedItem = z
  .strictObject({
    term: z.enum(TERMS),
    /** Which goods a price or a quantity is about; empty: the only one of the offer. */
    subject: optionalText(80),
    text: longText(500),
    value: z.number().int().min(0, 'validation:negative').nullable(),
    day: plainDay.nullable(),
  })
  .transform((item) => {
    const unit = TERM_UNITS[item.term]
    return {
      ...item,
      subject: aboutGoods(item.term) ? item.subject : '',
      value: unit === 'day' || unit === 'none' ? null : item.value,
      day: unit === 'day' ? item.day : null,
    }
  })
  .refine((item) => item.text !== '' || item.value !== null || item.day !== null, { path: ['text'], message: REQUIRED })
  .refine(
    (item) => {
      const unit = TERM_UNITS[item.term]
      return item.value === null || unit === 'day' || unit === 'none' || item.value <= TERM_LIMITS[unit]
    },
    { path: ['value'], message: 'validation:amountTooLarge' },
  )
export type AgreedItem = z.infer<typeof agreedItem>

/** A question that stays open, and who answers it. */
export const openItem = z.strictObject({
  question: longText(500).refine((text) => text !== '', REQUIRED),
  owner: optionalText(40),
})

/** What is done next, by whom of ours or of theirs, and by when. */
export const nextItem = z
  .strictObject({
    text: shortText(200),
    ownerId: entityId.nullable(),
    ownerName: optionalText(40),
    day: plainDay,
  })
  .refine((item) => item.ownerId !== null || item.ownerName !== '', { path: ['ownerId'], message: REQUIRED })

export const minutesFields = z.strictObject({
  day: plainDay,
  place: optionalText(80),
  subject: shortText(80),
  ourPeople: shortText(200),
  theirPeople: shortText(200),
  language: z.enum(LOCALES),
  agreed: z.array(agreedItem).max(60),
  open: z.array(openItem).max(60),
  next: z.array(nextItem).max(60),
})
export type MinutesFields = z.infer<typeof minutesFields>

export const minutesFilters = z.strictObject({
  state: z.enum(MINUTES_STATES).optional(),
  dealId: entityId.optional(),
  customerId: entityId.optional(),
  ownerId: entityId.optional(),
  from: plainDay.optional(),
  to: plainDay.optional(),
})
export type MinutesFilters = z.infer<typeof minutesFilters>

export const MINUTES_SORTS = ['day', 'number', 'updatedAt'] as const
export type MinutesSort = (typeof MINUTES_SORTS)[number]

const count = z.number().int()

export const minutesRow = z.object({
  id: z.string(),
  number: z.string(),
  dealId: z.string(),
  dealNumber: z.string(),
  dealName: z.string(),
  customerId: z.string(),
  customerName: z.string(),
  /** Who has the deal. */
  ownerId: z.string(),
  ownerName: z.string(),
  day: z.string(),
  place: z.string(),
  subject: z.string(),
  state: z.enum(MINUTES_STATES),
  edition: count,
  openItems: count,
  nextItems: count,
  version: count,
  updatedAt: z.number(),
})
export type MinutesRow = z.infer<typeof minutesRow>

export const minutesView = minutesRow.extend({
  language: z.enum(LOCALES),
  ourPeople: z.string(),
  theirPeople: z.string(),
  agreed: z.array(
    z.object({
      term: z.enum(TERMS),
      subject: z.string(),
      text: z.string(),
      value: z.number().int().nullable(),
      day: z.string().nullable(),
    }),
  ),
  open: z.array(z.object({ question: z.string(), owner: z.string() })),
  next: z.array(
    z.object({
      text: z.string(),
      ownerId: z.string().nullable(),
      /** The name of whoever does it, of ours or of theirs. */
      ownerName: z.string(),
      day: z.string(),
      /** How the task that was made of it stands; null where none was. */
      task: z.enum(['open', 'done', 'dropped']).nullable(),
    }),
  ),
  finalDay: z.string().nullable(),
  finalName: z.string(),
  editable: z.boolean(),
})
export type MinutesView = z.infer<typeof minutesView>
