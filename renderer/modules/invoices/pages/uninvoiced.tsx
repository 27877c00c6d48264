import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { formatYuan } from '#shared/kernel/money.ts'
import type { UninvoicedRow } from '#shared/modules/invoices/invoices.schema.ts'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import type { ExportAsked } from '#renderer/ui/grid-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount, Page } from '#renderer/ui/parts.tsx'

/** Contracts of which more was delivered than invoiced; a row leads to the invoice that is missing. */
export function UninvoicedPage() {
  const t = useT()
  const navigate = useNavigate()
  const may = { write: useCan('invoices.write'), export: useCan('invoices.export') }
  const word = (key: string) => t(`invoices:uninvoiced.${key}`)
  const head = (key: string) => word(`columns.${key}`)
  const text = (
    key: string,
    width: number,
    of: (row: UninvoicedRow) => string,
    sort?: string,
  ): GridColumn<UninvoicedRow> => ({ key, title: head(key), width, ...(sort ? { sort } : {}), render: of, text: of })
  const amount = (key: 'delivered' | 'invoiced' | 'toInvoice', sort?: string): GridColumn<UninvoicedRow> => ({
    ...text(key, 120, (row) => formatYuan(row[key]), sort),
    align: 'right',
    render: (row) => <Amount fen={row[key]} />,
  })
  const open = (row: UninvoicedRow) =>
    may.write
      ? void navigate({
          to: '/invoices/new' as never,
          search: { customer: row.customerId, contract: row.contractId } as never,
        })
      : void navigate({ to: `/contracts/${row.contractId}` as never })
  return (
    <Page title={word('title')} extra={<span className="muted">{word('hint')}</span>}>
      <DataGrid<UninvoicedRow>
        id="uninvoiced"
        module="invoices"
        columns={[
          text('contractNumber', 118, (row) => row.contractNumber, 'contractNumber'),
          text('title', 150, (row) => row.title),
          text('buyerName', 210, (row) => row.buyerName),
          text('deliveredDay', 112, (row) => row.deliveredDay, 'deliveredDay'),
          amount('delivered'),
          amount('invoiced'),
          amount('toInvoice', 'toInvoice'),
          text('owner', 98, (row) => row.ownerName),
        ]}
        filters={[
          { kind: 'select', name: 'ownerId', label: word('filters.owner'), options: usePeopleChoices() },
          { kind: 'day', name: 'dayFrom', label: word('filters.dayFrom') },
          { kind: 'day', name: 'dayTo', label: word('filters.dayTo') },
        ]}
        defaultSort={{ key: 'toInvoice', dir: 'desc' }}
        load={(input) => api.invoices.uninvoiced(input as never)}
        summarise={(input) => api.invoices.uninvoicedSummary(input as never)}
        sums={(['delivered', 'invoiced', 'toInvoice'] as const).map((key) => ({ key, label: head(key) }))}
        rowKey={(row) => row.contractId}
        onOpen={open}
        {...(may.export ? { exportRows: (asked: ExportAsked) => api.invoices.exportUninvoiced(asked as never) } : {})}
        searchHint={word('search')}
        empty={{
          text: word('empty'),
          action: <Button onClick={() => void navigate({ to: '/invoices' as never })}>{word('back')}</Button>,
        }}
      />
    </Page>
  )
}
