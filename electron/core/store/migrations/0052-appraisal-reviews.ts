import { sql, type Kysely } from 'kysely'

const DDL = [
  // Who looks at whom in a month, and what he gave. A customer has a name and no account.
  `CREATE TABLE performance_reviews (
    id TEXT NOT NULL PRIMARY KEY,
    month TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id),
    rater_group TEXT NOT NULL CHECK (rater_group IN ('superior', 'peer', 'customer', 'self')),
    rater_id TEXT REFERENCES users (id),
    customer_name TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL CHECK (state IN ('proposed', 'asked', 'given')),
    marks TEXT NOT NULL DEFAULT '',
    score INTEGER CHECK (score BETWEEN 100 AND 500),
    comment TEXT NOT NULL DEFAULT '',
    asked_at INTEGER NOT NULL,
    asked_by TEXT REFERENCES users (id),
    given_at INTEGER,
    CHECK ((rater_group = 'customer') = (rater_id IS NULL)),
    CHECK ((rater_id IS NULL) = (customer_name <> '')),
    CHECK ((state = 'given') = (score IS NOT NULL)),
    CHECK ((state = 'given') = (given_at IS NOT NULL)),
    CHECK (rater_group <> 'self' OR rater_id = user_id)
  ) STRICT`,
  `CREATE UNIQUE INDEX performance_reviews_once ON performance_reviews (month, user_id, rater_id)
    WHERE rater_id IS NOT NULL`,
  `CREATE INDEX performance_reviews_of_rater ON performance_reviews (rater_id, month) WHERE rater_id IS NOT NULL`,
]

/** Ratings by superiors, colleagues, customers and oneself. */
export const migration = {
  id: '0052-appraisal-reviews',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
