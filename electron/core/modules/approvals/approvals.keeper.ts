import type { Reader } from '#core/store/store.ts'
import { actorsOf, step } from '#shared/modules/approvals/approvals.rules.ts'
import type { CoreDeps } from '#core/kernel/deps.ts'
import { approvalFirm, type ApprovalFirm } from './approvals.firm.ts'
import { carryOut } from './approvals.flow.ts'
import { saveActors, stateOf, type RequestRecord } from './approvals.records.ts'
import { keepTasks } from './approvals.tasks.ts'

const NOBODY = { userId: null, roles: [], device: 'program', entry: 'approvals.keep' } as const

/** Whether somebody else may act than is written down: a leave began or ended. */
async function actorsMoved(db: Reader, record: RequestRecord, firm: ApprovalFirm): Promise<boolean> {
  const rows = await db
    .selectFrom('approval_actors')
    .select('user_id')
    .where('request_id', '=', record.id)
    .where('open', '=', 1)
    .execute()
  const now = actorsOf(await stateOf(db, record), firm.context)
  return JSON.stringify(rows.map((row) => row.user_id).sort()) !== JSON.stringify([...now].sort())
}

/**
 * What the calendar does to requests: whoever is late gets his superior beside him, whoever has left is answered for,
 * and leaves begin and end. Gives how many requests changed.
 */
export async function keepApprovals({ store, clock }: CoreDeps): Promise<number> {
  const firm = await approvalFirm(store.read, clock.today())
  const pending = await store.read
    .selectFrom('approval_requests')
    .selectAll()
    .where('outcome', '=', 'pending')
    .execute()
  let changed = 0
  for (const { id, ...seen } of pending) {
    const before = { id, ...seen }
    const late = step(await stateOf(store.read, before), { kind: 'escalate' }, firm.context).refusal === null
    if (!late && !(await actorsMoved(store.read, before, firm))) continue
    changed += await store.write(NOBODY, async (uow) => {
      const record = await uow.db
        .selectFrom('approval_requests')
        .selectAll()
        .where('id', '=', id)
        .where('outcome', '=', 'pending')
        .executeTakeFirst()
      if (!record) return 0
      const state = await stateOf(uow.db, record)
      if (step(state, { kind: 'escalate' }, firm.context).refusal === null) {
        await carryOut(uow, record, { kind: 'escalate' }, { firm })
        return 1
      }
      await saveActors(uow, id, state, firm.context)
      await keepTasks(uow, record, null)
      uow.changed('approvals', id)
      return 1
    })
  }
  return changed
}
