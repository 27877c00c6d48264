import type { PlainMonth } from '#shared/kernel/dates.ts'
import { customerHolder } from '#core/kernel/customer-holder.ts'
import type { Scope } from '#core/kernel/scope.ts'
import type { Reader } from '#core/store/store.ts'
import { appraisedPeople, planBook } from './performance.plans.ts'

export { correctionDecided } from './performance.corrections.decided.ts'
export { proposalDecided } from './performance.proposals.decided.ts'
export { openAppraisal } from './performance.opening.ts'

/** Forms go along where two customers become one. */
export const reviewFormHolder = customerHolder('reviewForms', 'performance_forms', null)

/**
 * What everybody of the scope who is appraised is to sign in each of these months, in fen: his own target, or that of
 * his scheme. Whoever is not measured by it is left out.
 */
export async function contractTargets(
  db: Reader,
  scope: Scope,
  months: readonly string[],
): Promise<{ month: string; userId: string; amount: number }[]> {
  const people = await appraisedPeople(db, scope)
  if (people.length === 0 || months.length === 0) return []
  const planOf = await planBook(db, months as readonly PlainMonth[])
  return months.flatMap((month) =>
    people.flatMap((person) => {
      const { items } = planOf(person, month as PlainMonth)
      const item = items.find((one) => one.indicator === 'contractAmount')
      return item ? [{ month, userId: person.id, amount: item.target }] : []
    }),
  )
}
