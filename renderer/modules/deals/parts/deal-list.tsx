import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import dayjs from 'dayjs'
import { formatRate } from '#shared/i18n/formatters.ts'
import { shiftMonth } from '#shared/kernel/dates.ts'
import type { DealRow } from '#shared/modules/deals/deals.schema.ts'
import { CLOSE_REASONS, DEAL_STAGES } from '#shared/modules/deals/deals.stages.schema.ts'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import type { ExportAsked } from '#renderer/ui/grid-state.ts'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount } from '#renderer/ui/parts.tsx'
import { firmMonth } from '#renderer/ui/firm-day.ts'
import { DealStageTag } from './stage-tag.tsx'

/** Months around today that the list can be narrowed to. */
const BACK = 6
const AHEAD = 12

/** All deals as a list, by the day they are expected on. */
export function DealList(props: { onCreate: (() => void) | null }) {
  const t = useT()
  const navigate = useNavigate()
  const mayExport = useCan('deals.export')
  return (
    <DataGrid<DealRow>
      id="deals"
      module="deals"
      columns={useColumns()}
      filters={useFilters()}
      defaultSort={{ key: 'expectedDay', dir: 'asc' }}
      load={(input) => api.deals.list(input as never)}
      summarise={(input) => api.deals.summary(input as never)}
      sums={[
        { key: 'amount', label: t('deals:fields.amount') },
        { key: 'weighted', label: t('deals:fields.weighted') },
      ]}
      rowKey={(row) => row.id}
      onOpen={(row) => void navigate({ to: `/deals/${row.id}` as never })}
      {...(mayExport ? { exportRows: (asked: ExportAsked) => api.deals.exportRows(asked as never) } : {})}
      searchHint={t('deals:search')}
      empty={{
        text: t('deals:empty'),
        ...(props.onCreate ? { action: <Button onClick={props.onCreate}>{t('deals:new')}</Button> } : {}),
      }}
    />
  )
}

function useColumns(): GridColumn<DealRow>[] {
  const t = useT()
  const column = (
    field: string,
    width: number,
    text: (row: DealRow) => string,
    more: Partial<GridColumn<DealRow>> = {},
  ): GridColumn<DealRow> => ({ key: field, title: t(`deals:fields.${field}`), width, render: text, text, ...more })
  const money = (field: 'amount' | 'weighted', sort?: string) =>
    column(field, 120, (row) => String(row[field] / 100), {
      align: 'right',
      render: (row) => <Amount fen={row[field]} />,
      ...(sort ? { sort } : {}),
    })
  return [
    column('name', 200, (row) => row.name, { sort: 'name' }),
    column('customerId', 190, (row) => row.customerName),
    column('stage', 104, (row) => t(`deals:stage.${row.stage}`), {
      render: (row) => <DealStageTag stage={row.stage} />,
    }),
    money('amount', 'amount'),
    column('expectedDay', 124, (row) => row.expectedDay, {
      sort: 'expectedDay',
      render: (row) => <span className={row.overdue ? 'tag danger' : ''}>{row.expectedDay}</span>,
    }),
    column('probability', 96, (row) => formatRate(row.probability), { align: 'right' }),
    money('weighted'),
    column('ownerId', 76, (row) => row.ownerName),
    column('nextStep', 180, (row) => [row.nextDay ?? '', row.nextStep].filter(Boolean).join(' ')),
    column('daysInStage', 84, (row) => (row.closedDay === null ? String(row.daysInStage) : ''), { align: 'right' }),
    column('number', 120, (row) => row.number),
    column('reason', 96, (row) => (row.closeReason === null ? '' : t(`deals:reason.${row.closeReason}`))),
    column('closedDay', 104, (row) => row.closedDay ?? ''),
    column('updatedAt', 104, (row) => dayjs(row.updatedAt).format('YYYY-MM-DD'), { sort: 'updatedAt' }),
  ]
}

function useFilters(): GridFilter[] {
  const t = useT()
  const people = usePeopleChoices()
  const now = firmMonth()
  const months = Array.from({ length: BACK + AHEAD + 1 }, (_, i) => shiftMonth(now, i - BACK))
  const select = (name: string, label: string, options: readonly { value: string | boolean; label: string }[]) =>
    ({ kind: 'select', name, label, options }) satisfies GridFilter
  return [
    select('state', t('deals:filters.state'), [
      { value: 'open', label: t('deals:filters.open') },
      { value: 'closed', label: t('deals:filters.closed') },
    ]),
    select(
      'stage',
      t('deals:fields.stage'),
      DEAL_STAGES.map((value) => ({ value, label: t(`deals:stage.${value}`) })),
    ),
    select('ownerId', t('deals:fields.ownerId'), people),
    select(
      'month',
      t('deals:fields.month'),
      months.map((value) => ({ value, label: value })),
    ),
    select('overdue', t('deals:filters.overdue'), [{ value: true, label: t('deals:filters.overdueOnly') }]),
    select(
      'reason',
      t('deals:fields.reason'),
      CLOSE_REASONS.map((value) => ({ value, label: t(`deals:reason.${value}`) })),
    ),
    { kind: 'day', name: 'closedFrom', label: t('deals:filters.closedFrom') },
    { kind: 'day', name: 'closedTo', label: t('deals:filters.closedTo') },
  ]
}
