import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import { divideRounded } from '#shared/kernel/money.ts'
import { contractSums, type Sums } from '#shared/modules/contracts/contracts.rules.ts'
import { UNITS_PER_FEN } from '#shared/modules/contracts/contracts.schema.ts'
import type { Reach } from '#shared/policy/matrix.ts'

export const QUOTATION_STATES = ['draft', 'awaiting', 'sent', 'accepted', 'rejected', 'withdrawn'] as const
export type QuotationState = (typeof QUOTATION_STATES)[number]
/** A version that a later one took the place of no longer counts. */
export const VERSION_STATES = [...QUOTATION_STATES, 'superseded'] as const
export type VersionState = (typeof VERSION_STATES)[number]
/** What a reader sees: a sent version that is no longer held to is expired. Computed, never stored. */
export const QUOTATION_STAGES = [...QUOTATION_STATES, 'superseded', 'expired'] as const
export type QuotationStage = (typeof QUOTATION_STAGES)[number]

export type QuotationStep = 'update' | 'send' | 'release' | 'return' | 'accept' | 'reject' | 'withdraw' | 'revise'

const STEPS: Readonly<Record<QuotationState, Partial<Record<QuotationStep, QuotationState>>>> = {
  draft: { update: 'draft', send: 'sent', withdraw: 'withdrawn' },
  awaiting: { release: 'sent', return: 'draft', withdraw: 'withdrawn' },
  sent: { accept: 'accepted', reject: 'rejected', withdraw: 'withdrawn', revise: 'draft' },
  accepted: { revise: 'draft' },
  rejected: { revise: 'draft' },
  withdrawn: { revise: 'draft' },
}

/** The state of the newest version after a step, or null where the step is not possible. */
export function afterQuotationStep(state: QuotationState, step: QuotationStep): QuotationState | null {
  return STEPS[state][step] ?? null
}

/** The stage on a day: an offer holds on its last day, and no longer on the next. */
export function quotationStage(state: VersionState, validUntil: string | null, today: string): QuotationStage {
  return state === 'sent' && validUntil !== null && validUntil < today ? 'expired' : state
}

/** The last day on which an offer sent on `sentDay` holds: the day named, or so many natural days after it. */
export function validUntilOf(
  fields: { readonly validDays: number; readonly validUntil: PlainDay | null },
  sentDay: PlainDay,
): PlainDay {
  return fields.validUntil ?? addDays(sentDay, fields.validDays)
}

/** Price after a discount in basis points, both in 1/10 000 yuan, rounded half up. */
export function discounted(listPrice: number, discount: number): number {
  return Number(divideRounded(BigInt(listPrice) * BigInt(10_000 - discount), 10_000n))
}

/**
 * The discount that a price is from its list price, in basis points, rounded half up; 0 without a list price or where
 * the price is not below it. The price is what counts: a round price keeps its odd discount.
 */
export function discountOf(line: { readonly listPrice: number; readonly price: number }): number {
  if (line.listPrice <= 0 || line.price >= line.listPrice) return 0
  return Number(divideRounded(BigInt(line.listPrice - line.price) * 10_000n, BigInt(line.listPrice)))
}

interface Priced {
  readonly price: number
  readonly quantity: number
  readonly rate: number
}

/** Sums of an offer by the very rules of a contract, so that the contract made of it has the same total. */
export function quotationSums(lines: readonly Priced[]): Sums {
  return contractSums(lines)
}

/** A line that is offered below its floor price; prices in 1/10 000 yuan. */
export interface BelowFloor {
  readonly index: number
  readonly price: number
  readonly floorPrice: number
}

/** The lines below their floor price, in order; a floor of 0 is none, and a price at the floor is not below it. */
export function belowFloor(lines: readonly { readonly price: number; readonly floorPrice: number }[]): BelowFloor[] {
  return lines.flatMap(({ price, floorPrice }, index) =>
    floorPrice > 0 && price < floorPrice ? [{ index, price, floorPrice }] : [],
  )
}

/** What an offer earns on the lines whose cost is known. Fen, margin in basis points of the revenue without tax. */
export interface Margin {
  readonly revenue: number
  readonly cost: number
  /** Null where no cost is known, or nothing is earned on. */
  readonly margin: number | null
  /** How many lines have a cost. */
  readonly covered: number
}

/** Cost is without tax, in 1/10 000 yuan for one unit; 0 is not known. Compared with the revenue without tax. */
export function marginOf(lines: readonly (Priced & { readonly cost: number })[]): Margin {
  const known = lines.filter((line) => line.cost > 0)
  const revenue = contractSums(known).net
  const cost = known.reduce(
    (sum, line) => sum + Number(divideRounded(BigInt(line.cost) * BigInt(line.quantity), UNITS_PER_FEN)),
    0,
  )
  const margin = revenue === 0 ? null : Number(divideRounded(BigInt(revenue - cost) * 10_000n, BigInt(revenue)))
  return { revenue, cost, margin, covered: known.length }
}

/**
 * Whether a version waits for somebody else before it goes out: it has lines below their floor price, and the one who
 * sends it does not answer for the whole firm.
 */
export function approvalNeeded(
  version: { readonly lines: readonly { readonly price: number; readonly floorPrice: number }[] },
  reach: Reach,
): boolean {
  return reach !== 'all' && belowFloor(version.lines).length > 0
}

/** Whether a person of this reach may let out what another one submitted, and see what goods cost. */
export function answersForOthers(reach: Reach): boolean {
  return reach === 'team' || reach === 'all'
}

/** The working days until all of it is delivered: the longest of its lines; null where none is named. */
export function deliveryDaysOf(lines: readonly { readonly deliveryDays: number }[]): number | null {
  const longest = Math.max(0, ...lines.map((line) => line.deliveryDays))
  return longest === 0 ? null : longest
}

interface Named {
  readonly name: string
  readonly spec: string
}

const plain = (text: string) => text.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase()
/** How goods are told apart: by name and specification, without width, case and spaces. */
export const goodsKey = (line: Named): string => `${plain(line.name)}\n${plain(line.spec)}`
/** By name alone. */
export const goodsName = (name: string): string => plain(name)

/**
 * Pairs two lists of goods: first those of the same name and specification, in order, then those that are left and
 * bear the same name. Gives for each of `wanted` the place in `given`, or null.
 */
export function pairGoods(wanted: readonly Named[], given: readonly Named[]): (number | null)[] {
  const free = new Set(given.keys())
  const found: (number | null)[] = wanted.map(() => null)
  const pass = (key: (line: Named) => string) => {
    for (const [at, line] of wanted.entries()) {
      if (found[at] !== null) continue
      const match = [...free].find((index) => key(given[index]!) === key(line))
      if (match === undefined) continue
      free.delete(match)
      found[at] = match
    }
  }
  pass(goodsKey)
  pass((line) => goodsName(line.name))
  return found
}
