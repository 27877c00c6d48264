import { useNavigate } from '@tanstack/react-router'
import { useCallback, useRef, useState, type KeyboardEvent } from 'react'
import { isAdvance } from '#shared/modules/deals/deals.rules.ts'
import type { DealRow } from '#shared/modules/deals/deals.schema.ts'
import { OPEN_STAGES, type OpenStage } from '#shared/modules/deals/deals.stages.schema.ts'
import { useBoardSums, type BoardQuery } from '#renderer/modules/deals/deals.queries.ts'
import { api, shownError } from '#renderer/rpc/api.ts'
import { useCommand } from '#renderer/rpc/queries.ts'
import { useCan } from '#renderer/rpc/session.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { ErrorNotice } from '#renderer/ui/parts.tsx'
import { CARD_HEIGHT } from './board-card.tsx'
import { BoardColumn, listId } from './board-column.tsx'
import { boardStep, TARGETS, type BoardTarget } from './board-rules.ts'
import { CloseCardDrawer } from './close-drawers.tsx'
import { MoveCardDrawer } from './move-drawer.tsx'
import { useCardDrag } from './use-card-drag.ts'

interface Held {
  readonly deal: DealRow
  readonly target: BoardTarget
}
const NONE = { count: 0, amount: 0, weighted: 0 }

/**
 * The open deals by stage. A card is drawn to another column with the pointer, or picked up with M, carried with the
 * arrow keys and put down with Enter; Escape puts it back. The two ends take what is won and what is lost.
 */
