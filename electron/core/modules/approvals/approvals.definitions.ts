import type { ApprovalKind } from '#shared/modules/approvals/approvals.rules.ts'
import { definitionBody, type DefinitionBody, type DefinitionView } from '#shared/modules/approvals/approvals.schema.ts'
import type { Reader, Writer } from '#core/store/store.ts'

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

/** Every definition as it is now, by kind and position. */
export async function listDefinitions(db: Reader | Writer): Promise<DefinitionView[]> {
  const rows = await current(db).execute()
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
