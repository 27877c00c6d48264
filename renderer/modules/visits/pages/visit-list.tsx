import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import { CHANNELS, PURPOSES, timesOf, VISIT_STATES } from '#shared/modules/visits/visits.rules.ts'
import type { VisitRow } from '#shared/modules/visits/visits.schema.ts'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { CalendarFileDrawer } from '#renderer/modules/visits/parts/paper-drawers.tsx'
import { useQuickLog } from '#renderer/modules/visits/parts/quick-log.tsx'
import { IntentMark, VisitTags } from '#renderer/modules/visits/parts/visit-tags.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import type { ExportAsked } from '#renderer/ui/grid-state.ts'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Page } from '#renderer/ui/parts.tsx'
import { useShortcut } from '#renderer/ui/shortcuts.tsx'
import '#renderer/modules/visits/visits.css'

/** What is planned with customers and what was done, the latest first. */
export function VisitListPage() {
  const t = useT()
  const navigate = useNavigate()
  const mayRecord = useCan('visits.record')
  const mayExport = useCan('visits.export')
  const plan = () => void navigate({ to: '/visits/plan' as never })
  useShortcut('n', 'visits:plan', plan, mayRecord)
  return (
    <Page
      title={t('visits:title')}
      extra={
        <>
          <Link to={'/visits/calendar' as never}>{t('visits:calendar.title')}</Link>
          <span className="muted">{t('visits:counted')}</span>
        </>
      }
      action={<Actions mayRecord={mayRecord} onPlan={plan} />}
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
        {...(mayExport ? { exportRows: (asked: ExportAsked) => api.visits.exportRows(asked as never) } : {})}
        searchHint={t('visits:search')}
        empty={{
          text: t('visits:empty'),
          ...(mayRecord ? { action: <Button onClick={plan}>{t('visits:plan')}</Button> } : {}),
        }}
      />
    </Page>
  )
}

function Actions({ mayRecord, onPlan }: { mayRecord: boolean; onPlan: () => void }) {
  const t = useT()
  const navigate = useNavigate()
  const [file, setFile] = useState(false)
  const show = useQuickLog((state) => state.show)
  const steps: Readonly<Record<string, () => void>> = {
    figures: () => void navigate({ to: '/visits/figures' as never }),
    ics: () => setFile(true),
    new: () => void navigate({ to: '/visits/new' as never }),
  }
  const more = [
    { key: 'figures', label: t('visits:figures.title') },
    { key: 'ics', label: t('visits:ics.make') },
    ...(mayRecord ? [{ key: 'new', label: t('visits:new') }] : []),
  ]
  return (
    <span className="action-bar">
      <Dropdown trigger={['click']} menu={{ items: more, onClick: ({ key }) => steps[key]?.() }}>
        <Button>{t('visits:more')}</Button>
      </Dropdown>
      {mayRecord ? (
        <>
          <Button onClick={() => show()}>{t('visits:quick.title')}</Button>
          <Button type="primary" onClick={onPlan}>
            {t('visits:plan')}
          </Button>
        </>
      ) : null}
      <CalendarFileDrawer open={file} onClose={() => setFile(false)} />
    </span>
  )
}

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
  const stateWords = (row: VisitRow) =>
    [t(`visits:state.${row.state}`), row.overdue ? t('visits:mark.overdue') : '', row.late ? t('visits:mark.late') : '']
      .filter(Boolean)
      .join(' ')
  return [
    column('day', 'day', 108, (row) => row.day, 'day'),
    column('time', 'time', 100, timesOf),
    { ...column('state', 'state', 196, stateWords), render: (row) => <VisitTags visit={row} /> },
    column('customer', 'customerId', 230, (row) => row.customerName),
    column('user', 'userId', 90, (row) => row.userName),
    column('channel', 'channel', 96, (row) => t(`visits:channel.${row.channel}`)),
    column('purpose', 'purpose', 90, (row) => t(`visits:purpose.${row.purpose}`)),
    column('result', 'resultOrGoal', 300, (row) => row.result || row.goal),
    { ...column('intent', 'intent', 60, (row) => row.intent), render: (row) => <IntentMark intent={row.intent} /> },
    column('nextStep', 'nextStep', 180, (row) => row.nextStep),
    column('nextDay', 'nextDay', 104, (row) => row.nextDay ?? ''),
  ]
}

function useFilters(): GridFilter[] {
  const t = useT()
  const people = usePeopleChoices()
  const select = (name: 'channel' | 'purpose' | 'state', values: readonly string[]): GridFilter => ({
    kind: 'select',
    name,
    label: t(`visits:fields.${name}`),
    options: values.map((value) => ({ value, label: t(`visits:${name}.${value}`) })),
  })
  const only = (name: string): GridFilter => ({
    kind: 'select',
    name,
    label: t(`visits:mark.${name}`),
    options: [{ value: true, label: t('common:yes') }],
  })
  return [
    select('state', VISIT_STATES),
    { kind: 'select', name: 'userId', label: t('visits:fields.userId'), options: people },
    select('channel', CHANNELS),
    select('purpose', PURPOSES),
    only('overdue'),
    only('late'),
    only('wasPlanned'),
    {
      kind: 'select',
      name: 'report',
      label: t('visits:report'),
      options: (['complete', 'incomplete'] as const).map((value) => ({ value, label: t(`visits:mark.${value}`) })),
    },
    { kind: 'day', name: 'from', label: t('visits:from') },
    { kind: 'day', name: 'to', label: t('visits:to') },
  ]
}
