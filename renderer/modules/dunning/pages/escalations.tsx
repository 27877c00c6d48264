import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { PROPOSALS, REPORT_STATES } from '#shared/modules/dunning/dunning.escalations.rules.ts'
import type { EscalationRow } from '#shared/modules/dunning/dunning.escalations.schema.ts'
import { DELAY_REASONS } from '#shared/modules/dunning/dunning.ladder.rules.ts'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { ReportTag } from '#renderer/modules/dunning/parts/escalation-tags.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import { choiceFilter, columnMaker } from '#renderer/ui/grid-makers.tsx'
import type { ExportAsked } from '#renderer/ui/grid-state.ts'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Page } from '#renderer/ui/parts.tsx'

/** Difficulties that were reported to superiors, the latest first. */
export function EscalationsPage() {
  const t = useT()
  const navigate = useNavigate()
  const mayExport = useCan('dunning.export')
  return (
    <Page title={t('dunning:escalations.title')} extra={<span className="muted">{t('dunning:escalations.hint')}</span>}>
      <DataGrid<EscalationRow>
        id="dunning-escalations"
        module="dunning"
        columns={useColumns()}
        filters={useFilters()}
        defaultSort={{ key: 'askedAt', dir: 'desc' }}
        load={(input) => api.dunning.escalations.list(input as never)}
        summarise={(input) => api.dunning.escalations.summary(input as never)}
        sums={[{ key: 'amount', label: t('dunning:columns.reported') }]}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: `/dunning/escalations/${row.id}` as never })}
        {...(mayExport
          ? { exportRows: (asked: ExportAsked) => api.dunning.escalations.exportRows(asked as never) }
          : {})}
        searchHint={t('dunning:escalations.search')}
        empty={{
          text: t('dunning:escalations.empty'),
          action: (
            <Button onClick={() => void navigate({ to: '/dunning' as never })}>
              {t('dunning:escalations.openWork')}
            </Button>
          ),
        }}
      />
    </Page>
  )
}

function useColumns(): GridColumn<EscalationRow>[] {
  const t = useT()
  const { text, amount } = columnMaker<EscalationRow>((key) => t(`dunning:columns.${key}`))
  return [
    text('reportDay', 98, (row) => row.day, { sort: 'askedAt' }),
    text('reportState', 96, (row) => t(`dunning:escalations.states.${row.state}`), {
      render: (row) => <ReportTag state={row.state} />,
    }),
    text('customerName', 200, (row) => row.customerName),
    text('proposal', 96, (row) => t(`dunning:escalations.proposals.${row.proposal}`)),
    amount('reported', 116, (row) => row.amount, 'amount'),
    text('reason', 92, (row) => t(`dunning:delayReasons.${row.reason}`)),
    text('findings', 240, (row) => row.findings),
    text('debts', 64, (row) => String(row.debts), { align: 'right' }),
    text('doneDay', 98, (row) => row.doneDay ?? ''),
    text('askedByName', 84, (row) => row.askedByName),
    text('ownerName', 84, (row) => row.ownerName),
  ]
}

function useFilters(): GridFilter[] {
  const t = useT()
  const head = (key: string) => t(`dunning:columns.${key}`)
  return [
    choiceFilter('state', head('reportState'), REPORT_STATES, (value) => t(`dunning:escalations.states.${value}`)),
    choiceFilter('proposal', head('proposal'), PROPOSALS, (value) => t(`dunning:escalations.proposals.${value}`)),
    choiceFilter('reason', head('reason'), DELAY_REASONS, (value) => t(`dunning:delayReasons.${value}`)),
    { kind: 'select', name: 'ownerId', label: head('ownerName'), options: usePeopleChoices() },
    { kind: 'day', name: 'from', label: t('visits:from') },
    { kind: 'day', name: 'to', label: t('visits:to') },
  ]
}
