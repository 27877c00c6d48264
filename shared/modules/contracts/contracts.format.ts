import { formatRate } from '#shared/i18n/formatters.ts'
import type { PlanShare } from './contracts.schema.ts'

const grouped = (digits: string) => digits.replace(/\B(?=(\d{3})+$)/g, ',')

/** A whole number of `1/10^decimals` parts as a decimal text with at least `least` decimals: 1 234 500 (3) → 1,234.5. */
export function formatDecimal(value: number, decimals: number, least = 0): string {
  const digits = String(Math.abs(Math.trunc(value))).padStart(decimals + 1, '0')
  const whole = grouped(digits.slice(0, -decimals))
  let rest = digits.slice(-decimals)
  while (rest.length > least && rest.endsWith('0')) rest = rest.slice(0, -1)
  return `${value < 0 ? '-' : ''}${whole}${rest === '' ? '' : `.${rest}`}`
}

/** Quantity in thousandths: 1 000 500 → 1,000.5. */
export function formatQuantity(thousandths: number): string {
  return formatDecimal(thousandths, 3)
}

/** Price in 1/10 000 yuan, two decimals at least: 325 → 0.0325, 565 000 → 56.50. */
export function formatPrice(tenThousandths: number): string {
  return formatDecimal(tenThousandths, 4, 2)
}

/**
 * Reads a decimal as people type it (full-width digits, commas, ￥) into whole `1/10^decimals` parts.
 * Null where it is not a number that is not negative, has more decimals, or is beyond `max`.
 */
export function parseDecimal(text: string, decimals: number, max: number): number | null {
  const plain = text
    .replace(/[。．]/g, '.')
    .normalize('NFKC')
    .replace(/[\s,，¥]/g, '')
  const match = /^(\d{1,13})(?:\.(\d*))?$/.exec(plain)
  if (!match || (match[2] ?? '').length > decimals) return null
  const value = Number(match[1]) * 10 ** decimals + Number((match[2] ?? '').padEnd(decimals, '0') || '0')
  return Number.isSafeInteger(value) && value <= max ? value : null
}

/** The share of an instalment as it is printed: what was agreed, or what the amount is of the total. */
export function formatShare(amount: number, total: number, share: PlanShare): string {
  if (share.kind === 'percent') return formatRate(share.rate)
  if (total <= 0) return ''
  return formatRate(Math.round((amount / total) * 10_000))
}
