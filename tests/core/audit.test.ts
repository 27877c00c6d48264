import { createHash } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { auditKey, auditMac, canonicalJson, createChainCheck, GENESIS, type AuditRow } from '#core/kernel/audit.ts'
import { verifyAudit } from '#core/store/audit-log.ts'
import { ACTOR, createTestStore, writeRow, type TestStore } from '#tests/helpers/test-store.ts'

const KEY = auditKey(new Uint8Array(32).fill(7))

function history(length: number, seed = ''): AuditRow[] {
  const rows: AuditRow[] = []
  let prev = GENESIS
  for (let seq = 1; seq <= length; seq += 1) {
    const body = {
      seq,
      at: 1_700_000_000_000 + seq,
      day: '2026-05-18',
      user_id: seq % 7 === 0 ? null : `u-${seq % 5}`,
      roles: 'sales,finance',
      device: 'window 1',
      action: 'customers.update',
      entity: 'customer',
      entity_id: `c-${seq % 11}${seed}`,
      before: canonicalJson({ name: `old ${seq}` }),
      after: canonicalJson({ name: `new ${seq}` }),
      prev,
    }
    const mac = auditMac(KEY, body)
    rows.push({ ...body, mac })
    prev = mac
  }
  return rows
}

function verdictOf(rows: readonly AuditRow[], anchors: { seq: number; mac: string }[] = []) {
  const check = createChainCheck(KEY, undefined, anchors)
  check.take(rows)
  return check.end()
}

/** Numbers from a seed, so that a failing case can be run again. */
function dice(seed: string) {
  let at = 0
  return (below: number) => createHash('sha256').update(`${seed}:${at++}`).digest().readUInt32BE() % below
}

type Tampering = (rows: AuditRow[], roll: (below: number) => number) => { rows: AuditRow[]; firstWrong: number }

const TAMPERINGS: Readonly<Record<string, Tampering>> = {
  edit(rows, roll) {
    const at = roll(rows.length)
    const row = rows[at] as AuditRow
    const field = (
      ['at', 'day', 'user_id', 'roles', 'device', 'action', 'entity', 'entity_id', 'before', 'after'] as const
    )[roll(10)]
    if (field === 'at') row.at += 1
    else if (field) row[field] = `${row[field] ?? ''}x`
    return { rows, firstWrong: at + 1 }
  },
  'edit with a mac of its own'(rows, roll) {
    const at = roll(rows.length)
    const row = rows[at] as AuditRow
    row.after = '{}'
    row.mac = auditMac(new Uint8Array(32).fill(1), row)
    return { rows, firstWrong: at + 1 }
  },
  delete(rows, roll) {
    const at = roll(rows.length - 1)
    rows.splice(at, 1)
    return { rows, firstWrong: at + 1 }
  },
  'delete and renumber'(rows, roll) {
    const at = roll(rows.length - 1)
    rows.splice(at, 1)
    for (const row of rows.slice(at)) row.seq -= 1
    return { rows, firstWrong: at + 1 }
  },
  insert(rows, roll) {
    const at = roll(rows.length)
    rows.splice(at, 0, { ...(rows[roll(rows.length)] as AuditRow) })
    for (const [i, row] of rows.entries()) row.seq = i + 1
    // A row copied to its own place is the same history up to there; the next one no longer fits.
    return { rows, firstWrong: at + 1 }
  },
  swap(rows, roll) {
    const at = roll(rows.length - 1)
    const [a, b] = [rows[at] as AuditRow, rows[at + 1] as AuditRow]
    rows[at] = { ...b, seq: a.seq }
    rows[at + 1] = { ...a, seq: b.seq }
    return { rows, firstWrong: at + 1 }
  },
  'cut the tail off'(rows, roll) {
    const keep = roll(rows.length - 1)
    return { rows: rows.slice(0, keep), firstWrong: keep + 1 }
  },
  'replay an old file'(_rows, roll) {
    // The history of another day, right in itself: only the anchor tells.
    const old = history(60, `-other-${roll(1e6)}`)
    return { rows: old, firstWrong: 60 }
  },
}

