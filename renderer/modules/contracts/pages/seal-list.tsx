import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { formatMoment } from '#shared/i18n/formatters.ts'
import { SEALED_DOCUMENTS, SEALS, type SealRow } from '#shared/modules/contracts/contracts.papers.schema.ts'
import { SealState, useSealCancel } from '#renderer/modules/contracts/parts/seals-part.tsx'
import { SEAT_ZONE } from '#renderer/modules/customers/customers.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import type { ExportAsked } from '#renderer/ui/grid-state.ts'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Page } from '#renderer/ui/parts.tsx'

/** The register of seals over all contracts that one may see, the latest first. */
export function SealListPage() {
  const t = useT()
  const navigate = useNavigate()
  const mayExport = useCan('contracts.export')
  return (
    <Page title={t('contracts:seals.title')} extra={<span className="muted">{t('contracts:seals.hint')}</span>}>
      <DataGrid<SealRow>
        id="seals"
        module="contracts"
        columns={useColumns()}
        filters={useFilters()}
        defaultSort={{ key: 'day', dir: 'desc' }}
        load={(input) => api.contracts.seals.list(input as never)}
        summarise={(input) => api.contracts.seals.summary(input as never)}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: `/contracts/${row.contractId}` as never })}
        {...(mayExport ? { exportRows: (asked: ExportAsked) => api.contracts.seals.exportRows(asked as never) } : {})}
        searchHint={t('contracts:seals.search')}
        empty={{
          text: t('contracts:seals.empty'),
          action: (
            <Button onClick={() => void navigate({ to: '/contracts' as never })}>
              {t('contracts:seals.contracts')}
            </Button>
          ),
        }}
      />
    </Page>
  )
}

function useColumns(): GridColumn<SealRow>[] {
  const t = useT()
  const may = useCan('contracts.seal')
  const cancel = useSealCancel()
  const column = (key: string, width: number, text: (row: SealRow) => string, sort?: string): GridColumn<SealRow> => ({
    key,
    title: t(`contracts:seals.columns.${key}`),
    width,
    ...(sort ? { sort } : {}),
    render: text,
    text,
  })
  const columns: GridColumn<SealRow>[] = [
    column('number', 112, (row) => row.number, 'number'),
    column('day', 98, (row) => row.day, 'day'),
    column('seal', 112, (row) => t(`contracts:seals.kinds.${row.seal}`)),
    column('contract', 112, (row) => row.contractNumber),
    column('buyerName', 170, (row) => row.buyerName),
    column('document', 130, (row) => row.documentName || t(`contracts:seals.documents.${row.document}`)),
    { ...column('copies', 58, (row) => String(row.copies)), align: 'right' },
    { ...column('pages', 58, (row) => String(row.pages)), align: 'right' },
    column('purpose', 130, (row) => row.purpose),
    column('askedBy', 76, (row) => row.askedByName),
    column('sealedBy', 76, (row) => row.sealedByName),
    {
      ...column('state', 86, (row) => t(`contracts:seals.states.${row.cancelled === null ? 'valid' : 'cancelled'}`)),
      render: (row) => <SealState row={row} />,
    },
    column('recordedAt', 138, (row) => formatMoment(row.recordedAt, SEAT_ZONE), 'recordedAt'),
  ]
  if (!may) return columns
  return [
    ...columns,
    {
      ...column('actions', 84, () => ''),
      render: (row) =>
        row.cancelled === null ? (
          <Button
            size="small"
            aria-label={t('contracts:seals.cancelOf', { number: row.number })}
            onClick={() => void cancel(row)}
          >
            {t('contracts:seals.cancel')}
          </Button>
        ) : null,
    },
  ]
}

function useFilters(): GridFilter[] {
  const t = useT()
  const label = (key: string) => t(`contracts:seals.filters.${key}`)
  return [
    {
      kind: 'select',
      name: 'seal',
      label: label('seal'),
      options: SEALS.map((value) => ({ value, label: t(`contracts:seals.kinds.${value}`) })),
    },
    {
      kind: 'select',
      name: 'document',
      label: label('document'),
      options: SEALED_DOCUMENTS.map((value) => ({ value, label: t(`contracts:seals.documents.${value}`) })),
    },
    {
      kind: 'select',
      name: 'state',
      label: label('state'),
      options: (['valid', 'cancelled'] as const).map((value) => ({
        value,
        label: t(`contracts:seals.states.${value}`),
      })),
    },
    { kind: 'day', name: 'dayFrom', label: label('dayFrom') },
    { kind: 'day', name: 'dayTo', label: label('dayTo') },
  ]
}
