import type { PlainDay } from '#shared/kernel/dates.ts'
import { nextWorkday, type WorkCalendar } from '#shared/kernel/workdays.ts'

/** A promise to pay so much by a day. Fen. */
export interface PaymentPromise {
  readonly id: string
  readonly madeDay: PlainDay
  readonly payBy: PlainDay
  readonly amount: number
  /** Taken back by agreement: it is then neither kept nor broken. */
  readonly withdrawnDay: PlainDay | null
}

/** Money received from the customer that still stands. Fen. */
export interface PromiseReceipt {
  readonly day: PlainDay
  readonly amount: number
}

export const PROMISE_STATES = ['open', 'kept', 'partly', 'broken', 'withdrawn'] as const
export type PromiseState = (typeof PROMISE_STATES)[number]

/** What became of a promise, and how much was paid on it in time. Fen. */
export interface JudgedPromise {
  readonly id: string
  readonly state: PromiseState
  readonly paid: number
  /** The last day: the promised one, or the next working day behind days off. */
  readonly lastDay: PlainDay
}

/**
 * What became of a customer's promises as of a day, by the money that came from the day a promise was made until its
 * last day. Each fen counts for one promise only, the one due first. Nothing after `asOf` is looked at.
 */
export function judgePromises(
  promises: readonly PaymentPromise[],
  receipts: readonly PromiseReceipt[],
  asOf: PlainDay,
  calendar: WorkCalendar,
): JudgedPromise[] {
  const left = receipts.filter(({ day }) => day <= asOf).map((receipt) => ({ ...receipt }))
  const made = promises.filter(({ madeDay }) => madeDay <= asOf)
  return made
    .toSorted((a, b) => (a.payBy < b.payBy ? -1 : a.payBy > b.payBy ? 1 : a.madeDay < b.madeDay ? -1 : 1))
    .map((promise): JudgedPromise => {
      const lastDay = nextWorkday(calendar, promise.payBy).day
      const { id, withdrawnDay } = promise
      if (withdrawnDay !== null && withdrawnDay <= asOf) return { id, state: 'withdrawn', paid: 0, lastDay }
      const paid = take(left, promise, lastDay)
      if (paid >= promise.amount) return { id, state: 'kept', paid, lastDay }
      if (asOf <= lastDay) return { id, state: 'open', paid, lastDay }
      return { id, state: paid > 0 ? 'partly' : 'broken', paid, lastDay }
    })
}

function take(receipts: { day: PlainDay; amount: number }[], promise: PaymentPromise, lastDay: PlainDay): number {
  let paid = 0
  for (const receipt of receipts) {
    if (receipt.day < promise.madeDay || receipt.day > lastDay) continue
    const used = Math.min(receipt.amount, promise.amount - paid)
    receipt.amount -= used
    paid += used
  }
  return paid
}
