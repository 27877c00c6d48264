import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { timesOf } from '#shared/modules/visits/visits.rules.ts'
import { useCustomerVisits, useIntents } from '#renderer/modules/visits/visits.queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { ErrorNotice, Panel } from '#renderer/ui/parts.tsx'
import { useQuickLog } from './quick-log.tsx'
import { IntentMark, VisitTags } from './visit-tags.tsx'
import '#renderer/modules/visits/visits.css'

const SHOWN = 7

/** What is planned with a customer and what there was, for those who may see visits. */
export function CustomerVisitsPanel({ customer }: { customer: { readonly id: string; readonly name: string } }) {
  const t = useT()
  const permitted = useCan('visits.read')
  const mayRecord = useCan('visits.record')
  const visits = useCustomerVisits(customer.id, permitted)
  const show = useQuickLog((state) => state.show)
  if (!permitted) return null
  const rows = visits.data ?? []
  return (
    <Panel
      title={t('customers:panels.visits')}
      extra={
        mayRecord ? (
          <span className="panel-links visit-links">
            <Button type="link" size="small" onClick={() => show(customer)}>
              {t('visits:quick.title')}
            </Button>
            <Link to={'/visits/new' as never} search={{ customer: customer.id } as never}>
              {t('customers:panels.newVisit')}
            </Link>
            <Link to={'/visits/plan' as never} search={{ customer: customer.id } as never}>
              {t('visits:plan')}
            </Link>
          </span>
        ) : null
      }
    >
      {visits.shownError ? <ErrorNotice error={visits.shownError} onRetry={() => void visits.refetch()} /> : null}
      {visits.data && rows.length === 0 ? <p className="muted">{t('customers:panels.noVisits')}</p> : null}
      {rows.length === 0 ? null : (
        <table className="plain-table story">
          <tbody>
            {rows.slice(0, SHOWN).map((row) => (
              <tr key={row.id}>
                <td>
                  <Link to={`/visits/${row.id}` as never}>{[row.day, timesOf(row)].filter(Boolean).join(' ')}</Link>
                </td>
                <td>
                  <VisitTags visit={row} />
                </td>
                <td>{t(`visits:channel.${row.channel}`)}</td>
                <td>{t(`visits:purpose.${row.purpose}`)}</td>
                <td>{row.userName}</td>
                <td className="story-text">{row.result || row.goal}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rows.length > SHOWN ? (
        <Link to={'/visits' as never} search={{ f: { customerId: customer.id } } as never}>
          {t('customers:panels.allVisits')}
        </Link>
      ) : null}
    </Panel>
  )
}

/** How ready the customer was judged to be, the latest first, with what spoke for it. */
export function IntentPanel({ customerId }: { customerId: string }) {
  const t = useT()
  const permitted = useCan('visits.read')
  const intents = useIntents(customerId, permitted)
  const rows = intents.data ?? []
  if (!permitted || rows.length === 0) return null
  return (
    <Panel title={t('visits:intent.history')}>
      <table className="plain-table story">
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>
                <IntentMark intent={row.intent} />
              </td>
              <td>{row.visitId === null ? row.day : <Link to={`/visits/${row.visitId}` as never}>{row.day}</Link>}</td>
              <td className="story-text">{row.evidence}</td>
              <td className="muted">{row.userName}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
