import type { PlainDay } from '#shared/kernel/dates.ts'
import type { Proof } from '#shared/modules/receivables/receivables.evidence.rules.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import { recount } from './claims.clock.ts'
import { debtsOfEvent, factColumns, insertEvent, voidEvent, type NewEvent } from './claims.events.ts'

/** What a module tells of limitation: which of its records it follows from. */
export type EventTold = Omit<NewEvent, 'source' | 'customerId' | 'proofs'> & {
  readonly proofs?: readonly Proof[]
  readonly source: { readonly module: string; readonly id: string }
}

/**
 * Something that interrupts the limitation of debts follows from a record of another module: written down once for each
 * record, kept true where it is told again, and counted at once. Debts of several customers have an event each.
 */
export async function limitationEvent(uow: UnitOfWork, told: EventTold): Promise<void> {
  if (told.instalmentIds.length === 0) return
  const { source, proofs = [] } = told
  const event = { ...told, proofs }
  const known = await standingEvent(uow, source)
  if (known) {
    const debts = await debtsOfEvent(uow.db, known.id)
    const version = known.version + 1
    await uow.db
      .updateTable('limitation_events')
      .set({ ...factColumns(event), version })
      .where('id', '=', known.id)
      .execute()
    const others = told.instalmentIds.filter((one) => !debts.includes(one))
    if (others.length > 0) {
      await uow.db
        .insertInto('limitation_event_debts')
        .values(others.map((one) => ({ event_id: known.id, instalment_id: one })))
        .execute()
    }
    const after = { day: told.day, proofs, untilDay: told.untilDay ?? null, others }
    await uow.audit({ action: 'claims.eventChange', entity: 'limitationEvent', entityId: known.id, after })
    uow.changed('claims', known.id)
    await recount(uow, [...debts, ...others])
    return
  }
  const first = await uow.db
    .selectFrom('receivable_instalments')
    .select('customer_id')
    .where('id', '=', told.instalmentIds[0] ?? '')
    .executeTakeFirst()
  if (!first) return
  await insertEvent(uow, { ...event, customerId: first.customer_id })
  await recount(uow, told.instalmentIds)
}

/** What was put off until a later day is due from `day` on after all: the period runs from there. */
export async function limitationBroughtForward(
  uow: UnitOfWork,
  source: EventTold['source'],
  day: PlainDay,
): Promise<void> {
  const known = await standingEvent(uow, source)
  if (!known || known.until_day === null || known.until_day <= day) return
  await uow.db
    .updateTable('limitation_events')
    .set({ until_day: day, version: known.version + 1 })
    .where('id', '=', known.id)
    .execute()
  const before = { untilDay: known.until_day }
  const after = { untilDay: day }
  await uow.audit({ action: 'claims.eventChange', entity: 'limitationEvent', entityId: known.id, before, after })
  uow.changed('claims', known.id)
  await recount(uow, await debtsOfEvent(uow.db, known.id))
}

/** The record that an event followed from was taken back. */
export async function limitationEventGone(uow: UnitOfWork, source: EventTold['source'], reason: string): Promise<void> {
  const known = await standingEvent(uow, source)
  if (!known) return
  await voidEvent(uow, known, reason)
  await recount(uow, await debtsOfEvent(uow.db, known.id))
}

function standingEvent(uow: UnitOfWork, source: EventTold['source']) {
  return uow.db
    .selectFrom('limitation_events')
    .select(['id', 'version', 'kind', 'day', 'until_day'])
    .where('source_module', '=', source.module)
    .where('source_id', '=', source.id)
    .where('void_at', 'is', null)
    .executeTakeFirst()
}
