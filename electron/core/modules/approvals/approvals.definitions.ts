import type { ApprovalKind } from '#shared/modules/approvals/approvals.kinds.rules.ts'
import { definitionBody, type DefinitionBody, type DefinitionView } from '#shared/modules/approvals/approvals.schema.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import { secondPersonWay } from '#shared/modules/approvals/approvals.proposals.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'

export interface Definition {
  readonly id: string
  readonly version: number
  readonly edition: number
  readonly body: DefinitionBody
}

const current = (db: Reader | Writer) =>
  db
    .selectFrom('approval_definitions')
    .innerJoin('approval_editions', (join) =>
      join
        .onRef('approval_editions.definition_id', '=', 'approval_definitions.id')
        .onRef('approval_editions.edition', '=', 'approval_definitions.edition'),
    )
    .leftJoin('users', 'users.id', 'approval_editions.saved_by')
    .select([
      'approval_definitions.id',
      'approval_definitions.version',
      'approval_definitions.edition',
      'approval_editions.body',
      'approval_editions.saved_at',
      'users.name as saved_by_name',
    ])
    .orderBy('approval_definitions.kind')
    .orderBy('approval_definitions.position')
    .orderBy('approval_definitions.id')

/** Stands for the kind of ways that the program itself brings: nobody edits them, they are listed nowhere. */
const BUILT_IN = '' as ApprovalKind

/**
 * The way of a kind that one person never decides, where the firm has none in use; it is kept like any other, so that
 * requests can refer to it.
 */
export async function secondPersonDefinition(uow: UnitOfWork, kind: ApprovalKind, t: Translate): Promise<Definition> {
  const id = `${kind}:secondPerson`
  const known = await uow.db.selectFrom('approval_definitions').select('id').where('id', '=', id).executeTakeFirst()
  if (!known) {
    const body = secondPersonWay(kind, t)
    const row = { id, kind: BUILT_IN, enabled: 0, position: 0, edition: 1, version: 0 }
    await uow.db.insertInto('approval_definitions').values(row).execute()
    await uow.db
      .insertInto('approval_editions')
      .values({ definition_id: id, edition: 1, body: JSON.stringify(body), saved_at: uow.now, saved_by: null })
      .execute()
  }
  return { id, version: 0, edition: 1, body: await editionOf(uow.db, id, 1) }
}

/** Every definition of the firm as it is now, by kind and position. */
export async function listDefinitions(db: Reader | Writer): Promise<DefinitionView[]> {
  const rows = await current(db).where('approval_definitions.kind', '<>', BUILT_IN).execute()
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    edition: row.edition,
    body: definitionBody.parse(JSON.parse(row.body)),
    updatedAt: row.saved_at,
    updatedByName: row.saved_by_name ?? '',
  }))
}

/** The definitions in use of a kind. */
export async function enabledDefinitions(db: Reader | Writer, kind: ApprovalKind): Promise<Definition[]> {
  const rows = await current(db)
    .where('approval_definitions.kind', '=', kind)
    .where('approval_definitions.enabled', '=', 1)
    .execute()
  return rows.map(({ id, version, edition, body }) => ({
    id,
    version,
    edition,
    body: definitionBody.parse(JSON.parse(body)),
  }))
}

/** The edition that a request began under. */
export async function editionOf(db: Reader | Writer, definitionId: string, edition: number): Promise<DefinitionBody> {
  const row = await db
    .selectFrom('approval_editions')
    .select('body')
    .where('definition_id', '=', definitionId)
    .where('edition', '=', edition)
    .executeTakeFirstOrThrow()
  return definitionBody.parse(JSON.parse(row.body))
}
