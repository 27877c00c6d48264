import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asMonth } from '#shared/kernel/dates.ts'
import { USUAL_CURVE } from '#shared/modules/performance/performance.curves.rules.ts'
import { withCycle } from '#shared/modules/performance/performance.cycle.rules.ts'
import { correctedSheet } from '#shared/modules/performance/performance.corrections.rules.ts'
import { cappedExtra, withExtra } from '#shared/modules/performance/performance.extra.rules.ts'
import { extraFields, MOST_EXTRA, NO_EXTRA } from '#shared/modules/performance/performance.extra.schema.ts'
import { ranked, scoreAll } from '#shared/modules/performance/performance.rules.ts'
import type { MonthSheet } from '#shared/modules/performance/performance.schema.ts'
import { schemeBody } from '#shared/modules/performance/performance.schemes.schema.ts'

const MAY = asMonth('2026-05')
const CAPS = { mostUp: 500, mostDown: 300 }
const GRADES = [
  { name: 'A', from: 9_000, coefficient: 12_000 },
  { name: 'B', from: 0, coefficient: 10_000 },
]
/** A month of people who made so many of ten visits; 'veto' where those had to be made. */
function sheetOf(visits: Readonly<Record<string, number>>, veto = false): MonthSheet {
  const curve = veto ? ({ kind: 'veto' } as const) : USUAL_CURVE
  const item = { indicator: 'visits' as const, weight: 10_000, target: 10, curve, param: null }
  const people = Object.entries(visits).map(([userId, rows]) => ({
    userId,
    userName: userId,
    teamName: null,
    schemeName: '',
    ...scoreAll([item], GRADES, () => ({ actual: rows, part: 0, whole: 0, rows })),
  }))
  return { month: MAY, locked: false, lockedAt: null, people: ranked(people) }
}
const entry = (points: number) => ({ id: String(points), points, reason: '带教新人', evidence: '', byName: '李主管' })
const given = (some: Readonly<Record<string, number[]>>) =>
  new Map(Object.entries(some).map(([userId, points]) => [userId, points.map(entry)]))
const of = (sheet: MonthSheet, userId: string) => sheet.people.find((person) => person.userId === userId)!

describe('what counts of points given and taken', () => {
  it.each([
    [[], 0],
    // Below, at and above the cap of what may be given.
    [[499], 499],
    [[500], 500],
    [[501], 500],
    [[300, 200], 500],
    [[300, 300], 500],
    // Below, at and above the cap of what may be taken.
    [[-299], -299],
    [[-300], -300],
    [[-301], -300],
    [[-200, -200], -300],
    // Each is held by itself: what was taken comes off what counts of what was given.
    [[900, -100], 400],
    [[900, -900], 200],
    [[100, -900], -200],
  ])('%j within 5 up and 3 down: %i', (points, wanted) => {
    expect(cappedExtra(points.map(entry), CAPS)).toBe(wanted)
    expect(cappedExtra(points.map(entry), NO_EXTRA)).toBe(0)
  })

  it('lies between the caps, and more given never counts less', () => {
    const points = fc.integer({ min: -MOST_EXTRA, max: MOST_EXTRA })
    const cap = fc.integer({ min: 0, max: MOST_EXTRA })
    fc.assert(
      fc.property(fc.array(points, { maxLength: 8 }), cap, cap, fc.nat(500), (some, mostUp, mostDown, more) => {
        const caps = { mostUp, mostDown }
        const found = cappedExtra(some.map(entry), caps)
        expect(found).toBeGreaterThanOrEqual(-mostDown)
        expect(found).toBeLessThanOrEqual(mostUp)
        expect(cappedExtra([...some, more].map(entry), caps)).toBeGreaterThanOrEqual(found)
      }),
      { numRuns: 300 },
    )
  })
})

describe('a month with points beside the indicators', () => {
  it('moves total, grade and rank, before calibration and within the caps', () => {
    const after = withExtra(sheetOf({ ann: 8, bob: 9 }), given({ ann: [400, 400], bob: [-100] }), () => CAPS)
    expect(of(after, 'ann')).toMatchObject({ total: 8_500, grade: 'B', rank: 2, extra: { points: 500, ...CAPS } })
    expect(of(after, 'bob')).toMatchObject({ total: 8_900, grade: 'B', rank: 1, extra: { points: -100 } })
    const facts = {
      calibrations: new Map([['ann', { points: 500, reason: '展会', byName: '周总' }]]),
      confirmations: new Map(),
      appeals: [],
    }
    expect(of(withCycle(after, facts), 'ann')).toMatchObject({ total: 9_000, grade: 'A', rank: 1 })
    const nobody = sheetOf({ ann: 8 })
    expect(withExtra(nobody, new Map(), () => CAPS)).toBe(nobody)
  })

  it('never falls below nothing, and a veto stands', () => {
    expect(
      of(
        withExtra(sheetOf({ ann: 0 }), given({ ann: [-300] }), () => CAPS),
        'ann',
      ).total,
    ).toBe(0)
    expect(
      of(
        withExtra(sheetOf({ ann: 9 }, true), given({ ann: [500] }), () => CAPS),
        'ann',
      ).total,
    ).toBe(0)
  })

  it('keeps them where a figure is corrected after the lock', () => {
    const locked = withExtra(sheetOf({ ann: 8 }), given({ ann: [250] }), () => CAPS)
    const correction = {
      month: MAY,
      userId: 'ann',
      indicator: 'visits' as const,
      value: 7,
      reason: '漏记',
      evidence: '',
      askedByName: '李主管',
      decidedByName: '周总',
      decidedDay: '2026-06-12',
    }
    expect(of(correctedSheet(locked, [correction]), 'ann')).toMatchObject({ total: 7_250, asLocked: { total: 8_250 } })
  })
})

describe('the caps of a scheme', () => {
  it('are nought in an edition from before there were any, and twenty points at most', () => {
    const items = [{ indicator: 'visits', weight: 10_000, target: 10, curve: USUAL_CURVE, param: null }]
    const body = { name: '业务员方案', roles: ['sales'], teamIds: [], items, grades: [] }
    expect(schemeBody.parse(body).extra).toEqual(NO_EXTRA)
    const parsed = (extra: object) => schemeBody.safeParse({ ...body, extra }).success
    expect(parsed({ mostUp: MOST_EXTRA, mostDown: 0 })).toBe(true)
    expect(parsed({ mostUp: MOST_EXTRA + 1, mostDown: 0 })).toBe(false)
    expect(parsed({ mostUp: 0, mostDown: -1 })).toBe(false)
    const fields = { month: MAY, userId: '019a0000-0000-7000-8000-000000000001', reason: '展会', evidence: '' }
    expect(extraFields.safeParse({ ...fields, points: 0 }).success).toBe(false)
  })
})
