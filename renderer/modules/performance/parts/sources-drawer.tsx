import { useNavigate } from '@tanstack/react-router'
import { Drawer, Spin } from 'antd'
import type { PlainMonth } from '#shared/kernel/dates.ts'
import type { Indicator, SourceRow } from '#shared/modules/performance/performance.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount, EmptyState, ErrorNotice } from '#renderer/ui/parts.tsx'

export interface SourcesOf {
  readonly month: PlainMonth
  readonly userId: string
  readonly userName: string
  readonly indicator: Indicator
}

const PATHS: Readonly<Record<SourceRow['kind'], (id: string) => string>> = {
  contract: (id) => `/contracts/${id}`,
  receipt: (id) => `/receipts/${id}`,
  instalment: () => '/receivables',
  customer: (id) => `/customers/${id}`,
  visit: (id) => `/visits/${id}`,
}

/** The very records that a figure counts; each opens its own page. */
export function SourcesDrawer(props: { of: SourcesOf | null; onClose: () => void }) {
  const t = useT()
  const { of } = props
  const title = of
    ? t('performance:sources', { name: of.userName, indicator: t(`performance:indicators.${of.indicator}`) })
    : ''
  return (
    <Drawer open={of !== null} onClose={props.onClose} title={title} size={640} destroyOnHidden>
      {of ? <Rows of={of} /> : null}
    </Drawer>
  )
}

function Rows({ of }: { of: SourcesOf }) {
  const t = useT()
  const navigate = useNavigate()
  const { month, userId, indicator } = of
  const found = useList('performance', ['sources', month, userId, indicator], () =>
    api.performance.sourceRows({ month, userId, indicator }),
  )
  if (found.shownError) return <ErrorNotice error={found.shownError} />
  if (found.isPending) return <Spin className="grid-spin" />
  const rows = found.data ?? []
  if (rows.length === 0) return <EmptyState text={t('performance:noSources')} />
  const head = (key: string) => t(`performance:columns.${key}`)
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{head('day')}</th>
          <th scope="col">{head('record')}</th>
          <th scope="col">{head('customer')}</th>
          <th scope="col" className="num">
            {head('amount')}
          </th>
          {indicator === 'collectionRate' ? (
            <th scope="col" className="num">
              {head('received')}
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.kind}:${row.id}:${row.day}:${row.amount}`}>
            <td>{row.day}</td>
            <td>
              <button
                type="button"
                className="link-button"
                onClick={() => void navigate({ to: PATHS[row.kind](row.id) as never })}
              >
                {row.label === '' ? row.customerName : row.label}
              </button>
            </td>
            <td>{row.customerName}</td>
            <td className="num">
              <Amount fen={row.amount} />
            </td>
            {indicator === 'collectionRate' ? (
              <td className="num">
                <Amount fen={row.received} />
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
