import { useCallback, useEffect, useRef, type PointerEvent as ReactPointerEvent } from 'react'
import type { DealRow } from '#shared/modules/deals/deals.schema.ts'
import type { OpenStage } from '#shared/modules/deals/deals.stages.schema.ts'
import type { BoardTarget } from './board-rules.ts'

/** A press becomes a drag once the pointer has gone so far. */
const SLACK = 6

interface DragOptions {
  readonly enabled: boolean
  readonly cardAt: (stage: OpenStage, index: number) => DealRow | null
  readonly onHold: (deal: DealRow, target: BoardTarget) => void
  readonly onDrop: (deal: DealRow, target: BoardTarget) => void
  readonly onCancel: () => void
  readonly onTap: (stage: OpenStage, index: number) => void
  /** The name of a card was clicked. */
  readonly onName: (deal: DealRow) => void
}

/**
 * Drawing cards with the pointer. While one is drawn only its shadow moves, by a transform; the board is told when the
 * column beneath changes.
 */
export function useCardDrag(options: DragOptions) {
  const latest = useRef(options)
  latest.current = options
  const ghost = useRef<HTMLDivElement>(null)
  const end = useRef<(() => void) | null>(null)
  useEffect(() => () => end.current?.(), [])

  const onPointer = useCallback((event: ReactPointerEvent, stage: OpenStage) => {
    const element = (event.target as Element).closest<HTMLElement>('[data-index]')
    if (!element || event.button !== 0) return
    const index = Number(element.dataset['index'])
    const { enabled, cardAt, onTap } = latest.current
    onTap(stage, index)
    const deal = cardAt(stage, index)
    // A finger scrolls; a card is drawn with mouse or pen.
    if (!deal) return
    const named = (event.target as Element).closest('.deal-card-name') !== null
    const still = !enabled || event.pointerType === 'touch'
    const [x, y] = [event.clientX, event.clientY]
    let target: BoardTarget | null = null

    const over = (at: PointerEvent): BoardTarget => {
      const found = document.elementFromPoint(at.clientX, at.clientY)?.closest<HTMLElement>('[data-stage]')
      return (found?.dataset['stage'] as BoardTarget | undefined) ?? (deal.stage as BoardTarget)
    }
    const move = (at: PointerEvent) => {
      if (still || (target === null && Math.hypot(at.clientX - x, at.clientY - y) < SLACK)) return
      at.preventDefault()
      const next = over(at)
      if (next !== target) {
        target = next
        latest.current.onHold(deal, next)
      }
      const shadow = ghost.current
      if (!shadow) return
      shadow.hidden = false
      shadow.style.transform = `translate(${at.clientX + 10}px, ${at.clientY + 8}px)`
    }
    const stop = () => {
      window.removeEventListener('pointermove', move)
      window.removeEventListener('pointerup', drop)
      window.removeEventListener('pointercancel', cancel)
      window.removeEventListener('keydown', escape, true)
      if (ghost.current) ghost.current.hidden = true
      document.body.classList.remove('dragging')
      end.current = null
    }
    const drop = () => {
      stop()
      if (target !== null) latest.current.onDrop(deal, target)
      else if (named) latest.current.onName(deal)
    }
    const cancel = () => {
      stop()
      if (target !== null) latest.current.onCancel()
    }
    const escape = (key: KeyboardEvent) => {
      if (key.key === 'Escape') cancel()
    }
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', drop)
    window.addEventListener('pointercancel', cancel)
    window.addEventListener('keydown', escape, true)
    document.body.classList.add('dragging')
    end.current = stop
  }, [])
  return { onPointer, ghost }
}
