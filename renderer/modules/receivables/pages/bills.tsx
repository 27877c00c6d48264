import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { formatYuan } from '#shared/kernel/money.ts'
import type { BillListRow } from '#shared/modules/receivables/receivables.entries.schema.ts'
import { BILL_STATES } from '#shared/modules/receivables/receivables.schema.ts'
import { BillStateTag } from '#renderer/modules/receivables/parts/bill-drawer.tsx'
import { MoneyLinks } from '#renderer/modules/receivables/parts/money-links.tsx'
import '#renderer/modules/receivables/receivables.css'
import { api } from '#renderer/rpc/api.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount, Page } from '#renderer/ui/parts.tsx'

/** Acceptance bills, the next to fall due first. */
export function BillsPage() {
  const t = useT()
  const navigate = useNavigate()
  const word = (key: string) => t(`receivables:bills.${key}`)
  const text = (
    key: string,
    title: string,
    width: number,
    of: (row: BillListRow) => string,
    sort?: string,
  ): GridColumn<BillListRow> => ({ key, title, width, ...(sort ? { sort } : {}), render: of, text: of })
  const columns: GridColumn<BillListRow>[] = [
    text('maturityDay', word('maturityDay'), 104, (row) => row.bill.maturityDay, 'maturityDay'),
    text('billNumber', word('number'), 190, (row) => row.bill.number),
    text('kind', word('kind'), 110, (row) => word(`kinds.${row.bill.kind}`)),
    text('customerName', t('receivables:columns.customerName'), 200, (row) => row.customerName),
    {
      ...text('amount', t('receivables:columns.receiptAmount'), 116, (row) => formatYuan(row.amount)),
      align: 'right',
      render: (row) => <Amount fen={row.amount} />,
    },
    {
      ...text('state', word('state'), 96, (row) => word(`states.${row.bill.state}`)),
      render: (row) => <BillStateTag state={row.bill.state} />,
    },
    text('stateDay', word('stateDay'), 100, (row) => row.bill.stateDay ?? ''),
    text('acceptor', word('acceptor'), 160, (row) => row.bill.acceptor),
    text('number', t('receivables:columns.number'), 114, (row) => row.number),
  ]
  return (
    <Page title={word('title')} extra={<MoneyLinks here="bills" />}>
      <DataGrid<BillListRow>
        id="bills"
        module="receivables"
        columns={columns}
        filters={[
          {
            kind: 'select',
            name: 'state',
            label: word('state'),
            options: BILL_STATES.map((value) => ({ value, label: word(`states.${value}`) })),
          },
          { kind: 'day', name: 'maturityTo', label: word('maturityTo') },
        ]}
        defaultSort={{ key: 'maturityDay', dir: 'asc' }}
        load={(input) => api.receivables.billList(input as never)}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: `/receipts/${row.id}` as never })}
        searchHint={word('search')}
        empty={{
          text: word('empty'),
          action: <Button onClick={() => void navigate({ to: '/receipts' as never })}>{word('openReceipts')}</Button>,
        }}
      />
    </Page>
  )
}
