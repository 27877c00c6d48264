import { createHmac, hkdfSync } from 'node:crypto'
import type { KernelTables } from '#core/store/tables/kernel.tables.ts'

export type AuditRow = KernelTables['audit_log']

export const GENESIS = '0'.repeat(64)

/** The key of the chain, derived from the file's key so that it lives exactly as long. */
export function auditKey(dataKey: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', dataKey, new Uint8Array(0), 'audit', 32))
}

/** JSON with sorted keys, so that the same content always gives the same text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner
    const source = inner as Record<string, unknown>
    return Object.fromEntries(
      Object.keys(source)
        .sort()
        .map((key) => [key, source[key]]),
    )
  })
}

/** HMAC over the row before and everything this row says. */
export function auditMac(key: Uint8Array, row: Omit<AuditRow, 'mac'>): string {
  const body = canonicalJson([
    row.prev,
    row.seq,
    row.at,
    row.day,
    row.user_id,
    row.roles,
    row.device,
    row.action,
    row.entity,
    row.entity_id,
    row.before,
    row.after,
  ])
  return createHmac('sha256', key).update(body).digest('hex')
}

/** A salted hash that stands for a sensitive value; the salt is the entity and the key, so it cannot be tried out. */
export function hiddenHash(key: Uint8Array, entityId: string, value: string): string {
  return `hidden:${createHmac('sha256', key).update(`hidden\0${entityId}\0${value}`).digest('hex').slice(0, 32)}`
}

/** Where a chain was known to end, kept outside it: in each backup's manifest and in `meta`. */
export interface AuditAnchor {
  readonly seq: number
  readonly mac: string
}

export interface AuditVerdict {
  readonly ok: boolean
  readonly rows: number
  readonly head: AuditAnchor
  /** The first row that does not fit, and why. */
  readonly fault: { readonly seq: number; readonly reason: 'gap' | 'broken-link' | 'altered' | 'cut-off' } | null
}

type Fault = NonNullable<AuditVerdict['fault']>

/**
 * Walks rows in the order of `seq` and stops at the first that was edited, deleted, inserted or swapped. Anchors show
 * a tail that was cut off, or a chain that was rewritten as a whole, which the chain alone cannot. Rows may come in
 * batches; `take` answers whether to go on.
 */
export function createChainCheck(
  key: Uint8Array,
  start: AuditAnchor = { seq: 0, mac: GENESIS },
  anchors: readonly AuditAnchor[] = [],
) {
  const due = new Map(anchors.map((anchor) => [anchor.seq, anchor.mac]))
  let head = start
  let rows = 0
  let fault: Fault | null = null

  const look = (row: AuditRow): Fault | null => {
    if (row.seq !== head.seq + 1) return { seq: head.seq + 1, reason: 'gap' }
    if (row.prev !== head.mac) return { seq: row.seq, reason: 'broken-link' }
    const anchored = due.get(row.seq)
    if (auditMac(key, row) !== row.mac || (anchored !== undefined && anchored !== row.mac)) {
      return { seq: row.seq, reason: 'altered' }
    }
    return null
  }

  return {
    take(batch: Iterable<AuditRow>): boolean {
      for (const row of batch) {
        fault ??= look(row)
        if (fault) return false
        head = { seq: row.seq, mac: row.mac }
        rows += 1
      }
      return true
    },
    end(): AuditVerdict {
      if (!fault && anchors.some((anchor) => anchor.seq > head.seq)) fault = { seq: head.seq + 1, reason: 'cut-off' }
      return { ok: fault === null, rows, head, fault }
    },
  }
}
