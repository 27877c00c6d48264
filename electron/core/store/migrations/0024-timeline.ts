import { sql, type Kysely } from 'kysely'

/** Each in the order in which the timeline of a customer is read. */
const DDL = [
  `CREATE INDEX audit_of_customers ON audit_log (entity_id, at, seq, action) WHERE entity = 'customer'`,
  `CREATE INDEX visits_of_customer ON visits (customer_id, day, created_at, id)`,
  `CREATE INDEX tasks_of_customer ON tasks (customer_id, created_at, id) WHERE customer_id IS NOT NULL`,
  `CREATE INDEX tasks_closed_of_customer ON tasks (customer_id, closed_at, id)
    WHERE customer_id IS NOT NULL AND closed_at IS NOT NULL`,
  `CREATE INDEX contracts_of_customer ON contracts (customer_id, created_at, id)`,
  `CREATE INDEX contracts_signed_of_customer ON contracts (customer_id, sign_day, created_at, id)
    WHERE sign_day IS NOT NULL`,
  `CREATE INDEX receipts_of_customer ON receipts (customer_id, day, created_at, id)`,
  `CREATE INDEX letters_of_customer ON dunning_letters (customer_id, day, created_at, id)`,
  `CREATE INDEX market_notes_of_customer ON market_notes (customer_id, day, created_at, id)
    WHERE customer_id IS NOT NULL`,
  `CREATE INDEX attachments_gone ON attachments (parent_kind, parent_id, removed_at, id) WHERE removed_at IS NOT NULL`,
]

/** What happened with a customer is read newest first, however much there is. */
export const migration = {
  id: '0024-timeline',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
