import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import type { PromiseRow } from '#shared/modules/dunning/dunning.contacts.schema.ts'
import { PROMISE_STATES } from '#shared/modules/dunning/dunning.promises.rules.ts'
import { usePeopleChoices } from '#renderer/modules/customers/customers.queries.ts'
import { PromiseTag, WithdrawDrawer } from '#renderer/modules/dunning/parts/promise-lines.tsx'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import { choiceFilter, columnMaker } from '#renderer/ui/grid-makers.tsx'
import type { ExportAsked } from '#renderer/ui/grid-state.ts'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { Page } from '#renderer/ui/parts.tsx'

/** What customers promised to pay, and what became of it by the money that came in. */
export function PromisesPage() {
  const t = useT()
  const navigate = useNavigate()
  const mayRun = useCan('dunning.run')
  const mayExport = useCan('dunning.export')
  const [taking, setTaking] = useState<PromiseRow | null>(null)
  return (
    <Page title={t('dunning:promiseList.title')}>
      <DataGrid<PromiseRow>
        id="dunning-promises"
        module="dunning"
        columns={useColumns()}
        filters={useFilters()}
        defaultSort={{ key: 'payBy', dir: 'desc' }}
        load={(input) => api.dunning.promises(input as never)}
        summarise={(input) => api.dunning.promisesSummary(input as never)}
        sums={[
          { key: 'amount', label: t('dunning:columns.promised') },
          { key: 'paid', label: t('dunning:columns.paid') },
        ]}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: `/customers/${row.customerId}` as never })}
        {...(mayRun
          ? {
              bulk: (rows: readonly PromiseRow[]) =>
                rows.length === 1 && rows[0]?.state === 'open' ? (
                  <Button size="small" onClick={() => setTaking(rows[0] ?? null)}>
                    {t('dunning:promiseList.withdraw')}
                  </Button>
                ) : null,
            }
          : {})}
        {...(mayExport ? { exportRows: (asked: ExportAsked) => api.dunning.promisesExport(asked as never) } : {})}
        searchHint={t('dunning:promiseList.search')}
        empty={{
          text: t('dunning:promiseList.empty'),
          action: <Button onClick={() => void navigate({ to: '/dunning' as never })}>{t('dunning:work.open')}</Button>,
        }}
      />
      <WithdrawDrawer row={taking} onClose={() => setTaking(null)} />
    </Page>
  )
}

function useColumns(): GridColumn<PromiseRow>[] {
  const t = useT()
  const { text, amount } = columnMaker<PromiseRow>((key) => t(`dunning:columns.${key}`))
  return [
    text('customerName', 200, (row) => row.customerName),
    text('promiseState', 100, (row) => t(`dunning:promises.${row.state}`), {
      render: (row) => <PromiseTag state={row.state} />,
    }),
    text('payBy', 104, (row) => row.payBy, { sort: 'payBy' }),
    amount('promised', 112, (row) => row.amount, 'amount'),
    amount('paid', 112, (row) => row.paid),
    text('madeDay', 98, (row) => row.madeDay),
    text('promisedBy', 96, (row) => row.promisedBy),
    text('note', 200, (row) => row.withdrawn?.reason ?? row.note),
    text('createdByName', 84, (row) => row.createdByName),
    text('ownerName', 84, (row) => row.ownerName),
  ]
}

function useFilters(): GridFilter[] {
  const t = useT()
  return [
    choiceFilter('state', t('dunning:columns.promiseState'), PROMISE_STATES, (value) => t(`dunning:promises.${value}`)),
    { kind: 'select', name: 'ownerId', label: t('dunning:columns.ownerName'), options: usePeopleChoices() },
    { kind: 'day', name: 'from', label: t('visits:from') },
    { kind: 'day', name: 'to', label: t('visits:to') },
  ]
}
