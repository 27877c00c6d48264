import { sql } from 'kysely'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import type { SealFilters, SealRow, SealSort } from '#shared/modules/contracts/contracts.papers.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader, Writer } from '#core/store/store.ts'

export interface SealsQuery {
  readonly scope: Scope
  readonly text?: string | undefined
  readonly filters: SealFilters
}

const SORTED_BY = {
  day: 'seal_day',
  number: 'number',
  recordedAt: 'recorded_at',
} as const satisfies Record<SealSort, string>

/** Uses of seals on contracts of the scope. */
function sealsQuery(db: Reader | Writer, scope: Scope) {
  return applyScope(
    db
      .selectFrom('contract_seals as seal')
      .innerJoin('contracts', 'contracts.id', 'seal.contract_id')
      .leftJoin('users as asker', 'asker.id', 'seal.asked_by')
      .leftJoin('users as sealer', 'sealer.id', 'seal.sealed_by')
      .leftJoin('users as recorder', 'recorder.id', 'seal.recorded_by')
      .leftJoin('users as canceller', 'canceller.id', 'seal.cancelled_by')
      .selectAll('seal')
      .select(['contracts.number as contract_number', 'contracts.buyer_name'])
      .select(['asker.name as asker_name', 'sealer.name as sealer_name'])
      .select(['recorder.name as recorder_name', 'canceller.name as canceller_name']),
    scope,
    'contracts.owner_id',
  )
}
type SealRecord = Awaited<ReturnType<ReturnType<typeof sealsQuery>['executeTakeFirstOrThrow']>>

function filtered(db: Reader | Writer, { scope, text, filters }: SealsQuery) {
  let query = sealsQuery(db, scope)
  const needle = normaliseQuery(text ?? '')
  if (needle !== '') {
    query = query.where(
      sql<boolean>`(instr(seal.search_text, ${needle}) > 0 OR instr(contracts.search_text, ${needle}) > 0)`,
    )
  }
  if (filters.seal !== undefined) query = query.where('seal.seal', '=', filters.seal)
  if (filters.document !== undefined) query = query.where('seal.document', '=', filters.document)
  if (filters.state === 'valid') query = query.where('seal.cancelled_at', 'is', null)
  if (filters.state === 'cancelled') query = query.where('seal.cancelled_at', 'is not', null)
  if (filters.contractId !== undefined) query = query.where('seal.contract_id', '=', filters.contractId)
  if (filters.dayFrom !== undefined) query = query.where('seal.seal_day', '>=', filters.dayFrom)
  if (filters.dayTo !== undefined) query = query.where('seal.seal_day', '<=', filters.dayTo)
  return query
}

export async function listSeals(
  db: Reader,
  asked: SealsQuery,
  page: Pick<PageInput<SealSort>, 'sort' | 'cursor' | 'limit'>,
): Promise<{ rows: SealRow[]; nextCursor: string | null }> {
  const column = SORTED_BY[page.sort.key]
  const rows = await keyset(filtered(db, asked), {
    sortColumn: `seal.${column}`,
    idColumn: 'seal.id',
    dir: page.sort.dir,
    cursor: page.cursor,
    limit: page.limit,
  }).execute()
  const cut = pageOf(
    rows,
    page.limit,
    (row) => row[column],
    (row) => row.id,
  )
  return { rows: cut.rows.map(toSealRow), nextCursor: cut.nextCursor }
}

/** How many there are, and how many copies were sealed where it was not cancelled. */
export async function sumSeals(db: Reader, asked: SealsQuery): Promise<{ count: number; copies: number }> {
  const row = await filtered(db, asked)
    .clearSelect()
    .select([
      sql<number>`count(*)`.as('count'),
      sql<number>`coalesce(sum(CASE WHEN seal.cancelled_at IS NULL THEN seal.copies ELSE 0 END), 0)`.as('copies'),
    ])
    .executeTakeFirstOrThrow()
  return { count: Number(row.count), copies: Number(row.copies) }
}

/** Those of one contract, the latest first. */
export async function sealsOf(db: Reader, scope: Scope, contractId: string): Promise<SealRow[]> {
  const rows = await sealsQuery(db, scope)
    .where('seal.contract_id', '=', contractId)
    .orderBy('seal.seal_day', 'desc')
    .orderBy('seal.id', 'desc')
    .execute()
  return rows.map(toSealRow)
}

export async function findSeal(db: Reader | Writer, scope: Scope, id: string): Promise<SealRecord | undefined> {
  return sealsQuery(db, scope).where('seal.id', '=', id).executeTakeFirst()
}

function toSealRow(raw: SealRecord): SealRow {
  return {
    id: raw.id,
    version: raw.version,
    number: raw.number,
    contractId: raw.contract_id,
    contractNumber: raw.contract_number,
    buyerName: raw.buyer_name,
    seal: raw.seal,
    document: raw.document,
    documentName: raw.document_name,
    copies: raw.copies,
    pages: raw.pages,
    askedByName: raw.asker_name ?? '',
    sealedByName: raw.sealer_name ?? '',
    day: raw.seal_day,
    purpose: raw.purpose,
    recordedByName: raw.recorder_name ?? '',
    recordedAt: raw.recorded_at,
    cancelled:
      raw.cancelled_at === null
        ? null
        : { at: raw.cancelled_at, byName: raw.canceller_name ?? '', reason: raw.cancel_reason },
  }
}
