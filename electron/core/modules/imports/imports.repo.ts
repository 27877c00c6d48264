import type { PageInput } from '#shared/kernel/paging.ts'
import type { ImportEntity, ImportRecord } from '#shared/modules/imports/imports.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import type { WrittenRow } from './imports.api.ts'

function importsQuery(db: Reader | Writer, scope: Scope) {
  const query = db
    .selectFrom('imports')
    .leftJoin('users', 'users.id', 'imports.user_id')
    .selectAll('imports')
    .select('users.name as user_name')
  return applyScope(query, scope, 'imports.user_id')
}
type RawImport = Awaited<ReturnType<ReturnType<typeof importsQuery>['executeTakeFirstOrThrow']>>

function toRecord(raw: RawImport): ImportRecord {
  const { id, rows, created, updated, skipped, failed, at, version } = raw
  return {
    id,
    entity: raw.entity as ImportEntity,
    fileName: raw.file_name,
    userName: raw.user_name,
    revertedAt: raw.reverted_at,
    rows,
    created,
    updated,
    skipped,
    failed,
    at,
    version,
  }
}

export async function listImports(db: Reader, scope: Scope, page: Pick<PageInput<'at'>, 'sort' | 'cursor' | 'limit'>) {
  const query = keyset(importsQuery(db, scope), {
    sortColumn: 'imports.at',
    idColumn: 'imports.id',
    dir: page.sort.dir,
    cursor: page.cursor,
    limit: page.limit,
  })
  const cut = pageOf(
    await query.execute(),
    page.limit,
    (row) => row.at,
    (row) => row.id,
  )
  return { rows: cut.rows.map(toRecord), nextCursor: cut.nextCursor }
}

export async function countImports(db: Reader, scope: Scope): Promise<number> {
  const query = applyScope(db.selectFrom('imports'), scope, 'imports.user_id')
  const { count } = await query.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
  return Number(count)
}

export async function findImport(db: Reader | Writer, scope: Scope, id: string): Promise<ImportRecord | null> {
  const raw = await importsQuery(db, scope).where('imports.id', '=', id).executeTakeFirst()
  return raw ? toRecord(raw) : null
}

export async function wasRun(db: Reader | Writer, checkId: string): Promise<boolean> {
  const row = await db.selectFrom('imports').select('id').where('check_id', '=', checkId).executeTakeFirst()
  return row !== undefined
}

/** What an import did, the last row first: a way back undoes later rows before earlier ones. */
export async function writtenRows(db: Reader | Writer, importId: string): Promise<WrittenRow[]> {
  const rows = await db
    .selectFrom('import_rows')
    .selectAll()
    .where('import_id', '=', importId)
    .orderBy('row', 'desc')
    .execute()
  return rows.map((row) => ({
    recordId: row.record_id,
    action: row.action as WrittenRow['action'],
    version: row.version,
    before: row.before === null ? null : (JSON.parse(row.before) as unknown),
  }))
}

export async function keepWrittenRow(
  uow: UnitOfWork,
  importId: string,
  row: number,
  written: WrittenRow,
): Promise<void> {
  await uow.db
    .insertInto('import_rows')
    .values({
      import_id: importId,
      row,
      record_id: written.recordId,
      action: written.action,
      version: written.version,
      before: written.before === null ? null : JSON.stringify(written.before),
    })
    .execute()
}

/** The columns a person chose for these headings before; null where they never did. */
export async function rememberedMapping(
  db: Reader,
  userId: string,
  entity: ImportEntity,
  headings: readonly string[],
): Promise<ReadonlyMap<string, (string | null)[]>> {
  const rows = await db
    .selectFrom('import_mappings')
    .select(['headings', 'mapping'])
    .where('user_id', '=', userId)
    .where('entity', '=', entity)
    .where('headings', 'in', [...headings])
    .execute()
  return new Map(rows.map((row) => [row.headings, JSON.parse(row.mapping) as (string | null)[]]))
}

export async function keepMapping(
  uow: UnitOfWork,
  key: { userId: string; entity: ImportEntity; headings: string },
  mapping: readonly (string | null)[],
): Promise<void> {
  const value = { mapping: JSON.stringify(mapping), at: uow.now }
  await uow.db
    .insertInto('import_mappings')
    .values({ user_id: key.userId, entity: key.entity, headings: key.headings, ...value })
    .onConflict((oc) => oc.columns(['user_id', 'entity', 'headings']).doUpdateSet(value))
    .execute()
}
