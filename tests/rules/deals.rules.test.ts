import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  creditOf,
  daysInStage,
  distributeShares,
  erasedFacts,
  handedOver,
  isAdvance,
  missingFacts,
  requiredFacts,
  splitsOf,
  stageProbability,
  weightedAmount,
  WHOLE,
  withShare,
  type DealFactsOf,
} from '#shared/modules/deals/deals.rules.ts'
import {
  DEAL_FACTS,
  DEAL_STAGES,
  DEFAULT_DEAL_POLICY,
  OPEN_STAGES,
  type DealPolicy,
} from '#shared/modules/deals/deals.stages.schema.ts'

const TODAY = '2026-05-18'
const policy = DEFAULT_DEAL_POLICY
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

const nothing: DealFactsOf = {
  needs: ' ',
  decisionMaker: '',
  budget: null,
  amount: 0,
  expectedDay: '2026-05-17',
  nextStep: '',
  nextDay: null,
  quotations: 0,
  quotationSkip: '',
  noCompetitors: false,
  competitors: [],
  concerns: [{ status: 'open' }],
}
const everything: DealFactsOf = {
  needs: '两台替换',
  decisionMaker: '刘厂长',
  budget: 100,
  amount: 1,
  expectedDay: TODAY,
  nextStep: '送样',
  nextDay: TODAY,
  quotations: 1,
  quotationSkip: '',
  noCompetitors: true,
  competitors: [],
  concerns: [{ status: 'answered' }, { status: 'settled' }],
}

describe('what a stage asks for', () => {
  it.each([
    ['open', []],
    ['qualified', ['needs', 'decisionMaker']],
    ['proposal', ['needs', 'decisionMaker', 'amount', 'expectedDay']],
    ['negotiation', ['needs', 'decisionMaker', 'amount', 'expectedDay', 'quotation']],
    ['agreed', ['needs', 'decisionMaker', 'amount', 'expectedDay', 'quotation', 'competitors', 'concerns']],
    ['won', ['needs', 'decisionMaker', 'amount', 'quotation', 'competitors', 'concerns']],
    ['lost', []],
  ] as const)('%s: %j', (stage, facts) => {
    expect(missingFacts(nothing, stage, policy, TODAY)).toEqual(facts)
    expect(missingFacts(everything, stage, policy, TODAY)).toEqual([])
  })

  it('takes a reason in the place of a quotation, and a look in the place of a competitor', () => {
    const deal = { ...everything, quotations: 0, noCompetitors: false }
    expect(missingFacts(deal, 'agreed', policy, TODAY)).toEqual(['quotation', 'competitors'])
    const seen = { ...deal, quotationSkip: '协议价', competitors: [{}] }
    expect(missingFacts(seen, 'agreed', policy, TODAY)).toEqual([])
  })

  const anyPolicy = fc.record(
    Object.fromEntries(
      OPEN_STAGES.map((stage) => [
        stage,
        fc.record({
          probability: fc.integer({ min: 0, max: WHOLE }),
          facts: fc.uniqueArray(fc.constantFrom(...DEAL_FACTS)),
        }),
      ]),
    ),
  ) as fc.Arbitrary<DealPolicy>

  it('only grows from stage to stage, whatever the firm’s rules', () => {
    fc.assert(
      fc.property(anyPolicy, (rules) => {
        for (const [i, stage] of OPEN_STAGES.slice(1).entries()) {
          const before = requiredFacts(OPEN_STAGES[i] ?? 'open', rules)
          expect(requiredFacts(stage, rules)).toEqual(expect.arrayContaining(before))
        }
        expect(requiredFacts('lost', rules)).toEqual([])
      }),
    )
  })

  it('knows which facts a change erases, and lets new concerns and past days be', () => {
    expect(erasedFacts(everything, { ...everything, needs: '' }, 'qualified', policy, TODAY)).toEqual(['needs'])
    expect(erasedFacts(everything, { ...everything, needs: '' }, 'open', policy, TODAY)).toEqual([])
    const worried = { ...everything, concerns: [{ status: 'open' }], expectedDay: '2026-01-01' }
    expect(erasedFacts(everything, worried, 'agreed', policy, TODAY)).toEqual([])
    expect(erasedFacts(nothing, nothing, 'agreed', policy, TODAY)).toEqual([])
  })
})

