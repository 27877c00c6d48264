import { sql, type RawBuilder } from 'kysely'
import type { Standing } from '#shared/modules/clauses/clauses.schema.ts'

/** How an edition stands on a day, as `standingOn` says it. */
export const standingSql = (today: string): RawBuilder<Standing> => sql<Standing>`CASE
  WHEN edition.state = 'draft' THEN 'draft'
  WHEN edition.withdrawn_day <= ${today} THEN 'withdrawn'
  WHEN edition.valid_from > ${today} THEN 'scheduled'
  WHEN edition.valid_to < ${today} THEN 'expired'
  ELSE 'inForce' END`

/** The id of the edition that stands for the whole on a day, as `shownEdition` finds it. */
export function shownId(table: string, owner: string, of: string, today: string): RawBuilder<string> {
  const editions = sql`${sql.table(table)} e WHERE e.${sql.raw(owner)} = ${sql.ref(of)}`
  const counts = sql`(e.withdrawn_day IS NULL OR e.withdrawn_day >= e.valid_from)`
  return sql<string>`coalesce(
    (SELECT e.id FROM ${editions} AND e.valid_from <= ${today} AND ${counts}
      ORDER BY e.valid_from DESC, e.no DESC LIMIT 1),
    (SELECT e.id FROM ${editions} AND e.valid_from > ${today} AND e.withdrawn_day IS NULL
      ORDER BY e.valid_from, e.no LIMIT 1),
    (SELECT e.id FROM ${editions} ORDER BY e.no DESC LIMIT 1))`
}

/** Whether a list of texts kept as JSON holds one. */
export const holds = (column: string, value: string) =>
  sql<boolean>`instr(${sql.ref(column)}, ${JSON.stringify(value)}) > 0`
