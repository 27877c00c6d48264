import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import type { PairRow } from '#shared/modules/customers/customers.merge.contract.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCommand } from '#renderer/rpc/queries.ts'
import { DataGrid, type GridColumn } from '#renderer/ui/data-grid.tsx'
import type { GridFilter } from '#renderer/ui/grid-toolbar.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { Page } from '#renderer/ui/parts.tsx'

const LIKENESSES = ['name', 'phone', 'mail'] as const

/** Pairs of files that look like one customer: to be merged, or told apart once and for all. */
export function DuplicatesPage() {
  const t = useT()
  const navigate = useNavigate()
  const notice = useNotice()
  const apart = useCommand((input: { oneId: string; otherId: string }, options) =>
    api.customers.merges.tellApart(input as never, options),
  )
  const open = (pair: PairRow) =>
    void navigate({ to: '/customers/merge' as never, search: { kept: pair.one.id, dropped: pair.other.id } as never })
  const tellApart = async (pairs: readonly PairRow[], done: () => void) => {
    try {
      for (const { one, other } of pairs) await apart.run({ oneId: one.id, otherId: other.id })
      notice.done(t('customers:merge.apartDone', { count: pairs.length }))
      done()
    } catch (error) {
      notice.fail(error)
    }
  }
  return (
    <Page title={t('customers:merge.pairs')} extra={<span className="muted">{t('customers:merge.pairsHint')}</span>}>
      <DataGrid<PairRow>
        id="customer-pairs"
        module="customers"
        columns={useColumns()}
        filters={useFilters()}
        defaultSort={{ key: 'name', dir: 'asc' }}
        load={(input) => api.customers.merges.pairs({ ...input, text: undefined } as never)}
        rowKey={(row) => row.id}
        onOpen={open}
        bulk={(rows: readonly PairRow[], done: () => void) => (
          <>
            {rows.length === 1 && rows[0] ? (
              <Button size="small" type="primary" onClick={() => open(rows[0] as PairRow)}>
                {t('customers:merge.compare')}
              </Button>
            ) : null}
            <Button size="small" loading={apart.busy} onClick={() => void tellApart(rows, done)}>
              {t('customers:merge.apart')}
            </Button>
          </>
        )}
        empty={{ text: t('customers:merge.noPairs') }}
      />
    </Page>
  )
}

function useColumns(): GridColumn<PairRow>[] {
  const t = useT()
  const of = (
    which: 'one' | 'other',
    key: 'name' | 'code' | 'ownerName' | 'phone',
    width: number,
  ): GridColumn<PairRow> => {
    const text = (row: PairRow) => row[which][key] ?? ''
    const title = `${t(`customers:merge.${which}`)} ${t(`customers:columns.${key === 'ownerName' ? 'owner' : key}`)}`
    return { key: `${which}-${key}`, title, width, render: text, text }
  }
  return [
    {
      key: 'by',
      title: t('customers:merge.by'),
      width: 110,
      render: (row) => t(`customers:duplicates.${row.by}`),
      text: (row) => t(`customers:duplicates.${row.by}`),
    },
    { ...of('one', 'name', 250), sort: 'name' },
    of('one', 'code', 100),
    of('one', 'ownerName', 110),
    of('other', 'name', 250),
    of('other', 'code', 100),
    of('other', 'ownerName', 110),
    {
      key: 'shared',
      title: t('customers:merge.shared'),
      width: 180,
      render: (row) => row.shared,
      text: (row) => row.shared,
    },
  ]
}

function useFilters(): GridFilter[] {
  const t = useT()
  return [
    {
      kind: 'select',
      name: 'by',
      label: t('customers:merge.by'),
      options: LIKENESSES.map((value) => ({ value, label: t(`customers:duplicates.${value}`) })),
    },
  ]
}
