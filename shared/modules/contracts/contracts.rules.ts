import { addMonths, endOfMonth, startOfMonth, type PlainDay } from '#shared/kernel/dates.ts'
import { divideRounded, mulRate } from '#shared/kernel/money.ts'
import { UNITS_PER_FEN } from './contracts.schema.ts'
import type {
  ContractDraft,
  ContractEventKind,
  ContractLine,
  ContractStage,
  ContractState,
  ContractTerms,
  PlanLine,
  Trigger,
} from './contracts.schema.ts'

/** A sum with its tax, in fen; `amount = net + tax`, exactly. */
export interface Sums {
  readonly amount: number
  readonly net: number
  readonly tax: number
}

/**
 * Amount of a line in fen, tax included, rounded half up; net is what the rate leaves of it, tax the rest, so that
 * net + tax is the amount to the fen (增值税法 10: the price without tax is the price / (1 + rate)).
 */
export function lineSums(line: Pick<ContractLine, 'price' | 'quantity' | 'rate'>): Sums {
  const amount = divideRounded(BigInt(line.price) * BigInt(line.quantity), UNITS_PER_FEN)
  const net = divideRounded(amount * 10_000n, 10_000n + BigInt(line.rate))
  return { amount: Number(amount), net: Number(net), tax: Number(amount - net) }
}

/** The contract's sums: the lines added up, so that the printed table always adds up. */
export function contractSums(lines: readonly Pick<ContractLine, 'price' | 'quantity' | 'rate'>[]): Sums {
  let amount = 0
  let net = 0
  let tax = 0
  for (const line of lines) {
    const sums = lineSums(line)
    amount += sums.amount
    net += sums.net
    tax += sums.tax
  }
  return { amount, net, tax }
}

/**
 * A frame agreement that names prices and no quantities: single orders make the amounts, the agreement itself has none.
 * Such a one is signed without instalments and without an order.
 */
export function isPriceList(fields: Pick<ContractDraft, 'kind' | 'lines'>): boolean {
  return fields.kind === 'frame' && fields.lines.every((line) => line.quantity === 0)
}

/** The instalments in fen and whether what was typed agrees with the total. */
export interface PlanSplit {
  /** One amount per line; they sum to the total exactly, because the last is whatever the others leave. */
  readonly amounts: readonly number[]
  /** Typed shares minus the total, in fen; 0 when they agree (rounding of percentages is not a difference). */
  readonly difference: number
}

/**
 * Splits the total into instalments. Percentages are rounded half up to the fen; the last instalment takes the
 * remainder. `difference` is not 0 where the typed shares themselves do not sum to the total: more than the rounding
 * of the percentages can explain, or a remainder below zero.
 */
export function splitPlan(total: number, plan: readonly Pick<PlanLine, 'share'>[]): PlanSplit {
  const typed = plan.map(({ share }): number =>
    share.kind === 'percent' ? mulRate(total, share.rate) : share.kind === 'amount' ? share.amount : 0,
  )
  if (plan.length === 0) return { amounts: [], difference: -total }
  const head = typed.slice(0, -1)
  const rest = total - head.reduce((sum, amount) => sum + amount, 0)
  const last = plan[plan.length - 1]!.share
  return { amounts: [...head, rest], difference: differenceOf(total, plan, typed, rest, last.kind) }
}

function differenceOf(
  total: number,
  plan: readonly Pick<PlanLine, 'share'>[],
  typed: readonly number[],
  rest: number,
  lastKind: PlanLine['share']['kind'],
): number {
  if (lastKind === 'rest') return rest < 0 ? -rest : 0
  const percents = plan.flatMap(({ share }) => (share.kind === 'percent' ? [share.rate] : []))
  if (percents.length === plan.length) {
    const rate = percents.reduce((sum, value) => sum + value, 0)
    return rate === 10_000 ? 0 : mulRate(total, rate) - total || Math.sign(rate - 10_000)
  }
  const sum = typed.reduce((a, b) => a + b, 0)
  // Half a fen a percentage is all that rounding can do.
  return Math.abs(sum - total) <= Math.floor(percents.length / 2) ? 0 : sum - total
}

/** What the state machine knows to do. */
export type ContractAction = 'update' | 'sign' | 'void' | 'recordEvent' | 'supplement' | 'end'

const TRANSITIONS: Readonly<Record<ContractState, Partial<Record<ContractAction, ContractState>>>> = {
  draft: { update: 'draft', sign: 'signed', void: 'void' },
  signed: { recordEvent: 'signed', void: 'void', supplement: 'signed', end: 'signed' },
  void: {},
}

