import { afterEach, describe, expect, it } from 'vitest'
import { MIGRATIONS } from '#core/store/migrations/index.ts'
import type { Database } from '#core/store/driver.ts'
import { createTestStore, type TestStore } from '#tests/helpers/test-store.ts'

let test: TestStore | null = null
afterEach(async () => {
  await test?.close()
  test = null
})

/** A row with what matters; columns that must not be empty get an empty text or 0. */
function put(db: Database, table: string, row: Record<string, unknown>): void {
  const columns = db.pragma(`table_info(${table})`) as {
    name: string
    type: string
    notnull: number
    dflt_value: unknown
  }[]
  const needed = columns.filter((column) => column.notnull === 1 && column.dflt_value === null)
  const blank = Object.fromEntries(needed.map(({ name, type }) => [name, type === 'TEXT' ? '' : 0]))
  const full = { ...blank, ...row }
  const names = Object.keys(full)
  db.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`).run(
    ...Object.values(full),
  )
}

const before = MIGRATIONS.findIndex(({ id }) => id === '0037-receivables-ledger')

function fill(db: Database): void {
  // Only what the books hang on; parents are not looked at while they are written.
  db.pragma('foreign_keys = OFF')
  db.pragma('ignore_check_constraints = ON')
  put(db, 'users', { id: 'u', login: 'u', login_key: 'u' })
  put(db, 'customers', { id: 'k', code: 'K1', owner_id: 'u' })
  put(db, 'contracts', { id: 'c', number: 'HT-1', customer_id: 'k', owner_id: 'u', created_by: 'u' })
  db.pragma('ignore_check_constraints = OFF')
  const instalment = (id: string, seq: number, amount: number, more: Record<string, unknown>) =>
    put(db, 'receivable_instalments', {
      id,
      seq,
      amount,
      contract_id: 'c',
      customer_id: 'k',
      owner_id: 'u',
      trigger: 'fixed',
      state: 'open',
      since_day: '2026-01-05',
      due_day: '2026-02-01',
      due_key: '2026-02-01',
      outstanding: amount,
      ...more,
    })
  instalment('paid', 1, 1000, { settled: 1000, outstanding: 0 })
  instalment('part', 2, 800, { settled: 300, outstanding: 500 })
  instalment('waits', 3, 400, { due_day: null, due_key: '9999-12-31' })
  instalment('gone', 4, 600, { outstanding: 0, state: 'cancelled', cancelled_day: '2026-03-01' })
  const receipt = (id: string, amount: number, more: Record<string, unknown>) =>
    put(db, 'receipts', {
      id,
      number: id,
      customer_id: 'k',
      owner_id: 'u',
      day: '2026-02-10',
      amount,
      method: 'bank',
      state: 'posted',
      ...more,
    })
  receipt('r', 1500, { allocated: 1300, advance: 200 })
  receipt('back', 250, { state: 'reversed', reversed_day: '2026-02-20' })
  const allocation = (id: string, to: string, amount: number, more: Record<string, unknown> = {}) =>
    put(db, 'receipt_allocations', {
      id,
      receipt_id: 'r',
      instalment_id: to,
      customer_id: 'k',
      amount,
      day: '2026-02-10',
      reason: 'due',
      ...more,
    })
  allocation('a1', 'paid', 1000, { reason: 'due_pro_rata' })
  allocation('a2', 'part', 300, { day: '2026-02-15', reason: 'not_due' })
  allocation('a3', 'waits', 250, { receipt_id: 'back', released_day: '2026-02-20', reason: 'no_due_day' })
  db.pragma('foreign_keys = ON')
}

describe('the ledger of receivables', () => {
  it('takes over instalments, receipts and what paid what, and knows any past day from them', async () => {
    test = await createTestStore({ migrations: MIGRATIONS.slice(0, before) })
    fill(test.store.raw)
    const { raw } = await test.reopen({ migrations: MIGRATIONS.slice(0, before + 1) })
    const all = (text: string) => raw.prepare(text).all()

    expect(all('SELECT id, kind, seq, amount, settled, outstanding, invoice_key FROM receivable_instalments')).toEqual([
      { id: 'paid', kind: 'contract', seq: 1, amount: 1000, settled: 1000, outstanding: 0, invoice_key: '9999-12-31' },
      { id: 'part', kind: 'contract', seq: 2, amount: 800, settled: 300, outstanding: 500, invoice_key: '9999-12-31' },
      { id: 'waits', kind: 'contract', seq: 3, amount: 400, settled: 0, outstanding: 400, invoice_key: '9999-12-31' },
      { id: 'gone', kind: 'contract', seq: 4, amount: 600, settled: 0, outstanding: 0, invoice_key: '9999-12-31' },
    ])
    expect(all('SELECT id, kind, amount, principal, interest, reason FROM receivable_allocations')).toEqual([
      { id: 'a1', kind: 'receipt', amount: 1000, principal: 1000, interest: 0, reason: 'proRata' },
      { id: 'a2', kind: 'receipt', amount: 300, principal: 300, interest: 0, reason: 'notDue' },
      { id: 'a3', kind: 'receipt', amount: 250, principal: 250, interest: 0, reason: 'noDueDay' },
    ])
    const owed = (day: string) =>
      raw.prepare('SELECT sum(amount) FROM receivable_journal WHERE day <= ?').pluck().get(day)
    expect(owed('2026-01-04')).toBeNull()
    expect(owed('2026-01-05')).toBe(2800)
    expect(owed('2026-02-10')).toBe(2800 - 1000 - 250)
    expect(owed('2026-02-15')).toBe(2800 - 1000 - 250 - 300)
    expect(owed('2026-02-20')).toBe(2800 - 1000 - 300)
    expect(owed('2026-03-01')).toBe(900)
    expect(all('SELECT day, source_id, amount FROM receivable_unapplied')).toEqual([
      { day: '2026-02-10', source_id: 'r', amount: 500 },
      { day: '2026-02-15', source_id: 'r', amount: -300 },
    ])
  })
})
