import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { formatMoment } from '#shared/i18n/formatters.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { INVOICE_KINDS, INVOICE_STAGES, LINK_GAPS, type InvoiceRow } from '#shared/modules/invoices/invoices.schema.ts'
import { SEAT_ZONE, usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { InvoiceStageTag, OriginalTag } from '#renderer/modules/invoices/parts/invoice-tags.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import type { ExportAsked } from '#renderer/ui/grid-state.ts'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount, Page } from '#renderer/ui/parts.tsx'

/** The register of invoices issued, the latest first. */
export function InvoiceListPage() {
  const t = useT()
  const navigate = useNavigate()
  const may = { write: useCan('invoices.write'), export: useCan('invoices.export') }
  const go = (to: string) => void navigate({ to: to as never })
  const head = (key: string) => t(`invoices:columns.${key}`)
  const actions = may.write ? (
    <span className="action-bar">
      <Button onClick={() => go('/imports/new/invoices')}>{t('invoices:import')}</Button>
      <Button type="primary" onClick={() => go('/invoices/new')}>
        {t('invoices:new')}
      </Button>
    </span>
  ) : null
  return (
    <Page
      title={t('invoices:title')}
      extra={<Link to={'/invoices/uninvoiced' as never}>{t('invoices:uninvoiced.title')}</Link>}
      action={actions}
    >
      <DataGrid<InvoiceRow>
        id="invoices"
        module="invoices"
        columns={useColumns()}
        filters={useFilters()}
        defaultSort={{ key: 'day', dir: 'desc' }}
        load={(input) => api.invoices.list(input as never)}
        summarise={(input) => api.invoices.summary(input as never)}
        sums={(['net', 'tax', 'amount'] as const).map((key) => ({ key, label: head(key) }))}
        rowKey={(row) => row.id}
        onOpen={(row) => go(`/invoices/${row.id}`)}
        {...(may.export ? { exportRows: (asked: ExportAsked) => api.invoices.exportRows(asked as never) } : {})}
        searchHint={t('invoices:search')}
        empty={{ text: t('invoices:empty'), ...(actions ? { action: actions } : {}) }}
      />
    </Page>
  )
}

function useColumns(): GridColumn<InvoiceRow>[] {
  const t = useT()
  const head = (key: string) => t(`invoices:columns.${key}`)
  const text = (
    key: string,
    width: number,
    of: (row: InvoiceRow) => string,
    sort?: string,
  ): GridColumn<InvoiceRow> => ({ key, title: head(key), width, ...(sort ? { sort } : {}), render: of, text: of })
  const amount = (key: 'net' | 'tax' | 'amount', width: number, sort?: string): GridColumn<InvoiceRow> => ({
    ...text(key, width, (row) => formatYuan(row[key]), sort),
    align: 'right',
    render: (row) => <Amount fen={row[key]} />,
  })
  return [
    text('number', 196, (row) => row.number, 'number'),
    text('day', 98, (row) => row.day, 'day'),
    text('kind', 84, (row) => t(`invoices:kinds.${row.kind}`)),
    text('buyerName', 190, (row) => row.buyerName, 'buyerName'),
    amount('net', 108),
    amount('tax', 96),
    amount('amount', 112, 'amount'),
    {
      ...text('stage', 92, (row) => t(`invoices:stages.${row.stage}`)),
      render: (row) => <InvoiceStageTag stage={row.stage} />,
    },
    {
      ...text('original', 88, (row) => t(`invoices:originals.${row.original}`)),
      render: (row) => (row.original === 'notNeeded' ? null : <OriginalTag original={row.original} />),
    },
    text('contract', 114, (row) => row.contractNumber ?? ''),
    text('owner', 76, (row) => row.ownerName),
    text('code', 110, (row) => row.code),
    text('updatedAt', 138, (row) => formatMoment(row.updatedAt, SEAT_ZONE), 'updatedAt'),
  ]
}

function useFilters(): GridFilter[] {
  const t = useT()
  const word = (key: string) => t(`invoices:filters.${key}`)
  const choices = (words: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`invoices:${words}.${value}`) }))
  return [
    { kind: 'select', name: 'stage', label: word('stage'), options: choices('stages', INVOICE_STAGES) },
    { kind: 'select', name: 'kind', label: word('kind'), options: choices('kinds', INVOICE_KINDS) },
    { kind: 'select', name: 'gap', label: word('gap'), options: choices('gaps', LINK_GAPS) },
    {
      kind: 'select',
      name: 'original',
      label: word('original'),
      options: [{ value: 'missing', label: word('originalMissing') }],
    },
    { kind: 'select', name: 'ownerId', label: word('owner'), options: usePeopleChoices() },
    { kind: 'day', name: 'dayFrom', label: word('dayFrom') },
    { kind: 'day', name: 'dayTo', label: word('dayTo') },
    { kind: 'number', name: 'amountFrom', label: word('amountFrom') },
    { kind: 'number', name: 'amountTo', label: word('amountTo') },
  ]
}
