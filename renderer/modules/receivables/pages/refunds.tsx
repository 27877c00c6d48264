import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { formatYuan } from '#shared/kernel/money.ts'
import {
  REFUND_STATES,
  type RefundRow,
  type RefundState,
} from '#shared/modules/receivables/receivables.entries.schema.ts'
import { MoneyLinks } from '#renderer/modules/receivables/parts/money-links.tsx'
import { RefundPanel } from '#renderer/modules/receivables/parts/refund-panel.tsx'
import '#renderer/modules/receivables/receivables.css'
import { api } from '#renderer/rpc/api.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount, Page, StatusTag } from '#renderer/ui/parts.tsx'
import type { StatusTone } from '#renderer/ui/theme.ts'

const TONES: Readonly<Record<RefundState, StatusTone>> = {
  asked: 'attention',
  released: 'active',
  paid: 'done',
  refused: 'danger',
  reversed: 'danger',
}

/** Money that goes back to customers; a row opens what is to be done about it. */
export function RefundsPage() {
  const t = useT()
  const navigate = useNavigate()
  const [open, setOpen] = useState<RefundRow | null>(null)
  const word = (key: string) => t(`receivables:refunds.${key}`)
  const text = (key: string, title: string, width: number, of: (row: RefundRow) => string): GridColumn<RefundRow> => ({
    key,
    title,
    width,
    render: of,
    text: of,
  })
  return (
    <Page title={word('title')} extra={<MoneyLinks here="refunds" />}>
      <DataGrid<RefundRow>
        id="refunds"
        module="receivables"
        columns={[
          text('number', word('number'), 118, (row) => row.number),
          text('customerName', t('receivables:columns.customerName'), 200, (row) => row.customerName),
          {
            ...text('amount', word('amount'), 112, (row) => formatYuan(row.amount)),
            align: 'right',
            render: (row) => <Amount fen={row.amount} />,
          },
          {
            ...text('state', t('receivables:columns.state'), 100, (row) => word(`states.${row.state}`)),
            render: (row) => <StatusTag tone={TONES[row.state]}>{word(`states.${row.state}`)}</StatusTag>,
          },
          text('day', word('day'), 98, (row) => row.day ?? ''),
          text('receiptNumber', t('receivables:columns.number'), 114, (row) => row.receiptNumber),
          text('payee', word('payee'), 170, (row) => row.payee),
          text('askedBy', word('askedBy'), 90, (row) => row.askedByName),
          text('reason', word('reason'), 200, (row) => row.reason),
        ]}
        filters={[
          {
            kind: 'select',
            name: 'state',
            label: t('receivables:columns.state'),
            options: REFUND_STATES.map((value) => ({ value, label: word(`states.${value}`) })),
          },
        ]}
        defaultSort={{ key: 'updated', dir: 'desc' }}
        load={(input) => api.receivables.refundList(input as never)}
        rowKey={(row) => row.id}
        onOpen={setOpen}
        searchHint={word('search')}
        empty={{
          text: word('empty'),
          action: <Button onClick={() => void navigate({ to: '/receipts' as never })}>{word('openReceipts')}</Button>,
        }}
      />
      <RefundPanel refund={open} onClose={() => setOpen(null)} />
    </Page>
  )
}