describe('the stages', () => {
  it('are in their order: a step on asks for facts, a step back and a loss do not', () => {
    expect(isAdvance('open', 'qualified')).toBe(true)
    expect(isAdvance('agreed', 'proposal')).toBe(false)
    expect(isAdvance('proposal', 'proposal')).toBe(false)
    expect(isAdvance('open', 'won')).toBe(true)
    expect(isAdvance('agreed', 'lost')).toBe(false)
  })

  it('give a probability', () => {
    expect(DEAL_STAGES.map((stage) => stageProbability(stage, policy))).toEqual([
      1000, 3000, 5000, 7000, 9000, 10_000, 0,
    ])
  })

  it('count their days', () => {
    expect(daysInStage('2026-05-18', TODAY)).toBe(0)
    expect(daysInStage('2026-05-01', TODAY)).toBe(17)
    expect(daysInStage('2026-05-20', TODAY)).toBe(0)
  })
})

describe('the credit', () => {
  const weights = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 20 })

  it('is distributed to exactly the whole, and nobody goes without', () => {
    expect(distributeShares([1, 1, 1])).toEqual([3334, 3333, 3333])
    expect(distributeShares([7000, 3000, 5000])).toEqual([4667, 2000, 3333])
    expect(distributeShares([1_000_000, 0, 0])).toEqual([9998, 1, 1])
    expect(distributeShares([])).toEqual([])
    fc.assert(
      fc.property(weights, (parts) => {
        const shares = distributeShares(parts)
        expect(sum(shares)).toBe(WHOLE)
        expect(Math.min(...shares)).toBeGreaterThanOrEqual(1)
      }),
    )
  })

  it('stays the whole when one share is typed anew, whatever is typed', () => {
    expect(withShare([5000, 5000], 0, 6000)).toEqual([6000, 4000])
    expect(withShare([10_000], 0, 3000)).toEqual([10_000])
    expect(withShare([5000, 2500, 2500], 1, 3000)).toEqual([5000, 3000, 2000])
    expect(withShare([5000, 3000, 2000], 2, 1000)).toEqual([5625, 3375, 1000])
    fc.assert(
      fc.property(weights, fc.nat(), fc.integer({ min: -5, max: 20_000 }), (parts, place, typed) => {
        const before = distributeShares(parts)
        const at = place % before.length
        const after = withShare(before, at, typed)
        expect(after).toHaveLength(before.length)
        expect(sum(after)).toBe(WHOLE)
        expect(Math.min(...after)).toBeGreaterThanOrEqual(1)
        // Those before it stay as they were typed, but for the last, which has nobody after it.
        const last = at === before.length - 1
        if (!last) expect(after.slice(0, at)).toEqual(before.slice(0, at))
        const kept = last ? 0 : sum(before.slice(0, at))
        const takers = last ? at : before.length - at - 1
        if (takers > 0 && typed >= 1 && typed <= WHOLE - kept - takers) expect(after[at]).toBe(typed)
      }),
    )
  })

  it('is the owner’s where nobody was named, and survives a hand-over', () => {
    expect(splitsOf([], 'a')).toEqual([{ userId: 'a', share: WHOLE }])
    fc.assert(
      fc.property(weights, fc.nat(), fc.nat(), (parts, from, to) => {
        const splits = distributeShares(parts).map((share, i) => ({ userId: `u${i}`, share }))
        const after = handedOver(splits, `u${from % parts.length}`, `u${to % (parts.length + 1)}`)
        expect(sum(after.map((split) => split.share))).toBe(WHOLE)
        expect(new Set(after.map((split) => split.userId)).size).toBe(after.length)
      }),
    )
  })

  it('shares an amount to the last fen', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e12 }),
        fc.integer({ min: 0, max: WHOLE }),
        weights,
        (amount, p, parts) => {
          const weighted = weightedAmount(amount, p)
          expect(weighted).toBeLessThanOrEqual(amount)
          const splits = distributeShares(parts).map((share) => ({ share }))
          expect(sum(creditOf(weighted, splits))).toBe(weighted)
        },
      ),
    )
  })
})
