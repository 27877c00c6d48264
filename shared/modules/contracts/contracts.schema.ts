import { z } from 'zod'
import { LOCALES } from '#shared/i18n/locale.ts'
import { plainDay } from '#shared/kernel/dates.ts'
import { divideRounded, fenNotNegative } from '#shared/kernel/money.ts'
import { entityId, longText, optionalText, shortText } from '#shared/kernel/text.ts'
import { SIZES } from '#shared/modules/customers/customers.schema.ts'
import { annex, MAX_ANNEXES, NO_SECOND_TEXTS, PREVAILING, RENEWALS, secondTexts } from './contracts.texts.schema.ts'

export const CONTRACT_KINDS = ['goods_sale', 'services', 'frame'] as const
export const CONTRACT_STATES = ['draft', 'signed', 'void'] as const
export type ContractState = (typeof CONTRACT_STATES)[number]

/** What a reader sees: `signed` splits by whether everything is paid, or it was ended. Computed, never stored. */
export const CONTRACT_STAGES = ['draft', 'performing', 'completed', 'terminated', 'void'] as const
export type ContractStage = (typeof CONTRACT_STAGES)[number]

export const TRIGGERS = ['signing', 'delivery', 'acceptance', 'warranty_end', 'fixed'] as const
export type Trigger = (typeof TRIGGERS)[number]
export const EVENT_KINDS = ['delivery', 'acceptance', 'warranty_end'] as const
export type ContractEventKind = (typeof EVENT_KINDS)[number]

/** Why a signed contract is ended (民法典 557, 562, 563). */
export const END_REASONS = ['fulfilled', 'agreement', 'breach', 'other'] as const
export type EndReason = (typeof END_REASONS)[number]

/** Sums above this do not fit a contract: 1e13 fen is a hundred thousand million yuan. */
export const MAX_CONTRACT_FEN = 10_000_000_000_000
/**
 * Quantity is held in thousandths of the unit and price in 1/10 000 yuan, so that parts at 0.0325 yuan stay exact.
 * Price times quantity counts in 1e-7 yuan; a fen is this many of those.
 */
export const UNITS_PER_FEN = 100_000n
const MAX_QUANTITY = 1_000_000_000_000
const MAX_PRICE = 1_000_000_000_000

const basisPoints = z.number().int().min(0).max(10_000)

/** A side of the contract as it is printed. Everything may be missing in a draft; the checker tells what is. */
export const party = z.strictObject({
  name: optionalText(80),
  uscc: optionalText(18),
  legalRepresentative: optionalText(40),
  address: optionalText(120),
  phone: optionalText(40),
  bankName: optionalText(80),
  bankAccount: optionalText(40),
})
export type Party = z.infer<typeof party>

/** One kind of goods. Quantity in thousandths, price incl. tax in 1/10 000 yuan, rate in basis points. */
export const contractLine = z.strictObject({
  name: optionalText(80),
  spec: optionalText(120),
  unit: optionalText(10),
  quantity: z.number().int().min(0).max(MAX_QUANTITY),
  price: z.number().int().min(0).max(MAX_PRICE),
  rate: basisPoints,
  /** Where this kind of goods is due on another day than the rest. */
  deliveryDay: plainDay.nullable().default(null),
})
export type ContractLine = z.infer<typeof contractLine>

/** The goods, as many as one contract holds; together they must stay an amount that money can be counted in. */
export const contractLines = z.array(contractLine).max(200).refine(linesFit, { message: 'validation:amountTooLarge' })

/** Whether lines add up to an amount that fits a contract. */
export function linesFit(lines: readonly { quantity: number; price: number }[]): boolean {
  return rawTotal(lines) <= BigInt(MAX_CONTRACT_FEN)
}

function rawTotal(lines: readonly { quantity: number; price: number }[]): bigint {
  let sum = 0n
  for (const line of lines) {
    const whole = Number.isInteger(line.price) && Number.isInteger(line.quantity)
    if (whole) sum += divideRounded(BigInt(line.price) * BigInt(line.quantity), UNITS_PER_FEN)
  }
  return sum
}

/** How much of the total an instalment is; the last one may take the rest. */
export const planShare = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('percent'), rate: basisPoints }),
  z.strictObject({ kind: z.literal('amount'), amount: fenNotNegative }),
  z.strictObject({ kind: z.literal('rest') }),
])
export type PlanShare = z.infer<typeof planShare>

