import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, optionalText, recordVersion, searchText, shortText } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import {
  billListRow,
  billStep,
  creditFields,
  creditRow,
  creditShare,
  creditView,
  CREDIT_CAUSES,
  instalmentFields,
  instalmentView,
  recordAt,
  redating,
  REFUND_STATES,
  refundFields,
  refundRow,
} from './receivables.entries.schema.ts'
import { BILL_STATES } from './receivables.schema.ts'

const count = z.number().int()
const version = recordVersion
const done = z.object({ id: z.string(), version: count })
const made = done.extend({ number: z.string() })

/** The first allocation that does not fit, by its place in the input. */
export const misfit = {
  RECEIPT_ALLOCATION: {
    status: 409,
    data: z.object({
      fault: z.enum(['unknown', 'over_receipt', 'over_instalment', 'twice']),
      index: z.number().int(),
    }),
  },
}

export const CREDIT_SORTS = ['day', 'amount'] as const
export const creditFilters = z.strictObject({
  customerId: entityId.optional(),
  state: z.enum(['posted', 'reversed']).optional(),
  cause: z.enum(CREDIT_CAUSES).optional(),
  /** Only those with something left. */
  withRest: z.boolean().optional(),
  dayFrom: plainDay.optional(),
  dayTo: plainDay.optional(),
})

export const REFUND_SORTS = ['updated'] as const
export const refundFilters = z.strictObject({
  customerId: entityId.optional(),
  receiptId: entityId.optional(),
  state: z.enum(REFUND_STATES).optional(),
})

export const BILL_SORTS = ['maturityDay'] as const
export const billFilters = z.strictObject({
  customerId: entityId.optional(),
  /** One state; without it all. */
  state: z.enum(BILL_STATES).optional(),
  maturityTo: plainDay.optional(),
})

/** Credit notes, refunds, bills, and receivables entered by hand. */
export const receivablesEntries = {
  creditList: query('receivables.read')
    .input(pageInput({ sort: CREDIT_SORTS, filters: creditFilters }))
    .output(pageOutput(creditRow)),
  creditSummary: query('receivables.read')
    .input(z.strictObject({ text: searchText, filters: creditFilters }))
    .output(z.object({ count, amount: count, allocated: count, rest: count })),
  creditGet: query('receivables.read')
    .input(z.strictObject({ id: entityId }))
    .output(creditView),
  creditCreate: command('receipts.record')
    .input(creditFields)
    .output(made)
    .errors({ ...refusals('CREDIT_DAY'), ...misfit }),
  /** Takes what is left of a credit note off instalments, from today on. */
  creditUse: command('receipts.record')
    .input(recordAt.extend({ allocations: z.array(creditShare).min(1, 'validation:required').max(200) }))
    .output(done)
    .errors({ ...refusals('CREDIT_REVERSED'), ...misfit }),
  /** Takes a credit note back from a day on: what it took off is owed again, exactly. */
  creditReverse: command('receipts.reverse')
    .input(recordAt.extend({ day: plainDay, reason: shortText(200) }))
    .output(done)
    .errors(refusals('CREDIT_REVERSED', 'CREDIT_DAY')),

  refundList: query('receivables.read')
    .input(pageInput({ sort: REFUND_SORTS, filters: refundFilters }))
    .output(pageOutput(refundRow)),
  /** Asks that money of an advance goes back; up to the firm's limit it may be paid at once. */
  refundAsk: command('receipts.record')
    .input(refundFields)
    .output(made.extend({ released: z.boolean() }))
    .errors(refusals('RECEIPT_REVERSED', 'REFUND_TOO_MUCH')),
  /** Lets a refund go or refuses it: never whoever asked for it. */
  refundDecide: command('receipts.reverse')
    .input(recordAt.extend({ release: z.boolean(), note: optionalText(200) }))
    .output(done)
    .errors(refusals('REFUND_STATE', 'REFUND_OWN')),
  refundPay: command('receipts.record')
    .input(recordAt.extend({ day: plainDay }))
    .output(done)
    .errors(refusals('REFUND_STATE', 'REFUND_DAY', 'REFUND_TOO_MUCH')),
  /** The money came back, or never went: it is an advance again from a day on. */
  refundReverse: command('receipts.reverse')
    .input(recordAt.extend({ day: plainDay, reason: shortText(200) }))
    .output(done)
    .errors(refusals('REFUND_STATE', 'REFUND_DAY')),

  billList: query('receivables.read')
    .input(pageInput({ sort: BILL_SORTS, filters: billFilters }))
    .output(pageOutput(billListRow)),
  /** What becomes of a bill; one that is dishonoured takes its receipt back from that day on. */
  billMove: command('receipts.record')
    .input(recordAt.extend(billStep.shape))
    .output(done)
    .errors(refusals('RECEIPT_REVERSED', 'RECEIPT_DAY', 'RECEIPT_REFUNDED', 'BILL_STATE')),

  get: query('receivables.read')
    .input(z.strictObject({ id: entityId }))
    .output(instalmentView),
  /** Enters a payment owed that no payment clause in the program asks for. */
  create: command('receivables.plan')
    .input(instalmentFields)
    .output(done)
    .errors(refusals('RECEIVABLE_DAY', 'RECEIVABLE_CONTRACT')),
  /** Gives an instalment another due day from today on; past days stay as they were. */
  redate: command('receivables.plan')
    .input(recordAt.extend(redating.shape))
    .output(done)
    .errors(refusals('RECEIVABLE_AGREED', 'RECEIVABLE_DAY')),
  /** Takes out what was entered by hand or taken over, while nothing settles it. */
  cancel: command('receivables.plan')
    .input(z.strictObject({ id: entityId, version, reason: shortText(200) }))
    .output(done)
    .errors(refusals('RECEIVABLE_AGREED', 'RECEIVABLE_SETTLED')),
}
