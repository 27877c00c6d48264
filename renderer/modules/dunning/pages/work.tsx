import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { DELAY_REASONS, LADDER_ACTIONS } from '#shared/modules/dunning/dunning.ladder.rules.ts'
import { DOERS } from '#shared/modules/dunning/dunning.policy.schema.ts'
import { LIMITATIONS, type WorkListRow } from '#shared/modules/dunning/dunning.worklist.schema.ts'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import '#renderer/modules/dunning/dunning.css'
import { CasePane } from '#renderer/modules/dunning/parts/case-pane.tsx'
import { NextTag } from '#renderer/modules/dunning/parts/next-tag.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import { choiceFilter, columnMaker } from '#renderer/ui/grid-makers.tsx'
import type { ExportAsked } from '#renderer/ui/grid-state.ts'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { EmptyState, Page, StatusTag } from '#renderer/ui/parts.tsx'

/** The day's collection work: customers ranked at the left; what they owe and the one thing to do at the right. */
export function WorkPage() {
  const t = useT()
  const navigate = useNavigate()
  const mayRun = useCan('dunning.run')
  const mayExport = useCan('dunning.export')
  const [current, setCurrent] = useState<string | null>(null)
  const write = (customers: readonly string[]) =>
    void navigate({ to: '/dunning/run' as never, search: { customers } as never })
  return (
    <Page
      title={t('dunning:work.title')}
      extra={<span className="muted">{t('dunning:work.hint')}</span>}
      action={
        <nav className="work-links" aria-label={t('dunning:title')}>
          <Link to={'/dunning/run' as never}>{t('dunning:run.title')}</Link>
          <Link to={'/dunning/letters' as never}>{t('dunning:register.title')}</Link>
          <Link to={'/dunning/contacts' as never}>{t('dunning:contacts.title')}</Link>
          <Link to={'/dunning/promises' as never}>{t('dunning:promiseList.title')}</Link>
          <Link to={'/dunning/escalations' as never}>{t('dunning:escalations.title')}</Link>
          <Link to={'/dunning/policy' as never}>{t('dunning:policy.title')}</Link>
        </nav>
      }
    >
      <div className="two-pane work-pane">
        <div className="work-list">
          <DataGrid<WorkListRow>
            id="dunning-work"
            module="dunning"
            columns={useColumns()}
            filters={useFilters()}
            defaultSort={{ key: 'rank', dir: 'asc' }}
            load={(input) => api.dunning.work(input as never)}
            summarise={(input) => api.dunning.workSummary(input as never)}
            sums={(['atRisk', 'overdue'] as const).map((key) => ({ key, label: t(`dunning:columns.${key}`) }))}
            rowKey={(row) => `${row.customerId} ${row.ownerId}`}
            onCursor={(row) => setCurrent(row?.customerId ?? null)}
            {...(mayRun
              ? {
                  bulk: (rows: readonly WorkListRow[]) => (
                    <Button size="small" type="primary" onClick={() => write(rows.map((row) => row.customerId))}>
                      {t('dunning:work.writeChosen')}
                    </Button>
                  ),
                }
              : {})}
            menu={(row) => [
              {
                key: 'customer',
                label: t('dunning:work.openCustomer'),
                run: () => void navigate({ to: `/customers/${row.customerId}` as never }),
              },
            ]}
            {...(mayExport ? { exportRows: (asked: ExportAsked) => api.dunning.workExport(asked as never) } : {})}
            searchHint={t('dunning:work.search')}
            empty={{ text: t('dunning:work.empty') }}
          />
        </div>
        <section className="case-pane" aria-label={t('dunning:work.chosen')}>
          {current === null ? (
            <EmptyState text={t('dunning:work.choose')} />
          ) : (
            <CasePane key={current} customerId={current} onWrite={() => write([current])} />
          )}
        </section>
      </div>
    </Page>
  )
}

/** A broken promise that nobody has spoken of since. */
const untold = ({ tier }: WorkListRow): boolean => tier === 'brokenToday' || tier === 'broken'

function useColumns(): GridColumn<WorkListRow>[] {
  const t = useT()
  const head = (key: string) => t(`dunning:columns.${key}`)
  const { text, amount } = columnMaker<WorkListRow>(head)
  return [
    text('customerName', 150, (row) => row.customerName, {
      render: (row) => (
        <>
          {row.broken > 0 ? (
            <StatusTag tone={untold(row) ? 'danger' : 'neutral'}>{t('dunning:work.brokenTag')}</StatusTag>
          ) : null}{' '}
          {row.customerName}
        </>
      ),
    }),
    text('action', 94, (row) => t(`dunning:actions.${row.action}`), { render: (row) => <NextTag row={row} /> }),
    amount('atRisk', 96, (row) => row.atRisk, 'atRisk'),
    amount('overdue', 96, (row) => row.overdue, 'overdue'),
    text('maxDays', 76, (row) => String(row.maxDays), {
      align: 'right',
      sort: 'oldest',
      render: (row) => (row.maxDays === 0 ? '' : row.maxDays),
    }),
    text('limitationDay', 96, (row) => row.limitationDay ?? '', { sort: 'limitation' }),
    text('reason', 88, (row) => (row.reason === null ? '' : t(`dunning:delayReasons.${row.reason}`))),
    text('lastContact', 96, (row) => row.lastContact ?? ''),
    { ...amount('outstanding', 96, (row) => row.outstanding, 'outstanding'), title: head('owed') },
    text('nextDay', 96, (row) => row.nextDay ?? '', { sort: 'next' }),
    text('ownerName', 80, (row) => row.ownerName),
  ]
}

function useFilters(): GridFilter[] {
  const t = useT()
  const label = (key: string) => t(`dunning:work.filters.${key}`)
  const yesNo = [
    { value: true, label: label('yes') },
    { value: false, label: label('no') },
  ]
  return [
    { kind: 'select', name: 'today', label: label('today'), options: yesNo },
    choiceFilter('action', t('dunning:columns.action'), LADDER_ACTIONS, (value) => t(`dunning:actions.${value}`)),
    { kind: 'select', name: 'broken', label: label('broken'), options: yesNo },
    choiceFilter('limitation', label('limitation'), LIMITATIONS, (value) => t(`dunning:work.limitations.${value}`)),
    {
      kind: 'select',
      name: 'reason',
      label: t('dunning:columns.reason'),
      options: [
        { value: 'none', label: t('dunning:work.noReason') },
        ...DELAY_REASONS.map((value) => ({ value, label: t(`dunning:delayReasons.${value}`) })),
      ],
    },
    choiceFilter('doer', t('dunning:columns.doer'), DOERS, (value) => t(`dunning:doers.${value}`)),
    { kind: 'select', name: 'ownerId', label: t('dunning:columns.ownerName'), options: usePeopleChoices() },
    { kind: 'number', name: 'overdueFrom', label: label('overdueFrom') },
  ]
}
