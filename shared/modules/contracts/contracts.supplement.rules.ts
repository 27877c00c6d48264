import { contractSums, isPriceList, splitPlan } from './contracts.rules.ts'
import type { ContractDraft, ContractFields, Finding, PlanLine, Trigger } from './contracts.schema.ts'

/** An instalment of a signed contract as it stands; fen. */
export interface StandingInstalment {
  readonly seq: number
  readonly label: string
  readonly trigger: Trigger
  readonly dueDay: string | null
  readonly amount: number
  readonly settled: number
}

/** An instalment that the new payment clause asks for; its place is that of the line. Fen. */
export type WantedInstalment = Omit<StandingInstalment, 'settled'>

/** Why a new payment clause cannot take the place of the old one. */
export type ReplanFault =
  | { readonly kind: 'belowReceived'; readonly received: number }
  | { readonly kind: 'paid'; readonly seq: number; readonly label: string; readonly amount: number }

/** What becomes of the instalments, by their places. */
export interface Replan {
  readonly kept: readonly number[]
  /** Partly paid ones that ask for another amount, label or day from now on. */
  readonly changed: readonly WantedInstalment[]
  readonly cancelled: readonly number[]
  readonly made: readonly WantedInstalment[]
}

/**
 * Puts a new payment clause in the place of the one in force. What was paid in full stays in its place with its amount;
 * what was paid in part stays in its place and may ask for another amount, but not for less than came in; what was not
 * paid is replaced, or kept where nothing about it changed. The instalments then sum to the clause exactly.
 */
export function replan(
  standing: readonly StandingInstalment[],
  wanted: readonly WantedInstalment[],
): Replan | ReplanFault {
  const received = standing.reduce((sum, row) => sum + row.settled, 0)
  if (wanted.reduce((sum, row) => sum + row.amount, 0) < received) return { kind: 'belowReceived', received }
  const next = new Map(wanted.map((row) => [row.seq, row]))
  const before = new Map(standing.map((row) => [row.seq, row]))
  const paid = standing.filter((row) => row.settled > 0)
  const lost = paid.find((row) => !mayStay(row, next.get(row.seq)))
  if (lost) {
    const { seq, label, amount } = lost
    return { kind: 'paid', seq, label, amount }
  }
  const kept = standing.filter((row) => isFull(row) || alike(row, next.get(row.seq)))
  const keeps = new Set(kept.map((row) => row.seq))
  const cancelled = standing.filter((row) => row.settled === 0 && !keeps.has(row.seq))
  return {
    kept: kept.map((row) => row.seq),
    changed: paid.flatMap((row) => (keeps.has(row.seq) ? [] : [next.get(row.seq)!])),
    cancelled: cancelled.map((row) => row.seq),
    made: wanted.filter((row) => !keeps.has(row.seq) && (before.get(row.seq)?.settled ?? 0) === 0),
  }
}

const isFull = (row: StandingInstalment) => row.settled === row.amount

function mayStay(row: StandingInstalment, next: WantedInstalment | undefined): boolean {
  if (next === undefined) return false
  return isFull(row) ? next.amount === row.amount : next.amount >= row.settled
}

function alike(row: StandingInstalment, next: WantedInstalment | undefined): boolean {
  if (next === undefined) return false
  return (['label', 'trigger', 'dueDay', 'amount'] as const).every((key) => row[key] === next[key])
}

/** The instalments that a form asks for, none for a price list; due days as given by place. */
export function wantedInstalments(
  fields: Pick<ContractDraft, 'kind' | 'lines' | 'plan'>,
  due: ReadonlyMap<number, string | null>,
): WantedInstalment[] {
  if (isPriceList(fields)) return []
  const { amounts } = splitPlan(contractSums(fields.lines).amount, fields.plan)
  return fields.plan.map(({ label, trigger }, index) => ({
    seq: index + 1,
    label,
    trigger,
    dueDay: due.get(index + 1) ?? null,
    amount: amounts[index] ?? 0,
  }))
}

/** The errors that a supplement brings in: what the contract in force already lacked is not its fault. */
export function newErrors(base: readonly Finding[], next: readonly Finding[]): Finding[] {
  const place = (finding: Finding) => `${finding.code} ${finding.path.join('.')}`
  const known = new Set(base.map(place))
  return next.filter((finding) => finding.severity === 'error' && !known.has(place(finding)))
}

/**
 * What a supplement starts from: the contract in force, with the instalments that money came in for as amounts, so that
 * a new price moves only what is still open; the last open one takes the rest.
 */
export function supplementStart(fields: ContractFields, standing: readonly StandingInstalment[]): ContractFields {
  const paid = new Map(standing.flatMap((row) => (row.settled > 0 ? [[row.seq, row.amount] as const] : [])))
  if (paid.size === 0) return fields
  const last = fields.plan.length - 1
  const plan = fields.plan.map((line, index): PlanLine => {
    const amount = paid.get(index + 1)
    if (amount !== undefined) return { ...line, share: { kind: 'amount', amount: amount as never } }
    return index === last ? { ...line, share: { kind: 'rest' } } : line
  })
  return { ...fields, plan }
}