/**
 * How the due day follows from the day of the trigger: `days` after it, `days` after the end of its month (月结), or on
 * a day of the month after it.
 */
export const DUE_RULES = ['days', 'monthEnd', 'monthDay'] as const

/** One instalment of the payment clause: due after its trigger as the rule says, or on a fixed day. */
export const planLine = z.strictObject({
  label: optionalText(40),
  isDeposit: z.boolean(),
  trigger: z.enum(TRIGGERS),
  days: z.number().int().min(0).max(3660),
  dayKind: z.enum(['natural', 'working']),
  dueRule: z.enum(DUE_RULES).default('days'),
  /** For `monthDay`: the day of the following month, its last one where the month is shorter. */
  monthDay: z.number().int().min(1).max(31).nullable().default(null),
  fixedDay: plainDay.nullable(),
  share: planShare,
})
export type PlanLine = z.infer<typeof planLine>

export const AUTHORITY_KINDS = ['unknown', 'legalRepresentative', 'proxy'] as const

/** By what right somebody signs: as legal representative, or by a letter of authority with its number and last day. */
export const authority = z.strictObject({
  kind: z.enum(AUTHORITY_KINDS),
  letter: optionalText(60),
  validTo: plainDay.nullable(),
})
export type Authority = z.infer<typeof authority>
const unknownAuthority = () => ({ kind: 'unknown' as const, letter: '', validTo: null })

/** The clauses that are not figures. Rates in basis points, periods in days or months. */
export const contractTerms = z.strictObject({
  quality: longText(1000),
  packaging: longText(500),
  deliveryPlace: optionalText(120),
  deliveryTerms: longText(500),
  deliveryDay: plainDay.nullable(),
  inspection: longText(1000),
  inspectionDays: z.number().int().min(1).max(730).nullable(),
  warrantyMonths: z.number().int().min(0).max(240).nullable(),
  warranty: longText(1000),
  /** Basis points of the overdue amount per day: 5 is 0.05 %. */
  penaltyPerDay: z.number().int().min(0).max(1000).nullable(),
  /** Highest penalty in basis points of the amount concerned, or null for no limit. */
  penaltyCap: basisPoints.nullable(),
  breach: longText(2000),
  disputeWay: z.enum(['court', 'arbitration']),
  disputePlace: optionalText(80),
  copies: z.number().int().min(1).max(20),
  other: longText(4000),
  /** How is paid: transfer, bill with its term, cash (民法典 596). */
  settlement: longText(300).default(''),
  /** Ownership stays with the seller until everything is paid (民法典 641). */
  retainTitle: z.boolean().default(false),
  /** What a breach would cost, in fen: what a penalty is held against (民法典 585). */
  estimatedLoss: fenNotNegative.nullable().default(null),
  /** Sizes at signing, which later changes of the firms do not touch (保障中小企业款项支付条例 3). */
  ourSize: z.enum(SIZES).default('unknown'),
  buyerSize: z.enum(SIZES).default('unknown'),
  /** The contract tells the buyer that the seller is a small or medium enterprise. */
  smeNotice: z.boolean().default(false),
  ourAuthority: authority.default(unknownAuthority),
  theirAuthority: authority.default(unknownAuthority),
  /** Where letters to the buyer are served. */
  serviceAddress: optionalText(200).default(''),
  serviceEmail: optionalText(120).default(''),
  /** The time that a frame or a service contract runs. */
  startDay: plainDay.nullable().default(null),
  endDay: plainDay.nullable().default(null),
  /** What happens at its end, and how many days ahead a side says that it does not go on. */
  renewal: z.enum(RENEWALS).default('unsaid'),
  noticeDays: z.number().int().min(1).max(365).nullable().default(null),
  /** Services: what is measured, and within which time a fault is answered. */
  serviceLevel: longText(2000).default(''),
  /** Frame: how single orders come about, until when the prices hold and how they change. */
  callOff: longText(1000).default(''),
  priceDay: plainDay.nullable().default(null),
  priceAdjust: longText(1000).default(''),
  /** A second column in this language; never that of the contract itself. */
  secondLanguage: z.enum(LOCALES).nullable().default(null),
  prevailingLanguage: z.enum(PREVAILING).default('first'),
  second: secondTexts.default(NO_SECOND_TEXTS),
  annexes: z.array(annex).max(MAX_ANNEXES).default([]),
})
export type ContractTerms = z.infer<typeof contractTerms>

