import { sql } from 'kysely'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { PageInput } from '#shared/kernel/paging.ts'
import { normaliseQuery } from '#shared/kernel/search-text.ts'
import { planLate, planProgress, planStage, type PlanProgress } from '#shared/modules/claims/claims.plans.rules.ts'
import type { PlanFilters, PlanRow, PlanSort, PlanStage } from '#shared/modules/claims/claims.plans.schema.ts'
import { keyset, pageOf } from '#core/kernel/keyset.ts'
import type { Scope } from '#core/kernel/scope.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { allDebtsWithin } from './claims.scope.ts'

export interface PlanQuery {
  readonly scope: Scope
  readonly today: PlainDay
  readonly text?: string | undefined
  readonly filters: PlanFilters
}

const SORTED_BY = { day: 'day', principal: 'principal', number: 'number' } as const satisfies Record<PlanSort, string>

/**
 * What was paid of a plan since it was signed: on its debts, whatever part of them, and what the customer has paid ahead
 * since, which is there for its interest.
 */
const PAID = sql<number>`CASE WHEN p.sign_day IS NULL THEN 0 ELSE
  coalesce((SELECT sum(a.amount) FROM repayment_debts d JOIN receivable_allocations a ON a.instalment_id = d.instalment_id
    WHERE d.plan_id = p.id AND a.kind = 'receipt' AND a.released_day IS NULL AND a.day >= p.sign_day), 0)
  + coalesce((SELECT sum(r.advance) FROM receipts r
    WHERE r.customer_id = p.customer_id AND r.advance > 0 AND r.day >= p.sign_day), 0) END`
/** What should have been paid before a day. */
const due = (today: PlainDay) =>
  sql<number>`coalesce((SELECT sum(l.amount) FROM repayment_lines l WHERE l.plan_id = p.id AND l.due_day < ${today}), 0)`
const TOTAL = sql<number>`(p.principal + p.interest + p.costs)`

/** Plans all of whose debts are within the scope. */
function plansQuery(db: Reader | Writer, scope: Scope) {
  return db
    .selectFrom('repayment_plans as p')
    .innerJoin('customers as c', 'c.id', 'p.customer_id')
    .leftJoin('users as owner', 'owner.id', 'c.owner_id')
    .selectAll('p')
    .select(['c.name as customer_name', 'owner.name as owner_name'])
    .select([PAID.as('paid')])
    .where(allDebtsWithin('plan', 'p.id', scope))
}
export type PlanRecord = Awaited<ReturnType<ReturnType<typeof plansQuery>['executeTakeFirstOrThrow']>>

function inStage(stage: PlanStage, today: PlainDay) {
  const conditions = {
    draft: sql<boolean>`p.state = 'draft'`,
    asked: sql<boolean>`p.state = 'asked'`,
    approved: sql<boolean>`p.state = 'approved'`,
    called: sql<boolean>`p.state = 'called'`,
    void: sql<boolean>`p.state = 'void'`,
    paid: sql<boolean>`(p.state = 'signed' AND ${PAID} >= ${TOTAL})`,
    broken: sql<boolean>`(p.state = 'signed' AND ${PAID} < ${TOTAL} AND ${PAID} < ${due(today)})`,
    kept: sql<boolean>`(p.state = 'signed' AND ${PAID} < ${TOTAL} AND ${PAID} >= ${due(today)})`,
  } satisfies Record<PlanStage, unknown>
  return conditions[stage]
}

function filtered(db: Reader | Writer, { scope, today, text, filters }: PlanQuery) {
  let query = plansQuery(db, scope)
  const needle = normaliseQuery(text ?? '')
  if (needle !== '') query = query.where(sql<boolean>`instr(p.search_text, ${needle}) > 0`)
  if (filters.stage !== undefined) query = query.where(inStage(filters.stage, today))
  if (filters.customerId !== undefined) query = query.where('p.customer_id', '=', filters.customerId)
  if (filters.ownerId !== undefined) query = query.where('c.owner_id', '=', filters.ownerId)
  if (filters.from !== undefined) query = query.where('p.day', '>=', filters.from)
  if (filters.to !== undefined) query = query.where('p.day', '<=', filters.to)
  return query
}

