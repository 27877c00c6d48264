import { sql, type RawBuilder } from 'kysely'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import type {
  TemplateFields,
  TemplateFilters,
  TemplateRow,
  TemplateSort,
} from '#shared/modules/wordtemplates/wordtemplates.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import type { WordTemplatesTable } from '#core/store/tables/word-templates.tables.ts'

export interface TemplatesQuery {
  /** The day that the standings are of. */
  readonly day: PlainDay
  readonly text?: string | undefined
  readonly filters: TemplateFilters
}

const SORTED_BY = {
  name: 'name_key',
  kind: 'kind',
  updatedAt: 'updated_at',
} as const satisfies Record<TemplateSort, string>

/** The edition that counts on a day, as `currentEdition` of the rules has it. */
const currentNo = (day: PlainDay) => sql<number | null>`(
  SELECT max(e.no) FROM word_template_editions e
  WHERE e.template_id = t.id AND e.valid_from <= ${day}
    AND (e.withdrawn_day IS NULL OR e.withdrawn_day >= e.valid_from))`

const nextNo = (day: PlainDay) => sql<number | null>`(
  SELECT max(e.no) FROM word_template_editions e
  WHERE e.template_id = t.id AND e.state = 'inUse' AND e.valid_from > ${day})`

/** Each template with the edition that counts today, else one that waits for its day, else the newest. */
function templatesQuery(db: Reader | Writer, day: PlainDay) {
  return db
    .selectFrom('word_templates as t')
    .innerJoin('word_template_editions as newest', (join) =>
      join.onRef('newest.template_id', '=', 't.id').onRef('newest.no', '=', 't.last_no'),
    )
    .innerJoin('word_template_editions as shown', (join) =>
      join
        .onRef('shown.template_id', '=', 't.id')
        .on('shown.no', '=', sql<number>`coalesce(${currentNo(day)}, ${nextNo(day)}, t.last_no)`),
    )
    .leftJoin('users as author', 'author.id', 't.updated_by')
    .selectAll('t')
    .select(['newest.state as newest_state', 'newest.unknown', 'newest.broken', 'newest.missing'])
    .select(['shown.no', 'shown.state as shown_state', 'shown.valid_from', 'author.name as author_name'])
}

function filtered(db: Reader | Writer, { day, text, filters }: TemplatesQuery) {
  let query = templatesQuery(db, day)
  const needle = normaliseQuery(text ?? '')
  if (needle !== '') query = query.where(sql<boolean>`instr(t.search_text, ${needle}) > 0`)
  if (filters.kind !== undefined) query = query.where('t.kind', '=', filters.kind)
  if (filters.language !== undefined) query = query.where('t.language', '=', filters.language)
  return filters.standing === undefined ? query : query.where(standsAs(filters.standing, day))
}

/** What a template is on a day, by the edition that is shown of it. */
function standsAs(wanted: TemplateRow['standing'], day: PlainDay): RawBuilder<boolean> {
  if (wanted === 'inUse') return sql<boolean>`shown.state = 'inUse' AND shown.valid_from <= ${day}`
  if (wanted === 'upcoming') return sql<boolean>`shown.state = 'inUse' AND shown.valid_from > ${day}`
  return sql<boolean>`shown.state = ${wanted}`
}

type Raw = Awaited<ReturnType<ReturnType<typeof templatesQuery>['executeTakeFirstOrThrow']>>

export async function listTemplates(
  db: Reader,
  asked: TemplatesQuery,
  page: Pick<PageInput<TemplateSort>, 'sort' | 'cursor' | 'limit'>,
): Promise<{ rows: TemplateRow[]; nextCursor: string | null }> {
  const column = SORTED_BY[page.sort.key]
  const rows = await keyset(filtered(db, asked), {
    sortColumn: `t.${column}`,
    idColumn: 't.id',
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
  return { rows: cut.rows.map((row) => toRow(row, asked.day)), nextCursor: cut.nextCursor }
}

function toRow(raw: Raw, day: PlainDay): TemplateRow {
  const upcoming = raw.shown_state === 'inUse' && raw.valid_from !== null && raw.valid_from > day
  return {
    id: raw.id,
    version: raw.version,
    name: raw.name,
    kind: raw.kind,
    language: raw.language,
    standing: upcoming ? 'upcoming' : raw.shown_state,
    no: raw.no,
    validFrom: raw.valid_from,
    draftNo: raw.newest_state === 'draft' && raw.last_no > raw.no ? raw.last_no : null,
    unknown: raw.unknown,
    broken: raw.broken,
    missing: raw.missing,
    updatedAt: raw.updated_at,
    updatedByName: raw.author_name ?? '',
  }
}

export async function countTemplates(db: Reader, asked: TemplatesQuery): Promise<number> {
  const row = await filtered(db, asked)
    .clearSelect()
    .select(sql<number>`count(*)`.as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

export function findTemplate(db: Reader | Writer, id: string): Promise<WordTemplatesTable | undefined> {
  return db.selectFrom('word_templates').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Whether another template of this kind and language has the name. */
export async function nameTaken(db: Writer, fields: TemplateFields, except: string | null): Promise<boolean> {
  const row = await db
    .selectFrom('word_templates')
    .select('id')
    .where('name', '=', fields.name)
    .where('kind', '=', fields.kind)
    .where('language', '=', fields.language)
    .executeTakeFirst()
  return row !== undefined && row.id !== except
}

/** The editions of a template with the people of each, the newest first. */
export function editionsOf(db: Reader | Writer, templateId: string) {
  return db
    .selectFrom('word_template_editions as e')
    .leftJoin('users as maker', 'maker.id', 'e.made_by')
    .leftJoin('users as user', 'user.id', 'e.used_by')
    .leftJoin('users as withdrawer', 'withdrawer.id', 'e.withdrawn_by')
    .selectAll('e')
    .select(['maker.name as maker_name', 'user.name as user_name', 'withdrawer.name as withdrawer_name'])
    .where('e.template_id', '=', templateId)
    .orderBy('e.no', 'desc')
    .execute()
}
export type EditionRecord = Awaited<ReturnType<typeof editionsOf>>[number]

/** The editions in use today of templates for this kind of contract and language, by name. */
export async function editionsInUse(
  db: Reader,
  day: PlainDay,
  fit: Pick<TemplateFields, 'kind' | 'language'>,
): Promise<(Raw & { readonly valid_from: string })[]> {
  const rows = await filtered(db, { day, filters: { ...fit, standing: 'inUse' } })
    .orderBy('t.name_key')
    .orderBy('t.id')
    .execute()
  return rows.flatMap((row) => (row.valid_from === null ? [] : [{ ...row, valid_from: row.valid_from }]))
}
