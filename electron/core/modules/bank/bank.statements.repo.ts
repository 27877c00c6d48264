import { sql, type SelectQueryBuilder } from 'kysely'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import type {
  StatementFigures,
  StatementFilters,
  StatementRow,
  StatementSort,
} from '#shared/modules/bank/bank.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import type { Tables } from '#core/store/tables.ts'

interface Asked {
  readonly text?: string | undefined
  readonly filters: StatementFilters
}

const SORT = { importedAt: 'imported_at', firstDay: 'first_day', lastDay: 'last_day' } as const

/** What of an open line is still to be dealt with. */
const LEFT = sql<number>`bank_lines.amount - bank_lines.booked - bank_lines.aside`

const rowsOf = (db: Reader | Writer) =>
  db
    .selectFrom('bank_statements')
    .selectAll('bank_statements')
    .select((eb) => [
      eb
        .selectFrom('bank_accounts')
        .select('bank_accounts.name')
        .whereRef('bank_accounts.id', '=', 'bank_statements.account_id')
        .as('account_name'),
      eb
        .selectFrom('users')
        .select('users.name')
        .whereRef('users.id', '=', 'bank_statements.imported_by')
        .as('imported_by_name'),
    ])
export type StatementRecord = Awaited<ReturnType<ReturnType<typeof rowsOf>['executeTakeFirstOrThrow']>>

function filtered<O>(query: SelectQueryBuilder<Tables, 'bank_statements', O>, { text, filters }: Asked) {
  let q = query
  const needle = normaliseQuery(text ?? '')
  if (needle !== '') q = q.where(sql<boolean>`instr(lower(bank_statements.file_name), ${needle}) > 0`)
  if (filters.accountId !== undefined) q = q.where('bank_statements.account_id', '=', filters.accountId)
  if (filters.state === 'standing') q = q.where('bank_statements.reverted_at', 'is', null)
  if (filters.state === 'reverted') q = q.where('bank_statements.reverted_at', 'is not', null)
  if (filters.withOpen === true) {
    q = q.where(
      sql<boolean>`EXISTS (SELECT 1 FROM bank_lines WHERE statement_id = bank_statements.id AND state = 'open')`,
    )
  }
  if (filters.dayFrom !== undefined) q = q.where('bank_statements.last_day', '>=', filters.dayFrom)
  if (filters.dayTo !== undefined) q = q.where('bank_statements.first_day', '<=', filters.dayTo)
  return q
}

export async function listStatements(db: Reader, input: PageInput<StatementSort, StatementFilters>) {
  const column = SORT[input.sort.key]
  const found = await keyset(filtered(rowsOf(db), input), {
    sortColumn: `bank_statements.${column}`,
    idColumn: 'bank_statements.id',
    dir: input.sort.dir,
    cursor: input.cursor,
    limit: input.limit,
  }).execute()
  const cut = pageOf(
    found,
    input.limit,
    (row) => row[column],
    (row) => row.id,
  )
  return { rows: await toStatementRows(db, cut.rows), nextCursor: cut.nextCursor }
}

/** Over the whole filtered set; what was taken back counts with nothing. Fen. */
export async function sumStatements(db: Reader, asked: Asked) {
  const standing = (column: 'in_sum' | 'out_sum') =>
    sql<number>`coalesce(sum(CASE WHEN reverted_at IS NULL THEN ${sql.ref(column)} ELSE 0 END), 0)`
  const sums = await filtered(db.selectFrom('bank_statements'), asked)
    .select([sql<number>`count(*)`.as('count'), standing('in_sum').as('inSum'), standing('out_sum').as('outSum')])
    .executeTakeFirstOrThrow()
  const open = await db
    .selectFrom('bank_lines')
    .where('bank_lines.state', '=', 'open')
    .where('bank_lines.statement_id', 'in', filtered(db.selectFrom('bank_statements'), asked).select('id'))
    .select(sql<number>`coalesce(sum(${LEFT}), 0)`.as('sum'))
    .executeTakeFirstOrThrow()
  return { ...sums, openSum: open.sum }
}

export const findStatement = (db: Reader | Writer, id: string): Promise<StatementRecord | undefined> =>
  rowsOf(db).where('bank_statements.id', '=', id).executeTakeFirst()

