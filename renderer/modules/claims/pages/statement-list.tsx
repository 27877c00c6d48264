import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { STATEMENT_STATES, type StatementRow } from '#shared/modules/claims/claims.statements.schema.ts'
import { StatementTag } from '#renderer/modules/claims/parts/state-tags.tsx'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid } from '#renderer/ui/data-grid.tsx'
import { choiceFilter, columnMaker } from '#renderer/ui/grid-makers.tsx'
import type { ExportAsked } from '#renderer/ui/grid-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Page } from '#renderer/ui/parts.tsx'

/** Every statement of account: what it says, whether it went out, and what came back. */
export function StatementListPage() {
  const t = useT()
  const navigate = useNavigate()
  const may = { record: useCan('claims.record'), export: useCan('claims.export') }
  const head = (key: string) => t(`claims:columns.${key}`)
  const { text, amount } = columnMaker<StatementRow>(head)
  const state = (value: string) => t(`claims:statements.states.${value}`)
  const make = () => void navigate({ to: '/statements/new' as never })
  return (
    <Page
      title={t('claims:lists.statements')}
      action={
        may.record ? (
          <Button type="primary" onClick={make}>
            {t('claims:statements.make')}
          </Button>
        ) : null
      }
    >
      <DataGrid<StatementRow>
        id="statements"
        module="claims"
        columns={[
          text('number', 126, (row) => row.number, { sort: 'number' }),
          text('customerName', 210, (row) => row.customerName),
          text('fromDay', 98, (row) => row.fromDay),
          text('asOf', 98, (row) => row.asOf, { sort: 'asOf' }),
          amount('opening', 108, (row) => row.opening),
          amount('raised', 108, (row) => row.raised),
          amount('received', 108, (row) => row.received),
          amount('closing', 112, (row) => row.closing, 'closing'),
          text('state', 96, (row) => state(row.state), { render: (row) => <StatementTag state={row.state} /> }),
          text('sentDay', 98, (row) => row.sentDay ?? ''),
          text('answerDay', 98, (row) => row.answerDay ?? ''),
          text('ownerName', 84, (row) => row.ownerName),
        ]}
        filters={[
          choiceFilter('state', head('state'), STATEMENT_STATES, state),
          { kind: 'select', name: 'ownerId', label: head('ownerName'), options: usePeopleChoices() },
          { kind: 'day', name: 'from', label: t('claims:from') },
          { kind: 'day', name: 'to', label: t('claims:to') },
        ]}
        defaultSort={{ key: 'asOf', dir: 'desc' }}
        load={(input) => api.claims.statements.list(input as never)}
        summarise={(input) => api.claims.statements.summary(input as never)}
        sums={[{ key: 'closing', label: head('closing') }]}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: `/statements/${row.id}` as never })}
        {...(may.export
          ? { exportRows: (asked: ExportAsked) => api.claims.statements.exportRows(asked as never) }
          : {})}
        searchHint={t('claims:search')}
        empty={{
          text: t('claims:statements.empty'),
          ...(may.record ? { action: <Button onClick={make}>{t('claims:statements.make')}</Button> } : {}),
        }}
      />
    </Page>
  )
}
