import { z } from 'zod'
import { reasonView } from '#shared/kernel/reason.ts'
import { plainDay } from '#shared/kernel/dates.ts'
import { entityId, longText, recordVersion } from '#shared/kernel/text.ts'
import { EVIDENCE_KINDS, PROOFS } from '#shared/modules/receivables/receivables.evidence.rules.ts'
import { LIMITATION_BY } from './claims.schema.ts'

/** What is written down of limitation: evidence that interrupts it, a cause that suspends it, a plain refusal to pay. */
export const EVENT_KINDS = [...EVIDENCE_KINDS, 'suspension', 'refusal'] as const
export type EventKind = (typeof EVENT_KINDS)[number]

export const LIMITATION_STATES = ['noDueDay', 'notDue', 'running', 'suspended', 'proceedings', 'expired'] as const
const EFFECTS = ['interrupts', 'restarts', 'beforeStart', 'tooLate', 'weak', 'notProven'] as const

const count = z.number().int()
const day = z.string()
const proofs = z.array(z.enum(PROOFS)).max(PROOFS.length)
const graceDays = count.min(0).max(365, 'validation:tooLarge').nullable()

const eventFacts = {
  day: plainDay,
  /** Until when payment was put off, or is to be made by what was agreed. */
  untilDay: plainDay.nullable().default(null),
  /** When proceedings or the cause of a suspension came to their end; null while they go on. */
  endedDay: plainDay.nullable().default(null),
  /** Days of grace that a first demand leaves, of a debt without a due day. */
  graceDays: graceDays.default(null),
  proofs: proofs.default([]),
  note: longText(500),
}

/** Several debts, each once. */
export const debtIds = z
  .array(entityId)
  .min(1, 'validation:required')
  .max(500)
  .refine((ids) => new Set(ids).size === ids.length, { message: 'validation:notAChoice' })

export const limitationEventFields = z.strictObject({
  instalmentIds: debtIds,
  kind: z.enum(EVENT_KINDS),
  ...eventFacts,
})
export type LimitationEventFields = z.infer<typeof limitationEventFields>

export const limitationEventChange = z.strictObject({ id: entityId, version: recordVersion, ...eventFacts })
export type LimitationEventChange = z.infer<typeof limitationEventChange>

/** An event with how well it is proven and what is missing. */
export const limitationEventRow = z.object({
  id: z.string(),
  version: count,
  customerId: z.string(),
  kind: z.enum(EVENT_KINDS),
  day,
  untilDay: day.nullable(),
  endedDay: day.nullable(),
  graceDays: count.nullable(),
  proofs,
  strength: z.enum(['strong', 'weak', 'none']),
  missing: proofs,
  /** Key under `contracts:articles`; null for a kind without one. */
  article: z.string().nullable(),
  note: z.string(),
  /** How many debts it is about, of those that the reader may see. */
  debts: count,
  /** It follows from a record elsewhere, and is taken back there. */
  source: z.object({ module: z.string(), id: z.string() }).nullable(),
  files: count,
  createdAt: count,
  createdByName: z.string(),
  void: z.object({ at: count, byName: z.string(), reason: z.string() }).nullable(),
})
export type LimitationEventRow = z.infer<typeof limitationEventRow>

/** The clock of one debt, as a page shows it. */
export const limitationView = z.object({
  instalmentId: z.string(),
  state: z.enum(LIMITATION_STATES),
  start: z.object({ day, reason: reasonView }).nullable(),
  endDay: day.nullable(),
  /** The same moved behind days off; the same day where it falls on none. */
  shiftedDay: day.nullable(),
  /** False: the firm's calendar of days off does not reach so far. */
  calendarKnown: z.boolean(),
  weakEndDay: day.nullable(),
  longStopDay: day.nullable(),
  daysLeft: count.nullable(),
  alarm: count.nullable(),
  wording: z.enum(['demand', 'acknowledge']),
  by: z.enum(LIMITATION_BY),
  steps: z.array(z.object({ eventId: z.string(), effect: z.enum(EFFECTS), endDay: day })),
  notes: z.array(reasonView),
})
export type LimitationView = z.infer<typeof limitationView>

/** One debt in the list of limitation. Amounts in fen. */
export const limitationRow = z.object({
  id: z.string(),
  customerId: z.string(),
  customerName: z.string(),
  contractId: z.string().nullable(),
  contractNumber: z.string(),
  label: z.string(),
  ownerName: z.string(),
  dueDay: day.nullable(),
  outstanding: count,
  state: z.enum(LIMITATION_STATES),
  endDay: day.nullable(),
  shiftedDay: day.nullable(),
  daysLeft: count.nullable(),
  alarm: count.nullable(),
  /** The last thing that interrupted it. */
  lastKind: z.enum(EVENT_KINDS).nullable(),
  lastDay: day.nullable(),
  /** Something is on file that is not proven well enough. */
  weak: z.boolean(),
})
export type LimitationRow = z.infer<typeof limitationRow>

/** How near the end is: within so many months, over, or not counted at all. */
export const LIMITATION_WITHIN = ['expired', 'm1', 'm3', 'm6', 'm12', 'later', 'noDueDay'] as const
export type LimitationWithin = (typeof LIMITATION_WITHIN)[number]
export const limitationFilters = z.strictObject({
  within: z.enum(LIMITATION_WITHIN).optional(),
  customerId: entityId.optional(),
  contractId: entityId.optional(),
  ownerId: entityId.optional(),
  from: plainDay.optional(),
  to: plainDay.optional(),
})
export type LimitationFilters = z.infer<typeof limitationFilters>
export const LIMITATION_SORTS = ['endDay', 'outstanding'] as const
export type LimitationSort = (typeof LIMITATION_SORTS)[number]
