import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { fenNotNegative } from '#shared/kernel/money.ts'
import { exportInput, pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, recordVersion, searchText, shortText } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import { ALLOCATION_REASONS, ALLOCATION_RULES } from './receivables.allocation.rules.ts'
import { misfit, receivablesEntries } from './receivables.entries.contract.ts'
import { PART_ORDERS } from './receivables.parts.rules.ts'
import { receivablesPolicy } from './receivables.policy.schema.ts'
import { receivablesReports } from './receivables.report.contract.ts'
import {
  AGE_BASES,
  AGEING_GROUPS,
  ageingOf,
  allocationInput,
  allocationRow,
  billRow,
  bucketColumn,
  bucketKey,
  bucketSums,
  designatedInput,
  INSTALMENT_KINDS,
  instalmentRow,
  METHODS,
  receiptFields,
  receiptRow,
} from './receivables.schema.ts'

const text = searchText
const count = z.number().int()

export const INSTALMENT_SORTS = ['dueDay', 'outstanding', 'contractNumber'] as const
export const instalmentFilters = z.strictObject({
  /** `open` is everything with an outstanding amount. */
  status: z.enum(['open', 'not_due', 'due_today', 'overdue', 'settled', 'waiting', 'cancelled']).optional(),
  bucket: bucketKey.optional(),
  kind: z.enum(INSTALMENT_KINDS).optional(),
  disputed: z.boolean().optional(),
  limitationTo: plainDay.optional(),
  customerId: entityId.optional(),
  contractId: entityId.optional(),
  ownerId: entityId.optional(),
  dueFrom: plainDay.optional(),
  dueTo: plainDay.optional(),
})

export const RECEIPT_SORTS = ['day', 'amount', 'number'] as const
export const receiptFilters = z.strictObject({
  customerId: entityId.optional(),
  ownerId: entityId.optional(),
  state: z.enum(['posted', 'reversed']).optional(),
  method: z.enum(METHODS).optional(),
  /** Only receipts that still hold an advance. */
  withAdvance: z.boolean().optional(),
  dayFrom: plainDay.optional(),
  dayTo: plainDay.optional(),
})

/** By invoice day, `not_due` holds what was invoiced on the very day, `no_due_day` what is not invoiced. */
const basis = z.enum(AGE_BASES).default('due')

const ageingInput = z.strictObject({
  asOf: plainDay,
  basis,
  /** Only what belongs to all of these. */
  of: z.array(ageingOf).max(5).default([]),
})
const by = z.enum(AGEING_GROUPS)
const pageOf = { cursor: z.string().max(600).nullish(), limit: z.number().int().min(1).max(200) }

const allocationErrors = {
  ...refusals('RECEIPT_REVERSED', 'RECEIPT_DAY', 'RECEIPT_BILL_TWICE'),
  ...misfit,
}

export const receivablesContract = {
  ...receivablesEntries,
  ...receivablesReports,
  /** Instalments with their state as of today. */
  list: query('receivables.read')
    .input(pageInput({ sort: INSTALMENT_SORTS, filters: instalmentFilters }))
    .output(pageOutput(instalmentRow)),
  summary: query('receivables.read')
    .input(z.strictObject({ text, filters: instalmentFilters }))
    .output(z.object({ count, amount: count, settled: count, outstanding: count, overdue: count })),
  exportRows: command('receivables.export', { audit: 'export' })
    .input(exportInput({ sort: INSTALMENT_SORTS, filters: instalmentFilters }))
    .output(z.object({ jobId: z.string() })),

  /** How the firm keeps its receivables. */
  policy: query('receivables.read')
    .input(z.strictObject({}))
    .output(z.object({ value: receivablesPolicy, version: count })),
  savePolicy: command('receivables.policy')
    .input(z.strictObject({ value: receivablesPolicy, version: recordVersion }))
    .output(z.object({ version: count })),

  /** Outstanding by age as of a day over everything in the filter: one aggregate. */
  ageingTotals: query('receivables.read')
    .input(ageingInput)
    /** `advance` is money received, `credits` what was credited up to that day that settles nothing; not in the buckets. */
    .output(bucketSums.extend({ columns: z.array(bucketColumn), advance: count, credits: count })),
  /** The same, a row per customer, sales person, department, team or contract, the largest first. */
  ageing: query('receivables.read')
    .input(ageingInput.extend({ by, ...pageOf }))
    .output(pageOutput(bucketSums.extend({ id: z.string(), name: z.string() }))),
  /** The instalments behind a cell of the ageing, as they stood on that day. */
  ageingRows: query('receivables.read')
    .input(ageingInput.extend({ bucket: bucketKey.optional(), ...pageOf }))
    .output(pageOutput(instalmentRow)),
  exportAgeing: command('receivables.export', { audit: 'export' })
    .input(ageingInput.extend({ by, format: z.enum(['xlsx', 'csv']) }))
    .output(z.object({ jobId: z.string() })),

  receiptList: query('receivables.read')
    .input(pageInput({ sort: RECEIPT_SORTS, filters: receiptFilters }))
    .output(pageOutput(receiptRow)),
  receiptSummary: query('receivables.read')
    .input(z.strictObject({ text, filters: receiptFilters }))
    .output(z.object({ count, amount: count, allocated: count, advance: count })),
  receiptGet: query('receivables.read')
    .input(z.strictObject({ id: entityId }))
    .output(
      receiptRow.extend({ designation: z.string(), bill: billRow.nullable(), allocations: z.array(allocationRow) }),
    ),
  /**
   * What a receipt of this amount would pay: what the payer designated, then by the law or the firm's rule, with the
   * reason for each; writes nothing.
   */
  propose: query('receipts.record')
    .input(
      z.strictObject({
        customerId: entityId,
        day: plainDay,
        amount: fenNotNegative,
        designated: z.array(designatedInput).max(200).default([]),
        /** Of a credit note: costs and interest stay as they are. */
        principalOnly: z.boolean().default(false),
      }),
    )
    .output(
      z.object({
        /** With what is claimed beside the principal, where the firm books that. */
        open: z.array(instalmentRow.extend({ costsOwed: count, interestOwed: count })),
        proposed: z.array(
          z.object({
            instalmentId: z.string(),
            amount: count,
            costs: count,
            interest: count,
            principal: count,
            reason: z.enum(ALLOCATION_REASONS),
          }),
        ),
        /** What is left: an advance. */
        rest: count,
        rule: z.enum(ALLOCATION_RULES),
        order: z.enum(PART_ORDERS),
      }),
    ),
  receiptCreate: command('receipts.record')
    .input(receiptFields)
    .output(z.object({ id: z.string(), version: count, number: z.string() }))
    .errors(allocationErrors),
  /** Uses an advance: adds allocations to a receipt that has money left. */
  allocate: command('receipts.record')
    .input(
      z.strictObject({
        id: entityId,
        version: recordVersion,
        allocations: z.array(allocationInput).min(1, 'validation:required').max(200),
      }),
    )
    .output(z.object({ id: z.string(), version: count }))
    .errors(allocationErrors),
  /** Takes a receipt back from a day on: what it paid is owed again, exactly. */
  reverse: command('receipts.reverse')
    .input(z.strictObject({ id: entityId, version: recordVersion, day: plainDay, reason: shortText(200) }))
    .output(z.object({ id: z.string(), version: count }))
    .errors(refusals('RECEIPT_REVERSED', 'RECEIPT_DAY', 'RECEIPT_REFUNDED')),
}
