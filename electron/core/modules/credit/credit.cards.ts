import type { PlainDay } from '#shared/kernel/dates.ts'
import { asDay } from '#shared/kernel/dates.ts'
import { wholeYears, type CardFacts } from '#shared/modules/credit/credit.rules.ts'
import { averageDelay } from '#shared/modules/receivables/receivables.figures.rules.ts'
import {
  creditScore,
  type CreditFacts,
  type CreditScore,
} from '#shared/modules/receivables/receivables.credit.rules.ts'
import type { CreditPolicy } from '#shared/modules/credit/credit.schema.ts'
import { newId } from '#core/kernel/ids.ts'
import { readSetting } from '#core/kernel/settings.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import type { CreditCardsTable } from '#core/store/tables/credit.tables.ts'
import { exposuresOf, NOTHING } from './credit.exposure.ts'

/** How many of a customer's promises to pay were broken; told by the module that keeps them. */
export type BrokenPromises = (db: Reader | Writer, customerId: string, today: PlainDay) => Promise<number>

const NO_LIMIT = -1
const FOR_EVER = '9999-12-31'

export const cardOf = (db: Reader | Writer, customerId: string): Promise<CreditCardsTable | undefined> =>
  db.selectFrom('credit_cards').selectAll().where('customer_id', '=', customerId).executeTakeFirst()

export function cardFacts(card: CreditCardsTable): CardFacts {
  return {
    limit: card.credit_limit,
    validTo: card.valid_to as PlainDay | null,
    hold: card.hold === 1,
    holdReason: card.hold_reason,
  }
}

/** What is known of a customer's way of paying, out of the whole firm's books. */
export async function factsOf(
  db: Reader | Writer,
  customerId: string,
  registration: CreditFacts['registration'],
  today: PlainDay,
  brokenPromises: BrokenPromises,
): Promise<CreditFacts> {
  const paid = await db
    .selectFrom('receivable_allocations as a')
    .innerJoin('receivable_instalments as i', 'i.id', 'a.instalment_id')
    .select(['i.due_day', 'a.day', 'a.principal'])
    .where('i.customer_id', '=', customerId)
    .where('a.kind', '=', 'receipt')
    .where('a.released_day', 'is', null)
    .execute()
  const disputes = await db
    .selectFrom('claim_disputes')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('customer_id', '=', customerId)
    .executeTakeFirstOrThrow()
  const first = await db
    .selectFrom('contracts')
    .select((eb) => eb.fn.min('sign_day').as('day'))
    .where('customer_id', '=', customerId)
    .where('state', '=', 'signed')
    .executeTakeFirst()
  const customer = await db.selectFrom('customers').select('size').where('id', '=', customerId).executeTakeFirst()
  const { outstanding, overdue } = (await exposuresOf(db, [customerId], today)).get(customerId) ?? NOTHING
  return {
    averageDelay: averageDelay(
      paid.map(({ due_day: dueDay, day, principal }) => ({
        dueDay: dueDay as PlainDay | null,
        amount: principal,
        paid: [{ day: asDay(day), amount: principal }],
      })),
      today,
    ),
    brokenPromises: await brokenPromises(db, customerId, today),
    disputes: Number(disputes.count),
    overdueShare: outstanding === 0 ? null : Math.round((overdue * 10_000) / outstanding),
    years: wholeYears(first?.day ?? null, today),
    size: (customer?.size ?? 'unknown') as CreditFacts['size'],
    registration,
  }
}

export const scoreOf = (facts: CreditFacts, { points, grades }: CreditPolicy): CreditScore =>
  creditScore(facts, { points, grades })

/** The columns of what was counted. */
async function scored(
  uow: UnitOfWork,
  customerId: string,
  registration: CreditFacts['registration'],
  brokenPromises: BrokenPromises,
) {
  const { value: policy } = await readSetting(uow.db, 'credit')
  const facts = await factsOf(uow.db, customerId, registration, uow.today, brokenPromises)
  const { score, grade } = scoreOf(facts, policy)
  return { score, grade: grade?.grade ?? null, facts: JSON.stringify(facts), scored_at: uow.now }
}

/** The card of a customer; made, with its score, where there is none. The caller audits. */
export async function openCard(
  uow: UnitOfWork,
  customerId: string,
  brokenPromises: BrokenPromises,
): Promise<CreditCardsTable> {
  const known = await cardOf(uow.db, customerId)
  if (known) return known
  const card: CreditCardsTable = {
    id: newId(),
    customer_id: customerId,
    version: 0,
    credit_limit: null,
    limit_key: NO_LIMIT,
    days: null,
    prepay: null,
    valid_to: null,
    valid_key: FOR_EVER,
    hold: 0,
    hold_reason: '',
    registration: 'unknown',
    registration_day: null,
    registration_note: '',
    ...(await scored(uow, customerId, 'unknown', brokenPromises)),
    created_at: uow.now,
    updated_at: uow.now,
  }
  await uow.db.insertInto('credit_cards').values(card).execute()
  return card
}

/** Writes columns of a card, with its score counted anew; the caller audits. Gives the new version. */
export async function saveCard(
  uow: UnitOfWork,
  card: CreditCardsTable,
  columns: Partial<CreditCardsTable>,
  brokenPromises: BrokenPromises,
): Promise<number> {
  const next = { ...card, ...columns }
  const version = card.version + 1
  await uow.db
    .updateTable('credit_cards')
    .set({
      ...columns,
      ...(await scored(uow, card.customer_id, next.registration, brokenPromises)),
      limit_key: next.credit_limit ?? NO_LIMIT,
      valid_key: next.valid_to ?? FOR_EVER,
      version,
      updated_at: uow.now,
    })
    .where('id', '=', card.id)
    .execute()
  uow.changed('credit', card.id)
  uow.changed('credit', card.customer_id)
  return version
}

/** Keeps what was changed on a card, by whom and why. */
export async function logChange(
  uow: UnitOfWork,
  card: Pick<CreditCardsTable, 'id'>,
  change: {
    readonly kind: 'limit' | 'hold' | 'lift' | 'registration' | 'release'
    readonly before: object
    readonly after: object
    readonly reason: string
    readonly userId?: string | null
  },
): Promise<void> {
  await uow.db
    .insertInto('credit_changes')
    .values({
      id: newId(),
      card_id: card.id,
      kind: change.kind,
      before: JSON.stringify(change.before),
      after: JSON.stringify(change.after),
      reason: change.reason,
      day: uow.today,
      at: uow.now,
      user_id: change.userId === undefined ? uow.actor.userId : change.userId,
    })
    .execute()
}
