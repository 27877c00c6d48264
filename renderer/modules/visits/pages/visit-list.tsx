import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { CHANNELS, PURPOSES } from '#shared/modules/visits/visits.rules.ts'
import type { VisitRow } from '#shared/modules/visits/visits.schema.ts'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import type { GridState } from '#renderer/ui/grid-state.ts'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Page } from '#renderer/ui/parts.tsx'
import { useShortcut } from '#renderer/ui/shortcuts.tsx'

/** What was done at or with customers, the latest first. */
export function VisitListPage() {
  const t = useT()
  const navigate = useNavigate()
  const mayRecord = useCan('visits.record')
  const mayExport = useCan('visits.export')
  const create = () => void navigate({ to: '/visits/new' as never })
  useShortcut('n', 'visits:new', create, mayRecord)
  return (
    <Page
      title={t('visits:title')}
      extra={<span className="muted">{t('visits:counted')}</span>}
      action={
        mayRecord ? (
          <Button type="primary" onClick={create}>
            {t('visits:new')}
          </Button>
        ) : null
      }
    >
      <DataGrid<VisitRow>
        id="visits"
        module="visits"
        columns={useColumns()}
        filters={useFilters()}
        defaultSort={{ key: 'day', dir: 'desc' }}
        load={(input) => api.visits.list(input as never)}
        summarise={(input) => api.visits.summary(input as never)}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: `/visits/${row.id}` as never })}
        {...(mayExport ? { exportRows } : {})}
        searchHint={t('visits:search')}
        empty={{
          text: t('visits:empty'),
          ...(mayRecord ? { action: <Button onClick={create}>{t('visits:new')}</Button> } : {}),
        }}
      />
    </Page>
  )
}

const exportRows = (format: 'xlsx' | 'csv', state: GridState) =>
  api.visits.exportRows({
    format,
    filters: state.filters as never,
    sort: state.sort as never,
    ...(state.text === '' ? {} : { text: state.text }),
  })

function useColumns(): GridColumn<VisitRow>[] {
  const t = useT()
  const column = (
    key: string,
    field: string,
    width: number,
    text: (row: VisitRow) => string,
    sort?: string,
  ): GridColumn<VisitRow> => ({
    key,
    title: t(`visits:fields.${field}`),
    width,
    ...(sort ? { sort } : {}),
    render: text,
    text,
  })
  return [
    column('day', 'day', 108, (row) => row.day, 'day'),
    column('customer', 'customerId', 230, (row) => row.customerName),
    column('user', 'userId', 90, (row) => row.userName),
    column('channel', 'channel', 96, (row) => t(`visits:channel.${row.channel}`)),
    column('purpose', 'purpose', 90, (row) => t(`visits:purpose.${row.purpose}`)),
    column('result', 'result', 320, (row) => row.result),
    column('nextStep', 'nextStep', 180, (row) => row.nextStep),
    column('nextDay', 'nextDay', 104, (row) => row.nextDay ?? ''),
  ]
}

function useFilters(): GridFilter[] {
  const t = useT()
  const people = usePeopleChoices()
  const select = (name: 'channel' | 'purpose', values: readonly string[]): GridFilter => ({
    kind: 'select',
    name,
    label: t(`visits:fields.${name}`),
    options: values.map((value) => ({ value, label: t(`visits:${name}.${value}`) })),
  })
  return [
    { kind: 'select', name: 'userId', label: t('visits:fields.userId'), options: people },
    select('channel', CHANNELS),
    select('purpose', PURPOSES),
    { kind: 'day', name: 'from', label: t('visits:from') },
    { kind: 'day', name: 'to', label: t('visits:to') },
  ]
}
