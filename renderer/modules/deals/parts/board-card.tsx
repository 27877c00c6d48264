import { memo } from 'react'
import type { DealRow } from '#shared/modules/deals/deals.schema.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { shortYuan } from './short-yuan.ts'

/** Every card is as high as the next, so that a column of thousands is scrolled by counting. */
export const CARD_HEIGHT = 104

interface CardProps {
  readonly id: string
  readonly deal: DealRow
  readonly index: number
  readonly total: number
  readonly cursor: boolean
  readonly held: boolean
}

function PlainCard({ id, deal, index, total, cursor, held }: CardProps) {
  const t = useT()
  const days = t('deals:card.days', { count: deal.daysInStage })
  const due = deal.overdue ? t('deals:card.overdue', { day: deal.expectedDay.slice(5) }) : deal.expectedDay
  const next = deal.nextStep === '' ? t('deals:card.noStep') : deal.nextStep
  return (
    <div
      id={id}
      role="option"
      aria-selected={cursor}
      aria-setsize={total}
      aria-posinset={index + 1}
      data-index={index}
      className={`deal-card${cursor ? ' cursor' : ''}${held ? ' held' : ''}`}
    >
      <div className="deal-card-body">
        <span className="deal-card-name">{deal.name}</span>
        <span className="deal-card-line muted">{deal.customerName}</span>
        <span className="deal-card-pair">
          <b className="num">{shortYuan(deal.amount)}</b>
          <span className={deal.overdue ? 'tag danger' : 'muted'}>{due}</span>
        </span>
        <span className="deal-card-pair muted">
          <span className="deal-card-line">{next}</span>
          <span>{`${deal.ownerName} · ${days}`}</span>
        </span>
      </div>
    </div>
  )
}

/** A deal on the board; drawn again only when something about it changed. */
export const BoardCard = memo(PlainCard)
