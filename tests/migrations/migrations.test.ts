import { readFileSync } from 'node:fs'
import { sql, type Kysely } from 'kysely'
import { afterEach, describe, expect, it } from 'vitest'
import { MIGRATIONS, type Migration } from '#core/store/migrations/index.ts'
import { verifyAudit } from '#core/store/audit-log.ts'
import { openDatabase, type Database } from '#core/store/driver.ts'
import { createTestStore, rowKeys, writeRow, type TestStore } from '#tests/helpers/test-store.ts'
import { FROZEN, migrationFiles, migrationHashes } from './freeze.ts'

let test: TestStore | null = null
afterEach(async () => {
  await test?.close()
  test = null
})

const added: Migration = {
  id: '9001-added',
  async up(db: Kysely<unknown>) {
    await sql`CREATE TABLE added (id TEXT NOT NULL PRIMARY KEY, n INTEGER NOT NULL) STRICT`.execute(db)
    await sql`INSERT INTO added SELECT key, version FROM settings`.execute(db)
  },
}

function schemaOf(db: Database): string {
  return JSON.stringify(db.prepare('SELECT type, name, sql FROM sqlite_master ORDER BY type, name').all())
}

describe('the shipped migrations', () => {
  it('are exactly those that were frozen, in their order: an edited one is refused here', () => {
    const frozen = JSON.parse(readFileSync(FROZEN, 'utf8')) as { id: string; sha256: string }[]
    expect(migrationHashes().slice(0, frozen.length)).toEqual(frozen)
  })

  it('are all listed, once, under their file’s name', () => {
    expect(MIGRATIONS.map((m) => m.id).sort()).toEqual(migrationFiles())
  })

  it('make a file whose tables are strict and whose rows all have their parents', async () => {
    test = await createTestStore()
    const { raw } = test.store
    const tables = raw.pragma('table_list') as { schema: string; name: string; type: string; strict: number }[]
    const loose = tables.filter(
      (t) => t.schema === 'main' && t.type === 'table' && t.strict !== 1 && !t.name.startsWith('sqlite_'),
    )
    expect(loose.map((t) => t.name)).toEqual([])
    expect(raw.pragma('foreign_key_check')).toEqual([])
    expect(raw.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length)
  })

  it('lead from every earlier version to the same schema, with what was in it', async () => {
    test = await createTestStore()
    const wanted = schemaOf(test.store.raw)
    await test.close()
    for (let version = 1; version < MIGRATIONS.length; version += 1) {
      test = await createTestStore({ migrations: MIGRATIONS.slice(0, version) })
      for (let i = 0; i < 5; i += 1) await writeRow(test.store, `row ${i}`, i)
      let backups = 0
      const store = await test.reopen({
        beforeMigration: async () => {
          backups += 1
        },
      })
      expect(schemaOf(store.raw), `from version ${version}`).toBe(wanted)
      // A migration may add settings of its own; what was there stays.
      expect((await rowKeys(store)).filter((key) => key.startsWith('row '))).toHaveLength(5)
      expect(await verifyAudit(store.read, test.key)).toMatchObject({ ok: true, rows: 5 })
      expect(backups).toBe(1)
      await test.close()
    }
    test = null
  })
})

describe('a migration', () => {
  it('is not run again, nor is a backup asked for', async () => {
    test = await createTestStore()
    const store = await test.reopen({
      beforeMigration: async () => {
        throw new Error('there is nothing to migrate')
      },
    })
    expect(await rowKeys(store)).toEqual([])
  })

  it('waits for its backup: where that fails nothing is changed', async () => {
    test = await createTestStore()
    await writeRow(test.store, 'kept', 1)
    const failing = test.reopen({
      migrations: [...MIGRATIONS, added],
      beforeMigration: async () => {
        throw new Error('no room for the backup')
      },
    })
    await expect(failing).rejects.toThrow('no room')
    const store = await test.reopen()
    expect(store.raw.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length)
    expect(await rowKeys(store)).toEqual(['kept'])
  })

  it('that fails half way leaves the old file, which the old program still opens', async () => {
    test = await createTestStore()
    for (let i = 0; i < 5; i += 1) await writeRow(test.store, `row ${i}`, i)
    const before = schemaOf(test.store.raw)
    const broken: Migration = {
      id: '9002-broken',
      async up(db) {
        await sql`DELETE FROM settings`.execute(db)
        await sql`INSERT INTO nowhere VALUES (1)`.execute(db)
      },
    }
    await expect(test.reopen({ migrations: [...MIGRATIONS, added, broken] })).rejects.toThrow('nowhere')
    const store = await test.reopen()
    expect(schemaOf(store.raw)).toBe(before)
    expect(await rowKeys(store)).toHaveLength(5)
  })

  it('that leaves rows without their parents is taken back', async () => {
    test = await createTestStore()
    const orphaning: Migration = {
      id: '9003-orphans',
      async up(db) {
        await sql`CREATE TABLE parent (id INTEGER PRIMARY KEY) STRICT`.execute(db)
        await sql`CREATE TABLE child (id INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED) STRICT`.execute(
          db,
        )
        await sql`INSERT INTO child VALUES (1)`.execute(db)
      },
    }
    await expect(test.reopen({ migrations: [...MIGRATIONS, orphaning] })).rejects.toThrow('without their parents')
    const store = await test.reopen()
    expect(schemaOf(store.raw)).not.toContain('orphan')
    expect(schemaOf(store.raw)).not.toContain('"child"')
  })

  it('is refused downwards: an older program says which version wrote the file', async () => {
    test = await createTestStore({ migrations: [...MIGRATIONS, added] })
    await writeRow(test.store, 'kept', 1)
    await expect(test.reopen()).rejects.toMatchObject({ kind: 'newer', fileVersion: String(MIGRATIONS.length + 1) })
    const store = await test.reopen({ migrations: [...MIGRATIONS, added] })
    expect(await rowKeys(store)).toEqual(['kept'])
  })

  it('leaves no plain copy of what it moves', async () => {
    test = await createTestStore()
    await writeRow(test.store, 'CANARY-7f3a', 'CANARY-7f3a')
    await test.reopen({ migrations: [...MIGRATIONS, added] })
    for (const ending of ['', '-wal']) expect(readFileSync(test.path + ending).includes('CANARY-7f3a')).toBe(false)
    const db = openDatabase(test.path, test.key, { readonly: true })
    expect(db.prepare('SELECT id FROM added').pluck().all()).toEqual(['CANARY-7f3a'])
    db.close()
  })
})