/** Rows as lists show them, with what of each is open: one look-up, however many. */
export async function toStatementRows(db: Reader, raws: readonly StatementRecord[]): Promise<StatementRow[]> {
  const open = await inPieces(
    raws.map((raw) => raw.id),
    (piece) =>
      db
        .selectFrom('bank_lines')
        .where('state', '=', 'open')
        .where('statement_id', 'in', piece)
        .groupBy('statement_id')
        .select(['statement_id', sql<number>`count(*)`.as('count'), sql<number>`sum(${LEFT})`.as('sum')])
        .execute(),
  )
  const byId = new Map(open.map((row) => [row.statement_id, row]))
  return raws.map((raw) => ({
    id: raw.id,
    version: raw.version,
    accountId: raw.account_id,
    accountName: raw.account_name ?? '',
    fileName: raw.file_name,
    firstDay: raw.first_day,
    lastDay: raw.last_day,
    lines: raw.lines,
    known: raw.known,
    inSum: raw.in_sum,
    outSum: raw.out_sum,
    openLines: byId.get(raw.id)?.count ?? 0,
    openSum: byId.get(raw.id)?.sum ?? 0,
    opening: raw.opening,
    closing: raw.closing,
    importedAt: raw.imported_at,
    importedByName: raw.imported_by_name ?? '',
    revertedAt: raw.reverted_at,
    revertedReason: raw.reverted_reason,
  }))
}

/** What came of the lines of a statement; a line that is partly set aside counts in both. Fen. */
export async function statementFigures(db: Reader, id: string): Promise<StatementFigures> {
  const sum = (when: string, what: string, name: string) => [
    sql<number>`coalesce(sum(${sql.raw(when)}), 0)`.as(`${name}Count`),
    sql<number>`coalesce(sum(CASE WHEN ${sql.raw(when)} THEN ${sql.raw(what)} ELSE 0 END), 0)`.as(`${name}Sum`),
  ]
  const row = (await db
    .selectFrom('bank_lines')
    .where('statement_id', '=', id)
    .select([
      ...sum('amount > 0', 'amount', 'in'),
      ...sum('amount < 0', '-amount', 'out'),
      ...sum('booked > 0', 'booked', 'booked'),
      ...sum('aside > 0', 'aside', 'aside'),
      ...sum("state = 'open'", 'amount - booked - aside', 'open'),
    ])
    .executeTakeFirstOrThrow()) as Record<string, number>
  const figure = (name: string) => ({ count: row[`${name}Count`] ?? 0, sum: row[`${name}Sum`] ?? 0 })
  return {
    in: figure('in'),
    out: figure('out'),
    booked: figure('booked'),
    aside: figure('aside'),
    open: figure('open'),
  }
}

/** The statement of an account that ends last before a day, of those that stand and give balances. */
export async function statementBefore(db: Reader | Writer, accountId: string, day: string, exceptId?: string) {
  let query = db
    .selectFrom('bank_statements')
    .select(['last_day as lastDay', 'closing'])
    .where('account_id', '=', accountId)
    .where('reverted_at', 'is', null)
    .where('last_day', '<', day)
    .where('closing', 'is not', null)
  if (exceptId !== undefined) query = query.where('id', '<>', exceptId)
  const found = await query.orderBy('last_day', 'desc').orderBy('id', 'desc').executeTakeFirst()
  const closing = found?.closing ?? null
  return !found || closing === null ? null : { lastDay: found.lastDay, closing }
}

/** Of each account what its latest statement ends with. */
export async function lastStatements(db: Reader) {
  const rows = await db
    .selectFrom('bank_statements')
    .where('reverted_at', 'is', null)
    .groupBy('account_id')
    // The closing is that of the row with the greatest last day: SQLite takes bare columns from it.
    .select(['account_id', sql<string>`max(last_day)`.as('lastDay'), 'closing'])
    .execute()
  return new Map(rows.map((row) => [row.account_id, { lastDay: row.lastDay, closing: row.closing }]))
}

/** How many lines of each account are open. */
export async function openByAccount(db: Reader): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('bank_lines')
    .where('state', '=', 'open')
    .groupBy('account_id')
    .select(['account_id', sql<number>`count(*)`.as('count')])
    .execute()
  return new Map(rows.map((row) => [row.account_id, row.count]))
}
