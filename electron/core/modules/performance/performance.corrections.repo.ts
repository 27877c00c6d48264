import type { PlainMonth } from '#shared/kernel/dates.ts'
import { correctedSheet, type Correction } from '#shared/modules/performance/performance.corrections.rules.ts'
import type { CorrectionRow } from '#shared/modules/performance/performance.corrections.schema.ts'
import type { Indicator } from '#shared/modules/performance/performance.indicators.schema.ts'
import type { MonthSheet } from '#shared/modules/performance/performance.schema.ts'
import { applyScope, type Scope } from '#core/kernel/scope.ts'
import type { Reader, Writer } from '#core/store/store.ts'
import { lockedSheets } from './performance.months.ts'

const rows = (db: Reader | Writer) =>
  (db as Reader)
    .selectFrom('performance_corrections')
    .innerJoin('users', 'users.id', 'performance_corrections.user_id')
    .innerJoin('users as asker', 'asker.id', 'performance_corrections.asked_by')
    .leftJoin('users as decider', 'decider.id', 'performance_corrections.decided_by')
    .select([
      'performance_corrections.id',
      'performance_corrections.month',
      'performance_corrections.user_id as userId',
      'users.name as userName',
      'performance_corrections.indicator',
      'performance_corrections.held',
      'performance_corrections.value',
      'performance_corrections.reason',
      'performance_corrections.evidence',
      'performance_corrections.state',
      'asker.name as askedByName',
      'performance_corrections.asked_at as askedAt',
      'decider.name as deciderName',
      'performance_corrections.decided_day as decidedDay',
    ])

type Found = Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number]

const shown = ({ deciderName, ...row }: Found): CorrectionRow => ({
  ...row,
  indicator: row.indicator as Indicator,
  decidedByName: deciderName ?? '',
})

/** Every correction of a month about people of the scope, newest first. */
export async function listCorrections(db: Reader, scope: Scope, month: PlainMonth): Promise<CorrectionRow[]> {
  const found = await applyScope(rows(db), scope, 'performance_corrections.user_id')
    .where('performance_corrections.month', '=', month)
    .orderBy('performance_corrections.asked_at', 'desc')
    .orderBy('performance_corrections.id', 'desc')
    .execute()
  return found.map(shown)
}

export async function findCorrection(db: Reader, scope: Scope, id: string): Promise<CorrectionRow | null> {
  const found = await applyScope(rows(db), scope, 'performance_corrections.user_id')
    .where('performance_corrections.id', '=', id)
    .executeTakeFirst()
  return found ? shown(found) : null
}

/** The corrections in force in these months. */
async function correctionsOf(db: Reader | Writer, months: readonly PlainMonth[]): Promise<Correction[]> {
  const found = await rows(db)
    .where('performance_corrections.month', 'in', [...months])
    .where('performance_corrections.state', '=', 'done')
    .execute()
  return found.map((row) => ({ ...shown(row), decidedDay: row.decidedDay ?? '' }))
}

/** The sheets of those of these months that are locked, with the corrections made since; what is kept stays as it is. */
export async function correctedSheets(db: Reader | Writer, months: readonly PlainMonth[]): Promise<MonthSheet[]> {
  const sheets = await lockedSheets(db, months)
  if (sheets.length === 0) return []
  const corrections = await correctionsOf(db, months)
  return sheets.map((sheet) => correctedSheet(sheet, corrections))
}
