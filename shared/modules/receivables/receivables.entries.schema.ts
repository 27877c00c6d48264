import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { fenPositive } from '#shared/kernel/money.ts'
import { entityId, optionalText, recordVersion, shortText } from '#shared/kernel/text.ts'
import { allocationRow, billRow, instalmentRow, METHODS, receiptRow } from './receivables.schema.ts'

const fen = z.number().int()

/** Why less is owed than was asked for: goods came back, the price, a rebate, our mistake, a settlement. */
export const CREDIT_CAUSES = ['returned', 'price', 'rebate', 'mistake', 'settlement', 'other'] as const

/** What a credit note takes off an instalment: of its principal alone. */
export const creditShare = z.strictObject({ instalmentId: entityId, amount: fenPositive })
export type CreditShare = z.infer<typeof creditShare>

/** A credit note as typed; what it takes off nothing yet stays a credit of the customer. */
export const creditFields = z.strictObject({
  customerId: entityId,
  day: plainDay,
  amount: fenPositive,
  cause: z.enum(CREDIT_CAUSES),
  reason: shortText(200),
  invoiceNumber: optionalText(40),
  allocations: z.array(creditShare).max(200),
})
export type CreditFields = z.infer<typeof creditFields>

export const creditRow = z.object({
  id: z.string(),
  version: z.number().int(),
  number: z.string(),
  customerId: z.string(),
  customerName: z.string(),
  ownerId: z.string(),
  day: z.string(),
  amount: fen,
  allocated: fen,
  rest: fen,
  cause: z.enum(CREDIT_CAUSES),
  reason: z.string(),
  invoiceNumber: z.string(),
  state: z.enum(['posted', 'reversed']),
  reversedDay: z.string().nullable(),
  reversedReason: z.string(),
})
export type CreditRow = z.infer<typeof creditRow>
export const creditView = creditRow.extend({ allocations: z.array(allocationRow) })
export type CreditView = z.infer<typeof creditView>

/** Asked for, let go by a second person, paid, refused, or paid and taken back. */
export const REFUND_STATES = ['asked', 'released', 'paid', 'refused', 'reversed'] as const
export type RefundState = (typeof REFUND_STATES)[number]

/** Money of an advance that is to go back. */
export const refundFields = z.strictObject({
  receiptId: entityId,
  amount: fenPositive,
  method: z.enum(METHODS),
  payee: shortText(80),
  account: optionalText(60),
  reason: shortText(200),
})
export type RefundFields = z.infer<typeof refundFields>

export const refundRow = z.object({
  id: z.string(),
  version: z.number().int(),
  number: z.string(),
  receiptId: z.string(),
  receiptNumber: z.string(),
  customerId: z.string(),
  customerName: z.string(),
  day: z.string().nullable(),
  amount: fen,
  method: z.enum(METHODS),
  payee: z.string(),
  account: z.string(),
  reason: z.string(),
  state: z.enum(REFUND_STATES),
  askedById: z.string(),
  askedByName: z.string(),
  reversedReason: z.string(),
})
export type RefundRow = z.infer<typeof refundRow>

/** An acceptance bill with the receipt that it is. */
export const billListRow = receiptRow.extend({ bill: billRow })
export type BillListRow = z.infer<typeof billListRow>

/** What becomes of a bill. */
export const BILL_STEPS = ['endorsed', 'discounted', 'collected', 'dishonoured'] as const
export const billStep = z.strictObject({ step: z.enum(BILL_STEPS), day: plainDay, note: optionalText(200) })
export type BillStep = z.infer<typeof billStep>['step']

/** A payment owed that no payment clause in the program asks for. */
export const instalmentFields = z
  .strictObject({
    customerId: entityId,
    contractId: entityId.nullable().default(null),
    label: shortText(40),
    invoiceNumber: optionalText(40),
    sinceDay: plainDay,
    dueDay: plainDay.nullable(),
    amount: fenPositive,
    reason: shortText(200),
  })
  .refine(({ sinceDay, dueDay }) => dueDay === null || dueDay >= sinceDay, {
    message: 'receivables:errors.dueBeforeSince',
    path: ['dueDay'],
  })
export type InstalmentFields = z.infer<typeof instalmentFields>

export const redating = z.strictObject({ dueDay: plainDay.nullable(), reason: shortText(200) })

/** An instalment with everything that happened to it. */
export const instalmentView = instalmentRow.extend({
  reason: z.string(),
  settledBefore: fen,
  changes: z.array(
    z.object({
      id: z.string(),
      day: z.string(),
      dueBefore: z.string().nullable(),
      dueAfter: z.string().nullable(),
      amountBefore: fen,
      amountAfter: fen,
      source: z.enum(['event', 'supplement', 'ending', 'agreement', 'extension', 'person']),
      reason: z.string(),
      userName: z.string().nullable(),
    }),
  ),
  payments: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['receipt', 'credit', 'writeOff']),
      recordId: z.string(),
      number: z.string(),
      day: z.string(),
      releasedDay: z.string().nullable(),
      amount: fen,
      principal: fen,
      reason: z.string(),
    }),
  ),
})
export type InstalmentView = z.infer<typeof instalmentView>

/** Which record, as it was last seen. */
export const recordAt = z.strictObject({ id: entityId, version: recordVersion })
