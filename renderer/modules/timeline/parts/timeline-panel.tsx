import { Link } from '@tanstack/react-router'
import { useTimeline } from '#renderer/modules/timeline/timeline.queries.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { ErrorNotice, Panel } from '#renderer/ui/parts.tsx'
import { TimelineList } from './timeline-list.tsx'

const SHOWN = 8

/** The latest of what happened with a customer, on its card. */
export function TimelinePanel({ customerId }: { customerId: string }) {
  const t = useT()
  const found = useTimeline(customerId, null, SHOWN)
  return (
    <Panel
      title={t('timeline:title')}
      extra={
        <span className="panel-links">
          <Link to={`/customers/${customerId}/timeline` as never}>{t('timeline:showAll')}</Link>
        </span>
      }
    >
      {found.error ? <ErrorNotice error={found.error} onRetry={found.again} /> : null}
      {!found.error && !found.pending && found.rows.length === 0 ? (
        <p className="muted">{t('timeline:empty.all')}</p>
      ) : null}
      <TimelineList items={found.rows} />
    </Panel>
  )
}
