import { sql, type RawBuilder } from 'kysely'
import { refuse } from '#shared/kernel/app-error.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import type { SearchHit } from '#shared/modules/search/search.contract.ts'
import { customerHolder } from '#core/kernel/customer-holder.ts'
import { beginsWith, holdsText, mayBeInNumber } from '#core/kernel/numbers.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { followPayments } from '#core/modules/obligations/obligations.api.ts'
import { creditedTo, creditWithin } from './contracts.handover.ts'

export { contractBrief, followObligations } from './contracts.obligations.ts'
export { contractClaimFacts, type ContractClaimFacts } from './contracts.claims.ts'
export {
  billedContract,
  contractedWith,
  serviceAddresses,
  signedByNumber,
  type BilledContract,
} from './contracts.billed.ts'
export { contractEvidence, type ContractEvidence } from './contracts.court.ts'
export { contractDecided } from './contracts.submit.ts'
export { printedContract } from './contracts.printed.ts'
export { supplementDecided } from './contracts.supplement.submit.ts'
export { contractIdsOf, contractsTimeline } from './contracts.timeline.ts'
export { heldContracts, moveContracts } from './contracts.handover.ts'
export { adoptTemplate, contractsByTemplate } from './contracts.templates.ts'

/** Signed contracts of a sales person in a month; amount in fen. */
export interface OwnerMonthAmount {
  readonly ownerId: string
  /** 'YYYY-MM' */
  readonly month: string
  readonly amount: number
  readonly count: number
}

/** Nearly every contract is signed: it is found by its day, never by its state, whose index the `+` keeps away. */
const IS_SIGNED = sql<boolean>`+contracts.state = 'signed'`

/** Amounts signed from `from` to `to` (days, inclusive), by owner and month; drafts and void contracts do not count. */
export async function contractAmounts(
  db: Reader | Writer,
  scope: Scope,
  from: string,
  to: string,
): Promise<OwnerMonthAmount[]> {
  const month = sql<string>`substr(contracts.sign_day, 1, 7)`
  return db
    .selectFrom('contracts')
    .leftJoin('contract_credits as credit', 'credit.contract_id', 'contracts.id')
    .where(IS_SIGNED)
    .where('contracts.sign_key', '>=', from)
    .where('contracts.sign_key', '<=', to)
    .select([
      creditedTo.as('ownerId'),
      month.as('month'),
      sql<number>`sum(contracts.amount)`.as('amount'),
      sql<number>`count(*)`.as('count'),
    ])
    .where(creditWithin(scope))
    .groupBy([creditedTo, month])
    .execute()
}

/** A customer's first signed contract ever. */
export interface NewCustomer {
  readonly customerId: string
  readonly ownerId: string
  readonly contractId: string
  readonly signDay: string
}

/**
 * Customers whose first signed contract ever lies in the period (days, inclusive), counted for the owner of that
 * contract. Two contracts of the same first day: the lower number is the first. With a number of months, whoever
 * signed nothing in so many months before is new again.
 */
export async function newCustomers(
  db: Reader | Writer,
  scope: Scope,
  from: string,
  to: string,
  months = 0,
): Promise<NewCustomer[]> {
  const since = months === 0 ? sql`` : sql`AND earlier.sign_day >= date(contracts.sign_day, ${`-${months} months`})`
  // The bound on the earlier day says nothing new, but without it each contract is held against all signed ones.
  const rows = await db
    .selectFrom('contracts')
    .leftJoin('contract_credits as credit', 'credit.contract_id', 'contracts.id')
    .where(creditWithin(scope))
    .where(IS_SIGNED)
    .where('contracts.sign_key', '>=', from)
    .where('contracts.sign_key', '<=', to)
    .where(
      sql<boolean>`NOT EXISTS (
        SELECT 1 FROM contracts earlier
        WHERE earlier.customer_id = contracts.customer_id AND earlier.sign_day <= contracts.sign_day
          AND earlier.state = 'signed' ${since}
          AND (earlier.sign_day < contracts.sign_day
            OR (earlier.sign_day = contracts.sign_day AND earlier.number < contracts.number)))`,
    )
    .select([
      'contracts.customer_id as customerId',
      creditedTo.as('ownerId'),
      'contracts.id as contractId',
      'contracts.sign_day as signDay',
    ])
    .execute()
  return rows.map((row) => ({ ...row, signDay: row.signDay ?? '' }))
}

