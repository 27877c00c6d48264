import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { PLAN_STAGES, type PlanRow } from '#shared/modules/claims/claims.plans.schema.ts'
import { PlanTag } from '#renderer/modules/claims/parts/state-tags.tsx'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid } from '#renderer/ui/data-grid.tsx'
import { choiceFilter, columnMaker } from '#renderer/ui/grid-makers.tsx'
import type { ExportAsked } from '#renderer/ui/grid-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Page } from '#renderer/ui/parts.tsx'

/** Every repayment agreement, and whether it is kept. */
export function PlanListPage() {
  const t = useT()
  const navigate = useNavigate()
  const may = { record: useCan('claims.record'), export: useCan('claims.export') }
  const head = (key: string) => t(`claims:columns.${key}`)
  const { text, amount } = columnMaker<PlanRow>(head)
  const stage = (value: string) => t(`claims:plans.stages.${value}`)
  const draft = () => void navigate({ to: '/repayment-plans/new' as never })
  return (
    <Page
      title={t('claims:lists.plans')}
      action={
        may.record ? (
          <Button type="primary" onClick={draft}>
            {t('claims:plans.create')}
          </Button>
        ) : null
      }
    >
      <DataGrid<PlanRow>
        id="repayment-plans"
        module="claims"
        columns={[
          text('number', 126, (row) => row.number, { sort: 'number' }),
          text('customerName', 210, (row) => row.customerName),
          text('day', 98, (row) => row.day, { sort: 'day' }),
          text('state', 100, (row) => stage(row.stage), { render: (row) => <PlanTag stage={row.stage} /> }),
          amount('principal', 112, (row) => row.principal, 'principal'),
          amount('interest', 100, (row) => row.interest),
          amount('costs', 92, (row) => row.costs),
          amount('paid', 108, (row) => row.paid),
          amount('late', 108, (row) => row.late),
          text('nextDay', 104, (row) => row.nextDay ?? ''),
          text('lastDay2', 104, (row) => row.lastDay ?? ''),
          text('ownerName', 84, (row) => row.ownerName),
        ]}
        filters={[
          choiceFilter('stage', head('state'), PLAN_STAGES, stage),
          { kind: 'select', name: 'ownerId', label: head('ownerName'), options: usePeopleChoices() },
          { kind: 'day', name: 'from', label: t('claims:from') },
          { kind: 'day', name: 'to', label: t('claims:to') },
        ]}
        defaultSort={{ key: 'day', dir: 'desc' }}
        load={(input) => api.claims.plans.list(input as never)}
        summarise={(input) => api.claims.plans.summary(input as never)}
        sums={[
          { key: 'principal', label: head('principal') },
          { key: 'late', label: head('late') },
        ]}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: `/repayment-plans/${row.id}` as never })}
        {...(may.export ? { exportRows: (asked: ExportAsked) => api.claims.plans.exportRows(asked as never) } : {})}
        searchHint={t('claims:search')}
        empty={{
          text: t('claims:plans.empty'),
          ...(may.record ? { action: <Button onClick={draft}>{t('claims:plans.create')}</Button> } : {}),
        }}
      />
    </Page>
  )
}
