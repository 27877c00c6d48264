import { sql } from 'kysely'
import { refuse } from '#shared/kernel/app-error.ts'
import { asMonth, monthOf, shiftMonth, type PlainMonth } from '#shared/kernel/dates.ts'
import { historyMonth } from '#shared/modules/performance/performance.history.rules.ts'
import {
  HISTORY_MONTHS,
  type HistoryMonth,
  type PersonHistory,
} from '#shared/modules/performance/performance.history.schema.ts'
import { personSheet, type MonthSheet, type PersonSheet } from '#shared/modules/performance/performance.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { assertInScope } from '#core/kernel/scope.ts'
import { userBriefs } from '#core/modules/people/people.api.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { correctedSheets } from './performance.corrections.repo.ts'
import { decidedFor } from './performance.proposals.repo.ts'
import { placesKnown } from './performance.ranking.ts'

/** A person's line of a locked month, with its corrections. */
export interface PersonMonth {
  readonly month: PlainMonth
  readonly lockedAt: number
  readonly person: PersonSheet
}

/**
 * What somebody came to in the locked months from one on, the latest first. Only his own line is taken out of what is
 * kept of a month; one that was corrected is read as a whole, for the places of all follow.
 */
export async function personMonths(db: Reader | Writer, userId: string, from: PlainMonth): Promise<PersonMonth[]> {
  const { rows } = await sql<{ month: string; lockedAt: number; person: string }>`
    SELECT kept.month, kept.locked_at AS lockedAt, one.value AS person
    FROM performance_months kept, json_each(kept.snapshot, '$.sheet.people') one
    WHERE kept.month >= ${from} AND json_extract(one.value, '$.userId') = ${userId}
    ORDER BY kept.month DESC`.execute(db as Reader)
  const today = await correctedSince(db, from)
  return rows.map(({ month, lockedAt, person }) => ({
    month: asMonth(month),
    lockedAt,
    person: today.get(month)?.people.find((one) => one.userId === userId) ?? personSheet.parse(JSON.parse(person)),
  }))
}

/** The months from one on in which something was corrected, as they count today. */
async function correctedSince(db: Reader | Writer, from: PlainMonth): Promise<ReadonlyMap<string, MonthSheet>> {
  const corrected = await (db as Reader)
    .selectFrom('performance_corrections')
    .select('month')
    .distinct()
    .where('month', '>=', from)
    .where('state', '=', 'done')
    .execute()
  const sheets = await correctedSheets(
    db,
    corrected.map((row) => asMonth(row.month)),
  )
  return new Map(sheets.map((sheet) => [sheet.month as string, sheet]))
}

/** What each of these people came to in the locked months of a span, the earliest first; one read for all of them. */
export async function lockedTotals(
  db: Reader,
  people: readonly { readonly userId: string }[],
  from: PlainMonth,
  to: PlainMonth,
): Promise<ReadonlyMap<string, { month: string; total: number }[]>> {
  const wanted = new Set(people.map((person) => person.userId))
  const { rows } = await sql<{ month: string; userId: string; total: number }>`
    SELECT kept.month, json_extract(one.value, '$.userId') AS userId, json_extract(one.value, '$.total') AS total
    FROM performance_months kept, json_each(kept.snapshot, '$.sheet.people') one
    WHERE kept.month BETWEEN ${from} AND ${to}
    ORDER BY kept.month`.execute(db)
  const today = await correctedSince(db, from)
  const counted = rows
    .filter(({ userId }) => wanted.has(userId))
    .map(({ month, userId, total }) => ({
      userId,
      month,
      total: today.get(month)?.people.find((one) => one.userId === userId)?.total ?? total,
    }))
  return Map.groupBy(counted, (row) => row.userId)
}

/** What somebody came to over two years. */
export function createHistoryService({ store, clock }: CoreDeps) {
  return {
    async history(ctx: CallContext, userId: string): Promise<PersonHistory> {
      const db = store.read
      assertInScope(ctx.scope, userId, 'user')
      const user = (await userBriefs(db, [userId])).get(userId)
      if (!user) throw refuse('NOT_FOUND', { entity: 'user' })
      const from = shiftMonth(monthOf(clock.today()), -HISTORY_MONTHS)
      const found = await personMonths(db, userId, from)
      const places = await placesKnown(db, ctx)
      const months = found.map(({ month, person }): HistoryMonth => historyMonth(month, person, places))
      const consequences = await decidedFor(db, ctx.scope, userId, clock.today())
      return { userId, userName: user.name, teamName: found[0]?.person.teamName ?? null, months, consequences }
    },
  }
}
