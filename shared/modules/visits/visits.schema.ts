import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { entityId, longText, optionalText, recordVersion, shortText } from '#shared/kernel/text.ts'
import { choice } from '#shared/modules/customers/customers.schema.ts'
import {
  CANCEL_REASONS,
  CHANNELS,
  INCIDENT_REASONS,
  INTENTS,
  MINUTES_A_DAY,
  PURPOSES,
  REPORT_PARTS,
  VISIT_STATES,
} from './visits.rules.ts'

const REQUIRED = { message: 'validation:required' }
const result = longText(2000).refine((text) => text !== '', REQUIRED)
const intent = z.enum([...INTENTS, '']).default('')
/** Null: no time was agreed. Minutes since midnight in the firm's zone. */
const noTime = 'visits:errors.time'
const startMinute = z
  .number()
  .int()
  .min(0, noTime)
  .max(MINUTES_A_DAY - 1, noTime)
  .nullable()
  .default(null)
const endMinute = z.number().int().min(1, noTime).max(MINUTES_A_DAY, noTime).nullable().default(null)

/** What a report says beside its result. Left out of a change: as it is. */
const heard = {
  needs: longText(2000).optional(),
  concerns: longText(2000).optional(),
  intent: z.enum([...INTENTS, '']).optional(),
  evidence: longText(500).optional(),
  /** Why nothing is to be done next. */
  noNextReason: optionalText(200).removeDefault().optional(),
}

/** What was done at or with a customer, entered at once; it counts for the month sheet by its day and its visitor. */
const fields = z.strictObject({
  customerId: entityId,
  userId: entityId.nullable().default(null),
  day: plainDay,
  channel: z.enum(CHANNELS).default('visit'),
  purpose: choice(PURPOSES),
  result,
  ...heard,
  nextStep: optionalText(200),
  /** By when the next step is to be done; with a day it becomes a task of the visitor. */
  nextDay: plainDay.nullable().default(null),
})

type Next = { readonly day: string; readonly nextStep: string; readonly nextDay: string | null }
/** A day needs something to be done by it, and lies not before the visit. */
const nextNamed = (visit: Pick<Next, 'nextStep' | 'nextDay'>) => visit.nextDay === null || visit.nextStep !== ''
const nextLater = (visit: Next) => visit.nextDay === null || visit.nextDay >= visit.day
const named = { path: ['nextStep'], ...REQUIRED }
const later = { path: ['nextDay'], message: 'visits:errors.nextDay' }

export const visitFields = fields.refine(nextNamed, named).refine(nextLater, later)
/** The same for a visit that is there already. */
export const visitChange = fields
  .extend({ id: entityId, version: recordVersion })
  .refine(nextNamed, named)
  .refine(nextLater, later)
export type VisitFields = z.infer<typeof visitFields>

/** A call or a message in one line. */
export const quickFields = z.strictObject({
  customerId: entityId,
  channel: z.enum(CHANNELS),
  purpose: choice(PURPOSES),
  result: shortText(200),
  nextStep: optionalText(200),
  nextDay: plainDay.nullable().default(null),
})

type Times = { readonly startMinute: number | null; readonly endMinute: number | null }
export const timed = (plan: Times) =>
  plan.endMinute === null || (plan.startMinute !== null && plan.endMinute > plan.startMinute)
export const timesWrong = { path: ['endMinute'], message: 'visits:errors.times' }

/** What is agreed before a visit. `userId` null: the person who plans it. */
export const planned = z.strictObject({
  customerId: entityId,
  userId: entityId.nullable().default(null),
  day: plainDay,
  startMinute,
  endMinute,
  channel: z.enum(CHANNELS).default('visit'),
  purpose: choice(PURPOSES),
  place: optionalText(120),
  goal: longText(500),
  /** Colleagues who come along. */
  withIds: z.array(entityId).max(20).default([]),
  /** Whom one is to meet there, by name. */
  theirPeople: z.array(shortText(40)).max(20).default([]),
})
export const planFields = planned.refine(timed, timesWrong)
export type PlanFields = z.infer<typeof planFields>
/** The day and the time move by `reschedule`, which asks why. */
export const planDetails = planned.omit({ day: true, startMinute: true, endMinute: true })
export type PlanDetails = z.infer<typeof planDetails>
export const planChange = planDetails.extend({ id: entityId, version: recordVersion })
export type PlanChange = z.infer<typeof planChange>

const move = z.strictObject({ day: plainDay, startMinute, endMinute, reason: shortText(200) })
export const moveFields = move.refine(timed, timesWrong)
export const rescheduleInput = move.extend({ id: entityId, version: recordVersion }).refine(timed, timesWrong)
export type RescheduleInput = z.infer<typeof rescheduleInput>

/** What a visit brought. `nextOwnerId` null: the visitor. */
export const reportFields = z
  .strictObject({
    result,
    needs: longText(2000),
    concerns: longText(2000),
    intent,
    evidence: longText(500),
    nextStep: optionalText(200),
    nextDay: plainDay.nullable().default(null),
    nextOwnerId: entityId.nullable().default(null),
    noNextReason: optionalText(200),
  })
  .refine(nextNamed, named)
export type ReportFields = z.infer<typeof reportFields>

const reasonText = optionalText(200)
type Reason = { readonly code: string; readonly text: string }
/** Any other reason is told in words. */
const told = (reason: Reason) => reason.code !== 'other' || reason.text !== ''
const untold = { path: ['text'], ...REQUIRED }
export const cancelFields = z.strictObject({ code: choice(CANCEL_REASONS), text: reasonText }).refine(told, untold)
export const incidentFields = z.strictObject({ code: choice(INCIDENT_REASONS), text: reasonText }).refine(told, untold)

