import { sql, type Kysely } from 'kysely'

/** What editions of clauses and of templates have in common: a draft has no days, what is published is not changed. */
const EDITION = `
    no INTEGER NOT NULL CHECK (no > 0),
    state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn')),
    languages TEXT NOT NULL,
    remark TEXT NOT NULL DEFAULT '',
    valid_from TEXT,
    valid_to TEXT,
    published_at INTEGER,
    published_by TEXT,
    withdrawn_day TEXT,
    withdrawn_by TEXT,
    withdraw_reason TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    CHECK ((state = 'draft') = (valid_from IS NULL)),
    CHECK (valid_to IS NULL OR valid_to >= valid_from),
    CHECK ((state = 'withdrawn') = (withdrawn_day IS NOT NULL)),
    CHECK (state <> 'withdrawn' OR withdraw_reason <> '')`

const DDL: readonly string[] = [
  `CREATE TABLE clauses (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    code TEXT NOT NULL UNIQUE,
    topic TEXT NOT NULL,
    kinds TEXT NOT NULL,
    names TEXT NOT NULL,
    search_text TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT`,
  `CREATE INDEX clauses_by_topic ON clauses (topic, id)`,
  `CREATE INDEX clauses_updated ON clauses (updated_at, id)`,
  `CREATE TABLE clause_editions (
    id TEXT PRIMARY KEY,
    clause_id TEXT NOT NULL REFERENCES clauses (id),
    texts TEXT NOT NULL,
    stands_when TEXT NOT NULL DEFAULT '',
    major INTEGER NOT NULL CHECK (major IN (0, 1)),
    ${EDITION},
    UNIQUE (clause_id, no)
  ) STRICT`,
  `CREATE UNIQUE INDEX clause_editions_draft ON clause_editions (clause_id) WHERE state = 'draft'`,
  `CREATE INDEX clause_editions_begun ON clause_editions (clause_id, valid_from, no)`,
  `CREATE TABLE contract_templates (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    code TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('goods_sale', 'services', 'frame')),
    names TEXT NOT NULL,
    standard INTEGER NOT NULL CHECK (standard IN (0, 1)),
    search_text TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT`,
  `CREATE UNIQUE INDEX contract_templates_standard ON contract_templates (kind) WHERE standard = 1`,
  `CREATE INDEX contract_templates_updated ON contract_templates (updated_at, id)`,
  `CREATE TABLE contract_template_editions (
    id TEXT PRIMARY KEY,
    template_id TEXT NOT NULL REFERENCES contract_templates (id),
    heading TEXT NOT NULL,
    preamble TEXT NOT NULL,
    acknowledgement TEXT NOT NULL,
    articles TEXT NOT NULL,
    ${EDITION},
    UNIQUE (template_id, no)
  ) STRICT`,
  `CREATE UNIQUE INDEX contract_template_editions_draft ON contract_template_editions (template_id)
    WHERE state = 'draft'`,
  `CREATE INDEX contract_template_editions_begun ON contract_template_editions (template_id, valid_from, no)`,
  // Which clause editions a template edition holds: told from its articles, kept so that both ways are found.
  `CREATE TABLE contract_template_clauses (
    template_edition_id TEXT NOT NULL REFERENCES contract_template_editions (id),
    clause_edition_id TEXT NOT NULL REFERENCES clause_editions (id),
    PRIMARY KEY (template_edition_id, clause_edition_id)
  ) STRICT`,
  `CREATE INDEX contract_template_clauses_of_clause ON contract_template_clauses (clause_edition_id)`,
  // What the form chose; template_id and template_version tell the edition that was submitted or signed.
  `ALTER TABLE contracts ADD COLUMN chosen_template_id TEXT REFERENCES contract_templates (id)`,
  `CREATE INDEX contracts_by_template ON contracts (template_id, template_version)`,
]

/** Clauses and the templates composed of them, each in editions that are not changed once they are published. */
export const migration = {
  id: '0028-clauses',
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of DDL) await sql.raw(statement).execute(db)
  },
}
