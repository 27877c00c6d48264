import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { entityId } from '#shared/kernel/text.ts'
import { PROPOSAL_KINDS } from './performance.proposals.schema.ts'

/** Targets or result agreed, a result below the line, what was done about it, and the next result below the line. */
export const CHAIN_LINKS = ['agreed', 'first', 'measure', 'second'] as const
export type ChainLinkName = (typeof CHAIN_LINKS)[number]

/**
 * Why a link is not there: no result below the line, nothing was agreed, the result is contested, nothing was carried
 * out, only before the result was known, no later month is locked yet, or the link before is missing.
 */
export const CHAIN_GAPS = ['notBelow', 'notAgreed', 'appealed', 'noMeasure', 'tooEarly', 'notYet', 'waits'] as const
export type ChainGap = (typeof CHAIN_GAPS)[number]

const int = z.number().int()

export const chainLink = z.object({
  link: z.enum(CHAIN_LINKS),
  /** Null where the link stands. */
  gap: z.enum(CHAIN_GAPS).nullable(),
  /** The month that it rests on, or that shows why it is missing. */
  month: z.string().nullable(),
  /** The day of the agreement, of the lock, or on which it was carried out. */
  day: z.string().nullable(),
  /** How it was agreed. */
  how: z.enum(['targets', 'confirmed']).nullable(),
  /** Points × 100 of a result. */
  total: int.nullable(),
  proposalId: z.string().nullable(),
  kind: z.enum(PROPOSAL_KINDS).nullable(),
  subject: z.string(),
})
export type ChainLink = z.infer<typeof chainLink>

/** The evidence that somebody is not up to the job (劳动合同法 40 第二项). */
export const chainView = z.object({
  userId: z.string(),
  userName: z.string(),
  complete: z.boolean(),
  links: z.array(chainLink),
  /** The line of today, in points × 100. */
  below: int,
})
export type ChainView = z.infer<typeof chainView>

/** With notice of thirty days, or with a month's pay in its place. */
export const NOTICE_WAYS = ['notice', 'pay'] as const
export const noticeFields = z.strictObject({
  userId: entityId,
  way: z.enum(NOTICE_WAYS),
  /** The union is told of the reason first (劳动合同法 43). */
  unionDay: plainDay,
})
export type NoticeFields = z.infer<typeof noticeFields>
