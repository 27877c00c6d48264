import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { formatMoment } from '#shared/i18n/formatters.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { QUOTATION_STATES } from '#shared/modules/quotations/quotations.rules.ts'
import type { QuotationRow } from '#shared/modules/quotations/quotations.schema.ts'
import { SEAT_ZONE, usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { QuotationStageTag } from '#renderer/modules/quotations/parts/stage-tag.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import type { ExportAsked } from '#renderer/ui/grid-state.ts'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount, Page } from '#renderer/ui/parts.tsx'
import { useShortcut } from '#renderer/ui/shortcuts.tsx'

/** Every quotation one may see, with its newest version. */
export function QuotationListPage() {
  const t = useT()
  const navigate = useNavigate()
  const mayWrite = useCan('deals.write')
  const mayExport = useCan('deals.export')
  const create = () => void navigate({ to: '/quotations/new' as never })
  useShortcut('n', 'quotations:new', create, mayWrite)
  return (
    <Page
      title={t('quotations:title')}
      extra={<span className="muted">{t('quotations:hint')}</span>}
      action={
        mayWrite ? (
          <Button type="primary" onClick={create}>
            {t('quotations:new')}
          </Button>
        ) : null
      }
    >
      <DataGrid<QuotationRow>
        id="quotations"
        module="quotations"
        columns={useColumns()}
        filters={useFilters()}
        defaultSort={{ key: 'updatedAt', dir: 'desc' }}
        load={(input) => api.quotations.list(input as never)}
        summarise={(input) => api.quotations.summary(input as never)}
        sums={[{ key: 'amount', label: t('quotations:columns.amount') }]}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: `/quotations/${row.id}` as never })}
        {...(mayExport ? { exportRows: (asked: ExportAsked) => api.quotations.exportRows(asked as never) } : {})}
        searchHint={t('quotations:search')}
        empty={{
          text: t('quotations:empty'),
          ...(mayWrite ? { action: <Button onClick={create}>{t('quotations:new')}</Button> } : {}),
        }}
      />
    </Page>
  )
}

function useColumns(): GridColumn<QuotationRow>[] {
  const t = useT()
  const column = (
    key: string,
    width: number,
    text: (row: QuotationRow) => string,
    sort?: string,
  ): GridColumn<QuotationRow> => ({
    key,
    title: t(`quotations:columns.${key}`),
    width,
    ...(sort ? { sort } : {}),
    render: text,
    text,
  })
  return [
    column('number', 118, (row) => row.number, 'number'),
    { ...column('no', 52, (row) => String(row.no)), align: 'right' },
    column('title', 170, (row) => row.title),
    column('customer', 190, (row) => row.customerName),
    {
      ...column('stage', 96, (row) => t(`quotations:stages.${row.stage}`)),
      render: (row) => <QuotationStageTag stage={row.stage} />,
    },
    {
      ...column('amount', 116, (row) => formatYuan(row.amount), 'amount'),
      align: 'right',
      render: (row) => <Amount fen={row.amount} />,
    },
    column('validUntil', 98, (row) => row.validUntil ?? '', 'validUntil'),
    column('sentDay', 98, (row) => row.sentDay ?? ''),
    column('owner', 76, (row) => row.ownerName),
    column('deal', 200, (row) => `${row.dealNumber} ${row.dealName}`),
    column('updatedAt', 138, (row) => formatMoment(row.updatedAt, SEAT_ZONE), 'updatedAt'),
  ]
}

function useFilters(): GridFilter[] {
  const t = useT()
  return [
    {
      kind: 'select',
      name: 'stage',
      label: t('quotations:columns.stage'),
      options: [...QUOTATION_STATES, 'expired'].map((value) => ({ value, label: t(`quotations:stages.${value}`) })),
    },
    { kind: 'select', name: 'ownerId', label: t('quotations:columns.owner'), options: usePeopleChoices() },
    { kind: 'day', name: 'sentFrom', label: t('quotations:sentFrom') },
    { kind: 'day', name: 'sentTo', label: t('quotations:sentTo') },
  ]
}