describe('the audit chain', () => {
  it('finds and locates 1,000 of 1,000 random tamperings', () => {
    const kinds = Object.entries(TAMPERINGS)
    let found = 0
    for (let n = 0; n < 1000; n += 1) {
      const roll = dice(`tampering ${n}`)
      const rows = history(60)
      const anchors = [rows.at(-1) as AuditRow]
      const [kind, tamper] = kinds[n % kinds.length] as [string, Tampering]
      const tampered = tamper(
        rows.map((row) => ({ ...row })),
        roll,
      )
      const verdict = verdictOf(tampered.rows, anchors)
      const where = verdict.fault?.seq ?? -1
      // An inserted copy of the row that stands there is seen one row later.
      const right =
        kind === 'insert'
          ? where - tampered.firstWrong <= 1 && where >= tampered.firstWrong
          : where === tampered.firstWrong
      expect(right, `${kind}, case ${n}: found at ${where}, is at ${tampered.firstWrong}`).toBe(true)
      found += 1
    }
    expect(found).toBe(1000)
  })

  it('raises no false alarm over 100 clean histories', () => {
    for (let n = 0; n < 100; n += 1) {
      const rows = history(1 + ((n * 7) % 50), String(n))
      const verdict = verdictOf(rows, [rows[n % rows.length] as AuditRow])
      expect(verdict).toMatchObject({ ok: true, rows: rows.length })
    }
  })

  it('gives the same text for the same content, however it was put together', () => {
    expect(canonicalJson({ b: 1, a: { d: [2, { z: 1, y: null }], c: 'x' } })).toBe(
      canonicalJson({ a: { c: 'x', d: [2, { y: null, z: 1 }] }, b: 1 }),
    )
  })
})

describe('the audit log of a file', () => {
  let test: TestStore | null = null
  afterEach(async () => {
    await test?.close()
    test = null
  })

  it('is whole after normal work, as a whole and at its end', async () => {
    test = await createTestStore()
    for (let i = 0; i < 50; i += 1) await writeRow(test.store, `k${i}`, i)
    expect(await verifyAudit(test.store.read, test.key)).toMatchObject({ ok: true, rows: 50 })
    expect(await verifyAudit(test.store.read, test.key, { last: 10 })).toMatchObject({ ok: true, rows: 10 })
  })

  it('cannot be changed through the file itself', async () => {
    test = await createTestStore()
    await writeRow(test.store, 'k', 1)
    const { raw } = test.store
    expect(() => raw.exec("UPDATE audit_log SET action = 'x'")).toThrow('only added to')
    expect(() => raw.exec('DELETE FROM audit_log')).toThrow('only added to')
    const replacing = test.store.write(ACTOR, async (uow) => {
      const row = await uow.db.selectFrom('audit_log').selectAll().executeTakeFirstOrThrow()
      await uow.db
        .replaceInto('audit_log')
        .values({ ...row, action: 'x' })
        .execute()
      await uow.audit({ action: 'customers.update', entity: 'customer', entityId: 'x' })
    })
    await expect(replacing).rejects.toThrow('only added to')
  })

  it('shows a change made around the triggers, a hole, and a tail cut off', async () => {
    test = await createTestStore()
    for (let i = 0; i < 20; i += 1) await writeRow(test.store, `k${i}`, i)
    const { raw } = test.store
    raw.exec('DROP TRIGGER audit_log_no_update; DROP TRIGGER audit_log_no_delete')
    raw.exec("UPDATE audit_log SET after = '{}' WHERE seq = 7")
    expect((await verifyAudit(test.store.read, test.key)).fault).toEqual({ seq: 7, reason: 'altered' })
    raw.exec('DELETE FROM audit_log WHERE seq IN (5, 7)')
    expect((await verifyAudit(test.store.read, test.key)).fault).toEqual({ seq: 5, reason: 'gap' })
    raw.exec('DELETE FROM audit_log WHERE seq > 18')
    expect((await verifyAudit(test.store.read, test.key, { last: 5 })).fault).toEqual({ seq: 19, reason: 'cut-off' })
    raw.exec('DELETE FROM audit_log')
    expect((await verifyAudit(test.store.read, test.key)).fault).toEqual({ seq: 1, reason: 'cut-off' })
  })
})
