import { setImmediate as breathe } from 'node:timers/promises'
import { z } from 'zod'
import { auditKey, createChainCheck, GENESIS, type AuditAnchor, type AuditVerdict } from '#core/kernel/audit.ts'
import type { Reader } from './store.ts'
import { AUDIT_HEAD } from './unit-of-work.ts'

const BATCH = 1000
const anchorSchema = z.object({ seq: z.number().int(), mac: z.string() })

export interface VerifyAuditOptions {
  /** Heads known from elsewhere, as backup manifests hold them. */
  readonly anchors?: readonly AuditAnchor[]
  /** Only this many rows at the end; the row before them is taken on trust. */
  readonly last?: number
  readonly onProgress?: (done: number, total: number) => void
}

/** The head that `meta` remembers; null before the first row, or where it was tampered with. */
export async function rememberedHead(read: Reader): Promise<AuditAnchor | null> {
  const row = await read.selectFrom('meta').select('value').where('key', '=', AUDIT_HEAD).executeTakeFirst()
  if (!row) return null
  try {
    return anchorSchema.parse(JSON.parse(row.value))
  } catch {
    return null
  }
}

/** Walks the audit log, or its end, in batches that leave the windows alive. Says which row is the first that is wrong. */
export async function verifyAudit(
  read: Reader,
  dataKey: Uint8Array,
  options: VerifyAuditOptions = {},
): Promise<AuditVerdict> {
  const remembered = await rememberedHead(read)
  const top = await read
    .selectFrom('audit_log')
    .select(['seq', 'mac'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  const until = top?.seq ?? 0
  const from = options.last === undefined ? 0 : Math.max(0, until - options.last)
  const start = from === 0 ? { seq: 0, mac: GENESIS } : await anchorAt(read, from)
  const anchors = [...(options.anchors ?? []), ...(remembered ? [remembered] : [])]
  const check = createChainCheck(auditKey(dataKey), start, anchors)
  for (let at = start.seq; at < until;) {
    // By `seq` alone: a hole must not end the walk before its other side is seen.
    const batch = await read
      .selectFrom('audit_log')
      .selectAll()
      .where('seq', '>', at)
      .where('seq', '<=', until)
      .orderBy('seq')
      .limit(BATCH)
      .execute()
    const last = batch.at(-1)
    if (!last || !check.take(batch)) break
    at = last.seq
    options.onProgress?.(at - from, until - from)
    await breathe()
  }
  return check.end()
}

async function anchorAt(read: Reader, seq: number): Promise<AuditAnchor> {
  const row = await read.selectFrom('audit_log').select(['seq', 'mac']).where('seq', '=', seq).executeTakeFirst()
  return row ?? { seq, mac: GENESIS }
}
