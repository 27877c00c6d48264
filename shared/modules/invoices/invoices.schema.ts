import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { fen, fenPositive, MAX_FEN } from '#shared/kernel/money.ts'
import { entityId, longText, normaliseCode, optionalText, shortText } from '#shared/kernel/text.ts'

/** Digital ones have a number of 20 digits; older ones a code of 10 or 12 digits and a number of 8. */
export const INVOICE_KINDS = ['digitalSpecial', 'digitalNormal', 'legacySpecial', 'legacyNormal'] as const
export type InvoiceKind = (typeof INVOICE_KINDS)[number]

/** What a reader sees of an invoice. Computed, never stored. */
export const INVOICE_STAGES = ['valid', 'partlyRed', 'fullyRed', 'redLetter', 'void', 'removed'] as const
export type InvoiceStage = (typeof INVOICE_STAGES)[number]

/** Why something is taken back, as the tax office's form has it; `unknown` where a list does not tell. */
export const RED_REASONS = ['mistake', 'returned', 'stopped', 'allowance', 'unknown'] as const
export type RedReason = (typeof RED_REASONS)[number]

/** What an invoice is not linked with yet. */
export const LINK_GAPS = ['customer', 'contract', 'instalment'] as const
export const ORIGINALS = ['kept', 'missing', 'notNeeded'] as const

const digits = (key: string) =>
  z
    .string({ error: 'validation:required' })
    .max(60, 'validation:tooLong')
    .transform(normaliseCode)
    .pipe(z.string().regex(/^\d*$/, key).max(20, key))

/** Digits alone, however they were typed; whether they fit the kind is a rule of their own. */
export const invoiceNumber = digits('invoices:errors.number')
export const invoiceCode = digits('invoices:errors.code').default('')

/** The six facts of the buyer, as they are printed: a customer's file may change later, the invoice does not. */
export const invoiceBuyer = z.strictObject({
  name: shortText(100),
  taxId: optionalText(30).transform(normaliseCode),
  address: optionalText(120),
  phone: optionalText(40),
  bankName: optionalText(80),
  bankAccount: optionalText(40),
})
export type InvoiceBuyer = z.infer<typeof invoiceBuyer>

/** A decimal as it is printed, exact: invoices carry prices with up to thirteen decimals. Nothing is computed with it. */
const printedDecimal = z
  .string()
  .max(60, 'validation:tooLong')
  .default('')
  .transform((text) => text.normalize('NFKC').replace(/[\s,]/g, ''))
  .pipe(z.string().regex(/^(-?\d{1,12}(\.\d{1,13})?)?$/, 'validation:notANumber'))

/** A line, or only what is invoiced at a rate (then without a name). Fen; rate in basis points, null where not known. */
export const invoiceLine = z.strictObject({
  name: optionalText(100),
  spec: optionalText(120),
  unit: optionalText(20),
  quantity: printedDecimal,
  price: printedDecimal,
  net: fen,
  tax: fen,
  rate: z.number().int().min(0).max(10_000).nullable(),
})
export type InvoiceLine = z.infer<typeof invoiceLine>

export const invoiceLines = z
  .array(invoiceLine)
  .min(1, 'invoices:errors.noLines')
  .max(200)
  .refine((lines) => lines.reduce((sum, line) => sum + Math.abs(line.net) + Math.abs(line.tax), 0) <= MAX_FEN, {
    message: 'validation:amountTooLarge',
  })

/** What of an invoice belongs to which instalment. Fen. */
export const invoiceLink = z.strictObject({ instalmentId: entityId, amount: fenPositive })
export const invoiceLinks = z
  .array(invoiceLink)
  .max(60)
  .refine((links) => new Set(links.map((link) => link.instalmentId)).size === links.length, {
    message: 'validation:notAChoice',
  })
export type InvoiceLink = z.infer<typeof invoiceLink>

/** An invoice as it is typed from the paper or the file. `amount` is the printed total, against which the lines are held. */
export const invoiceFields = z.strictObject({
  kind: z.enum(INVOICE_KINDS),
  code: invoiceCode,
  number: invoiceNumber,
  day: plainDay,
  customerId: entityId.nullable(),
  contractId: entityId.nullable(),
  buyer: invoiceBuyer,
  lines: invoiceLines,
  amount: fen,
  links: invoiceLinks,
  note: longText(300),
  /** Why it departs from its contract or its instalments; required where it does. */
  reason: optionalText(200),
})
export type InvoiceFields = z.infer<typeof invoiceFields>

/** A red letter as it is typed: its buyer, customer and contract are those of the blue one. Amounts are negative. */
export const redFields = z.strictObject({
  kind: z.enum(INVOICE_KINDS),
  code: invoiceCode,
  number: invoiceNumber,
  day: plainDay,
  lines: invoiceLines,
  amount: fen,
  redReason: z.enum(RED_REASONS),
  /** Number of the confirmation that the tax office gave for it. */
  notice: optionalText(40).transform(normaliseCode),
  note: longText(300),
})
export type RedFields = z.infer<typeof redFields>

export const INVOICE_SORTS = ['day', 'number', 'amount', 'buyerName', 'updatedAt'] as const
export type InvoiceSort = (typeof INVOICE_SORTS)[number]

export const invoiceFilters = z.strictObject({
  kind: z.enum(INVOICE_KINDS).optional(),
  /** Without it everything but what was removed. */
  stage: z.enum(INVOICE_STAGES).optional(),
  gap: z.enum(LINK_GAPS).optional(),
  /** Electronic ones whose original file is not kept here (财会〔2020〕6号 3, 4). */
  original: z.literal('missing').optional(),
  customerId: entityId.optional(),
  contractId: entityId.optional(),
  ownerId: entityId.optional(),
  dayFrom: plainDay.optional(),
  dayTo: plainDay.optional(),
  /** Yuan, as lists are filtered by it. */
  amountFrom: z.number().min(-1e12).max(1e12).optional(),
  amountTo: z.number().min(-1e12).max(1e12).optional(),
})
export type InvoiceFilters = z.infer<typeof invoiceFilters>

