import { diffDays, type PlainDay } from '#shared/kernel/dates.ts'
import { allocate, mulRate, type Fen } from '#shared/kernel/money.ts'
import {
  isOpenStage,
  OPEN_STAGES,
  type DealFact,
  type DealPolicy,
  type DealStage,
  type OpenStage,
} from './deals.stages.schema.ts'

/** 100 % in basis points. */
export const WHOLE = 10_000

/** What the rules look at in a deal. Amounts in fen. */
export interface DealFactsOf {
  readonly needs: string
  readonly decisionMaker: string
  readonly budget: number | null
  readonly amount: number
  readonly expectedDay: string
  readonly nextStep: string
  readonly nextDay: string | null
  readonly quotations: number
  readonly quotationSkip: string
  readonly noCompetitors: boolean
  readonly competitors: readonly unknown[]
  readonly concerns: readonly { readonly status: string }[]
}

const KNOWN: Readonly<Record<DealFact, (deal: DealFactsOf, today: string) => boolean>> = {
  needs: (deal) => deal.needs.trim() !== '',
  decisionMaker: (deal) => deal.decisionMaker.trim() !== '',
  budget: (deal) => deal.budget !== null,
  amount: (deal) => deal.amount > 0,
  // A day that is past says nothing about when it will be.
  expectedDay: (deal, today) => deal.expectedDay >= today,
  nextStep: (deal) => deal.nextStep.trim() !== '' && deal.nextDay !== null,
  quotation: (deal) => deal.quotations > 0 || deal.quotationSkip.trim() !== '',
  competitors: (deal) => deal.competitors.length > 0 || deal.noCompetitors,
  concerns: (deal) => deal.concerns.every((concern) => concern.status !== 'open'),
}

/** Every fact that must be known to stand in this stage: its own and those of the stages before it. */
export function requiredFacts(target: DealStage, policy: DealPolicy): DealFact[] {
  if (target === 'lost') return []
  const upTo = isOpenStage(target) ? OPEN_STAGES.indexOf(target) : OPEN_STAGES.length - 1
  return [...new Set(OPEN_STAGES.slice(0, upTo + 1).flatMap((stage) => policy[stage].facts))]
}

/** What is missing before a deal may enter a stage, in the order of the stages that ask for it. */
export function missingFacts(deal: DealFactsOf, target: DealStage, policy: DealPolicy, today: string): DealFact[] {
  return requiredFacts(target, policy).filter((fact) => {
    // What is won today is no longer expected on a day to come.
    if (target === 'won' && fact === 'expectedDay') return false
    return !KNOWN[fact](deal, today)
  })
}

/** Whether going there is a step on: only then is anything asked for. */
export function isAdvance(from: DealStage, to: DealStage): boolean {
  if (to === 'lost') return false
  if (to === 'won') return true
  return isOpenStage(from) && isOpenStage(to) && OPEN_STAGES.indexOf(to) > OPEN_STAGES.indexOf(from)
}

/** The probability, in basis points, that a deal has by default in a stage. */
export function stageProbability(stage: DealStage, policy: DealPolicy): number {
  if (stage === 'won') return WHOLE
  return stage === 'lost' ? 0 : policy[stage as OpenStage].probability
}

/** Amount times probability in fen, rounded half away from zero. */
export function weightedAmount(amount: number, probability: number): Fen {
  return mulRate(amount, probability)
}

/** Days that a deal has been in its stage; 0 on the first. */
export function daysInStage(since: string, until: string): number {
  return Math.max(0, diffDays(since as PlainDay, until as PlainDay))
}

/**
 * Shares of the whole by weights, in basis points: they sum to exactly 10,000 and each is at least 1. The largest
 * remainders get the rest. Takes one to 10,000 weights, whole numbers from 0.
 */
export function distributeShares(weights: readonly number[]): number[] {
  return shareOut(WHOLE, weights)
}

/** Shares a whole number that is at least as large as there are weights; who would get nothing gets 1 of the largest. */
function shareOut(whole: number, weights: readonly number[]): number[] {
  const shares: number[] = allocate(whole, weights)
  for (let i = 0; i < shares.length; i += 1) {
    if (shares[i] !== 0) continue
    const largest = shares.indexOf(Math.max(...shares))
    shares[largest] = (shares[largest] ?? 0) - 1
    shares[i] = 1
  }
  return shares
}

/**
 * Shares where one is set to what was typed and those after it (for the last, those before it) take up the rest in
 * their proportions, so that the sum stays exactly 10,000. A single share stays whole. Basis points; what is typed is
 * brought within what leaves everybody at least 1.
 */
export function withShare(shares: readonly number[], at: number, share: number): number[] {
  if (shares.length <= 1) return shares.map(() => WHOLE)
  const last = at === shares.length - 1
  const takes = (i: number) => (last ? i < at : i > at)
  const taking = shares.filter((_, i) => takes(i))
  const kept = shares.reduce((sum, value, i) => (i === at || takes(i) ? sum : sum + value), 0)
  const mine = Math.min(Math.max(Math.round(share), 1), WHOLE - kept - taking.length)
  const parts = shareOut(WHOLE - kept - mine, taking)
  const first = last ? 0 : at + 1
  return shares.map((value, i) => (i === at ? mine : takes(i) ? (parts[i - first] ?? 0) : value))
}

/** The credit as it is kept: all of it the owner's where nobody was named. */
export function splitsOf<S extends { readonly userId: string; readonly share: number }>(
  splits: readonly S[],
  ownerId: string,
): { userId: string; share: number }[] {
  return splits.length > 0
    ? splits.map(({ userId, share }) => ({ userId, share }))
    : [{ userId: ownerId, share: WHOLE }]
}

/** The credit after one person's part went to another: merged where that one has a part already. */
export function handedOver(
  splits: readonly { readonly userId: string; readonly share: number }[],
  from: string,
  to: string,
): { userId: string; share: number }[] {
  const merged = new Map<string, number>()
  for (const { userId, share } of splits) {
    const who = userId === from ? to : userId
    merged.set(who, (merged.get(who) ?? 0) + share)
  }
  return [...merged].map(([userId, share]) => ({ userId, share }))
}

/** Shares an amount among who has the credit, in fen; the parts sum to it exactly. */
export function creditOf(amount: number, splits: readonly { readonly share: number }[]): Fen[] {
  return allocate(
    amount,
    splits.map((split) => split.share),
  )
}

/** Facts that stay known: a new concern or a day that passed does not undo a stage, but an erased need would. */
const LASTING: readonly DealFact[] = ['needs', 'decisionMaker', 'budget', 'amount', 'quotation']

/** What a change would take away of the facts that the deal's stage rests on. */
export function erasedFacts(
  before: DealFactsOf,
  after: DealFactsOf,
  stage: DealStage,
  policy: DealPolicy,
  today: string,
): DealFact[] {
  const known = missingFacts(before, stage, policy, today)
  return missingFacts(after, stage, policy, today).filter((fact) => LASTING.includes(fact) && !known.includes(fact))
}
