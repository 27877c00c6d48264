import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { fenNotNegative } from '#shared/kernel/money.ts'
import { entityId, shortText } from '#shared/kernel/text.ts'
import { GRADES } from '#shared/modules/customers/customers.schema.ts'
import { ROLES } from '#shared/policy/roles.ts'
import { APPROVAL_KINDS } from './approvals.kinds.rules.ts'
import { OUTCOMES, STEP_MODES } from './approvals.rules.ts'

const basisPoints = z.number().int().min(0).max(10_000)
const days = z.number().int().min(0).max(3660)

/** Who is asked in a step; a department without an id is the applicant's own. */
export const assignee = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('role'), role: z.enum(ROLES).exclude(['administrator']) }),
  z.strictObject({ kind: z.literal('departmentHead'), departmentId: entityId.nullable() }),
  z.strictObject({ kind: z.literal('teamLeader') }),
  z.strictObject({ kind: z.literal('superior') }),
  z.strictObject({ kind: z.literal('person'), userId: entityId }),
])
export type Assignee = z.infer<typeof assignee>

export const definitionStep = z.strictObject({
  name: shortText(40),
  mode: z.enum(STEP_MODES),
  assignees: z.array(assignee).min(1, 'validation:required').max(20),
  /** The step is gone only from this amount on (fen); null: always. */
  amountFrom: fenNotNegative.nullable(),
  /** Working days until the superior of whoever is late is asked as well; null: no deadline. */
  days: z.number().int().min(1).max(90).nullable(),
})
export type DefinitionStep = z.infer<typeof definitionStep>

/** Null bounds and empty lists say nothing; amounts in fen, discounts in basis points, `to` is not included. */
export const definitionConditions = z.strictObject({
  amountFrom: fenNotNegative.nullable(),
  amountTo: fenNotNegative.nullable(),
  discountFrom: basisPoints.nullable(),
  discountTo: basisPoints.nullable(),
  paymentDaysFrom: days.nullable(),
  paymentDaysTo: days.nullable(),
  grades: z.array(z.enum(GRADES)).max(10),
  departmentIds: z.array(entityId).max(100),
})
export type DefinitionConditions = z.infer<typeof definitionConditions>

/** What happens where a step finds nobody. Whatever is chosen, a request is never approved by nobody. */
export const whenEmpty = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('toOwner') }),
  z.strictObject({ kind: z.literal('toPerson'), userId: entityId }),
  z.strictObject({ kind: z.literal('skip') }),
])
export type WhenEmpty = z.infer<typeof whenEmpty>

export const definitionBody = z
  .strictObject({
    kind: z.enum(APPROVAL_KINDS),
    name: shortText(40),
    enabled: z.boolean(),
    /** Nothing goes on without this approval; otherwise it may be asked but need not be. */
    binding: z.boolean(),
    /** The first that fits is taken. */
    position: z.number().int().min(0).max(999),
    conditions: definitionConditions,
    steps: z.array(definitionStep).min(1, 'validation:required').max(12),
    empty: whenEmpty,
    own: z.enum(['toSuperior', 'skip']),
    repeated: z.enum(['once', 'again']),
  })
  .refine(({ conditions: { amountFrom: from, amountTo: to } }) => from === null || to === null || from < to, {
    path: ['conditions', 'amountTo'],
    message: 'approvals:errors.bounds',
  })
  .refine(({ conditions: { discountFrom: from, discountTo: to } }) => from === null || to === null || from < to, {
    path: ['conditions', 'discountTo'],
    message: 'approvals:errors.bounds',
  })
  .refine(({ conditions: { paymentDaysFrom: from, paymentDaysTo: to } }) => from === null || to === null || from < to, {
    path: ['conditions', 'paymentDaysTo'],
    message: 'approvals:errors.bounds',
  })
export type DefinitionBody = z.infer<typeof definitionBody>

/** What a definition is chosen by; null: not known, which fits no condition on it. */
export const approvalFacts = z.strictObject({
  kind: z.enum(APPROVAL_KINDS),
  applicantId: entityId,
  /** Whose record it is: he does not approve it either. */
  ownerId: entityId,
  amount: fenNotNegative.nullable(),
  discount: basisPoints.nullable(),
  grade: z.enum(GRADES).nullable(),
  paymentDays: days.nullable(),
  departmentId: entityId.nullable(),
})
export type ApprovalFacts = z.infer<typeof approvalFacts>

export const LINE_FORMS = ['text', 'fen', 'day', 'rate', 'price', 'quantity', 'count', 'word'] as const

/** One line of what is approved: words as i18n keys, so that each reads it in his own language. */
export const contentLine = z.object({
  /** Stays the same between rounds, so that the two can be held against each other. */
  id: z.string(),
  group: z.string(),
  label: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  form: z.enum(LINE_FORMS),
  value: z.union([z.string(), z.number()]).nullable(),
})
export type ContentLine = z.infer<typeof contentLine>

