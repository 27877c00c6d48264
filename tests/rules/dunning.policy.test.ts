import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MOST_LEVELS, swapLevels, withLevel, withoutLevel } from '#shared/modules/dunning/dunning.policy.rules.ts'
import { dunningPolicy, type DunningLevel } from '#shared/modules/dunning/dunning.policy.schema.ts'

const shipped = dunningPolicy.parse(JSON.parse(readFileSync('resources/templates/dunning-policy.json', 'utf8')))
const faults = (levels: readonly DunningLevel[]) =>
  dunningPolicy.safeParse({ ...shipped, levels }).error?.issues.map((issue) => issue.path.join('.')) ?? []
const keys = (levels: readonly DunningLevel[]) => levels.map(({ key }) => key)

describe('the levels of a policy', () => {
  it('grow by one behind any of them, and the policy still holds', () => {
    for (const at of shipped.levels.keys()) {
      const levels = withLevel(shipped.levels, at, 'new')
      expect(faults(levels), `behind level ${at + 1}`).toEqual([])
      expect(keys(levels).indexOf('new')).toBe(at + 1)
    }
  })
  it('do not grow beyond what a policy holds, nor shrink to nothing', () => {
    let { levels } = shipped
    for (let i = 0; i < MOST_LEVELS; i += 1) levels = withLevel(levels, levels.length - 1, `k${i}`)
    expect([levels.length, faults(levels)]).toEqual([MOST_LEVELS, []])
    const [one] = levels
    expect(withoutLevel([one!], 0)).toEqual([one])
    expect(keys(withoutLevel(levels, 1))).toEqual(keys(levels).toSpliced(1, 1))
  })
  it('change places while the days stay where they are', () => {
    const demands = shipped.levels.filter(({ kind }) => kind !== 'reminder')
    const swapped = swapLevels(demands, 0)
    expect(keys(swapped).slice(0, 2)).toEqual(keys(demands).slice(0, 2).toReversed())
    expect(swapped.map(({ days }) => days)).toEqual(demands.map(({ days }) => days))
    expect(faults(swapped)).toEqual([])
    expect(swapLevels(demands, demands.length - 1)).toEqual(demands)
  })
  it('come back when they are swapped twice', () => {
    fc.assert(
      fc.property(fc.nat(shipped.levels.length), (at) => {
        expect(swapLevels(swapLevels(shipped.levels, at), at)).toEqual(shipped.levels)
      }),
    )
  })
})
