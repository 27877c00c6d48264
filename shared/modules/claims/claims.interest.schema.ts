import { z } from 'zod'
import { reasonView } from '#shared/kernel/reason.ts'
import { plainDay } from '#shared/kernel/dates.ts'
import { fenPositive } from '#shared/kernel/money.ts'
import { entityId, optionalText, recordVersion, shortText } from '#shared/kernel/text.ts'
import { PART_ORDERS } from '#shared/modules/receivables/receivables.parts.rules.ts'
import { DAY_COUNTS, RATE_UNITS } from '#shared/modules/receivables/receivables.rates.rules.ts'
import { COST_KINDS, LIMITATION_BY } from './claims.schema.ts'

const count = z.number().int()
/** Parts per million; 20 % a day is more than anybody agrees on. */
const ppm = count.min(0).max(2_400_000, 'validation:tooLarge')
const surcharge = count.min(0).max(10_000, 'validation:tooLarge')

export const interestBasis = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('agreed'), ppm, per: z.enum(RATE_UNITS) }),
  z.strictObject({ kind: z.literal('statutoryDaily'), ppm }),
  z.strictObject({ kind: z.literal('lpr'), surcharge, at: z.enum(['breach', 'floating']) }),
  z.strictObject({ kind: z.literal('benchmark'), surcharge, at: z.enum(['breach', 'floating']) }),
])

/** How interest is counted: the basis, the days of a year, whether the day of payment counts, what is paid first. */
export const interestTerms = z.strictObject({
  basis: interestBasis,
  dayCount: z.union(DAY_COUNTS.map((days) => z.literal(days))),
  paymentDayCounts: z.boolean(),
  order: z.enum(PART_ORDERS),
})

export const BASIS_KINDS = ['agreed', 'statutoryDaily', 'lpr', 'benchmark'] as const

/** The choice of a person for one contract. */
export const termsChoice = z.strictObject({
  contractId: entityId,
  /** Null: nobody has chosen yet. */
  version: recordVersion.nullable(),
  terms: interestTerms,
  /** Key under `contracts:articles`, printed beside the rate. */
  article: shortText(20),
  limitationBy: z.enum(LIMITATION_BY),
  reason: optionalText(200),
})
export type TermsChoice = z.infer<typeof termsChoice>

const proposal = z.object({ basis: interestBasis, article: z.string(), reasons: z.array(reasonView) })

/** How interest may be and is counted under a contract, and what follows for the sale. */
export const termsView = z.object({
  contractId: z.string(),
  contractNumber: z.string(),
  version: count.nullable(),
  terms: interestTerms,
  article: z.string(),
  limitationBy: z.enum(LIMITATION_BY),
  chosen: z.object({ reason: z.string(), at: count, byName: z.string() }).nullable(),
  proposals: z.array(proposal),
  warnings: z.array(reasonView),
  /** Whether an instalment sale may be called in (民法典 634); null where there is nothing to call in. */
  callIn: z
    .object({ triggered: z.boolean(), threshold: count, dueUnpaid: count, missing: z.array(reasonView) })
    .nullable(),
  /** Whether goods under retained title may be taken back; null where title was not retained. */
  takeBack: z.object({ allowed: z.boolean(), threshold: count, paid: count }).nullable(),
})
export type TermsView = z.infer<typeof termsView>

const rate = z.object({ ppm: count, per: z.enum(RATE_UNITS), surcharge: count })
const parts = z.object({ costs: count, interest: count, principal: count })

export const interestSheet = z.object({
  segments: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      days: count,
      principal: count,
      rate: rate.nullable(),
      interest: count,
      paused: z.boolean(),
    }),
  ),
  payments: z.array(parts.extend({ day: z.string(), amount: count, over: count })),
  /** Credit notes and write-offs. */
  reductions: z.array(z.object({ day: z.string(), amount: count })),
  owed: parts,
  accrued: count,
  fixed: count,
  waived: count,
  paid: parts,
  over: count,
  firstDay: z.string(),
  notes: z.array(reasonView),
})

/** The sheet of one debt with what it was counted by. Fen. */
export const debtSheet = z.object({
  instalmentId: z.string(),
  customerId: z.string(),
  contractId: z.string().nullable(),
  contractNumber: z.string(),
  label: z.string(),
  amount: count,
  dueDay: z.string(),
  terms: interestTerms,
  article: z.string(),
  sheet: interestSheet,
})
export type DebtSheet = z.infer<typeof debtSheet>

/** What a sheet is about: one debt, a contract, or all of a customer. */
export const sheetOf = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('instalment'), id: entityId }),
  z.strictObject({ of: z.literal('contract'), id: entityId }),
  z.strictObject({ of: z.literal('customer'), id: entityId }),
])
export type SheetOf = z.infer<typeof sheetOf>

export const sheetView = z.object({
  asOf: z.string(),
  customerName: z.string(),
  debts: z.array(debtSheet),
  total: parts.extend({ waived: count }),
})
export type SheetView = z.infer<typeof sheetView>

/** Days without interest, and costs, as they were written down. */
export const interestItem = z.object({
  id: z.string(),
  kind: z.enum(['pause', ...COST_KINDS]),
  day: z.string(),
  toDay: z.string().nullable(),
  amount: count.nullable(),
  note: z.string(),
  byName: z.string(),
  createdAt: count,
  void: z.object({ byName: z.string(), reason: z.string() }).nullable(),
})
export type InterestItem = z.infer<typeof interestItem>

export const pauseFields = z
  .strictObject({
    instalmentIds: z.array(entityId).min(1).max(200),
    from: plainDay,
    to: plainDay,
    reason: shortText(200),
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'claims:errors.period' })
export const costFields = z.strictObject({
  instalmentId: entityId,
  kind: z.enum(COST_KINDS),
  day: plainDay,
  amount: fenPositive,
  note: optionalText(200),
})
export const itemVoid = z.strictObject({ id: entityId, what: z.enum(['pause', 'cost']), reason: shortText(200) })

/** A published rate as it is in force from a day on. */
export const rateRow = z.object({
  key: z.enum(['lpr1y', 'benchmark1y']),
  from: z.string(),
  value: count,
  source: z.string(),
  /** Of the firm, not shipped. */
  own: z.boolean(),
})
