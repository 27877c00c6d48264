import { sql } from 'kysely'
import { z } from 'zod'
import { refuse } from '#shared/kernel/app-error.ts'
import type { PlainMonth } from '#shared/kernel/dates.ts'
import { INDICATOR_CODES, type Indicator } from '#shared/modules/performance/performance.indicators.schema.ts'
import {
  monthSheet,
  sourceRow,
  type MonthSheet,
  type SourceRow,
} from '#shared/modules/performance/performance.schema.ts'
import { mostOfEach, shortened, type FigureSources } from '#shared/modules/performance/performance.sources.rules.ts'
import { assertInScope, inScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'

const keptFigure = z.object({ userId: z.string(), indicator: z.enum(INDICATOR_CODES), rows: z.array(sourceRow) })

/** The figures of a locked month as they were kept, each by itself: whoever asks for one reads no other. */
const keptFigures = (db: Reader | Writer, month: PlainMonth) =>
  (db as Reader)
    .selectFrom([
      'performance_months',
      sql<{ value: string }>`json_each(performance_months.snapshot, '$.sources')`.as('figure'),
    ])
    .select('figure.value')
    .where('month', '=', month)

/** The rows behind each figure of a locked month, of these people; of each as many as there is room for. */
export async function lockedSources(db: Reader | Writer, month: PlainMonth, scope: Scope): Promise<FigureSources[]> {
  const kept = await keptFigures(db, month)
    .select([
      sql<string>`figure.value ->> '$.userId'`.as('userId'),
      sql<number>`json_array_length(figure.value, '$.rows')`.as('count'),
    ])
    .execute()
  const his = kept.filter(({ userId }) => inScope(scope, userId))
  const most = mostOfEach(his.map(({ count }) => count))
  return his.map(({ value }) => {
    const { rows, ...figure } = keptFigure.parse(JSON.parse(value))
    return { ...figure, ...shortened(rows, most) }
  })
}

/** The rows behind one figure of a month that is locked. */
export async function lockedRows(
  db: Reader | Writer,
  { month, userId, indicator }: { month: PlainMonth; userId: string; indicator: Indicator },
): Promise<SourceRow[]> {
  const found = await keptFigures(db, month)
    .where(sql`figure.value ->> '$.userId'`, '=', userId)
    .where(sql`figure.value ->> '$.indicator'`, '=', indicator)
    .executeTakeFirst()
  return found ? keptFigure.parse(JSON.parse(found.value)).rows : []
}

/** The sheets of those of these months that are locked, without the rows behind them, which are most of what is kept. */
export async function lockedSheets(db: Reader | Writer, months: readonly PlainMonth[]): Promise<MonthSheet[]> {
  const rows = await db
    .selectFrom('performance_months')
    .select(sql<string>`json_extract(snapshot, '$.sheet')`.as('sheet'))
    .where('month', 'in', [...months])
    .execute()
  return rows.map((row) => monthSheet.parse(JSON.parse(row.sheet)))
}

/** Which of these months are locked. */
export async function lockedAmong(db: Reader | Writer, months: Iterable<string>): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('performance_months')
    .select('month')
    .where('month', 'in', [...months])
    .execute()
  return new Set(rows.map((row) => row.month))
}

/** Throws PERFORMANCE_LOCKED where the month is locked. */
export async function assertOpen(db: Reader | Writer, month: PlainMonth): Promise<void> {
  if ((await lockedAmong(db, [month])).has(month)) throw refuse('PERFORMANCE_LOCKED')
}

/**
 * What was written down about somebody in a month, where the caller may take it back: it is there, about another person
 * of his scope, and the month is open. Throws NOT_FOUND, PERFORMANCE_OWN_FIGURE, PERFORMANCE_LOCKED.
 */
export async function removable<Entry extends { readonly month: string; readonly user_id: string }>(
  uow: UnitOfWork,
  scope: Scope,
  entry: Entry | undefined,
): Promise<Entry> {
  if (!entry) throw refuse('NOT_FOUND', { entity: 'performance-entry' })
  assertInScope(scope, entry.user_id, 'performance-entry')
  if (entry.user_id === uow.actor.userId) throw refuse('PERFORMANCE_OWN_FIGURE')
  await assertOpen(uow.db, entry.month as PlainMonth)
  return entry
}

/** First characters of the audit chain's head: what a printed sheet can be held against. */
export async function auditAnchor(db: Reader): Promise<string> {
  const head = await db.selectFrom('audit_log').select('mac').orderBy('seq', 'desc').limit(1).executeTakeFirst()
  return (head?.mac ?? '').slice(0, 12)
}
