import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { formatYuan } from '#shared/kernel/money.ts'
import { METHODS, type ReceiptRow } from '#shared/modules/receivables/receivables.schema.ts'
import { MoneyLinks } from '#renderer/modules/receivables/parts/money-links.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount, Page, StatusTag } from '#renderer/ui/parts.tsx'

/** Everything that came in, the latest first. */
export function ReceiptsPage() {
  const t = useT()
  const navigate = useNavigate()
  const mayRecord = useCan('receipts.record')
  const head = (key: string) => t(`receivables:columns.${key}`)
  const word = (key: string) => t(`receivables:filters.${key}`)
  const create = () => void navigate({ to: '/receipts/new' as never })
  const plain = (
    key: 'number' | 'day' | 'customerName' | 'payer' | 'reference',
    width: number,
    sort?: string,
  ): GridColumn<ReceiptRow> => ({
    key,
    title: head(key),
    width,
    ...(sort ? { sort } : {}),
    render: (row) => row[key],
    text: (row) => row[key],
  })
  const amount = (key: 'amount' | 'allocated' | 'advance', title: string, sort?: string): GridColumn<ReceiptRow> => ({
    key,
    title: head(title),
    width: 108,
    align: 'right',
    ...(sort ? { sort } : {}),
    render: (row) => <Amount fen={row[key]} />,
    text: (row) => formatYuan(row[key]),
  })
  const columns: GridColumn<ReceiptRow>[] = [
    plain('number', 114, 'number'),
    plain('day', 98, 'day'),
    plain('customerName', 196),
    amount('amount', 'receiptAmount', 'amount'),
    amount('allocated', 'allocated'),
    amount('advance', 'advance'),
    {
      key: 'method',
      title: head('method'),
      width: 104,
      render: (row) => t(`receivables:methods.${row.method}`),
      text: (row) => t(`receivables:methods.${row.method}`),
    },
    {
      key: 'state',
      title: head('state'),
      width: 92,
      render: (row) => (
        <StatusTag tone={row.state === 'posted' ? 'done' : 'danger'}>
          {t(`receivables:receiptStates.${row.state}`)}
        </StatusTag>
      ),
      text: (row) => t(`receivables:receiptStates.${row.state}`),
    },
    plain('payer', 170),
    plain('reference', 130),
  ]
  const filters: GridFilter[] = [
    {
      kind: 'select',
      name: 'state',
      label: word('state'),
      options: (['posted', 'reversed'] as const).map((value) => ({
        value,
        label: t(`receivables:receiptStates.${value}`),
      })),
    },
    {
      kind: 'select',
      name: 'method',
      label: word('method'),
      options: METHODS.map((value) => ({ value, label: t(`receivables:methods.${value}`) })),
    },
    {
      kind: 'select',
      name: 'withAdvance',
      label: head('advance'),
      options: [{ value: true, label: word('withAdvance') }],
    },
    { kind: 'day', name: 'dayFrom', label: word('dayFrom') },
    { kind: 'day', name: 'dayTo', label: word('dayTo') },
  ]
  return (
    <Page
      title={t('receivables:receipts.title')}
      extra={<MoneyLinks here="receipts" />}
      action={
        mayRecord ? (
          <Button type="primary" onClick={create}>
            {t('receivables:receipts.create')}
          </Button>
        ) : null
      }
    >
      <DataGrid<ReceiptRow>
        id="receipts"
        module="receivables"
        columns={columns}
        filters={filters}
        defaultSort={{ key: 'day', dir: 'desc' }}
        load={(input) => api.receivables.receiptList(input as never)}
        summarise={(input) => api.receivables.receiptSummary(input as never)}
        sums={[
          { key: 'amount', label: head('receiptAmount') },
          { key: 'allocated', label: head('allocated') },
          { key: 'advance', label: head('advance') },
        ]}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: `/receipts/${row.id}` as never })}
        searchHint={t('receivables:receipts.search')}
        empty={{
          text: t('receivables:receipts.empty'),
          ...(mayRecord ? { action: <Button onClick={create}>{t('receivables:receipts.create')}</Button> } : {}),
        }}
      />
    </Page>
  )
}
