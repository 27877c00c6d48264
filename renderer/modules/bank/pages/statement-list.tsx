import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { formatMoment } from '#shared/i18n/formatters.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import type { StatementRow } from '#shared/modules/bank/bank.schema.ts'
import { SEAT_ZONE } from '#renderer/modules/customers/customers.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import { choiceFilter, columnMaker } from '#renderer/ui/grid-makers.tsx'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Page, StatusTag } from '#renderer/ui/parts.tsx'
import { useAccounts } from '#renderer/modules/bank/bank.queries.ts'

/** Statements as they were imported, the latest first. */
export function StatementListPage() {
  const t = useT()
  const navigate = useNavigate()
  const mayWrite = useCan('bank.write')
  const bring = mayWrite ? (
    <Button type="primary" onClick={() => void navigate({ to: '/bank/import' as never })}>
      {t('bank:statements.import')}
    </Button>
  ) : null
  return (
    <Page
      title={t('bank:statements.title')}
      extra={<Link to={'/bank' as never}>{t('bank:lines.show')}</Link>}
      action={bring}
    >
      <DataGrid<StatementRow>
        id="bank-statements"
        module="bank"
        columns={useColumns()}
        filters={useFilters()}
        defaultSort={{ key: 'importedAt', dir: 'desc' }}
        load={(input) => api.bank.statements(input as never)}
        summarise={(input) => api.bank.statementsSummary(input as never)}
        sums={[
          { key: 'inSum', label: t('bank:columns.in') },
          { key: 'outSum', label: t('bank:columns.out') },
          { key: 'openSum', label: t('bank:columns.open') },
        ]}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: `/bank/statements/${row.id}` as never })}
        searchHint={t('bank:statements.search')}
        empty={{ text: t('bank:statements.empty'), ...(bring ? { action: bring } : {}) }}
      />
    </Page>
  )
}

function useColumns(): GridColumn<StatementRow>[] {
  const t = useT()
  const { text, amount } = columnMaker<StatementRow>((key) => t(`bank:columns.${key}`))
  const open = (row: StatementRow) =>
    row.openLines === 0 ? '' : t('bank:statements.openCount', { count: row.openLines, sum: formatYuan(row.openSum) })
  const state = (row: StatementRow) => t(`bank:states.${row.revertedAt === null ? 'standing' : 'reverted'}`)
  return [
    text('span', 186, (row) => `${row.firstDay} – ${row.lastDay}`, { sort: 'lastDay' }),
    text('account', 130, (row) => row.accountName),
    text('lines', 84, (row) => t('bank:statements.linesCount', { count: row.lines })),
    amount('in', 126, (row) => row.inSum),
    amount('out', 126, (row) => row.outSum),
    text('open', 166, open),
    amount('closing', 126, (row) => row.closing),
    text('state', 88, state, {
      render: (row) => <StatusTag tone={row.revertedAt === null ? 'done' : 'neutral'}>{state(row)}</StatusTag>,
    }),
    text('fileName', 200, (row) => row.fileName),
    text('importedAt', 138, (row) => formatMoment(row.importedAt, SEAT_ZONE), { sort: 'importedAt' }),
    text('importedBy', 84, (row) => row.importedByName),
  ]
}

function useFilters(): GridFilter[] {
  const t = useT()
  const accounts = useAccounts().data?.rows ?? []
  const word = (key: string) => t(`bank:filters.${key}`)
  return [
    {
      kind: 'select',
      name: 'accountId',
      label: word('account'),
      options: accounts.map(({ id, name }) => ({ value: id, label: name })),
    },
    {
      kind: 'select',
      name: 'withOpen',
      label: word('withOpen'),
      options: [{ value: true, label: word('withOpenOnly') }],
    },
    choiceFilter('state', word('state'), ['standing', 'reverted'], (value) => t(`bank:states.${value}`)),
    { kind: 'day', name: 'dayFrom', label: word('dayFrom') },
    { kind: 'day', name: 'dayTo', label: word('dayTo') },
  ]
}
