import type { Locale } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { DocumentModel } from '#shared/kernel/document-model.ts'
import { interestDocument } from '#shared/modules/claims/claims.interest.documents.ts'
import type { Scope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { inPieces } from '#core/store/in-pieces.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { totalOf } from './claims.interest.ts'
import { allDebtsWithin } from './claims.scope.ts'
import { debtSheetOf, interestOf } from './claims.sheets.ts'

/** Statements of account and signed repayment agreements that name any of these debts, oldest first. */
export async function papersAbout(db: Reader | Writer, scope: Scope, instalmentIds: readonly string[]) {
  const about = [...instalmentIds]
  const statements = await db
    .selectFrom('statements as s')
    .select(['s.id', 's.number', 's.as_of', 's.file_id', 's.sha256', 's.answer'])
    .where('s.void_at', 'is', null)
    .where('s.id', 'in', db.selectFrom('statement_debts').select('statement_id').where('instalment_id', 'in', about))
    .where(allDebtsWithin('statement', 's.id', scope))
    .orderBy('s.as_of')
    .orderBy('s.id')
    .execute()
  const plans = await db
    .selectFrom('repayment_plans as p')
    .select(['p.id', 'p.number', 'p.sign_day', 'p.file_id', 'p.sha256'])
    .where('p.sign_day', 'is not', null)
    .where('p.state', '<>', 'void')
    .where('p.id', 'in', db.selectFrom('repayment_debts').select('plan_id').where('instalment_id', 'in', about))
    .where(allDebtsWithin('plan', 'p.id', scope))
    .orderBy('p.sign_day')
    .orderBy('p.id')
    .execute()
  return { statements, plans }
}

/** The sheet of interest on these debts as of a day, with its sums; null where none of them is overdue. Fen. */
export async function interestPaper(
  db: Reader | Writer,
  instalmentIds: readonly string[],
  asOf: PlainDay,
  as: { readonly customerName: string; readonly language: Locale },
): Promise<{ model: DocumentModel; total: ReturnType<typeof totalOf> } | null> {
  const debts = [...(await interestOf(db, instalmentIds, asOf)).values()].map(debtSheetOf)
  if (debts.length === 0) return null
  const total = totalOf(debts)
  const firm = (await readSetting(db, 'firm')).value
  const view = { asOf, customerName: as.customerName, debts, total }
  const model = interestDocument({ view, firm, language: as.language, day: asOf }, makeTranslator(as.language))
  return { model, total }
}

/** Of these customers those who have confirmed a statement of account that names something still open. */
export async function statementsConfirmed(
  db: Reader | Writer,
  customerIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await inPieces(customerIds, (piece) =>
    db
      .selectFrom('statements as s')
      .innerJoin('statement_debts as d', 'd.statement_id', 's.id')
      .innerJoin('receivable_instalments as i', 'i.id', 'd.instalment_id')
      .select('s.customer_id')
      .distinct()
      .where('s.customer_id', 'in', piece)
      .where('s.answer', '=', 'confirmed')
      .where('s.void_at', 'is', null)
      .where('i.outstanding', '>', 0)
      .execute(),
  )
  return new Set(rows.map((row) => row.customer_id))
}
