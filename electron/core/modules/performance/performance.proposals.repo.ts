import { sql } from 'kysely'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import type {
  ProposalFilters,
  ProposalRow,
  ProposalSort,
} from '#shared/modules/performance/performance.proposals.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader, Writer } from '#core/store/store.ts'

export interface ProposalQuery {
  readonly scope: Scope
  readonly text?: string | undefined
  readonly filters: ProposalFilters
  readonly today: PlainDay
}

const SORTED_BY = { askedAt: 'asked_at', untilDay: 'until_day' } as const satisfies Record<ProposalSort, string>

const proposals = (db: Reader | Writer, scope: Scope) =>
  applyScope(
    (db as Reader)
      .selectFrom('performance_proposals as p')
      .innerJoin('users', 'users.id', 'p.user_id')
      .innerJoin('users as asker', 'asker.id', 'p.asked_by')
      .leftJoin('users as decider', 'decider.id', 'p.decided_by')
      .selectAll('p')
      .select(['users.name as user_name', 'asker.name as asker_name', 'decider.name as decider_name']),
    scope,
    'p.user_id',
  )
type Found = Awaited<ReturnType<ReturnType<typeof proposals>['executeTakeFirstOrThrow']>>

function filtered(db: Reader, { scope, text, filters }: ProposalQuery) {
  let query = proposals(db, scope)
  const needle = normaliseQuery(text ?? '')
  if (needle !== '') query = query.where(sql<boolean>`instr(p.search_text, ${needle}) > 0`)
  if (filters.kind !== undefined) query = query.where('p.kind', '=', filters.kind)
  if (filters.state !== undefined) query = query.where('p.state', '=', filters.state)
  if (filters.userId !== undefined) query = query.where('p.user_id', '=', filters.userId)
  return query
}

const shown = (row: Found, today: PlainDay): ProposalRow => ({
  id: row.id,
  version: row.version,
  userId: row.user_id,
  userName: row.user_name,
  kind: row.kind,
  subject: row.subject,
  reason: row.reason,
  basis: row.basis,
  untilDay: row.until_day,
  state: row.state,
  late: row.state === 'approved' && row.until_day < today,
  askedAt: row.asked_at,
  askedByName: row.asker_name,
  decidedByName: row.decider_name ?? '',
  decidedDay: row.decided_day,
  doneDay: row.done_day,
  result: row.result,
  evidence: row.evidence,
})

/** A page of what was proposed for people of the scope. */
export async function listProposals(
  db: Reader,
  asked: ProposalQuery,
  page: Pick<PageInput<ProposalSort>, 'sort' | 'cursor' | 'limit'>,
): Promise<{ rows: ProposalRow[]; nextCursor: string | null }> {
  const column = SORTED_BY[page.sort.key]
  const rows = await keyset(filtered(db, asked), {
    sortColumn: `p.${column}`,
    idColumn: 'p.id',
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
  return { rows: cut.rows.map((row) => shown(row, asked.today)), nextCursor: cut.nextCursor }
}

/** How many there are, and how many of them are not closed. */
export async function countProposals(db: Reader, asked: ProposalQuery): Promise<{ count: number; open: number }> {
  const row = await filtered(db, asked)
    .clearSelect()
    .select([
      sql<number>`count(*)`.as('count'),
      sql<number>`coalesce(sum(p.state IN ('asked', 'returned', 'approved')), 0)`.as('open'),
    ])
    .executeTakeFirstOrThrow()
  return { count: Number(row.count), open: Number(row.open) }
}

export async function findProposal(
  db: Reader | Writer,
  scope: Scope,
  id: string,
  today: PlainDay,
): Promise<ProposalRow | null> {
  const row = await proposals(db, scope).where('p.id', '=', id).executeTakeFirst()
  return row ? shown(row, today) : null
}

/** What was proposed of suggestions, by `user cause`: up to which month it looked. What was taken back is not there. */
export async function proposedCauses(db: Reader, scope: Scope): Promise<ReadonlyMap<string, string>> {
  const rows = await applyScope(db.selectFrom('performance_proposals as p'), scope, 'p.user_id')
    .where('p.cause', '<>', '')
    .where('p.state', '<>', 'withdrawn')
    .groupBy(['p.user_id', 'p.cause'])
    .select(['p.user_id', 'p.cause', sql<string>`max(p.last_month)`.as('last_month')])
    .execute()
  return new Map(rows.map((row) => [`${row.user_id} ${row.cause}`, row.last_month]))
}

/** So many of the latest are shown beside somebody's months. */
const SHOWN = 50

/** What was decided for somebody, the latest first; he may know it himself. */
export async function decidedFor(db: Reader, scope: Scope, userId: string, today: PlainDay): Promise<ProposalRow[]> {
  const rows = await proposals(db, scope)
    .where('p.user_id', '=', userId)
    .where('p.state', 'in', ['approved', 'carried', 'dropped'])
    .orderBy('p.decided_day', 'desc')
    .orderBy('p.id', 'desc')
    .limit(SHOWN)
    .execute()
  return rows.map((row) => shown(row, today))
}
