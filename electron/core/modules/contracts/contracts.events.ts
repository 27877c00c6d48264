import type { PlainDay } from '#shared/kernel/dates.ts'
import { eventDayFits, type TriggerDays } from '#shared/modules/contracts/contracts.rules.ts'
import type { ContractEventKind } from '#shared/modules/contracts/contracts.schema.ts'
import { newId } from '#core/kernel/ids.ts'
import { redateInstalments } from '#core/modules/receivables/receivables.api.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import { dayCounter } from './contracts.basis.ts'
import { dueDays, fieldsOf, type ContractRecord } from './contracts.records.ts'
import { followObligations } from './contracts.obligations.ts'
import { findContract, findParts } from './contracts.repo.ts'

/** A day that starts payment terms. */
export interface EventDay {
  readonly kind: ContractEventKind
  readonly day: PlainDay
  readonly note: string
}

/** The days that are known of a contract but for one kind; the end of the warranty only as it was recorded. */
async function known(uow: UnitOfWork, record: ContractRecord, but: ContractEventKind) {
  const parts = await findParts(uow.db, record.id)
  const fields = fieldsOf(record, parts)
  const others = parts.events.filter((event) => event.kind !== but)
  const plain = { ...fields, terms: { ...fields.terms, warrantyMonths: null } }
  const counter = await dayCounter(uow.db)
  const days: TriggerDays = dueDays(plain, record.sign_day, others, counter).days
  return { fields, others, days, counter, before: parts.events.find((event) => event.kind === but) }
}

/**
 * Records a day that starts payment terms, or corrects it, and dates the instalments anew; false where the day does not
 * fit the others, or lies ahead though it is told as something that has happened.
 */
export async function setEvent(uow: UnitOfWork, record: ContractRecord, event: EventDay): Promise<boolean> {
  const now = await known(uow, record, event.kind)
  const ahead = event.kind !== 'warranty_end' && event.day > uow.today
  if (ahead || !eventDayFits(event.kind, event.day, now.days)) return false
  await retire(uow, record.id, event.kind)
  await uow.db
    .insertInto('contract_events')
    .values({
      id: newId(),
      contract_id: record.id,
      ...event,
      recorded_at: uow.now,
      recorded_by: uow.actor.userId ?? '',
      replaced_at: null,
    })
    .execute()
  const events = [...now.others, { kind: event.kind, day: event.day as string }]
  await redateInstalments(uow, record.id, dueDays(now.fields, record.sign_day, events, now.counter).due)
  await followObligations(uow, record.id)
  await told(uow, record, {
    before: now.before ? { kind: now.before.kind, day: now.before.day } : undefined,
    after: event,
  })
  return true
}

/** The day that all goods were delivered, from the order of a contract; nothing happens where it does not fit. */
export async function deliveredOn(uow: UnitOfWork, contractId: string, day: PlainDay, note: string): Promise<void> {
  const record = await findContract(uow.db, contractId)
  if (record?.state !== 'signed') return
  // A day that does not fit is none of the contract's, but its goods have left all the same.
  if (!(await setEvent(uow, record, { kind: 'delivery', day, note }))) await followObligations(uow, contractId)
}

/** Takes the day of delivery back, since not everything was delivered; false where acceptance rests on it. */
export async function notDelivered(uow: UnitOfWork, contractId: string): Promise<boolean> {
  const record = await findContract(uow.db, contractId)
  if (record?.state !== 'signed') return true
  const { fields, others, counter, before } = await known(uow, record, 'delivery')
  if (!before) {
    await followObligations(uow, contractId)
    return true
  }
  if (others.some((event) => event.kind === 'acceptance')) return false
  await retire(uow, record.id, 'delivery')
  await redateInstalments(uow, record.id, dueDays(fields, record.sign_day, others, counter).due)
  await followObligations(uow, record.id)
  await told(uow, record, { before: { kind: before.kind, day: before.day }, after: { kind: 'delivery', day: null } })
  return true
}

async function retire(uow: UnitOfWork, contractId: string, kind: ContractEventKind): Promise<void> {
  await uow.db
    .updateTable('contract_events')
    .set({ replaced_at: uow.now })
    .where('contract_id', '=', contractId)
    .where('kind', '=', kind)
    .where('replaced_at', 'is', null)
    .execute()
}

async function told(
  uow: UnitOfWork,
  record: ContractRecord,
  change: { readonly before: object | undefined; readonly after: object },
): Promise<void> {
  await uow.db
    .updateTable('contracts')
    .set({ version: record.version + 1, updated_at: uow.now })
    .where('id', '=', record.id)
    .execute()
  await uow.audit({ action: 'contracts.recordEvent', entity: 'contract', entityId: record.id, ...change })
  uow.changed('contracts', record.id)
}
