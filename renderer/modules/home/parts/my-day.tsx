import { Link } from '@tanstack/react-router'
import { timesOf } from '#shared/modules/visits/visits.rules.ts'
import { api } from '#renderer/rpc/api.ts'
import { useList } from '#renderer/rpc/queries.ts'
import { useCan, useSession } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Panel, StatusTag } from '#renderer/ui/parts.tsx'

const SHOWN = 8

/** The day of somebody who sells: visits that are planned, reports he owes, customers to be called back. */
export function MyDay({ today }: { today: string }) {
  return useCan('visits.record') ? <Day today={today} /> : null
}

function Day({ today }: { today: string }) {
  const t = useT()
  const userId = useSession((state) => state.session?.user.userId ?? '')
  const mine = { userId: userId as never }
  const day = { from: today as never, to: today as never }
  const visits = useList('visits', ['my-day', today], () =>
    api.visits.list({ limit: SHOWN, sort: { key: 'day', dir: 'asc' }, filters: { ...mine, ...day } }),
  )
  const owed = useList('visits', ['owed'], () => api.visits.summary({ filters: { ...mine, overdue: true } }))
  const calls = useList('customers', ['call-backs', 'mine', userId], () =>
    api.callBacks.summary({ filters: { ownerId: userId as never, due: 'overdue' } }),
  )
  const rows = visits.data?.rows ?? []
  return (
    <Panel
      title={t('home:myDay.title')}
      extra={
        <span className="action-bar">
          <Link to={'/customers/call-backs' as never} search={{ f: { ownerId: userId, due: 'overdue' } } as never}>
            {t('home:myDay.calls', { count: calls.data?.count ?? 0 })}
          </Link>
          <Link to={'/visits' as never} search={{ f: { userId, overdue: true } } as never}>
            {t('home:myDay.owed', { count: owed.data?.count ?? 0 })}
          </Link>
        </span>
      }
    >
      {visits.data && rows.length === 0 ? <p className="muted">{t('home:myDay.none')}</p> : null}
      <table className="plain-table">
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>{timesOf(row)}</td>
              <td>
                <Link to={`/visits/${row.id}` as never}>{row.customerName}</Link>
              </td>
              <td>{t(`visits:purpose.${row.purpose}`)}</td>
              <td>{row.place}</td>
              <td>
                <StatusTag tone={row.state === 'done' ? 'done' : 'active'}>{t(`visits:state.${row.state}`)}</StatusTag>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
