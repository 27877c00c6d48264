import { monthOf, shiftMonth, type PlainDay, type PlainMonth } from '#shared/kernel/dates.ts'
import { creditOf, weightedAmount } from './deals.rules.ts'
import { isOpenStage, type DealStage } from './deals.stages.schema.ts'

/** An open deal as the forecast counts it. Amount in fen, probability in basis points. */
export interface ForecastDeal {
  readonly id: string
  readonly amount: number
  readonly probability: number
  readonly expectedDay: string
  readonly splits: readonly { readonly userId: string; readonly share: number }[]
}

/** `overdue`: expected on a day that is past; a month; or `later` than the last month that is shown. */
export type ForecastBucket = string

/** One person's part of one deal, in fen. */
export interface ForecastPart {
  readonly dealId: string
  readonly userId: string
  readonly share: number
  readonly bucket: ForecastBucket
  readonly amount: number
  readonly weighted: number
}

export interface ForecastCell {
  readonly bucket: ForecastBucket
  readonly userId: string
  readonly count: number
  readonly amount: number
  readonly weighted: number
}

/** The months that a forecast shows: this one and those after it. */
export function forecastMonths(today: PlainDay, months: number): PlainMonth[] {
  return Array.from({ length: months }, (_, i) => shiftMonth(monthOf(today), i))
}

/** Stands for what is won already this month, beside the buckets of what is still expected. */
export const WON_NOW = 'wonNow'

/** Every bucket in its order. */
export function forecastBuckets(today: PlainDay, months: number): ForecastBucket[] {
  return ['overdue', ...forecastMonths(today, months), 'later']
}

/** Where a deal is counted. */
export function bucketOf(expectedDay: string, today: PlainDay, months: number): ForecastBucket {
  if (expectedDay < today) return 'overdue'
  const month = expectedDay.slice(0, 7)
  return month <= shiftMonth(monthOf(today), months - 1) ? month : 'later'
}

/** A deal by who has credit for it: the parts sum to its amount, and to its weighted amount, to the last fen. */
export function forecastParts(deal: ForecastDeal, today: PlainDay, months: number): ForecastPart[] {
  const amounts = creditOf(deal.amount, deal.splits)
  const weighted = creditOf(weightedAmount(deal.amount, deal.probability), deal.splits)
  const bucket = bucketOf(deal.expectedDay, today, months)
  return deal.splits.map(({ userId, share }, i) => ({
    dealId: deal.id,
    userId,
    share,
    bucket,
    amount: amounts[i] ?? 0,
    weighted: weighted[i] ?? 0,
  }))
}

/** Parts added up by bucket and person; nothing is lost and nothing counted twice. */
export function forecastCells(parts: readonly ForecastPart[]): ForecastCell[] {
  const cells = new Map<string, { bucket: string; userId: string; count: number; amount: number; weighted: number }>()
  for (const part of parts) {
    const key = `${part.bucket} ${part.userId}`
    const cell = cells.get(key) ?? { bucket: part.bucket, userId: part.userId, count: 0, amount: 0, weighted: 0 }
    cell.count += 1
    cell.amount += part.amount
    cell.weighted += part.weighted
    cells.set(key, cell)
  }
  return [...cells.values()]
}

/** A change of a deal, as the history keeps it: what it was from that day on. */
export interface PastMove {
  readonly dealId: string
  readonly day: string
  readonly toStage: DealStage | 'removed'
  readonly amount: number
  readonly expectedDay: string
}

/** What moved in the open pipeline. The first eight change its sum; the others tell of deals that stayed in it. */
export const MOVEMENTS = [
  'opened',
  'reopened',
  'up',
  'down',
  'won',
  'lost',
  'removed',
  'advanced',
  'back',
  'slipped',
  'pulled',
] as const
export type Movement = (typeof MOVEMENTS)[number]

/** One deal in one kind of movement; `change` is what it did to the sum, 0 for what only moved along. Fen. */
export interface MovementRow {
  readonly dealId: string
  readonly kind: Movement
  readonly amount: number
  readonly change: number
}

interface State {
  readonly stage: DealStage | 'removed'
  readonly amount: number
  readonly expectedDay: string
}
const isOpen = (state: State | null): state is State =>
  state !== null && state.stage !== 'removed' && isOpenStage(state.stage)
const ORDER = ['open', 'qualified', 'proposal', 'negotiation', 'agreed']

/**
 * What one deal did from the evening before `from` until the evening of `to`, by its history, oldest first. Where it
 * came, went and came again within the period, only what it was at both ends and the last way out counts.
 */
export function movementOf(moves: readonly PastMove[], from: string, to: string): MovementRow[] {
  let start: State | null = null
  let end: State | null = null
  let wasOpen = false
  let seenBefore = false
  for (const move of moves) {
    if (move.day > to) break
    const state: State = { stage: move.toStage, amount: move.amount, expectedDay: move.expectedDay }
    if (move.day < from) {
      start = state
      seenBefore = true
    } else wasOpen ||= isOpen(state)
    end = state
  }
  if (end === null) return []
  const { dealId } = moves[0] as PastMove
  const rows: MovementRow[] = []
  const put = (kind: Movement, amount: number, change: number) => rows.push({ dealId, kind, amount, change })
  if (isOpen(start)) {
    const difference = end.amount - start.amount
    if (difference > 0) put('up', difference, difference)
    if (difference < 0) put('down', -difference, difference)
    if (isOpen(end)) {
      const steps = ORDER.indexOf(end.stage) - ORDER.indexOf(start.stage)
      if (steps !== 0) put(steps > 0 ? 'advanced' : 'back', end.amount, 0)
      if (end.expectedDay > start.expectedDay) put('slipped', end.amount, 0)
      if (end.expectedDay < start.expectedDay) put('pulled', end.amount, 0)
    }
  } else if (isOpen(end) || wasOpen) put(seenBefore ? 'reopened' : 'opened', end.amount, end.amount)
  else return []
  const { stage, amount } = end
  if (stage === 'won' || stage === 'lost' || stage === 'removed') put(stage, amount, -amount)
  return rows
}

/** What a deal added to the open pipeline on the evening of a day: its amount, or 0. Fen. */
export function openAmountOn(moves: readonly PastMove[], day: string): { open: boolean; amount: number } {
  let state: State | null = null
  for (const move of moves) {
    if (move.day > day) break
    state = { stage: move.toStage, amount: move.amount, expectedDay: move.expectedDay }
  }
  return isOpen(state) ? { open: true, amount: state.amount } : { open: false, amount: 0 }
}
