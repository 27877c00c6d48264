import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import type { CallBackRow } from '#shared/modules/callbacks/callbacks.contract.ts'
import { GRADES } from '#shared/modules/customers/customers.schema.ts'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { GradeMark } from '#renderer/modules/customers/parts/customer-tags.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import type { ExportAsked } from '#renderer/ui/grid-state.ts'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Page, StatusTag } from '#renderer/ui/parts.tsx'

/** Whom to contact again, the longest overdue first. */
export function CallBacksPage() {
  const t = useT()
  const navigate = useNavigate()
  const mayRecord = useCan('visits.record')
  const mayExport = useCan('customers.export')
  const record = (row: CallBackRow) =>
    void navigate({ to: '/visits/new' as never, search: { customer: row.id } as never })
  return (
    <Page
      title={t('callbacks:title')}
      extra={<span className="muted">{t('callbacks:hint')}</span>}
      action={<Link to={'/settings' as never}>{t('callbacks:cycles')}</Link>}
    >
      <DataGrid<CallBackRow>
        id="call-backs"
        module="customers"
        columns={useColumns()}
        filters={useFilters()}
        defaultSort={{ key: 'due', dir: 'asc' }}
        load={(input) => api.callBacks.list(input as never)}
        summarise={(input) => api.callBacks.summary(input as never)}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: `/customers/${row.id}` as never })}
        {...(mayRecord
          ? {
              bulk: (rows: readonly CallBackRow[]) =>
                rows.length === 1 && rows[0] ? (
                  <Button size="small" onClick={() => record(rows[0] as CallBackRow)}>
                    {t('callbacks:record')}
                  </Button>
                ) : null,
            }
          : {})}
        {...(mayExport ? { exportRows: (asked: ExportAsked) => api.callBacks.exportRows(asked as never) } : {})}
        empty={{ text: t('callbacks:empty') }}
      />
    </Page>
  )
}

function useColumns(): GridColumn<CallBackRow>[] {
  const t = useT()
  const column = (
    key: string,
    width: number,
    text: (row: CallBackRow) => string,
    more: Partial<GridColumn<CallBackRow>> = {},
  ): GridColumn<CallBackRow> => ({ key, title: t(`callbacks:fields.${key}`), width, render: text, text, ...more })
  const late = (row: CallBackRow) => (row.daysLate > 0 ? t('callbacks:late', { count: row.daysLate }) : '')
  return [
    column('name', 300, (row) => row.name),
    column('dueDay', 120, (row) => row.dueDay, { sort: 'due' }),
    column('daysLate', 130, late, {
      render: (row) => (row.daysLate > 0 ? <StatusTag tone="attention">{late(row)}</StatusTag> : ''),
    }),
    column('lastDay', 120, (row) => row.lastDay ?? t('callbacks:never')),
    column('grade', 80, (row) => row.grade, { render: (row) => <GradeMark grade={row.grade} /> }),
    column('ownerName', 110, (row) => row.ownerName),
    column('code', 110, (row) => row.code),
  ]
}

function useFilters(): GridFilter[] {
  const t = useT()
  const people = usePeopleChoices()
  return [
    {
      kind: 'select',
      name: 'due',
      label: t('callbacks:due.title'),
      options: (['overdue', 'soon'] as const).map((value) => ({ value, label: t(`callbacks:due.${value}`) })),
    },
    {
      kind: 'select',
      name: 'grade',
      label: t('callbacks:fields.grade'),
      options: GRADES.map((value) => ({ value, label: value })),
    },
    { kind: 'select', name: 'ownerId', label: t('callbacks:fields.ownerName'), options: people },
  ]
}
