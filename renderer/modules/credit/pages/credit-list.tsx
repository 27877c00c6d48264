import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { formatMoment } from '#shared/i18n/formatters.ts'
import { CREDIT_GRADES, CREDIT_STATES, type CreditRow } from '#shared/modules/credit/credit.schema.ts'
import { CreditTag } from '#renderer/modules/credit/parts/credit-tags.tsx'
import { SEAT_ZONE, usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid } from '#renderer/ui/data-grid.tsx'
import { choiceFilter, columnMaker } from '#renderer/ui/grid-makers.tsx'
import type { ExportAsked } from '#renderer/ui/grid-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Page } from '#renderer/ui/parts.tsx'

/** What every customer is trusted with and how much of it is used. */
export function CreditListPage() {
  const t = useT()
  const navigate = useNavigate()
  const mayExport = useCan('credit.export')
  const mayRule = useCan('credit.policy')
  const head = (key: string) => t(`credit:columns.${key}`)
  const state = (value: string) => t(`credit:states.${value}`)
  const { text, amount } = columnMaker<CreditRow>(head)
  return (
    <Page
      title={t('credit:title')}
      extra={<span className="muted">{t('credit:hint')}</span>}
      action={
        mayRule ? (
          <Button onClick={() => void navigate({ to: '/credit/rules' as never })}>{t('credit:rules.title')}</Button>
        ) : null
      }
    >
      <DataGrid<CreditRow>
        id="credit"
        module="credit"
        columns={[
          text('customerName', 220, (row) => row.customerName),
          text('grade', 64, (row) => row.grade ?? ''),
          text('score', 70, (row) => String(row.score), { sort: 'score', align: 'right' }),
          text('state', 92, (row) => state(row.state), { render: (row) => <CreditTag state={row.state} /> }),
          amount('limit', 118, (row) => row.limit, 'limit'),
          amount('exposure', 118, (row) => row.exposure),
          amount('room', 118, (row) => row.room),
          amount('overdue', 118, (row) => row.overdue),
          text('days', 112, (row) => (row.days === null ? '' : String(row.days)), { align: 'right' }),
          text('validTo', 104, (row) => row.validTo ?? '', { sort: 'validTo' }),
          text('holdReason', 150, (row) => row.holdReason),
          text('ownerName', 84, (row) => row.ownerName),
          text('updatedAt', 138, (row) => formatMoment(row.updatedAt, SEAT_ZONE), { sort: 'updatedAt' }),
        ]}
        filters={[
          choiceFilter('state', head('state'), CREDIT_STATES, state),
          choiceFilter('grade', head('grade'), CREDIT_GRADES, (value) => value),
          { kind: 'select', name: 'ownerId', label: head('ownerName'), options: usePeopleChoices() },
          { kind: 'day', name: 'validTo', label: t('credit:validBy') },
        ]}
        defaultSort={{ key: 'limit', dir: 'desc' }}
        load={(input) => api.credit.list(input as never)}
        summarise={(input) => api.credit.summary(input as never)}
        sums={[{ key: 'limit', label: head('limit') }]}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: `/credit/${row.customerId}` as never })}
        {...(mayExport ? { exportRows: (asked: ExportAsked) => api.credit.exportRows(asked as never) } : {})}
        searchHint={t('claims:search')}
        empty={{
          text: t('credit:empty'),
          action: (
            <Button onClick={() => void navigate({ to: '/customers' as never })}>{t('credit:openCustomers')}</Button>
          ),
        }}
      />
    </Page>
  )
}
