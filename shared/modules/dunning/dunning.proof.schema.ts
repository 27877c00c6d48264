import { z } from 'zod'
import { reasonView } from '#shared/kernel/reason.ts'
import { plainDay } from '#shared/kernel/dates.ts'
import { optionalText } from '#shared/kernel/text.ts'
import { CHANNELS, OUTCOMES, SIGNERS } from './dunning.proof.rules.ts'
import { letterRow } from './dunning.schema.ts'

/** How a letter was sent and what became of it. */
export const sendingFields = z
  .strictObject({
    channel: z.enum(CHANNELS),
    /** Of the EMS or courier form. */
    number: optionalText(60),
    /** What the form names as contents (内件品名). */
    contents: optionalText(200),
    address: optionalText(200),
    postedDay: plainDay,
    outcome: z.enum(OUTCOMES),
    outcomeDay: plainDay.nullable(),
    signer: z.enum(SIGNERS),
    signerName: optionalText(60),
    signature: z.boolean(),
    note: optionalText(200),
  })
  .superRefine(({ outcome, outcomeDay, postedDay }, ctx) => {
    const wrong = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message })
    if (outcome !== 'unknown' && outcomeDay === null) wrong('outcomeDay', 'validation:required')
    if (outcome === 'unknown' && outcomeDay !== null) wrong('outcome', 'dunning:errors.outcome')
    if (outcomeDay !== null && outcomeDay < postedDay) wrong('outcomeDay', 'dunning:errors.outcomeDay')
  })
export type SendingFields = z.infer<typeof sendingFields>

const count = z.number().int()

/** One sending with what it proves. */
export const sendingRow = z.object({
  id: z.string(),
  version: count,
  channel: z.enum(CHANNELS),
  number: z.string(),
  contents: z.string(),
  address: z.string(),
  postedDay: z.string(),
  outcome: z.enum(OUTCOMES),
  outcomeDay: z.string().nullable(),
  signer: z.enum(SIGNERS),
  signerName: z.string(),
  signature: z.boolean(),
  note: z.string(),
  createdByName: z.string(),
  strength: z.enum(['strong', 'weak', 'none']),
  /** From which day it counts; null where nothing says that it arrived. */
  arrivalDay: z.string().nullable(),
  /** It only should have arrived: refused, returned, or never reported. */
  presumed: z.boolean(),
  /** Words under `receivables:evidence.proofs`. */
  missing: z.array(z.string()),
  faults: z.array(reasonView),
  /** The address is that of the contract or the registered one. */
  agreedAddress: z.boolean(),
  void: z.object({ byName: z.string(), reason: z.string() }).nullable(),
})
export type SendingRow = z.infer<typeof sendingRow>

/** A letter of the register with everything on file about it. Fen. */
export const letterView = z.object({
  letter: letterRow,
  voidReason: z.string(),
  lines: z.array(
    z.object({
      contractId: z.string().nullable(),
      contractNumber: z.string(),
      label: z.string(),
      dueDay: z.string(),
      daysOverdue: count,
      outstanding: count,
      interest: count,
      /** What is still unpaid of it now. */
      left: count,
    }),
  ),
  sendings: z.array(sendingRow),
  /** Addresses for service agreed in the contracts that it names, and the registered one. */
  addresses: z.array(z.string()),
  /** What a form should say. */
  suggested: z.object({ contents: z.string(), address: z.string(), email: z.string() }),
})
export type LetterView = z.infer<typeof letterView>
