import { normaliseCode } from '#shared/kernel/text.ts'

/** Of a line of a statement: still to be dealt with, all of it receipts, or (in part) set aside. */
export const LINE_STATES = ['open', 'booked', 'ignored'] as const
export type LineState = (typeof LINE_STATES)[number]

/**
 * Why money on a statement is no receipt of a customer: other income, our own money moved, something of ours that
 * came back, on another statement already, a payment out.
 */
export const ASIDE_KINDS = ['income', 'own', 'returned', 'twice', 'other', 'out'] as const
export type AsideKind = (typeof ASIDE_KINDS)[number]

/** What of a line was dealt with; money that came in is above zero. Fen. */
export interface LineSums {
  readonly amount: number
  /** In receipts that stand. */
  readonly booked: number
  /** Set aside with a reason. */
  readonly aside: number
}

/** What of a line is still to be dealt with; nothing of a payment out. Fen. */
export function leftOfLine({ amount, booked, aside }: LineSums): number {
  return amount > 0 ? amount - booked - aside : 0
}

/** The state that follows from the sums; what is partly a receipt and partly set aside is booked. */
export function lineState(sums: LineSums): LineState {
  if (sums.amount < 0) return 'ignored'
  if (leftOfLine(sums) > 0) return 'open'
  return sums.booked > 0 ? 'booked' : 'ignored'
}

/** The digits and letters of an account number, however it is grouped. */
export function plainAccount(text: string): string {
  return normaliseCode(text).replace(/[^A-Z0-9*]/g, '')
}

const SHOWN_OF_ACCOUNT = 4

/** An account number as lists show it: `**** 1234`. What is as short as that says nothing and is shown as it is. */
export function maskedAccount(number: string): string {
  const plain = plainAccount(number)
  return plain.length <= SHOWN_OF_ACCOUNT ? plain : `**** ${plain.slice(-SHOWN_OF_ACCOUNT)}`
}

/** Whether a number as a bank prints it, perhaps with stars in it, is this account. */
export function sameAccount(printed: string, number: string): boolean {
  const [a, b] = [plainAccount(printed), plainAccount(number)]
  if (!a.includes('*')) return a === b
  const [head = '', ...rest] = a.split('*')
  return b.startsWith(head) && b.endsWith(rest.at(-1) ?? '')
}
