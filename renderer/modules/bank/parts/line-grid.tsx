import { useState, type ReactNode } from 'react'
import { LINE_FILTERS, LINE_STAGES, type LineRow, type LineStage } from '#shared/modules/bank/bank.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import { columnMaker } from '#renderer/ui/grid-makers.tsx'
import type { ExportAsked } from '#renderer/ui/grid-state.ts'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount } from '#renderer/ui/parts.tsx'
import { useAccounts } from '#renderer/modules/bank/bank.queries.ts'
import { LineDrawer } from './line-drawer.tsx'
import { LineTag } from './line-tag.tsx'

/** Lines of all statements, or of one; a line opens beside the list. */
export function LineGrid(props: { statementId?: string; empty: { text: string; action?: ReactNode } }) {
  const t = useT()
  const mayExport = useCan('bank.export')
  const [open, setOpen] = useState<string | null>(null)
  const { statementId } = props
  const fixed: Readonly<Record<string, string>> = statementId === undefined ? {} : { statementId }
  const asked = (filters: Readonly<Record<string, unknown>> | undefined) => ({ ...filters, ...fixed })
  return (
    <>
      <DataGrid<LineRow>
        id={statementId === undefined ? 'bank-lines' : 'bank-statement-lines'}
        module="bank"
        columns={useColumns(statementId === undefined)}
        filters={useFilters(statementId === undefined)}
        fixed={fixed}
        defaultSort={{ key: 'day', dir: 'desc' }}
        load={(input) => api.bank.lines(input as never)}
        summarise={(input) => api.bank.linesSummary(input as never)}
        sums={[
          { key: 'in', label: t('bank:columns.in') },
          { key: 'out', label: t('bank:columns.out') },
          { key: 'left', label: t('bank:columns.left') },
        ]}
        rowKey={(row) => row.id}
        onOpen={(row) => setOpen(row.id)}
        {...(mayExport
          ? {
              exportRows: (input: ExportAsked) =>
                api.bank.exportLines({ ...input, filters: asked(input.filters) } as never),
            }
          : {})}
        searchHint={t('bank:lines.search')}
        empty={props.empty}
      />
      <LineDrawer id={open} onClose={() => setOpen(null)} />
    </>
  )
}

function useColumns(withAccount: boolean): GridColumn<LineRow>[] {
  const t = useT()
  const { text, amount } = columnMaker<LineRow>((key) => t(`bank:columns.${key}`))
  return [
    text('day', 98, (row) => row.day, { sort: 'day' }),
    text('payerName', 210, (row) => row.payerName),
    text('text', 230, (row) => row.text),
    amount('amount', 116, (row) => row.amount, 'amount'),
    {
      ...amount('left', 116, (row) => row.left),
      render: (row) => (row.left === 0 ? null : <Amount fen={row.left} />),
    },
    text('stage', 104, (row) => t(`bank:stages.${row.stage}`), { render: (row) => <LineTag stage={row.stage} /> }),
    text('customer', 200, (row) => row.customerName),
    ...(withAccount ? [text('account', 110, (row) => row.accountName)] : []),
    text('payerAccount', 110, (row) => row.payerAccount),
    text('reference', 130, (row) => row.reference),
  ]
}

function useFilters(withAccount: boolean): GridFilter[] {
  const t = useT()
  const accounts = useAccounts().data?.rows ?? []
  const word = (key: string) => t(`bank:filters.${key}`)
  const isStage = (value: string): value is LineStage => LINE_STAGES.some((stage) => stage === value)
  const stages = LINE_FILTERS.map((value) => ({
    value,
    label: isStage(value) ? t(`bank:stages.${value}`) : word(value),
  }))
  const account: GridFilter = {
    kind: 'select',
    name: 'accountId',
    label: word('account'),
    options: accounts.map(({ id, name }) => ({ value: id, label: name })),
  }
  return [
    { kind: 'select', name: 'stage', label: word('stage'), options: stages },
    ...(withAccount ? [account] : []),
    { kind: 'day', name: 'dayFrom', label: word('dayFrom') },
    { kind: 'day', name: 'dayTo', label: word('dayTo') },
    { kind: 'number', name: 'amountFrom', label: word('amountFrom') },
    { kind: 'number', name: 'amountTo', label: word('amountTo') },
  ]
}
