import { sql, type Kysely } from 'kysely'

const DDL = [
  // A form that a customer is asked to fill in about somebody's month; it takes one answer. Its state is never stored.
  `CREATE TABLE performance_forms (
    id TEXT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    month TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id),
    customer_id TEXT NOT NULL REFERENCES customers (id),
    customer_name TEXT NOT NULL,
    contact_name TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL,
    due_day TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    made_by TEXT NOT NULL REFERENCES users (id),
    review_id TEXT UNIQUE REFERENCES performance_reviews (id),
    answered_day TEXT,
    withdrawn_at INTEGER,
    withdrawn_by TEXT REFERENCES users (id),
    withdrawn_reason TEXT NOT NULL DEFAULT '',
    search_text TEXT NOT NULL,
    CHECK (made_by <> user_id),
    CHECK ((review_id IS NULL) = (answered_day IS NULL)),
    CHECK (review_id IS NULL OR withdrawn_at IS NULL)
  ) STRICT`,
  `CREATE INDEX performance_forms_of_month ON performance_forms (month, user_id, customer_id)`,
  `CREATE INDEX performance_forms_of_person ON performance_forms (user_id, made_at, id)`,
  `CREATE INDEX performance_forms_by_time ON performance_forms (made_at, id)`,
  `CREATE INDEX performance_forms_of_customer ON performance_forms (customer_id)`,
]

/** Forms by which customers rate those who serve them. */
export const migration = {
  id: '0062-appraisal-forms',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
