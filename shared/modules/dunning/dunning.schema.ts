import { z } from 'zod'
import { LOCALES } from '#shared/i18n/locale.ts'
import { plainDay } from '#shared/kernel/dates.ts'
import { fenNotNegative } from '#shared/kernel/money.ts'
import { entityId, longText, optionalText, shortText } from '#shared/kernel/text.ts'

/** The words of a level in one language; `{amount}`, `{deadline}`, `{firm}` and `{customer}` are filled in. */
export const levelWording = z.strictObject({
  title: shortText(40),
  opening: longText(1000),
  demand: longText(1000),
  closing: longText(1000),
})
export type LevelWording = z.infer<typeof levelWording>

export const INTEREST_BASES = ['none', 'statutoryDaily'] as const

/** A step of the ladder: from how many days overdue, how long since the last letter, until when to pay. Days. */
export const dunningLevel = z.strictObject({
  minDays: z.number().int().min(1, 'validation:tooSmall').max(3650, 'validation:tooLarge'),
  gapDays: z.number().int().min(0).max(365, 'validation:tooLarge'),
  deadlineDays: z.number().int().min(1, 'validation:tooSmall').max(365, 'validation:tooLarge'),
  interest: z.enum(INTEREST_BASES),
  wording: z.strictObject({ 'zh-CN': levelWording, 'zh-TW': levelWording, en: levelWording }),
})
export type DunningLevel = z.infer<typeof dunningLevel>

/** The firm's one policy. `dailyRate` is in basis points a day; the source of the number stands beside it. */
export const dunningPolicy = z
  .strictObject({
    levels: z.array(dunningLevel).min(1, 'validation:required').max(9, 'validation:tooLong'),
    minAmount: fenNotNegative,
    dailyRate: z.number().int().min(0).max(100, 'validation:tooLarge'),
    rateSource: shortText(200),
  })
  .refine((policy) => policy.levels.every((l, i) => i === 0 || l.minDays > (policy.levels[i - 1]?.minDays ?? 0)), {
    path: ['levels'],
    message: 'dunning:errors.levelOrder',
  })
export type DunningPolicy = z.infer<typeof dunningPolicy>

export const EXCLUSIONS = ['excluded', 'tooSoon', 'smallAmount'] as const

/** One customer of a preview: what would be claimed, by which level, or why there is no letter. */
export const previewRow = z.object({
  customerId: z.string(),
  customerName: z.string(),
  ownerId: z.string(),
  ownerName: z.string(),
  level: z.number().int(),
  maxDays: z.number().int(),
  instalments: z.number().int(),
  principal: z.number().int(),
  interest: z.number().int(),
  lastLevel: z.number().int().nullable(),
  lastDay: z.string().nullable(),
  skip: z.enum(EXCLUSIONS).nullable(),
  skipReason: z.string(),
})
export type PreviewRow = z.infer<typeof previewRow>

export const SENT_WAYS = ['ems', 'courier', 'email', 'hand', 'other'] as const

export const letterFilters = z.strictObject({
  customerId: entityId.optional(),
  level: z.number().int().min(1).max(9).optional(),
  state: z.enum(['open', 'resolved', 'void']).optional(),
  from: plainDay.optional(),
  to: plainDay.optional(),
})
export type LetterFilters = z.infer<typeof letterFilters>

export const letterRow = z.object({
  id: z.string(),
  number: z.string(),
  customerId: z.string(),
  customerName: z.string(),
  ownerName: z.string(),
  level: z.number().int(),
  day: z.string(),
  deadlineDay: z.string(),
  language: z.enum(LOCALES),
  principal: z.number().int(),
  interest: z.number().int(),
  /** What of the letter's instalments is still unpaid now. */
  outstanding: z.number().int(),
  state: z.enum(['open', 'resolved', 'void']),
  sentWay: z.enum(SENT_WAYS).nullable(),
  sentDay: z.string().nullable(),
  sentReference: z.string(),
  sha256: z.string(),
  version: z.number().int(),
})
export type LetterRow = z.infer<typeof letterRow>

/** How and when a letter was sent; an EMS number proves the demand (诉讼时效规定 art. 8). */
export const sentFields = z.strictObject({
  sentWay: z.enum(SENT_WAYS),
  sentDay: plainDay,
  sentReference: optionalText(60),
})
export type SentFields = z.infer<typeof sentFields>
