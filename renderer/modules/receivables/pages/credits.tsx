import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { formatYuan } from '#shared/kernel/money.ts'
import { CREDIT_CAUSES, type CreditRow } from '#shared/modules/receivables/receivables.entries.schema.ts'
import { MoneyLinks } from '#renderer/modules/receivables/parts/money-links.tsx'
import '#renderer/modules/receivables/receivables.css'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount, Page, StatusTag } from '#renderer/ui/parts.tsx'

/** Credit notes, the latest first. */
export function CreditsPage() {
  const t = useT()
  const navigate = useNavigate()
  const mayRecord = useCan('receipts.record')
  const word = (key: string) => t(`receivables:credits.${key}`)
  const create = () => void navigate({ to: '/credits/new' as never })
  const text = (
    key: string,
    title: string,
    width: number,
    of: (row: CreditRow) => string,
    sort?: string,
  ): GridColumn<CreditRow> => ({ key, title, width, ...(sort ? { sort } : {}), render: of, text: of })
  const amount = (key: 'amount' | 'allocated' | 'rest', title: string, sort?: string): GridColumn<CreditRow> => ({
    ...text(key, title, 112, (row) => formatYuan(row[key]), sort),
    align: 'right',
    render: (row) => <Amount fen={row[key]} />,
  })
  const button = mayRecord ? (
    <Button type="primary" onClick={create}>
      {word('create')}
    </Button>
  ) : null
  return (
    <Page title={word('title')} extra={<MoneyLinks here="credits" />} action={button}>
      <DataGrid<CreditRow>
        id="credits"
        module="receivables"
        columns={[
          text('number', word('number'), 118, (row) => row.number),
          text('day', word('day'), 98, (row) => row.day, 'day'),
          text('customerName', t('receivables:columns.customerName'), 210, (row) => row.customerName),
          text('cause', word('cause'), 110, (row) => word(`causes.${row.cause}`)),
          amount('amount', word('amount'), 'amount'),
          amount('allocated', word('allocatedSum')),
          amount('rest', word('rest')),
          {
            ...text('state', t('receivables:columns.state'), 92, (row) => t(`receivables:receiptStates.${row.state}`)),
            render: (row) => (
              <StatusTag tone={row.state === 'posted' ? 'done' : 'danger'}>
                {t(`receivables:receiptStates.${row.state}`)}
              </StatusTag>
            ),
          },
          text('reason', word('reason'), 200, (row) => row.reason),
          text('invoiceNumber', word('invoiceNumber'), 170, (row) => row.invoiceNumber),
        ]}
        filters={[
          {
            kind: 'select',
            name: 'state',
            label: t('receivables:columns.state'),
            options: (['posted', 'reversed'] as const).map((value) => ({
              value,
              label: t(`receivables:receiptStates.${value}`),
            })),
          },
          {
            kind: 'select',
            name: 'cause',
            label: word('cause'),
            options: CREDIT_CAUSES.map((value) => ({ value, label: word(`causes.${value}`) })),
          },
          {
            kind: 'select',
            name: 'withRest',
            label: word('rest'),
            options: [{ value: true, label: word('withRest') }],
          },
          { kind: 'day', name: 'dayFrom', label: word('dayFrom') },
          { kind: 'day', name: 'dayTo', label: word('dayTo') },
        ]}
        defaultSort={{ key: 'day', dir: 'desc' }}
        load={(input) => api.receivables.creditList(input as never)}
        summarise={(input) => api.receivables.creditSummary(input as never)}
        sums={[
          { key: 'amount', label: word('amount') },
          { key: 'allocated', label: word('allocatedSum') },
          { key: 'rest', label: word('rest') },
        ]}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: `/credits/${row.id}` as never })}
        searchHint={word('search')}
        empty={{ text: word('empty'), ...(button ? { action: button } : {}) }}
      />
    </Page>
  )
}
