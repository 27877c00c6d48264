import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { formatMoment } from '#shared/i18n/formatters.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import {
  OBLIGATION_KINDS,
  OBLIGATION_STATES,
  SIDES,
  type ObligationRow,
} from '#shared/modules/obligations/obligations.schema.ts'
import { whatOf, whenOf } from '#shared/modules/obligations/obligations.words.ts'
import { SEAT_ZONE, usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { mayStep, useContractChoices, useDepartmentChoices } from '#renderer/modules/obligations/obligations.queries.ts'
import { ObligationTag } from '#renderer/modules/obligations/parts/state-tag.tsx'
import { useObligationSteps } from '#renderer/modules/obligations/parts/step-drawers.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import type { ExportAsked } from '#renderer/ui/grid-state.ts'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount, Page } from '#renderer/ui/parts.tsx'

/** What all contracts bind both sides to: what is overdue first. */
export function ObligationListPage() {
  const t = useT()
  const navigate = useNavigate()
  const mayExport = useCan('contracts.export')
  const may = useCan('contracts.perform')
  const steps = useObligationSteps()
  return (
    <Page title={t('obligations:title')} extra={<span className="muted">{t('obligations:hint')}</span>}>
      <DataGrid<ObligationRow>
        id="obligations"
        module="obligations"
        columns={useColumns()}
        filters={useFilters()}
        defaultSort={{ key: 'dueDay', dir: 'asc' }}
        load={(input) => api.obligations.list(input as never)}
        summarise={(input) => api.obligations.summary(input as never)}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: `/obligations/${row.id}` as never })}
        {...(may ? { bulk: (rows: readonly ObligationRow[]) => <Bulk rows={rows} steps={steps} /> } : {})}
        menu={(row) => [
          {
            key: 'contract',
            label: t('obligations:openContract'),
            run: () => void navigate({ to: `/contracts/${row.contractId}` as never }),
          },
          {
            key: 'only',
            label: t('obligations:onlyContract', { number: row.contractNumber }),
            run: () => void navigate({ to: '.', search: { f: { contractId: row.contractId } } as never }),
          },
        ]}
        {...(mayExport ? { exportRows: (asked: ExportAsked) => api.obligations.exportRows(asked as never) } : {})}
        searchHint={t('obligations:search')}
        empty={{
          text: t('obligations:empty'),
          action: (
            <Button onClick={() => void navigate({ to: '/contracts' as never })}>{t('obligations:contracts')}</Button>
          ),
        }}
      />
      {steps.drawers}
    </Page>
  )
}

/** What may be done with the chosen ones; what follows receipts is left out and said so. */
function Bulk(props: { rows: readonly ObligationRow[]; steps: ReturnType<typeof useObligationSteps> }) {
  const t = useT()
  const { rows, steps } = props
  const can = (step: Parameters<typeof mayStep>[1]) => rows.some((row) => mayStep(row, step))
  const left = rows.filter((row) => row.done === null && row.dropped === null && !mayStep(row, 'done')).length
  return (
    <>
      <Button size="small" type="primary" disabled={!can('done')} onClick={() => steps.ask('done', rows)}>
        {t('obligations:done.submit')}
      </Button>
      <Button size="small" disabled={!can('assign')} onClick={() => steps.ask('assign', rows)}>
        {t('obligations:assign.submit')}
      </Button>
      <Button size="small" disabled={!can('drop')} onClick={() => steps.ask('drop', rows)}>
        {t('obligations:drop.submit')}
      </Button>
      {can('reopen') ? (
        <Button size="small" onClick={() => void steps.reopen(rows)}>
          {t('obligations:reopen.action')}
        </Button>
      ) : null}
      {left > 0 ? <span className="muted">{t('obligations:bulk.followed', { count: rows.length })}</span> : null}
    </>
  )
}

function useColumns(): GridColumn<ObligationRow>[] {
  const t = useT()
  const column = (
    key: string,
    width: number,
    text: (row: ObligationRow) => string,
    sort?: string,
  ): GridColumn<ObligationRow> => ({
    key,
    title: t(`obligations:columns.${key}`),
    width,
    ...(sort ? { sort } : {}),
    render: text,
    text,
  })
  return [
    column('detail', 246, (row) => whatOf(t, row)),
    {
      ...column('dueDay', 124, (row) => row.dueDay ?? whenOf(t, row), 'dueDay'),
      render: (row) => row.dueDay ?? <span className="muted">{whenOf(t, row)}</span>,
    },
    {
      ...column('state', 114, (row) => t(`obligations:states.${row.state}`)),
      render: (row) => <ObligationTag row={row} />,
    },
    column('side', 62, (row) => t(`obligations:sides.${row.side}`)),
    column('buyerName', 176, (row) => row.buyerName),
    column('contract', 112, (row) => row.contractNumber),
    {
      ...column('amount', 104, (row) => (row.amount === null ? '' : formatYuan(row.amount))),
      align: 'right',
      render: (row) => (row.amount === null ? '' : <Amount fen={row.amount} />),
    },
    column('owner', 72, (row) => row.ownerName),
    column('department', 80, (row) => row.departmentName ?? ''),
    column('kind', 84, (row) => t(`obligations:kinds.${row.kind}`)),
    column('updatedAt', 138, (row) => formatMoment(row.updatedAt, SEAT_ZONE), 'updatedAt'),
  ]
}

function useFilters(): GridFilter[] {
  const t = useT()
  const label = (key: string) => t(`obligations:filters.${key}`)
  return [
    {
      kind: 'select',
      name: 'state',
      label: label('state'),
      options: (['unfinished', ...OBLIGATION_STATES] as const).map((value) => ({
        value,
        label: t(`obligations:states.${value}`),
      })),
    },
    {
      kind: 'select',
      name: 'side',
      label: label('side'),
      options: SIDES.map((value) => ({ value, label: t(`obligations:sides.${value}`) })),
    },
    {
      kind: 'select',
      name: 'kind',
      label: label('kind'),
      options: OBLIGATION_KINDS.map((value) => ({ value, label: t(`obligations:kinds.${value}`) })),
    },
    { kind: 'select', name: 'contractId', label: label('contract'), options: useContractChoices() },
    { kind: 'select', name: 'ownerId', label: label('owner'), options: usePeopleChoices() },
    { kind: 'select', name: 'departmentId', label: label('department'), options: useDepartmentChoices() },
    { kind: 'day', name: 'dueFrom', label: label('dueFrom') },
    { kind: 'day', name: 'dueTo', label: label('dueTo') },
  ]
}
