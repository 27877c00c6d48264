import { Link } from '@tanstack/react-router'
import { Drawer, Spin } from 'antd'
import { formatRate } from '#shared/i18n/formatters.ts'
import type { PartRow } from '#shared/modules/deals/deals.schema.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount, EmptyState, ErrorNotice } from '#renderer/ui/parts.tsx'
import { DealStageTag } from './stage-tag.tsx'

/** A number that was opened: its words, what it is asked by, and the deals it adds up. */
export interface NumberOf {
  readonly title: string
  /** Tells one number from another. */
  readonly key: readonly unknown[]
  readonly load: () => Promise<PartRow[]>
  /** Whether parts are weighted and shared, as in the forecast. */
  readonly weighted: boolean
}

/** The very deals behind a number; their parts add up to it. */
export function PartsDrawer(props: { of: NumberOf | null; onClose: () => void }) {
  const { of } = props
  return (
    <Drawer open={of !== null} onClose={props.onClose} title={of?.title ?? ''} size={760} destroyOnHidden>
      {of ? <Rows of={of} /> : null}
    </Drawer>
  )
}

function Rows({ of }: { of: NumberOf }) {
  const t = useT()
  const found = useList('deals', ['parts', ...of.key], of.load)
  if (found.shownError) return <ErrorNotice error={found.shownError} />
  if (found.isPending) return <Spin className="grid-spin" />
  const rows = found.data ?? []
  if (rows.length === 0) return <EmptyState text={t('deals:forecast.none')} />
  const head = (key: string) => t(`deals:fields.${key}`)
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{head('name')}</th>
          <th scope="col">{head('stage')}</th>
          <th scope="col">{head('ownerId')}</th>
          <th scope="col">{head('expectedDay')}</th>
          <th scope="col" className="num">
            {head('amount')}
          </th>
          {of.weighted ? (
            <>
              <th scope="col" className="num">
                {head('probability')}
              </th>
              <th scope="col" className="num">
                {head('splits')}
              </th>
            </>
          ) : null}
          <th scope="col" className="num">
            {t('deals:forecast.part')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          <tr key={`${row.id}:${at}`}>
            <td>
              {row.stage === 'removed' ? row.name : <Link to={`/deals/${row.id}` as never}>{row.name}</Link>}
              <div className="muted">{row.customerName}</div>
            </td>
            <td>
              <DealStageTag stage={row.stage} />
            </td>
            <td>{row.ownerName}</td>
            <td>{row.expectedDay}</td>
            <td className="num">
              <Amount fen={row.amount} />
            </td>
            {of.weighted ? (
              <>
                <td className="num">{formatRate(row.probability)}</td>
                <td className="num">{formatRate(row.share)}</td>
              </>
            ) : null}
            <td className="num">
              <Amount fen={row.part} />
            </td>
          </tr>
        ))}
        <tr className="total">
          <td colSpan={of.weighted ? 7 : 5}>{t('deals:sum')}</td>
          <td className="num">
            <Amount fen={rows.reduce((sum, row) => sum + row.part, 0)} />
          </td>
        </tr>
      </tbody>
    </table>
  )
}
