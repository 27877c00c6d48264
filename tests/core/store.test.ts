import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { isRefusal } from '#shared/kernel/app-error.ts'
import type { ChangeEvent } from '#shared/modules/changes/changes.contract.ts'
import { assertRuntime, hasPlainHeader, openDatabase, wrongPragmas } from '#core/store/driver.ts'
import { ACTOR, createTestStore, rowKeys, writeRow, type TestStore } from '#tests/helpers/test-store.ts'

let test: TestStore | null = null
const open = async (options: Parameters<typeof createTestStore>[0] = {}) => (test = await createTestStore(options))
afterEach(async () => {
  await test?.close()
  test = null
})

describe('the file', () => {
  it('shows no plain byte: neither header nor a word that was written', async () => {
    const { store, path } = await open()
    await writeRow(store, 'CANARY-7f3a-row', 'CANARY-7f3a-value')
    for (const file of [path, `${path}-wal`]) expect(readFileSync(file).includes('CANARY-7f3a')).toBe(false)
    await test?.reopen()
    expect(readFileSync(path).includes('CANARY-7f3a')).toBe(false)
    expect(hasPlainHeader(path)).toBe(false)
  })

  it('holds every safety setting after a write, on a file just made and on one opened again', async () => {
    const { store } = await open()
    await writeRow(store, 'a', 1)
    expect(wrongPragmas(store.raw)).toEqual([])
    const again = await test?.reopen()
    expect(again && wrongPragmas(again.raw)).toEqual([])
  })

  it('the check of the settings bites: the binding lowers the sync level by itself', async () => {
    const { path, key } = await open()
    const db = openDatabase(path, key)
    db.pragma('synchronous = 1')
    db.exec('BEGIN IMMEDIATE; PRAGMA user_version = 5; ROLLBACK')
    expect(wrongPragmas(db)).toEqual(['synchronous'])
    db.close()
  })

  it('does not open with another key, nor make a file over one that is there', async () => {
    const { path, key } = await open()
    const other = new Uint8Array(key)
    other[31] = (other[31] ?? 0) ^ 1
    expect(() => openDatabase(path, other, { readonly: true })).toThrow(/not a database/)
    await expect(createTestStore({ path })).rejects.toMatchObject({ kind: 'foreign' })
  })

  it('is not even tried on a Node whose driver would end the process without a word', () => {
    expect(() => assertRuntime({ ...process.versions, node: '20.20.2' })).toThrow(/Node 20\.20\.2 cannot .*npm start/)
    expect(() => assertRuntime({ ...process.versions, node: '20.18.1', electron: '33.2.1' })).not.toThrow()
    expect(() => assertRuntime({ ...process.versions, node: '24.21.0' })).not.toThrow()
  })

  it('refuses writes on the reading connection', async () => {
    const { store } = await open()
    const writable = store.read as unknown as { deleteFrom(t: 'settings'): { execute(): Promise<unknown> } }
    await expect(writable.deleteFrom('settings').execute()).rejects.toMatchObject({ code: 'STORAGE' })
  })
})

