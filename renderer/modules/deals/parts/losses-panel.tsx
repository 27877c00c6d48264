import { Link } from '@tanstack/react-router'
import { Spin } from 'antd'
import { formatRate } from '#shared/i18n/formatters.ts'
import { addMonths, type PlainDay } from '#shared/kernel/dates.ts'
import { mulDiv } from '#shared/kernel/money.ts'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount, ErrorNotice, Panel } from '#renderer/ui/parts.tsx'

const MONTHS = 12

/** Why deals were lost in the last twelve months, and to whom; each line opens them in the list. */
export function LossesPanel(props: { today: PlainDay; ownerId: string | undefined }) {
  const t = useT()
  const period = { from: addMonths(props.today, -MONTHS), to: props.today }
  const owner = props.ownerId ? { ownerId: props.ownerId } : {}
  const found = useList('deals', ['losses', period, owner], () => api.deals.losses({ ...period, ...owner }))
  if (found.shownError) return <ErrorNotice error={found.shownError} onRetry={() => void found.refetch()} />
  if (!found.data) return <Spin className="grid-spin" />
  const { won, lost, reasons, competitors } = found.data
  const list = (filters: object) =>
    ({
      to: '/deals' as never,
      search: { view: 'list', f: { ...filters, ...owner, closedFrom: period.from, closedTo: period.to } } as never,
    }) as const
  const ended = won.count + lost.count
  const table = (head: string, rows: readonly { name: string; filter: object; count: number; amount: number }[]) =>
    rows.length === 0 ? null : (
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{head}</th>
            <th scope="col" className="num">
              {t('deals:losses.count')}
            </th>
            <th scope="col" className="num">
              {t('deals:fields.amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <td>
                <Link {...list(row.filter)}>{row.name}</Link>
              </td>
              <td className="num">{row.count}</td>
              <td className="num">
                <Amount fen={row.amount} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    )
  return (
    <Panel title={t('deals:losses.title')}>
      <p>
        <Link {...list({ stage: 'won' })}>{t('deals:losses.won', { count: won.count })}</Link>
        {' · '}
        <Link {...list({ stage: 'lost' })}>{t('deals:losses.lost', { count: lost.count })}</Link>
        {ended === 0 ? null : ` · ${t('deals:losses.rate', { rate: formatRate(mulDiv(10_000, won.count, ended)) })}`}
      </p>
      <div className="columns-2">
        {table(
          t('deals:fields.reason'),
          reasons.map((row) => ({
            ...row,
            name: t(`deals:reason.${row.reason}`),
            filter: { stage: 'lost', reason: row.reason },
          })),
        )}
        {table(
          t('deals:fields.lostTo'),
          competitors.map((row) => ({ ...row, filter: { stage: 'lost', lostTo: row.name } })),
        )}
      </div>
    </Panel>
  )
}
