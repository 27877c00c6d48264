import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { formatMoment } from '#shared/i18n/formatters.ts'
import { ORDER_STAGES, type OrderRow } from '#shared/modules/orders/orders.schema.ts'
import { SEAT_ZONE, usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { OrderStageTag } from '#renderer/modules/orders/parts/stage-tag.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import type { ExportAsked } from '#renderer/ui/grid-state.ts'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Page } from '#renderer/ui/parts.tsx'

/** What signed contracts have set in motion. */
export function OrderListPage() {
  const t = useT()
  const navigate = useNavigate()
  const mayExport = useCan('orders.export')
  return (
    <Page title={t('orders:title')} extra={<span className="muted">{t('orders:hint')}</span>}>
      <DataGrid<OrderRow>
        id="orders"
        module="orders"
        columns={useColumns()}
        filters={useFilters()}
        defaultSort={{ key: 'deliveryDay', dir: 'desc' }}
        load={(input) => api.orders.list(input as never)}
        summarise={(input) => api.orders.summary(input as never)}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: `/orders/${row.id}` as never })}
        {...(mayExport ? { exportRows: (asked: ExportAsked) => api.orders.exportRows(asked as never) } : {})}
        searchHint={t('orders:search')}
        empty={{
          text: t('orders:empty'),
          action: <Button onClick={() => void navigate({ to: '/contracts' as never })}>{t('orders:contracts')}</Button>,
        }}
      />
    </Page>
  )
}

function useColumns(): GridColumn<OrderRow>[] {
  const t = useT()
  const column = (
    key: string,
    width: number,
    text: (row: OrderRow) => string,
    sort?: string,
  ): GridColumn<OrderRow> => ({
    key,
    title: t(`orders:columns.${key}`),
    width,
    ...(sort ? { sort } : {}),
    render: text,
    text,
  })
  return [
    column('number', 118, (row) => row.number, 'number'),
    column('title', 150, (row) => row.title),
    column('buyerName', 190, (row) => row.buyerName, 'buyerName'),
    {
      ...column('stage', 104, (row) => t(`orders:stages.${row.stage}`)),
      render: (row) => <OrderStageTag row={row} />,
    },
    column('deliveryDay', 104, (row) => row.deliveryDay ?? '', 'deliveryDay'),
    column('signDay', 98, (row) => row.signDay, 'signDay'),
    column('contract', 118, (row) => row.contractNumber),
    column('owner', 76, (row) => row.ownerName),
    column('updatedAt', 138, (row) => formatMoment(row.updatedAt, SEAT_ZONE), 'updatedAt'),
  ]
}

function useFilters(): GridFilter[] {
  const t = useT()
  return [
    {
      kind: 'select',
      name: 'stage',
      label: t('orders:filters.stage'),
      options: ORDER_STAGES.map((value) => ({ value, label: t(`orders:stages.${value}`) })),
    },
    {
      kind: 'select',
      name: 'late',
      label: t('orders:filters.late'),
      options: [{ value: true as never, label: t('orders:lateOnly') }],
    },
    { kind: 'select', name: 'ownerId', label: t('orders:filters.owner'), options: usePeopleChoices() },
    { kind: 'day', name: 'dueFrom', label: t('orders:filters.dueFrom') },
    { kind: 'day', name: 'dueTo', label: t('orders:filters.dueTo') },
  ]
}
