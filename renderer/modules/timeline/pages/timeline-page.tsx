import { Link, useParams, useSearch } from '@tanstack/react-router'
import { Button, Spin } from 'antd'
import { z } from 'zod'
import { KIND_PERMITS, TIMELINE_KINDS, type TimelineKind } from '#shared/modules/timeline/timeline.schema.ts'
import { useCustomer } from '#renderer/modules/customers/customers.queries.ts'
import { TimelineList } from '#renderer/modules/timeline/parts/timeline-list.tsx'
import { useTimeline } from '#renderer/modules/timeline/timeline.queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { EmptyState, ErrorNotice, Page } from '#renderer/ui/parts.tsx'

export const timelineSearch = z.object({ kind: z.enum(TIMELINE_KINDS).optional().catch(undefined) })

const PAGE = 50

/** Everything that happened with one customer; the kind that is shown stands in the address. */
export function TimelinePage() {
  const t = useT()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const { kind = null } = timelineSearch.parse(useSearch({ strict: false }))
  const customer = useCustomer(id)
  const found = useTimeline(id, kind, PAGE)
  const failed = customer.shownError ?? found.error
  return (
    <Page
      title={t('timeline:title')}
      extra={customer.data ? <Link to={`/customers/${id}` as never}>{customer.data.name}</Link> : null}
      filters={<Kinds customerId={id} />}
    >
      {failed ? <ErrorNotice error={failed} onRetry={found.again} /> : null}
      {failed ? null : found.pending ? (
        <Spin className="grid-spin" />
      ) : found.rows.length === 0 ? (
        <EmptyState text={t(`timeline:empty.${kind ?? 'all'}`)} />
      ) : (
        <section className="panel timeline-whole" aria-label={t('timeline:title')}>
          <TimelineList items={found.rows} />
          {found.more ? (
            <Button loading={found.loading} onClick={found.loadMore}>
              {t('timeline:more')}
            </Button>
          ) : null}
        </section>
      )}
    </Page>
  )
}

function Kinds({ customerId }: { customerId: string }) {
  const t = useT()
  return (
    <nav className="timeline-kinds" aria-label={t('timeline:kind')}>
      <KindLink customerId={customerId} kind={null} />
      {TIMELINE_KINDS.map((kind) => (
        <KindLink key={kind} customerId={customerId} kind={kind} />
      ))}
    </nav>
  )
}

/** Kinds that the person here may not read are not offered. */
function KindLink({ customerId, kind }: { customerId: string; kind: TimelineKind | null }) {
  const t = useT()
  if (!useCan(kind === null ? null : KIND_PERMITS[kind])) return null
  return (
    <Link
      to={`/customers/${customerId}/timeline` as never}
      search={(kind === null ? {} : { kind }) as never}
      activeOptions={{ exact: true, includeSearch: true }}
      replace
    >
      {t(kind === null ? 'timeline:all' : `timeline:kinds.${kind}`)}
    </Link>
  )
}
