import type { Translate } from '#shared/i18n/translate.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import type { InstalmentRow } from '#shared/modules/receivables/receivables.schema.ts'
import type { GridColumn } from '#renderer/ui/data-grid.tsx'
import { Amount } from '#renderer/ui/parts.tsx'
import { InstalmentStatusTag } from './status-tag.tsx'

/** Columns of a list of instalments. */
export function instalmentColumns(t: Translate): GridColumn<InstalmentRow>[] {
  const head = (key: string) => t(`receivables:columns.${key}`)
  const plain = (key: 'contractNumber' | 'customerName' | 'label' | 'ownerName', width: number, sort?: string) => ({
    key,
    title: head(key),
    width,
    ...(sort ? { sort } : {}),
    render: (row: InstalmentRow) => row[key],
    text: (row: InstalmentRow) => row[key],
  })
  const amount = (key: 'amount' | 'settled' | 'outstanding', sort?: string): GridColumn<InstalmentRow> => ({
    key,
    title: head(key),
    width: 110,
    align: 'right',
    ...(sort ? { sort } : {}),
    render: (row) => <Amount fen={row[key]} />,
    text: (row) => formatYuan(row[key]),
  })
  return [
    plain('contractNumber', 114, 'contractNumber'),
    plain('customerName', 206),
    plain('label', 90),
    {
      key: 'dueDay',
      title: head('dueDay'),
      width: 98,
      sort: 'dueDay',
      render: (row) => row.dueDay ?? '',
      text: (row) => row.dueDay ?? '',
    },
    {
      key: 'status',
      title: head('status'),
      width: 120,
      render: (row) => <InstalmentStatusTag row={row} />,
      text: (row) => t(`receivables:statuses.${row.status}`),
    },
    amount('amount'),
    amount('settled'),
    amount('outstanding', 'outstanding'),
    plain('ownerName', 84),
  ]
}
