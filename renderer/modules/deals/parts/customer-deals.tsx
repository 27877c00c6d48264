import { Link } from '@tanstack/react-router'
import { useCustomerDeals } from '#renderer/modules/deals/deals.queries.ts'
import { shownError } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount, ErrorNotice, Panel } from '#renderer/ui/parts.tsx'
import { DealStageTag } from './stage-tag.tsx'

const SHOWN = 5

/** The open deals of a customer, on his card; who only helps with him opens none. */
export function DealsPanel({ customerId, mayOpen }: { customerId: string; mayOpen: boolean }) {
  const t = useT()
  const permitted = useCan('deals.read')
  const mayWrite = useCan('deals.write') && mayOpen
  const deals = useCustomerDeals(customerId, permitted)
  if (!permitted) return null
  const rows = deals.data?.rows ?? []
  return (
    <Panel
      title={t('deals:title')}
      extra={
        mayWrite ? (
          <span className="panel-links">
            <Link to={'/deals/new' as never} search={{ customer: customerId } as never}>
              {t('deals:new')}
            </Link>
          </span>
        ) : undefined
      }
    >
      {deals.error ? <ErrorNotice error={shownError(deals.error)} /> : null}
      {deals.isSuccess && rows.length === 0 ? <p className="muted">{t('deals:panels.noOpen')}</p> : null}
      {rows.length > 0 ? (
        <table className="plain-table story">
          <tbody>
            {rows.slice(0, SHOWN).map((row) => (
              <tr key={row.id}>
                <td>
                  <Link to={`/deals/${row.id}` as never}>{row.name}</Link>
                </td>
                <td>
                  <DealStageTag stage={row.stage} />
                </td>
                <td>
                  <span className={row.overdue ? 'tag danger' : ''}>{row.expectedDay}</span>
                </td>
                <td>{row.ownerName}</td>
                <td className="num">
                  <Amount fen={row.amount} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {deals.isSuccess ? (
        <Link to={'/deals' as never} search={{ view: 'list', f: { customerId } } as never}>
          {t('deals:panels.all')}
        </Link>
      ) : null}
    </Panel>
  )
}
