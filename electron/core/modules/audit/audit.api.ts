import type { AuditRow } from '#shared/modules/audit/audit.schema.ts'
import type { Reader } from '#core/store/store.ts'
import { listAudit } from './audit.repo.ts'

/** What happened to one record, newest first; whoever calls has checked that the reader may see the record. */
export async function historyOf(db: Reader, entity: string, entityId: string, limit = 100): Promise<AuditRow[]> {
  const { rows } = await listAudit(db, { filters: { entity, entityId }, limit, dir: 'desc' })
  return rows
}
