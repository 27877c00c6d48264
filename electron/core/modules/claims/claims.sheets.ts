import { plainReason } from '#shared/kernel/reason.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { DebtSheet } from '#shared/modules/claims/claims.interest.schema.ts'
import {
  capInterest,
  interestClaim,
  paymentsByDay,
  type DebtHistory,
} from '#shared/modules/claims/claims.sheet.rules.ts'
import { interestSheet, type InterestSheet } from '#shared/modules/receivables/receivables.interest.rules.ts'
import { debtFacts, type DebtFacts } from '#core/modules/receivables/receivables.api.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { termsBook, type TermsInForce } from './claims.terms.ts'

/** The interest of one debt with everything it was counted from. */
export interface CountedDebt {
  readonly debt: DebtFacts
  readonly terms: TermsInForce
  readonly sheet: InterestSheet
}

/**
 * The sheets of these debts as of a day, by id; those without a due day have none. A fixed number of queries, however
 * many debts there are.
 */
export async function interestOf(
  db: Reader | Writer,
  instalmentIds: readonly string[],
  asOf: PlainDay,
): Promise<Map<string, CountedDebt>> {
  const debts = await debtFacts(db, instalmentIds)
  const ids = [...debts.keys()]
  const book = await termsBook(
    db,
    [...debts.values()].map((debt) => debt.contractId),
  )
  const kept = await keptOf(db, ids, asOf)
  const counted = new Map<string, CountedDebt>()
  for (const debt of debts.values()) {
    const claim = interestClaim({ ...debt, ...kept(debt.id) }, asOf)
    if (claim === null) continue
    const terms = book.inForce(debt.contractId, claim.dueDay)
    const sheet = interestSheet(claim, terms.terms, book.tables, asOf)
    counted.set(debt.id, { debt, terms, sheet: capInterest(sheet, claim.principal, terms.cap) })
  }
  return counted
}

type Kept = Pick<DebtHistory, 'pauses' | 'costs' | 'waivers' | 'statements' | 'keepsAccrued'>

/** What this module has of debts, up to a day. */
async function keptOf(db: Reader | Writer, ids: readonly string[], asOf: PlainDay): Promise<(id: string) => Kept> {
  const byDebt = <R extends { instalment_id: string }>(rows: readonly R[]) =>
    Map.groupBy(rows, (row) => row.instalment_id)
  const pauses = byDebt(
    await inPieces(ids, (piece) =>
      db
        .selectFrom('claim_pauses')
        .select(['instalment_id', 'from_day', 'to_day'])
        .where('instalment_id', 'in', piece)
        .where('void_at', 'is', null)
        .execute(),
    ),
  )
  const costs = byDebt(
    await inPieces(ids, (piece) =>
      db
        .selectFrom('claim_costs')
        .select(['instalment_id', 'day', 'amount'])
        .where('instalment_id', 'in', piece)
        .where('void_at', 'is', null)
        .execute(),
    ),
  )
  const decided = byDebt(
    await inPieces(ids, (piece) =>
      db
        .selectFrom('claim_request_lines as l')
        .innerJoin('claim_requests as r', 'r.id', 'l.request_id')
        .select(['l.instalment_id', 'l.booked', 'l.keeps_accrued', 'r.id', 'r.kind', 'r.done_day'])
        .where('l.instalment_id', 'in', piece)
        .where('r.state', '=', 'done')
        .where('r.kind', 'in', ['waiver', 'extension'])
        .execute(),
    ),
  )
  const plans = byDebt(
    await inPieces(ids, (piece) =>
      db
        .selectFrom('repayment_debts as d')
        .innerJoin('repayment_plans as p', 'p.id', 'd.plan_id')
        .select(['d.instalment_id', 'd.principal', 'd.interest', 'd.costs', 'd.due_day'])
        .select('p.sign_day')
        .where('d.instalment_id', 'in', piece)
        .where('p.sign_day', 'is not', null)
        .where('p.sign_day', '<=', asOf)
        .execute(),
    ),
  )
  const confirmed = byDebt(
    await inPieces(ids, (piece) =>
      db
        .selectFrom('statement_debts as d')
        .innerJoin('statements as s', 's.id', 'd.statement_id')
        .select(['d.instalment_id', 'd.outstanding', 's.answer_day'])
        .where('d.instalment_id', 'in', piece)
        .where('s.answer', '=', 'confirmed')
        .where('s.void_at', 'is', null)
        .execute(),
    ),
  )
  return (id) => ({
    pauses: (pauses.get(id) ?? []).map((row) => ({ from: row.from_day as PlainDay, to: row.to_day as PlainDay })),
    costs: (costs.get(id) ?? []).map((row) => ({ day: row.day as PlainDay, amount: row.amount })),
    waivers: (decided.get(id) ?? [])
      .filter((row) => row.kind === 'waiver' && row.booked !== null && row.booked > 0)
      .map((row) => ({ day: row.done_day as PlainDay, amount: row.booked ?? 0 })),
    keepsAccrued: new Set((decided.get(id) ?? []).filter((row) => row.keeps_accrued === 1).map((row) => row.id)),
    statements: [
      ...(plans.get(id) ?? []).map((row) => ({
        day: row.sign_day as PlainDay,
        principal: row.principal,
        interest: row.interest,
        costs: row.costs,
        dueDay: row.due_day as PlainDay,
      })),
      ...(confirmed.get(id) ?? []).map((row) => ({
        day: row.answer_day as PlainDay,
        principal: row.outstanding,
        interest: null,
        dueDay: null,
      })),
    ],
  })
}

/** A counted debt as pages and documents show it. */
export function debtSheetOf({ debt, terms, sheet }: CountedDebt): DebtSheet {
  const { id, customerId, contractId, contractNumber, label, amount } = debt
  return {
    instalmentId: id,
    customerId,
    contractId,
    contractNumber,
    label,
    amount,
    dueDay: debt.dueDay ?? sheet.firstDay,
    terms: terms.terms,
    article: terms.article,
    sheet: {
      ...sheet,
      segments: sheet.segments.map((segment) => ({ ...segment })),
      payments: paymentsByDay(sheet.payments).map((line) => ({ ...line })),
      reductions: sheet.reductions.map((line) => ({ ...line })),
      notes: sheet.notes.map(plainReason),
    },
  }
}