/** What is frozen at submission. `data` is the whole record, for the hash and for whoever owns it. */
export const approvalContent = z.object({ lines: z.array(contentLine), data: z.unknown() })
export type ApprovalContent = z.infer<typeof approvalContent>

export const contentChange = contentLine.extend({
  before: z.union([z.string(), z.number()]).nullable(),
  change: z.enum(['same', 'changed', 'added', 'removed']),
})
export type ContentChange = z.infer<typeof contentChange>

export const APPROVAL_LISTS = ['waiting', 'mine', 'history'] as const
export const approvalFilters = z.strictObject({
  kind: z.enum(APPROVAL_KINDS).optional(),
  outcome: z.enum(OUTCOMES).optional(),
  applicantId: entityId.optional(),
  overdue: z.boolean().optional(),
  from: plainDay.optional(),
  to: plainDay.optional(),
})
export type ApprovalFilters = z.infer<typeof approvalFilters>

export const APPROVAL_SORTS = ['submittedAt', 'dueDay', 'amount', 'updatedAt'] as const
export type ApprovalSort = (typeof APPROVAL_SORTS)[number]

const count = z.number().int()

export const approvalRow = z.object({
  id: z.string(),
  version: count,
  kind: z.enum(APPROVAL_KINDS),
  recordId: z.string(),
  title: z.string(),
  customerName: z.string(),
  amount: count.nullable(),
  applicantId: z.string(),
  applicantName: z.string(),
  outcome: z.enum(OUTCOMES),
  round: count,
  stepName: z.string(),
  /** Whoever may act now. */
  waitingFor: z.array(z.string()),
  dueDay: z.string().nullable(),
  submittedAt: z.number(),
  updatedAt: z.number(),
})
export type ApprovalRow = z.infer<typeof approvalRow>

export const ACTION_KINDS = [
  'submit',
  'resubmit',
  'approve',
  'reject',
  'return',
  'addSigner',
  'withdraw',
  'remind',
  'comment',
  'escalate',
  'stale',
] as const
export type ActionKind = (typeof ACTION_KINDS)[number]

export const approvalView = approvalRow.extend({
  ownerName: z.string(),
  definitionName: z.string(),
  edition: count,
  hash: z.string(),
  steps: z.array(
    z.object({
      name: z.string(),
      mode: z.enum(STEP_MODES),
      state: z.enum(['passed', 'current', 'waiting', 'skipped']),
      added: z.boolean(),
      dueDay: z.string().nullable(),
      seats: z.array(
        z.object({
          userId: z.string(),
          name: z.string(),
          decided: z.boolean(),
          /** Who acted for him, where it was not he himself. */
          byName: z.string(),
          escalatedName: z.string(),
          carried: z.boolean(),
        }),
      ),
    }),
  ),
  actions: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(ACTION_KINDS),
      round: count,
      at: z.number(),
      userName: z.string(),
      /** For whom he acted, or whom he added. */
      otherName: z.string(),
      stepName: z.string(),
      comment: z.string(),
    }),
  ),
  content: z.array(contentChange),
  /** Whether what was approved or asked is held against an earlier submission. */
  compared: z.boolean(),
  may: z.object({
    decide: z.boolean(),
    withdraw: z.boolean(),
    remind: z.boolean(),
    comment: z.boolean(),
    /** Steps that it can be returned to, by their place. */
    returnTo: z.array(z.object({ step: count, name: z.string() })),
  }),
})
export type ApprovalView = z.infer<typeof approvalView>

/** How the last request about a record stands, for the page of the record. */
export const approvalStatus = z.object({
  id: z.string(),
  version: count,
  outcome: z.enum(OUTCOMES),
  round: count,
  /** SHA-256 of what was asked. */
  hash: z.string(),
  way: z.string(),
  applicantId: z.string(),
  stepName: z.string(),
  /** Names of those who may decide now. */
  waitingFor: z.array(z.string()),
  dueDay: z.string().nullable(),
  /** What was said when it came back or was refused. */
  comment: z.string(),
})
export type ApprovalStatus = z.infer<typeof approvalStatus>

export const definitionView = z.object({
  id: z.string(),
  version: count,
  edition: count,
  body: definitionBody,
  updatedAt: z.number(),
  updatedByName: z.string(),
})
export type DefinitionView = z.infer<typeof definitionView>

/** Who would approve: the steps of the definition that fits, with the people in them. */
export const dryRunResult = z.object({
  definitionName: z.string().nullable(),
  refusal: z.enum(['none', 'noDefinition', 'nobody']),
  steps: z.array(
    z.object({
      name: z.string(),
      mode: z.enum(STEP_MODES),
      skipped: z.enum(['no', 'amount', 'empty']),
      replaced: z.enum(['no', 'own', 'empty']),
      people: z.array(z.string()),
    }),
  ),
})

/** Somebody who acts for me from a day to a day, both included. */
export const substituteFields = z
  .strictObject({ substituteId: entityId, fromDay: plainDay, toDay: plainDay })
  .refine((s) => s.fromDay <= s.toDay, { path: ['toDay'], message: 'approvals:errors.bounds' })
