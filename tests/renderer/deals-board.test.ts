import { describe, expect, it } from 'vitest'
import { mondays } from '#renderer/modules/deals/parts/movement-table.tsx'
import { boardStep, TARGETS } from '#renderer/modules/deals/parts/board-rules.ts'
import { asDay } from '#shared/kernel/dates.ts'

const at = { stage: 'proposal', index: 3, page: 5, held: null, writing: true } as const

describe('the keys of the board', () => {
  it.each([
    ['ArrowDown', { do: 'go', stage: 'proposal', index: 4 }],
    ['ArrowUp', { do: 'go', stage: 'proposal', index: 2 }],
    ['PageDown', { do: 'go', stage: 'proposal', index: 8 }],
    ['PageUp', { do: 'go', stage: 'proposal', index: -2 }],
    ['Home', { do: 'go', stage: 'proposal', index: 0 }],
    ['ArrowRight', { do: 'go', stage: 'negotiation', index: 3 }],
    ['ArrowLeft', { do: 'go', stage: 'qualified', index: 3 }],
    ['Enter', { do: 'open' }],
    ['m', { do: 'pickUp' }],
    ['x', null],
  ])('%s: %j', (key, step) => {
    expect(boardStep(key, at)).toEqual(step)
  })

  it('stop at the first and the last column', () => {
    expect(boardStep('ArrowLeft', { ...at, stage: 'open' })).toBeNull()
    expect(boardStep('ArrowRight', { ...at, stage: 'agreed' })).toBeNull()
  })

  it('pick nothing up for who may only read', () => {
    expect(boardStep('m', { ...at, writing: false })).toBeNull()
  })

  it('carry a card over every column to the two ends, put it down or back, and do nothing else meanwhile', () => {
    let held = 'open' as (typeof TARGETS)[number]
    const over: string[] = []
    for (let i = 0; i < TARGETS.length; i += 1) {
      const step = boardStep('ArrowRight', { ...at, held })
      if (step?.do === 'carry') held = step.target
      over.push(held)
    }
    expect(over).toEqual(['qualified', 'proposal', 'negotiation', 'agreed', 'won', 'lost', 'lost'])
    expect(boardStep('ArrowLeft', { ...at, held: 'open' })).toEqual({ do: 'carry', target: 'open' })
    expect(boardStep('Enter', { ...at, held })).toEqual({ do: 'putDown' })
    expect(boardStep('Escape', { ...at, held })).toEqual({ do: 'putBack' })
    expect(boardStep('ArrowDown', { ...at, held })).toBeNull()
    expect(boardStep('m', { ...at, held })).toBeNull()
  })
})

describe('the weeks of the movement', () => {
  it.each(['2026-05-18', '2026-05-20', '2026-05-24'])('end with the one of %s', (day) => {
    expect(mondays(asDay(day))).toEqual(['2026-04-27', '2026-05-04', '2026-05-11', '2026-05-18'])
  })
})
