import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, asDay } from '#shared/kernel/dates.ts'
import { customerFields, STAGES } from '#shared/modules/customers/customers.schema.ts'
import { deletionDay, scoreOf } from '#shared/modules/customers/customers.screening.rules.ts'
import { CRITERIA, DEFAULT_SCREENING, screening } from '#shared/modules/customers/customers.screening.schema.ts'

const TODAY = asDay('2026-05-18')
const file = (over: object = {}) => customerFields.parse({ name: '重庆川力', source: 'web', ...over })

describe('the score', () => {
  it('tells for each criterion whether it is met, and adds up to a hundred', () => {
    const good = file({
      uscc: '91350100M000100Y43',
      size: 'medium',
      kind: 'manufacturer',
      needs: '轴承',
      contacts: [{ name: '王强', mobile: '13800138000', decisionRole: 'decides' }],
    })
    expect(scoreOf(good, DEFAULT_SCREENING.criteria).score).toBe(100)
    const half = scoreOf(file({ needs: '轴承', kind: 'dealer' }), DEFAULT_SCREENING.criteria)
    expect(half.score).toBe(25)
    expect(half.reasons.filter((one) => one.met).map((one) => one.key)).toEqual(['needs'])
    expect(scoreOf(good, [])).toEqual({ score: 0, reasons: [] })
  })

  it('of a region or an industry asks for those that are wanted', () => {
    const criteria = [{ key: 'region' as const, points: 5, wanted: ['重庆', '四川'] }]
    expect(scoreOf(file({ region: '重庆市' }), criteria).score).toBe(100)
    expect(scoreOf(file({ region: '昆明' }), criteria).score).toBe(0)
    expect(scoreOf(file({ region: '昆明' }), [{ ...criteria[0]!, wanted: [] }]).score).toBe(100)
  })

  it('lies between nothing and a hundred, and grows with each fact', () => {
    const points = fc.integer({ min: 1, max: 100 })
    fc.assert(
      fc.property(fc.subarray([...CRITERIA]), fc.array(points, { minLength: 10, maxLength: 10 }), (keys, weights) => {
        const criteria = keys.map((key, i) => ({ key, points: weights[i] ?? 1, wanted: [] }))
        const less = scoreOf(file(), criteria).score
        const more = scoreOf(
          file({ needs: '轴承', industry: '农机', region: '重庆', phone: '023-68886666' }),
          criteria,
        ).score
        expect(less).toBeGreaterThanOrEqual(0)
        expect(more).toBeGreaterThanOrEqual(less)
        expect(more).toBeLessThanOrEqual(100)
      }),
    )
  })

  it('takes no criterion twice', () => {
    const twice = [DEFAULT_SCREENING.criteria[0], DEFAULT_SCREENING.criteria[0]]
    expect(screening.safeParse({ ...DEFAULT_SCREENING, criteria: twice }).success).toBe(false)
  })
})

describe('the day of deletion', () => {
  it('is set when a file is rejected, stays while it is, and goes when it is taken up again', () => {
    const day = deletionDay('rejected', null, TODAY, 180)
    expect(day).toBe('2026-11-14')
    expect(deletionDay('rejected', { stage: 'rejected', deleteDay: day }, addDays(TODAY, 30), 10)).toBe(day)
    expect(deletionDay('prospect', { stage: 'rejected', deleteDay: day }, TODAY, 180)).toBeNull()
    for (const stage of STAGES) {
      expect(deletionDay(stage, null, TODAY, 1) === null).toBe(stage !== 'rejected')
    }
  })
})