/** What is typed into the editor. A draft may be incomplete; signing needs a check without errors. */
export const contractFields = z.strictObject({
  kind: z.enum(CONTRACT_KINDS),
  title: shortText(80),
  customerId: entityId,
  language: z.enum(LOCALES),
  /** The template of its wording; null for the standard one of its kind. */
  templateId: entityId.nullable().default(null),
  ourSigner: optionalText(40),
  theirSigner: optionalText(40),
  signPlace: optionalText(80),
  buyer: party,
  lines: contractLines,
  plan: z.array(planLine).max(36),
  terms: contractTerms,
  /** The deal that it came from. */
  dealId: entityId.nullable().optional(),
  /** The signed contract that it goes on from. */
  renewsId: entityId.nullable().optional(),
})
export type ContractFields = z.infer<typeof contractFields>

/** The form while it is being typed: it can be printed and checked before it has a title or a customer. */
export const contractDraftFields = contractFields.extend({
  title: optionalText(80),
  customerId: entityId.or(z.literal('')),
})
export type ContractDraft = z.infer<typeof contractDraftFields>

export const contractSums = z.object({ amount: z.number().int(), net: z.number().int(), tax: z.number().int() })

export const contractEvent = z.object({
  kind: z.enum(EVENT_KINDS),
  day: z.string(),
  note: z.string(),
  recordedAt: z.number(),
})

export const contractRow = z.object({
  id: z.string(),
  version: z.number().int(),
  number: z.string(),
  title: z.string(),
  customerId: z.string(),
  buyerName: z.string(),
  ownerId: z.string(),
  ownerName: z.string(),
  stage: z.enum(CONTRACT_STAGES),
  state: z.enum(CONTRACT_STATES),
  signDay: z.string().nullable(),
  /** The last day of its term. */
  endDay: z.string().nullable(),
  amount: z.number().int(),
  settled: z.number().int(),
  outstanding: z.number().int(),
  updatedAt: z.number(),
})
export type ContractRow = z.infer<typeof contractRow>

export const contractView = contractRow.extend({
  kind: z.enum(CONTRACT_KINDS),
  language: z.enum(LOCALES),
  ourSigner: z.string(),
  theirSigner: z.string(),
  signPlace: z.string(),
  buyer: party,
  /** The firm's profile of today for a draft, as signed afterwards. */
  seller: party,
  net: z.number().int(),
  tax: z.number().int(),
  lines: z.array(contractLine.extend(contractSums.shape)),
  plan: z.array(planLine.extend({ amount: z.number().int(), dueDay: z.string().nullable() })),
  terms: contractTerms,
  events: z.array(contractEvent),
  voidReason: z.string(),
  voidDay: z.string().nullable(),
  templateId: z.string().nullable(),
  /** The template edition that it was submitted or signed with; null while a draft follows the one in force. */
  template: z
    .object({
      id: z.string(),
      code: z.string(),
      names: z.record(z.enum(LOCALES), z.string()),
      edition: z.number().int(),
    })
    .nullable(),
  dealId: z.string().nullable(),
  /** Null also for whoever may not read the deal. */
  dealNumber: z.string().nullable(),
  renewsId: z.string().nullable(),
  /** Null also for whoever may not read it. */
  renewsNumber: z.string().nullable(),
  /** The contracts that go on from this one, as far as one may read them. */
  renewedBy: z.array(z.object({ id: z.string(), number: z.string(), state: z.enum(CONTRACT_STATES) })),
  ended: z
    .object({ day: z.string(), reason: z.enum(END_REASONS), note: z.string(), released: z.number().int() })
    .nullable(),
  createdAt: z.number(),
})
export type ContractView = z.infer<typeof contractView>

/** One thing that is missing or doubtful in a draft, and where. */
export const SEVERITIES = ['error', 'warning', 'note'] as const
export const finding = z.object({
  severity: z.enum(SEVERITIES),
  code: z.string(),
  path: z.array(z.union([z.string(), z.number()])),
  /** Key of the article it rests on, shown beside it; null for a rule of arithmetic. */
  article: z.string().nullable(),
  /** What its sentence shows. */
  params: z.record(z.string(), z.string()).optional(),
  /** The text field that the proposed wording can be put into. */
  wording: z.string().optional(),
})
export type Finding = z.infer<typeof finding>
