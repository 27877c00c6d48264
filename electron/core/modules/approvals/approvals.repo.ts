import { sql } from 'kysely'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import type {
  APPROVAL_LISTS,
  ApprovalFilters,
  ApprovalRow,
  ApprovalSort,
} from '#shared/modules/approvals/approvals.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import { scopedTo, type Scope } from '#core/kernel/scope.ts'
import type { Reader, Writer } from '#core/store/store.ts'

export type ApprovalList = (typeof APPROVAL_LISTS)[number]

/** Who reads: his reach over owners, and he himself. */
export interface ApprovalReader {
  readonly scope: Scope
  readonly userId: string
}

export interface ApprovalQuery extends ApprovalReader {
  readonly list: ApprovalList
  readonly text?: string | undefined
  readonly filters: ApprovalFilters
  readonly today: string
  /** Moments at which the filtered days begin and end. */
  readonly from?: number | undefined
  readonly until?: number | undefined
}

const SORTED_BY = {
  submittedAt: 'submitted_at',
  dueDay: 'due_key',
  amount: 'amount_key',
  updatedAt: 'updated_at',
} as const satisfies Record<ApprovalSort, string>

const asked = (userId: string, open: boolean) =>
  open
    ? sql<boolean>`approval_requests.id IN (SELECT a.request_id FROM approval_actors a WHERE a.user_id = ${userId} AND a.open = 1)`
    : sql<boolean>`approval_requests.id IN (SELECT a.request_id FROM approval_actors a WHERE a.user_id = ${userId})`

/** Requests that somebody may see: his own, those he was ever asked about, and those of owners within his reach. */
function visible(db: Reader | Writer, { scope, userId }: ApprovalReader) {
  const query = db.selectFrom('approval_requests')
  if (scope.kind === 'all') return query
  return query.where(
    sql<boolean>`(approval_requests.applicant_id = ${userId} OR ${asked(userId, false)}
      OR ${scopedTo(scope, 'approval_requests.owner_id')})`,
  )
}

function filtered(db: Reader | Writer, { list, text, filters, today, from, until, ...reader }: ApprovalQuery) {
  let query = visible(db, reader)
  if (list === 'waiting') {
    query = query.where('approval_requests.outcome', '=', 'pending').where(asked(reader.userId, true))
  }
  if (list === 'mine') query = query.where('approval_requests.applicant_id', '=', reader.userId)
  const needle = normaliseQuery(text ?? '')
  if (needle !== '') query = query.where(sql<boolean>`instr(approval_requests.search_text, ${needle}) > 0`)
  if (filters.kind !== undefined) query = query.where('approval_requests.kind', '=', filters.kind)
  if (filters.outcome !== undefined) query = query.where('approval_requests.outcome', '=', filters.outcome)
  if (filters.applicantId !== undefined) query = query.where('approval_requests.applicant_id', '=', filters.applicantId)
  if (filters.overdue === true) query = query.where('approval_requests.due_day', '<', today)
  if (filters.overdue === false) query = query.where('approval_requests.due_key', '>=', today)
  if (from !== undefined) query = query.where('approval_requests.submitted_at', '>=', from)
  if (until !== undefined) query = query.where('approval_requests.submitted_at', '<', until)
  return query
}

const rowColumns = (query: ReturnType<typeof visible>) =>
  query
    .innerJoin('users as applicant', 'applicant.id', 'approval_requests.applicant_id')
    .leftJoin('customers', 'customers.id', 'approval_requests.customer_id')
    .selectAll('approval_requests')
    .select(['applicant.name as applicant_name', 'customers.name as customer_name'])
    .select(
      sql<string | null>`(SELECT s.name FROM approval_steps s
        WHERE s.request_id = approval_requests.id AND s.state = 'current')`.as('step_name'),
    )
    .select(
      sql<string>`(SELECT coalesce(json_group_array(u.name ORDER BY u.name_key), '[]') FROM approval_actors a
        JOIN users u ON u.id = a.user_id WHERE a.request_id = approval_requests.id AND a.open = 1)`.as('waiting_for'),
    )
export type RequestRow = Awaited<ReturnType<ReturnType<typeof rowColumns>['executeTakeFirstOrThrow']>>

export function toApprovalRow(raw: RequestRow): ApprovalRow {
  return {
    id: raw.id,
    version: raw.version,
    kind: raw.kind,
    recordId: raw.record_id,
    title: raw.title,
    customerName: raw.customer_name ?? '',
    amount: raw.amount,
    applicantId: raw.applicant_id,
    applicantName: raw.applicant_name,
    outcome: raw.outcome,
    round: raw.round,
    stepName: raw.step_name ?? '',
    waitingFor: JSON.parse(raw.waiting_for) as string[],
    dueDay: raw.due_day,
    submittedAt: raw.submitted_at,
    updatedAt: raw.updated_at,
  }
}

/** A page of one of the lists. */
export async function listApprovals(
  db: Reader,
  query: ApprovalQuery,
  page: Pick<PageInput<ApprovalSort>, 'sort' | 'cursor' | 'limit'>,
): Promise<{ rows: ApprovalRow[]; nextCursor: string | null }> {
  const column = SORTED_BY[page.sort.key]
  const rows = await keyset(rowColumns(filtered(db, query)), {
    sortColumn: `approval_requests.${column}`,
    idColumn: 'approval_requests.id',
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
  return { rows: cut.rows.map(toApprovalRow), nextCursor: cut.nextCursor }
}

/** How many there are, what they are about in fen, and how many are late. */
export async function countApprovals(
  db: Reader,
  query: ApprovalQuery,
): Promise<{ count: number; amount: number; overdue: number }> {
  const row = await filtered(db, query)
    .select((eb) => [
      eb.fn.countAll<number>().as('count'),
      sql<number>`coalesce(sum(approval_requests.amount), 0)`.as('amount'),
      sql<number>`coalesce(sum(approval_requests.due_day < ${query.today}), 0)`.as('overdue'),
    ])
    .executeTakeFirstOrThrow()
  return { count: Number(row.count), amount: Number(row.amount), overdue: Number(row.overdue) }
}

/** A request that the reader may see. */
export const findApproval = (db: Reader | Writer, reader: ApprovalReader, id: string) =>
  rowColumns(visible(db, reader)).where('approval_requests.id', '=', id).executeTakeFirst()

/** What was done about a request, the first first. */
export const findActions = (db: Reader | Writer, requestId: string) =>
  db
    .selectFrom('approval_actions')
    .selectAll()
    .where('request_id', '=', requestId)
    .orderBy('at')
    .orderBy('id')
    .execute()
