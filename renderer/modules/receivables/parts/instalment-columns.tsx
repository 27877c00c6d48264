import type { Translate } from '#shared/i18n/translate.ts'
import type { InstalmentRow } from '#shared/modules/receivables/receivables.schema.ts'
import type { GridColumn } from '#renderer/ui/data-grid.tsx'
import { columnMaker } from '#renderer/ui/grid-makers.tsx'
import { InstalmentStatusTag } from './status-tag.tsx'

/** Columns of a list of instalments. */
export function instalmentColumns(t: Translate): GridColumn<InstalmentRow>[] {
  const { text, amount } = columnMaker<InstalmentRow>((key) => t(`receivables:columns.${key}`))
  return [
    text('contractNumber', 114, (row) => row.contractNumber, { sort: 'contractNumber' }),
    text('customerName', 206, (row) => row.customerName),
    text('label', 90, (row) => row.label),
    text('dueDay', 98, (row) => row.dueDay ?? '', { sort: 'dueDay' }),
    text('status', 120, (row) => t(`receivables:statuses.${row.status}`), {
      render: (row) => <InstalmentStatusTag row={row} />,
    }),
    amount('amount', 110, (row) => row.amount),
    amount('settled', 110, (row) => row.settled),
    amount('outstanding', 110, (row) => row.outstanding, 'outstanding'),
    text('ownerName', 84, (row) => row.ownerName),
  ]
}
