import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { formatMoment } from '#shared/i18n/formatters.ts'
import type { RequestRow } from '#shared/modules/claims/claims.decisions.schema.ts'
import { REQUEST_KINDS, REQUEST_STATES } from '#shared/modules/claims/claims.schema.ts'
import { RequestTag } from '#renderer/modules/claims/parts/state-tags.tsx'
import { SEAT_ZONE, usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid } from '#renderer/ui/data-grid.tsx'
import { choiceFilter, columnMaker } from '#renderer/ui/grid-makers.tsx'
import type { ExportAsked } from '#renderer/ui/grid-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Page } from '#renderer/ui/parts.tsx'

/** What was asked about debts and what came of it, the latest first. */
export function RequestListPage() {
  const t = useT()
  const navigate = useNavigate()
  const mayExport = useCan('claims.export')
  const head = (key: string) => t(`claims:columns.${key}`)
  const { text, amount } = columnMaker<RequestRow>(head)
  const state = (value: string) => t(`claims:requests.states.${value}`)
  const kind = (value: string) => t(`claims:kinds.${value}`)
  return (
    <Page title={t('claims:lists.requests')} extra={<span className="muted">{t('claims:requests.hint')}</span>}>
      <DataGrid<RequestRow>
        id="claim-requests"
        module="claims"
        columns={[
          text('askedAt', 138, (row) => formatMoment(row.askedAt, SEAT_ZONE), { sort: 'askedAt' }),
          text('kind', 96, (row) => kind(row.kind)),
          text('state', 132, (row) => state(row.state), { render: (row) => <RequestTag state={row.state} /> }),
          text('customerName', 210, (row) => row.customerName),
          text('debts', 86, (row) => String(row.debts), { align: 'right' }),
          amount('amount', 116, (row) => row.amount, 'amount'),
          text('reason', 116, (row) => t(`claims:reasons.${row.kind}.${row.reasonCode}`)),
          text('note', 180, (row) => row.reason),
          text('askedBy', 84, (row) => row.askedByName),
          text('doneDay', 98, (row) => row.doneDay ?? ''),
        ]}
        filters={[
          choiceFilter('kind', head('kind'), REQUEST_KINDS, kind),
          choiceFilter('state', head('state'), REQUEST_STATES, state),
          { kind: 'select', name: 'ownerId', label: head('ownerName'), options: usePeopleChoices() },
        ]}
        defaultSort={{ key: 'askedAt', dir: 'desc' }}
        load={(input) => api.claims.requests.list(input as never)}
        summarise={(input) => api.claims.requests.summary(input as never)}
        sums={[{ key: 'amount', label: head('amount') }]}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: `/claim-requests/${row.id}` as never })}
        {...(mayExport ? { exportRows: (asked: ExportAsked) => api.claims.requests.exportRows(asked as never) } : {})}
        searchHint={t('claims:search')}
        empty={{
          text: t('claims:requests.empty'),
          action: (
            <Button onClick={() => void navigate({ to: '/limitation' as never })}>{t('claims:openDebts')}</Button>
          ),
        }}
      />
    </Page>
  )
}
