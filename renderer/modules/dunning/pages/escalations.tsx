import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { PROPOSALS, REPORT_STATES } from '#shared/modules/dunning/dunning.escalations.rules.ts'
import type { EscalationRow } from '#shared/modules/dunning/dunning.escalations.schema.ts'
import { DELAY_REASONS } from '#shared/modules/dunning/dunning.ladder.rules.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { ReportTag } from '#renderer/modules/dunning/parts/escalation-tags.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import type { ExportAsked } from '#renderer/ui/grid-state.ts'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount, Page } from '#renderer/ui/parts.tsx'

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
  const column = (
    key: string,
    width: number,
    text: (row: EscalationRow) => string,
    more: Partial<GridColumn<EscalationRow>> = {},
  ): GridColumn<EscalationRow> => ({ key, title: t(`dunning:columns.${key}`), width, render: text, text, ...more })
  return [
    column('reportDay', 98, (row) => row.day, { sort: 'askedAt' }),
    column('reportState', 96, (row) => t(`dunning:escalations.states.${row.state}`), {
      render: (row) => <ReportTag state={row.state} />,
    }),
    column('customerName', 200, (row) => row.customerName),
    column('proposal', 96, (row) => t(`dunning:escalations.proposals.${row.proposal}`)),
    column('reported', 116, (row) => formatYuan(row.amount), {
      align: 'right',
      sort: 'amount',
      render: (row) => <Amount fen={row.amount} />,
    }),
    column('reason', 92, (row) => t(`dunning:delayReasons.${row.reason}`)),
    column('findings', 240, (row) => row.findings),
    column('debts', 64, (row) => String(row.debts), { align: 'right' }),
    column('doneDay', 98, (row) => row.doneDay ?? ''),
    column('askedByName', 84, (row) => row.askedByName),
    column('ownerName', 84, (row) => row.ownerName),
  ]
}

function useFilters(): GridFilter[] {
  const t = useT()
  const head = (key: string) => t(`dunning:columns.${key}`)
  const choices = (name: string, label: string, values: readonly string[], words: string): GridFilter => ({
    kind: 'select',
    name,
    label,
    options: values.map((value) => ({ value, label: t(`dunning:${words}.${value}`) })),
  })
  return [
    choices('state', head('reportState'), REPORT_STATES, 'escalations.states'),
    choices('proposal', head('proposal'), PROPOSALS, 'escalations.proposals'),
    choices('reason', head('reason'), DELAY_REASONS, 'delayReasons'),
    { kind: 'select', name: 'ownerId', label: head('ownerName'), options: usePeopleChoices() },
    { kind: 'day', name: 'from', label: t('visits:from') },
    { kind: 'day', name: 'to', label: t('visits:to') },
  ]
}
