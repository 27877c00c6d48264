import { Link } from '@tanstack/react-router'
import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import { formatMoment } from '#shared/i18n/formatters.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import type { CreditView } from '#shared/modules/credit/credit.schema.ts'
import { SEAT_ZONE } from '#renderer/modules/customers/customers.queries.ts'
import { useCredit } from '#renderer/modules/credit/credit.queries.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice, Facts, Panel } from '#renderer/ui/parts.tsx'
import { HoldDrawer, LimitDrawer, RegistrationDrawer } from './credit-drawers.tsx'
import { CreditTag } from './credit-tags.tsx'

type Opened = 'limit' | 'hold' | 'register'

/** What a customer is trusted with, on his card and on his credit page. */
export function CreditPanel({ customerId, link }: { customerId: string; link: boolean }) {
  const t = useT()
  const may = { read: useCan('credit.read'), set: useCan('credit.set') }
  return may.read ? <Shown customerId={customerId} link={link} may={may.set} title={t('credit:title')} /> : null
}

function Shown(props: { customerId: string; link: boolean; may: boolean; title: string }) {
  const t = useT()
  const notice = useNotice()
  const { customerId } = props
  const found = useCredit(customerId)
  const [open, setOpen] = useState<Opened | null>(null)
  const card = found.data ?? null
  const close = () => setOpen(null)
  const score = () => notice.tell(() => api.credit.score({ customerId: customerId as never }), t('credit:scored'))
  const choose = (key: string) => (key === 'score' ? void score() : setOpen(key as Opened))
  const drawer = { customerId, card, onClose: close }
  return (
    <Panel
      title={props.title}
      extra={
        <>
          {card ? <CreditTag state={card.state} /> : null}
          {props.may && found.isSuccess ? (
            <>
              <Dropdown
                trigger={['click']}
                menu={{
                  items: [
                    { key: 'score', label: t('credit:scoreAgain') },
                    { key: 'register', label: t('credit:register.title') },
                    {
                      key: 'hold',
                      label: t(card?.hold ? 'credit:lift.title' : 'credit:hold.title'),
                      danger: !card?.hold,
                    },
                  ],
                  onClick: ({ key }) => choose(key),
                }}
              >
                <Button size="small" aria-label={t('credit:steps')}>
                  {t('contracts:page.more')}
                </Button>
              </Dropdown>
              <Button size="small" onClick={() => setOpen('limit')}>
                {t('credit:limit.title')}
              </Button>
            </>
          ) : null}
        </>
      }
    >
      {found.shownError ? <ErrorNotice error={found.shownError} /> : null}
      {found.isSuccess && card === null ? <p className="muted">{t('credit:none')}</p> : null}
      {card ? <CardFacts card={card} /> : null}
      {card && props.link ? <Link to={`/credit/${customerId}` as never}>{t('credit:more')}</Link> : null}
      <LimitDrawer {...drawer} open={open === 'limit'} />
      <HoldDrawer {...drawer} open={open === 'hold'} />
      <RegistrationDrawer {...drawer} open={open === 'register'} />
    </Panel>
  )
}

function CardFacts({ card }: { card: CreditView }) {
  const t = useT()
  const head = (key: string) => t(`credit:columns.${key}`)
  return (
    <>
      {card.hold ? (
        <div className="notice attention">{t('receivables:credit.hold', { reason: card.holdReason })}</div>
      ) : null}
      {card.asked ? (
        <p className="muted">
          {t('credit:askedNote', { limit: formatYuan(card.asked.limit), name: card.asked.byName })}{' '}
          {card.asked.approvalId === null ? null : (
            <Link to={`/approvals/${card.asked.approvalId}` as never}>{t('contracts:submit.open')}</Link>
          )}
        </p>
      ) : null}
      <Facts
        items={[
          { label: head('grade'), value: card.grade === null ? '' : `${card.grade} · ${card.score}` },
          { label: head('limit'), value: card.limit === null ? '' : formatYuan(card.limit) },
          { label: head('exposure'), value: formatYuan(card.exposure) },
          {
            label: head('room'),
            value:
              card.room === null ? (
                ''
              ) : (
                <span className={card.room < 0 ? 'negative' : ''}>{formatYuan(card.room)}</span>
              ),
          },
          ...(card.overdue > 0
            ? [
                {
                  label: head('overdue'),
                  value: t('credit:overdue', { amount: formatYuan(card.overdue), days: card.maxDaysOverdue }),
                },
              ]
            : []),
          ...(card.days === null ? [] : [{ label: head('days'), value: card.days }]),
          ...(card.prepay === null ? [] : [{ label: t('credit:approval.prepay'), value: `${card.prepay / 100}%` }]),
          { label: head('validTo'), value: card.validTo ?? '' },
        ]}
      />
    </>
  )
}

/** How the score came about, point by point. */
export function ScoreTable({ card }: { card: CreditView }) {
  const t = useT()
  return (
    <Panel title={t('credit:score.title', { score: card.score })}>
      <table className="plain-table">
        <tbody>
          {card.reasons.map((one) => (
            <tr key={one.criterion}>
              <td>{t(one.reason.key, one.reason.params)}</td>
              <td className="num">{t('credit:score.of', { points: one.points, of: one.of })}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {card.proposed ? (
        <p className="muted">
          {t('credit:score.proposed', {
            grade: card.grade ?? '',
            limit: formatYuan(card.proposed.limit),
            days: card.proposed.days,
            prepay: `${card.proposed.prepay / 100}%`,
          })}
        </p>
      ) : null}
      {card.registrationDay === null ? null : (
        <p className="muted">
          {t(`receivables:credit.criteria.registration.${card.registration}`)} · {card.registrationDay}{' '}
          {card.registrationNote}
        </p>
      )}
    </Panel>
  )
}

/** What was set and released, by whom and why, the latest first. */
export function CreditHistory({ card }: { card: CreditView }) {
  const t = useT()
  const limitOf = (change: Record<string, unknown>) => {
    const limit = change['limit']
    return typeof limit === 'number' ? formatYuan(limit) : ''
  }
  return (
    <Panel title={t('credit:history')}>
      {card.history.length === 0 ? <p className="muted">{t('credit:noHistory')}</p> : null}
      <table className="plain-table">
        <tbody>
          {card.history.map((one) => (
            <tr key={one.id}>
              <td>{formatMoment(one.at, SEAT_ZONE)}</td>
              <td>{t(`credit:changes.${one.kind}`)}</td>
              <td className="num">
                {one.kind === 'limit' ? `${limitOf(one.before) || '–'} → ${limitOf(one.after)}` : ''}
              </td>
              <td>{one.reason}</td>
              <td>{one.byName}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
