import { sql, type SelectQueryBuilder } from 'kysely'
import { decodeCursor, encodeCursor } from '#shared/kernel/paging.ts'
import type { AuditFilters, AuditRow } from '#shared/modules/audit/audit.schema.ts'
import type { Reader } from '#core/store/store.ts'
import type { Tables } from '#core/store/tables.ts'

export interface AuditQuery {
  readonly text?: string | undefined
  readonly filters: AuditFilters
}

const MAC_SHOWN = 12

function filtered(db: Reader, { text, filters }: AuditQuery) {
  let query: SelectQueryBuilder<Tables, 'audit_log', Record<never, never>> = db.selectFrom('audit_log')
  if (filters.userId !== undefined) query = query.where('user_id', '=', filters.userId)
  if (filters.entity !== undefined) query = query.where('entity', '=', filters.entity)
  if (filters.entityId !== undefined) query = query.where('entity_id', '=', filters.entityId)
  if (filters.dayFrom !== undefined) query = query.where('day', '>=', filters.dayFrom)
  if (filters.dayTo !== undefined) query = query.where('day', '<=', filters.dayTo)
  if (filters.action !== undefined) {
    const { action } = filters
    // '/' follows '.' in the order of signs: everything that begins with `customers.`.
    query = action.includes('.')
      ? query.where('action', '=', action)
      : query.where('action', '>=', `${action}.`).where('action', '<', `${action}/`)
  }
  if (text !== undefined && text !== '') {
    const like = `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
    query = query.where(
      sql<boolean>`(entity_id LIKE ${like} ESCAPE '\\' OR before LIKE ${like} ESCAPE '\\' OR after LIKE ${like} ESCAPE '\\')`,
    )
  }
  return query
}

/** One page of the log with the names of the people in it. `seq` is unique, so it alone is the cursor. */
export async function listAudit(
  db: Reader,
  input: AuditQuery & { cursor?: string | null | undefined; limit: number; dir: 'asc' | 'desc' },
): Promise<{ rows: AuditRow[]; nextCursor: string | null }> {
  let query = filtered(db, input)
  if (input.cursor) {
    const seq = Number(decodeCursor(input.cursor)[0])
    query = query.where('seq', input.dir === 'asc' ? '>' : '<', seq)
  }
  const raw = await query
    .selectAll()
    .select((eb) =>
      eb.selectFrom('users').select('name').whereRef('users.id', '=', 'audit_log.user_id').as('user_name'),
    )
    .orderBy('seq', input.dir)
    .limit(input.limit + 1)
    .execute()
  const rows = raw.slice(0, input.limit).map((row): AuditRow => ({
    seq: row.seq,
    at: row.at,
    day: row.day as AuditRow['day'],
    userId: row.user_id,
    userName: row.user_name,
    roles: row.roles === '' ? [] : row.roles.split(','),
    device: row.device,
    action: row.action,
    entity: row.entity,
    entityId: row.entity_id,
    before: parsed(row.before),
    after: parsed(row.after),
    mac: row.mac.slice(0, MAC_SHOWN),
  }))
  const last = rows.at(-1)
  return { rows, nextCursor: raw.length > input.limit && last ? encodeCursor([last.seq, '']) : null }
}

export async function countAudit(db: Reader, input: AuditQuery): Promise<number> {
  const { count } = await filtered(db, input)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** Where the file went back in time by somebody's decision. */
export function restores(db: Reader): Promise<{ seq: number; at: number }[]> {
  return db
    .selectFrom('audit_log')
    .select(['seq', 'at'])
    .where('entity', '=', 'backup')
    .where('action', 'in', ['backups.restored', 'backups.rollbackAccepted', 'backups.salvaged'])
    .execute()
}

/** A row that was tampered with may hold anything; it is shown as it is, not hidden behind an error. */
function parsed(text: string | null): unknown {
  if (text === null) return null
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
