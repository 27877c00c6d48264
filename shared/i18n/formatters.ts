import { formatMoment } from '#shared/kernel/dates.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import type { Locale } from './locale.ts'

/** `13%`, `12.5%` from basis points. */
export function formatRate(basisPoints: number): string {
  return `${basisPoints / 100}%`
}

/** A whole number with separators of thousands. */
export function formatCount(value: number): string {
  return String(Math.trunc(value)).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** An amount for tiles and charts: 万 and 亿 in Chinese, thousands and millions in English; two decimals at most. */
export function formatAmountShort(fen: number, locale: Locale, units: { large: string; huge: string }): string {
  const yuan = Math.round(fen) / 100
  const [large, huge] = locale === 'en' ? [1_000, 1_000_000] : [10_000, 100_000_000]
  const absolute = Math.abs(yuan)
  const scaled = (by: number) => String(Math.round((yuan / by) * 100) / 100)
  if (absolute >= huge) return `${scaled(huge)}${units.huge}`
  if (absolute >= large) return `${scaled(large)}${units.large}`
  return formatYuan(Math.round(fen))
}

export { formatMoment }
