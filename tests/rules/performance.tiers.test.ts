import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeTranslator } from '#shared/i18n/translate.ts'
import {
  needsTarget,
  rateBy,
  tierFigures,
  tiersInOrder,
  type TiersCurve,
} from '#shared/modules/performance/performance.curves.rules.ts'
import { schemeItem } from '#shared/modules/performance/performance.schemes.schema.ts'
import { curveText, tiersText } from '#shared/modules/performance/performance.words.ts'

const MORE: TiersCurve = { kind: 'tiers', floorAt: 8_000, floorGives: 6_000, stretchAt: 12_000, stretchGives: 15_000 }
const LESS: TiersCurve = { ...MORE, floorAt: 12_000, stretchAt: 8_000 }

describe('three tiers of a target', () => {
  it.each([
    // Below, at and above the floor of 800 of 1,000.
    ['more', 1_000, -5, 0],
    ['more', 1_000, 0, 0],
    ['more', 1_000, 799, 0],
    ['more', 1_000, 800, 6_000],
    ['more', 1_000, 801, 6_020],
    ['more', 1_000, 900, 8_000],
    // At the target and at either side of it.
    ['more', 1_000, 999, 9_980],
    ['more', 1_000, 1_000, 10_000],
    ['more', 1_000, 1_001, 10_025],
    // Below, at and above the stretch.
    ['more', 1_000, 1_199, 14_975],
    ['more', 1_000, 1_200, 15_000],
    ['more', 1_000, 9_999, 15_000],
    // Nothing to divide by.
    ['more', 0, 5, 0],
    ['less', 1_000, 1_201, 0],
    ['less', 1_000, 1_200, 6_000],
    ['less', 1_000, 1_199, 6_020],
    ['less', 1_000, 1_001, 9_980],
    ['less', 1_000, 1_000, 10_000],
    ['less', 1_000, 999, 10_025],
    ['less', 1_000, 801, 14_975],
    ['less', 1_000, 800, 15_000],
    ['less', 1_000, 799, 15_000],
    ['less', 1_000, -5, 15_000],
    // A target of nothing is reached or it is not.
    ['less', 0, 0, 10_000],
    ['less', 0, 1, 0],
  ] as const)('%s is better, target %i, actual %i: %i basis points', (better, target, actual, wanted) => {
    expect(rateBy(better === 'more' ? MORE : LESS, better, target, actual)).toBe(wanted)
  })

  it.each([
    ['more', MORE, 1_000, 800, 1_200],
    // What reaches a share of few cases is a whole case.
    ['more', MORE, 1, 1, 2],
    ['more', MORE, 3, 3, 4],
    ['more', MORE, 0, 0, 0],
    ['less', LESS, 1_000, 1_200, 800],
    ['less', LESS, 3, 3, 2],
  ] as const)('%s is better: floor and stretch of a target as figures', (better, curve, target, floor, stretch) => {
    expect(tierFigures(curve, better, target)).toEqual({ floor, stretch })
  })

  it('are refused where floor, target and stretch are not in this order', () => {
    const item = (indicator: string, curve: TiersCurve) =>
      schemeItem
        .safeParse({ indicator, weight: 5_000, target: 10, curve, param: null })
        .error?.issues.map((issue) => `${issue.path.join('.')} ${issue.message.split('.').at(-1)}`) ?? []
    expect(item('visits', MORE)).toEqual([])
    expect(item('overdueBalance', LESS)).toEqual([])
    expect(item('visits', LESS)).toEqual(['curve.floorAt tiers'])
    expect(item('overdueBalance', MORE)).toEqual(['curve.floorAt tiersLess'])
    for (const over of [{ floorAt: 10_000 }, { stretchAt: 10_000 }, { floorAt: 10_001 }, { stretchAt: 9_999 }]) {
      expect(tiersInOrder({ ...MORE, ...over }, 'more')).toBe(false)
      expect(item('visits', { ...MORE, ...over })).toEqual(['curve.floorAt tiers'])
    }
    expect(item('visits', { ...MORE, stretchGives: 9_999 })).toEqual(['curve.stretchGives tiers'])
    expect(item('visits', { ...MORE, floorGives: 10_001 })).toEqual(['curve.floorGives validation:tooLarge'])
  })

  it('are told as a rule and as figures; other curves have none', () => {
    const t = makeTranslator('zh-CN')
    expect(curveText(MORE, 'visits', t)).toContain('保底为目标的 80%（计 60%）')
    expect(tiersText(MORE, 'contractAmount', 100_000_00, t)).toBe('保底 80,000.00 · 挑战 120,000.00')
    expect(tiersText({ kind: 'veto' }, 'visits', 10, t)).toBeNull()
    expect(needsTarget(MORE)).toBe(true)
  })

  it('give nothing, or what lies between floor and stretch, and never less for a better actual', () => {
    const curve = fc.record({
      kind: fc.constant('tiers' as const),
      floorAt: fc.integer({ min: 0, max: 9_999 }),
      floorGives: fc.integer({ min: 0, max: 10_000 }),
      stretchAt: fc.integer({ min: 10_001, max: 20_000 }),
      stretchGives: fc.integer({ min: 10_000, max: 30_000 }),
    })
    const actual = fc.integer({ min: -1_000_000, max: 3_000_000 })
    fc.assert(
      fc.property(
        curve,
        fc.constantFrom('more' as const, 'less' as const),
        fc.integer({ min: 1, max: 1_000_000 }),
        actual,
        actual,
        (made, better, target, a, b) => {
          const mirrored = { ...made, floorAt: 20_000 - made.floorAt, stretchAt: 20_000 - made.stretchAt }
          const by = better === 'more' ? made : mirrored
          const value = rateBy(by, better, target, a)
          expect(value === 0 || (value >= by.floorGives && value <= by.stretchGives)).toBe(true)
          expect(rateBy(by, better, target, target)).toBe(10_000)
          const { floor, stretch } = tierFigures(by, better, target)
          expect(rateBy(by, better, target, floor)).toBeGreaterThanOrEqual(by.floorGives)
          expect(rateBy(by, better, target, stretch)).toBe(by.stretchGives)
          const [worse, best] = better === 'more' ? [Math.min(a, b), Math.max(a, b)] : [Math.max(a, b), Math.min(a, b)]
          expect(rateBy(by, better, target, best)).toBeGreaterThanOrEqual(rateBy(by, better, target, worse))
        },
      ),
      { numRuns: 500 },
    )
  })
})
