import { sql, type SelectQueryBuilder } from 'kysely'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import { bucketsOf } from '#shared/modules/receivables/receivables.ageing.rules.ts'
import { daysOverdue, instalmentStatus } from '#shared/modules/receivables/receivables.rules.ts'
import type { InstalmentRow, InstalmentStatus } from '#shared/modules/receivables/receivables.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import { contractIdsMatching } from '#core/modules/contracts/contracts.api.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import type { Tables } from '#core/store/tables.ts'
import { keysOf, within } from './ageing.source.ts'
import { NO_DUE_KEY } from '#shared/modules/receivables/receivables.journal.rules.ts'

export interface InstalmentFilters {
  readonly status?: InstalmentStatus | 'open' | undefined
  readonly bucket?: string | undefined
  readonly kind?: InstalmentRow['kind'] | undefined
  /** Something of it is contested. */
  readonly disputed?: boolean | undefined
  /** Its limitation ends up to this day. */
  readonly limitationTo?: string | undefined
  readonly customerId?: string | undefined
  readonly contractId?: string | undefined
  readonly ownerId?: string | undefined
  readonly dueFrom?: string | undefined
  readonly dueTo?: string | undefined
}

/** The day that states are of, and the firm's buckets. */
export interface InstalmentDay {
  readonly today: PlainDay
  readonly bounds: readonly number[]
}

const SORT = {
  dueDay: 'i.due_key',
  outstanding: 'i.outstanding',
  contractNumber: 'i.contract_number',
} as const
export type InstalmentSort = keyof typeof SORT

type Instalments = Tables & { i: Tables['receivable_instalments'] }
type InstalmentQuery<O> = SelectQueryBuilder<Instalments, 'i', O>

function withStatus<O>(
  query: InstalmentQuery<O>,
  status: NonNullable<InstalmentFilters['status']>,
  today: PlainDay,
): InstalmentQuery<O> {
  if (status === 'cancelled') return query.where('i.state', '=', 'cancelled')
  if (status === 'settled') return query.where('i.state', '=', 'open').where('i.outstanding', '=', 0)
  const open = query.where('i.outstanding', '>', 0)
  if (status === 'overdue') return open.where('i.due_key', '<', today)
  if (status === 'due_today') return open.where('i.due_key', '=', today)
  if (status === 'waiting') return open.where('i.due_key', '=', NO_DUE_KEY)
  if (status === 'not_due') return open.where('i.due_key', '>', today).where('i.due_key', '<', NO_DUE_KEY)
  return open
}

function filtered<O>(
  query: InstalmentQuery<O>,
  scope: Scope,
  text: string | undefined,
  filters: InstalmentFilters,
  { today, bounds }: InstalmentDay,
): InstalmentQuery<O> {
  let q = applyScope(query, scope, 'i.owner_id')
  const matching = contractIdsMatching(text)
  if (matching !== null) {
    const needle = normaliseQuery(text ?? '')
    const own = sql`(SELECT id FROM receivable_instalments WHERE search_text <> '' AND instr(search_text, ${needle}) > 0)`
    q = q.where(sql<boolean>`(i.contract_id IN ${matching} OR i.id IN ${own})`)
  }
  if (filters.status !== undefined) q = withStatus(q, filters.status, today)
  if (filters.bucket !== undefined) {
    const bucket = bucketsOf(bounds).find(({ key }) => key === filters.bucket)
    const range = bucket ? within(sql.ref('i.due_key'), keysOf(bucket, today, 'due')) : sql`1 = 0`
    q = q.where('i.outstanding', '>', 0).where(sql<boolean>`${range}`)
  }
  if (filters.customerId !== undefined) q = q.where('i.customer_id', '=', filters.customerId)
  if (filters.contractId !== undefined) q = q.where('i.contract_id', '=', filters.contractId)
  if (filters.ownerId !== undefined) q = q.where('i.owner_id', '=', filters.ownerId)
  if (filters.kind !== undefined) q = q.where('i.kind', '=', filters.kind)
  if (filters.disputed === true) q = q.where('i.outstanding', '>', 0).where('i.disputed', '>', 0)
  if (filters.limitationTo !== undefined) {
    q = q.where('i.outstanding', '>', 0).where('i.limitation_day', '<=', filters.limitationTo)
  }
  if (filters.dueFrom !== undefined) q = q.where('i.due_key', '>=', filters.dueFrom).where('i.due_key', '<', NO_DUE_KEY)
  if (filters.dueTo !== undefined) q = q.where('i.due_key', '<=', filters.dueTo).where('i.due_key', '<', NO_DUE_KEY)
  return q
}

