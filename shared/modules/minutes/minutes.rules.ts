/** What can be agreed in talks; each has a figure of its own where one can be named. */
export const TERMS = ['price', 'quantity', 'payment', 'delivery', 'warranty', 'penalty', 'other'] as const
export type Term = (typeof TERMS)[number]

/** In which unit a term's figure is held. */
export type TermUnit = 'price' | 'quantity' | 'days' | 'months' | 'perDay' | 'day' | 'none'

/**
 * Price: 1/10 000 yuan with tax. Quantity: thousandths. Payment: days after acceptance. Warranty: months. Penalty:
 * basis points of the overdue amount per day. Delivery: a day. Whatever else is agreed has words alone.
 */
export const TERM_UNITS: Readonly<Record<Term, TermUnit>> = {
  price: 'price',
  quantity: 'quantity',
  payment: 'days',
  delivery: 'day',
  warranty: 'months',
  penalty: 'perDay',
  other: 'none',
}

/** The largest figure of a term that has one; the same bounds as in a contract. */
export const TERM_LIMITS: Readonly<Record<Exclude<TermUnit, 'day' | 'none'>, number>> = {
  price: 1_000_000_000_000,
  quantity: 1_000_000_000_000,
  days: 3660,
  months: 240,
  perDay: 1000,
}

/** Whether a term is about certain goods. */
export function aboutGoods(term: Term): boolean {
  return term === 'price' || term === 'quantity'
}

export const MINUTES_STATES = ['draft', 'final'] as const
export type MinutesState = (typeof MINUTES_STATES)[number]
export type MinutesStep = 'update' | 'finish' | 'reopen'

/** The state after a step, or null where the step is not possible: what both sides hold in hand is opened first. */
export function afterMinutesStep(state: MinutesState, step: MinutesStep): MinutesState | null {
  if (state === 'draft') return step === 'finish' ? 'final' : step === 'reopen' ? null : 'draft'
  return step === 'reopen' ? 'draft' : null
}
