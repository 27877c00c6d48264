import { sql, type SelectQueryBuilder } from 'kysely'
import type { TimelineBound } from '#shared/modules/timeline/timeline.rules.ts'
import type { TimelineItem, TimelineKind } from '#shared/modules/timeline/timeline.schema.ts'
import type { Action } from '#shared/policy/actions.ts'
import type { Reader } from '#core/store/store.ts'
import type { Scope } from './scope.ts'

/** What a source is asked. The reader may open the customer; of the source's rows he sees those of `scope`. */
export interface TimelineAsk {
  readonly customerId: string
  /** Files that were merged into this one. */
  readonly formerIds: readonly string[]
  readonly scope: Scope
  readonly userId: string
  readonly after: TimelineBound | null
  readonly limit: number
}

/** One thing that happened. `day` is null where `at` is the moment itself; else `at` is when it was written down. */
export type TimelineFound = Pick<TimelineItem, 'event'> &
  Partial<Pick<TimelineItem, 'time' | 'who' | 'record' | 'title' | 'words' | 'note' | 'amount'>> & {
    readonly id: string
    readonly day: string | null
    readonly at: number
  }

/** What of a module happens with customers. `permit` says who sees it at all, and whose rows. */
export interface TimelineSource {
  /** Told apart by this for good: cursors hold it. Never with a colon. */
  readonly id: string
  readonly kind: TimelineKind
  readonly permit: Action
  /** At most `limit` rows after the bound, newest first. */
  find(db: Reader, ask: TimelineAsk): Promise<TimelineFound[]>
}

/** Rows that belong to a day: `columns` are the day, the moment at which it was written down, and the id. */
export function latestByDay<DB, TB extends keyof DB, O>(
  query: SelectQueryBuilder<DB, TB, O>,
  { after, limit }: TimelineAsk,
  columns: readonly [day: string, at: string, id: string],
): SelectQueryBuilder<DB, TB, O> {
  const [day, at, id] = columns.map((column) => sql.ref(column)) as [ReturnType<typeof sql.ref>, never, never]
  const page = after
    ? query.where(sql<boolean>`(${day}, ${at}, ${id}) < (${after.day}, ${after.at}, ${after.id})`)
    : query
  return page.orderBy(day, 'desc').orderBy(at, 'desc').orderBy(id, 'desc').limit(limit)
}

/** Rows that have a moment. */
export function latestByMoment<DB, TB extends keyof DB, O>(
  query: SelectQueryBuilder<DB, TB, O>,
  { after, limit }: TimelineAsk,
  columns: readonly [at: string, id: string],
): SelectQueryBuilder<DB, TB, O> {
  const [at, id] = columns.map((column) => sql.ref(column)) as [ReturnType<typeof sql.ref>, never]
  const page = after ? query.where(sql<boolean>`(${at}, ${id}) < (${after.moment.at}, ${after.moment.id})`) : query
  return page.orderBy(at, 'desc').orderBy(id, 'desc').limit(limit)
}
