import { lawTable } from '#shared/modules/contracts/contracts.law.schema.ts'
import { z } from 'zod'
import { LOCALES } from '#shared/i18n/locale.ts'
import { plainDay } from '#shared/kernel/dates.ts'
import { fen } from '#shared/kernel/money.ts'
import { code, phone, shortText } from '#shared/kernel/text.ts'
import { uscc } from '#shared/kernel/uscc.ts'
import { claimsPolicy } from '#shared/modules/claims/claims.schema.ts'
import { creditPolicy } from '#shared/modules/credit/credit.schema.ts'
import { PURPOSES, type Purpose } from '#shared/modules/visits/visits.rules.ts'
import { dealPolicy } from '#shared/modules/deals/deals.stages.schema.ts'
import { screening } from '#shared/modules/customers/customers.screening.schema.ts'
import { receivablesPolicy } from '#shared/modules/receivables/receivables.policy.schema.ts'
import { appraisalPolicy } from '#shared/modules/performance/performance.policy.schema.ts'
import { poolPolicy } from '#shared/modules/pool/pool.schema.ts'

const optionalText = (max: number) => shortText(max).or(z.literal('')).default('')

/** Our own firm as it stands on contracts and letters. */
export const firmProfile = z.strictObject({
  name: shortText(80),
  uscc: uscc.or(z.literal('')).default(''),
  legalRepresentative: optionalText(40),
  address: optionalText(120),
  phone: phone.or(z.literal('')).default(''),
  bankName: optionalText(80),
  bankAccount: optionalText(40),
  /** The words on the seal, printed at the seal's place. */
  sealName: optionalText(80),
})
export type FirmProfile = z.infer<typeof firmProfile>

/** How the numbers of one kind of document are built: prefix, the year or not, and the digits. */
export const numberingRule = z.strictObject({
  prefix: code(10),
  yearly: z.boolean(),
  digits: z.number().int().min(3).max(8),
})
export const NUMBERED = [
  'customer',
  'contract',
  'receipt',
  'dunningLetter',
  'quotation',
  'minutes',
  'order',
  'statement',
  'repaymentPlan',
  'credit',
  'refund',
  'reviewForm',
] as const
export type NumberedKind = (typeof NUMBERED)[number]
export const numbering = z.strictObject({
  customer: numberingRule,
  contract: numberingRule,
  receipt: numberingRule,
  dunningLetter: numberingRule,
  // A file that is older than these kinds has no rule of its own for them.
  quotation: numberingRule.default({ prefix: 'BJ', yearly: true, digits: 4 }),
  minutes: numberingRule.default({ prefix: 'JY', yearly: true, digits: 4 }),
  order: numberingRule.default({ prefix: 'DD', yearly: true, digits: 4 }),
  statement: numberingRule.default({ prefix: 'DZ', yearly: true, digits: 4 }),
  repaymentPlan: numberingRule.default({ prefix: 'HK', yearly: true, digits: 4 }),
  credit: numberingRule.default({ prefix: 'DX', yearly: true, digits: 4 }),
  refund: numberingRule.default({ prefix: 'TK', yearly: true, digits: 4 }),
  reviewForm: numberingRule.default({ prefix: 'PJ', yearly: true, digits: 4 }),
})
export type Numbering = z.infer<typeof numbering>

/** A VAT rate with the days it holds and its source, shown beside it. Rate in basis points. */
export const taxRate = z.strictObject({
  rate: z.number().int().min(0).max(10_000),
  label: shortText(60),
  from: plainDay,
  to: plainDay.nullable(),
  source: shortText(120),
})
export type TaxRate = z.infer<typeof taxRate>

/** Days the firm does not work, and weekend days it does; beyond `validThrough` nothing is certain. */
export const workCalendarSetting = z.strictObject({
  holidays: z.array(z.strictObject({ day: plainDay, name: optionalText(40) })).max(2000),
  workingWeekends: z.array(plainDay).max(500),
  validThrough: plainDay,
  source: optionalText(200),
})

