import { sql } from 'kysely'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import { editionFault } from '#shared/modules/clauses/clauses.choice.rules.ts'
import type { TemplateFilters, TemplateSort } from '#shared/modules/clauses/clauses.contract.ts'
import { editionOn } from '#shared/modules/clauses/clauses.editions.rules.ts'
import type { TemplateRow } from '#shared/modules/clauses/clauses.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import { contractsByTemplate } from '#core/modules/contracts/contracts.api.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { pinnedByEdition, templateEditionsOf } from './clauses.find.ts'
import { datedOf, localesOf, wordsOf } from './clauses.records.ts'
import { holds, shownId, standingSql } from './clauses.standing.ts'

export interface TemplatesQuery {
  readonly today: string
  readonly text?: string | undefined
  readonly filters: TemplateFilters
}

const SORTED_BY = { code: 'code', kind: 'kind', updatedAt: 'updated_at' } as const satisfies Record<
  TemplateSort,
  string
>

const HAS_DRAFT = sql<number>`EXISTS (SELECT 1 FROM contract_template_editions d
  WHERE d.template_id = contract_templates.id AND d.state = 'draft')`

function filtered(db: Reader | Writer, { today, text, filters }: TemplatesQuery) {
  let query = db
    .selectFrom('contract_templates')
    .innerJoin('contract_template_editions as edition', (join) =>
      join.on('edition.id', '=', shownId('contract_template_editions', 'template_id', 'contract_templates.id', today)),
    )
  const needle = normaliseQuery(text ?? '')
  if (needle !== '') query = query.where(sql<boolean>`instr(contract_templates.search_text, ${needle}) > 0`)
  if (filters.kind !== undefined) query = query.where('contract_templates.kind', '=', filters.kind)
  if (filters.language !== undefined) query = query.where(holds('edition.languages', filters.language))
  if (filters.standing !== undefined) query = query.where(standingSql(today), '=', filters.standing)
  if (filters.standard) query = query.where('contract_templates.standard', '=', 1)
  if (filters.hasDraft) query = query.where(sql<boolean>`${HAS_DRAFT}`)
  return query
}

/** A page of templates, each by the edition that stands for it today, with why it cannot be used. */
export async function listTemplates(
  db: Reader,
  asked: TemplatesQuery,
  page: Pick<PageInput<TemplateSort>, 'sort' | 'cursor' | 'limit'>,
): Promise<{ rows: TemplateRow[]; nextCursor: string | null }> {
  const column = SORTED_BY[page.sort.key]
  const query = filtered(db, asked)
    .selectAll('contract_templates')
    .select(['edition.no', 'edition.languages', standingSql(asked.today).as('standing'), HAS_DRAFT.as('has_draft')])
  const rows = await keyset(query, {
    sortColumn: `contract_templates.${column}`,
    idColumn: 'contract_templates.id',
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
  const ids = cut.rows.map((row) => row.id)
  const faults = await faultsOf(db, ids, asked.today)
  const counts = await contractsByTemplate(db, ids)
  return {
    nextCursor: cut.nextCursor,
    rows: cut.rows.map((row) => ({
      id: row.id,
      version: row.version,
      code: row.code,
      kind: row.kind,
      names: wordsOf(row.names),
      standard: row.standard === 1,
      standing: row.standing,
      editionNo: row.no,
      hasDraft: Number(row.has_draft) === 1,
      languages: localesOf(row.languages),
      fault: faults.get(row.id) ?? null,
      contracts: counts.filter((found) => found.templateId === row.id).reduce((sum, found) => sum + found.count, 0),
      updatedAt: row.updated_at,
    })),
  }
}

export async function countTemplates(db: Reader, asked: TemplatesQuery): Promise<number> {
  const row = await filtered(db, asked)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** Why each of these templates cannot be used on a day; null where it can. */
export async function faultsOf(db: Reader | Writer, ids: readonly string[], today: string) {
  const editions = (await templateEditionsOf(db, ids)).map((row) => ({ ...datedOf(row), row }))
  const counting = ids.map((id) => ({
    id,
    edition: editionOn(
      editions.filter((edition) => edition.row.template_id === id),
      today,
    ),
  }))
  const pinned = await pinnedByEdition(
    db,
    counting.flatMap(({ edition }) => (edition === null ? [] : [edition.row.id])),
  )
  return new Map(
    counting.map(({ id, edition }) => {
      const clauses = edition === null ? [] : [...(pinned.get(edition.row.id)?.values() ?? [])]
      return [id, editionFault(edition, clauses, today)]
    }),
  )
}

/** Every edition of a template, the newest first, with who published it. */
export async function editionsOfTemplate(db: Reader | Writer, templateId: string) {
  return db
    .selectFrom('contract_template_editions as edition')
    .leftJoin('users', 'users.id', 'edition.published_by')
    .selectAll('edition')
    .select('users.name as published_name')
    .where('edition.template_id', '=', templateId)
    .orderBy('edition.no', 'desc')
    .execute()
}
export type TemplateEditionRecord = Awaited<ReturnType<typeof editionsOfTemplate>>[number]
