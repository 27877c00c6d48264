import { diffDays, type PlainDay } from '#shared/kernel/dates.ts'
import type { OrderStage } from './orders.schema.ts'

interface Delivered {
  /** Thousandths of the unit. */
  readonly quantity: number
  readonly delivered: number
}

/** Where an order stands by what was delivered of each line. */
export function orderStage(lines: readonly Delivered[], cancelled: boolean): OrderStage {
  if (cancelled) return 'cancelled'
  if (lines.length > 0 && lines.every((line) => line.delivered >= line.quantity)) return 'delivered'
  return lines.some((line) => line.delivered > 0) ? 'partly' : 'open'
}

/** What is still to be delivered of a line, in thousandths; never below zero. */
export function leftOf(line: Delivered): number {
  return Math.max(0, line.quantity - line.delivered)
}

/** Days by which an order is late on `today`; 0 where it is delivered, cancelled, without a day, or in time. */
export function lateBy(stage: OrderStage, deliveryDay: string | null, today: string): number {
  if (stage === 'delivered' || stage === 'cancelled' || deliveryDay === null) return 0
  return Math.max(0, diffDays(deliveryDay as PlainDay, today as PlainDay))
}
