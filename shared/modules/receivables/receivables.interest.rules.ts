import { addDays, diffDays, type PlainDay } from '#shared/kernel/dates.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import type { Reason } from '#shared/kernel/reason.ts'
import {
  basisRateOn,
  interestFor,
  rateChanges,
  staleSince,
  type DayCount,
  type InterestBasis,
  type PrintedRate,
  type RateTables,
} from './receivables.rates.rules.ts'
import { splitPayment, type PartOrder, type Parts } from './receivables.parts.rules.ts'

/** How interest on one debt is counted. */
export interface InterestTerms {
  readonly basis: InterestBasis
  readonly dayCount: DayCount
  /** Whether what is paid on a day still bears interest for that day. */
  readonly paymentDayCounts: boolean
  /** What a payment covers first: 民法典 561, or the principal where that was agreed. */
  readonly order: PartOrder
}

/** Money or a waiver on a day. Fen. */
export interface DatedAmount {
  readonly day: PlainDay
  readonly amount: number
}

/** One debt and what happened to it. Amounts in fen; several debts have a sheet each. */
export interface InterestClaim {
  readonly principal: number
  /** The last day on which payment is in time: interest runs from the day after. */
  readonly dueDay: PlainDay
  readonly payments: readonly (DatedAmount & { readonly order?: PartOrder })[]
  /** Costs of enforcing the debt, from their day on. */
  readonly costs?: readonly DatedAmount[]
  /** Interest given up in writing: never forgotten silently. */
  readonly waivers?: readonly DatedAmount[]
  /** Credit notes and write-offs: from their day on less of the principal is owed, and nothing was paid. */
  readonly reductions?: readonly DatedAmount[]
  /** Days from–to without interest, both included: the creditor himself was late in accepting (民法典 589). */
  readonly pauses?: readonly { readonly from: PlainDay; readonly to: PlainDay }[]
  /**
   * Agreements of `day` that it is due on another day. The start of interest moves along (买卖合同解释 18.1), unless it
   * was agreed that what has accrued stays owed.
   */
  readonly dueChanges?: readonly {
    readonly day: PlainDay
    readonly dueDay: PlainDay
    readonly keepsAccrued: boolean
  }[]
  /**
   * Statements of account and repayment agreements. One that states principal and interest takes the place of what was
   * owed before it, payments of its day included (18.3); interest runs on after its `dueDay`, or from its own day. One
   * that states no interest (null) confirms the principal and waives nothing.
   */
  readonly statements?: readonly {
    readonly day: PlainDay
    readonly principal: number
    readonly interest: number | null
    readonly costs?: number
    readonly dueDay: PlainDay | null
  }[]
}

/** Days on which principal and rate stay the same; both ends included. */
export interface InterestSegment {
  readonly from: PlainDay
  readonly to: PlainDay
  readonly days: number
  readonly principal: number
  /** Null for days without interest, or without a known rate. */
  readonly rate: PrintedRate | null
  readonly interest: number
  readonly paused: boolean
}

/** A payment and what it covered; what nothing was owed for is `over`. Fen. */
export interface PaymentLine extends Parts {
  readonly day: PlainDay
  readonly amount: number
  readonly over: number
}

/** Interest with everything it was counted from. `owed` is what is left; the segments sum to `accrued`, always. */
export interface InterestSheet {
  readonly segments: readonly InterestSegment[]
  readonly payments: readonly PaymentLine[]
  readonly owed: Parts
  /** Interest of the segments; that of a statement that took their place is not in it. */
  readonly accrued: number
  /** Interest that a statement fixed, paid or not. */
  readonly fixed: number
  readonly waived: number
  /** What credit notes and write-offs took off the principal. */
  readonly reductions: readonly DatedAmount[]
  readonly paid: Parts
  readonly over: number
  readonly firstDay: PlainDay
  readonly notes: readonly Reason[]
}

interface Start {
  readonly principal: number
  readonly interest: number
  readonly costs: number
  /** The last day without interest. */
  readonly free: PlainDay
  /** Only what happened after this day counts from here on; null for everything. */
  readonly after: PlainDay | null
  readonly breachDay: PlainDay
  readonly pauses: readonly { readonly from: PlainDay; readonly to: PlainDay }[]
  readonly notes: readonly Reason[]
}

/**
 * The interest of one debt up to and including `asOf`, in segments: a new one begins with every payment, change of the
 * rate and pause. Each segment is rounded once, half up, so that what is printed adds up. What has accrued stays owed
 * when the principal is paid. Nothing after `asOf` is looked at.
 */
