import { sql } from 'kysely'
import type { PinnedClause } from '#shared/modules/clauses/clauses.compose.rules.ts'
import { editionOn } from '#shared/modules/clauses/clauses.editions.rules.ts'
import type { ClauseChoice, ContractKind } from '#shared/modules/clauses/clauses.schema.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { holds } from './clauses.standing.ts'
import { datedOf, localesOf, pinnedOf, wordsOf } from './clauses.records.ts'

const PINNED = [
  'edition.id',
  'edition.clause_id',
  'edition.no',
  'edition.state',
  'edition.valid_from',
  'edition.valid_to',
  'edition.withdrawn_day',
  'edition.texts',
  'edition.stands_when',
  'edition.major',
  'clauses.code',
  'clauses.topic',
  'clauses.kinds',
] as const

/** Clause editions with what their clause is. */
function pinnedQuery(db: Reader | Writer) {
  return db
    .selectFrom('clause_editions as edition')
    .innerJoin('clauses', 'clauses.id', 'edition.clause_id')
    .select(PINNED)
}

/** Clause editions by their ids, whatever their state. */
export async function clauseEditionsById(
  db: Reader | Writer,
  ids: readonly string[],
): Promise<Map<string, PinnedClause>> {
  if (ids.length === 0) return new Map()
  const rows = await pinnedQuery(db).where('edition.id', 'in', ids).execute()
  return new Map(rows.map((row) => [row.id, pinnedOf(row)]))
}

/** Published editions that have not run out by a day, with what a template needs to know of them. */
export async function offeredEditions(
  db: Reader | Writer,
  today: string,
  kind: ContractKind | undefined,
): Promise<ClauseChoice[]> {
  let query = pinnedQuery(db)
    .select(['clauses.names', 'edition.languages'])
    .where('edition.state', '=', 'published')
    .where((eb) => eb.or([eb('edition.valid_to', 'is', null), eb('edition.valid_to', '>=', today)]))
  if (kind !== undefined) query = query.where(holds('clauses.kinds', kind))
  const rows = await query.orderBy('clauses.code').orderBy('edition.no', 'desc').execute()
  return rows.map((row) => toChoice(row, rows, today))
}

/** Clause editions by their ids, as the composer shows what a template holds. */
export async function clauseChoicesById(
  db: Reader | Writer,
  ids: readonly string[],
  today: string,
): Promise<ClauseChoice[]> {
  if (ids.length === 0) return []
  const rows = await pinnedQuery(db)
    .select(['clauses.names', 'edition.languages'])
    .where('edition.clause_id', 'in', (eb) =>
      eb.selectFrom('clause_editions as held').select('held.clause_id').where('held.id', 'in', ids),
    )
    .where('edition.state', '<>', 'draft')
    .orderBy('clauses.code')
    .execute()
  const wanted = new Set(ids)
  return rows.filter((row) => wanted.has(row.id)).map((row) => toChoice(row, rows, today))
}

type ChoiceRow = Parameters<typeof pinnedOf>[0] & { readonly names: string; readonly languages: string }

/** An edition among others: superseded where a later one of its clause has begun. */
function toChoice(row: ChoiceRow, among: readonly ChoiceRow[], today: string): ClauseChoice {
  const same = among.filter((other) => other.clause_id === row.clause_id).map(datedOf)
  const counting = editionOn(same, today)
  return {
    ...pinnedOf(row),
    names: wordsOf(row.names),
    languages: localesOf(row.languages),
    superseded: counting !== null && counting.no > row.no,
  }
}

/** What each of these template editions holds. */
export async function pinnedByEdition(
  db: Reader | Writer,
  templateEditionIds: readonly string[],
): Promise<Map<string, Map<string, PinnedClause>>> {
  const found = new Map<string, Map<string, PinnedClause>>(templateEditionIds.map((id) => [id, new Map()]))
  if (templateEditionIds.length === 0) return found
  const rows = await pinnedQuery(db)
    .innerJoin('contract_template_clauses as held', 'held.clause_edition_id', 'edition.id')
    .where('held.template_edition_id', 'in', templateEditionIds)
    .select('held.template_edition_id')
    .execute()
  for (const row of rows) found.get(row.template_edition_id)?.set(row.id, pinnedOf(row))
  return found
}

/** All editions of these templates. */
export async function templateEditionsOf(db: Reader | Writer, templateIds: readonly string[]) {
  if (templateIds.length === 0) return []
  return db
    .selectFrom('contract_template_editions')
    .selectAll()
    .where('template_id', 'in', templateIds)
    .orderBy('no')
    .execute()
}

/** The template of an id, or the standard one of a kind. */
export async function findTemplateRow(
  db: Reader | Writer,
  by: { readonly id: string } | { readonly standardOf: string },
) {
  const query = db.selectFrom('contract_templates').selectAll()
  return (
    'id' in by
      ? query.where('id', '=', by.id)
      : query.where('kind', '=', by.standardOf as never).where('standard', '=', 1)
  ).executeTakeFirst()
}

/** Whether there is any clause at all. */
export async function libraryIsEmpty(db: Reader | Writer): Promise<boolean> {
  const { rows } = await sql<{ n: number }>`SELECT 1 AS n FROM clauses LIMIT 1`.execute(db as Writer)
  return rows.length === 0
}
