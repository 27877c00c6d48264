import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { entityId, longText, optionalText, recordVersion, shortText } from '#shared/kernel/text.ts'
import { EVENT_KINDS } from '#shared/modules/contracts/contracts.schema.ts'

/** What the clauses of a contract bind somebody to; `other` is what people write down by hand. */
export const OBLIGATION_KINDS = [
  'delivery',
  'inspection',
  'acceptance',
  'deposit',
  'payment',
  'retention',
  'invoice',
  'warranty',
  'notice',
  'confidentiality',
  'sizeNotice',
  'other',
] as const
export type ObligationKind = (typeof OBLIGATION_KINDS)[number]

export const SIDES = ['ours', 'theirs'] as const
export type Side = (typeof SIDES)[number]

/** What the day of an obligation is counted from; `none`: it binds without a day. */
export const OBLIGATION_TRIGGERS = ['signing', ...EVENT_KINDS, 'fixed', 'none'] as const
export type ObligationTrigger = (typeof OBLIGATION_TRIGGERS)[number]

/** What a reader sees: what is not finished is told apart by its day. Computed, never stored. */
export const OBLIGATION_STATES = ['overdue', 'soon', 'open', 'waiting', 'done', 'dropped'] as const
export type ObligationState = (typeof OBLIGATION_STATES)[number]

/**
 * Why an obligation fell away: a change in writing, it lay before the contract was entered, the contract was made void or
 * ended, or somebody said so.
 */
export const DROP_CODES = ['changed', 'past', 'void', 'ended', 'person'] as const
export type DropCode = (typeof DROP_CODES)[number]

const count = z.number().int()
const afterDays = z.number().int().min(0).max(3660)
const DAY_KINDS = ['natural', 'working'] as const

/** Due on a day, or so many days after something has happened. */
export const obligationWhen = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('day'), day: plainDay }),
  z.strictObject({
    kind: z.literal('event'),
    event: z.enum(EVENT_KINDS),
    days: afterDays,
    dayKind: z.enum(DAY_KINDS),
  }),
])
export type ObligationWhen = z.infer<typeof obligationWhen>

/** An obligation that is written down by hand; `clause` is where it stands in the contract. */
export const obligationFields = z.strictObject({
  text: shortText(200),
  side: z.enum(SIDES),
  clause: optionalText(80),
  when: obligationWhen,
  ownerId: entityId,
  /** Null: that of the owner. */
  departmentId: entityId.nullable().default(null),
})
export type ObligationFields = z.infer<typeof obligationFields>

export const obligationFilters = z.strictObject({
  side: z.enum(SIDES).optional(),
  /** `unfinished`: whatever is neither done nor dropped. */
  state: z.enum([...OBLIGATION_STATES, 'unfinished']).optional(),
  kind: z.enum(OBLIGATION_KINDS).optional(),
  ownerId: entityId.optional(),
  departmentId: entityId.optional(),
  contractId: entityId.optional(),
  customerId: entityId.optional(),
  dueFrom: plainDay.optional(),
  dueTo: plainDay.optional(),
})
export type ObligationFilters = z.infer<typeof obligationFilters>

export const OBLIGATION_SORTS = ['dueDay', 'updatedAt'] as const
export type ObligationSort = (typeof OBLIGATION_SORTS)[number]

export const obligationRow = z.object({
  id: z.string(),
  version: count,
  contractId: z.string(),
  contractNumber: z.string(),
  contractTitle: z.string(),
  customerId: z.string(),
  buyerName: z.string(),
  kind: z.enum(OBLIGATION_KINDS),
  side: z.enum(SIDES),
  /** What of the kind: the goods, the name of the instalment; all of the words where it was written by hand. */
  detail: z.string(),
  /** Where it stands, as it was written by hand; '' for what the kind says by itself. */
  clause: z.string(),
  /** Fen; null where no money is owed. */
  amount: count.nullable(),
  ownerId: z.string(),
  ownerName: z.string(),
  departmentId: z.string().nullable(),
  departmentName: z.string().nullable(),
  trigger: z.enum(OBLIGATION_TRIGGERS),
  days: count,
  dayKind: z.enum(DAY_KINDS),
  dueDay: z.string().nullable(),
  /** The day that the contract says, where another one was agreed since. */
  ruleDay: z.string().nullable(),
  moveReason: z.string(),
  state: z.enum(OBLIGATION_STATES),
  /** Days past the due day; 0 where it is not overdue. */
  late: count,
  byRule: z.boolean(),
  /** `byName` null: it followed from what was recorded elsewhere. */
  done: z.object({ day: z.string(), byName: z.string().nullable(), note: z.string() }).nullable(),
  dropped: z.object({ code: z.enum(DROP_CODES), note: z.string() }).nullable(),
  updatedAt: count,
})
export type ObligationRow = z.infer<typeof obligationRow>

/** Obligations that a step is taken with, each as its reader last saw it; all of them or none. */
export const obligationItems = z
  .array(z.strictObject({ id: entityId, version: recordVersion }))
  .min(1, 'validation:required')
  .max(200)
  .refine((items) => new Set(items.map((item) => item.id)).size === items.length, { message: 'validation:notAChoice' })

export const obligationDone = z.strictObject({ items: obligationItems, day: plainDay, note: longText(500) })
export type ObligationDone = z.infer<typeof obligationDone>
export const obligationReason = z.strictObject({ items: obligationItems, reason: shortText(200) })
export type ObligationReason = z.infer<typeof obligationReason>
export const obligationAssign = obligationReason.extend({
  ownerId: entityId,
  departmentId: entityId.nullable().default(null),
})
export type ObligationAssign = z.infer<typeof obligationAssign>
export const obligationMove = obligationReason.extend({ day: plainDay })
export type ObligationMove = z.infer<typeof obligationMove>
