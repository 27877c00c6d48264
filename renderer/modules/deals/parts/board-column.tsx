import { Spin } from 'antd'
import { memo, useEffect, useMemo, useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { formatYuan } from '#shared/kernel/money.ts'
import type { DealRow } from '#shared/modules/deals/deals.schema.ts'
import type { OpenStage } from '#shared/modules/deals/deals.stages.schema.ts'
import { useColumn, type BoardQuery } from '#renderer/modules/deals/deals.queries.ts'
import { useWindow } from '#renderer/ui/grid-rows.tsx'
import { useT } from '#renderer/ui/i18n.ts'
import { ErrorNotice } from '#renderer/ui/parts.tsx'
import { BoardCard, CARD_HEIGHT } from './board-card.tsx'
import { shortYuan } from './short-yuan.ts'

export interface ColumnSums {
  readonly count: number
  readonly amount: number
  readonly weighted: number
}

interface ColumnProps {
  readonly stage: OpenStage
  readonly asked: BoardQuery
  readonly sums: ColumnSums
  /** The card at hand in this column. */
  readonly cursor: number
  readonly active: boolean
  /** A card is held over this column. */
  readonly target: boolean
  readonly heldId: string | null
  readonly onRows: (stage: OpenStage, rows: readonly DealRow[]) => void
  readonly onKey: (event: KeyboardEvent, stage: OpenStage) => void
  readonly onPointer: (event: PointerEvent, stage: OpenStage) => void
  readonly onOpen: (stage: OpenStage, index: number) => void
  readonly onFocus: (stage: OpenStage) => void
}

/** Where the cards of a column begin to be asked for before the end is reached. */
const NEAR = 40

/** The element that a column's cards are scrolled in. */
export const listId = (stage: string) => `deals-${stage}`
export const cardId = (stage: string, index: number) => `deals-${stage}-${index}`

function PlainColumn(props: ColumnProps) {
  const t = useT()
  const { stage, sums, onRows } = props
  const scroller = useRef<HTMLDivElement>(null)
  const list = useColumn(stage, props.asked)
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data])
  useEffect(() => onRows(stage, rows), [onRows, stage, rows])
  const shown = useWindow(scroller, rows.length, CARD_HEIGHT)
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = list
  useEffect(() => {
    const near = shown.last >= rows.length - NEAR
    if (near && hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage()
  }, [shown.last, rows.length, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage])

  const name = t(`deals:stage.${stage}`)
  const visible = rows.slice(shown.first, shown.last)
  const inSight = props.cursor >= shown.first && props.cursor < shown.last && rows.length > props.cursor
  return (
    <section
      className={`board-column${props.target ? ' target' : ''}`}
      data-stage={stage}
      aria-label={t('deals:board.column', { stage: name, count: sums.count, amount: formatYuan(sums.amount) })}
    >
      <header className="board-head">
        <h2>{name}</h2>
        <span className="board-count">{sums.count}</span>
        <b className="num" title={t('deals:board.weighted', { amount: formatYuan(sums.weighted) })}>
          {shortYuan(sums.amount)}
        </b>
      </header>
      {list.shownError ? <ErrorNotice error={list.shownError} onRetry={() => void list.refetch()} /> : null}
      <div
        ref={scroller}
        id={listId(stage)}
        className="board-cards"
        role="listbox"
        tabIndex={0}
        aria-label={t('deals:board.list', { stage: name })}
        aria-describedby="deals-board-keys"
        aria-activedescendant={props.active && inSight ? cardId(stage, props.cursor) : undefined}
        onKeyDown={(event) => props.onKey(event, stage)}
        onFocus={() => props.onFocus(stage)}
        onPointerDown={(event) => props.onPointer(event, stage)}
        onDoubleClick={(event) => {
          const index = (event.target as Element).closest<HTMLElement>('[data-index]')?.dataset['index']
          if (index !== undefined) props.onOpen(stage, Number(index))
        }}
      >
        <div role="presentation" style={{ height: shown.before }} />
        {visible.map((deal, at) => (
          <BoardCard
            key={deal.id}
            id={cardId(stage, shown.first + at)}
            deal={deal}
            index={shown.first + at}
            total={sums.count}
            cursor={props.active && shown.first + at === props.cursor}
            held={props.heldId === deal.id}
          />
        ))}
        <div role="presentation" style={{ height: shown.after }} />
        {rows.length === 0 && list.isSuccess ? (
          <div role="option" aria-selected={false} aria-disabled className="board-empty muted">
            {t('deals:board.none')}
          </div>
        ) : null}
      </div>
      {list.isFetchingNextPage || list.isPending ? <Spin className="grid-spin" size="small" /> : null}
    </section>
  )
}

/** A stage as a column: its count and sums over all of it, its cards by expected day as far as one has scrolled. */
export const BoardColumn = memo(PlainColumn)
