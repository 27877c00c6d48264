import { sql, type RawBuilder } from 'kysely'
import { decodeCursor } from '#shared/kernel/paging.ts'
import { bucketsOf } from '#shared/modules/receivables/receivables.ageing.rules.ts'
import { NO_DUE_KEY } from '#shared/modules/receivables/receivables.journal.rules.ts'
import { pageOf } from '#core/kernel/keyset.ts'
import type { Reader } from '#core/store/store.ts'
import { keysOf, ofFilter, within, type AgeingFilter } from './ageing.source.ts'
import type { RawInstalment } from './instalments.repo.ts'

/** What happened to instalments since the day, and the due day each had then where it was changed since. */
const since = (asOf: string): RawBuilder<unknown> => sql`
  moved AS (SELECT j.instalment_id, sum(j.amount) AS later FROM receivable_journal j
    WHERE j.day > ${asOf} GROUP BY j.instalment_id),
  redated AS (SELECT c.instalment_id, c.due_before, c.amount_before FROM receivable_changes c
    WHERE c.day > ${asOf} AND NOT EXISTS (SELECT 1 FROM receivable_changes e
      WHERE e.instalment_id = c.instalment_id AND e.day > ${asOf} AND (e.day, e.id) < (c.day, c.id)))`

/** The instalments behind a cell, as they stood on the day, the oldest first; a page of them. */
export async function ageingInstalments(
  db: Reader,
  filter: AgeingFilter & { readonly bucket?: string | undefined },
  page: { readonly cursor?: string | null | undefined; readonly limit: number },
) {
  const { asOf, today, basis, bucket: wanted } = filter
  const [keyAfter, lastId] = page.cursor ? decodeCursor(page.cursor) : [null, null]
  const after = keyAfter === null ? sql`1 = 1` : sql`(r.key, r.id) > (${keyAfter}, ${lastId})`
  const bucket = wanted === undefined ? undefined : bucketsOf(filter.bounds).find(({ key }) => key === wanted)
  const inBucket =
    wanted === undefined ? sql`1 = 1` : bucket ? within(sql.ref('r.key'), keysOf(bucket, asOf, basis)) : sql`1 = 0`
  const past = asOf < today
  const outstanding = past ? sql`i.outstanding - coalesce(moved.later, 0)` : sql`i.outstanding`
  const due = past
    ? sql`CASE WHEN redated.instalment_id IS NULL THEN i.due_day ELSE redated.due_before END`
    : sql`i.due_day`
  const amount = past ? sql`coalesce(redated.amount_before, i.amount)` : sql`i.amount`
  const dueKey = past
    ? sql`CASE WHEN redated.instalment_id IS NULL THEN i.due_key ELSE coalesce(redated.due_before, ${NO_DUE_KEY}) END`
    : sql`i.due_key`
  const joins = past
    ? sql`LEFT JOIN moved ON moved.instalment_id = i.id LEFT JOIN redated ON redated.instalment_id = i.id`
    : sql``
  const candidates = past ? sql`(i.outstanding > 0 OR moved.instalment_id IS NOT NULL)` : sql`i.outstanding > 0`
  const { rows } = await sql<RawInstalment & { key: string }>`
    ${past ? sql`WITH ${since(asOf)}` : sql``}
    SELECT * FROM (
      SELECT i.id, i.version, i.kind, i.customer_id, i.contract_id, i.contract_number, i.invoice_number, i.owner_id,
        i.seq, i.label, i.trigger, i.since_day, ${due} AS due_day, ${dueKey} AS due_key, i.invoice_day,
        ${amount} AS amount, ${amount} - (${outstanding}) AS settled, 0 AS credited, 0 AS written_off,
        ${outstanding} AS outstanding, i.disputed, i.limitation_day, 'open' AS state,
        ${basis === 'due' ? dueKey : sql`i.invoice_key`} AS key
      FROM receivable_instalments i ${joins} WHERE ${candidates} AND ${ofFilter(filter, 'present')}
    ) r WHERE r.outstanding > 0 AND ${inBucket} AND ${after} ORDER BY r.key, r.id LIMIT ${page.limit + 1}`.execute(db)
  return pageOf(
    rows,
    page.limit,
    (row) => row.key,
    (row) => row.id,
  )
}
