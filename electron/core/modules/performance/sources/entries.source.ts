import { monthOf } from '#shared/kernel/dates.ts'
import type { Indicator } from '#shared/modules/performance/performance.indicators.schema.ts'
import { applyScope } from '#core/kernel/scope.ts'
import type { IndicatorSource } from './source.ts'

/** What was entered by hand for the month, with the note it rests on. */
export const entered =
  (indicator: Indicator): IndicatorSource =>
  async ({ db, scope, from }) => {
    const rows = await applyScope(db.selectFrom('performance_entries'), scope, 'performance_entries.user_id')
      .where('month', '=', monthOf(from))
      .where('indicator', '=', indicator)
      .where('removed_at', 'is', null)
      .select(['id', 'user_id as ownerId', 'value', 'note', 'evidence', 'entered_day as day'])
      .execute()
    return rows.map(({ value, note, evidence, ...row }) => ({
      kind: 'entry',
      ...row,
      customerId: null,
      label: [note, evidence].filter(Boolean).join(' · '),
      amount: value,
      received: 0,
    }))
  }
