import { formatMoment } from '#shared/kernel/dates.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import type { FormFilters, FormRow, FormSort } from '#shared/modules/performance/performance.forms.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { exportList, type ListAsked } from '#core/kernel/list-export.ts'
import type { ExportColumn } from '#core/kernel/table-export.ts'
import { listForms, sumForms, type FormQuery } from './performance.forms.repo.ts'

/** The list of forms as a workbook or CSV, as it is filtered and sorted on the page. */
export function exportForms(
  deps: CoreDeps,
  ctx: CallContext,
  asked: FormQuery,
  input: ListAsked<FormSort, FormFilters>,
) {
  const t = makeTranslator(ctx.locale)
  const db = deps.store.read
  const text = (key: string, width: number, value: (row: FormRow) => string): ExportColumn<FormRow> => ({
    head: t(`performance:forms.fields.${key}`),
    width,
    format: 'text',
    value,
  })
  return exportList<FormRow>(deps, ctx, {
    kind: 'performance.formList',
    audit: { action: 'performance.export', entity: 'export', entityId: 'forms', after: input.filters },
    title: t('performance:forms.title'),
    format: input.format,
    columns: [
      text('number', 16, (row) => row.number),
      text('month', 10, (row) => row.month),
      text('person', 12, (row) => row.userName),
      text('customer', 30, (row) => row.customerName),
      text('contact', 14, (row) => row.contactName),
      text('email', 26, (row) => row.email),
      text('madeAt', 18, (row) => formatMoment(row.madeAt, deps.clock.zone)),
      text('madeBy', 12, (row) => row.madeByName),
      { ...text('dueDay', 12, (row) => row.dueDay), format: 'day' },
      text('state', 12, (row) => t(`performance:forms.states.${row.state}`)),
      { ...text('answeredDay', 12, (row) => row.answeredDay ?? ''), format: 'day' },
      text('reason', 30, (row) => row.withdrawnReason),
    ],
    open: async () => ({
      count: (await sumForms(db, asked)).count,
      page: (at) => listForms(db, asked, { sort: input.sort, ...at }),
    }),
  })
}
