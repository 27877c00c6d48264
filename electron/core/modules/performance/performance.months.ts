import { sql } from 'kysely'
import { z } from 'zod'
import { refuse } from '#shared/kernel/app-error.ts'
import type { PlainMonth } from '#shared/kernel/dates.ts'
import { INDICATOR_CODES } from '#shared/modules/performance/performance.indicators.schema.ts'
import { monthSheet, sourceRow, type MonthSheet } from '#shared/modules/performance/performance.schema.ts'
import type { Reader, Writer } from '#core/store/store.ts'

const sourcesSchema = z.array(
  z.object({ userId: z.string(), indicator: z.enum(INDICATOR_CODES), rows: z.array(sourceRow) }),
)

/** The rows behind each figure of a month as they were locked; null while it is open. */
export async function lockedSources(db: Reader | Writer, month: PlainMonth) {
  const row = await db
    .selectFrom('performance_months')
    .select(sql<string>`json_extract(snapshot, '$.sources')`.as('sources'))
    .where('month', '=', month)
    .executeTakeFirst()
  return row ? sourcesSchema.parse(JSON.parse(row.sources)) : null
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

/** First characters of the audit chain's head: what a printed sheet can be held against. */
export async function auditAnchor(db: Reader): Promise<string> {
  const head = await db.selectFrom('audit_log').select('mac').orderBy('seq', 'desc').limit(1).executeTakeFirst()
  return (head?.mac ?? '').slice(0, 12)
}
