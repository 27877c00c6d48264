import { join } from 'node:path'
import { addDays } from '#shared/kernel/dates.ts'
import { Keyring, STRONG } from '#core/kernel/keyring.ts'
import { openDatabase, type Database } from '#core/store/driver.ts'
import { BENCH_DAY } from './big-firm.ts'
import { BENCH_LOGIN, BENCH_PASSWORD } from './firm-cache.ts'

/** As much page cache as the core's reading connection has. */
const CACHE_KIB = 65_536
const NO_DUE = '9999-12-31'

export interface BareFile {
  readonly db: Database
  readonly key: Uint8Array
  readonly path: string
}

/** The same file, through the same driver, with nothing of the program between. */
export async function openBare(dataDir: string): Promise<BareFile> {
  const keyring = await Keyring.load(join(dataDir, 'keys.json'), STRONG)
  const key = await keyring.openWithPassword(BENCH_LOGIN, BENCH_PASSWORD, { renew: false })
  if (!key) throw new Error('the key of the big firm does not open')
  const path = join(dataDir, 'yewutai.ywt')
  return { db: openDatabase(path, key, { readonly: true, cacheKiB: CACHE_KIB }), key, path }
}

const LIST_COLUMNS = `c.id, c.code, c.name, c.short_name, c.uscc, c.kind, c.industry, c.stage, c.grade, c.source, c.region,
  c.phone, c.owner_id, u.name AS owner_name, c.contact_name, c.version, c.created_at, c.updated_at`

/**
 * Hand-written statements for what the program is asked; prepared once, run with their values. The page of a list is
 * asked for as anybody would write it: rows, joined name, order, limit.
 */
export function bareStatements(db: Database) {
  const page = (where: string, order: string) => {
    const statement = db.prepare(`SELECT ${LIST_COLUMNS} FROM customers c LEFT JOIN users u ON u.id = c.owner_id
      WHERE c.removed_at IS NULL AND ${where} ORDER BY ${order} LIMIT 51`)
    return (...values: unknown[]) => statement.all(...values)
  }
  const ledger = (where: string) => {
    const statement = db.prepare(`SELECT id, version, number, title, customer_id, buyer_name, owner_id, state, sign_day,
      sign_key, amount, settled, released, ended_day, updated_at FROM contracts WHERE ${where}
      ORDER BY sign_key DESC, id DESC LIMIT 51`)
    return (...values: unknown[]) => statement.all(...values)
  }
  const back = (days: number) => `'${addDays(BENCH_DAY, -days)}'`
  const sum = (condition: string) => `sum(CASE WHEN ${condition} THEN outstanding END)`
  const span = (from: number, to: number) => sum(`due_key < ${back(from - 1)} AND due_key >= ${back(to)}`)
  const ageing = db.prepare(
    `SELECT sum(outstanding), ${[
      sum(`due_key >= '${BENCH_DAY}' AND due_key < '${NO_DUE}'`),
      span(1, 30),
      span(31, 60),
      span(61, 90),
      span(91, 180),
      span(181, 365),
      sum(`due_key < ${back(365)}`),
      sum(`due_key = '${NO_DUE}'`),
    ].join(', ')} FROM receivable_instalments WHERE outstanding > 0`,
  )
  const owedOn = db.prepare('SELECT sum(amount) AS owed FROM receivable_journal WHERE day <= ?')
  const palette = [
    'SELECT id, code, name, contact_name FROM customers WHERE removed_at IS NULL AND instr(search_text, ?) > 0 ORDER BY sort_name, id LIMIT 8',
    'SELECT id, number, title FROM contracts WHERE instr(search_text, ?) > 0 ORDER BY number DESC LIMIT 8',
    'SELECT id, number FROM dunning_letters WHERE instr(search_text, ?) > 0 ORDER BY number DESC LIMIT 8',
  ].map((text) => db.prepare(text))
  return {
    /** stage, region */
    filteredByName: page('c.stage = ? AND c.region = ?', 'c.sort_name, c.id'),
    /** owner, grade */
    filteredByCreated: page('c.owner_id = ? AND c.grade = ?', 'c.created_at DESC, c.id DESC'),
    /** two characters */
    search: page('instr(c.search_text, ?) > 0', 'c.sort_name, c.id'),
    /** the newest contracts; those of one owner; those whose text has these characters */
    contracts: ledger('1 = 1'),
    contractsOf: ledger('owner_id = ?'),
    contractsWith: ledger('instr(search_text, ?) > 0'),
    /** what is typed: the same three kinds of record as the palette looks through */
    palette: (text: string) => palette.flatMap((statement) => statement.all(text)),
    ageing: () => ageing.raw(true).get() as number[],
    /** What the journal says was owed in the evening of a day. */
    owedOn: (day: string) => (owedOn.get(day) as { owed: number }).owed,
  }
}

/** Customers with something overdue, that would each get a letter today; in no order anybody relies on. */
export function customersToDun(db: Database, count: number): string[] {
  const rows = db
    .prepare(
      `SELECT customer_id AS id, sum(outstanding) AS owed FROM receivable_instalments
      WHERE outstanding > 0 AND due_key < ? GROUP BY customer_id HAVING count(*) <= 8 AND owed > 100000 LIMIT ?`,
    )
    .all(addDays(BENCH_DAY, -2), count) as { id: string }[]
  return rows.map((row) => row.id)
}

/** How many customers the work list still has to count. */
export function uncountedCustomers(db: Database): number {
  const row = db.prepare('SELECT count(*) AS n FROM dunning_cases WHERE valid_until <= ?').get(BENCH_DAY)
  return (row as { n: number }).n
}
