import { createHash } from 'node:crypto'
import { invalid, refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { plainReason } from '#shared/kernel/reason.ts'
import { buildSearchText, normaliseQuery } from '#shared/kernel/search-text.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { TRANSLATORS } from '#shared/i18n/translators.ts'
import { lineState, sameAccount } from '#shared/modules/bank/bank.rules.ts'
import type { CheckStatement, SheetRow, StatementCheck } from '#shared/modules/bank/bank.schema.ts'
import {
  accountsAbove,
  breakReason,
  mappingTells,
  readStatement,
  withDay,
  type ReadStatement,
  type StatementLine,
} from '#shared/modules/bank/bank.statement.rules.ts'
import { statementFields, statementWords } from '#shared/modules/bank/bank.words.ts'
import type { ImportTable } from '#shared/modules/imports/imports.schema.ts'
import { bankLineKeys } from '#shared/modules/receivables/receivables.matching.rules.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import { keptJson } from '#core/kernel/kept-json.ts'
import {
  cleanSheet,
  headingKey,
  mappedRows,
  sheetPage,
  sheetView,
  type KeptMappings,
  type OpenTable,
} from '#core/modules/imports/imports.api.ts'
import { sessionOf } from '#core/rpc/context.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import type { BankAccountsTable } from '#core/store/tables/bank.tables.ts'
import { accountOf } from './bank.accounts.ts'
import { statementBefore } from './bank.statements.repo.ts'

/** A statement as it was read, between the steps of its import. */
interface OpenStatement extends Pick<OpenTable, 'sheets' | 'fileName'> {
  readonly accountId: string
  readonly fileId: string
  readonly hash: string
}
interface FinishedCheck {
  readonly input: CheckStatement
  readonly rows: readonly SheetRow[]
}
interface RowsAsked {
  readonly checkId: string
  readonly state?: SheetRow['state'] | undefined
}

const WORDS = statementWords(TRANSLATORS)
/** A statement takes some thirty thousand parameters; a line has two dozen. */
const LINES_AT_ONCE = 500

/** From a bank's file to a statement with its lines, all of it or nothing. */
export function createBankImport(deps: CoreDeps) {
  const { store, files, clock } = deps
  const tables = keptJson<OpenStatement>(files, 'bank-table.json')
  const checks = keptJson<FinishedCheck>(files, 'bank-check.json')

  /** The lines of a statement as its bank wrote them, and which of them are there already. */
  async function judged(db: Reader | Writer, table: OpenStatement, input: CheckStatement) {
    const account = await accountOf(db, table.accountId)
    const rows = mappedRows(table, { ...input, mapping: withDay(input.mapping) })
    const read = readStatement(rows, WORDS, {
      accountNumber: account.number,
      openedDay: account.opened_day as PlainDay | null,
      closedDay: account.closed_day as PlainDay | null,
      today: clock.today(),
    })
    const keys = bankLineKeys(
      account.number,
      read.lines.map((line) => ({ ...line, text: `${line.text} ${line.reference}` })),
    )
    return { account, read, keys, known: await knownLines(db, account.id, read.lines, keys) }
  }

  /** Rows of a check, narrowed to what was asked. */
  function checkedRows(ctx: CallContext, asked: { text?: string | undefined; filters: RowsAsked }): SheetRow[] {
    const { checkId, state } = asked.filters
    const needle = normaliseQuery(asked.text ?? '')
    return checks
      .read(sessionOf(ctx).userId, checkId)
      .rows.filter((row) => state === undefined || row.state === state)
      .filter((row) => needle === '' || normaliseQuery(`${row.payerName} ${row.text}`).includes(needle))
  }

  return {
    async open(ctx: CallContext, input: { accountId: string; fileId: string }): Promise<ImportTable> {
      const { userId } = sessionOf(ctx)
      const account = await accountOf(store.read, input.accountId)
      const file = files.readTemporary(userId, input.fileId)
      const hash = createHash('sha256').update(file.bytes).digest('hex')
      await assertNewFile(store.read, hash)
      const task = { bytes: file.bytes, name: file.name }
      const { sheets, encoding } = await deps.workers.run('read-table', task, ctx.signal ? { signal: ctx.signal } : {})
      const filled = sheets
        .filter((sheet) => sheet.rows.length > 0)
        .map(({ name, rows }) => ({ name, rows: cleanSheet(rows, encoding !== null) }))
      const fields = statementFields(makeTranslator(ctx.locale), TRANSLATORS)
      const views = await Promise.all(
        filled.map((sheet) => sheetView(sheet, fields, (keys) => rememberedColumns(store.read, account.id, keys))),
      )
      const above = filled.flatMap((sheet, i) => accountsAbove(sheet.rows.slice(0, views[i]?.headRow ?? 0)))
      await assertOwn(store.read, account, above)
      const table = { accountId: account.id, fileId: input.fileId, hash, fileName: file.name, sheets: filled }
      const tableId = tables.keep(userId, table)
      const shown = fields.map((field) => ({ ...field, names: [...field.names], required: field.key === 'day' }))
      return { tableId, fileName: file.name, encoding, fields: shown, sheets: views }
    },

    async check(ctx: CallContext, input: CheckStatement): Promise<StatementCheck> {
      const { userId } = sessionOf(ctx)
      const table = tables.read(userId, input.tableId)
      if (!mappingTells(withDay(input.mapping))) throw refuse('BANK_COLUMNS')
      const { account, read, known } = await judged(store.read, table, input)
      if (read.lines.length + read.failed.length === 0) throw refuse('IMPORT_EMPTY')
      const headings = table.sheets[input.sheet]?.rows[input.headRow] ?? []
      await store.write(withoutReplay(ctx.actor), (uow) => keepMapping(uow, account.id, headings, input.mapping))
      const span = spanOf(read.lines)
      const before = span ? await statementBefore(store.read, account.id, span.firstDay) : null
      const fresh = read.lines.filter((line) => !known.has(line.row))
      return {
        checkId: checks.keep(userId, { input, rows: sheetRows(read, known) }),
        lines: fresh.length,
        known: known.size,
        passed: read.passed.length,
        failed: read.failed.length,
        breaks: read.breaks.length,
        ...sumsOf(fresh),
        opening: read.opening,
        closing: read.closing,
        firstDay: span?.firstDay ?? null,
        lastDay: span?.lastDay ?? null,
        gap: before && read.opening !== null && before.closing !== read.opening ? before : null,
      }
    },

    rows: (ctx: CallContext, page: PageInput<'row', RowsAsked>) => sheetPage(checkedRows(ctx, page), page),

    rowsSummary: (ctx: CallContext, input: { text?: string | undefined; filters: RowsAsked }) => ({
      count: checkedRows(ctx, input).length,
    }),

    /** Judges the file again on what is true now: what another statement brought meanwhile is known. */
    run(ctx: CallContext, input: { checkId: string; breaksReason: string }) {
      const { userId } = sessionOf(ctx)
      const check = checks.read(userId, input.checkId)
      const table = tables.read(userId, check.input.tableId)
      const file = files.readTemporary(userId, table.fileId)
      return store.write(ctx.actor, async (uow) => {
        await assertNewFile(uow.db, table.hash)
        const { account, read, keys, known } = await judged(uow.db, table, check.input)
        if (read.failed.length > 0) throw refuse('BANK_STATEMENT_FAULTS')
        const breaks = read.breaks.length
        if (breaks > 0 && input.breaksReason === '') {
          throw invalid([{ path: ['breaksReason'], key: 'validation:required' }])
        }
        const span = spanOf(read.lines)
        const lines = read.lines.flatMap((line, i) => (known.has(line.row) ? [] : [{ line, key: keys[i] ?? '' }]))
        if (!span || lines.length === 0) throw refuse('BANK_NOTHING_NEW')
        const { fileId } = await files.putStored(uow, file)
        const id = newId()
        const sums = sumsOf(lines.map(({ line }) => line))
        await uow.db
          .insertInto('bank_statements')
          .values({
            id,
            version: 0,
            account_id: account.id,
            file_name: table.fileName,
            file_hash: table.hash,
            file_id: fileId,
            first_day: span.firstDay,
            last_day: span.lastDay,
            lines: lines.length,
            known: known.size,
            in_sum: sums.inSum,
            out_sum: sums.outSum,
            opening: read.opening,
            closing: read.closing,
            breaks,
            breaks_reason: breaks > 0 ? input.breaksReason : '',
            imported_at: uow.now,
            imported_by: uow.actor.userId,
            reverted_at: null,
            reverted_by: null,
            reverted_reason: '',
          })
          .execute()
        const place = { statementId: id, accountId: account.id }
        const rows = lines.map(({ line, key }, seq) => lineColumns(line, key, { ...place, seq, now: uow.now }))
        for (let at = 0; at < rows.length; at += LINES_AT_ONCE) {
          await uow.db
            .insertInto('bank_lines')
            .values(rows.slice(at, at + LINES_AT_ONCE))
            .execute()
        }
        const after = { account: account.name, file: table.fileName, lines: rows.length, known: known.size, ...sums }
        await uow.audit({ action: 'bank.import', entity: 'bankStatement', entityId: id, after })
        uow.changed('bank', id)
        return { statementId: id, lines: rows.length, known: known.size }
      })
    },
  }
}

/** Throws BANK_FILE_TWICE where the very same file stands. */
async function assertNewFile(db: Reader | Writer, hash: string): Promise<void> {
  const same = await db
    .selectFrom('bank_statements')
    .innerJoin('bank_accounts', 'bank_accounts.id', 'bank_statements.account_id')
    .select(['bank_statements.file_name as fileName', 'bank_accounts.name as accountName'])
    .where('file_hash', '=', hash)
    .where('reverted_at', 'is', null)
    .executeTakeFirst()
  if (same) throw refuse('BANK_FILE_TWICE', same)
}

/** Throws BANK_OTHER_ACCOUNT where the lines above the headings name another account of ours, and not this one. */
async function assertOwn(db: Reader, account: BankAccountsTable, printed: readonly string[]): Promise<void> {
  if (printed.some((number) => sameAccount(number, account.number))) return
  const others = await db.selectFrom('bank_accounts').select(['name', 'number']).where('id', '<>', account.id).execute()
  const other = others.find(({ number }) => printed.some((one) => sameAccount(one, number)))
  if (other) throw refuse('BANK_OTHER_ACCOUNT', { accountName: other.name })
}

async function rememberedColumns(db: Reader, accountId: string, keys: string[]): Promise<KeptMappings> {
  const kept = await db
    .selectFrom('bank_mappings')
    .select(['headings', 'mapping'])
    .where('account_id', '=', accountId)
    .where('headings', 'in', keys)
    .execute()
  return new Map(kept.map((row) => [row.headings, JSON.parse(row.mapping) as (string | null)[]]))
}

/** Remembered for the account: each bank has headings of its own, and whoever imports next has the same. */
async function keepMapping(
  uow: UnitOfWork,
  accountId: string,
  headings: readonly string[],
  mapping: readonly (string | null)[],
): Promise<void> {
  const value = { mapping: JSON.stringify(mapping), at: uow.now }
  await uow.db
    .insertInto('bank_mappings')
    .values({ account_id: accountId, headings: headingKey(headings), ...value })
    .onConflict((oc) => oc.columns(['account_id', 'headings']).doUpdateSet(value))
    .execute()
  await uow.audit({ action: 'bank.mapping', entity: 'bankAccount', entityId: accountId, after: mapping })
}

/**
 * Rows whose line is there already: by its fingerprint, or by the balance after it, which no other line of its day and
 * amount can have. Banks word the same line in more than one way.
 */
async function knownLines(
  db: Reader | Writer,
  accountId: string,
  lines: readonly StatementLine[],
  keys: readonly string[],
): Promise<ReadonlySet<number>> {
  const query = () => db.selectFrom('bank_lines').where('account_id', '=', accountId)
  const byKey = await inPieces(keys, (piece) => query().select('line_key').where('line_key', 'in', piece).execute())
  const seen = new Set(byKey.map((row) => row.line_key))
  const days = lines.map((line) => line.day)
  const byDay = await inPieces(days, (piece) =>
    query().select(['day', 'amount', 'balance']).where('day', 'in', piece).where('balance', 'is not', null).execute(),
  )
  const balances = new Set(byDay.map((row) => `${row.day} ${row.amount} ${row.balance}`))
  const isKnown = (line: StatementLine, i: number) =>
    seen.has(keys[i] ?? '') || balances.has(`${line.day} ${line.amount} ${line.balance}`)
  return new Set(lines.filter(isKnown).map((line) => line.row))
}

function spanOf(lines: readonly StatementLine[]): { firstDay: string; lastDay: string } | null {
  const days = lines.map((line) => line.day).toSorted()
  const [firstDay, lastDay] = [days[0], days.at(-1)]
  return firstDay && lastDay ? { firstDay, lastDay } : null
}

const sumsOf = (lines: readonly StatementLine[]) => ({
  inSum: lines.reduce((sum, line) => sum + Math.max(line.amount, 0), 0),
  outSum: lines.reduce((sum, line) => sum + Math.max(-line.amount, 0), 0),
})

/** Every row below the headings with what becomes of it, in the order of the sheet. */
function sheetRows(read: ReadStatement, known: ReadonlySet<number>): SheetRow[] {
  const breaks = new Map(read.breaks.map((one) => [one.row, breakReason(one)]))
  const nothing = { day: '', amount: null, balance: null, payerName: '', text: '' }
  const rows: SheetRow[] = [
    ...read.lines.map((line): SheetRow => {
      const { row, day, amount, balance, payerName, text } = line
      const wrong = breaks.get(row)
      const state = known.has(row) ? 'known' : 'new'
      return { row, state, day, amount, balance, payerName, text, problems: wrong ? [toProblem(wrong)] : [] }
    }),
    ...read.passed.map((row): SheetRow => ({ row, state: 'passed', ...nothing, problems: [] })),
    ...read.failed.map(({ row, problems }): SheetRow => ({
      row,
      state: 'failed',
      ...nothing,
      problems: problems.map(toProblem),
    })),
  ]
  return rows.toSorted((a, b) => a.row - b.row)
}

const toProblem = (broken: ReturnType<typeof breakReason>): SheetRow['problems'][number] => ({
  field: broken.field,
  ...plainReason(broken),
})

function lineColumns(
  line: StatementLine,
  key: string,
  place: { statementId: string; accountId: string; seq: number; now: number },
) {
  const { day, time, amount, balance, payerName, payerAccount, payerBank, text, reference } = line
  return {
    id: newId(),
    version: 0,
    statement_id: place.statementId,
    account_id: place.accountId,
    seq: place.seq,
    sheet_row: line.row,
    day,
    time,
    amount,
    balance,
    payer_name: payerName,
    payer_account: payerAccount,
    payer_bank: payerBank,
    text,
    reference,
    line_key: key,
    booked: 0,
    aside: 0,
    aside_kind: amount < 0 ? ('out' as const) : null,
    aside_reason: '',
    state: lineState({ amount, booked: 0, aside: 0 }),
    search_text: buildSearchText(payerName, [text, reference, payerAccount]),
    updated_at: place.now,
  }
}
