import { z } from 'zod'
import { reasonView } from '#shared/kernel/reason.ts'
import { LOCALES } from '#shared/i18n/locale.ts'
import { plainDay } from '#shared/kernel/dates.ts'
import { entityId } from '#shared/kernel/text.ts'
import { STEP_KINDS } from './dunning.ladder.rules.ts'
import { CHANNELS } from './dunning.proof.rules.ts'

/** Why a customer gets no letter today: what is to be done instead, or that the step is a call. */
export const SKIPS = [
  'none',
  'wait',
  'recordReason',
  'settleDispute',
  'sendStatement',
  'escalate',
  'call',
  'courtFile',
] as const
export type Skip = (typeof SKIPS)[number]

/** One customer of a preview: what would be claimed, by which level, or why there is no letter. Fen. */
export const previewRow = z.object({
  customerId: z.string(),
  customerName: z.string(),
  ownerId: z.string(),
  ownerName: z.string(),
  /** Place of the level in the policy, from 1; null without one. */
  level: z.number().int().nullable(),
  kind: z.enum(STEP_KINDS).nullable(),
  language: z.enum(LOCALES),
  maxDays: z.number().int(),
  instalments: z.number().int(),
  principal: z.number().int(),
  /** Interest, costs and the level's fee: what is asked for beside the principal. */
  interest: z.number().int(),
  lastLevel: z.number().int().nullable(),
  lastDay: z.string().nullable(),
  skip: z.enum(SKIPS).nullable(),
  reasons: z.array(reasonView),
})
export type PreviewRow = z.infer<typeof previewRow>

export const letterFilters = z.strictObject({
  customerId: entityId.optional(),
  kind: z.enum(STEP_KINDS).optional(),
  state: z.enum(['open', 'resolved', 'void']).optional(),
  proof: z.enum(['strong', 'weak', 'none', 'unsent']).optional(),
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
  kind: z.enum(STEP_KINDS),
  day: z.string(),
  deadlineDay: z.string(),
  language: z.enum(LOCALES),
  principal: z.number().int(),
  interest: z.number().int(),
  /** What of the letter's instalments is still unpaid now. */
  outstanding: z.number().int(),
  state: z.enum(['open', 'resolved', 'void']),
  /** The first sending that counts; what all of them prove together, and from which day. */
  sentChannel: z.enum(CHANNELS).nullable(),
  sentDay: z.string().nullable(),
  sentReference: z.string(),
  proof: z.enum(['strong', 'weak', 'none']),
  arrivalDay: z.string().nullable(),
  sha256: z.string(),
  version: z.number().int(),
})
export type LetterRow = z.infer<typeof letterRow>
