import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { bucketsOf, SHIPPED_BOUNDS } from '#shared/modules/receivables/receivables.ageing.rules.ts'
import {
  INSTALMENT_KINDS,
  INSTALMENT_STATUSES,
  type InstalmentRow,
} from '#shared/modules/receivables/receivables.schema.ts'
import { bucketWord } from '#shared/modules/receivables/receivables.words.ts'
import { instalmentColumns } from '#renderer/modules/receivables/parts/instalment-columns.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid } from '#renderer/ui/data-grid.tsx'
import type { ExportAsked } from '#renderer/ui/grid-state.ts'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Page } from '#renderer/ui/parts.tsx'

/** `all` is how the address says that the usual filter is off; the core knows no such state. */
function asked<T extends { filters: object }>(input: T): T {
  const { status, ...rest } = input.filters as { status?: string }
  return { ...input, filters: status === 'all' ? rest : input.filters }
}

/** Every instalment that is owed or was paid, the earliest due first. */
export function InstalmentsPage() {
  const t = useT()
  const navigate = useNavigate()
  const mayRecord = useCan('receipts.record')
  const mayPlan = useCan('receivables.plan')
  const mayExport = useCan('receivables.export')
  const policy = useQuery({ queryKey: ['receivables', 'policy'], queryFn: () => api.receivables.policy({}) })
  const people = useQuery({ queryKey: ['people', 'briefs'], queryFn: () => api.people.briefs({}) })
  const head = (key: string) => t(`receivables:columns.${key}`)
  const word = (key: string) => t(`receivables:filters.${key}`)
  const filters: GridFilter[] = [
    {
      kind: 'select',
      name: 'status',
      label: word('status'),
      options: [
        { value: 'open', label: word('open') },
        { value: 'all', label: word('all') },
        ...INSTALMENT_STATUSES.map((value) => ({ value, label: t(`receivables:statuses.${value}`) })),
      ],
    },
    {
      kind: 'select',
      name: 'bucket',
      label: word('bucket'),
      options: bucketsOf(policy.data?.value.bounds ?? SHIPPED_BOUNDS).map(({ key }) => ({
        value: key,
        label: bucketWord(t, 'due', key),
      })),
    },
    {
      kind: 'select',
      name: 'ownerId',
      label: word('owner'),
      options: (people.data ?? []).map((person) => ({ value: person.id, label: person.name })),
    },
    {
      kind: 'select',
      name: 'kind',
      label: word('kind'),
      options: INSTALMENT_KINDS.map((value) => ({ value, label: t(`receivables:kinds.${value}`) })),
    },
    { kind: 'day', name: 'dueFrom', label: word('dueFrom') },
    { kind: 'day', name: 'dueTo', label: word('dueTo') },
  ]
  return (
    <Page
      title={t('receivables:list.title')}
      action={
        <span className="action-bar">
          {mayPlan ? (
            <>
              <Button onClick={() => void navigate({ to: '/imports/new/receivables' as never })}>
                {t('receivables:opening.import')}
              </Button>
              <Button onClick={() => void navigate({ to: '/receivables/new' as never })}>
                {t('receivables:manual.create')}
              </Button>
            </>
          ) : null}
          {mayRecord ? (
            <Button type="primary" onClick={() => void navigate({ to: '/receipts/new' as never })}>
              {t('receivables:receipts.create')}
            </Button>
          ) : null}
        </span>
      }
    >
      <DataGrid<InstalmentRow>
        id="receivables"
        module="receivables"
        columns={instalmentColumns(t)}
        filters={filters}
        defaultSort={{ key: 'dueDay', dir: 'asc' }}
        load={(input) => api.receivables.list(asked(input) as never)}
        summarise={(input) => api.receivables.summary(asked(input) as never)}
        sums={[
          { key: 'amount', label: head('amount') },
          { key: 'settled', label: head('settled') },
          { key: 'outstanding', label: head('outstanding') },
          { key: 'overdue', label: t('receivables:statuses.overdue') },
        ]}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: `/receivables/${row.id}` as never })}
        {...(mayExport
          ? {
              exportRows: (given: ExportAsked) => api.receivables.exportRows({ ...given, ...asked(given) } as never),
            }
          : {})}
        searchHint={t('receivables:list.search')}
        empty={{
          text: t('receivables:list.empty'),
          action: (
            <Button onClick={() => void navigate({ to: '/contracts' as never })}>
              {t('receivables:list.openContracts')}
            </Button>
          ),
        }}
      />
    </Page>
  )
}
