import { sql } from 'kysely'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import type { ClauseFilters, ClauseSort } from '#shared/modules/clauses/clauses.contract.ts'
import type { ClauseRow, ClauseUse, Topic } from '#shared/modules/clauses/clauses.schema.ts'
import { standingOn } from '#shared/modules/clauses/clauses.editions.rules.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { datedOf, kindsOf, localesOf, wordsOf } from './clauses.records.ts'
import { holds, shownId, standingSql } from './clauses.standing.ts'

/** The last edition of a template that was published: what it is made of, apart from a draft. */
const LAST_PUBLISHED = sql<boolean>`(te.state <> 'draft' AND NOT EXISTS (
  SELECT 1 FROM contract_template_editions later
  WHERE later.template_id = te.template_id AND later.state <> 'draft' AND later.no > te.no))`

const USED_BY = sql<number>`(SELECT count(*)
  FROM contract_template_clauses held
  JOIN clause_editions ce ON ce.id = held.clause_edition_id
  JOIN contract_template_editions te ON te.id = held.template_edition_id
  WHERE ce.clause_id = clauses.id AND ${LAST_PUBLISHED})`

export interface ClausesQuery {
  readonly today: string
  readonly text?: string | undefined
  readonly filters: ClauseFilters
}

const SORTED_BY = { code: 'code', topic: 'topic', updatedAt: 'updated_at' } as const satisfies Record<
  ClauseSort,
  string
>

function filtered(db: Reader | Writer, { today, text, filters }: ClausesQuery) {
  let query = db
    .selectFrom('clauses')
    .innerJoin('clause_editions as edition', (join) =>
      join.on('edition.id', '=', shownId('clause_editions', 'clause_id', 'clauses.id', today)),
    )
  const needle = normaliseQuery(text ?? '')
  if (needle !== '') {
    query = query.where(
      sql<boolean>`(instr(clauses.search_text, ${needle}) > 0
        OR instr(replace(lower(edition.texts), ' ', ''), ${needle}) > 0)`,
    )
  }
  if (filters.topic !== undefined) query = query.where('clauses.topic', '=', filters.topic)
  if (filters.kind !== undefined) query = query.where(holds('clauses.kinds', filters.kind))
  if (filters.language !== undefined) query = query.where(holds('edition.languages', filters.language))
  if (filters.standing !== undefined) query = query.where(standingSql(today), '=', filters.standing)
  if (filters.major !== undefined) query = query.where('edition.major', '=', filters.major ? 1 : 0)
  if (filters.hasDraft) {
    query = query.where((eb) =>
      eb.exists(
        eb
          .selectFrom('clause_editions as draft')
          .select('draft.id')
          .whereRef('draft.clause_id', '=', 'clauses.id')
          .where('draft.state', '=', 'draft'),
      ),
    )
  }
  return query
}

/** A page of clauses, each by the edition that stands for it today. */
export async function listClauses(
  db: Reader,
  asked: ClausesQuery,
  page: Pick<PageInput<ClauseSort>, 'sort' | 'cursor' | 'limit'>,
): Promise<{ rows: ClauseRow[]; nextCursor: string | null }> {
  const column = SORTED_BY[page.sort.key]
  const query = filtered(db, asked)
    .selectAll('clauses')
    .select(['edition.no', 'edition.languages', 'edition.major'])
    .select([standingSql(asked.today).as('standing'), USED_BY.as('used_by')])
    .select(
      sql<number>`EXISTS (SELECT 1 FROM clause_editions d WHERE d.clause_id = clauses.id AND d.state = 'draft')`.as(
        'has_draft',
      ),
    )
  const rows = await keyset(query, {
    sortColumn: `clauses.${column}`,
    idColumn: 'clauses.id',
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
  return {
    nextCursor: cut.nextCursor,
    rows: cut.rows.map((row) => ({
      id: row.id,
      version: row.version,
      code: row.code,
      topic: row.topic as Topic,
      kinds: kindsOf(row.kinds),
      names: wordsOf(row.names),
      standing: row.standing,
      editionNo: row.no,
      hasDraft: Number(row.has_draft) === 1,
      languages: localesOf(row.languages),
      major: row.major === 1,
      usedBy: Number(row.used_by),
      updatedAt: row.updated_at,
    })),
  }
}

export async function countClauses(db: Reader, asked: ClausesQuery): Promise<number> {
  const row = await filtered(db, asked)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

export async function findClause(db: Reader | Writer, id: string) {
  return db.selectFrom('clauses').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Every edition of a clause, the newest first, with who published it. */
export async function editionsOf(db: Reader | Writer, clauseId: string) {
  return db
    .selectFrom('clause_editions as edition')
    .leftJoin('users', 'users.id', 'edition.published_by')
    .selectAll('edition')
    .select('users.name as published_name')
    .where('edition.clause_id', '=', clauseId)
    .orderBy('edition.no', 'desc')
    .execute()
}
export type ClauseEditionRecord = Awaited<ReturnType<typeof editionsOf>>[number]

/** Templates whose last published edition holds any edition of the clause. */
export async function usesOf(db: Reader | Writer, clauseId: string, today: string) {
  const rows = await db
    .selectFrom('contract_template_clauses as held')
    .innerJoin('clause_editions as ce', 'ce.id', 'held.clause_edition_id')
    .innerJoin('contract_template_editions as te', 'te.id', 'held.template_edition_id')
    .innerJoin('contract_templates as template', 'template.id', 'te.template_id')
    .select(['template.id', 'template.code', 'template.names', 'template.kind', 'ce.no as clause_no'])
    .select(['ce.id as clause_edition_id', 'te.id as edition_id'])
    .select(['te.no', 'te.state', 'te.valid_from', 'te.valid_to', 'te.withdrawn_day'])
    .where('ce.clause_id', '=', clauseId)
    .where(LAST_PUBLISHED)
    .orderBy('template.code')
    .execute()
  return rows.map((row) => {
    const use: ClauseUse = {
      templateId: row.id,
      code: row.code,
      names: wordsOf(row.names),
      kind: row.kind,
      editionNo: row.no,
      clauseNo: row.clause_no,
      standing: standingOn(datedOf(row), today),
    }
    return { use, editionId: row.edition_id, clauseEditionId: row.clause_edition_id, validTo: row.valid_to }
  })
}
