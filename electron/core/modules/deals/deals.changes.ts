import { refuse } from '#shared/kernel/app-error.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { DealFields } from '#shared/modules/deals/deals.schema.ts'
import type { DealStage } from '#shared/modules/deals/deals.stages.schema.ts'
import type { CallContext } from '#core/kernel/deps.ts'
import { inScope } from '#core/kernel/scope.ts'
import { isActiveUser } from '#core/modules/people/people.api.ts'
import { addTask, closeTasksOf } from '#core/modules/tasks/tasks.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import { dealFieldsOf, type QuotationCounts } from './deals.records.ts'
import { findDeal, findDealParts, type DealRecord } from './deals.repo.ts'

export interface Versioned {
  readonly id: string
  readonly version: number
}

/** A deal that a change is made against. */
export interface DealInUse {
  readonly record: DealRecord
  readonly stage: DealStage
  readonly fields: DealFields
  readonly quotations: number
}

/**
 * The deal as the caller last saw it, if he may change it. Throws NOT_FOUND outside the scope, FORBIDDEN for who only
 * shares its credit, STALE where it was changed meanwhile.
 */
export async function dealToUse(
  uow: UnitOfWork,
  ctx: CallContext,
  input: Versioned,
  quotations: QuotationCounts,
): Promise<DealInUse> {
  const record = await findDeal(uow.db, ctx.scope, input.id)
  if (!record) throw refuse('NOT_FOUND', { entity: 'deal' })
  if (!inScope(ctx.scope, record.owner_id)) throw refuse('FORBIDDEN', { action: 'deals.write' })
  const fields = dealFieldsOf(record, await findDealParts(uow.db, record.id))
  if (record.version !== input.version) throw refuse('STALE', { current: { ...fields, version: record.version } })
  const counted = await quotations(uow.db, [record.id])
  return { record, stage: record.stage as DealStage, fields, quotations: counted.get(record.id) ?? 0 }
}

/** Keeps the task of the next step as the deal names it: another step, day or owner drops the open one. */
export async function planNextStep(
  uow: UnitOfWork,
  id: string,
  before: DealRecord | null,
  after: { nextStep: string; nextDay: PlainDay | null; ownerId: string; customerId: string },
): Promise<void> {
  const { nextStep, nextDay, ownerId, customerId } = after
  const same = before?.next_step === nextStep && before.next_day === nextDay && before.owner_id === ownerId
  if (same && before.customer_id === customerId) return
  const source = { module: 'deals', id } as const
  if (before) await closeTasksOf(uow, source, 'dropped')
  if (nextDay === null) return
  // Somebody has to do it, also where the owner has left the firm.
  const who = (await isActiveUser(uow.db, ownerId)) ? ownerId : (uow.actor.userId ?? ownerId)
  await addTask(uow, { kind: 'nextStep', title: nextStep, ownerId: who, dueDay: nextDay, customerId, source })
}
