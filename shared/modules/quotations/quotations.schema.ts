import { z } from 'zod'
import { LOCALES } from '#shared/i18n/locale.ts'
import { plainDay } from '#shared/kernel/dates.ts'
import { entityId, longText, optionalText, shortText } from '#shared/kernel/text.ts'
import { contractFields, contractLine, linesFit, party } from '#shared/modules/contracts/contracts.schema.ts'
import { QUOTATION_STAGES, QUOTATION_STATES, VERSION_STATES } from './quotations.rules.ts'

const { quantity, price, rate } = contractLine.shape
const count = z.number().int()
const positive = 'validation:notPositive'

/**
 * One kind of goods that is offered. Quantity in thousandths, prices with tax in 1/10 000 yuan, rate in basis points,
 * delivery in working days; cost is without tax. 0 is not given, but for the quantity and the price.
 */
export const quotationLine = z.strictObject({
  name: shortText(80),
  spec: optionalText(120),
  unit: shortText(10),
  quantity: quantity.min(1, positive),
  listPrice: price,
  price: price.min(1, positive),
  rate,
  deliveryDays: count.min(0).max(730),
  /** Below this it goes out only with a reason, and not without a second person. Never printed. */
  floorPrice: price,
  cost: price,
})
export type QuotationLine = z.infer<typeof quotationLine>

/** What is offered beside the goods. A draft is saved as it can be sent: complete. */
export const quotationHead = z.strictObject({
  title: shortText(80),
  language: z.enum(LOCALES),
  /** Whom at the customer it is addressed to. */
  attention: optionalText(40),
  /** Natural days from the day on which it is sent. */
  validDays: count.min(1).max(365),
  /** The last day instead, where one was named. */
  validUntil: plainDay.nullable(),
  /** Basis points of the total that are paid when the contract is signed; null: not said. */
  prepay: count.min(0).max(10_000).nullable(),
  /** Days after acceptance within which the rest is paid; null: not said. */
  paymentDays: count.min(0).max(3660).nullable(),
  payment: longText(500),
  deliveryPlace: optionalText(120),
  delivery: longText(500),
  warrantyMonths: count.min(0).max(240).nullable(),
  warranty: longText(500),
  notes: longText(2000),
})

export const quotationFields = quotationHead.extend({
  lines: z
    .array(quotationLine)
    .min(1, 'quotations:errors.noLines')
    .max(200)
    .refine(linesFit, { message: 'validation:amountTooLarge' }),
})
export type QuotationFields = z.infer<typeof quotationFields>

export const quotationFilters = z.strictObject({
  stage: z.enum([...QUOTATION_STATES, 'expired']).optional(),
  dealId: entityId.optional(),
  customerId: entityId.optional(),
  ownerId: entityId.optional(),
  sentFrom: plainDay.optional(),
  sentTo: plainDay.optional(),
})
export type QuotationFilters = z.infer<typeof quotationFilters>

export const QUOTATION_SORTS = ['updatedAt', 'number', 'amount', 'validUntil'] as const
export type QuotationSort = (typeof QUOTATION_SORTS)[number]

export const quotationRow = z.object({
  id: z.string(),
  number: z.string(),
  title: z.string(),
  dealId: z.string(),
  dealNumber: z.string(),
  dealName: z.string(),
  customerId: z.string(),
  customerName: z.string(),
  /** Who has the deal. */
  ownerId: z.string(),
  ownerName: z.string(),
  state: z.enum(QUOTATION_STATES),
  stage: z.enum(QUOTATION_STAGES),
  /** Number of the newest version. */
  no: count,
  amount: count,
  net: count,
  tax: count,
  sentDay: z.string().nullable(),
  validUntil: z.string().nullable(),
  version: count,
  updatedAt: z.number(),
})
export type QuotationRow = z.infer<typeof quotationRow>

/** A version as it is read. Cost is 0 for whoever may not see it. */
export const quotationVersion = z.object({
  no: count,
  state: z.enum(VERSION_STATES),
  stage: z.enum(QUOTATION_STAGES),
  fields: z.object({
    title: z.string(),
    language: z.enum(LOCALES),
    attention: z.string(),
    validDays: count,
    validUntil: plainDay.nullable(),
    prepay: count.nullable(),
    paymentDays: count.nullable(),
    payment: z.string(),
    deliveryPlace: z.string(),
    delivery: z.string(),
    warrantyMonths: count.nullable(),
    warranty: z.string(),
    notes: z.string(),
    lines: z.array(
      z.object({
        name: z.string(),
        spec: z.string(),
        unit: z.string(),
        quantity: count,
        listPrice: count,
        price: count,
        rate: count,
        deliveryDays: count,
        floorPrice: count,
        cost: count,
      }),
    ),
  }),
  buyer: party,
  seller: party,
  amount: count,
  net: count,
  tax: count,
  needsApproval: z.boolean(),
  reason: z.string(),
  submittedById: z.string().nullable(),
  submittedName: z.string(),
  submittedDay: z.string().nullable(),
  releasedName: z.string(),
  releasedDay: z.string().nullable(),
  releaseNote: z.string(),
  sentDay: z.string().nullable(),
  validUntil: z.string().nullable(),
  closedDay: z.string().nullable(),
  closeNote: z.string(),
  createdAt: z.number(),
})
export type QuotationVersion = z.infer<typeof quotationVersion>

export const quotationView = quotationRow.extend({
  /** The newest first. */
  versions: z.array(quotationVersion),
  /** Whether the reader may see and enter what goods cost. */
  seesCost: z.boolean(),
  editable: z.boolean(),
  /** Whether the reader may let out what waits. */
  mayRelease: z.boolean(),
})
export type QuotationView = z.infer<typeof quotationView>

/** What a form about a deal starts from. */
export const dealBasis = z.object({
  dealId: z.string(),
  dealNumber: z.string(),
  dealName: z.string(),
  customerId: z.string(),
  customerName: z.string(),
  contactName: z.string(),
  ownerName: z.string(),
  seesCost: z.boolean(),
})
export type DealBasis = z.infer<typeof dealBasis>

const agreedNumber = z.object({ value: count, source: z.string() }).nullable()
export type AgreedNumber = { readonly value: number; readonly source: string }

/** Everything that was agreed about a deal, by the accepted quotation and the final minutes; each with its number. */
export const agreedTerms = z.object({
  lines: z.array(
    z.object({
      name: z.string(),
      spec: z.string(),
      unit: z.string(),
      quantity: agreedNumber,
      price: agreedNumber,
      rate: count.nullable(),
      source: z.string(),
    }),
  ),
  /** Whether the lines are the whole of it, so that the total can be compared. */
  whole: z.boolean(),
  prepay: agreedNumber,
  paymentDays: agreedNumber,
  deliveryDay: z.object({ value: plainDay, source: z.string() }).nullable(),
  warrantyMonths: agreedNumber,
  penaltyPerDay: agreedNumber,
  deliveryPlace: z.string(),
  texts: z.object({
    payment: z.array(z.string()),
    delivery: z.array(z.string()),
    warranty: z.array(z.string()),
    penalty: z.array(z.string()),
    other: z.array(z.string()),
  }),
  sources: z.array(z.string()),
})
export type AgreedTerms = z.infer<typeof agreedTerms>

export const contractDraftAnswer = z.object({
  customerName: z.string(),
  sources: z.array(z.string()),
  fields: contractFields.extend({ title: z.string() }),
})
