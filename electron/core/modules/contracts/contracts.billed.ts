import { sql } from 'kysely'
import { refuse } from '#shared/kernel/app-error.ts'
import type { ContractState, Party } from '#shared/modules/contracts/contracts.schema.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, Writer } from '#core/store/store.ts'

/** A contract as invoices are held against it. Fen; quantity in thousandths, price in 1/10 000 yuan. */
export interface BilledContract {
  readonly id: string
  readonly number: string
  readonly state: ContractState
  readonly customerId: string
  readonly ownerId: string
  readonly buyer: Party
  /** What was agreed, less what was given up when it was ended. */
  readonly amount: number
  readonly settled: number
  readonly lines: readonly {
    readonly name: string
    readonly spec: string
    readonly unit: string
    readonly quantity: number
    readonly price: number
    readonly rate: number
    readonly amount: number
  }[]
}

/** A contract within the scope with its goods. Throws NOT_FOUND. */
export async function billedContract(db: Reader | Writer, scope: Scope, id: string): Promise<BilledContract> {
  const raw = await applyScope(db.selectFrom('contracts').selectAll(), scope, 'contracts.owner_id')
    .where('contracts.id', '=', id)
    .executeTakeFirst()
  if (!raw) throw refuse('NOT_FOUND', { entity: 'contract' })
  const lines = await db
    .selectFrom('contract_lines')
    .select(['name', 'spec', 'unit', 'quantity', 'price', 'rate', 'amount'])
    .where('contract_id', '=', id)
    .orderBy('seq')
    .execute()
  return {
    id: raw.id,
    number: raw.number,
    state: raw.state,
    customerId: raw.customer_id,
    ownerId: raw.owner_id,
    buyer: JSON.parse(raw.buyer) as Party,
    amount: raw.amount - raw.released,
    settled: raw.settled,
    lines,
  }
}

/** Signed contracts by their numbers, for a sheet that names them. */
export async function signedByNumber(
  db: Reader | Writer,
  scope: Scope,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, { readonly id: string; readonly customerId: string }>> {
  if (numbers.length === 0) return new Map()
  const rows = await applyScope(
    db.selectFrom('contracts').select(['id', 'number', 'customer_id as customerId']),
    scope,
    'contracts.owner_id',
  )
    .where('number', 'in', [...numbers])
    .where('state', '=', 'signed')
    .execute()
  return new Map(rows.map(({ number, ...row }) => [number, row]))
}

/** What was signed with a customer within the scope, less what was given up, and what came in for it. Fen. */
export async function contractedWith(db: Reader, scope: Scope, customerId: string) {
  return applyScope(db.selectFrom('contracts'), scope, 'contracts.owner_id')
    .where('customer_id', '=', customerId)
    .where('state', '=', 'signed')
    .select([
      sql<number>`coalesce(sum(amount - released), 0)`.as('contracted'),
      sql<number>`coalesce(sum(settled), 0)`.as('received'),
    ])
    .executeTakeFirstOrThrow()
}

/** Where letters to the buyer of these contracts are served, by contract; empty where nothing was agreed. */
export async function serviceAddresses(
  db: Reader | Writer,
  contractIds: readonly string[],
): Promise<ReadonlyMap<string, { readonly address: string; readonly email: string }>> {
  const rows = await inPieces(contractIds, (piece) =>
    db.selectFrom('contracts').select(['id', 'terms']).where('id', 'in', piece).execute(),
  )
  return new Map(
    rows.map(({ id, terms }) => {
      const { serviceAddress = '', serviceEmail = '' } = JSON.parse(terms) as Record<string, string | undefined>
      return [id, { address: serviceAddress, email: serviceEmail }]
    }),
  )
}
