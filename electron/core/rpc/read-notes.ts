import { AUDIT_ACTIONS, type AuditAction } from '#shared/modules/audit/audit.actions.ts'
import { withoutReplay, type CoreDeps } from '#core/kernel/deps.ts'
import type { Actor } from '#core/store/store.ts'

/** A list is asked for page by page and again after each change: that is one reading. */
const ONE_READING_MS = 10 * 60_000

/**
 * Records in the audit log who reads a sensitive list, before it is read: once for each person and list within ten
 * minutes.
 */
export function createReadNotes(deps: CoreDeps): (actor: Actor, entry: string) => Promise<void> {
  const lately = new Map<string, number>()
  return async (actor, entry) => {
    const now = deps.clock.now()
    const key = `${actor.userId ?? ''} ${entry}`
    if (now - (lately.get(key) ?? -Infinity) < ONE_READING_MS) return
    await deps.store.write(withoutReplay(actor), async (uow) => {
      await uow.audit({ action: auditAction(entry), entity: 'list', entityId: entry })
    })
    lately.set(key, now)
  }
}

function auditAction(entry: string): AuditAction {
  const known = AUDIT_ACTIONS.find((action) => action === entry)
  if (!known) throw new Error(`${entry} has no words in the audit log`)
  return known
}
