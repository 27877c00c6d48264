import { endOfMonth, monthOf, startOfMonth, addDays, type PlainDay } from '#shared/kernel/dates.ts'
import {
  forecastBuckets,
  forecastCells,
  forecastMonths,
  forecastParts,
  movementOf,
  MOVEMENTS,
  openAmountOn,
  type Movement,
  WON_NOW,
} from '#shared/modules/deals/deals.forecast.rules.ts'
import { creditOf, WHOLE } from '#shared/modules/deals/deals.rules.ts'
import type { ForecastView, LossesView, MovementView, PartRow } from '#shared/modules/deals/deals.schema.ts'
import { CLOSE_REASONS } from '#shared/modules/deals/deals.stages.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { inScope, type Scope } from '#core/kernel/scope.ts'
import { userBriefs } from '#core/modules/people/people.api.ts'
import { contractTargets } from '#core/modules/performance/performance.api.ts'
import { endings, historiesSince, openDeals, partColumns, wonDeals } from './deals.past.repo.ts'
import type { ScopeFor } from './deals.service.ts'

interface Asked {
  readonly ownerId?: string | undefined
}
interface Months extends Asked {
  readonly months: number
}
interface Period extends Asked {
  readonly from: PlainDay
  readonly to: PlainDay
}

/** What the pipeline will bring, how it moved, and why deals were lost. */
export function createDealFigures(deps: CoreDeps, scopeFor: ScopeFor) {
  const { store } = deps

  /** Everybody's parts that the caller may count: another team's share of a common deal is that team's. */
  async function parts(ctx: CallContext, asked: Months) {
    const today = deps.clock.today()
    const deals = await openDeals(store.read, ctx.scope, asked.ownerId)
    return deals
      .flatMap((deal) => forecastParts(deal, today, asked.months))
      .filter((part) => inScope(ctx.scope, part.userId))
  }

  /** What was won this month, shared as its deals are split; only what belongs to people of the scope. */
  async function wonParts(ctx: CallContext, ownerId: string | undefined) {
    const month = monthOf(deps.clock.today())
    const deals = await wonDeals(store.read, ctx.scope, ownerId, startOfMonth(month), endOfMonth(month))
    return deals.flatMap((deal) => {
      const amounts = creditOf(deal.amount, deal.splits)
      return deal.splits
        .map(({ userId, share }, i) => ({ dealId: deal.id, userId, share, part: amounts[i] ?? 0 }))
        .filter(({ userId }) => inScope(ctx.scope, userId))
    })
  }

  /** What moved in a period, deal by deal. */
  async function moved(scope: Scope, asked: Period) {
    const histories = await historiesSince(store.read, scope, asked.ownerId, asked.from)
    return { histories, rows: histories.flatMap((moves) => movementOf(moves, asked.from, asked.to)) }
  }

  async function named(
    scope: Scope,
    found: readonly { id: string; share: number; part: number }[],
  ): Promise<PartRow[]> {
    const columns = await partColumns(
      store.read,
      scope,
      found.map((row) => row.id),
    )
    return found.flatMap(({ id, share, part }) => {
      const row = columns.get(id)
      if (!row) return []
      const { removed_at: removed, ...shown } = row
      return [{ ...shown, stage: removed === null ? row.stage : ('removed' as const), share, part }]
    })
  }

  return {
    async forecast(ctx: CallContext, asked: Months): Promise<ForecastView> {
      const today = deps.clock.today()
      const cells = forecastCells(await parts(ctx, asked))
      const won = new Map<string, { userId: string; count: number; amount: number }>()
      for (const { userId, part } of await wonParts(ctx, asked.ownerId)) {
        const sum = won.get(userId) ?? { userId, count: 0, amount: 0 }
        won.set(userId, { userId, count: sum.count + 1, amount: sum.amount + part })
      }
      const appraised = await scopeFor(ctx, 'performance.read')
      const targets = appraised
        ? await contractTargets(store.read, appraised, forecastMonths(today, asked.months))
        : null
      const ids = new Set([...cells.map((cell) => cell.userId), ...won.keys(), ...(targets ?? []).map((t) => t.userId)])
      const names = await userBriefs(
        store.read,
        [...ids].filter((id) => inScope(ctx.scope, id)),
      )
      return {
        today,
        buckets: forecastBuckets(today, asked.months),
        people: [...names.values()].map(({ id, name }) => ({ id, name })),
        cells,
        won: [...won.values()],
        targets: targets?.filter(({ userId }) => names.has(userId) && userId === (asked.ownerId ?? userId)) ?? null,
      }
    },

    async forecastRows(ctx: CallContext, asked: Months & { bucket: string; userId: string | null }) {
      const known =
        asked.bucket === WON_NOW
          ? await wonParts(ctx, asked.ownerId)
          : (await parts(ctx, asked))
              .filter((part) => asked.bucket === 'total' || part.bucket === asked.bucket)
              .map((part) => ({ ...part, part: part.weighted }))
      const found = known.filter((part) => asked.userId === null || part.userId === asked.userId)
      const byDeal = Map.groupBy(found, (part) => part.dealId)
      return named(
        ctx.scope,
        [...byDeal].map(([id, some]) => ({
          id,
          share: some.reduce((sum, part) => sum + part.share, 0),
          part: some.reduce((sum, part) => sum + part.part, 0),
        })),
      )
    },

    async movement(ctx: CallContext, asked: Period): Promise<MovementView> {
      const { histories, rows } = await moved(ctx.scope, asked)
      const on = (day: string) => {
        const open = histories.map((moves) => openAmountOn(moves, day)).filter((state) => state.open)
        return { count: open.length, amount: open.reduce((sum, state) => sum + state.amount, 0) }
      }
      const kinds = Object.fromEntries(
        MOVEMENTS.map((kind) => {
          const some = rows.filter((row) => row.kind === kind)
          return [kind, { count: some.length, amount: some.reduce((sum, row) => sum + row.amount, 0) }]
        }),
      ) as MovementView['kinds']
      return { from: asked.from, to: asked.to, start: on(addDays(asked.from, -1)), end: on(asked.to), kinds }
    },

    async movementRows(ctx: CallContext, asked: Period & { kind: Movement | 'start' | 'end' }) {
      const { histories, rows } = await moved(ctx.scope, asked)
      const { kind } = asked
      if (kind === 'start' || kind === 'end') {
        const day = kind === 'start' ? addDays(asked.from, -1) : asked.to
        const open = histories.flatMap((moves) => {
          const state = openAmountOn(moves, day)
          return state.open ? [{ id: moves[0]?.dealId ?? '', share: WHOLE, part: state.amount }] : []
        })
        return named(ctx.scope, open)
      }
      const some = rows.filter((row) => row.kind === kind)
      return named(
        ctx.scope,
        some.map((row) => ({ id: row.dealId, share: WHOLE, part: row.amount })),
      )
    },

    async losses(ctx: CallContext, asked: Period): Promise<LossesView> {
      const rows = await endings(store.read, ctx.scope, asked.ownerId, asked.from, asked.to)
      const sum = (some: readonly { count: number; amount: number }[]) => ({
        count: some.reduce((total, row) => total + row.count, 0),
        amount: some.reduce((total, row) => total + row.amount, 0),
      })
      const lost = rows.filter((row) => row.stage === 'lost')
      const byCompetitor = Map.groupBy(
        lost.filter((row) => row.competitor !== ''),
        (row) => row.competitor,
      )
      return {
        won: sum(rows.filter((row) => row.stage === 'won')),
        lost: sum(lost),
        reasons: CLOSE_REASONS.map((reason) => ({
          reason,
          ...sum(lost.filter((row) => row.reason === reason)),
        })).filter((row) => row.count > 0),
        competitors: [...byCompetitor]
          .map(([name, some]) => ({ name, ...sum(some) }))
          .sort((a, b) => b.count - a.count || b.amount - a.amount || (a.name < b.name ? -1 : 1))
          .slice(0, 10),
      }
    },
  }
}