/** A line of the preparation list; `attachmentId`: a file of the visit that was prepared for it. */
export const checkItem = z.strictObject({
  text: shortText(120),
  done: z.boolean().default(false),
  attachmentId: entityId.nullable().default(null),
})
export const checkItems = z.array(checkItem).max(30)
export type CheckItem = z.infer<typeof checkItem>

export const visitFilters = z.strictObject({
  userId: entityId.optional(),
  customerId: entityId.optional(),
  purpose: z.enum(PURPOSES).optional(),
  channel: z.enum(CHANNELS).optional(),
  state: z.enum(VISIT_STATES).optional(),
  from: plainDay.optional(),
  to: plainDay.optional(),
  /** Reported too late. */
  late: z.literal(true).optional(),
  /** Planned, and the time for its report is over. */
  overdue: z.literal(true).optional(),
  /** Was planned before it was held, whatever became of it. */
  wasPlanned: z.literal(true).optional(),
  /** Whether its report counts for the appraisal. */
  report: z.enum(['complete', 'incomplete']).optional(),
})
export type VisitFilters = z.infer<typeof visitFilters>

const minute = z.number().int().nullable()

export const visitRow = z.object({
  id: z.string(),
  customerId: z.string(),
  customerName: z.string(),
  userId: z.string(),
  userName: z.string(),
  day: z.string(),
  startMinute: minute,
  endMinute: minute,
  channel: z.enum(CHANNELS),
  purpose: z.enum(PURPOSES),
  state: z.enum(VISIT_STATES),
  place: z.string(),
  goal: z.string(),
  result: z.string(),
  needs: z.string(),
  concerns: z.string(),
  intent: z.enum([...INTENTS, '']),
  evidence: z.string(),
  nextStep: z.string(),
  nextDay: z.string().nullable(),
  noNextReason: z.string(),
  /** Of what was cancelled or came to nothing; its code is one of the reasons of its state. */
  reasonCode: z.string(),
  reasonText: z.string(),
  /** The day that was agreed first; null where it never moved. */
  rescheduledFrom: z.string().nullable(),
  wasPlanned: z.boolean(),
  reportDay: z.string().nullable(),
  /** Reported after the time for it. */
  late: z.boolean(),
  /** Planned, and the time for its report is over today. */
  overdue: z.boolean(),
  /** A complete report; false also for what has none. */
  complete: z.boolean(),
  version: z.number().int(),
})
export type VisitRow = z.infer<typeof visitRow>

const person = z.object({ id: z.string(), name: z.string() })

/** One visit with everything that its page shows. */
export const visitView = visitRow.extend({
  /** Not so where it is another's at a customer whose file is open to the caller. */
  mayChange: z.boolean(),
  nextOwner: person.nullable(),
  withPeople: z.array(person),
  theirPeople: z.array(z.string()),
  checks: z.array(
    z.object({
      text: z.string(),
      done: z.boolean(),
      attachmentId: z.string().nullable(),
      /** As it was called and what it was when it was attached. */
      attachmentName: z.string(),
      attachmentSha256: z.string(),
    }),
  ),
  /** How it was moved, the first move first. */
  moves: z.array(
    z.object({
      fromDay: z.string(),
      fromStart: minute,
      fromEnd: minute,
      toDay: z.string(),
      toStart: minute,
      toEnd: minute,
      reason: z.string(),
      at: z.number().int(),
      userName: z.string(),
    }),
  ),
  missing: z.array(z.enum(REPORT_PARTS)),
  /** Until when its report is in time. */
  reportDueDay: z.string(),
  reportedAt: z.number().int().nullable(),
})
export type VisitView = z.infer<typeof visitView>

/** A day that is not worked; `name`: of the holiday, empty for a weekend. */
export const dayOff = z.object({ day: z.string(), name: z.string() })
export type DayOff = z.infer<typeof dayOff>

/** What a calendar shows of a visit; `version` is what `reschedule` asks for. */
export const calendarRow = z.object({
  id: z.string(),
  customerId: z.string(),
  customerName: z.string(),
  userId: z.string(),
  userName: z.string(),
  /** Colleagues who come along. */
  withIds: z.array(z.string()),
  day: z.string(),
  startMinute: minute,
  endMinute: minute,
  state: z.enum(['planned', 'done']),
  channel: z.enum(CHANNELS),
  purpose: z.enum(PURPOSES),
  place: z.string(),
  goal: z.string(),
  rescheduledFrom: z.string().nullable(),
  /** Whether it comes again. */
  series: z.boolean(),
  overdue: z.boolean(),
  version: z.number().int(),
})
export type CalendarRow = z.infer<typeof calendarRow>

/** One visitor's visits in person of a period; every figure is a list of its own. */
export const visitFigures = z.object({
  userId: z.string(),
  userName: z.string(),
  /** Planned beforehand, whatever became of it. */
  planned: z.number().int(),
  /** Held of those that were planned. */
  kept: z.number().int(),
  /** Still ahead, or without a report. */
  open: z.number().int(),
  done: z.number().int(),
  /** Of those done, with a complete report. */
  complete: z.number().int(),
  cancelled: z.number().int(),
  incident: z.number().int(),
  late: z.number().int(),
  overdue: z.number().int(),
})
export type VisitFigures = z.infer<typeof visitFigures>

/** What a customer was judged to be ready for, the latest first. */
export const intentRow = z.object({
  id: z.string(),
  day: z.string(),
  intent: z.enum(INTENTS),
  evidence: z.string(),
  visitId: z.string().nullable(),
  userName: z.string(),
})
export type IntentRow = z.infer<typeof intentRow>
