import { sql, type Kysely } from 'kysely'

const DDL = [
  `CREATE TABLE orders (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    number TEXT NOT NULL UNIQUE,
    contract_id TEXT NOT NULL UNIQUE REFERENCES contracts (id),
    title TEXT NOT NULL,
    buyer_name TEXT NOT NULL,
    sign_day TEXT NOT NULL,
    delivery_day TEXT,
    delivery_key TEXT NOT NULL CHECK (delivery_key = coalesce(delivery_day, '')),
    stage TEXT NOT NULL CHECK (stage IN ('open', 'partly', 'delivered', 'cancelled')),
    search_text TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT`,
  `CREATE INDEX orders_by_updated ON orders (updated_at, id)`,
  `CREATE INDEX orders_by_delivery ON orders (delivery_key, id, stage)`,
  `CREATE INDEX orders_by_signing ON orders (sign_day, id)`,
  `CREATE INDEX orders_by_buyer ON orders (buyer_name, id)`,
  `CREATE INDEX orders_by_stage ON orders (stage, delivery_key, id)`,
  `CREATE TABLE order_lines (
    id TEXT NOT NULL PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id),
    seq INTEGER NOT NULL,
    name TEXT NOT NULL,
    spec TEXT NOT NULL,
    unit TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity >= 0),
    delivered INTEGER NOT NULL CHECK (delivered BETWEEN 0 AND quantity),
    delivery_day TEXT,
    UNIQUE (order_id, seq)
  ) STRICT`,
  `CREATE TABLE order_deliveries (
    id TEXT NOT NULL PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id),
    line_id TEXT NOT NULL REFERENCES order_lines (id),
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    day TEXT NOT NULL,
    note TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    recorded_by TEXT NOT NULL REFERENCES users (id),
    reversed_at INTEGER,
    reversed_by TEXT REFERENCES users (id),
    reverse_reason TEXT NOT NULL DEFAULT '',
    CHECK ((reversed_at IS NULL) = (reverse_reason = ''))
  ) STRICT`,
  `CREATE INDEX order_deliveries_of_order ON order_deliveries (order_id, day, recorded_at)`,
]

/** Orders that signing makes. */
export const migration = {
  id: '0031-orders',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
