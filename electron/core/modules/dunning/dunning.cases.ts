import type { PlainDay } from '#shared/kernel/dates.ts'
import { countCase, promisedUntil, type CaseFacts } from '#shared/modules/dunning/dunning.cases.rules.ts'
import { letterChannel } from '#shared/modules/dunning/dunning.policy.rules.ts'
import type { DunningPolicy } from '#shared/modules/dunning/dunning.policy.schema.ts'
import { TIERS } from '#shared/modules/dunning/dunning.worklist.rules.ts'
import type { CoreDeps } from '#core/kernel/deps.ts'
import { customersOfReceivables } from '#core/modules/receivables/receivables.api.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { UnitOfWork } from '#core/store/store.ts'
import type { DunningCasesTable } from '#core/store/tables/dunning.tables.ts'
import type { DunningSources } from './dunning.claims.ts'
import { factsOf, type KnownCase } from './dunning.facts.ts'
import type { Policies, PolicyBook } from './dunning.policies.ts'

/** The program itself. */
const NOBODY = { userId: null, roles: [], device: 'program', entry: 'dunning.count' } as const
/** Customers counted in one unit of work: other writers wait for no more. */
const AT_ONCE = 1000
/** So long a page waits for the list to be counted. */
const PATIENCE_MS = 1500
const NEVER = '9999-12-31'
/** Above every amount that can be at risk; four such steps still are an exact number. */
const TIER_STEP = 2 ** 51
const MOST_AT_RISK = 2 ** 50

export type Cases = ReturnType<typeof createCases>

/**
 * Keeps the rows of the work list: counted anew in the unit of work that changes anything of a customer's, and on the
 * days on which the calendar does.
 */
export function createCases(deps: CoreDeps, policies: Policies, sources: DunningSources) {
  async function recount(uow: UnitOfWork, customerIds: readonly string[]): Promise<void> {
    const ids = [...new Set(customerIds)]
    if (ids.length === 0) return
    const book = await policies.book(uow.db, uow.today)
    const known = await factsOf(uow.db, ids, book.policy, book.setting.calendar, uow.today, sources)
    const rows = [...known.values()].flatMap((one) => rowsOf(one, book, uow.today))
    await inPieces(ids, async (piece) => {
      await uow.db.deleteFrom('dunning_cases').where('customer_id', 'in', piece).execute()
      return []
    })
    for (let at = 0; at < rows.length; at += 500) {
      await uow.db
        .insertInto('dunning_cases')
        .values(rows.slice(at, at + 500))
        .execute()
    }
    await keepPromises(uow, [...known.values()])
  }

  /** Whose row the calendar has overtaken, or whose promise. */
  const staleOnes = async (today: PlainDay): Promise<string[]> => {
    const rows = await deps.store.read
      .selectFrom('dunning_cases')
      .select('customer_id')
      .where('valid_until', '<=', today)
      .union(
        deps.store.read
          .selectFrom('dunning_promises')
          .select('customer_id')
          .where('state', '=', 'open')
          .where('last_day', '<', today),
      )
      .limit(AT_ONCE)
      .execute()
    return rows.map((row) => row.customer_id)
  }

  let running: Promise<number> | null = null

  /** Counts whatever the calendar has overtaken, a thousand customers at a time. Gives how many customers. */
  async function freshen(): Promise<number> {
    running ??= count().finally(() => {
      running = null
    })
    return running
  }

  async function count(): Promise<number> {
    let done = 0
    for (;;) {
      const today = deps.clock.today()
      const stale = await staleOnes(today)
      if (stale.length === 0) return done
      await deps.store.write(NOBODY, async (uow) => {
        await recount(uow, stale)
        await uow.audit({
          action: 'dunning.count',
          entity: 'dunningCase',
          entityId: uow.today,
          after: { count: stale.length },
        })
      })
      done += stale.length
    }
  }

  /** The same for a page, which waits a moment at most: the rest of a large firm is counted behind it. */
  async function freshenSoon(): Promise<void> {
    const counting = freshen().catch((error: unknown) => {
      deps.log.warn({ err: error }, 'the work list was not counted')
    })
    const patience = Promise.withResolvers<void>()
    const timer = setTimeout(patience.resolve, PATIENCE_MS)
    await Promise.race([counting, patience.promise])
    clearTimeout(timer)
  }

  return {
    recount,
    freshen,
    freshenSoon,

    /** Follows receivables: whoever owes more, less or from another day on is counted anew. */
    follow: async (uow: UnitOfWork, ids: readonly string[]): Promise<void> =>
      recount(uow, await customersOfReceivables(uow.db, ids)),

    /** Another policy or calendar holds from a day on: everything is counted anew when it is next asked for then. */
    async forget(uow: UnitOfWork, fromDay: string): Promise<void> {
      await uow.db
        .updateTable('dunning_cases')
        .set({ valid_until: fromDay })
        .where('valid_until', '>', fromDay)
        .execute()
    },
  }
}

