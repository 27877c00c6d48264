import { z } from 'zod'
import { LOCALES } from '#shared/i18n/locale.ts'
import { plainDay } from '#shared/kernel/dates.ts'
import { fen } from '#shared/kernel/money.ts'
import { entityId, longText, optionalText, recordVersion, shortText } from '#shared/kernel/text.ts'

export const STATEMENT_WAYS = ['ems', 'courier', 'email', 'hand', 'message', 'other'] as const
export type StatementWay = (typeof STATEMENT_WAYS)[number]
export const STATEMENT_ANSWERS = ['confirmed', 'differs'] as const
export type StatementAnswer = (typeof STATEMENT_ANSWERS)[number]

/** In which quality somebody signed for the other side (诉讼时效规定 8). */
export const SIGNER_ROLES = ['legalRepresentative', 'inCharge', 'authorised', 'mailRoom', 'unknown'] as const
export type SignerRole = (typeof SIGNER_ROLES)[number]

/** What a reader sees: computed from what was recorded. */
export const STATEMENT_STATES = ['issued', 'sent', 'confirmed', 'differs', 'void'] as const
export type StatementState = (typeof STATEMENT_STATES)[number]

const count = z.number().int()

/** From which day to which; all that happened before the first is the opening balance. */
export const statementPeriod = z
  .strictObject({ fromDay: plainDay, asOf: plainDay })
  .refine(({ fromDay, asOf }) => fromDay <= asOf, { path: ['asOf'], message: 'claims:errors.period' })
export type StatementPeriod = z.infer<typeof statementPeriod>

export const statementRow = z.object({
  id: z.string(),
  version: count,
  number: z.string(),
  customerId: z.string(),
  customerName: z.string(),
  ownerName: z.string(),
  fromDay: z.string(),
  asOf: z.string(),
  language: z.enum(LOCALES),
  opening: count,
  raised: count,
  received: count,
  closing: count,
  outstanding: count,
  overdue: count,
  state: z.enum(STATEMENT_STATES),
  sentWay: z.enum(STATEMENT_WAYS).nullable(),
  sentDay: z.string().nullable(),
  sentReference: z.string(),
  answerDay: z.string().nullable(),
  signer: z.string(),
  signerRole: z.enum(SIGNER_ROLES).nullable(),
  theirAmount: count.nullable(),
  answerNote: z.string(),
  voidReason: z.string(),
  sha256: z.string(),
  createdAt: count,
})
export type StatementRow = z.infer<typeof statementRow>

export const statementFilters = z.strictObject({
  state: z.enum(STATEMENT_STATES).optional(),
  customerId: entityId.optional(),
  ownerId: entityId.optional(),
  from: plainDay.optional(),
  to: plainDay.optional(),
})
export type StatementFilters = z.infer<typeof statementFilters>
export const STATEMENT_SORTS = ['asOf', 'closing', 'number'] as const
export type StatementSort = (typeof STATEMENT_SORTS)[number]

/** A customer that a statement may be made for. */
export const statementCandidate = z.object({
  customerId: z.string(),
  customerName: z.string(),
  ownerName: z.string(),
  outstanding: count,
  overdue: count,
  advance: count,
  /** The last statement and what came of it. */
  lastDay: z.string().nullable(),
  lastState: z.enum(STATEMENT_STATES).nullable(),
})
export type StatementCandidate = z.infer<typeof statementCandidate>

export const statementSent = z.strictObject({
  id: entityId,
  version: recordVersion,
  way: z.enum(STATEMENT_WAYS),
  day: plainDay,
  reference: optionalText(60),
})
export type StatementSent = z.infer<typeof statementSent>

/** What came back: who signed, in which quality, and what they hold against it. */
export const statementAnswered = z
  .strictObject({
    id: entityId,
    version: recordVersion,
    answer: z.enum(STATEMENT_ANSWERS),
    day: plainDay,
    signer: shortText(40),
    signerRole: z.enum(SIGNER_ROLES),
    theirAmount: fen.nullable(),
    note: longText(500),
    /** The signed copy lies scanned with the statement. */
    scanned: z.boolean(),
  })
  .refine((it) => it.answer === 'confirmed' || it.theirAmount !== null || it.note !== '', {
    path: ['note'],
    message: 'claims:errors.difference',
  })
export type StatementAnswered = z.infer<typeof statementAnswered>
