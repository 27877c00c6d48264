import { sql, type RawBuilder } from 'kysely'
import { scopedTo, type Scope } from '#core/kernel/scope.ts'

/** Where the debts of a record are written down, and by which column they belong to it. */
const DEBTS = {
  request: { table: 'claim_request_lines', key: 'l.request_id' },
  plan: { table: 'repayment_debts', key: 'l.plan_id' },
  statement: { table: 'statement_debts', key: 'l.statement_id' },
} as const

/**
 * A record of claims whose debts are all within the scope: what it says of the debts of others is not for everybody.
 * `id` is the column of the record's id, as `r.id`.
 */
export function allDebtsWithin(kind: keyof typeof DEBTS, id: string, scope: Scope): RawBuilder<boolean> {
  if (scope.kind === 'all') return sql`1 = 1`
  const { table, key } = DEBTS[kind]
  return sql`NOT EXISTS (SELECT 1 FROM ${sql.table(table)} l JOIN receivable_instalments i ON i.id = l.instalment_id
    WHERE ${sql.ref(key)} = ${sql.ref(id)} AND NOT (${scopedTo(scope, 'i.owner_id')}))`
}