export function Board({ asked }: { asked: BoardQuery }) {
  const t = useT()
  const navigate = useNavigate()
  const notice = useNotice()
  const mayWrite = useCan('deals.write')
  const sums = useBoardSums(asked)
  const rows = useRef(new Map<OpenStage, readonly DealRow[]>())
  const [cursor, setCursor] = useState<{ stage: OpenStage; index: number }>({ stage: 'open', index: 0 })
  const [held, setHeld] = useState<Held | null>(null)
  const [asking, setAsking] = useState<{ id: string; target: BoardTarget } | null>(null)
  const [said, setSaid] = useState('')
  const move = useCommand((input: { id: string; version: number; stage: OpenStage }, options) =>
    api.deals.move({ ...input, facts: {} }, options),
  )

  const nameOf = (target: BoardTarget) => t(`deals:stage.${target}`)
  const openDeal = (deal: DealRow) => void navigate({ to: `/deals/${deal.id}` as never })

  /** Puts a card down: at once where nothing is missing, with what the stage asks for where something is. */
  const putDown = async (deal: DealRow, target: BoardTarget) => {
    setHeld(null)
    if (target === deal.stage) return setSaid(t('deals:board.back', { name: deal.name }))
    if (target === 'won' || target === 'lost') return setAsking({ id: deal.id, target })
    try {
      await move.run({ id: deal.id, version: deal.version, stage: target })
      const words = t('deals:move.done', { name: deal.name, stage: nameOf(target) })
      setSaid(words)
      notice.done(words)
    } catch (error) {
      if (shownError(error).code === 'DEAL_FACTS' && isAdvance(deal.stage, target)) setAsking({ id: deal.id, target })
      else notice.fail(error)
    }
  }

  const drag = useCardDrag({
    enabled: mayWrite,
    cardAt: (stage, index) => rows.current.get(stage)?.[index] ?? null,
    onHold: (deal, target) => setHeld({ deal, target }),
    onDrop: (deal, target) => void putDown(deal, target),
    onCancel: () => setHeld(null),
    onTap: (stage, index) => setCursor({ stage, index }),
    onName: openDeal,
  })

  const goTo = (stage: OpenStage, index: number) => {
    const count = rows.current.get(stage)?.length ?? 0
    const to = Math.max(0, Math.min(count - 1, index))
    setCursor({ stage, index: to })
    const list = document.getElementById(listId(stage))
    if (!list) return
    list.focus({ preventScroll: true })
    const top = to * CARD_HEIGHT
    if (top < list.scrollTop) list.scrollTop = top
    else if (top + CARD_HEIGHT > list.scrollTop + list.clientHeight) {
      list.scrollTop = top + CARD_HEIGHT - list.clientHeight
    }
  }

  const keys = useRef<(event: KeyboardEvent, stage: OpenStage) => void>(() => undefined)
  keys.current = (event, stage) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const index = cursor.stage === stage ? cursor.index : 0
    const deal = rows.current.get(stage)?.[index]
    const page = Math.max(1, Math.floor((event.currentTarget.clientHeight || CARD_HEIGHT) / CARD_HEIGHT) - 1)
    const step = boardStep(event.key, { stage, index, page, held: held?.target ?? null, writing: mayWrite })
    if (step === null) return
    event.preventDefault()
    switch (step.do) {
      case 'go':
        return goTo(step.stage, step.index)
      case 'open':
        return deal ? openDeal(deal) : undefined
      case 'pickUp':
        if (!deal) return
        setHeld({ deal, target: stage })
        return setSaid(t('deals:board.picked', { name: deal.name, stage: nameOf(stage) }))
      case 'carry':
        if (!held) return
        setHeld({ ...held, target: step.target })
        return setSaid(t('deals:board.over', { name: held.deal.name, stage: nameOf(step.target) }))
      case 'putDown':
        return held ? void putDown(held.deal, held.target) : undefined
      case 'putBack':
        if (!held) return
        setHeld(null)
        return setSaid(t('deals:board.back', { name: held.deal.name }))
    }
  }
  const onKey = useCallback((event: KeyboardEvent, stage: OpenStage) => keys.current(event, stage), [])
  const onRows = useCallback((stage: OpenStage, found: readonly DealRow[]) => void rows.current.set(stage, found), [])
  const opened = useRef<(stage: OpenStage, index: number) => void>(() => undefined)
  opened.current = (stage, index) => {
    const deal = rows.current.get(stage)?.[index]
    if (deal) openDeal(deal)
  }
  const onOpen = useCallback((stage: OpenStage, index: number) => opened.current(stage, index), [])
  const onFocus = useCallback(
    (stage: OpenStage) => setCursor((old) => (old.stage === stage ? old : { stage, index: 0 })),
    [],
  )

  if (sums.shownError) return <ErrorNotice error={sums.shownError} onRetry={() => void sums.refetch()} />
  return (
    <>
      <div className="board">
        {OPEN_STAGES.map((stage) => (
          <BoardColumn
            key={stage}
            stage={stage}
            asked={asked}
            sums={sums.data?.find((column) => column.stage === stage) ?? NONE}
            cursor={cursor.stage === stage ? cursor.index : 0}
            active={cursor.stage === stage}
            target={held?.target === stage}
            heldId={held?.deal.id ?? null}
            onRows={onRows}
            onKey={onKey}
            onPointer={drag.onPointer}
            onOpen={onOpen}
            onFocus={onFocus}
          />
        ))}
        {mayWrite ? (
          <div className="board-ends" aria-hidden>
            {TARGETS.slice(OPEN_STAGES.length).map((target) => (
              <div
                key={target}
                data-stage={target}
                className={`board-end ${target}${held?.target === target ? ' target' : ''}`}
              >
                {nameOf(target)}
              </div>
            ))}
          </div>
        ) : null}
      </div>
      <p id="deals-board-keys" className="board-keys muted">
        {t(mayWrite ? 'deals:board.keys' : 'deals:board.keysRead')}
      </p>
      <div className="visually-hidden" role="status" aria-live="assertive">
        {said}
      </div>
      <div ref={drag.ghost} className="deal-ghost" hidden>
        {held?.deal.name}
      </div>
      {asking && asking.target !== 'won' && asking.target !== 'lost' ? (
        <MoveCardDrawer id={asking.id} target={asking.target} onClose={() => setAsking(null)} />
      ) : null}
      {asking && (asking.target === 'won' || asking.target === 'lost') ? (
        <CloseCardDrawer id={asking.id} how={asking.target} onClose={() => setAsking(null)} />
      ) : null}
    </>
  )
}
