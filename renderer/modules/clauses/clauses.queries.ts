import type { ContractKind } from '#shared/modules/clauses/clauses.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { useEntry, useList } from '#renderer/rpc/queries.ts'

/** A clause with all its editions. */
export function useClause(id: string) {
  return useEntry('clauses', id, () => api.clauses.get({ id: id as never }))
}

/** A template with all its editions, and the clauses in them. */
export function useTemplate(id: string) {
  return useEntry('clauses', id, () => api.clauses.templates.get({ id: id as never }))
}

/** Clause editions that a template of a kind can hold. */
export function useClauseChoices(kind: ContractKind) {
  return useList('clauses', ['choices', kind], () => api.clauses.choices({ kind }))
}

/** The templates that contracts choose among today. */
export function useTemplateChoices() {
  return useList('clauses', ['template-choices'], () => api.clauses.templates.choices({}))
}
