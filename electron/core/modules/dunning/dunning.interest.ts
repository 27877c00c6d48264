import type { PlainDay } from '#shared/kernel/dates.ts'
import type { Reason } from '#shared/kernel/reason.ts'
import { rateWords } from '#shared/modules/receivables/receivables.rates.rules.ts'
import { interestOf, type CountedDebt } from '#core/modules/claims/claims.api.ts'
import type { Reader, Writer } from '#core/store/store.ts'

/** What is claimed beside the principal of a debt. Fen. */
export interface ClaimedInterest {
  readonly interest: number
  readonly costs: number
  /** By what it is counted, as it is printed. */
  readonly basis: Reason
}

/** Interest and costs of debts as of a day, by id, by the terms of their contracts; those not overdue have none. */
export async function claimedInterest(
  db: Reader | Writer,
  debts: readonly { readonly id: string; readonly dueDay: string | null }[],
  asOf: PlainDay,
): Promise<ReadonlyMap<string, ClaimedInterest>> {
  const late = debts.filter(({ dueDay }) => dueDay !== null && dueDay < asOf).map(({ id }) => id)
  const counted = await interestOf(db, late, asOf)
  return new Map(
    [...counted].map(([id, one]) => {
      const { interest, costs } = one.sheet.owed
      return [id, { interest, costs, basis: basisOf(one) }]
    }),
  )
}

/** Kind of rate, the rate that was counted last, and the article that it rests on. */
function basisOf({ terms, sheet }: CountedDebt): Reason {
  const rate = sheet.segments.findLast((segment) => segment.rate !== null)?.rate
  const words = rate ? rateWords(rate) : null
  const params = {
    kind: terms.terms.basis.kind,
    article: terms.article,
    days: terms.terms.dayCount,
    ...(words
      ? { words: words.key, rate: words.params?.['rate'] ?? '', surcharge: words.params?.['surcharge'] ?? '' }
      : {}),
  }
  return { key: words ? 'dunning:letter.basisRate' : 'dunning:letter.basisKind', params }
}