export function interestSheet(
  claim: InterestClaim,
  terms: InterestTerms,
  tables: RateTables,
  asOf: PlainDay,
): InterestSheet {
  const start = startOf(claim, asOf)
  const owed = { costs: start.costs, interest: start.interest, principal: start.principal }
  const paid = { costs: 0, interest: 0, principal: 0 }
  const segments: InterestSegment[] = []
  const payments: PaymentLine[] = []
  const reductions: DatedAmount[] = []
  const steps = stepsOf(claim, terms, start, asOf)
  let [accrued, waived, over] = [0, 0, 0]

  const accrue = (after: PlainDay, to: PlainDay) => {
    const from = addDays(after, 1)
    if (to < from || owed.principal === 0) return
    const days = diffDays(after, to)
    const paused = start.pauses.some((pause) => pause.from <= from && to <= pause.to)
    const rate = paused ? null : basisRateOn(terms.basis, tables, start.breachDay, from)
    const interest = rate === null ? 0 : interestFor(owed.principal, days, rate, terms.dayCount)
    segments.push({ from, to, days, principal: owed.principal, rate, interest, paused })
    accrued += interest
    owed.interest += interest
  }

  let at = start.free
  for (const cut of cutsOf(terms, tables, start, steps, asOf)) {
    accrue(at, cut)
    if (cut > at) at = cut
    for (const step of steps) {
      if (step.cut !== cut) continue
      if (step.kind === 'cost') owed.costs += step.amount
      if (step.kind === 'waiver') {
        const given = Math.min(step.amount, owed.interest)
        owed.interest -= given
        waived += given
      }
      if (step.kind === 'reduction') {
        const less = Math.min(step.amount, owed.principal)
        owed.principal -= less
        if (less > 0) reductions.push({ day: step.day, amount: less })
      }
      if (step.kind === 'payment') {
        const { parts, rest } = splitPayment(step.amount, owed, step.order ?? terms.order)
        for (const part of ['costs', 'interest', 'principal'] as const) {
          owed[part] -= parts[part]
          paid[part] += parts[part]
        }
        over += rest
        payments.push({ day: step.day, amount: step.amount, ...parts, over: rest })
      }
    }
  }
  accrue(at, asOf)

  const notes = [...start.notes, ...rateNotes(terms, tables, start, segments, asOf)]
  const firstDay = addDays(start.free, 1)
  const { interest: fixed } = start
  return { segments, payments, reductions, owed, accrued, fixed, waived, paid, over, firstDay, notes }
}

/** From where to count as of a day: the debt itself with its due day, or the last statement that fixed the interest. */
function startOf(claim: InterestClaim, asOf: PlainDay): Start {
  const notes: Reason[] = []
  const statements = (claim.statements ?? []).filter((one) => one.day <= asOf).toSorted(byDay)
  const fixed = statements.findLast((one) => one.interest !== null)
  for (const { day, principal, interest } of statements) {
    if (interest === null) notes.push({ key: 'receivables:interest.principalOnly', params: { day } })
    else if (day === fixed?.day) {
      const params = { day, principal: formatYuan(principal), interest: formatYuan(interest) }
      notes.push({ key: 'receivables:interest.superseded', params })
    }
  }
  const after = fixed?.day ?? null
  let free = fixed === undefined ? claim.dueDay : (fixed.dueDay ?? fixed.day)
  const pauses = [...(claim.pauses ?? [])]
  for (const { day, dueDay, keepsAccrued } of (claim.dueChanges ?? []).toSorted(byDay)) {
    if (day > asOf || (after !== null && day <= after)) continue
    notes.push({ key: 'receivables:interest.dueMoved', params: { day, dueDay } })
    if (keepsAccrued && day > free) pauses.push({ from: addDays(day, 1), to: dueDay })
    else free = dueDay
  }
  return {
    principal: fixed?.principal ?? claim.principal,
    interest: fixed?.interest ?? 0,
    costs: fixed?.costs ?? 0,
    free,
    after,
    breachDay: addDays(fixed === undefined ? free : claim.dueDay, 1),
    pauses,
    notes,
  }
}

interface Step {
  readonly kind: 'cost' | 'waiver' | 'reduction' | 'payment'
  readonly day: PlainDay
  readonly amount: number
  /** The last day that still bears interest on what was owed before. */
  readonly cut: PlainDay
  readonly order?: PartOrder
}
const KINDS: readonly Step['kind'][] = ['cost', 'waiver', 'reduction', 'payment']

/** What changes the sums, in its order: by day, on one day costs, waivers, reductions, then payments. */
function stepsOf(claim: InterestClaim, terms: InterestTerms, start: Start, asOf: PlainDay): Step[] {
  const steps: Step[] = []
  const add = (kind: Step['kind'], rows: readonly (DatedAmount & { readonly order?: PartOrder })[], counts: boolean) =>
    steps.push(
      ...rows
        .filter(({ day }) => day <= asOf && (start.after === null || day > start.after))
        .map((row) => ({ ...row, kind, cut: counts ? row.day : addDays(row.day, -1) })),
    )
  // Costs and waivers stand in the same place of a day as its payments, just before them.
  add('cost', claim.costs ?? [], terms.paymentDayCounts)
  add('waiver', claim.waivers ?? [], terms.paymentDayCounts)
  add('reduction', claim.reductions ?? [], terms.paymentDayCounts)
  add('payment', claim.payments, terms.paymentDayCounts)
  return steps.toSorted((a, b) => byDay(a, b) || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind))
}

/** The last days of segments, in their order, without the last one. */
function cutsOf(
  terms: InterestTerms,
  tables: RateTables,
  start: Start,
  steps: readonly Step[],
  asOf: PlainDay,
): PlainDay[] {
  const inside = [
    ...start.pauses.flatMap(({ from, to }) => [addDays(from, -1), to]),
    ...rateChanges(terms.basis, tables, addDays(start.free, 1), asOf).map((day) => addDays(day, -1)),
  ].filter((day) => day > start.free && day < asOf)
  return [...new Set([...inside, ...steps.map((step) => step.cut)])].toSorted()
}

function rateNotes(
  terms: InterestTerms,
  tables: RateTables,
  start: Start,
  segments: readonly InterestSegment[],
  asOf: PlainDay,
): Reason[] {
  const notes: Reason[] = []
  const unknown = segments.find((segment) => !segment.paused && segment.rate === null)
  if (unknown) notes.push({ key: 'receivables:interest.noRate', params: { day: unknown.from } })
  const stale = segments.length === 0 ? null : staleSince(terms.basis, tables, start.breachDay, asOf)
  if (stale !== null) notes.push({ key: 'receivables:interest.stale', params: { day: stale } })
  return notes
}

function byDay(a: { readonly day: PlainDay }, b: { readonly day: PlainDay }): number {
  return a.day < b.day ? -1 : a.day > b.day ? 1 : 0
}
