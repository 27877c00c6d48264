import type { PlainDay } from '#shared/kernel/dates.ts'
import type { CaseFacts, CaseInstalment } from '#shared/modules/dunning/dunning.cases.rules.ts'
import type { DelayReason, Trust } from '#shared/modules/dunning/dunning.ladder.rules.ts'
import { placeOf } from '#shared/modules/dunning/dunning.policy.rules.ts'
import type { DunningPolicy } from '#shared/modules/dunning/dunning.policy.schema.ts'
import { judgePromises, type JudgedPromise } from '#shared/modules/dunning/dunning.promises.rules.ts'
import type { WorkCalendar } from '#shared/kernel/workdays.ts'
import { owedOfCustomers, receiptsOfCustomers, type Owed } from '#core/modules/receivables/receivables.api.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { coursesOf } from './dunning.escalations.facts.ts'

/** What other modules know of customers that owe. */
export interface CaseSources {
  /** Those whose statement of account is confirmed. */
  readonly statementsConfirmed?: (db: Reader | Writer, customerIds: readonly string[]) => Promise<ReadonlySet<string>>
}

/** Everything that is known of one customer, with what he owes as other modules have it. */
export interface KnownCase {
  readonly facts: CaseFacts
  readonly owed: readonly Owed[]
}

/** What is known of these customers as of a day: a fixed number of queries, however many there are. */
export async function factsOf(
  db: Reader | Writer,
  customerIds: readonly string[],
  policy: DunningPolicy,
  calendar: WorkCalendar,
  today: PlainDay,
  sources: CaseSources = {},
): Promise<Map<string, KnownCase>> {
  const owed = Map.groupBy(await owedOfCustomers(db, customerIds), (row) => row.customerId)
  const sent = await sentSteps(db, customerIds, policy)
  const leftOut = await leftOutOf(
    db,
    [...owed.values()].flatMap((rows) => rows.map(({ id }) => id)),
  )
  const contacts = await contactsOf(db, customerIds)
  const trust = await trustOf(db, customerIds)
  const excluded = await exclusionsOf(db, customerIds)
  const promises = await judgedPromises(db, customerIds, calendar, today)
  const confirmed = (await sources.statementsConfirmed?.(db, customerIds)) ?? new Set<string>()

  const courses = await coursesOf(
    db,
    customerIds,
    (customerId) => new Set((owed.get(customerId) ?? []).map(({ id }) => id)),
  )

  return new Map(
    customerIds.map((customerId) => {
      const rows = owed.get(customerId) ?? []
      const contact = contacts.get(customerId)
      const facts: CaseFacts = {
        customerId,
        instalments: rows.map((row): CaseInstalment => ({
          id: row.id,
          outstanding: row.outstanding,
          disputed: row.disputed,
          dueDay: row.dueDay as PlainDay | null,
          limitationDay: row.limitationDay as PlainDay | null,
          sentStep: sent.get(row.id) ?? null,
          leftOut: leftOut.get(row.id) ?? null,
        })),
        promises: promises.get(customerId) ?? [],
        lastContact: contact?.lastDay ?? null,
        lastStep: contact?.lastStep ?? null,
        reason: contact?.reason ?? null,
        trust: trust.get(customerId)?.trust ?? 'normal',
        excluded: excluded.get(customerId) ?? null,
        ...courses(customerId),
        statementConfirmed: confirmed.has(customerId),
      }
      return [customerId, { facts, owed: rows }]
    }),
  )
}

/** The place of the last step that named each instalment of these customers, in a letter that counts or a call. */
export async function sentSteps(
  db: Reader | Writer,
  customerIds: readonly string[],
  policy: DunningPolicy,
): Promise<ReadonlyMap<string, number>> {
  const named = await inPieces(customerIds, (piece) =>
    db
      .selectFrom('dunning_letters as d')
      .innerJoin('dunning_letter_lines as l', 'l.letter_id', 'd.id')
      .select(['l.instalment_id as instalmentId', 'l.step', 'd.kind'])
      .where('d.customer_id', 'in', piece)
      .where('d.state', '=', 'issued')
      .where('l.step', 'is not', null)
      .execute(),
  )
  const spoken = await inPieces(customerIds, (piece) =>
    db
      .selectFrom('dunning_contacts as c')
      .innerJoin('dunning_contact_lines as l', 'l.contact_id', 'c.id')
      .select(['l.instalment_id as instalmentId', 'c.step', 'c.kind'])
      .where('c.customer_id', 'in', piece)
      .where('c.void_at', 'is', null)
      .execute(),
  )
  const places = new Map<string, number>()
  for (const { instalmentId, step, kind } of [...named, ...spoken]) {
    if (step === null || kind === null) continue
    const place = placeOf(policy.levels, step, kind)
    if (place !== null && place > (places.get(instalmentId) ?? -1)) places.set(instalmentId, place)
  }
  return places
}

