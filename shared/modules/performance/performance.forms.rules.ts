import { divideRounded } from '#shared/kernel/money.ts'
import type { FormState } from './performance.forms.schema.ts'

interface Known {
  readonly reviewId: string | null
  readonly withdrawnAt: number | null
}

/** What state a form is in: it follows from what was recorded and is never typed. */
export function formState({ reviewId, withdrawnAt }: Known): FormState {
  if (withdrawnAt !== null) return 'withdrawn'
  return reviewId === null ? 'open' : 'answered'
}

/**
 * How many of the forms that were not withdrawn came back, in basis points; null where none was made.
 */
export function rateOfReturn({ answered, open }: { readonly answered: number; readonly open: number }): number | null {
  const asked = answered + open
  return asked === 0 ? null : Number(divideRounded(BigInt(answered) * 10_000n, BigInt(asked)))
}
