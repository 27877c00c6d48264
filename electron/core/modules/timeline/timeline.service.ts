import { dayOfMoment, type PlainDay } from '#shared/kernel/dates.ts'
import { boundOf, cursorOf, mergeTimeline, positionOf } from '#shared/modules/timeline/timeline.rules.ts'
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
      await openFile(read, ctx.scope, customerId)
      const formerIds = await mergedFiles(read, customerId)
      const userId = ctx.actor.userId ?? ''

      async function latest(source: TimelineSource) {
        const scope = (await scopeFor(ctx, KIND_PERMITS[source.kind])) && (await scopeFor(ctx, source.permit))
        if (scope === null) return []
        const after = last ? boundOf(last, source.id, deps.clock.zone) : null
        const rows = await source.find(read, { customerId, formerIds, scope, userId, after, limit: limit + 1 })
        return rows.map(({ id, day, at, ...found }) => ({
          day: (day ?? dayOfMoment(at, deps.clock.zone)) as PlainDay,
          at,
          key: `${source.id}:${id}`,
          item: { kind: source.kind, at: day === null ? at : null, ...found },
        }))
      }

      const wanted = sources.filter((source) => kind === undefined || source.kind === kind)
      const { items, next } = mergeTimeline(await Promise.all(wanted.map(latest)), limit)
      const rows = items.map(({ day, key, item }): TimelineItem => {
        const { who = null, record = null, title = '', words = [], note = '', amount = null, ...rest } = item
        return { ...rest, key, day, who, record, title, words, note, amount }
      })
      return { rows, nextCursor: next ? cursorOf(next) : null }
    },
  }
}
