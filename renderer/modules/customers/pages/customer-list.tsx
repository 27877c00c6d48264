import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { formatMoment } from '#shared/i18n/formatters.ts'
import { GRADES, KINDS, SOURCES, STAGES, type CustomerRow } from '#shared/modules/customers/customers.schema.ts'
import {
  SEAT_ZONE,
  usePeopleChoices,
  useRegionChoices,
  useCampaignChoices,
  useTagChoices,
} from '#renderer/modules/customers/customers.queries.ts'
import { DueFilesDialog, DueFilesLink } from '#renderer/modules/customers/parts/due-files.tsx'
import { CustomerStageTag, GradeMark } from '#renderer/modules/customers/parts/customer-tags.tsx'
import {
  useFieldColumns,
  useFieldFilters,
  withFieldFilters,
} from '#renderer/modules/customers/parts/custom-fields-list.tsx'
import { HandoverDialog } from '#renderer/modules/handover/parts/handover-dialog.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import type { ExportAsked } from '#renderer/ui/grid-state.ts'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Page } from '#renderer/ui/parts.tsx'
import { useShortcut } from '#renderer/ui/shortcuts.tsx'
import '#renderer/modules/customers/customers.css'

type TextKey = 'code' | 'name' | 'contactName' | 'phone' | 'region' | 'industry'

/** Every customer one may see. */
export function CustomerListPage() {
  const t = useT()
  const navigate = useNavigate()
  const may = {
    create: useCan('customers.create'),
    import: useCan('customers.import'),
    export: useCan('customers.export'),
    transfer: useCan('customers.transfer'),
    merge: useCan('customers.merge'),
    rules: useCan('customers.rules'),
    claim: useCan('customers.claim'),
    remove: useCan('customers.remove'),
  }
  const [chosen, setChosen] = useState<readonly string[] | null>(null)
  const [due, setDue] = useState<readonly string[] | 'all' | null>(null)
  const clear = useRef<() => void>(() => undefined)
  const create = () => void navigate({ to: '/customers/new' as never })
  useShortcut('n', 'customers:new', create, may.create)
  const compare = ([kept, dropped]: readonly CustomerRow[]) =>
    void navigate({ to: '/customers/merge' as never, search: { kept: kept?.id, dropped: dropped?.id } as never })
  return (
    <Page
      title={t('customers:title')}
      extra={
        <span className="page-links">
          <Link to={'/customers/call-backs' as never}>{t('customers:callBacks')}</Link>
          <Link to={'/customers/sources' as never}>{t('customers:campaigns.title')}</Link>
          {may.claim ? <Link to={'/customers/pool' as never}>{t('pool:title')}</Link> : null}
          {may.transfer ? <Link to={'/customers/hand-overs' as never}>{t('handover:title')}</Link> : null}
          {may.merge ? <Link to={'/customers/duplicates' as never}>{t('customers:merge.pairs')}</Link> : null}
          {may.rules ? <Link to={'/customers/fields' as never}>{t('fields:title')}</Link> : null}
          {may.remove ? <DueFilesLink onOpen={() => setDue('all')} /> : null}
        </span>
      }
      action={
        <span className="action-bar">
          {may.import ? (
            <Button onClick={() => void navigate({ to: '/imports/new/customers' as never })}>
              {t('customers:import')}
            </Button>
          ) : null}
          {may.create ? (
            <Button type="primary" onClick={create}>
              {t('customers:new')}
            </Button>
          ) : null}
        </span>
      }
    >
      <DataGrid<CustomerRow>
        id="customers"
        module="customers"
        columns={useColumns()}
        filters={useFilters()}
        defaultSort={{ key: 'updatedAt', dir: 'desc' }}
        load={(input) => api.customers.list({ ...input, filters: withFieldFilters(input.filters) } as never)}
        summarise={(input) => api.customers.summary({ ...input, filters: withFieldFilters(input.filters) } as never)}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: `/customers/${row.id}` as never })}
        {...(may.export
          ? {
              exportRows: (asked: ExportAsked) =>
                api.customers.exportRows({ ...asked, filters: withFieldFilters(asked.filters) } as never),
            }
          : {})}
        {...(may.transfer
          ? {
              bulk: (rows: readonly CustomerRow[], done: () => void) => (
                <>
                  <Button
                    size="small"
                    onClick={() => {
                      clear.current = done
                      setChosen(rows.map((row) => row.id))
                    }}
                  >
                    {t('customers:transfer')}
                  </Button>
                  {may.remove && rows.some((row) => row.deleteDay !== null) ? (
                    <Button
                      size="small"
                      danger
                      onClick={() => {
                        clear.current = done
                        setDue(rows.map((row) => row.id))
                      }}
                    >
                      {t('customers:due.title')}
                    </Button>
                  ) : null}
                  {may.merge && rows.length === 2 ? (
                    <Button size="small" onClick={() => compare(rows)}>
                      {t('customers:merge.compare')}
                    </Button>
                  ) : null}
                </>
              ),
            }
          : {})}
        searchHint={t('customers:search')}
        empty={{
          text: t('customers:empty'),
          ...(may.create ? { action: <Button onClick={create}>{t('customers:new')}</Button> } : {}),
        }}
      />
      <DueFilesDialog
        ids={due}
        onClose={(removed) => {
          setDue(null)
          if (removed) clear.current()
        }}
      />
      <HandoverDialog
        ids={chosen}
        onClose={(moved) => {
          setChosen(null)
          if (moved) clear.current()
        }}
      />
    </Page>
  )
}

