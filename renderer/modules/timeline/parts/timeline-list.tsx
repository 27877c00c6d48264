import {
  AimOutlined,
  AuditOutlined,
  BellOutlined,
  CheckSquareOutlined,
  CommentOutlined,
  ContainerOutlined,
  EditOutlined,
  FieldTimeOutlined,
  FileDoneOutlined,
  FileTextOutlined,
  GlobalOutlined,
  MoneyCollectOutlined,
  PaperClipOutlined,
  TeamOutlined,
} from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { TimelineItem, TimelineKind } from '#shared/modules/timeline/timeline.schema.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Amount } from '#renderer/ui/parts.tsx'
import '#renderer/modules/timeline/timeline.css'

const ICONS: Readonly<Record<TimelineKind, ReactNode>> = {
  visits: <TeamOutlined aria-hidden />,
  tasks: <CheckSquareOutlined aria-hidden />,
  deals: <AimOutlined aria-hidden />,
  quotations: <FileTextOutlined aria-hidden />,
  minutes: <CommentOutlined aria-hidden />,
  contracts: <FileDoneOutlined aria-hidden />,
  invoices: <ContainerOutlined aria-hidden />,
  receipts: <MoneyCollectOutlined aria-hidden />,
  dunning: <BellOutlined aria-hidden />,
  claims: <FieldTimeOutlined aria-hidden />,
  files: <PaperClipOutlined aria-hidden />,
  market: <GlobalOutlined aria-hidden />,
  owner: <AuditOutlined aria-hidden />,
  file: <EditOutlined aria-hidden />,
}

/** Where the records of items are shown. */
const PLACES: Readonly<Record<NonNullable<TimelineItem['record']>['kind'], string>> = {
  visit: '/visits',
  deal: '/deals',
  quotation: '/quotations',
  minutes: '/minutes',
  contract: '/contracts',
  invoice: '/invoices',
  receipt: '/receipts',
  letter: '/dunning/letters',
  market: '/market',
  obligation: '/obligations',
  dispute: '/disputes',
  claimRequest: '/claim-requests',
  statement: '/statements',
  repaymentPlan: '/repayment-plans',
  credit: '/credit',
  escalation: '/dunning/escalations',
}

/** What happened, newest first: the day is said once. */
export function TimelineList({ items }: { items: readonly TimelineItem[] }) {
  const days = Map.groupBy(items, (item) => item.day)
  return (
    <ol className="timeline">
      {[...days].map(([day, rows]) => (
        <li key={day}>
          <time dateTime={day}>{day}</time>
          <ol>
            {rows.map((item) => (
              <Item key={item.key} item={item} />
            ))}
          </ol>
        </li>
      ))}
    </ol>
  )
}

function Item({ item }: { item: TimelineItem }) {
  const t = useT()
  const program = item.kind === 'file' || item.kind === 'owner' ? t('timeline:program') : ''
  return (
    <li>
      <span className="muted num">{item.time}</span>
      <span className="timeline-kind muted">
        {ICONS[item.kind]} {t(`timeline:kinds.${item.kind}`)}
      </span>
      <span className="timeline-text">
        <Sentence item={item} />
        {item.note === '' ? null : <span className="timeline-note">{item.note}</span>}
      </span>
      <span className="num">{item.amount === null ? '' : <Amount fen={item.amount} />}</span>
      <span className="muted timeline-who">{item.who ?? program}</span>
    </li>
  )
}

/** What happened, and the record it is about; that record's own page is one step away. */
function Sentence({ item }: { item: TimelineItem }) {
  const t = useT()
  const { record, title } = item
  const event = t(`timeline:events.${item.event}`)
  // A stage leads to the next one; anything else stands beside the other.
  const words = item.words.map((word) => t(word.key, word.values)).join(item.event === 'dealMoved' ? ' → ' : ' · ')
  const rest = <span className="muted">{words}</span>
  if (record === null) {
    return (
      <span>
        {event} {title} {rest}
      </span>
    )
  }
  return (
    <span>
      {event} <Link to={`${PLACES[record.kind]}/${record.id}` as never}>{title || words}</Link>{' '}
      {title === '' ? null : rest}
    </span>
  )
}