describe('a unit of work', () => {
  it('keeps all or nothing', async () => {
    const { store } = await open()
    await expect(
      store.write(ACTOR, async (uow) => {
        await uow.db.insertInto('settings').values({ key: 'x', value: '1', version: 0 }).execute()
        await uow.audit({ action: 'customers.update', entity: 'customer', entityId: 'x' })
        throw new Error('half way')
      }),
    ).rejects.toThrow('half way')
    expect(await rowKeys(store)).toEqual([])
    expect(await store.read.selectFrom('audit_log').selectAll().execute()).toEqual([])
  })

  it('that writes without an audit row is rolled back as a bug; one that only reads is not', async () => {
    const { store } = await open()
    const silent = store.write(ACTOR, async (uow) => {
      await uow.db.insertInto('settings').values({ key: 'x', value: '1', version: 0 }).execute()
    })
    await expect(silent).rejects.toThrow('test.write wrote without an audit row')
    expect(await rowKeys(store)).toEqual([])
    const reading = store.write(ACTOR, (uow) => uow.db.selectFrom('settings').selectAll().execute())
    expect(await reading).toEqual([])
  })

  it('runs alone: 200 at once number without gap or double', async () => {
    const { store } = await open()
    const numbers = await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        store
          .write(ACTOR, async (uow) => {
            const number = await uow.nextNumber('contract:2026')
            await uow.audit({ action: 'customers.update', entity: 'customer', entityId: String(number) })
            if (i % 3 === 0) throw new Error('taken back')
            return number
          })
          .catch(() => null),
      ),
    )
    const kept = numbers.filter((n) => n !== null).sort((a, b) => a - b)
    expect(kept).toEqual(Array.from({ length: kept.length }, (_, i) => i + 1))
    expect(kept.length).toBe(133)
  })

  it('writes audit rows in order although nobody waits for them', async () => {
    const { store } = await open()
    await store.write(ACTOR, async (uow) => {
      const entries = ['a', 'b', 'c', 'd'].map((id) =>
        uow.audit({ action: 'customers.update', entity: 'customer', entityId: id }),
      )
      await Promise.all(entries)
    })
    const rows = await store.read.selectFrom('audit_log').select(['seq', 'entity_id']).orderBy('seq').execute()
    expect(rows.map((r) => `${r.seq}${r.entity_id}`)).toEqual(['1a', '2b', '3c', '4d'])
  })

  it('answers a repeated command from what is kept, also when both come at once, and only for its user', async () => {
    const { store } = await open()
    const actor = { ...ACTOR, commandId: '0190-1' }
    let runs = 0
    const command = (who: typeof actor) =>
      store.write(who, async (uow) => {
        runs += 1
        await uow.audit({ action: 'customers.update', entity: 'customer', entityId: 'x' })
        return { number: await uow.nextNumber('n') }
      })
    const [first, second] = await Promise.all([command(actor), command(actor)])
    expect(first).toEqual({ number: 1 })
    expect(second).toEqual(first)
    expect(runs).toBe(1)
    expect(await store.replay('0190-1', 'u-1', 'test.write')).toEqual({ result: { number: 1 } })
    expect(await store.replay('0190-1', 'u-2', 'test.write')).toBeUndefined()
    expect(await store.replay('0190-1', 'u-1', 'test.other')).toBeUndefined()
    await expect(command({ ...actor, userId: 'u-2' })).rejects.toThrow(/UNIQUE/)
  })

  it('lets windows and threads have their turn while a thousand writes and reads follow each other', async () => {
    const { store } = await open()
    let beats = 0
    const beat = setInterval(() => (beats += 1), 1)
    for (let i = 0; i < 500; i += 1) await writeRow(store, `row ${i}`, i)
    for (let i = 0; i < 2000; i += 1) await store.read.selectFrom('settings').select('key').limit(5).execute()
    await store.write(ACTOR, async (uow) => {
      for (let i = 0; i < 2000; i += 1) await uow.nextNumber('n')
      await uow.audit({ action: 'customers.update', entity: 'customer', entityId: 'x' })
    })
    clearInterval(beat)
    // Without it there would be none: the driver answers at once, and awaiting that never leaves the program's turn.
    expect(beats).toBeGreaterThan(10)
  })

  it('tells changes after the commit, and none of what was taken back', async () => {
    const { store, feed } = await open()
    const stop = new AbortController()
    const heard: ChangeEvent[] = []
    const listening = (async () => {
      for await (const event of feed.listen(stop.signal)) heard.push(event)
    })()
    await writeRow(store, 'kept', 1)
    await store
      .write(ACTOR, async (uow) => {
        uow.changed('test', 'lost')
        throw new Error('no')
      })
      .catch(() => undefined)
    await new Promise((resolve) => setImmediate(resolve))
    stop.abort()
    await listening
    expect(heard).toEqual([{ module: 'test', ids: ['kept'], userId: 'u-1' }])
  })

  it('cannot be started inside another one, and its handle is dead afterwards', async () => {
    const { store } = await open()
    const nested = store.write(ACTOR, async () => store.write(ACTOR, async () => 1))
    await expect(nested).rejects.toThrow('inside another')
    let leaked: { execute(): Promise<unknown> } | null = null
    await store.write(ACTOR, async (uow) => {
      leaked = uow.db.deleteFrom('settings')
    })
    await expect((leaked as unknown as { execute(): Promise<unknown> }).execute()).rejects.toThrow('already committed')
    await writeRow(store, 'goes on', 1)
  })

  it('hides sensitive values in the log, equal ones alike', async () => {
    const { store } = await open()
    const [a, b, c] = await store.write(ACTOR, async (uow) => [
      uow.hidden('p-1', '110101199003070571'),
      uow.hidden('p-1', '110101199003070571'),
      uow.hidden('p-2', '110101199003070571'),
    ])
    expect(a).toBe(b)
    expect(a).not.toBe(c)
    expect(a).toMatch(/^hidden:[0-9a-f]{32}$/)
  })
})

describe('when the disk fails', () => {
  it('a full disk is a fault with a reason; what was there is read, and writing goes on when there is room', async () => {
    const { store } = await open()
    await writeRow(store, 'before', 1)
    const pages = Number(store.raw.pragma('page_count', { simple: true }))
    store.raw.pragma(`max_page_count = ${pages + 2}`)
    const full = await writeRow(store, 'big', 'x'.repeat(200_000)).catch((error: unknown) => error)
    expect(isRefusal(full, 'STORAGE') && full.data).toEqual({ reason: 'SQLITE_FULL' })
    expect(await rowKeys(store)).toEqual(['before'])
    store.raw.pragma('max_page_count = 1073741823')
    await writeRow(store, 'big', 'x'.repeat(200_000))
    expect(await rowKeys(store)).toEqual(['before', 'big'])
  })

  it('heals a connection that one bad read has poisoned, without calling the file damaged', async () => {
    let damage = 0
    const { store, path } = await open({ onDamage: () => (damage += 1) })
    for (let i = 0; i < 40; i += 1) await writeRow(store, `row ${i}`, 'x'.repeat(3000))
    const log = readFileSync(`${path}-wal`)
    overwrite(`${path}-wal`, Buffer.alloc(log.length - 32, 0xa5), 32)
    await expect(rowKeys(store)).rejects.toMatchObject({ code: 'STORAGE' })
    overwrite(`${path}-wal`, log.subarray(32), 32)
    expect(await rowKeys(store)).toHaveLength(40)
    await writeRow(store, 'after', 1)
    expect(await rowKeys(store)).toHaveLength(41)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(damage).toBe(0)
  })

  it('speaks of damage once the reopened file still does not read', async () => {
    const said = Promise.withResolvers<void>()
    const { store, path } = await open({ onDamage: () => said.resolve() })
    for (let i = 0; i < 40; i += 1) await writeRow(store, `row ${i}`, 'x'.repeat(3000))
    const log = readFileSync(`${path}-wal`)
    overwrite(`${path}-wal`, Buffer.alloc(log.length - 32, 0xa5), 32)
    await rowKeys(store).catch(() => undefined)
    await rowKeys(store).catch(() => undefined)
    await said.promise
    overwrite(`${path}-wal`, log.subarray(32), 32)
    expect(existsSync(path)).toBe(true)
  })
})

function overwrite(path: string, bytes: Uint8Array, at: number): void {
  const file = openSync(path, 'r+')
  writeSync(file, bytes, 0, bytes.length, at)
  closeSync(file)
}
