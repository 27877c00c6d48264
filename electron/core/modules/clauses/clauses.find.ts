import { sql } from 'kysely'
import type { PinnedClause } from '#shared/modules/clauses/clauses.compose.rules.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { pinnedOf } from './clauses.records.ts'

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
