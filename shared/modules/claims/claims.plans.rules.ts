import { addMonths, type PlainDay } from '#shared/kernel/dates.ts'
import type { PlanStage, PlanState } from './claims.plans.schema.ts'

export interface PlanLine {
  readonly dueDay: PlainDay
  readonly amount: number
}

/** What the agreement fixes of one debt. Fen. */
export interface PlanDebt {
  readonly principal: number
  readonly interest: number
  readonly costs: number
}

const sumOf = (debt: PlanDebt) => debt.principal + debt.interest + debt.costs

/**
 * A sum in equal parts, so many months apart from a first day on; what does not divide is paid with the last. Fen.
 * Throws RangeError for a sum that is not at least one fen a part.
 */
export function evenLines(sum: number, parts: number, firstDay: PlainDay, everyMonths: number): PlanLine[] {
  if (!Number.isInteger(parts) || parts < 1 || sum < parts) throw new RangeError('a part is at least one fen')
  const each = Math.floor(sum / parts)
  return Array.from({ length: parts }, (_, at) => ({
    dueDay: addMonths(firstDay, at * everyMonths),
    amount: at === parts - 1 ? sum - each * (parts - 1) : each,
  }))
}

/** What the lines of a plan come short of what it fixes; below zero they are too much. Fen. */
export function planDifference(debts: readonly PlanDebt[], lines: readonly PlanLine[]): number {
  const owed = debts.reduce((sum, debt) => sum + sumOf(debt), 0)
  return owed - lines.reduce((sum, line) => sum + line.amount, 0)
}

/**
 * The day until which each debt is put off: that of the line with which it is paid in full, where lines pay the debts
 * in their order. Throws RangeError where the lines do not add up to the debts.
 */
export function planDueDays(debts: readonly PlanDebt[], lines: readonly PlanLine[]): PlainDay[] {
  if (planDifference(debts, lines) !== 0) throw new RangeError('the lines of a plan add up to its debts')
  const ends: number[] = []
  let paid = 0
  for (const line of lines) ends.push((paid += line.amount))
  let owed = 0
  return debts.map((debt) => {
    owed += sumOf(debt)
    const at = ends.findIndex((end) => end >= owed)
    return (lines[at] as PlanLine).dueDay
  })
}

/** A line with what was paid of it, lines being paid in their order. */
export interface PlanProgress extends PlanLine {
  readonly paid: number
  readonly late: boolean
}

/** How far the lines are paid; a line is late when its day is over and something of it is open. */
export function planProgress(lines: readonly PlanLine[], paid: number, today: PlainDay): PlanProgress[] {
  let left = paid
  return lines.map((line) => {
    const part = Math.min(left, line.amount)
    left -= part
    return { ...line, paid: part, late: part < line.amount && line.dueDay < today }
  })
}

/** What of a plan should be there and is not. Fen. */
export function planLate(progress: readonly PlanProgress[]): number {
  return progress.reduce((sum, line) => (line.late ? sum + line.amount - line.paid : sum), 0)
}

/** How a plan stands: of a signed one whether it is kept follows from what was paid. */
export function planStage(state: PlanState, progress: readonly PlanProgress[]): PlanStage {
  if (state !== 'signed') return state
  if (progress.every((line) => line.paid === line.amount)) return 'paid'
  return progress.some((line) => line.late) ? 'broken' : 'kept'
}