/** Whether any contract, of whatever state, names this customer: such a customer file cannot be removed. */
export async function contractExistsForCustomer(db: Reader | Writer, customerId: string): Promise<boolean> {
  const row = await db
    .selectFrom('contracts')
    .select('id')
    .where('customer_id', '=', customerId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Books that so much of a contract is not asked for any more (credited or written off; fen, negative to take it back).
 * Throws NOT_FOUND where the contract is missing.
 */
export async function addReleased(uow: UnitOfWork, contractId: string, delta: number): Promise<void> {
  await addTo(uow, contractId, 'released', delta)
}

/**
 * Books what was received for a contract (fen, negative to take it back), in the same unit of work as the allocation.
 * Throws NOT_FOUND where the contract is missing; the table's CHECK keeps the sum between 0 and the amount.
 */
export async function addSettled(uow: UnitOfWork, contractId: string, delta: number): Promise<void> {
  await addTo(uow, contractId, 'settled', delta)
}

async function addTo(uow: UnitOfWork, contractId: string, sum: 'settled' | 'released', delta: number): Promise<void> {
  const result = await uow.db
    .updateTable('contracts')
    .set((eb) => ({ [sum]: eb(sum, '+', delta) }))
    .where('id', '=', contractId)
    .executeTakeFirst()
  if (Number(result.numUpdatedRows) !== 1) throw refuse('NOT_FOUND', { entity: 'contract' })
  await followPayments(uow, contractId)
  uow.changed('contracts', contractId)
}

/** Ids of contracts whose number, title or buyer matches a text as typed, as a subquery; null for an empty text. */
export function contractIdsMatching(text: string | undefined): RawBuilder<string> | null {
  const needle = normaliseQuery(text ?? '')
  return needle === '' ? null : sql<string>`(SELECT id FROM contracts WHERE instr(search_text, ${needle}) > 0)`
}

const hitColumns = (db: Reader, scope: Scope, limit: number) =>
  applyScope(db.selectFrom('contracts').select(['id', 'number', 'title', 'buyer_name']), scope, 'contracts.owner_id')
    .orderBy('number', 'desc')
    .limit(limit)

const toHit = (row: { id: string; number: string; title: string; buyer_name: string }): SearchHit => ({
  kind: 'contract',
  id: row.id,
  title: `${row.number} ${row.title}`,
  subtitle: row.buyer_name,
})

/** Contracts for the palette: those of the customers that were found, and by a part of the number. Newest first. */
export async function searchContracts(
  db: Reader,
  scope: Scope,
  text: string,
  limit: number,
  customerIds: readonly string[],
): Promise<SearchHit[]> {
  const theirs =
    customerIds.length === 0 ? [] : await hitColumns(db, scope, limit).where('customer_id', 'in', customerIds).execute()
  if (!mayBeInNumber(text)) return theirs.map(toHit)
  // The numbers alone first: their index holds whose they are, and nothing else is read.
  const numbered = applyScope(db.selectFrom('contracts').select('contracts.id'), scope, 'contracts.owner_id')
    .where(holdsText('contracts.number', text))
    .orderBy('contracts.number', 'desc')
    .limit(limit)
  const rows = await hitColumns(db, scope, limit).where('id', 'in', numbered).execute()
  const known = new Set(theirs.map((row) => row.id))
  return [...theirs, ...rows.filter((row) => !known.has(row.id))].slice(0, limit).map(toHit)
}

/** Contracts whose number begins so. */
export async function contractsByNumber(db: Reader, scope: Scope, text: string, limit: number): Promise<SearchHit[]> {
  return (await hitColumns(db, scope, limit).where(beginsWith('contracts.number', text)).execute()).map(toHit)
}

/** The very contracts that `contractAmounts` adds up, oldest first. Fen. */
export async function signedContracts(db: Reader | Writer, scope: Scope, from: string, to: string) {
  const rows = await db
    .selectFrom('contracts')
    .leftJoin('contract_credits as credit', 'credit.contract_id', 'contracts.id')
    .where(creditWithin(scope))
    .where(IS_SIGNED)
    .where('contracts.sign_key', '>=', from)
    .where('contracts.sign_key', '<=', to)
    .select(['id', 'number', 'customer_id as customerId', creditedTo.as('ownerId'), 'amount', 'sign_day', 'deal_id'])
    .orderBy('contracts.sign_key')
    .orderBy('contracts.id')
    .execute()
  return rows.map(({ sign_day, deal_id, ...row }) => ({ ...row, signDay: sign_day ?? '', dealId: deal_id }))
}

/** How many drafts wait to be signed. */
export async function countDrafts(db: Reader, scope: Scope): Promise<number> {
  const query = db
    .selectFrom('contracts')
    .where('contracts.state', '=', 'draft')
    .select((eb) => eb.fn.countAll<number>().as('count'))
  return Number((await applyScope(query, scope, 'contracts.owner_id').executeTakeFirstOrThrow()).count)
}

/** Whether a contract of this id is within the scope. */
export async function contractInScope(db: Reader | Writer, scope: Scope, id: string): Promise<boolean> {
  const row = await applyScope(db.selectFrom('contracts').select('contracts.id'), scope, 'contracts.owner_id')
    .where('contracts.id', '=', id)
    .executeTakeFirst()
  return row !== undefined
}

/** What of contracts goes along when two customers become one; what they say of the buyer stays as it was signed. */
export const contractHolder = customerHolder('contracts', 'contracts', 'contracts')
