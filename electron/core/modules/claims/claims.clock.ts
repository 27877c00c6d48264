import { plainReason } from '#shared/kernel/reason.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { makeCalendar } from '#shared/kernel/workdays.ts'
import { limitedDebt, type KeptEvent, type StoredEvent } from '#shared/modules/claims/claims.limitation.rules.ts'
import type { LimitationView } from '#shared/modules/claims/claims.limitation.schema.ts'
import type { LimitationBy } from '#shared/modules/claims/claims.schema.ts'
import {
  limitationClock,
  type LimitationClock,
  type LimitationSetting,
} from '#shared/modules/receivables/receivables.limitation.rules.ts'
import { withoutReplay, type CallContext, type CoreDeps } from '#core/kernel/deps.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { debtRows, lastDueDays, setLimitationDays, type DebtRow } from '#core/modules/receivables/receivables.api.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { eventsOf } from './claims.events.ts'
import { limitationBook } from './claims.terms.ts'

/** The clock of one debt with what it was counted from. */
export interface DebtClock {
  readonly debt: DebtRow
  readonly clock: LimitationClock
  readonly by: LimitationBy
  readonly events: readonly StoredEvent[]
}

/** The clocks of these debts as of a day, by id: a fixed number of queries, however many debts there are. */
export async function clockOf(
  db: Reader | Writer,
  instalmentIds: readonly string[],
  asOf: PlainDay,
): Promise<Map<string, DebtClock>> {
  const debts = await debtRows(db, instalmentIds)
  const contractIds = [...debts.values()].map((debt) => debt.contractId)
  const book = await limitationBook(db, contractIds)
  const together = contractIds.filter((id) => id !== null && book.limitationBy(id) === 'last')
  const last = await lastDueDays(db, together as string[])
  const events = await eventsOf(db, [...debts.keys()])
  const setting: LimitationSetting = {
    law: book.lawOn(asOf),
    calendar: makeCalendar((await readSetting(db, 'workCalendar')).value),
    alarms: book.policy.alarms,
  }
  return new Map(
    [...debts.values()].map((debt) => {
      const by = book.limitationBy(debt.contractId)
      const lastDueDay = by === 'last' && debt.contractId !== null ? (last.get(debt.contractId) ?? null) : null
      const own = events.get(debt.id) ?? []
      const clock = limitationClock(limitedDebt({ dueDay: debt.dueDay, lastDueDay }, own), setting, asOf)
      return [debt.id, { debt, clock, by, events: own }]
    }),
  )
}

/** A clock as a page shows it. */
export function toClockView({ debt, clock, by }: DebtClock): LimitationView {
  return {
    instalmentId: debt.id,
    state: clock.state,
    start: clock.start ? { day: clock.start.day, reason: plainReason(clock.start.reason) } : null,
    endDay: clock.endDay,
    shiftedDay: clock.shifted?.day ?? null,
    calendarKnown: clock.shifted?.certain ?? true,
    weakEndDay: clock.weakEndDay,
    longStopDay: clock.longStopDay,
    daysLeft: clock.daysLeft,
    alarm: clock.alarm,
    wording: clock.wording,
    by,
    steps: clock.steps.map((step) => ({
      eventId: (step.event as KeptEvent).id,
      effect: step.effect,
      endDay: step.endDay,
    })),
    notes: clock.notes.map(plainReason),
  }
}

/** Counts the clocks of these debts anew and writes down where their ends moved. */
export async function recount(uow: UnitOfWork, instalmentIds: readonly string[]): Promise<void> {
  const moved = new Map<string, PlainDay | null>()
  for (const { debt, clock } of (await clockOf(uow.db, instalmentIds, uow.today)).values()) {
    const day = debt.cancelled ? null : clock.endDay
    if (day !== debt.limitationDay) moved.set(debt.id, day)
  }
  if (moved.size > 0) await setLimitationDays(uow, moved)
}

/**
 * Follows what changed in receivables: the clocks of these instalments, and of everything else under their contracts,
 * since the last instalment of a contract may count for all. Ids of contracts stand for what they ask for.
 */
export async function followReceivables(uow: UnitOfWork, ids: readonly string[]): Promise<void> {
  const rows = await inPieces(ids, (piece) =>
    uow.db
      .selectFrom('receivable_instalments')
      .select(['id', 'contract_id'])
      .where((eb) => eb.or([eb('id', 'in', piece), eb('contract_id', 'in', piece)]))
      .execute(),
  )
  const contractIds = new Set(rows.flatMap((row) => row.contract_id ?? []))
  const beside = await inPieces([...contractIds], (piece) =>
    uow.db.selectFrom('receivable_instalments').select('id').where('contract_id', 'in', piece).execute(),
  )
  await recount(uow, [...new Set([...rows, ...beside].map((row) => row.id))])
}

const AT_ONCE = 1000

/** Counts everything that is open anew, a thousand at a time: the firm's rule has changed. */
export function recountAll(deps: CoreDeps, ctx: CallContext): { jobId: string } {
  return deps.jobs.start(ctx, {
    kind: 'claims.recount',
    steps: [{ key: 'claims:jobs.recount', weight: 1 }],
    async run(job) {
      const open = deps.store.read
        .selectFrom('receivable_instalments')
        .where('outstanding', '>', 0)
        .where('limitation_day', 'is not', null)
      const { total } = await open.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
      let done = 0
      let after = ''
      for (;;) {
        job.step('claims:jobs.recount', Math.min(done, Number(total)), Number(total))
        const rows = await open.select('id').where('id', '>', after).orderBy('id').limit(AT_ONCE).execute()
        if (rows.length === 0) break
        const ids = rows.map(({ id }) => id)
        await deps.store.write(withoutReplay(ctx.actor), async (uow) => {
          await recount(uow, ids)
          await uow.audit({
            action: 'claims.recount',
            entity: 'limitation',
            entityId: ids[0]!,
            after: { count: ids.length },
          })
        })
        done += rows.length
        after = ids.at(-1) ?? ''
      }
      return { count: done }
    },
  })
}
