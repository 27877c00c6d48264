import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  ExclamationCircleOutlined,
  MinusCircleOutlined,
  SyncOutlined,
} from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { formatYuan } from '#shared/kernel/money.ts'
import type { ShownError } from '#renderer/rpc/api.ts'
import { failureWords } from './failure-words.ts'
import { useT } from './i18n.ts'
import type { StatusTone } from './theme.ts'

/** A page: title line with at most one primary action, filter line, content. */
export function Page(props: {
  title: string
  action?: ReactNode
  extra?: ReactNode
  filters?: ReactNode
  children: ReactNode
}) {
  return (
    <div className="page">
      <header className="page-head">
        <h1>{props.title}</h1>
        {props.extra}
        <span className="spacer" />
        {props.action}
      </header>
      {props.filters === undefined ? null : <div className="page-filters">{props.filters}</div>}
      {props.children}
    </div>
  )
}

/** A bordered part of a page with a quiet heading. */
export function Panel(props: { title?: string; extra?: ReactNode; children: ReactNode }) {
  return (
    <section className="panel" aria-label={props.title}>
      {props.title === undefined ? null : (
        <div className="panel-head">
          <h2>{props.title}</h2>
          {props.extra}
        </div>
      )}
      {props.children}
    </section>
  )
}

const ICONS: Readonly<Record<StatusTone, ReactNode>> = {
  neutral: <MinusCircleOutlined aria-hidden />,
  active: <SyncOutlined aria-hidden />,
  done: <CheckCircleOutlined aria-hidden />,
  attention: <ClockCircleOutlined aria-hidden />,
  danger: <ExclamationCircleOutlined aria-hidden />,
}

/** A state: colour, sign and word together, never colour alone. */
export function StatusTag(props: { tone: StatusTone; children: ReactNode; icon?: boolean }) {
  return (
    <span className={props.icon ? `tag ${props.tone} with-sign` : `tag ${props.tone}`}>
      {props.icon ? ICONS[props.tone] : null}
      {props.children}
    </span>
  )
}

/** An amount in fen as `1,234.50`; negative ones in red with a minus sign. */
export function Amount({ fen }: { fen: number }) {
  return <span className={fen < 0 ? 'num negative' : 'num'}>{formatYuan(fen)}</span>
}

/** A failure: what happened, what was kept, what to do, and a way on. */
export function ErrorNotice(props: { error: ShownError; onRetry?: () => void }) {
  const t = useT()
  return (
    <div className="notice" role="alert">
      {failureWords(t, props.error)}{' '}
      {props.onRetry ? (
        <Button size="small" onClick={props.onRetry}>
          {t('common:retry')}
        </Button>
      ) : null}
    </div>
  )
}

/** Nothing here yet, and the one thing to do about it. */
export function EmptyState(props: { text: string; action?: ReactNode }) {
  return (
    <div className="empty">
      <p>{props.text}</p>
      {props.action}
    </div>
  )
}

/** Facts as label and value. */
export function Facts(props: { items: readonly { label: string; value: ReactNode }[] }) {
  return (
    <dl className="facts">
      {props.items.map((item) => (
        <FactRow key={item.label} label={item.label} value={item.value} />
      ))}
    </dl>
  )
}

function FactRow(props: { label: string; value: ReactNode }) {
  const t = useT()
  return (
    <>
      <dt>{props.label}</dt>
      <dd>
        {props.value === '' || props.value === null ? <span className="muted">{t('common:none')}</span> : props.value}
      </dd>
    </>
  )
}
