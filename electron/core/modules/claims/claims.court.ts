import { sql } from 'kysely'
import type { Locale } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import type { PlainDay } from '#shared/kernel/dates.ts'
import type { DocumentModel } from '#shared/kernel/document-model.ts'
import { interestDocument } from '#shared/modules/claims/claims.interest.documents.ts'
import { scopedTo, type Scope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { totalOf } from './claims.interest.ts'
import { debtSheetOf, interestOf } from './claims.sheets.ts'

/** A paper that names debts: all of them must be within the scope. */
const within = (table: 'statement_debts' | 'repayment_debts', key: string, id: string, scope: Scope) =>
  sql<boolean>`NOT EXISTS (SELECT 1 FROM ${sql.table(table)} l JOIN receivable_instalments i ON i.id = l.instalment_id
    WHERE ${sql.ref(`l.${key}`)} = ${sql.ref(id)} AND NOT (${scopedTo(scope, 'i.owner_id')}))`

/** Statements of account and signed repayment agreements that name any of these debts, oldest first. */
export async function papersAbout(db: Reader | Writer, scope: Scope, instalmentIds: readonly string[]) {
  const about = [...instalmentIds]
  const statements = await db
    .selectFrom('statements as s')
    .select(['s.id', 's.number', 's.as_of', 's.file_id', 's.sha256', 's.answer'])
    .where('s.void_at', 'is', null)
    .where('s.id', 'in', db.selectFrom('statement_debts').select('statement_id').where('instalment_id', 'in', about))
    .where(within('statement_debts', 'statement_id', 's.id', scope))
    .orderBy('s.as_of')
    .orderBy('s.id')
    .execute()
  const plans = await db
    .selectFrom('repayment_plans as p')
    .select(['p.id', 'p.number', 'p.sign_day', 'p.file_id', 'p.sha256'])
    .where('p.sign_day', 'is not', null)
    .where('p.state', '<>', 'void')
    .where('p.id', 'in', db.selectFrom('repayment_debts').select('plan_id').where('instalment_id', 'in', about))
    .where(within('repayment_debts', 'plan_id', 'p.id', scope))
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
