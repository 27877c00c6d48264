import { pinnedIds } from '#shared/modules/clauses/clauses.compose.rules.ts'
import type { ClauseChoice, TemplateEdition } from '#shared/modules/clauses/clauses.schema.ts'

/** What of the clauses an edition of a template has otherwise than the one before it; codes with their editions. */
export interface EditionChanges {
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly changed: readonly string[]
}

export function editionChanges(
  before: TemplateEdition,
  after: TemplateEdition,
  clauses: ReadonlyMap<string, ClauseChoice>,
): EditionChanges {
  const held = (edition: TemplateEdition) =>
    new Map(
      pinnedIds(edition as never).flatMap((id) => {
        const clause = clauses.get(id)
        return clause ? [[clause.clauseId, clause] as const] : []
      }),
    )
  const [old, fresh] = [held(before), held(after)]
  return {
    added: [...fresh].flatMap(([id, clause]) => (old.has(id) ? [] : [clause.code])),
    removed: [...old].flatMap(([id, clause]) => (fresh.has(id) ? [] : [clause.code])),
    changed: [...fresh].flatMap(([id, clause]) => {
      const former = old.get(id)
      return former && former.no !== clause.no ? [`${clause.code} ${former.no} → ${clause.no}`] : []
    }),
  }
}
