import type { PlainDay } from '#shared/kernel/dates.ts'
import { goesOn, judgeEvent, putsOff, type StoredEvent } from '#shared/modules/claims/claims.limitation.rules.ts'
import type { EventKind, LimitationEventRow } from '#shared/modules/claims/claims.limitation.schema.ts'
import type { Proof } from '#shared/modules/receivables/receivables.evidence.rules.ts'
import { newId } from '#core/kernel/ids.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import type { LimitationEventsTable } from '#core/store/tables/claims.tables.ts'

/** Something that happened to the limitation of debts. */
export interface NewEvent {
  readonly instalmentIds: readonly string[]
  readonly customerId: string
  readonly kind: EventKind
  readonly day: PlainDay
  readonly untilDay?: PlainDay | null
  readonly endedDay?: PlainDay | null
  readonly graceDays?: number | null
  readonly proofs: readonly Proof[]
  readonly note?: string
  /** The record that it follows from; null for what a person writes down. */
  readonly source: { readonly module: string; readonly id: string } | null
}

/** The events of these debts that count, oldest first. */
export async function eventsOf(
  db: Reader | Writer,
  instalmentIds: readonly string[],
): Promise<ReadonlyMap<string, StoredEvent[]>> {
  const rows = await inPieces(instalmentIds, (piece) =>
    db
      .selectFrom('limitation_event_debts as l')
      .innerJoin('limitation_events as e', 'e.id', 'l.event_id')
      .select([
        'l.instalment_id',
        'e.id',
        'e.kind',
        'e.day',
        'e.until_day',
        'e.ended_day',
        'e.grace_days',
        'e.strength',
      ])
      .where('l.instalment_id', 'in', piece)
      .where('e.void_at', 'is', null)
      .orderBy('e.day')
      .orderBy('e.id')
      .execute(),
  )
  const found = new Map<string, StoredEvent[]>()
  for (const row of rows) {
    const list = found.get(row.instalment_id) ?? []
    list.push({
      id: row.id,
      kind: row.kind,
      day: row.day as PlainDay,
      untilDay: row.until_day as PlainDay | null,
      endedDay: row.ended_day as PlainDay | null,
      graceDays: row.grace_days,
      strength: row.strength,
    })
    found.set(row.instalment_id, list)
  }
  return found
}

/** Writes an event with the debts it is about, and its audit row; whoever calls counts the clocks anew. */
export async function insertEvent(uow: UnitOfWork, event: NewEvent): Promise<string> {
  const id = newId()
  await uow.db
    .insertInto('limitation_events')
    .values({
      id,
      version: 0,
      customer_id: event.customerId,
      kind: event.kind,
      ...factColumns(event),
      source_module: event.source?.module ?? null,
      source_id: event.source?.id ?? null,
      created_at: uow.now,
      created_by: uow.actor.userId,
      void_at: null,
      void_by: null,
      void_reason: '',
    })
    .execute()
  await uow.db
    .insertInto('limitation_event_debts')
    .values(event.instalmentIds.map((instalmentId) => ({ event_id: id, instalment_id: instalmentId })))
    .execute()
  await uow.audit({ action: 'claims.event', entity: 'limitationEvent', entityId: id, after: { ...event } })
  uow.changed('claims', id)
  return id
}

/** The columns of what is known of an event, with how well that proves it. */
export function factColumns(
  event: Pick<NewEvent, 'kind' | 'day' | 'untilDay' | 'endedDay' | 'graceDays' | 'proofs' | 'note'>,
) {
  return {
    day: event.day,
    until_day: putsOff(event.kind) ? (event.untilDay ?? null) : null,
    ended_day: goesOn(event.kind) ? (event.endedDay ?? null) : null,
    grace_days: event.graceDays ?? null,
    proofs: JSON.stringify(event.proofs),
    strength: judgeEvent(event.kind, event.proofs).strength,
    note: event.note ?? '',
  }
}

/** Takes an event back; it stays on record with its reason. */
export async function voidEvent(
  uow: UnitOfWork,
  event: Pick<LimitationEventsTable, 'id' | 'version' | 'kind' | 'day'>,
  reason: string,
): Promise<number> {
  const version = event.version + 1
  await uow.db
    .updateTable('limitation_events')
    .set({ void_at: uow.now, void_by: uow.actor.userId, void_reason: reason, version })
    .where('id', '=', event.id)
    .execute()
  const before = { kind: event.kind, day: event.day }
  await uow.audit({
    action: 'claims.eventVoid',
    entity: 'limitationEvent',
    entityId: event.id,
    before,
    after: { reason },
  })
  uow.changed('claims', event.id)
  return version
}

/** The debts that an event is about. */
export async function debtsOfEvent(db: Reader | Writer, eventId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('limitation_event_debts')
    .select('instalment_id')
    .where('event_id', '=', eventId)
    .execute()
  return rows.map((row) => row.instalment_id)
}

export type EventRecord = LimitationEventsTable & {
  readonly author_name: string | null
  readonly voider_name: string | null
  readonly debts: number
  readonly files: number
}

/** An event as pages show it. */
export function toEventRow(row: EventRecord): LimitationEventRow {
  const proofs = JSON.parse(row.proofs) as Proof[]
  const verdict = judgeEvent(row.kind, proofs)
  return {
    id: row.id,
    version: row.version,
    customerId: row.customer_id,
    kind: row.kind,
    day: row.day,
    untilDay: row.until_day,
    endedDay: row.ended_day,
    graceDays: row.grace_days,
    proofs,
    strength: verdict.strength,
    missing: [...verdict.missing],
    article: verdict.article,
    note: row.note,
    debts: Number(row.debts),
    source:
      row.source_module === null || row.source_id === null ? null : { module: row.source_module, id: row.source_id },
    files: Number(row.files),
    createdAt: row.created_at,
    createdByName: row.author_name ?? '',
    void: row.void_at === null ? null : { at: row.void_at, byName: row.voider_name ?? '', reason: row.void_reason },
  }
}
