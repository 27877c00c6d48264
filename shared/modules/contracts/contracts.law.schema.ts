import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { shortText } from '#shared/kernel/text.ts'

/**
 * The legal numbers that contracts are checked and kept by and claims counted by, and what each is counted in.
 * `smeInterestDaily` is a rate per day.
 */
export const LAW_UNITS = {
  depositLimit: 'rate',
  penaltyExcess: 'rate',
  penaltyHighPerYear: 'rate',
  lpr1y: 'rate',
  publicBodyDays: 'days',
  publicBodyMaxDays: 'days',
  largeBuyerDays: 'days',
  inspectionShortDays: 'days',
  instalmentSaleShare: 'rate',
  titlePaidShare: 'rate',
  archiveYears: 'years',
  smeInterestDaily: 'rate',
  lprSurchargeMin: 'rate',
  lprSurchargeMax: 'rate',
  benchmark1y: 'rate',
  limitationYears: 'years',
  limitationLongStop: 'years',
  suspensionMonths: 'months',
  badDebtYears: 'years',
  badDebtSmallYears: 'years',
  badDebtSmallYuan: 'yuan',
  badDebtSmallShare: 'rate',
} as const satisfies Record<string, 'rate' | 'days' | 'months' | 'years' | 'yuan'>

export type LawKey = keyof typeof LAW_UNITS
export const LAW_KEYS = Object.keys(LAW_UNITS) as LawKey[]

/** A legal number from a day on, with where it stands. Rates in basis points, else days, months, years or yuan. */
export const lawRow = z.strictObject({
  key: z.enum(LAW_KEYS as [LawKey, ...LawKey[]]),
  from: plainDay,
  value: z.number().int().min(0).max(100_000),
  source: shortText(160),
})
export type LawRow = z.infer<typeof lawRow>
export const lawTable = z.array(lawRow).max(200)
