import type { PlainMonth } from '#shared/kernel/dates.ts'
import type { AppraisalPolicy, RankingView } from '#shared/modules/performance/performance.policy.schema.ts'
import {
  knowsPlaces,
  seenRanking,
  withSeenPlaces,
  type RankingReader,
} from '#shared/modules/performance/performance.ranking.rules.ts'
import type { MonthSheet } from '#shared/modules/performance/performance.schema.ts'
import { scopeOf } from '#shared/policy/can.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { inScope, makeScope, type Scope } from '#core/kernel/scope.ts'
import { readSetting, writeSetting } from '#core/kernel/settings.ts'
import type { Reader } from '#core/store/store.ts'
import { correctedSheets } from './performance.corrections.repo.ts'

/** The open month of these people as it stands. */
type OpenSheet = (db: Reader, scope: Scope, month: PlainMonth) => Promise<MonthSheet>

/** Leads whoever sets the targets of others. */
function readerOf(ctx: CallContext): RankingReader {
  return {
    userId: ctx.session?.userId ?? '',
    leads: scopeOf(ctx.session?.roles ?? [], 'performance.targets') !== 'none',
    reads: (userId) => inScope(ctx.scope, userId),
  }
}

const sightOf = async (db: Reader) => (await readSetting(db, 'appraisal')).value.ranking

/** Whether the caller may know the places of those whose results he reads. */
export async function placesKnown(db: Reader, ctx: CallContext): Promise<boolean> {
  return knowsPlaces(readerOf(ctx), await sightOf(db))
}

/** The sheet of the caller's scope with the places that he may know. */
export async function seenSheet(db: Reader, ctx: CallContext, sheet: MonthSheet): Promise<MonthSheet> {
  const counted = sheet.locked || ctx.scope.kind === 'all'
  return withSeenPlaces(sheet, counted && (await placesKnown(db, ctx)))
}

/** Who stands where among everybody, as far as the firm lets the caller see it. */
export function createRankingService({ store }: CoreDeps, openSheet: OpenSheet) {
  return {
    /** Of an open month the whole firm is computed, so it is asked for by itself and never with the sheet. */
    async ranking(ctx: CallContext, month: PlainMonth): Promise<RankingView> {
      const db = store.read
      const sight = await sightOf(db)
      const reader = readerOf(ctx)
      const [kept] = await correctedSheets(db, [month])
      if (!knowsPlaces(reader, sight)) return { month, locked: kept !== undefined, sight, people: null, rows: [] }
      const { people } = kept ?? (await openSheet(db, makeScope.all(), month))
      return { month, locked: kept !== undefined, sight, ...seenRanking(people, reader, sight) }
    },

    policy: {
      read: () => readSetting(store.read, 'appraisal'),
      save: (ctx: CallContext, input: { value: AppraisalPolicy; version: number }) =>
        store.write(withoutReplay(ctx.actor), async (uow) => {
          const saved = await writeSetting(uow, 'appraisal', input.value, input.version)
          uow.changed('performance', 'policy')
          return saved
        }),
    },
  }
}
