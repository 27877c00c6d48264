import { makeTranslator, type Translate } from '#shared/i18n/translate.ts'
import type { LineFilters, LineRow, LineSort } from '#shared/modules/bank/bank.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { exportList, type ListAsked } from '#core/kernel/list-export.ts'
import type { ExportColumn } from '#core/kernel/table-export.ts'
import type { createBankLines } from './bank.lines.ts'

/** The lines as a file, as they are filtered and sorted on the page. */
export function createBankExport(deps: CoreDeps, lines: ReturnType<typeof createBankLines>) {
  return {
    lines(ctx: CallContext, input: ListAsked<LineSort, LineFilters>) {
      const t = makeTranslator(ctx.locale)
      return exportList<LineRow>(deps, ctx, {
        kind: 'bank.export',
        audit: { action: 'bank.export', entity: 'bankLine', entityId: 'list', after: input },
        title: t('bank:lines.title'),
        format: input.format,
        columns: columns(t),
        sum: { label: t('bank:sum'), columns: [6, 7] },
        open: async () => {
          const { count } = await lines.summary(ctx, input)
          return { count, page: (at) => lines.list(ctx, { ...input, ...at }) }
        },
      })
    },
  }
}

function columns(t: Translate): ExportColumn<LineRow>[] {
  const head = (key: string) => t(`bank:columns.${key}`)
  return [
    { head: head('day'), width: 12, format: 'day', value: (row) => row.day },
    { head: head('account'), width: 16, format: 'text', value: (row) => row.accountName },
    { head: head('payerName'), width: 30, format: 'text', value: (row) => row.payerName },
    { head: head('payerAccount'), width: 14, format: 'text', value: (row) => row.payerAccount },
    { head: head('text'), width: 36, format: 'text', value: (row) => row.text },
    { head: head('reference'), width: 20, format: 'text', value: (row) => row.reference },
    { head: head('amount'), width: 16, format: 'yuan', value: (row) => row.amount },
    { head: head('left'), width: 16, format: 'yuan', value: (row) => row.left },
    { head: head('stage'), width: 14, format: 'text', value: (row) => t(`bank:stages.${row.stage}`) },
    { head: head('customer'), width: 30, format: 'text', value: (row) => row.customerName },
  ]
}
