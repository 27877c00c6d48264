import { sql, type RawBuilder, type SelectQueryBuilder } from 'kysely'
import { refuse } from '#shared/kernel/app-error.ts'

declare const scopeBrand: unique symbol

/**
 * Whose rows a call may touch. Only the permission middleware makes one; a repository cannot build a list without it.
 */
export type Scope = ({ readonly kind: 'all' } | { readonly kind: 'users'; readonly userIds: readonly string[] }) & {
  readonly [scopeBrand]: true
}

/** For the permission middleware, jobs that run for the program itself, and tests of repositories. */
export const makeScope = {
  all: (): Scope => ({ kind: 'all' }) as Scope,
  users: (userIds: readonly string[]): Scope => ({ kind: 'users', userIds }) as Scope,
}

/** Narrows a query to the rows of the scope by the column that names their owner. */
export function applyScope<DB, TB extends keyof DB, O>(
  query: SelectQueryBuilder<DB, TB, O>,
  scope: Scope,
  ownerColumn: string,
): SelectQueryBuilder<DB, TB, O> {
  if (scope.kind === 'all') return query
  if (scope.userIds.length === 0) return query.where(sql<boolean>`1 = 0`)
  return query.where(sql.ref(ownerColumn), 'in', scope.userIds as string[])
}

/** The same as a condition, for a statement that is written by hand. */
export function scopedTo(scope: Scope, ownerColumn: string): RawBuilder<boolean> {
  if (scope.kind === 'all') return sql`1 = 1`
  if (scope.userIds.length === 0) return sql`1 = 0`
  return sql`${sql.ref(ownerColumn)} IN (${sql.join([...scope.userIds])})`
}

/** Whether a row of this owner is within the scope. */
export function inScope(scope: Scope, ownerId: string | null): boolean {
  return scope.kind === 'all' || (ownerId !== null && scope.userIds.includes(ownerId))
}

/**
 * Refuses a row outside the scope as if it were not there, so that ids cannot be probed.
 * Throws NOT_FOUND.
 */
export function assertInScope(scope: Scope, ownerId: string | null, entity: string): void {
  if (!inScope(scope, ownerId)) throw refuse('NOT_FOUND', { entity })
}
