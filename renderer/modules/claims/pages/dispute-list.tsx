import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { DISPUTE_REASONS } from '#shared/modules/claims/claims.schema.ts'
import type { DisputeRow } from '#shared/modules/claims/claims.decisions.schema.ts'
import { DisputeTag } from '#renderer/modules/claims/parts/state-tags.tsx'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid } from '#renderer/ui/data-grid.tsx'
import { choiceFilter, columnMaker } from '#renderer/ui/grid-makers.tsx'
import type { ExportAsked } from '#renderer/ui/grid-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Page } from '#renderer/ui/parts.tsx'

/** What customers contest, the latest first. */
export function DisputeListPage() {
  const t = useT()
  const navigate = useNavigate()
  const mayExport = useCan('claims.export')
  const word = (key: string) => t(`claims:disputes.${key}`)
  const head = (key: string) => t(`claims:columns.${key}`)
  const { text, amount } = columnMaker<DisputeRow>(head)
  return (
    <Page title={t('claims:lists.disputes')} extra={<span className="muted">{word('hint')}</span>}>
      <DataGrid<DisputeRow>
        id="disputes"
        module="claims"
        columns={[
          text('day', 100, (row) => row.day, { sort: 'day' }),
          text('state', 92, (row) => word(`states.${row.state}`), {
            render: (row) => <DisputeTag state={row.state} />,
          }),
          text('customerName', 200, (row) => row.customerName),
          text('contractNumber', 116, (row) => row.contractNumber),
          text('label', 84, (row) => row.label),
          text('reason', 100, (row) => word(`reasons.${row.reasonCode}`)),
          amount('disputed', 112, (row) => row.amount, 'amount'),
          amount('outstanding', 112, (row) => row.outstanding),
          text('age', 80, (row) => String(row.age), { align: 'right' }),
          text('resolution', 100, (row) => (row.resolution === null ? '' : word(`resolutions.${row.resolution}`))),
          text('ownerName', 84, (row) => row.ownerName),
        ]}
        filters={[
          choiceFilter('state', head('state'), ['open', 'resolved'], (value) => word(`states.${value}`)),
          choiceFilter('reasonCode', head('reason'), DISPUTE_REASONS, (value) => word(`reasons.${value}`)),
          { kind: 'select', name: 'ownerId', label: head('ownerName'), options: usePeopleChoices() },
          { kind: 'day', name: 'from', label: t('claims:from') },
          { kind: 'day', name: 'to', label: t('claims:to') },
        ]}
        defaultSort={{ key: 'day', dir: 'desc' }}
        load={(input) => api.claims.disputes.list(input as never)}
        summarise={(input) => api.claims.disputes.summary(input as never)}
        sums={[{ key: 'amount', label: head('disputed') }]}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: `/disputes/${row.id}` as never })}
        {...(mayExport ? { exportRows: (asked: ExportAsked) => api.claims.disputes.exportRows(asked as never) } : {})}
        searchHint={t('claims:search')}
        empty={{
          text: word('empty'),
          action: (
            <Button onClick={() => void navigate({ to: '/limitation' as never })}>{t('claims:openDebts')}</Button>
          ),
        }}
      />
    </Page>
  )
}
