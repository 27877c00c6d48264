import { sql, type SelectQueryBuilder } from 'kysely'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import type { PAPER_GAPS } from '#shared/modules/contracts/contracts.papers.schema.ts'
import { stageOf } from '#shared/modules/contracts/contracts.rules.ts'
import type { ContractStage } from '#shared/modules/contracts/contracts.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import type { Tables } from '#core/store/tables.ts'
import { unsignedBefore } from './contracts.ledger.ts'
import { NO_END } from './contracts.records.ts'

export interface ContractFilters {
  readonly stage?: ContractStage | undefined
  readonly customerId?: string | undefined
  readonly ownerId?: string | undefined
  readonly signedFrom?: string | undefined
  readonly signedTo?: string | undefined
  readonly amountFrom?: number | undefined
  readonly amountTo?: number | undefined
  readonly papers?: (typeof PAPER_GAPS)[number] | undefined
  /** Running contracts whose term ends from a day to another. */
  readonly ends?: { readonly from: string; readonly to: string } | undefined
  /** Drafts that wait to be signed since before this moment (UTC ms). */
  readonly unsignedBefore?: number | undefined
}

const SORT = {
  updatedAt: 'contracts.updated_at',
  number: 'contracts.number',
  signDay: 'contracts.sign_key',
  amount: 'contracts.amount',
  buyerName: 'contracts.buyer_name',
  endDay: 'contracts.end_key',
} as const
export type ContractSort = keyof typeof SORT

const ROW_COLUMNS = [
  'contracts.id',
  'contracts.version',
  'contracts.number',
  'contracts.title',
  'contracts.customer_id',
  'contracts.buyer_name',
  'contracts.owner_id',
  'contracts.state',
  'contracts.sign_day',
  'contracts.sign_key',
  'contracts.amount',
  'contracts.settled',
  'contracts.released',
  'contracts.ended_day',
  'contracts.end_key',
  'contracts.updated_at',
] as const

function filtered<O>(
  query: SelectQueryBuilder<Tables, 'contracts', O>,
  scope: Scope,
  text: string | undefined,
  filters: ContractFilters,
) {
  let q = applyScope(query, scope, 'contracts.owner_id')
  const needle = normaliseQuery(text ?? '')
  if (needle !== '') q = q.where(sql<boolean>`instr(contracts.search_text, ${needle}) > 0`)
  if (filters.stage === 'draft' || filters.stage === 'void') q = q.where('contracts.state', '=', filters.stage)
  if (filters.stage === 'performing' || filters.stage === 'completed') {
    q = q
      .where('contracts.state', '=', 'signed')
      .where('contracts.ended_day', 'is', null)
      .where(filters.stage === 'completed' ? PAID : sql<boolean>`NOT ${PAID}`)
  }
  if (filters.stage === 'terminated') {
    q = q.where('contracts.state', '=', 'signed').where('contracts.ended_day', 'is not', null)
  }
  if (filters.customerId !== undefined) q = q.where('contracts.customer_id', '=', filters.customerId)
  if (filters.ownerId !== undefined) q = q.where('contracts.owner_id', '=', filters.ownerId)
  if (filters.signedFrom !== undefined) q = q.where('contracts.sign_day', '>=', filters.signedFrom)
  if (filters.signedTo !== undefined) q = q.where('contracts.sign_day', '<=', filters.signedTo)
  if (filters.amountFrom !== undefined) q = q.where('contracts.amount', '>=', filters.amountFrom)
  if (filters.amountTo !== undefined) q = q.where('contracts.amount', '<=', filters.amountTo)
  if (filters.papers !== undefined) {
    q = q.where('contracts.state', '=', 'signed').where(PAPERS[filters.papers])
  }
  if (filters.ends !== undefined) {
    q = q
      .where('contracts.state', '=', 'signed')
      .where('contracts.ended_day', 'is', null)
      .where('contracts.end_key', '>=', filters.ends.from)
      .where('contracts.end_key', '<=', filters.ends.to)
  }
  if (filters.unsignedBefore !== undefined) q = q.where(unsignedBefore(filters.unsignedBefore))
  return q
}

/** Nothing of the amount is open; a price list has no amount, and runs until it is ended. */
const PAID = sql<boolean>`(contracts.amount > 0 AND contracts.settled = contracts.amount)`

