import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Brand } from './brand.ts'

/** A business day, `YYYY-MM-DD`; a day of the firm, not a moment. Sorts as text. */
export type PlainDay = Brand<string, 'PlainDay'>
/** A month, `YYYY-MM`. */
export type PlainMonth = Brand<string, 'PlainMonth'>

const DAY = /^(19|20|21)\d{2}-\d{2}-\d{2}$/
const MONTH = /^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/

/** True for a day that exists, between 1900 and 2199. */
export function isPlainDay(text: string): text is PlainDay {
  if (!DAY.test(text)) return false
  const [year, month, day] = text.split('-').map(Number) as [number, number, number]
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}

export const plainDay = z
  .string('validation:required')
  .refine(isPlainDay, { message: 'validation:noSuchDay' })
  .transform((text) => text as PlainDay)

export const plainMonth = z
  .string('validation:required')
  .regex(MONTH, 'validation:noSuchMonth')
  .transform((text) => text as PlainMonth)

/** Throws RangeError where the day does not exist. */
export function asDay(text: string): PlainDay {
  if (!isPlainDay(text)) throw new RangeError(`no such day: ${text}`)
  return text
}

export function asMonth(text: string): PlainMonth {
  if (!MONTH.test(text)) throw new RangeError(`no such month: ${text}`)
  return text as PlainMonth
}

const toUtc = (day: string): number => Date.parse(`${day}T00:00:00Z`)
const MS_A_DAY = 86_400_000
const fromUtc = (ms: number): PlainDay => new Date(ms).toISOString().slice(0, 10) as PlainDay

/** The day `days` later (earlier when negative). */
export function addDays(day: PlainDay, days: number): PlainDay {
  return fromUtc(toUtc(day) + days * MS_A_DAY)
}

/** The corresponding day `months` later, or the month's last day where there is none (民法典 art. 202). */
export function addMonths(day: PlainDay, months: number): PlainDay {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const at = year * 12 + month - 1 + months
  const [inYear, inMonth] = [Math.floor(at / 12), ((at % 12) + 12) % 12]
  const last = new Date(Date.UTC(inYear, inMonth + 1, 0)).getUTCDate()
  return fromUtc(Date.UTC(inYear, inMonth, Math.min(date, last)))
}

/** Days from `from` to `to`; negative where `to` is earlier. */
export function diffDays(from: PlainDay, to: PlainDay): number {
  return Math.round((toUtc(to) - toUtc(from)) / MS_A_DAY)
}

export function endOfMonth(day: PlainDay | PlainMonth): PlainDay {
  const [year, month] = day.split('-').map(Number) as [number, number]
  return fromUtc(Date.UTC(year, month, 0))
}

export function startOfMonth(day: PlainDay | PlainMonth): PlainDay {
  return `${day.slice(0, 7)}-01` as PlainDay
}

export function monthOf(day: PlainDay): PlainMonth {
  return day.slice(0, 7) as PlainMonth
}

export function shiftMonth(month: PlainMonth, by: number): PlainMonth {
  return monthOf(addMonths(startOfMonth(month), by))
}

/** 1 = Monday … 7 = Sunday. */
export function weekday(day: PlainDay): number {
  return ((new Date(toUtc(day)).getUTCDay() + 6) % 7) + 1
}

/** The firm's day at this moment (UTC ms) in its zone. */
export function dayOfMoment(moment: number, zone: string): PlainDay {
  return Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone).toPlainDate().toString() as PlainDay
}

/** `2026-05-20 14:03` of a moment (UTC ms) in the firm's zone. */
export function formatMoment(moment: number, zone: string): string {
  const at = Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone)
  return `${at.toPlainDate().toString()} ${at.toPlainTime().toString({ smallestUnit: 'minute' })}`
}

/**
 * Reads a day as people type it: `2026/1/5`, `2026-1-5`, `2026.1.5`, `2026年1月5日`, `20260105`, full-width digits.
 * Returns null where there is no such day.
 */
export function parseDay(text: string): PlainDay | null {
  const plain = text.normalize('NFKC').trim()
  const match = /^(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})\D?$/.exec(plain) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(plain)
  if (!match) return null
  const day = `${match[1]}-${match[2]?.padStart(2, '0')}-${match[3]?.padStart(2, '0')}`
  return isPlainDay(day) ? day : null
}
