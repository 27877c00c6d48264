import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Drawer, Spin } from 'antd'
import type { AgeBasis, AgeingGroupKind } from '#shared/modules/receivables/receivables.schema.ts'
import { bucketWord } from '#shared/modules/receivables/receivables.words.ts'
import { api, shownError } from '#renderer/rpc/api.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount, ErrorNotice } from '#renderer/ui/parts.tsx'
import type { AgeingCell } from './ageing-search.ts'
import { InstalmentStatusTag } from './status-tag.tsx'

/** The instalments behind a figure of the ageing, as they stood on its day. */
export function CellDrawer(props: {
  cell: AgeingCell | undefined
  asOf: string
  by: AgeingGroupKind
  basis: AgeBasis
  onClose: () => void
}) {
  const t = useT()
  const { cell } = props
  const bucket = cell?.bucket
  const title = t('receivables:ageing.rows', {
    name: cell?.name ?? t('receivables:ageing.everything'),
    bucket: bucket ? bucketWord(t, props.basis, bucket) : t('receivables:ageing.totalOutstanding'),
  })
  return (
    <Drawer open={cell !== undefined} onClose={props.onClose} title={title} size={860} destroyOnHidden>
      {cell ? <Rows cell={cell} asOf={props.asOf} by={props.by} basis={props.basis} /> : null}
    </Drawer>
  )
}

function Rows(props: { cell: AgeingCell; asOf: string; by: AgeingGroupKind; basis: AgeBasis }) {
  const t = useT()
  const { cell, asOf, by, basis } = props
  const filter = {
    basis,
    of: cell.id === undefined ? [] : [{ by, id: cell.id }],
    ...(cell.bucket ? { bucket: cell.bucket } : {}),
  }
  const list = useInfiniteQuery({
    queryKey: ['receivables', 'ageing-rows', asOf, filter],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      api.receivables.ageingRows({ ...(filter as object), asOf: asOf as never, limit: 100, cursor: pageParam }),
    getNextPageParam: (last) => last.nextCursor,
  })
  if (list.error) return <ErrorNotice error={shownError(list.error)} onRetry={() => void list.refetch()} />
  if (!list.data) return <Spin className="grid-spin" />
  const head = (key: string) => t(`receivables:columns.${key}`)
  return (
    <>
      <table className="plain-table">
        <thead>
          <tr>
            <th>{head('contractNumber')}</th>
            <th>{head('customerName')}</th>
            <th>{head('label')}</th>
            <th>{head('dueDay')}</th>
            <th>{head('status')}</th>
            <th className="num">{head('amount')}</th>
            <th className="num">{head('outstanding')}</th>
          </tr>
        </thead>
        <tbody>
          {list.data.pages
            .flatMap((page) => page.rows)
            .map((row) => (
              <tr key={row.id}>
                <td>
                  {row.contractId === null ? (
                    row.contractNumber
                  ) : (
                    <Link to={`/contracts/${row.contractId}` as never}>{row.contractNumber}</Link>
                  )}
                </td>
                <td>{row.customerName}</td>
                <td>{row.label}</td>
                <td>{row.dueDay ?? ''}</td>
                <td>
                  <InstalmentStatusTag row={row} />
                </td>
                <td className="num">
                  <Amount fen={row.amount} />
                </td>
                <td className="num">
                  <Amount fen={row.outstanding} />
                </td>
              </tr>
            ))}
        </tbody>
      </table>
      {list.hasNextPage ? (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('receivables:ageing.more')}
        </Button>
      ) : null}
    </>
  )
}
