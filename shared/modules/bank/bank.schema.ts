import { z } from 'zod'
import { reasonView } from '#shared/kernel/reason.ts'
import { plainDay } from '#shared/kernel/dates.ts'
import { fenPositive } from '#shared/kernel/money.ts'
import { entityId, optionalText, shortText } from '#shared/kernel/text.ts'
import { columnMapping, HEAD_ROWS, rowProblem } from '#shared/modules/imports/imports.schema.ts'
import { allocationInput } from '#shared/modules/receivables/receivables.schema.ts'
import { ASIDE_KINDS, plainAccount } from './bank.rules.ts'

const count = z.number().int()

/** An account number as typed, in groups or not; kept without spaces. */
const accountNumber = z
  .string({ error: 'validation:required' })
  .max(60, 'validation:tooLong')
  .transform(plainAccount)
  .pipe(
    z
      .string()
      .min(1, 'validation:required')
      .max(40, 'validation:tooLong')
      .regex(/^[A-Z0-9]+$/, 'bank:errors.number'),
  )

/** One of our own accounts with a bank. Its currency is the firm's: CNY. */
export const accountFields = z
  .strictObject({
    name: shortText(40),
    bankName: shortText(80),
    number: accountNumber,
    openedDay: plainDay.nullable(),
    closedDay: plainDay.nullable(),
  })
  .refine(({ openedDay, closedDay }) => openedDay === null || closedDay === null || closedDay >= openedDay, {
    message: 'bank:errors.closedBefore',
    path: ['closedDay'],
  })
export type AccountFields = z.infer<typeof accountFields>

/** Of lists: the number is masked. */
export const accountRow = z.object({
  id: z.string(),
  version: count,
  name: z.string(),
  bankName: z.string(),
  masked: z.string(),
  currency: z.literal('CNY'),
  openedDay: z.string().nullable(),
  closedDay: z.string().nullable(),
  /** Lines of its statements that are still open. */
  open: count,
  /** The last day that a statement of it covers, and what was on it then. */
  lastDay: z.string().nullable(),
  lastBalance: count.nullable(),
})
export type AccountRow = z.infer<typeof accountRow>

export const checkStatement = z.strictObject({
  tableId: entityId,
  sheet: z.number().int().min(0).max(200),
  headRow: z
    .number()
    .int()
    .min(0)
    .max(HEAD_ROWS - 1),
  mapping: columnMapping,
})
export type CheckStatement = z.infer<typeof checkStatement>

/** What becomes of a row of a statement: written, there already, no line at all, or wrong. */
export const SHEET_ROW_STATES = ['new', 'known', 'passed', 'failed'] as const
export const sheetRow = z.object({
  row: count,
  state: z.enum(SHEET_ROW_STATES),
  day: z.string(),
  amount: count.nullable(),
  balance: count.nullable(),
  payerName: z.string(),
  text: z.string(),
  /** Also of a line that is written: a balance that does not follow from the one before it. */
  problems: z.array(rowProblem),
})
export type SheetRow = z.infer<typeof sheetRow>

/** What a check found; shown before anything is written. Fen. */
export const statementCheck = z.object({
  checkId: z.string(),
  /** New ones, and those that another statement brought. */
  lines: count,
  known: count,
  /** Totals and the like. */
  passed: count,
  failed: count,
  breaks: count,
  inSum: count,
  outSum: count,
  opening: count.nullable(),
  closing: count.nullable(),
  firstDay: z.string().nullable(),
  lastDay: z.string().nullable(),
  /** The statement before it ended on another balance: what lies between is missing. */
  gap: z.object({ lastDay: z.string(), closing: count }).nullable(),
})
export type StatementCheck = z.infer<typeof statementCheck>

export const STATEMENT_SORTS = ['importedAt', 'firstDay', 'lastDay'] as const
export type StatementSort = (typeof STATEMENT_SORTS)[number]
export const statementFilters = z.strictObject({
  accountId: entityId.optional(),
  state: z.enum(['standing', 'reverted']).optional(),
  /** Some of its lines are still open. */
  withOpen: z.boolean().optional(),
  dayFrom: plainDay.optional(),
  dayTo: plainDay.optional(),
})
export type StatementFilters = z.infer<typeof statementFilters>

export const statementRow = z.object({
  id: z.string(),
  version: count,
  accountId: z.string(),
  accountName: z.string(),
  fileName: z.string(),
  firstDay: z.string(),
  lastDay: z.string(),
  lines: count,
  /** Lines of the file that another statement had brought already. */
  known: count,
  inSum: count,
  outSum: count,
  openLines: count,
  openSum: count,
  opening: count.nullable(),
  closing: count.nullable(),
  importedAt: count,
  importedByName: z.string(),
  revertedAt: count.nullable(),
  revertedReason: z.string(),
})
export type StatementRow = z.infer<typeof statementRow>

const figure = z.object({ count, sum: count })
/** What came of the lines of a statement. Fen. */
export const statementFigures = z.object({
  in: figure,
  out: figure,
  booked: figure,
  aside: figure,
  open: figure,
})
export type StatementFigures = z.infer<typeof statementFigures>

/**
 * What a list shows of a line: dealt with, paid out, or how sure its reading is. `recorded`: a receipt entered by hand
 * may be this very payment.
 */
