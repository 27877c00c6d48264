import { z } from 'zod'
import { LOCALES } from '#shared/i18n/locale.ts'
import { plainDay } from '#shared/kernel/dates.ts'
import { fenNotNegative, fenPositive } from '#shared/kernel/money.ts'
import { entityId, longText, recordVersion, shortText } from '#shared/kernel/text.ts'
import { approvalStatus } from '#shared/modules/approvals/approvals.schema.ts'
import { SIGNER_ROLES } from './claims.statements.schema.ts'

/** `called`: a part was not paid in time, and all of the rest was made due at once. */
export const PLAN_STATES = ['draft', 'asked', 'approved', 'signed', 'called', 'void'] as const
export type PlanState = (typeof PLAN_STATES)[number]

/** What a reader sees of a signed one: in time, a part late, or all paid. Computed, never stored. */
export const PLAN_STAGES = ['draft', 'asked', 'approved', 'kept', 'broken', 'paid', 'called', 'void'] as const
export type PlanStage = (typeof PLAN_STAGES)[number]

const count = z.number().int()

/** What the agreement fixes of one debt. Fen; the principal is all that is outstanding. */
const planDebt = z.strictObject({
  instalmentId: entityId,
  interest: fenNotNegative,
  costs: fenNotNegative,
})

/** The agreement as it is drafted: which debts, what of interest and costs, and what is paid when. */
export const planFields = z
  .strictObject({
    customerId: entityId,
    day: plainDay,
    language: z.enum(LOCALES),
    debts: z
      .array(planDebt)
      .min(1, 'validation:required')
      .max(100)
      .refine((debts) => new Set(debts.map((debt) => debt.instalmentId)).size === debts.length, {
        message: 'validation:notAChoice',
      }),
    lines: z
      .array(z.strictObject({ dueDay: plainDay, amount: fenPositive }))
      .min(1, 'validation:required')
      .max(60)
      .refine((lines) => lines.every((line, i) => i === 0 || line.dueDay > (lines[i - 1]?.dueDay ?? '')), {
        message: 'claims:errors.planOrder',
      }),
    /** Everything falls due at once where a part is not paid in time. */
    callsIn: z.boolean(),
    guarantee: longText(500),
    terms: longText(2000),
    reason: shortText(200),
  })
  .refine(({ day, lines }) => lines.every((line) => line.dueDay >= day), {
    path: ['lines'],
    message: 'claims:errors.planPast',
  })
export type PlanFields = z.infer<typeof planFields>

export const planRow = z.object({
  id: z.string(),
  version: count,
  number: z.string(),
  customerId: z.string(),
  customerName: z.string(),
  ownerName: z.string(),
  day: z.string(),
  principal: count,
  interest: count,
  costs: count,
  /** Of all that it asks for, paid since it was signed. */
  paid: count,
  /** What should have been paid by now and was not; 0 where it is kept. */
  late: count,
  nextDay: z.string().nullable(),
  lastDay: z.string().nullable(),
  stage: z.enum(PLAN_STAGES),
  signDay: z.string().nullable(),
  updatedAt: count,
})
export type PlanRow = z.infer<typeof planRow>

export const planView = planRow.extend({
  language: z.enum(LOCALES),
  callsIn: z.boolean(),
  guarantee: z.string(),
  terms: z.string(),
  reason: z.string(),
  ourSigner: z.string(),
  signer: z.string(),
  signerRole: z.enum(SIGNER_ROLES).nullable(),
  calledDay: z.string().nullable(),
  voidReason: z.string(),
  sha256: z.string(),
  hasFile: z.boolean(),
  debts: z.array(
    z.object({
      instalmentId: z.string(),
      contractId: z.string().nullable(),
      contractNumber: z.string(),
      label: z.string(),
      formerDueDay: z.string().nullable(),
      dueDay: z.string(),
      principal: count,
      interest: count,
      costs: count,
    }),
  ),
  lines: z.array(z.object({ seq: count, dueDay: z.string(), amount: count, paid: count, late: z.boolean() })),
  approval: approvalStatus.nullable(),
})
export type PlanView = z.infer<typeof planView>

export const planFilters = z.strictObject({
  stage: z.enum(PLAN_STAGES).optional(),
  customerId: entityId.optional(),
  ownerId: entityId.optional(),
  from: plainDay.optional(),
  to: plainDay.optional(),
})
export type PlanFilters = z.infer<typeof planFilters>
export const PLAN_SORTS = ['day', 'principal', 'number'] as const
export type PlanSort = (typeof PLAN_SORTS)[number]

export const planSigned = z.strictObject({
  id: entityId,
  version: recordVersion,
  day: plainDay,
  ourSigner: shortText(40),
  signer: shortText(40),
  signerRole: z.enum(SIGNER_ROLES),
  /** The signed copy lies scanned with the plan. */
  scanned: z.boolean(),
})
export type PlanSigned = z.infer<typeof planSigned>
