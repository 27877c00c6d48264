import { z } from 'zod'
import { reasonView } from '#shared/kernel/reason.ts'
import { LOCALES } from '#shared/i18n/locale.ts'
import { plainDay } from '#shared/kernel/dates.ts'
import { fenNotNegative } from '#shared/kernel/money.ts'
import { entityId, optionalText, recordVersion, shortText } from '#shared/kernel/text.ts'
import { contactRow, promiseRow } from './dunning.contacts.schema.ts'
import { COURSES, PROPOSALS, REPORT_STATES } from './dunning.escalations.rules.ts'
import { DELAY_REASONS, LADDER_ACTIONS, STEP_KINDS, TRUST } from './dunning.ladder.rules.ts'
import { DOERS, STEP_CHANNELS } from './dunning.policy.schema.ts'
import { TIERS } from './dunning.worklist.rules.ts'

const count = z.number().int()

export const LIMITATIONS = ['expired', 'm1', 'm3', 'm6', 'm12'] as const

export const workFilters = z.strictObject({
  ownerId: entityId.optional(),
  customerId: entityId.optional(),
  /** Key of the level that is due. */
  step: z.string().max(20).optional(),
  action: z.enum(LADDER_ACTIONS).optional(),
  doer: z.enum(DOERS).optional(),
  reason: z.enum([...DELAY_REASONS, 'none']).optional(),
  broken: z.boolean().optional(),
  /** There is something to do today. */
  today: z.boolean().optional(),
  limitation: z.enum(LIMITATIONS).optional(),
  overdueFrom: fenNotNegative.optional(),
  overdueTo: fenNotNegative.optional(),
})
export type WorkFilters = z.infer<typeof workFilters>

export const WORK_SORTS = ['rank', 'atRisk', 'overdue', 'outstanding', 'oldest', 'limitation', 'next'] as const
export type WorkSort = (typeof WORK_SORTS)[number]

/** A row of the work list: one customer, one conversation. Fen. */
export const workListRow = z.object({
  customerId: z.string(),
  customerName: z.string(),
  ownerId: z.string(),
  ownerName: z.string(),
  tier: z.enum(TIERS),
  outstanding: count,
  overdue: count,
  atRisk: count,
  maxDays: count,
  limitationDay: z.string().nullable(),
  broken: count,
  promisedUntil: z.string().nullable(),
  action: z.enum(LADDER_ACTIONS),
  step: z.string(),
  /** Place of the level in the policy, from 1. */
  level: count.nullable(),
  kind: z.enum(STEP_KINDS).nullable(),
  doer: z.enum(DOERS),
  nextDay: z.string().nullable(),
  reason: z.enum(DELAY_REASONS).nullable(),
  lastContact: z.string().nullable(),
})
export type WorkListRow = z.infer<typeof workListRow>

export const workSums = z.object({
  count,
  outstanding: count,
  overdue: count,
  atRisk: count,
  broken: count,
  today: count,
})
export type WorkSums = z.infer<typeof workSums>

/** One payment owed, as the pane shows it. Fen. */
export const caseDebt = z.object({
  instalmentId: z.string(),
  contractId: z.string().nullable(),
  contractNumber: z.string(),
  label: z.string(),
  dueDay: z.string().nullable(),
  daysOverdue: count,
  amount: count,
  outstanding: count,
  disputed: count,
  /** Interest and costs up to today; null where they are not counted. */
  interest: count.nullable(),
  costs: count,
  /** By what interest is counted. */
  basis: reasonView.nullable(),
  limitationDay: z.string().nullable(),
  limitationDays: count.nullable(),
  /** Place of the last level that named it, from 1. */
  sentLevel: count.nullable(),
  leftOut: z.object({ reason: z.string(), untilDay: z.string().nullable() }).nullable(),
})
export type CaseDebt = z.infer<typeof caseDebt>

export const caseView = z.object({
  customer: z.object({
    id: z.string(),
    name: z.string(),
    code: z.string(),
    ownerId: z.string(),
    ownerName: z.string(),
    contacts: z.array(z.object({ name: z.string(), title: z.string(), phone: z.string(), email: z.string() })),
  }),
  settings: z.object({
    version: count.nullable(),
    trust: z.enum(TRUST),
    language: z.enum(LOCALES).nullable(),
    note: z.string(),
    excluded: z.object({ reason: z.string(), untilDay: z.string().nullable() }).nullable(),
  }),
  debts: z.array(caseDebt),
  totals: z.object({
    outstanding: count,
    overdue: count,
    atRisk: count,
    interest: count.nullable(),
    costs: count,
    advance: count,
  }),
  next: z.object({
    action: z.enum(LADDER_ACTIONS),
    day: z.string().nullable(),
    step: z.string(),
    level: count.nullable(),
    kind: z.enum(STEP_KINDS).nullable(),
    channels: z.array(z.enum(STEP_CHANNELS)),
    doer: z.enum(DOERS),
    reasons: z.array(reasonView),
    /** A reason of the delay must be on record before it. */
    needsReason: z.boolean(),
  }),
  ranked: z.array(reasonView),
  /** How a reported difficulty stands, and the latest report about what is still open. */
  course: z.enum(COURSES),
  report: z
    .object({ id: z.string(), day: z.string(), state: z.enum(REPORT_STATES), proposal: z.enum(PROPOSALS) })
    .nullable(),
  reason: z.enum(DELAY_REASONS).nullable(),
  promises: z.array(promiseRow),
  contacts: z.array(contactRow),
  /** What to say, filled in, in the language of the screen. */
  script: z.string(),
})
export type CaseView = z.infer<typeof caseView>

/** How a customer is dunned, beside the policy. */
export const caseSettings = z.strictObject({
  customerId: entityId,
  version: recordVersion.nullable(),
  trust: z.enum(TRUST),
  language: z.enum(LOCALES).nullable(),
  note: optionalText(200),
})
export type CaseSettings = z.infer<typeof caseSettings>

export const leaveOutFields = z.strictObject({
  instalmentId: entityId,
  reason: shortText(200),
  untilDay: plainDay.nullable(),
})
