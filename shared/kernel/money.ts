import { z } from 'zod'
import type { Brand } from './brand.ts'

/** An amount of money in whole fen (1/100 yuan). Never a fraction, never beyond ±1e15. */
export type Fen = Brand<number, 'Fen'>

export const MAX_FEN = 1_000_000_000_000_000

const numberError = (issue: { input?: unknown }): string =>
  issue.input === undefined || issue.input === null ? 'validation:required' : 'validation:notANumber'

/** Any amount in fen, negative ones included. */
export const fen = z
  .number({ error: numberError })
  .int('validation:notAFen')
  .min(-MAX_FEN, 'validation:amountTooLarge')
  .max(MAX_FEN, 'validation:amountTooLarge')
  .transform((value) => value as Fen)

/** An amount that may not be negative. */
export const fenNotNegative = z
  .number({ error: numberError })
  .int('validation:notAFen')
  .min(0, 'validation:negative')
  .max(MAX_FEN, 'validation:amountTooLarge')
  .transform((value) => value as Fen)

/** An amount that must be more than nothing. */
export const fenPositive = z
  .number({ error: numberError })
  .int('validation:notAFen')
  .min(1, 'validation:notPositive')
  .max(MAX_FEN, 'validation:amountTooLarge')
  .transform((value) => value as Fen)

/** Marks a number as fen after checking it. Throws RangeError for a fraction or an amount beyond ±1e15. */
export function asFen(value: number): Fen {
  if (!Number.isSafeInteger(value) || Math.abs(value) > MAX_FEN) throw new RangeError(`not an amount in fen: ${value}`)
  return (value === 0 ? 0 : value) as Fen
}

export function sumFen(values: Iterable<number>): Fen {
  let sum = 0
  for (const value of values) sum += value
  return asFen(sum)
}

const FULL_STOP = /[\u3002\uFF0E]/g
const DASH = /[\u2010-\u2015\u2212]/
const SPACES_AND_APOSTROPHES = /[\s'\u2019]/g
/** Sign and ¥ in either order, whole yuan with or without commas, decimals, the word yuan behind. */
const AMOUNT = /^(?:([+-]?)¥?|¥([+-]))(\d[\d,]*|(?=\.\d))(?:\.(\d{0,2}))?\u5143?$/
/** `1,5` and `1,23` may mean one and a half or fifteen: an amount is never guessed. */
const DECIMAL_COMMA = /,\d{0,2}$/

/**
 * Reads an amount in yuan as people type it: full-width digits, commas, ￥, an ideographic full stop. Commas may stand
 * anywhere in front of a full stop, so that a digit can be typed into `1,234.50`.
 * Returns null where it is not an amount with at most two decimals, can be read in two ways, or is too large.
 */
export function parseYuan(text: string): Fen | null {
  const plain = text.replace(FULL_STOP, '.').normalize('NFKC').replace(SPACES_AND_APOSTROPHES, '').replace(DASH, '-')
  const match = AMOUNT.exec(plain)
  if (!match) return null
  const [, sign, signAfter, typed = '', decimals] = match
  if (decimals === undefined && DECIMAL_COMMA.test(typed)) return null
  const digits = typed.replaceAll(',', '')
  if (digits.length > 14) return null
  const whole = Number(digits) * 100 + Number((decimals ?? '').padEnd(2, '0'))
  return whole > MAX_FEN ? null : asFen(sign === '-' || signAfter === '-' ? -whole : whole)
}

/** `1,234.50` or, without grouping, `1234.50`; the minus sign stands in front. */
export function formatYuan(value: number, options: { grouping?: boolean } = {}): string {
  const digits = String(Math.abs(value)).padStart(3, '0')
  const whole = digits.slice(0, -2)
  const grouped = options.grouping === false ? whole : whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return `${value < 0 ? '-' : ''}${grouped}.${digits.slice(-2)}`
}

/**
 * `n / d` rounded half away from zero, in whole numbers, exact for any size.
 * Commercial rounding: 0.5 fen becomes 1 fen, −0.5 fen becomes −1 fen.
 */
export function divideRounded(n: bigint, d: bigint): bigint {
  const negative = n < 0n !== d < 0n
  const a = n < 0n ? -n : n
  const b = d < 0n ? -d : d
  const rounded = (a * 2n + b) / (b * 2n)
  return negative ? -rounded : rounded
}

/** `amount × numerator / denominator`, rounded half away from zero, without any floating point. */
export function mulDiv(amount: number, numerator: number, denominator: number): Fen {
  return asFen(Number(divideRounded(BigInt(amount) * BigInt(numerator), BigInt(denominator))))
}

/** An amount times a rate in basis points (13 % = 1300). */
export function mulRate(amount: number, basisPoints: number): Fen {
  return mulDiv(amount, basisPoints, 10_000)
}

/**
 * Splits a tax-inclusive amount: net is rounded, tax is the rest, so the two always add up.
 * 增值税法 arts. 10–11; ¥56,500 at 13 % → 50,000.00 + 6,500.00.
 */
export function splitTax(inclusive: number, rateBp: number): { net: Fen; tax: Fen } {
  const net = mulDiv(inclusive, 10_000, 10_000 + rateBp)
  return { net, tax: asFen(inclusive - net) }
}

/** Tax on a net amount. */
export function addTax(net: number, rateBp: number): { tax: Fen; inclusive: Fen } {
  const tax = mulRate(net, rateBp)
  return { tax, inclusive: asFen(net + tax) }
}

/**
 * Shares an amount by weights so that the shares sum to it exactly; the largest remainders get the odd fen,
 * earlier ones first. All weights zero: equal shares. Throws RangeError for a weight that is negative or no whole number.
 */
export function allocate(amount: number, weights: readonly number[]): Fen[] {
  if (weights.length === 0) return []
  if (weights.some((w) => !Number.isSafeInteger(w) || w < 0)) throw new RangeError('weights are whole numbers from 0')
  const used = weights.every((w) => w === 0) ? weights.map(() => 1) : weights
  const total = used.reduce((sum, w) => sum + BigInt(w), 0n)
  const sign = amount < 0 ? -1n : 1n
  const whole = BigInt(amount) * sign
  const shares = used.map((w) => (whole * BigInt(w)) / total)
  const rest = used.map((w, i) => ({ i, left: (whole * BigInt(w)) % total }))
  let odd = Number(whole - shares.reduce((sum, s) => sum + s, 0n))
  rest.sort((a, b) => (a.left === b.left ? a.i - b.i : a.left < b.left ? 1 : -1))
  for (const { i } of rest) {
    if (odd === 0) break
    shares[i] = (shares[i] ?? 0n) + 1n
    odd -= 1
  }
  return shares.map((s) => asFen(Number(s * sign)))
}
