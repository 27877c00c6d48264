import type { PlainDay } from '#shared/kernel/dates.ts'
import {
  evidenceRule,
  judgeEvidence,
  type EvidenceKind,
  type EvidenceVerdict,
  type Proof,
  type Strength,
} from '#shared/modules/receivables/receivables.evidence.rules.ts'
import type { LimitationEvent, LimitedDebt } from '#shared/modules/receivables/receivables.limitation.rules.ts'
import type { EventKind } from './claims.limitation.schema.ts'

/** An event as it is kept. */
export interface StoredEvent {
  readonly id: string
  readonly kind: EventKind
  readonly day: PlainDay
  readonly untilDay: PlainDay | null
  readonly endedDay: PlainDay | null
  readonly graceDays: number | null
  readonly strength: Strength
}

export type KeptEvent = LimitationEvent & { readonly id: string }

export const isEvidence = (kind: EventKind): kind is EvidenceKind => kind !== 'suspension' && kind !== 'refusal'

/** What a kind is proven by; a suspension and a refusal rest on what is written of them. */
export function judgeEvent(kind: EventKind, proofs: readonly Proof[]): EvidenceVerdict & { article: string } {
  if (kind === 'suspension') return { strength: 'strong', missing: [], article: 'civil194' }
  if (kind === 'refusal') return { strength: 'strong', missing: [], article: 'limitation4' }
  return judgeEvidence(kind, new Set(proofs))
}

/** Kinds that go on until somebody says that they ended. */
export const goesOn = (kind: EventKind): boolean =>
  kind === 'suspension' || (isEvidence(kind) && evidenceRule(kind).group === 'proceeding')

/** Kinds that may put the payment off to another day. */
export const putsOff = (kind: EventKind): boolean => kind === 'extension' || kind === 'repaymentPlan'

/**
 * A debt as the clock takes it. Of a debt without a due day the first demand that is proven at all starts the period,
 * after the grace it left; a plain refusal starts it at once (诉讼时效规定 4).
 */
export function limitedDebt(
  debt: { readonly dueDay: PlainDay | null; readonly lastDueDay: PlainDay | null },
  stored: readonly StoredEvent[],
): Omit<LimitedDebt, 'events'> & { readonly events: readonly KeptEvent[] } {
  const events = stored.flatMap(({ kind, graceDays: _grace, ...rest }) => (isEvidence(kind) ? [{ ...rest, kind }] : []))
  const suspensions = stored
    .filter(({ kind }) => kind === 'suspension')
    .map(({ day, endedDay }) => ({ from: day, to: endedDay }))
  return { ...debt, firstDemand: debt.dueDay === null ? firstDemand(stored) : null, events, suspensions }
}

function firstDemand(stored: readonly StoredEvent[]): LimitedDebt['firstDemand'] {
  const inTime = stored.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  const demand = inTime.find(
    ({ kind, strength }) => isEvidence(kind) && strength !== 'none' && evidenceRule(kind).group === 'demand',
  )
  const refused = inTime.find(({ kind }) => kind === 'refusal')?.day ?? null
  if (demand) return { day: demand.day, graceDays: demand.graceDays ?? 0, refusedDay: refused }
  return refused === null ? null : { day: refused, graceDays: 0, refusedDay: refused }
}