/** The lines of these plans, by plan. */
export async function planLines(db: Reader | Writer, ids: readonly string[]) {
  const rows = await inPieces(ids, (piece) =>
    db
      .selectFrom('repayment_lines')
      .selectAll()
      .where('plan_id', 'in', piece)
      .orderBy('plan_id')
      .orderBy('seq')
      .execute(),
  )
  return Map.groupBy(
    rows.map((row) => ({ planId: row.plan_id, dueDay: row.due_day as PlainDay, amount: row.amount })),
    (row) => row.planId,
  )
}

/** The debts of a plan, in their order. */
export const planDebts = (db: Reader | Writer, planId: string) =>
  db
    .selectFrom('repayment_debts as d')
    .innerJoin('receivable_instalments as i', 'i.id', 'd.instalment_id')
    .selectAll('d')
    .select(['i.contract_id', 'i.contract_number', 'i.label', 'i.owner_id', 'i.outstanding'])
    .where('d.plan_id', '=', planId)
    .orderBy('d.seq')
    .execute()

/** A page of plans. */
export async function listPlans(
  db: Reader,
  asked: PlanQuery,
  page: Pick<PageInput<PlanSort>, 'sort' | 'cursor' | 'limit'>,
): Promise<{ rows: PlanRow[]; nextCursor: string | null }> {
  const column = SORTED_BY[page.sort.key]
  const rows = await keyset(filtered(db, asked), {
    sortColumn: `p.${column}`,
    idColumn: 'p.id',
    dir: page.sort.dir,
    cursor: page.cursor,
    limit: page.limit,
  }).execute()
  const cut = pageOf(
    rows,
    page.limit,
    (row) => row[column],
    (row) => row.id,
  )
  const lines = await planLines(
    db,
    cut.rows.map((row) => row.id),
  )
  return {
    rows: cut.rows.map((row) => toPlanRow(row, lines.get(row.id) ?? [], asked.today).row),
    nextCursor: cut.nextCursor,
  }
}

/** Over the whole filtered set; fen. */
export async function sumPlans(db: Reader, asked: PlanQuery) {
  const late = sql<number>`CASE WHEN p.state = 'signed' THEN max(0, min(${due(asked.today)}, ${TOTAL}) - ${PAID}) ELSE 0 END`
  const row = await filtered(db, asked)
    .clearSelect()
    .select([
      sql<number>`count(*)`.as('count'),
      sql<number>`coalesce(sum(p.principal), 0)`.as('principal'),
      sql<number>`coalesce(sum(${late}), 0)`.as('late'),
    ])
    .executeTakeFirstOrThrow()
  return { count: Number(row.count), principal: Number(row.principal), late: Number(row.late) }
}

export const findPlan = (db: Reader | Writer, scope: Scope, id: string): Promise<PlanRecord | undefined> =>
  plansQuery(db, scope).where('p.id', '=', id).executeTakeFirst()

/** Whether a plan of this id is within the scope. */
export const planInScope = async (db: Reader | Writer, scope: Scope, id: string): Promise<boolean> =>
  (await findPlan(db, scope, id)) !== undefined

/** A plan as lists show it, with how far its lines are paid. */
export function toPlanRow(
  record: PlanRecord,
  lines: readonly { readonly dueDay: PlainDay; readonly amount: number }[],
  today: PlainDay,
): { row: PlanRow; progress: PlanProgress[] } {
  const total = record.principal + record.interest + record.costs
  const paid = Math.min(Number(record.paid), total)
  const progress = planProgress(lines, paid, today)
  return {
    progress,
    row: {
      id: record.id,
      version: record.version,
      number: record.number,
      customerId: record.customer_id,
      customerName: record.customer_name,
      ownerName: record.owner_name ?? '',
      day: record.day,
      principal: record.principal,
      interest: record.interest,
      costs: record.costs,
      paid,
      late: record.state === 'signed' ? planLate(progress) : 0,
      nextDay: progress.find((line) => line.paid < line.amount)?.dueDay ?? null,
      lastDay: progress.at(-1)?.dueDay ?? null,
      stage: planStage(record.state, progress),
      signDay: record.sign_day,
      updatedAt: record.updated_at,
    },
  }
}
