import { sql, type RawBuilder, type SelectQueryBuilder } from 'kysely'
import { refuse } from '#shared/kernel/app-error.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import { lineState, type LineSums } from '#shared/modules/bank/bank.rules.ts'
import type { LineFilter, LineFilters, LineSort } from '#shared/modules/bank/bank.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import type { BankLinesTable } from '#core/store/tables/bank.tables.ts'
import type { Tables } from '#core/store/tables.ts'

/** Which lines a list is about; `among` are those of a reading, where it is asked for. */
export interface LinesQuery {
  readonly text?: string | undefined
  readonly filters: LineFilters
  readonly among: readonly string[] | null
}

const SORT = { day: 'day', amount: 'amount' } as const satisfies Record<LineSort, string>

/** Stages that a row tells by itself; the others are how an open line is read. */
const STORED: Readonly<Partial<Record<LineFilter, RawBuilder<boolean>>>> = {
  open: sql`bank_lines.state = 'open'`,
  booked: sql`bank_lines.state = 'booked'`,
  ignored: sql`bank_lines.state = 'ignored' AND bank_lines.amount > 0`,
  out: sql`bank_lines.amount < 0`,
}
export const isStored = (stage: LineFilter): boolean => STORED[stage] !== undefined

function filtered<O>(query: SelectQueryBuilder<Tables, 'bank_lines', O>, { text, filters, among }: LinesQuery) {
  let q = query
  const needle = normaliseQuery(text ?? '')
  if (needle !== '') q = q.where(sql<boolean>`instr(bank_lines.search_text, ${needle}) > 0`)
  const stored = filters.stage === undefined ? undefined : STORED[filters.stage]
  if (stored) q = q.where(stored)
  if (among) q = q.where(sql<boolean>`bank_lines.id IN (SELECT value FROM json_each(${JSON.stringify(among)}))`)
  if (filters.accountId !== undefined) q = q.where('bank_lines.account_id', '=', filters.accountId)
  if (filters.statementId !== undefined) q = q.where('bank_lines.statement_id', '=', filters.statementId)
  if (filters.dayFrom !== undefined) q = q.where('bank_lines.day', '>=', filters.dayFrom)
  if (filters.dayTo !== undefined) q = q.where('bank_lines.day', '<=', filters.dayTo)
  if (filters.amountFrom !== undefined) q = q.where('bank_lines.amount', '>=', Math.round(filters.amountFrom * 100))
  if (filters.amountTo !== undefined) q = q.where('bank_lines.amount', '<=', Math.round(filters.amountTo * 100))
  return q
}

const rowsOf = (db: Reader | Writer) =>
  db
    .selectFrom('bank_lines')
    .selectAll('bank_lines')
    .select((eb) => [
      eb
        .selectFrom('bank_accounts')
        .select('bank_accounts.name')
        .whereRef('bank_accounts.id', '=', 'bank_lines.account_id')
        .as('account_name'),
      eb
        .selectFrom('bank_statements')
        .select('bank_statements.file_name')
        .whereRef('bank_statements.id', '=', 'bank_lines.statement_id')
        .as('file_name'),
    ])
export type LineRecord = Awaited<ReturnType<ReturnType<typeof rowsOf>['executeTakeFirstOrThrow']>>

export async function listLines(
  db: Reader,
  asked: LinesQuery,
  page: Pick<PageInput<LineSort>, 'sort' | 'cursor' | 'limit'>,
) {
  const column = SORT[page.sort.key]
  const found = await keyset(filtered(rowsOf(db), asked), {
    sortColumn: `bank_lines.${column}`,
    idColumn: 'bank_lines.id',
    dir: page.sort.dir,
    cursor: page.cursor,
    limit: page.limit,
  }).execute()
  return pageOf(
    found,
    page.limit,
    (row) => row[column],
    (row) => row.id,
  )
}

/** Over the whole filtered set. Fen. */
export async function sumLines(db: Reader, asked: LinesQuery) {
  return filtered(db.selectFrom('bank_lines'), asked)
    .select([
      sql<number>`count(*)`.as('count'),
      sql<number>`coalesce(sum(max(amount, 0)), 0)`.as('in'),
      sql<number>`coalesce(sum(max(-amount, 0)), 0)`.as('out'),
      sql<number>`coalesce(sum(CASE WHEN state = 'open' THEN amount - booked - aside ELSE 0 END), 0)`.as('left'),
    ])
    .executeTakeFirstOrThrow()
}

/** Ids of the open lines that are within the filter, the earliest first. */
export async function openIds(db: Reader, asked: LinesQuery): Promise<string[]> {
  const rows = await filtered(db.selectFrom('bank_lines').select('id'), asked)
    .where('bank_lines.state', '=', 'open')
    .orderBy('day')
    .orderBy('id')
    .execute()
  return rows.map((row) => row.id)
}

/** Every line that is still open. */
export const openLines = (db: Reader | Writer): Promise<BankLinesTable[]> =>
  db.selectFrom('bank_lines').selectAll().where('state', '=', 'open').orderBy('day').orderBy('id').execute()

export const findLine = (db: Reader | Writer, id: string): Promise<LineRecord | undefined> =>
  rowsOf(db).where('bank_lines.id', '=', id).executeTakeFirst()

/** A line as it was seen. Throws NOT_FOUND, STALE. */
export async function currentLine(uow: UnitOfWork, at: { readonly id: string; readonly version: number }) {
  const line = await findLine(uow.db, at.id)
  if (!line) throw refuse('NOT_FOUND', { entity: 'bankLine' })
  if (line.version !== at.version) throw refuse('STALE', { current: { version: line.version } })
  return line
}

type Dealt = Partial<Pick<BankLinesTable, 'booked' | 'aside' | 'aside_kind' | 'aside_reason'>>

/** Writes what of a line was dealt with, and the state that follows; answers with its next version. */
export async function setDealt(uow: UnitOfWork, line: BankLinesTable, dealt: Dealt): Promise<number> {
  const next = { ...line, ...dealt } satisfies LineSums
  const version = line.version + 1
  await uow.db
    .updateTable('bank_lines')
    .set({ ...dealt, state: lineState(next), version, updated_at: uow.now })
    .where('id', '=', line.id)
    .execute()
  uow.changed('bank', line.id)
  return version
}
