import { DEAL_STAGES, OPEN_STAGES, type DealStage, type OpenStage } from '#shared/modules/deals/deals.stages.schema.ts'

/** Where a card may be put down: the columns, then the two ends. */
export const TARGETS = DEAL_STAGES
export type BoardTarget = DealStage

export type BoardStep =
  | { readonly do: 'go'; readonly stage: OpenStage; readonly index: number }
  | { readonly do: 'carry'; readonly target: BoardTarget }
  | { readonly do: 'open' | 'pickUp' | 'putDown' | 'putBack' }

/** What a key does on the board; null where it does nothing there. */
export function boardStep(
  key: string,
  at: {
    readonly stage: OpenStage
    readonly index: number
    /** Cards of one page. */
    readonly page: number
    /** Over what a card is held, if one is. */
    readonly held: BoardTarget | null
    readonly writing: boolean
  },
): BoardStep | null {
  if (at.held !== null) {
    const place = TARGETS.indexOf(at.held)
    const to = key === 'ArrowRight' ? place + 1 : key === 'ArrowLeft' ? place - 1 : null
    if (to !== null) return { do: 'carry', target: TARGETS[Math.max(0, Math.min(TARGETS.length - 1, to))] ?? at.held }
    if (key === 'Enter' || key === ' ') return { do: 'putDown' }
    if (key === 'Escape') return { do: 'putBack' }
    return null
  }
  const place = OPEN_STAGES.indexOf(at.stage)
  const beside = (by: number): BoardStep | null => {
    const stage = OPEN_STAGES[place + by]
    return stage === undefined ? null : { do: 'go', stage, index: at.index }
  }
  const down = (index: number): BoardStep => ({ do: 'go', stage: at.stage, index })
  switch (key) {
    case 'ArrowDown':
      return down(at.index + 1)
    case 'ArrowUp':
      return down(at.index - 1)
    case 'PageDown':
      return down(at.index + at.page)
    case 'PageUp':
      return down(at.index - at.page)
    case 'Home':
      return down(0)
    case 'End':
      return down(Number.MAX_SAFE_INTEGER)
    case 'ArrowRight':
      return beside(1)
    case 'ArrowLeft':
      return beside(-1)
    case 'Enter':
      return { do: 'open' }
    case 'm':
    case 'M':
      return at.writing ? { do: 'pickUp' } : null
    default:
      return null
  }
}
