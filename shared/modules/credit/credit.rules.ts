import type { PlainDay } from '#shared/kernel/dates.ts'
import type { Reason } from '#shared/kernel/reason.ts'
import { checkCredit, type CreditVerdict } from '#shared/modules/receivables/receivables.credit.rules.ts'
import type { CreditExposure, CreditPolicy, CreditState } from './credit.schema.ts'

/** What stands on a customer's card. Fen. */
export interface CardFacts {
  readonly limit: number | null
  readonly validTo: PlainDay | null
  readonly hold: boolean
  readonly holdReason: string
}

/** What is at stake with a customer. Fen. */
export type Exposure = Omit<CreditExposure, 'exposure' | 'room'>

const expired = ({ limit, validTo }: CardFacts, today: PlainDay): boolean =>
  limit !== null && validTo !== null && validTo < today

/**
 * Whether a contract of `amount` may be drafted, or goods leave that are ordered already, by the card and the firm's
 * rules. A limit whose time is over is none: nothing is trusted any more until it is set anew.
 */
export function creditCheck(
  at: 'draft' | 'delivery',
  card: CardFacts | null,
  exposure: Exposure,
  policy: Pick<CreditPolicy, 'holdFromDays'>,
  today: PlainDay,
  amount = 0,
): CreditVerdict {
  const over = card !== null && expired(card, today)
  const verdict = checkCredit(
    at,
    {
      ...exposure,
      limit: over ? 0 : (card?.limit ?? null),
      hold: card?.hold === true ? card.holdReason : null,
      holdFromDays: policy.holdFromDays,
    },
    amount,
  )
  if (!over) return verdict
  const reason: Reason = { key: 'credit:expired', params: { day: card?.validTo ?? '' } }
  return { ...verdict, reasons: [reason, ...verdict.reasons] }
}

/** Whether a draft goes beyond what a delivery would be stopped for. */
export function blocksDelivery(
  card: CardFacts | null,
  exposure: Exposure,
  policy: Pick<CreditPolicy, 'holdFromDays'>,
  today: PlainDay,
  amount: number,
): boolean {
  const with_ = { ...exposure, undelivered: exposure.undelivered + amount }
  return creditCheck('delivery', card, with_, policy, today).verdict === 'block'
}

/** How a card stands; what stops deliveries by a person's word comes first. */
export function creditState(card: CardFacts, exposure: number, today: PlainDay): CreditState {
  if (card.hold) return 'held'
  if (card.limit === null) return 'noLimit'
  if (expired(card, today)) return 'expired'
  return exposure > card.limit ? 'exceeded' : 'ok'
}

/** Whole years since a day; 0 without one. */
export function wholeYears(since: string | null, today: PlainDay): number {
  if (since === null) return 0
  const years = Number(today.slice(0, 4)) - Number(since.slice(0, 4))
  return Math.max(0, today.slice(5) < since.slice(5) ? years - 1 : years)
}

/** Codes under which a draft is told what the check says, by the key of the reason. */
const TOLD: Readonly<Record<string, string>> = {
  'receivables:credit.hold': 'credit_hold',
  'receivables:credit.overdueHold': 'credit_late',
  'receivables:credit.overLimit': 'credit_over',
  'receivables:credit.overdue': 'credit_overdue',
  'credit:expired': 'credit_expired',
}

/**
 * What a draft is told: an error where the firm lets nothing be drafted that could not be delivered, a warning where it
 * only wants to know; that no limit was ever set is no finding.
 */
export function draftFindings(checked: {
  readonly mode: CreditPolicy['atDraft']
  readonly blocked: boolean
  readonly reasons: readonly Reason[]
}): { code: string; severity: 'error' | 'warning'; params: Record<string, string> }[] {
  if (checked.mode === 'off') return []
  return checked.reasons.flatMap(({ key, params }) => {
    const code = TOLD[key]
    if (code === undefined) return []
    const stops = checked.mode === 'block' && checked.blocked && code !== 'credit_overdue'
    const shown = Object.fromEntries(Object.entries(params ?? {}).map(([name, value]) => [name, String(value)]))
    return [{ code, severity: stops ? ('error' as const) : ('warning' as const), params: shown }]
  })
}
