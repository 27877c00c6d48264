import type { PlainDay } from '#shared/kernel/dates.ts'
import type { Reason } from '#shared/kernel/reason.ts'
import {
  formatPpm,
  isStale,
  rateOn,
  type InterestBasis,
  type RateTables,
  type RateUnit,
} from './receivables.rates.rules.ts'

/** The numbers of the law that a proposal uses: a daily rate and surcharges in basis points. */
export interface BasisLaw {
  readonly smeInterestDaily: number
  readonly lprSurchargeMin: number
  readonly lprSurchargeMax: number
}

/** What is known of a contract and its parties. */
export interface BasisFacts {
  /** The rate for late payment as the contract prints it; parts per million. */
  readonly agreed: { readonly ppm: number; readonly per: RateUnit } | null
  readonly signDay: PlainDay
  /** The first day of delay. */
  readonly breachDay: PlainDay
  /** Whether we were a small or medium firm at signing; null where nobody has said. */
  readonly weAreSmall: boolean | null
  /** What the buyer was at signing (支付条例 3: the size then counts). */
  readonly buyer: 'large' | 'publicBody' | 'other' | 'unknown'
}

/** One way to count, where it stands in the law, and why it is proposed or may be disputed. */
export interface BasisProposal {
  readonly basis: InterestBasis
  /** Key under `contracts:articles`, printed beside the rate. */
  readonly article: string
  readonly reasons: readonly Reason[]
}

/** The ways that are open, the proposed one first. A person chooses: nothing here is decided silently. */
export interface BasisAdvice {
  readonly proposals: readonly BasisProposal[]
  readonly warnings: readonly Reason[]
}

/** Until the day before, the central bank's benchmark was the reference (买卖合同解释 18.4). */
const LPR_SINCE = '2019-08-20'
/** The regulation on payments to small firms entered into force (令728), revised from 2025-06-01 (令802). */
const SME_SINCE = '2020-09-01'

const reason = (name: string, params?: Reason['params']): Reason => ({
  key: `receivables:basis.reasons.${name}`,
  ...(params ? { params } : {}),
})

/** Which basis of interest a claim may rest on, from the facts of its contract. */
export function suggestBasis(facts: BasisFacts, tables: RateTables, law: BasisLaw): BasisAdvice {
  const warnings: Reason[] = []
  const unknown = facts.weAreSmall === null || facts.buyer === 'unknown'
  if (unknown) warnings.push(reason('sizeUnknown'))
  const protectedByLaw =
    facts.weAreSmall === true &&
    (facts.buyer === 'large' || facts.buyer === 'publicBody') &&
    facts.breachDay >= SME_SINCE

  const proposals: BasisProposal[] = []
  const statutory: BasisProposal = {
    basis: { kind: 'statutoryDaily', ppm: law.smeInterestDaily * 100 },
    article: 'sme17',
    reasons: [reason('smallFirm'), reason('courtsDiffer')],
  }
  const plainLpr: BasisProposal = {
    basis: { kind: 'lpr', surcharge: 0, at: 'breach' },
    article: 'reply11',
    reasons: [reason('replyLpr'), reason('courtsDiffer')],
  }
  const { agreed } = facts
  if (agreed !== null) {
    const floor = protectedByLaw ? rateOn(tables.lpr, facts.signDay) : null
    const below = floor !== null && perYear(agreed) < floor.ppm
    const own: BasisProposal = {
      basis: { kind: 'agreed', ...agreed },
      article: 'civil585',
      reasons: [reason('agreed', { rate: formatPpm(agreed.ppm) })],
    }
    if (!below) return { proposals: [own], warnings }
    // An agreed rate below the reference rate at signing is not allowed towards small firms.
    warnings.push(reason('belowLpr', { rate: formatPpm(perYear(agreed)), lpr: formatPpm(floor.ppm) }))
    return { proposals: [plainLpr, statutory, own], warnings }
  }
  if (protectedByLaw) proposals.push(statutory, plainLpr)
  proposals.push(referenceBasis(facts, law))
  const needed = facts.breachDay >= LPR_SINCE ? tables.lpr : tables.benchmark
  if (isStale(needed, facts.breachDay)) {
    warnings.push({ key: 'receivables:interest.stale', params: { day: needed.validThrough } })
  }
  return { proposals, warnings }
}

/** A sale without an agreed rate: the reference of the day of breach with 30 to 50 % on top; the lower end is proposed. */
function referenceBasis({ breachDay }: BasisFacts, law: BasisLaw): BasisProposal {
  const params = { low: formatPpm(law.lprSurchargeMin * 100), high: formatPpm(law.lprSurchargeMax * 100) }
  const old = breachDay < LPR_SINCE
  return {
    basis: { kind: old ? 'benchmark' : 'lpr', surcharge: law.lprSurchargeMin, at: 'breach' },
    article: 'sales18',
    reasons: [reason(old ? 'beforeLpr' : 'sinceLpr', params)],
  }
}

const UNITS_A_YEAR: Readonly<Record<RateUnit, number>> = { day: 365, month: 12, year: 1 }

/** A rate as one of a year, in parts per million. */
export function perYear(rate: { readonly ppm: number; readonly per: RateUnit }): number {
  return rate.ppm * UNITS_A_YEAR[rate.per]
}

/** Why a surcharge does not fit what the law allows on a reference rate, or null. Basis points. */
export function surchargeFault(surcharge: number, law: BasisLaw): Reason | null {
  if (surcharge === 0 || (surcharge >= law.lprSurchargeMin && surcharge <= law.lprSurchargeMax)) return null
  return reason('surchargeRange', {
    low: formatPpm(law.lprSurchargeMin * 100),
    high: formatPpm(law.lprSurchargeMax * 100),
  })
}
