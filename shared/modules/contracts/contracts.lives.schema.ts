import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { entityId, optionalText, recordVersion, shortText } from '#shared/kernel/text.ts'
import { contractFields, END_REASONS } from './contracts.schema.ts'

export const VERSION_REASONS = ['submitted', 'signed', 'supplement'] as const
export const SUPPLEMENT_STATES = ['draft', 'signed', 'void'] as const
export type SupplementState = (typeof SUPPLEMENT_STATES)[number]

/** A kept version of a contract as lists show it. */
export const contractVersion = z.object({
  no: z.number().int(),
  reason: z.enum(VERSION_REASONS),
  /** The supplement that it came into force with. */
  supplementNumber: z.string().nullable(),
  amount: z.number().int(),
  sha256: z.string(),
  byName: z.string(),
  at: z.number(),
})
export type ContractVersion = z.infer<typeof contractVersion>

/** Two forms to be compared; a version's number, or null for what is in force now. */
export const redlineAsk = z.strictObject({
  id: entityId,
  from: z.number().int().min(1),
  to: z.number().int().min(1).nullable(),
})

/** The two forms whose difference is the redline. */
export const redlinePair = z.object({ before: contractFields, after: contractFields })

export const supplementRow = z.object({
  id: z.string(),
  version: z.number().int(),
  number: z.string(),
  contractId: z.string(),
  state: z.enum(SUPPLEMENT_STATES),
  reason: z.string(),
  /** What the contract comes to with it, in fen. */
  amount: z.number().int(),
  signDay: z.string().nullable(),
  createdAt: z.number(),
  byName: z.string(),
})
export type SupplementRow = z.infer<typeof supplementRow>

export const supplementView = supplementRow.extend({
  contractNumber: z.string(),
  contractVersion: z.number().int(),
  customerName: z.string(),
  fields: contractFields,
  /** What it is compared with: what is in force for a draft, what was in force before it otherwise. */
  base: contractFields,
  /** False where another change came into force since the draft was last saved. */
  current: z.boolean(),
  /** Received for the contract so far, in fen. */
  received: z.number().int(),
  instalments: z.array(
    z.object({
      seq: z.number().int(),
      label: z.string(),
      trigger: z.enum(['signing', 'delivery', 'acceptance', 'warranty_end', 'fixed']),
      dueDay: z.string().nullable(),
      amount: z.number().int(),
      settled: z.number().int(),
    }),
  ),
  ourSigner: z.string(),
  theirSigner: z.string(),
  voidReason: z.string(),
})
export type SupplementView = z.infer<typeof supplementView>

/** What is typed into the editor of a supplement: why, and all of what the contract is to be. */
export const supplementFields = z.strictObject({ reason: shortText(500), fields: contractFields })

export const supplementSigning = z.strictObject({
  id: entityId,
  version: recordVersion,
  signDay: plainDay,
  ourSigner: shortText(40),
  theirSigner: shortText(40),
})
export type SupplementSigning = z.infer<typeof supplementSigning>

/** Ending a signed contract; what was not yet paid is still asked for, or given up. */
export const contractEnding = z.strictObject({
  id: entityId,
  version: recordVersion,
  reason: z.enum(END_REASONS),
  day: plainDay,
  note: optionalText(500),
  instalments: z.enum(['keep', 'cancel']),
})
export type ContractEnding = z.infer<typeof contractEnding>