const count = z.number().int()

export const invoiceRow = z.object({
  id: z.string(),
  version: count,
  kind: z.enum(INVOICE_KINDS),
  code: z.string(),
  number: z.string(),
  day: z.string(),
  customerId: z.string().nullable(),
  buyerName: z.string(),
  contractId: z.string().nullable(),
  contractNumber: z.string().nullable(),
  ownerName: z.string(),
  net: count,
  tax: count,
  amount: count,
  /** What red letters have taken back of it; fen, not negative. */
  redTotal: count,
  /** What of it is linked to instalments. */
  linked: count,
  stage: z.enum(INVOICE_STAGES),
  original: z.enum(ORIGINALS),
  updatedAt: count,
})
export type InvoiceRow = z.infer<typeof invoiceRow>

export const SEVERITIES = ['error', 'warning'] as const
/** Where an invoice does not add up, or departs from what it belongs to. Words: `invoices:findings.<code>`. */
export const invoiceFinding = z.object({
  severity: z.enum(SEVERITIES),
  code: z.string(),
  /** `lines.2`, `links.0`; null where it is about all of it. */
  path: z.string().nullable(),
  /** Words: `contracts:articles.<article>`. */
  article: z.string().nullable(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})
export type InvoiceFinding = z.infer<typeof invoiceFinding>

const otherInvoice = z.object({
  id: z.string(),
  number: z.string(),
  day: z.string(),
  net: count,
  tax: count,
  amount: count,
})

/** An instalment as invoices are linked to it. Fen. */
export const linkedInstalment = z.object({
  instalmentId: z.string(),
  contractNumber: z.string(),
  label: z.string(),
  dueDay: z.string().nullable(),
  /** What is owed. */
  owed: count,
  /** What other invoices bill of it. */
  others: count,
  /** What this one bills of it. */
  amount: count,
})
export type LinkedInstalment = z.infer<typeof linkedInstalment>

export const invoiceView = invoiceRow.extend({
  customerName: z.string().nullable(),
  buyer: invoiceBuyer,
  lines: z.array(invoiceLine),
  links: z.array(linkedInstalment),
  note: z.string(),
  reason: z.string(),
  /** The red letters against it. */
  reds: z.array(otherInvoice),
  /** The invoice that this red letter takes back. */
  blue: otherInvoice.nullable(),
  redReason: z.enum(RED_REASONS).nullable(),
  notice: z.string(),
  voidDay: z.string().nullable(),
  voidReason: z.string(),
  removedReason: z.string(),
  findings: z.array(invoiceFinding),
  createdAt: count,
  createdByName: z.string().nullable(),
})
export type InvoiceView = z.infer<typeof invoiceView>

/** What one needs to enter an invoice for a customer or a contract. */
export const entryBasis = z.object({
  buyer: invoiceBuyer,
  /** Lines of the contract as far as they are not invoiced yet. */
  lines: z.array(invoiceLine),
  instalments: z.array(linkedInstalment),
  /** Σ of the lines: what is still to be invoiced, fen. */
  toInvoice: count,
})
export type EntryBasis = z.infer<typeof entryBasis>

/** How far trade is invoiced. Fen; red letters are off, void and removed invoices do not count. */
export const invoicedFigures = z.object({
  /** Contracts signed, less what was given up. */
  contracted: count,
  invoiced: count,
  /** Never negative. */
  toInvoice: count,
  received: count,
})
export type InvoicedFigures = z.infer<typeof invoicedFigures>

export const UNINVOICED_SORTS = ['toInvoice', 'deliveredDay', 'contractNumber'] as const
export type UninvoicedSort = (typeof UNINVOICED_SORTS)[number]

export const uninvoicedFilters = z.strictObject({
  customerId: entityId.optional(),
  ownerId: entityId.optional(),
  dayFrom: plainDay.optional(),
  dayTo: plainDay.optional(),
})
export type UninvoicedFilters = z.infer<typeof uninvoicedFilters>

/** A contract of which more was delivered than invoiced. Fen. */
export const uninvoicedRow = z.object({
  contractId: z.string(),
  contractNumber: z.string(),
  title: z.string(),
  customerId: z.string(),
  buyerName: z.string(),
  ownerName: z.string(),
  /** The day of the last delivery. */
  deliveredDay: z.string(),
  delivered: count,
  invoiced: count,
  toInvoice: count,
})
export type UninvoicedRow = z.infer<typeof uninvoicedRow>

/** What an original file of an invoice says; everything may be missing. Amounts in fen. */
export const readInvoice = z.object({
  kind: z.enum(INVOICE_KINDS),
  number: z.string(),
  day: z.string().nullable(),
  buyer: z.object(invoiceBuyer.shape).extend({ name: z.string() }),
  lines: z.array(invoiceLine),
  amount: count,
  note: z.string(),
  /** Of a red letter: the number of the invoice that it takes back, and that of the confirmation. */
  blueNumber: z.string().nullable(),
  notice: z.string(),
  /** The customer that the buyer is, where one is found. */
  customer: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Whether the seller on it is our own firm. */
  ours: z.boolean(),
  /** The invoice with this number, where it is entered already. */
  known: z.object({ id: z.string() }).nullable(),
  /** The blue invoice in the register. */
  blueId: z.string().nullable(),
})
export type ReadInvoice = z.infer<typeof readInvoice>
