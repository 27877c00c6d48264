import { contractTerms } from '#shared/modules/contracts/contracts.schema.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, Writer } from '#core/store/store.ts'

/** What claims under a contract rest on: its dates, what was agreed for late payment, and who the two sides were. */
export interface ContractClaimFacts {
  readonly id: string
  readonly number: string
  readonly ownerId: string
  readonly customerId: string
  readonly signDay: string
  readonly amount: number
  readonly settled: number
  /** Basis points a day, and the most of it in basis points of the amount; null where nothing was agreed. */
  readonly penaltyPerDay: number | null
  readonly penaltyCap: number | null
  readonly ourSize: string
  readonly buyerSize: string
  readonly retainTitle: boolean
  readonly serviceAddress: string
  /** In how many parts its price is paid. */
  readonly parts: number
}

/** These contracts as claims need them: two queries, however many there are. */
export async function contractClaimFacts(
  db: Reader | Writer,
  ids: readonly string[],
): Promise<Map<string, ContractClaimFacts>> {
  const rows = await inPieces(ids, (piece) =>
    db
      .selectFrom('contracts')
      .select(['id', 'number', 'owner_id', 'customer_id', 'sign_day', 'amount', 'settled', 'terms'])
      .where('id', 'in', piece)
      .execute(),
  )
  const parts = await inPieces(ids, (piece) =>
    db
      .selectFrom('contract_plan')
      .select((eb) => ['contract_id', eb.fn.countAll<number>().as('parts')])
      .where('contract_id', 'in', piece)
      .groupBy('contract_id')
      .execute(),
  )
  const counted = new Map(parts.map((row) => [row.contract_id, Number(row.parts)]))
  return new Map(
    rows.map((row) => {
      const terms = contractTerms.parse(JSON.parse(row.terms))
      return [
        row.id,
        {
          id: row.id,
          number: row.number,
          ownerId: row.owner_id,
          customerId: row.customer_id,
          signDay: row.sign_day ?? '',
          amount: row.amount,
          settled: row.settled,
          penaltyPerDay: terms.penaltyPerDay,
          penaltyCap: terms.penaltyCap,
          ourSize: terms.ourSize,
          buyerSize: terms.buyerSize,
          retainTitle: terms.retainTitle,
          serviceAddress: terms.serviceAddress,
          parts: counted.get(row.id) ?? 0,
        },
      ]
    }),
  )
}
