import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, asDay, diffDays, type PlainDay } from '#shared/kernel/dates.ts'
import { KINDS } from '#shared/modules/customers/customers.schema.ts'
import { coolsUntil, isProtected, poolStep, type PoolFacts } from '#shared/modules/pool/pool.rules.ts'
import { DEFAULT_POOL_POLICY, type PoolPolicy } from '#shared/modules/pool/pool.schema.ts'

const TODAY = asDay('2026-05-18')
const policy = (over: Partial<PoolPolicy> = {}): PoolPolicy => ({
  ...DEFAULT_POOL_POLICY,
  idleDays: { A: 0, B: 180, C: 90, D: 60 },
  ...over,
})
const facts = (over: Partial<PoolFacts> = {}): PoolFacts => ({
  grade: 'C',
  kind: 'endUser',
  lastDay: addDays(TODAY, -200),
  takenDay: null,
  noticeDay: null,
  openContracts: 0,
  openDeals: 0,
  outstanding: 0,
  ...over,
})
const ago = (days: number) => addDays(TODAY, -days)

describe('a customer', () => {
  it.each<[string, Partial<PoolFacts>, object]>([
    ['idle for long is first told of', {}, { kind: 'notice', fallDay: addDays(TODAY, 7) }],
    ['falls when the notice has run', { noticeDay: ago(7) }, { kind: 'fall' }],
    ['waits while it runs', { noticeDay: ago(6) }, { kind: 'keep' }],
    ['is told of before its days are over', { lastDay: ago(85) }, { kind: 'notice', fallDay: addDays(TODAY, 7) }],
    ['is told of seven days before', { lastDay: ago(83) }, { kind: 'notice', fallDay: addDays(TODAY, 7) }],
    ['is left alone until then', { lastDay: ago(82) }, { kind: 'keep' }],
    ['stays where there was contact since the notice', { lastDay: ago(3), noticeDay: ago(20) }, { kind: 'keep' }],
    ['of a grade without a rule stays', { grade: 'A', noticeDay: ago(30) }, { kind: 'keep' }],
    ['of a kind that is exempt stays', { kind: 'agent', noticeDay: ago(30) }, { kind: 'keep' }],
    ['just claimed stays', { takenDay: ago(10), lastDay: ago(10), grade: 'D', noticeDay: ago(9) }, { kind: 'keep' }],
    ['with a contract under way stays', { noticeDay: ago(30), openContracts: 1 }, { kind: 'keep' }],
    ['with an open deal stays', { noticeDay: ago(30), openDeals: 1 }, { kind: 'keep' }],
    ['that owes money stays', { noticeDay: ago(30), outstanding: 1 }, { kind: 'keep' }],
  ])('%s', (_name, over, step) => {
    expect(poolStep(facts(over), policy({ exemptKinds: ['agent'] }), TODAY)).toEqual(step)
  })
})

const day = fc.integer({ min: 0, max: 800 }).map(ago)
const anyPolicy = fc
  .record({
    idle: fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 4, maxLength: 4 }),
    exemptKinds: fc.subarray([...KINDS]),
    noticeDays: fc.integer({ min: 1, max: 60 }),
    protectDays: fc.integer({ min: 0, max: 200 }),
  })
  .map(({ idle: [A = 0, B = 0, C = 0, D = 0], ...rest }) => policy({ idleDays: { A, B, C, D }, ...rest }))
const anyFacts = fc.record<PoolFacts>({
  grade: fc.constantFrom('A', 'B', 'C', 'D'),
  kind: fc.constantFrom(...KINDS),
  lastDay: day,
  takenDay: fc.option(day),
  noticeDay: fc.option(day),
  openContracts: fc.nat({ max: 2 }),
  openDeals: fc.nat({ max: 2 }),
  outstanding: fc.constantFrom(0, 0, 1, 1_000_000),
})

describe('whatever the rules and the customer', () => {
  it('nothing protected is taken, nor told that it will be', () => {
    fc.assert(
      fc.property(anyFacts, anyPolicy, (one, rules) => {
        if (isProtected(one) || rules.exemptKinds.includes(one.kind))
          expect(poolStep(one, rules, TODAY)).toEqual({ kind: 'keep' })
      }),
    )
  })

  it('nothing falls that was not idle for its days, told of since, and out of its protection', () => {
    fc.assert(
      fc.property(anyFacts, anyPolicy, (one, rules) => {
        if (poolStep(one, rules, TODAY).kind !== 'fall') return
        expect(rules.idleDays[one.grade]).toBeGreaterThan(0)
        expect(diffDays(one.lastDay, TODAY)).toBeGreaterThanOrEqual(rules.idleDays[one.grade])
        expect(one.noticeDay! > one.lastDay).toBe(true)
        expect(diffDays(one.noticeDay!, TODAY)).toBeGreaterThanOrEqual(rules.noticeDays)
        if (one.takenDay) expect(diffDays(one.takenDay, TODAY)).toBeGreaterThanOrEqual(rules.protectDays)
      }),
      { numRuns: 2000 },
    )
  })

  it('a notice is always given its days before the fall, and its fall comes true if nothing happens', () => {
    fc.assert(
      fc.property(anyFacts, anyPolicy, (one, rules) => {
        const step = poolStep(one, rules, TODAY)
        if (step.kind !== 'notice') return
        expect(diffDays(TODAY, step.fallDay)).toBeGreaterThanOrEqual(rules.noticeDays)
        const told = { ...one, noticeDay: TODAY, lastDay: one.lastDay < TODAY ? one.lastDay : ago(1) }
        if (one.lastDay < TODAY) expect(poolStep(told, rules, step.fallDay)).toEqual({ kind: 'fall' })
        expect(poolStep(told, rules, addDays(step.fallDay, -1))).toEqual({ kind: 'keep' })
      }),
      { numRuns: 2000 },
    )
  })
})

it('who lost a customer waits, anybody else does not', () => {
  const lost = { formerOwnerId: 'a', sinceDay: ago(10) as PlainDay }
  expect(coolsUntil(lost, 'a', policy(), TODAY)).toBe(addDays(TODAY, 20))
  expect(coolsUntil(lost, 'b', policy(), TODAY)).toBeNull()
  expect(coolsUntil({ ...lost, sinceDay: ago(30) }, 'a', policy(), TODAY)).toBeNull()
  expect(coolsUntil(lost, 'a', policy({ coolDays: 0 }), TODAY)).toBeNull()
})
