import type { CallContext } from '#core/kernel/deps.ts'
import type { UnitOfWork } from '#core/store/store.ts'

/** What is about to be signed: a supplement, and the fingerprint of exactly what it says. */
export interface ToSign {
  readonly kind: 'supplement'
  readonly id: string
  readonly contractId: string
  readonly sha256: string
}

/** Decides whether something may be signed now; refuses with CONTRACT_SUPPLEMENT_APPROVAL where it may not. */
export type MaySign = (uow: UnitOfWork, ctx: CallContext, what: ToSign) => Promise<void>

/** A supplement needs nobody's word but that of whoever may sign contracts. */
export const maySign: MaySign = async () => undefined
