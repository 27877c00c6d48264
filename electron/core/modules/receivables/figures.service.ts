import { sql } from 'kysely'
import { addDays, endOfMonth, monthOf, shiftMonth, type PlainDay } from '#shared/kernel/dates.ts'
import { bucketsOf } from '#shared/modules/receivables/receivables.ageing.rules.ts'
import {
  daysSalesOutstanding,
  provisionOn,
  type Provision,
  type ProvisionRates,
} from '#shared/modules/receivables/receivables.figures.rules.ts'
import {
  DSO_DAYS,
  FORECAST_WEEKS,
  PAST_MONTHS,
  type Pictures,
  type ProvisionFields,
  type ProvisionView,
} from '#shared/modules/receivables/receivables.report.schema.ts'
import type { BucketSums } from '#shared/modules/receivables/receivables.schema.ts'
import { refuse } from '#shared/kernel/app-error.ts'
import { newId } from '#core/kernel/ids.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { scopedTo, type Scope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { userBriefs } from '#core/modules/people/people.api.ts'
import type { Reader } from '#core/store/store.ts'
import { ageingTotals } from './ageing.repo.ts'
import { within } from './ageing.source.ts'
import { collectionInputs } from './receivables.figures.ts'

/** What receivables look like over time, and what is set aside for them. */
export function createReceivableFigures(deps: CoreDeps) {
  const filter = async (db: Reader, scope: Scope, asOf: PlainDay) => {
    const { bounds } = (await readSetting(db, 'receivables')).value
    return { scope, today: deps.clock.today(), asOf, basis: 'due' as const, bounds }
  }

  async function rateHistory(db: Reader): Promise<(ProvisionRates & { id: string; by: string; at: number })[]> {
    const rows = await db.selectFrom('provision_rates').selectAll().orderBy('from_day').orderBy('id').execute()
    return rows.map((row) => ({
      id: row.id,
      from: row.from_day as PlainDay,
      rates: JSON.parse(row.rates) as Record<string, number>,
      reason: row.reason,
      by: row.created_by,
      at: row.created_at,
    }))
  }

  return {
    async pictures(ctx: CallContext): Promise<Pictures> {
      const db = deps.store.read
      const today = deps.clock.today()
      const months: Pictures['months'] = []
      const asked = await filter(db, ctx.scope, today)
      const days = pastDays(today)
      const sold = await soldIn(db, ctx.scope, days.map(salesPeriod))
      for (const [i, day] of days.entries()) {
        const sums = await ageingTotals(db, { ...asked, asOf: day })
        const sales = sold[i] ?? 0
        months.push({ ...sums, day, sales, dso: daysSalesOutstanding(sums.outstanding, sales, DSO_DAYS) })
      }
      const from = addDays(endOfMonth(shiftMonth(monthOf(today), -3)), 1)
      return {
        ...(await forecast(db, ctx.scope, today)),
        columns: bucketsOf(asked.bounds),
        months,
        reps: await repsBetween(db, ctx.scope, from, today),
        from,
        to: today,
      }
    },

    repsBetween: (ctx: CallContext, from: PlainDay, to: PlainDay) => repsBetween(deps.store.read, ctx.scope, from, to),

    /** The sales that days sales outstanding are counted over, up to a day. Fen. */
    async salesUpTo(ctx: CallContext, day: PlainDay): Promise<number> {
      const [sales = 0] = await soldIn(deps.store.read, ctx.scope, [salesPeriod(day)])
      return sales
    },

    /** What to set aside for amounts by age that the caller has summed as of that day. */
    provisionFor: async (asOf: PlainDay, { buckets }: Pick<BucketSums, 'buckets'>): Promise<Provision> =>
      provisionOn(await rateHistory(deps.store.read), asOf, new Map(Object.entries(buckets))),

    async provision(ctx: CallContext, asOf: PlainDay): Promise<ProvisionView> {
      const db = deps.store.read
      const history = await rateHistory(db)
      const { buckets, outstanding } = await ageingTotals(db, await filter(db, ctx.scope, asOf))
      const { from, rows, total } = provisionOn(history, asOf, new Map(Object.entries(buckets)))
      const people = await userBriefs(
        db,
        history.map((one) => one.by),
      )
      return {
        from,
        rows: rows.map((row) => ({ ...row })),
        total,
        outstanding,
        history: history
          .map(({ id, from: day, rates, reason, by, at }) => {
            return { id, from: day, rates: { ...rates }, reason, userName: people.get(by)?.name ?? '', madeAt: at }
          })
          .toReversed(),
      }
    },

    /** The first rates may begin on any day; later ones not before today, so that what was reported stays. */
    provisionSave: (ctx: CallContext, fields: ProvisionFields) =>
      deps.store.write(ctx.actor, async (uow) => {
        const last = await uow.db
          .selectFrom('provision_rates')
          .select('from_day')
          .orderBy('from_day', 'desc')
          .limit(1)
          .executeTakeFirst()
        if (last && (fields.from < uow.today || fields.from < last.from_day)) throw refuse('PROVISION_DAY')
        const id = newId()
        await uow.db
          .insertInto('provision_rates')
          .values({
            id,
            from_day: fields.from,
            rates: JSON.stringify(fields.rates),
            reason: fields.reason,
            created_at: uow.now,
            created_by: uow.actor.userId ?? '',
          })
          .execute()
        await uow.audit({ action: 'receivables.provisionSave', entity: 'receivable', entityId: id, after: fields })
        uow.changed('receivables', id)
        return { id }
      }),
  }
}

