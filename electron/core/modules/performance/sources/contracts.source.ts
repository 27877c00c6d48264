import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import { creditOf } from '#shared/modules/deals/deals.rules.ts'
import { inScope, makeScope } from '#core/kernel/scope.ts'
import { newCustomers, signedContracts } from '#core/modules/contracts/contracts.api.ts'
import { agreedDays, sharedCredits } from '#core/modules/deals/deals.api.ts'
import { asCase, COUNTED, type IndicatorSource } from './source.ts'

/** Contracts by the day they were signed; where the credit of the deal was shared, each has his part, to the fen. */
export const contractAmount: IndicatorSource = async ({ db, scope, from, to }) => {
  // A part of somebody else's contract may be one's own.
  const signed = await signedContracts(db, makeScope.all(), from, to)
  const shared = await sharedCredits(
    db,
    signed.flatMap((one) => one.dealId ?? []),
  )
  return signed.flatMap(({ id, number, customerId, ownerId, amount, signDay, dealId }) => {
    const row = { kind: 'contract' as const, id, day: signDay, label: number, customerId, received: 0 }
    const splits = dealId === null ? undefined : shared.get(dealId)
    const parts = splits ? creditOf(amount, splits) : [amount]
    const people = splits ? splits.map((split) => split.userId) : [ownerId]
    return people
      .map((person, i) => ({ ...row, ownerId: person, amount: parts[i] ?? 0 }))
      .filter((part) => inScope(scope, part.ownerId))
  })
}

/** Customers by their first contract, or the first one after so many months without. */
export const newlyWon: IndicatorSource = async ({ db, scope, from, to, param }) =>
  (await newCustomers(db, scope, from, to, param)).map(({ customerId, ownerId, signDay }) => ({
    kind: 'customer',
    id: customerId,
    ownerId,
    customerId,
    day: signDay,
    label: '',
    ...COUNTED,
  }))

/** Contracts that came of a deal, and whether they were signed within so many days of the agreement. */
export const signingOnTime: IndicatorSource = async ({ db, scope, from, to, param }) => {
  const signed = await signedContracts(db, scope, from, to)
  const agreed = await agreedDays(
    db,
    signed.flatMap((one) => one.dealId ?? []),
  )
  return signed.flatMap(({ id, number, customerId, ownerId, signDay, dealId }) => {
    const day = dealId === null ? undefined : agreed.get(dealId)
    if (day === undefined) return []
    const inTime = signDay <= addDays(day as PlainDay, param)
    return [{ kind: 'contract' as const, id, ownerId, customerId, day: signDay, label: number, ...asCase(inTime) }]
  })
}
