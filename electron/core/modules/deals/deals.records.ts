import type { DealFields, DealRow, DealView } from '#shared/modules/deals/deals.schema.ts'
import { daysInStage, weightedAmount } from '#shared/modules/deals/deals.rules.ts'
import { isOpenStage, type DealStage } from '#shared/modules/deals/deals.stages.schema.ts'
import { inScope, type Scope } from '#core/kernel/scope.ts'
import { customerBriefs } from '#core/modules/customers/customers.api.ts'
import { userBriefs } from '#core/modules/people/people.api.ts'
import { newId } from '#core/kernel/ids.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'
import { findDealParts, movesOf, type DealParts, type DealRecord } from './deals.repo.ts'

/** How many quotations each of these deals has; the module that keeps them answers. */
export type QuotationCounts = (db: Reader | Writer, dealIds: readonly string[]) => Promise<ReadonlyMap<string, number>>

/** Rows as lists and the board show them, with the names in them. */
export async function toDealRows(
  db: Reader | Writer,
  records: readonly DealRecord[],
  today: string,
): Promise<DealRow[]> {
  const customers = await customerBriefs(
    db,
    records.map((row) => row.customer_id),
  )
  const people = await userBriefs(
    db,
    records.map((row) => row.owner_id),
  )
  return records.map((row) => {
    const stage = row.stage as DealStage
    return {
      id: row.id,
      number: row.number,
      name: row.name,
      customerId: row.customer_id,
      customerName: customers.get(row.customer_id)?.name ?? '',
      ownerId: row.owner_id,
      ownerName: people.get(row.owner_id)?.name ?? '',
      stage,
      stageSince: row.stage_since,
      daysInStage: daysInStage(row.stage_since, today),
      probability: row.probability,
      amount: row.amount,
      weighted: weightedAmount(row.amount, row.probability),
      expectedDay: row.expected_day,
      overdue: isOpenStage(stage) && row.expected_day < today,
      nextStep: row.next_step,
      nextDay: row.next_day,
      closedDay: row.closed_day,
      closeReason: row.close_reason as DealRow['closeReason'],
      updatedAt: row.updated_at,
      version: row.version,
    }
  })
}

/** Everything of one deal. */
export async function toDealView(
  db: Reader,
  record: DealRecord,
  options: { readonly scope: Scope | null; readonly today: string; readonly quotations: number },
): Promise<DealView> {
  const [row] = await toDealRows(db, [record], options.today)
  if (!row) throw new Error('a record has a row')
  const parts = await findDealParts(db, record.id)
  const people = await userBriefs(
    db,
    parts.splits.map((split) => split.userId),
  )
  const moves = await movesOf(db, record.id)
  return {
    ...row,
    ...plainFacts(record, parts),
    quotations: options.quotations,
    closeNote: record.close_note,
    lostTo: record.lost_to,
    contractId: record.contract_id,
    splits: parts.splits.map((split) => ({ ...split, userName: people.get(split.userId)?.name ?? '' })),
    moves: moves.map((move) => ({
      id: move.id,
      at: move.at,
      day: move.day,
      userName: move.user_name ?? '',
      fromStage: move.from_stage as DealStage | null,
      toStage: move.to_stage as DealStage,
      amount: move.amount,
      expectedDay: move.expected_day,
    })),
    editable: options.scope !== null && inScope(options.scope, record.owner_id),
    createdAt: record.created_at,
  }
}

function plainFacts(record: DealRecord, parts: DealParts) {
  return {
    needs: record.needs,
    decisionMaker: record.decision_maker,
    budget: record.budget,
    note: record.note,
    quotationSkip: record.quotation_skip,
    noCompetitors: record.no_competitors === 1,
    competitors: parts.competitors,
    concerns: parts.concerns as DealView['concerns'],
  }
}

/** A deal as its form has it, for the log and for whoever changed an older version. */
export function dealFieldsOf(record: DealRecord, parts: DealParts): DealFields {
  return {
    name: record.name,
    customerId: record.customer_id,
    ownerId: record.owner_id,
    amount: record.amount as DealFields['amount'],
    probability: record.probability,
    expectedDay: record.expected_day as DealFields['expectedDay'],
    nextStep: record.next_step,
    nextDay: record.next_day as DealFields['nextDay'],
    splits: parts.splits,
    ...(plainFacts(record, parts) as Pick<
      DealFields,
      'needs' | 'decisionMaker' | 'budget' | 'note' | 'quotationSkip' | 'noCompetitors' | 'competitors' | 'concerns'
    >),
  }
}

/** What the pipeline was on any past day is told by these rows: one for each change of stage, amount or day. */
export async function recordMove(
  uow: UnitOfWork,
  move: {
    readonly dealId: string
    readonly ownerId: string
    readonly from: DealStage | null
    readonly to: DealStage | 'removed'
    readonly amount: number
    readonly expectedDay: string
  },
): Promise<void> {
  await uow.db
    .insertInto('deal_moves')
    .values({
      id: newId(),
      deal_id: move.dealId,
      day: uow.today,
      at: uow.now,
      user_id: uow.actor.userId,
      owner_id: move.ownerId,
      from_stage: move.from,
      to_stage: move.to,
      amount: move.amount,
      expected_day: move.expectedDay,
    })
    .execute()
}