/** After how many natural days without contact a customer of each grade is to be called back; 0 is never. */
const cycle = z.number().int().min(0).max(730)
export const callBackCycles = z.strictObject({ A: cycle, B: cycle, C: cycle, D: cycle })
export type CallBackCycles = z.infer<typeof callBackCycles>

/** How many days before, or after, people are told of something in a contract. */
const remindDays = z.number().int().min(1).max(365)
export const contractReminders = z.strictObject({
  /** Natural days before the end of a term, the farthest first. */
  expiryDays: z
    .array(z.number())
    .min(1, 'validation:required')
    .max(5)
    // Said of all of them at once: they are typed into one field.
    .refine(
      (days) => days.every((day, i) => remindDays.safeParse(day).success && (i === 0 || day < (days[i - 1] ?? 0))),
      { message: 'office:contractReminders.descending' },
    ),
  /** Natural days before the end of a term by which the other side is told how it goes on. */
  noticeDays: remindDays,
  /** Working days that a contract may wait to be signed after it was submitted. */
  unsignedDays: remindDays,
  /** Working days after signing within which the signed copy is scanned. */
  scanDays: remindDays,
  /** Natural days before an obligation is due. */
  dueDays: remindDays,
})
export type ContractReminders = z.infer<typeof contractReminders>

/** What is prepared for a visit, by its purpose; null: the list that the program proposes in the reader's language. */
const checklist = z.array(shortText(120)).max(20).nullable()
export const visitRules = z.strictObject({
  /** Working days after a visit within which its report is in time. */
  reportDays: z.number().int().min(0).max(30),
  checklists: z.strictObject(
    Object.fromEntries(PURPOSES.map((purpose) => [purpose, checklist])) as Record<Purpose, typeof checklist>,
  ),
})
export type VisitRules = z.infer<typeof visitRules>

export const INDICATORS = ['contractAmount', 'collected', 'collectionRate', 'newCustomers', 'visits'] as const

/** Default monthly targets and weights; weights are basis points that sum to exactly 10 000. */
export const indicatorTargets = z
  .strictObject({
    contractAmount: z.strictObject({ weight: z.number().int().min(0).max(10_000), target: fen }),
    collected: z.strictObject({ weight: z.number().int().min(0).max(10_000), target: fen }),
    collectionRate: z.strictObject({
      weight: z.number().int().min(0).max(10_000),
      target: z.number().int().min(0).max(10_000),
    }),
    newCustomers: z.strictObject({
      weight: z.number().int().min(0).max(10_000),
      target: z.number().int().min(0).max(1000),
    }),
    visits: z.strictObject({
      weight: z.number().int().min(0).max(10_000),
      target: z.number().int().min(0).max(1000),
    }),
  })
  .refine((t) => INDICATORS.reduce((sum, k) => sum + t[k].weight, 0) === 10_000, {
    message: 'office:targets.weightsSum',
  })
export type IndicatorTargets = z.infer<typeof indicatorTargets>

export const preferences = z.strictObject({
  locale: z.enum(LOCALES),
  documentLocale: z.enum(LOCALES),
  zone: z.string().min(1).max(60),
  idleMinutes: z.number().int().min(1).max(30),
  backupDir: z.string().max(500),
})
export type Preferences = z.infer<typeof preferences>

/** Every setting by its key: one schema, one default, one version each. */
export const SETTINGS = {
  firm: firmProfile,
  numbering,
  taxRates: z.array(taxRate).min(1).max(50),
  contractLaw: lawTable,
  contractReminders,
  workCalendar: workCalendarSetting,
  indicatorTargets,
  callBacks: callBackCycles,
  visits: visitRules,
  deals: dealPolicy,
  pool: poolPolicy,
  claims: claimsPolicy,
  credit: creditPolicy,
  screening,
  receivables: receivablesPolicy,
  appraisal: appraisalPolicy,
  preferences,
} as const
export type SettingKey = keyof typeof SETTINGS
export type SettingValue<K extends SettingKey> = z.infer<(typeof SETTINGS)[K]>
export const SETTING_KEYS = Object.keys(SETTINGS) as SettingKey[]