async function leftOutOf(db: Reader | Writer, instalmentIds: readonly string[]) {
  const rows = await inPieces(instalmentIds, (piece) =>
    db.selectFrom('dunning_left_out').selectAll().where('instalment_id', 'in', piece).execute(),
  )
  return new Map(
    rows.map((row) => [row.instalment_id, { reason: row.reason, untilDay: row.until_day as PlainDay | null }]),
  )
}

/** The last contact of each customer, the last that was a step, and the reason of the delay as it was last found out. */
async function contactsOf(db: Reader | Writer, customerIds: readonly string[]) {
  const found = new Map<string, { lastDay: PlainDay; lastStep: PlainDay | null; reason: DelayReason | null }>()
  const letters = await inPieces(customerIds, (piece) =>
    db
      .selectFrom('dunning_letters')
      .select((eb) => ['customer_id', eb.fn.max('day').as('day')])
      .where('customer_id', 'in', piece)
      .where('state', '=', 'issued')
      .groupBy('customer_id')
      .execute(),
  )
  for (const row of letters) {
    const day = row.day as PlainDay
    found.set(row.customer_id, { lastDay: day, lastStep: day, reason: null })
  }
  const contacts = await inPieces(customerIds, (piece) =>
    db
      .selectFrom('dunning_contacts')
      .select(['customer_id', 'day', 'reason', 'step'])
      .where('customer_id', 'in', piece)
      .where('void_at', 'is', null)
      .orderBy('day')
      .orderBy('created_at')
      .execute(),
  )
  for (const row of contacts) {
    const before = found.get(row.customer_id)
    const day = row.day as PlainDay
    found.set(row.customer_id, {
      lastDay: laterDay(before?.lastDay ?? null, day),
      lastStep: row.step === '' ? (before?.lastStep ?? null) : laterDay(before?.lastStep ?? null, day),
      reason: row.reason ?? before?.reason ?? null,
    })
  }
  return found
}

const laterDay = (one: PlainDay | null, day: PlainDay): PlainDay => (one !== null && one > day ? one : day)

/** How much these customers are trusted, and the language that they are written to in. */
export async function trustOf(db: Reader | Writer, customerIds: readonly string[]) {
  const rows = await inPieces(customerIds, (piece) =>
    db.selectFrom('dunning_customers').selectAll().where('customer_id', 'in', piece).execute(),
  )
  return new Map(rows.map(({ customer_id: id, trust, ...row }) => [id, { ...row, trust: trust as Trust }]))
}

export async function exclusionsOf(db: Reader | Writer, customerIds: readonly string[]) {
  const rows = await inPieces(customerIds, (piece) =>
    db.selectFrom('dunning_exclusions').selectAll().where('customer_id', 'in', piece).execute(),
  )
  return new Map(
    rows.map((row) => [row.customer_id, { reason: row.reason, untilDay: row.until_day as PlainDay | null }]),
  )
}

/** What has become of the promises of these customers, by the money that came in. */
export async function judgedPromises(
  db: Reader | Writer,
  customerIds: readonly string[],
  calendar: WorkCalendar,
  today: PlainDay,
): Promise<ReadonlyMap<string, JudgedPromise[]>> {
  const rows = await inPieces(customerIds, (piece) =>
    db
      .selectFrom('dunning_promises')
      .select(['id', 'customer_id', 'made_day', 'pay_by', 'amount', 'withdrawn_day'])
      .where('customer_id', 'in', piece)
      .execute(),
  )
  const promises = Map.groupBy(rows, (row) => row.customer_id)
  const receipts = Map.groupBy(await receiptsOfCustomers(db, [...promises.keys()]), (row) => row.customerId)
  return new Map(
    [...promises].map(([customerId, own]) => [
      customerId,
      judgePromises(
        own.map((row) => ({
          id: row.id,
          madeDay: row.made_day as PlainDay,
          payBy: row.pay_by as PlainDay,
          amount: row.amount,
          withdrawnDay: row.withdrawn_day as PlainDay | null,
        })),
        (receipts.get(customerId) ?? []).map(({ day, amount }) => ({ day: day as PlainDay, amount })),
        today,
        calendar,
      ),
    ]),
  )
}