function instalments(db: Reader | Writer) {
  return db.selectFrom('receivable_instalments as i') as unknown as InstalmentQuery<object>
}

export const INSTALMENT_COLUMNS = [
  'i.id',
  'i.version',
  'i.kind',
  'i.customer_id',
  'i.contract_id',
  'i.contract_number',
  'i.invoice_number',
  'i.owner_id',
  'i.seq',
  'i.label',
  'i.trigger',
  'i.since_day',
  'i.due_day',
  'i.due_key',
  'i.invoice_day',
  'i.amount',
  'i.settled',
  'i.credited',
  'i.written_off',
  'i.outstanding',
  'i.disputed',
  'i.limitation_day',
  'i.state',
] as const

export async function listInstalments(
  db: Reader,
  scope: Scope,
  input: PageInput<InstalmentSort, InstalmentFilters>,
  on: InstalmentDay,
) {
  const base = instalments(db).select(INSTALMENT_COLUMNS)
  const rows = await keyset(filtered(base, scope, input.text, input.filters, on), {
    sortColumn: SORT[input.sort.key],
    idColumn: 'i.id',
    dir: input.sort.dir,
    cursor: input.cursor,
    limit: input.limit,
  }).execute()
  const column = {
    dueDay: 'due_key',
    outstanding: 'outstanding',
    contractNumber: 'contract_number',
  } as const
  return pageOf(
    rows,
    input.limit,
    (row) => row[column[input.sort.key]],
    (row) => row.id,
  )
}

export type RawInstalment = Awaited<ReturnType<typeof listInstalments>>['rows'][number]

export async function sumInstalments(
  db: Reader,
  scope: Scope,
  text: string | undefined,
  filters: InstalmentFilters,
  on: InstalmentDay,
) {
  // Open rows need only columns of the index; a cancelled row counts with nothing.
  const open = filters.status !== undefined && !['settled', 'cancelled'].includes(filters.status)
  const amount = open || filters.bucket ? sql`i.amount` : sql`CASE WHEN i.state = 'open' THEN i.amount ELSE 0 END`
  return filtered(instalments(db), scope, text, filters, on)
    .select([
      sql<number>`count(*)`.as('count'),
      sql<number>`coalesce(sum(${amount}), 0)`.as('amount'),
      sql<number>`coalesce(sum(${amount} - i.outstanding), 0)`.as('settled'),
      sql<number>`coalesce(sum(i.outstanding), 0)`.as('outstanding'),
      sql<number>`coalesce(sum(CASE WHEN i.due_key < ${on.today} THEN i.outstanding ELSE 0 END), 0)`.as('overdue'),
    ])
    .executeTakeFirstOrThrow()
}

/** Everything a customer owes at the moment, within the scope, in the order in which it falls due. */
export async function openInstalments(db: Reader | Writer, scope: Scope, customerId: string) {
  return applyScope(instalments(db).select(INSTALMENT_COLUMNS), scope, 'i.owner_id')
    .where('i.customer_id', '=', customerId)
    .where('i.outstanding', '>', 0)
    .orderBy('i.due_key')
    .orderBy('i.since_day')
    .orderBy('i.id')
    .limit(500)
    .execute()
}

export async function findInstalments(db: Reader | Writer, ids: readonly string[]) {
  if (ids.length === 0) return []
  return db
    .selectFrom('receivable_instalments')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute()
}

/** A row as lists show it, on the day `today`. */
export function toInstalmentRow(
  raw: RawInstalment,
  names: { readonly customer: string; readonly owner: string },
  today: PlainDay,
): InstalmentRow {
  const dueDay = raw.due_day as PlainDay | null
  const status = instalmentStatus({ dueDay, outstanding: raw.outstanding, cancelled: raw.state === 'cancelled' }, today)
  return {
    id: raw.id,
    version: raw.version,
    kind: raw.kind,
    customerId: raw.customer_id,
    customerName: names.customer,
    contractId: raw.contract_id,
    contractNumber: raw.contract_number,
    invoiceNumber: raw.invoice_number,
    ownerId: raw.owner_id,
    ownerName: names.owner,
    seq: raw.seq,
    label: raw.label,
    trigger: raw.trigger,
    sinceDay: raw.since_day,
    dueDay: raw.due_day,
    invoiceDay: raw.invoice_day,
    amount: raw.amount,
    settled: raw.settled,
    credited: raw.credited,
    writtenOff: raw.written_off,
    outstanding: raw.outstanding,
    disputed: raw.disputed,
    limitationDay: raw.limitation_day,
    status,
    daysOverdue: status === 'overdue' ? daysOverdue(dueDay, today) : 0,
  }
}
