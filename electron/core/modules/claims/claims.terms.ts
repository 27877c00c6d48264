import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import { interestTerms } from '#shared/modules/claims/claims.interest.schema.ts'
import type { LimitationBy } from '#shared/modules/claims/claims.schema.ts'
import { suggestBasis, type BasisAdvice, type BasisFacts } from '#shared/modules/receivables/receivables.basis.rules.ts'
import type { InterestTerms } from '#shared/modules/receivables/receivables.interest.rules.ts'
import type { InterestBasis } from '#shared/modules/receivables/receivables.rates.rules.ts'
import { contractClaimFacts, type ContractClaimFacts } from '#core/modules/contracts/contracts.api.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import type { ClaimTermsTable } from '#core/store/tables/claims.tables.ts'
import { claimsBook, type ClaimsBook } from './claims.rates.ts'

/** How interest on a debt is counted and by what right. */
export interface TermsInForce {
  readonly terms: InterestTerms
  readonly article: string
  readonly limitationBy: LimitationBy
  /** The most of agreed interest, in basis points of the debt. */
  readonly cap: number | null
  readonly advice: BasisAdvice
  readonly chosen: ClaimTermsTable | null
}

/** What the firm, the law and the choices made for contracts say of limitation. */
interface LimitationBook extends ClaimsBook {
  limitationBy(contractId: string | null): LimitationBy
  choiceOf(contractId: string | null): ClaimTermsTable | undefined
}

/** Contracts besides, and how each of their debts is counted from them. */
export interface TermsBook extends LimitationBook {
  contract(id: string | null): ContractClaimFacts | null
  /** For a debt whose last day in time was `dueDay`. */
  inForce(contractId: string | null, dueDay: PlainDay): TermsInForce
}

const SMALL: ReadonlySet<string> = new Set(['medium', 'small', 'micro'])

function factsOf(contract: ContractClaimFacts | null, dueDay: PlainDay): BasisFacts {
  const rate = contract?.penaltyPerDay ?? null
  const size = contract?.ourSize ?? 'unknown'
  const buyer = contract?.buyerSize ?? 'unknown'
  return {
    // The contract holds basis points a day, the engine parts per million.
    agreed: rate === null || rate === 0 ? null : { ppm: rate * 100, per: 'day' },
    signDay: (contract?.signDay || dueDay) as PlainDay,
    breachDay: addDays(dueDay, 1),
    weAreSmall: size === 'unknown' ? null : SMALL.has(size),
    buyer: buyer === 'large' || buyer === 'publicBody' || buyer === 'unknown' ? buyer : 'other',
  }
}

const named = (contractIds: readonly (string | null)[]) => [...new Set(contractIds.filter((id) => id !== null))]

/** What clocks are counted by, for any number of contracts; the contracts themselves are not read. */
export async function limitationBook(
  db: Reader | Writer,
  contractIds: readonly (string | null)[],
): Promise<LimitationBook> {
  const ids = named(contractIds)
  const book = await claimsBook(db)
  const chosen = new Map(
    (
      await inPieces(ids, (piece) =>
        db.selectFrom('claim_terms').selectAll().where('contract_id', 'in', piece).execute(),
      )
    ).map((row) => [row.contract_id, row]),
  )
  const choiceOf = (id: string | null) => (id === null ? undefined : chosen.get(id))
  return { ...book, choiceOf, limitationBy: (id) => choiceOf(id)?.limitation_by ?? book.policy.limitationBy }
}

/** Everything that terms are found by, for any number of contracts. */
export async function termsBook(db: Reader | Writer, contractIds: readonly (string | null)[]): Promise<TermsBook> {
  const book = await limitationBook(db, contractIds)
  const contracts = await contractClaimFacts(db, named(contractIds))
  const contract = (id: string | null) => (id === null ? null : (contracts.get(id) ?? null))
  return {
    ...book,
    contract,
    inForce(contractId, dueDay) {
      const found = contract(contractId)
      const law = book.lawOn(addDays(dueDay, 1))
      const advice = suggestBasis(factsOf(found, dueDay), book.tables, law)
      const choice = book.choiceOf(contractId)
      const [first] = advice.proposals as [BasisAdvice['proposals'][number]]
      const terms: InterestTerms = choice
        ? interestTerms.parse(JSON.parse(choice.terms))
        : { ...usualTerms(book), basis: withSurcharge(first.basis, book.policy.surcharge) }
      return {
        terms,
        article: choice?.article ?? first.article,
        limitationBy: book.limitationBy(contractId),
        cap: terms.basis.kind === 'agreed' ? (found?.penaltyCap ?? null) : null,
        advice,
        chosen: choice ?? null,
      }
    },
  }
}

const usualTerms = ({ policy }: ClaimsBook) => ({
  dayCount: policy.dayCount,
  paymentDayCounts: policy.paymentDayCounts,
  order: policy.order,
})

/** The firm's own surcharge where the law leaves a range; a rate without any stays without. */
function withSurcharge(basis: InterestBasis, surcharge: number): InterestBasis {
  const published = basis.kind === 'lpr' || basis.kind === 'benchmark'
  return published && basis.surcharge > 0 ? { ...basis, surcharge } : basis
}
