import { dayOfMoment, formatMoment, type PlainDay } from '#shared/kernel/dates.ts'
import { boundsAfter, cursorOf, mergeTimeline, positionOf } from '#shared/modules/timeline/timeline.rules.ts'
import { KIND_PERMITS, type TimelineItem, type TimelineKind } from '#shared/modules/timeline/timeline.schema.ts'
import type { Action } from '#shared/policy/actions.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import type { Scope } from '#core/kernel/scope.ts'
import type { TimelineSource } from '#core/kernel/timeline.ts'
import { mergedFiles, openFile } from '#core/modules/customers/customers.api.ts'

interface Asked {
  readonly customerId: string
  readonly kind?: TimelineKind | undefined
  readonly cursor?: string | null | undefined
  readonly limit: number
}

/** What happened with a customer. `scopeFor` says for each source whose rows the reader sees, if any. */
export function createTimelineService(
  deps: CoreDeps,
  sources: readonly TimelineSource[],
  scopeFor: (ctx: CallContext, action: Action) => Promise<Scope | null>,
) {
  return {
    async list(ctx: CallContext, { customerId, kind, cursor, limit }: Asked) {
      const last = cursor ? positionOf(cursor) : null
      const { read } = deps.store
      const { zone } = deps.clock
      await openFile(read, ctx.scope, customerId)
      const formerIds = await mergedFiles(read, customerId)
      const userId = ctx.actor.userId ?? ''

      const scopes = new Map<Action, Promise<Scope | null>>()
      const scopeOf = (action: Action) => {
        const known = scopes.get(action) ?? scopeFor(ctx, action)
        scopes.set(action, known)
        return known
      }

      const wanted = sources.filter((source) => kind === undefined || source.kind === kind)
      const after = last ? boundsAfter(last, zone) : () => null
      const lists = await Promise.all(
        wanted.map(async ({ id, kind: of, permit, find }) => {
          const scope = (await scopeOf(KIND_PERMITS[of])) && (await scopeOf(permit))
          const ask = { customerId, formerIds, userId, after: after(id), limit: limit + 1 }
          return scope === null ? [] : find(read, { ...ask, scope })
        }),
      )
      const { items, next } = mergeTimeline(
        lists,
        ({ id, day, at }, list) => ({
          day: (day ?? dayOfMoment(at, zone)) as PlainDay,
          at,
          key: `${wanted[list]?.id}:${id}`,
        }),
        limit,
      )
      const rows = items.map(({ row, list, position }): TimelineItem => {
        const time = row.day === null ? (formatMoment(row.at, zone).split(' ')[1] ?? '') : ''
        return {
          key: position.key,
          kind: wanted[list]?.kind ?? 'file',
          event: row.event,
          day: position.day,
          time: row.time ?? time,
          who: row.who ?? null,
          record: row.record ?? null,
          title: row.title ?? '',
          words: row.words ?? [],
          note: row.note ?? '',
          amount: row.amount ?? null,
        }
      })
      return { rows, nextCursor: next ? cursorOf(next) : null }
    },
  }
}
