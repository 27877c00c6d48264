import type { PlainDay } from '#shared/kernel/dates.ts'
import type { StatementAnswer, StatementState } from './claims.statements.schema.ts'

/** Something that changed an account: above zero more is owed, below zero less. Fen. */
export interface AccountMovement {
  readonly day: PlainDay
  readonly amount: number
}

/** The account of a period; `closing = opening + raised - received`, always. Fen. */
export interface Account<M extends AccountMovement> {
  readonly opening: number
  readonly raised: number
  readonly received: number
  readonly closing: number
  /** What happened in the period, oldest first, with the balance after each. */
  readonly lines: readonly (M & { readonly balance: number })[]
}

/** An account from a day to a day, both included: all that lies before is the opening balance. */
export function accountOf<M extends AccountMovement>(
  movements: readonly M[],
  fromDay: PlainDay,
  asOf: PlainDay,
): Account<M> {
  const inTime = movements
    .filter(({ day }) => day <= asOf)
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : b.amount - a.amount))
  const opening = inTime.reduce((sum, { day, amount }) => (day < fromDay ? sum + amount : sum), 0)
  let balance = opening
  let [raised, received] = [0, 0]
  const lines = inTime
    .filter(({ day }) => day >= fromDay)
    .map((movement) => {
      balance += movement.amount
      if (movement.amount > 0) raised += movement.amount
      else received -= movement.amount
      return { ...movement, balance }
    })
  return { opening, raised, received, closing: balance, lines }
}

/** How a statement stands: what was answered last says more than that it was sent. */
export function statementState(row: {
  readonly voided: boolean
  readonly sentDay: string | null
  readonly answer: StatementAnswer | null
}): StatementState {
  if (row.voided) return 'void'
  if (row.answer !== null) return row.answer
  return row.sentDay === null ? 'issued' : 'sent'
}