function useColumns(): GridColumn<CustomerRow>[] {
  const t = useT()
  const head = (key: string) => t(`customers:columns.${key}`)
  const plain = (key: TextKey, title: string, width: number, sort?: string): GridColumn<CustomerRow> => ({
    key,
    title: head(title),
    width,
    ...(sort ? { sort } : {}),
    render: (row) => row[key],
    text: (row) => row[key],
  })
  const word = (key: 'source' | 'kind', width: number): GridColumn<CustomerRow> => ({
    key,
    title: head(key),
    width,
    render: (row) => t(`customers:${key}.${row[key]}`),
    text: (row) => t(`customers:${key}.${row[key]}`),
  })
  const moment = (key: 'createdAt' | 'updatedAt'): GridColumn<CustomerRow> => ({
    key,
    title: head(key),
    width: 136,
    sort: key,
    render: (row) => formatMoment(row[key], SEAT_ZONE),
    text: (row) => formatMoment(row[key], SEAT_ZONE),
  })
  return [
    plain('name', 'name', 220, 'name'),
    plain('code', 'code', 88, 'code'),
    {
      key: 'stage',
      title: head('stage'),
      width: 90,
      render: (row) => <CustomerStageTag stage={row.stage} />,
      text: (row) => t(`customers:stage.${row.stage}`),
    },
    {
      key: 'grade',
      title: head('grade'),
      width: 66,
      align: 'center',
      sort: 'grade',
      render: (row) => <GradeMark grade={row.grade} />,
      text: (row) => row.grade,
    },
    {
      key: 'owner',
      title: head('owner'),
      width: 84,
      render: (row) => row.ownerName ?? '',
      text: (row) => row.ownerName ?? '',
    },
    plain('contactName', 'contact', 84),
    plain('phone', 'phone', 124),
    plain('region', 'region', 76),
    plain('industry', 'industry', 100),
    word('kind', 92),
    word('source', 92),
    ...useFieldColumns(),
    moment('createdAt'),
    moment('updatedAt'),
  ]
}

function useFilters(): GridFilter[] {
  const t = useT()
  const people = usePeopleChoices()
  const select = (name: 'stage' | 'grade' | 'kind' | 'source', values: readonly string[]): GridFilter => ({
    kind: 'select',
    name,
    label: t(`customers:columns.${name}`),
    options: values.map((value) => ({ value, label: t(`customers:${name}.${value}`) })),
  })
  return [
    { kind: 'select', name: 'ownerId', label: t('customers:filters.owner'), options: people },
    select('stage', STAGES),
    select('grade', GRADES),
    { kind: 'select', name: 'region', label: t('customers:columns.region'), options: useRegionChoices() },
    { kind: 'select', name: 'tag', label: t('customers:filters.tag'), options: useTagChoices() },
    { kind: 'select', name: 'campaignId', label: t('customers:filters.campaign'), options: useCampaignChoices() },
    select('kind', KINDS),
    select('source', SOURCES),
    ...useFieldFilters(),
    { kind: 'day', name: 'createdFrom', label: t('customers:filters.createdFrom') },
    { kind: 'day', name: 'createdTo', label: t('customers:filters.createdTo') },
    {
      kind: 'select',
      name: 'signed',
      label: t('customers:filters.signed'),
      options: [{ value: true, label: t('customers:filters.signedYes') }],
    },
    {
      kind: 'select',
      name: 'toDelete',
      label: t('customers:filters.toDelete'),
      options: [{ value: true, label: t('customers:filters.due') }],
    },
    {
      kind: 'select',
      name: 'removed',
      label: t('customers:filters.place'),
      options: [{ value: true, label: t('customers:filters.bin') }],
    },
  ]
}