/** The ends of the last months, oldest first, and today. */
function pastDays(today: PlainDay): PlainDay[] {
  const ends = Array.from({ length: PAST_MONTHS - 1 }, (_, i) =>
    endOfMonth(shiftMonth(monthOf(today), i + 1 - PAST_MONTHS)),
  )
  return [...ends, today]
}

interface Period {
  readonly from: PlainDay
  readonly to: PlainDay
}

const salesPeriod = (to: PlainDay): Period => ({ from: addDays(to, 1 - DSO_DAYS), to })

/** The sum of an amount in each period that a day of its row lies in, as `p0`, `p1` … in their order. */
const sumsIn = (periods: readonly Period[], day: string, amount: string) =>
  sql.join(
    periods.map(
      (period, i) =>
        sql`coalesce(sum(CASE WHEN ${within(sql.ref(day), period)} THEN ${sql.ref(amount)} END), 0) AS ${sql.id(`p${i}`)}`,
    ),
  )

/**
 * What became owed in each of these periods: contracts signed and what was entered by hand, both days included. One
 * aggregate; fen.
 */
async function soldIn(db: Reader, scope: Scope, periods: readonly Period[]): Promise<number[]> {
  const first = periods.map(({ from }) => from).toSorted()[0] ?? ''
  const { rows } = await sql<Record<string, number>>`
    SELECT ${sumsIn(periods, 'i.since_day', 'i.amount')} FROM receivable_instalments i
    WHERE i.since_day >= ${first} AND i.kind <> 'opening' AND i.state = 'open' AND ${scopedTo(scope, 'i.owner_id')}`.execute(
    db,
  )
  const [row = {}] = rows
  return periods.map((_period, i) => row[`p${i}`] ?? 0)
}

/** What is overdue, and what falls due in each of the coming weeks: one aggregate. */
async function forecast(db: Reader, scope: Scope, today: PlainDay): Promise<Pick<Pictures, 'overdue' | 'weeks'>> {
  const weeks = Array.from({ length: FORECAST_WEEKS }, (_, i) => {
    const from = addDays(today, i * 7)
    return { from, to: addDays(from, 6) }
  })
  const last = weeks.at(-1)?.to ?? today
  const { rows } = await sql<Record<string, number>>`
    SELECT coalesce(sum(CASE WHEN i.due_key < ${today} THEN i.outstanding END), 0) AS overdue,
      ${sumsIn(weeks, 'i.due_key', 'i.outstanding')}
    FROM receivable_instalments i
    WHERE i.outstanding > 0 AND i.due_key <= ${last} AND ${scopedTo(scope, 'i.owner_id')}`.execute(db)
  const [row = {}] = rows
  return {
    overdue: row['overdue'] ?? 0,
    weeks: weeks.map((week, i) => ({ ...week, amount: row[`p${i}`] ?? 0 })),
  }
}

/** What fell due in a period and what of it came in up to its end, by sales person, the most first. */
async function repsBetween(db: Reader, scope: Scope, from: PlainDay, to: PlainDay): Promise<Pictures['reps']> {
  const sums = new Map<string, { due: number; collected: number }>()
  for (const { ownerId, due, collected } of await collectionInputs(db, scope, from, to)) {
    const sum = sums.get(ownerId) ?? { due: 0, collected: 0 }
    sums.set(ownerId, { due: sum.due + due, collected: sum.collected + collected })
  }
  const people = await userBriefs(db, [...sums.keys()])
  return [...sums]
    .map(([ownerId, sum]) => ({ ownerId, name: people.get(ownerId)?.name ?? '', ...sum }))
    .sort((a, b) => b.due - a.due || (a.ownerId < b.ownerId ? -1 : 1))
}