export const LINE_STAGES = ['recorded', 'sure', 'likely', 'ambiguous', 'unknown', 'booked', 'ignored', 'out'] as const
export type LineStage = (typeof LINE_STAGES)[number]
/** `open`: whatever is still to be dealt with; `suggested`: what has one reading. */
export const LINE_FILTERS = ['open', 'suggested', ...LINE_STAGES] as const
export type LineFilter = (typeof LINE_FILTERS)[number]

export const LINE_SORTS = ['day', 'amount'] as const
export type LineSort = (typeof LINE_SORTS)[number]
export const lineFilters = z.strictObject({
  stage: z.enum(LINE_FILTERS).optional(),
  accountId: entityId.optional(),
  statementId: entityId.optional(),
  dayFrom: plainDay.optional(),
  dayTo: plainDay.optional(),
  /** Yuan, as lists are filtered by it. */
  amountFrom: z.number().min(-1e12).max(1e12).optional(),
  amountTo: z.number().min(-1e12).max(1e12).optional(),
})
export type LineFilters = z.infer<typeof lineFilters>

export const lineRow = z.object({
  id: z.string(),
  version: count,
  accountId: z.string(),
  accountName: z.string(),
  statementId: z.string(),
  day: z.string(),
  time: z.string(),
  amount: count,
  /** Still to be dealt with. */
  left: count,
  payerName: z.string(),
  /** Masked. */
  payerAccount: z.string(),
  text: z.string(),
  reference: z.string(),
  stage: z.enum(LINE_STAGES),
  /** Whom the best reading names, or whom it was booked to. */
  customerName: z.string(),
})
export type LineRow = z.infer<typeof lineRow>

/** An instalment as a reading pays it. Fen. */
const suggestedItem = z.object({
  instalmentId: z.string(),
  contractId: z.string().nullable(),
  contractNumber: z.string(),
  label: z.string(),
  dueDay: z.string().nullable(),
  outstanding: count,
  amount: count,
})

/** One reading of a line; what the items do not take is an advance of the customer. */
export const suggestion = z.object({
  customerId: z.string(),
  customerName: z.string(),
  score: count,
  reasons: z.array(reasonView),
  /** The payer named these himself: the law lets him choose (民法典 560). */
  designated: z.boolean(),
  items: z.array(suggestedItem),
  advance: count,
})
export type Suggestion = z.infer<typeof suggestion>

const bookedReceipt = z.object({
  id: z.string(),
  version: count,
  number: z.string(),
  day: z.string(),
  customerId: z.string(),
  customerName: z.string(),
  amount: count,
  payer: z.string(),
})

export const lineView = lineRow.extend({
  payerAccountFull: z.string(),
  payerBank: z.string(),
  balance: count.nullable(),
  row: count,
  fileName: z.string(),
  booked: count,
  aside: count,
  asideKind: z.enum(ASIDE_KINDS).nullable(),
  asideReason: z.string(),
  suggestions: z.array(suggestion),
  /** Receipts of this amount and about this day that no line was found for; the surest first. */
  recorded: z.array(bookedReceipt.extend({ same: z.boolean() })),
  /** What it was booked as. */
  receipts: z.array(bookedReceipt),
  /** What was learnt of this payer, and can be forgotten. */
  known: z.array(z.object({ id: z.string(), customerId: z.string(), customerName: z.string(), name: z.string() })),
})
export type LineView = z.infer<typeof lineView>

/** What of a line one customer paid, and what it pays. */
export const linePart = z
  .strictObject({
    customerId: entityId,
    amount: fenPositive,
    allocations: z.array(allocationInput).max(200),
    /** The payer's own words name what is paid; not what somebody here chose. */
    designated: z.boolean().default(false),
  })
  .refine((part) => part.allocations.reduce((sum, one) => sum + one.amount, 0) <= part.amount, {
    message: 'bank:errors.overPart',
    path: ['amount'],
  })
export type LinePart = z.infer<typeof linePart>

export const asideInput = z.strictObject({
  kind: z.enum(ASIDE_KINDS).exclude(['out']),
  reason: shortText(200),
})
export type AsideInput = z.infer<typeof asideInput>

/** So many lines are booked in one go at the most: a list that somebody still reads. */
export const MOST_AT_ONCE = 500

/** A line as it will be booked in bulk, exactly as it was shown. */
export const bulkLine = z.strictObject({
  id: entityId,
  version: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  customerId: entityId,
  /** All that is left of the line. */
  amount: fenPositive,
  items: z.array(z.strictObject({ instalmentId: entityId, amount: fenPositive })).max(200),
  designated: z.boolean().default(false),
})
export type BulkLine = z.infer<typeof bulkLine>

export const bulkView = z.object({
  lines: z.array(
    z.object({
      id: z.string(),
      version: count,
      day: z.string(),
      payerName: z.string(),
      amount: count,
      suggestion,
    }),
  ),
  sum: count,
  /** More are sure than are booked in one go. */
  more: count,
  /** Open lines that need eyes, by how they are read. */
  excluded: z.array(z.object({ stage: z.enum(LINE_STAGES), count, sum: count })),
})
export type BulkView = z.infer<typeof bulkView>

/** Why a statement is taken back, and whether receipts that its lines became go with it. */
export const revertInput = z.strictObject({
  id: entityId,
  version: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  reason: shortText(200),
  withReceipts: z.boolean().default(false),
})

/** Why a statement whose balances do not add up is taken over all the same; empty where they do. */
export const breaksReason = optionalText(200)