/** The rows of a customer: one of the whole, and one for each of several people who answer for his debts. */
function rowsOf({ facts, owed }: KnownCase, book: PolicyBook, today: PlainDay): DunningCasesTable[] {
  if (owed.length === 0) return []
  const byOwner = new Map<string, number>()
  for (const row of owed) byOwner.set(row.ownerId, (byOwner.get(row.ownerId) ?? 0) + row.outstanding)
  const owners = [...byOwner].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([id]) => id)
  const [main = ''] = owners
  if (owners.length === 1) return [toRow(facts, main, { whole: 1, single: 1 }, book, today)]
  const ownerOf = new Map(owed.map((row) => [row.id, row.ownerId]))
  return [
    toRow(facts, main, { whole: 1, single: 0 }, book, today),
    ...owners.map((owner) => {
      const instalments = facts.instalments.filter(({ id }) => ownerOf.get(id) === owner)
      return toRow({ ...facts, instalments }, owner, { whole: 0, single: 1 }, book, today)
    }),
  ]
}

function toRow(
  facts: CaseFacts,
  ownerId: string,
  which: Pick<DunningCasesTable, 'whole' | 'single'>,
  { policy, setting }: PolicyBook,
  today: PlainDay,
): DunningCasesTable {
  const row = countCase(facts, setting, today)
  const { next } = row
  const level = next.step === null ? null : (policy.levels[next.step] ?? null)
  const oldest = row.oldestDay ?? NEVER
  return {
    customer_id: facts.customerId,
    owner_id: ownerId,
    ...which,
    valid_until: row.validUntil,
    rank: TIERS.indexOf(row.tier) * TIER_STEP + MOST_AT_RISK - Math.min(row.atRisk, MOST_AT_RISK),
    place: `${oldest} ${facts.customerId} ${ownerId}`,
    tier: row.tier,
    outstanding: row.outstanding,
    overdue: row.overdue,
    at_risk: row.atRisk,
    oldest_key: oldest,
    limitation_key: row.limitationDay ?? NEVER,
    broken: row.brokenPromises,
    promised_until: promisedUntil(facts.promises),
    action: next.action,
    step: level?.key ?? '',
    kind: next.kind,
    letter: isLetter(next.action, level) ? 1 : 0,
    doer: level?.owner ?? 'owner',
    next_key: next.day ?? NEVER,
    reason: facts.reason,
    contact_key: facts.lastContact ?? '',
  }
}

/** Whether the next step is a letter that a batch can write. */
export function isLetter(action: string, level: DunningPolicy['levels'][number] | null): boolean {
  return level !== null && (action === 'send' || action === 'confirmDebt') && letterChannel(level) !== null
}

/** Writes down what has become of promises where that is news. */
async function keepPromises(uow: UnitOfWork, known: readonly KnownCase[]): Promise<void> {
  const judged = known.flatMap(({ facts }) => facts.promises)
  if (judged.length === 0) return
  const before = await inPieces(
    judged.map(({ id }) => id),
    (piece) =>
      uow.db
        .selectFrom('dunning_promises')
        .select(['id', 'state', 'paid', 'last_day'])
        .where('id', 'in', piece)
        .execute(),
  )
  const was = new Map(before.map((row) => [row.id, row]))
  for (const { id, state, paid, lastDay } of judged) {
    const row = was.get(id)
    if (row?.state === state && row.paid === paid && row.last_day === lastDay) continue
    await uow.db.updateTable('dunning_promises').set({ state, paid, last_day: lastDay }).where('id', '=', id).execute()
    uow.changed('dunning', id)
  }
}
