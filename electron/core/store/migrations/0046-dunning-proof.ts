import { sql, type Kysely } from 'kysely'

const CHANNELS = `('ems', 'courier', 'hand', 'email', 'message', 'notarised')`

const DDL = [
  // How a letter was sent and what became of it; a letter may go twice, and by two ways.
  `CREATE TABLE dunning_sendings (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    letter_id TEXT NOT NULL REFERENCES dunning_letters (id),
    channel TEXT NOT NULL CHECK (channel IN ${CHANNELS}),
    number TEXT NOT NULL,
    contents TEXT NOT NULL,
    address TEXT NOT NULL,
    posted_day TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('signed', 'refused', 'returned', 'delivered', 'unknown')),
    outcome_day TEXT,
    signer TEXT NOT NULL CHECK (
      signer IN ('legalRepresentative', 'inCharge', 'mailRoom', 'authorised', 'other', 'unknown')
    ),
    signer_name TEXT NOT NULL,
    signature INTEGER NOT NULL CHECK (signature IN (0, 1)),
    note TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT,
    void_at INTEGER,
    void_by TEXT REFERENCES users (id),
    void_reason TEXT NOT NULL DEFAULT '',
    CHECK ((outcome = 'unknown') = (outcome_day IS NULL)),
    CHECK ((void_at IS NULL) = (void_reason = ''))
  ) STRICT`,
  `CREATE INDEX dunning_sendings_of_letter ON dunning_sendings (letter_id, posted_day)`,
  `INSERT INTO dunning_sendings
    SELECT id, 0, id, CASE WHEN sent_way = 'other' THEN 'courier' ELSE sent_way END, sent_reference, '', '', sent_day,
      'unknown', NULL, 'unknown', '', 0, '', created_at, created_by, NULL, NULL, ''
    FROM dunning_letters WHERE sent_day IS NOT NULL`,
  // What the sendings of a letter prove together: counted with them, for the register and for what follows from it.
  `ALTER TABLE dunning_letters ADD COLUMN sent_channel TEXT CHECK (sent_channel IN ${CHANNELS})`,
  `ALTER TABLE dunning_letters ADD COLUMN proof TEXT NOT NULL DEFAULT 'none' CHECK (proof IN ('strong', 'weak', 'none'))`,
  `ALTER TABLE dunning_letters ADD COLUMN arrival_day TEXT`,
  // Whether limitation was told of it: not before the day on which it should have arrived.
  `ALTER TABLE dunning_letters ADD COLUMN told INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1))`,
  `UPDATE dunning_letters SET sent_channel = CASE WHEN sent_way = 'other' THEN 'courier' ELSE sent_way END
    WHERE sent_day IS NOT NULL`,
  `ALTER TABLE dunning_letters DROP COLUMN sent_way`,
  `CREATE INDEX dunning_letters_arriving ON dunning_letters (arrival_day) WHERE told = 0 AND arrival_day IS NOT NULL`,
]

/** The proof locker: how each letter was sent, what became of it, and what that proves. */
export const migration = {
  id: '0046-dunning-proof',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