/** The state after an action, or null where the action is not allowed in this state. */
export function nextState(state: ContractState, action: ContractAction): ContractState | null {
  return TRANSITIONS[state][action] ?? null
}

/**
 * What a reader sees of the state: a signed contract is completed once nothing of its amount is outstanding, unless it
 * was ended. One without an amount, a price list, runs until it is ended. Fen.
 */
export function stageOf(
  state: ContractState,
  money: { readonly amount: number; readonly outstanding: number },
  ended: boolean,
): ContractStage {
  if (state !== 'signed') return state
  if (ended) return 'terminated'
  return money.amount > 0 && money.outstanding === 0 ? 'completed' : 'performing'
}

/** The days that start payment terms; null while the event has not happened. */
export type TriggerDays = Readonly<Record<Exclude<Trigger, 'fixed'>, PlainDay | null>>

/** Day arithmetic of the firm: natural days, its working days, months with the month's end clamped. */
export interface DayCounter {
  addDays(day: PlainDay, days: number): PlainDay
  addWorkingDays(day: PlainDay, days: number): PlainDay
  addMonths(day: PlainDay, months: number): PlainDay
}

/**
 * The days of a contract's events. The end of the warranty is as recorded, otherwise counted from acceptance (from
 * delivery where there is none) by the agreed months.
 */
export function triggerDays(
  signDay: PlainDay | null,
  events: readonly { readonly kind: ContractEventKind; readonly day: string }[],
  warrantyMonths: number | null,
  counter: DayCounter,
): TriggerDays {
  const on = (kind: ContractEventKind) => (events.find((event) => event.kind === kind)?.day ?? null) as PlainDay | null
  const delivery = on('delivery')
  const acceptance = on('acceptance')
  const warrantyStart = acceptance ?? delivery
  const computed = warrantyStart && warrantyMonths !== null ? counter.addMonths(warrantyStart, warrantyMonths) : null
  return { signing: signDay, delivery, acceptance, warranty_end: on('warranty_end') ?? computed }
}

/**
 * When an instalment is due: the agreed days after its trigger (day 0 is the day of the event itself) or after the end
 * of that month, a day of the month that follows (its last where it is shorter), or the fixed day; null while the event
 * has not happened.
 */
export function dueDayOf(
  line: Pick<PlanLine, 'trigger' | 'days' | 'dayKind' | 'dueRule' | 'monthDay' | 'fixedDay'>,
  days: TriggerDays,
  counter: DayCounter,
): PlainDay | null {
  if (line.trigger === 'fixed') return line.fixedDay
  const happened = days[line.trigger]
  if (happened === null) return null
  if (line.dueRule === 'monthDay') return dayOfNextMonth(happened, line.monthDay ?? 31)
  const start = line.dueRule === 'monthEnd' ? endOfMonth(happened) : happened
  return line.dayKind === 'working' ? counter.addWorkingDays(start, line.days) : counter.addDays(start, line.days)
}

function dayOfNextMonth(day: PlainDay, monthDay: number): PlainDay {
  const first = addMonths(startOfMonth(day), 1)
  const wanted = `${first.slice(0, 8)}${String(monthDay).padStart(2, '0')}`
  const last = endOfMonth(first)
  return wanted < last ? (wanted as PlainDay) : last
}

/** Days must follow each other: signed ≤ delivered ≤ accepted ≤ end of the warranty. */
export function eventDayFits(kind: ContractEventKind, day: string, days: TriggerDays): boolean {
  const order = ['signing', 'delivery', 'acceptance', 'warranty_end'] as const
  const at = order.indexOf(kind)
  return order.every((other, index) => {
    const known = days[other]
    if (known === null || other === kind) return true
    return index < at ? known <= day : day <= known
  })
}

const SMALL: readonly ContractTerms['ourSize'][] = ['medium', 'small', 'micro']
const PROTECTED_FROM: readonly ContractTerms['buyerSize'][] = ['large', 'publicBody']

/** Whether a small seller has still to tell a large buyer that it is one (保障中小企业款项支付条例 3). */
export function sizeToBeTold(terms: Pick<ContractTerms, 'ourSize' | 'buyerSize' | 'smeNotice'>): boolean {
  return SMALL.includes(terms.ourSize) && PROTECTED_FROM.includes(terms.buyerSize) && !terms.smeNotice
}
