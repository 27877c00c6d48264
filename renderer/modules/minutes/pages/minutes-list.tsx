import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { formatMoment } from '#shared/i18n/formatters.ts'
import { MINUTES_STATES } from '#shared/modules/minutes/minutes.rules.ts'
import type { MinutesRow } from '#shared/modules/minutes/minutes.schema.ts'
import { SEAT_ZONE, usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { MinutesStateTag } from '#renderer/modules/minutes/parts/state-tag.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import type { ExportAsked } from '#renderer/ui/grid-state.ts'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Page } from '#renderer/ui/parts.tsx'
import { useShortcut } from '#renderer/ui/shortcuts.tsx'

/** All minutes one may see, the latest talks first. */
export function MinutesListPage() {
  const t = useT()
  const navigate = useNavigate()
  const mayWrite = useCan('deals.write')
  const mayExport = useCan('deals.export')
  const create = () => void navigate({ to: '/minutes/new' as never })
  useShortcut('n', 'minutes:new', create, mayWrite)
  return (
    <Page
      title={t('minutes:title')}
      extra={<span className="muted">{t('minutes:hint')}</span>}
      action={
        mayWrite ? (
          <Button type="primary" onClick={create}>
            {t('minutes:new')}
          </Button>
        ) : null
      }
    >
      <DataGrid<MinutesRow>
        id="minutes"
        module="minutes"
        columns={useColumns()}
        filters={useFilters()}
        defaultSort={{ key: 'day', dir: 'desc' }}
        load={(input) => api.minutes.list(input as never)}
        summarise={(input) => api.minutes.summary(input as never)}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: `/minutes/${row.id}` as never })}
        {...(mayExport ? { exportRows: (asked: ExportAsked) => api.minutes.exportRows(asked as never) } : {})}
        searchHint={t('minutes:search')}
        empty={{
          text: t('minutes:empty'),
          ...(mayWrite ? { action: <Button onClick={create}>{t('minutes:new')}</Button> } : {}),
        }}
      />
    </Page>
  )
}

function useColumns(): GridColumn<MinutesRow>[] {
  const t = useT()
  const column = (
    key: string,
    width: number,
    text: (row: MinutesRow) => string,
    sort?: string,
  ): GridColumn<MinutesRow> => ({
    key,
    title: t(`minutes:columns.${key}`),
    width,
    ...(sort ? { sort } : {}),
    render: text,
    text,
  })
  return [
    column('number', 118, (row) => row.number, 'number'),
    column('day', 98, (row) => row.day, 'day'),
    column('subject', 200, (row) => row.subject),
    column('customer', 190, (row) => row.customerName),
    {
      ...column('state', 84, (row) => t(`minutes:states.${row.state}`)),
      render: (row) => <MinutesStateTag state={row.state} />,
    },
    { ...column('openItems', 64, (row) => String(row.openItems)), align: 'right' },
    { ...column('nextItems', 64, (row) => String(row.nextItems)), align: 'right' },
    column('owner', 76, (row) => row.ownerName),
    column('place', 150, (row) => row.place),
    column('deal', 200, (row) => `${row.dealNumber} ${row.dealName}`),
    column('updatedAt', 138, (row) => formatMoment(row.updatedAt, SEAT_ZONE), 'updatedAt'),
  ]
}

function useFilters(): GridFilter[] {
  const t = useT()
  return [
    {
      kind: 'select',
      name: 'state',
      label: t('minutes:columns.state'),
      options: MINUTES_STATES.map((value) => ({ value, label: t(`minutes:states.${value}`) })),
    },
    { kind: 'select', name: 'ownerId', label: t('minutes:columns.owner'), options: usePeopleChoices() },
    { kind: 'day', name: 'from', label: t('minutes:from') },
    { kind: 'day', name: 'to', label: t('minutes:to') },
  ]
}