/** What signed contracts lack on paper, or have lent out. */
const PAPERS = {
  noScan: sql<boolean>`NOT EXISTS (SELECT 1 FROM contract_scans s
    WHERE s.contract_id = contracts.id AND s.replaced_at IS NULL)`,
  noArchive: sql<boolean>`NOT EXISTS (SELECT 1 FROM contract_archives a WHERE a.contract_id = contracts.id)`,
  lent: sql<boolean>`EXISTS (SELECT 1 FROM contract_loans l
    WHERE l.contract_id = contracts.id AND l.returned_day IS NULL)`,
} as const

export async function listContracts(db: Reader, scope: Scope, input: PageInput<ContractSort, ContractFilters>) {
  const rows = await keyset(
    filtered(db.selectFrom('contracts').select(ROW_COLUMNS), scope, input.text, input.filters),
    {
      sortColumn: SORT[input.sort.key],
      idColumn: 'contracts.id',
      dir: input.sort.dir,
      cursor: input.cursor,
      limit: input.limit,
    },
  ).execute()
  const column = {
    updatedAt: 'updated_at',
    number: 'number',
    signDay: 'sign_key',
    amount: 'amount',
    buyerName: 'buyer_name',
    endDay: 'end_key',
  } as const
  return pageOf(
    rows,
    input.limit,
    (row) => row[column[input.sort.key]],
    (row) => row.id,
  )
}

export async function sumContracts(db: Reader, scope: Scope, text: string | undefined, filters: ContractFilters) {
  const sums = filtered(db.selectFrom('contracts'), scope, text, filters).select([
    sql<number>`count(*)`.as('count'),
    sql<number>`coalesce(sum(contracts.amount), 0)`.as('amount'),
    sql<number>`coalesce(sum(contracts.settled), 0)`.as('settled'),
    sql<number>`coalesce(sum(CASE WHEN contracts.state = 'signed'
      THEN contracts.amount - contracts.settled - contracts.released ELSE 0 END), 0)`.as('outstanding'),
  ])
  return sums.executeTakeFirstOrThrow()
}

type RawRow = Awaited<ReturnType<typeof listContracts>>['rows'][number]

/** A row as lists show it; `ownerName` comes from people. */
export function toContractRow(raw: Omit<RawRow, 'sign_key'>, ownerName: string) {
  const outstanding = raw.state === 'signed' ? raw.amount - raw.settled - raw.released : 0
  return {
    id: raw.id,
    version: raw.version,
    number: raw.number,
    title: raw.title,
    customerId: raw.customer_id,
    buyerName: raw.buyer_name,
    ownerId: raw.owner_id,
    ownerName,
    state: raw.state,
    stage: stageOf(raw.state, { amount: raw.amount, outstanding }, raw.ended_day !== null),
    signDay: raw.sign_day,
    endDay: raw.end_key === NO_END ? null : raw.end_key,
    amount: raw.amount,
    settled: raw.settled,
    outstanding,
    updatedAt: raw.updated_at,
  }
}

export async function findContract(db: Reader | Writer, id: string) {
  return db.selectFrom('contracts').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Goods, payment clause and current events of one contract. */
export async function findParts(db: Reader | Writer, id: string) {
  const lines = await db.selectFrom('contract_lines').selectAll().where('contract_id', '=', id).orderBy('seq').execute()
  const plan = await db.selectFrom('contract_plan').selectAll().where('contract_id', '=', id).orderBy('seq').execute()
  const events = await db
    .selectFrom('contract_events')
    .selectAll()
    .where('contract_id', '=', id)
    .where('replaced_at', 'is', null)
    .orderBy('day')
    .execute()
  return { lines, plan, events }
}

/** Replaces the goods and the payment clause of a draft. */
export async function replaceParts(
  db: Writer,
  contractId: string,
  lines: readonly Omit<Tables['contract_lines'], 'contract_id'>[],
  plan: readonly Omit<Tables['contract_plan'], 'contract_id'>[],
): Promise<void> {
  await db.deleteFrom('contract_lines').where('contract_id', '=', contractId).execute()
  await db.deleteFrom('contract_plan').where('contract_id', '=', contractId).execute()
  const own = { contract_id: contractId }
  // A statement takes 32 766 parameters at most; 200 lines of 13 columns stay far below.
  if (lines.length > 0) {
    await db
      .insertInto('contract_lines')
      .values(lines.map((line) => ({ ...line, ...own })))
      .execute()
  }
  if (plan.length > 0) {
    await db
      .insertInto('contract_plan')
      .values(plan.map((line) => ({ ...line, ...own })))
      .execute()
  }
}
