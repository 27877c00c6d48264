import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, asDay, type PlainDay } from '#shared/kernel/dates.ts'
import { makeCalendar } from '#shared/kernel/workdays.ts'
import {
  caseStep,
  countCase,
  limitationExpired,
  type CaseFacts,
  type CaseInstalment,
  type CaseSetting,
} from '#shared/modules/dunning/dunning.cases.rules.ts'
import { COURSES } from '#shared/modules/dunning/dunning.escalations.rules.ts'
import { DELAY_REASONS, TRUST, type LadderStep } from '#shared/modules/dunning/dunning.ladder.rules.ts'
import { judgePromises } from '#shared/modules/dunning/dunning.promises.rules.ts'
import { SHIPPED_RISK } from '#shared/modules/dunning/dunning.worklist.rules.ts'

const TODAY = asDay('2026-05-20')
const calendar = makeCalendar(JSON.parse(readFileSync('resources/holidays/cn.json', 'utf8')))
const step = (kind: LadderStep['kind'], days: number, dayKind: LadderStep['dayKind'] = 'natural'): LadderStep => ({
  key: `${kind}${days}`,
  kind,
  days,
  dayKind,
  gapDays: 7,
  channels: ['ems'],
  deadlineDays: 10,
  owner: 'owner',
})
const setting: CaseSetting = {
  ladder: {
    steps: [step('reminder', -5), step('demand', 3, 'working'), step('demand', 15), step('final', 45)],
    minAmount: 10_000,
    trustDays: { good: 7, normal: 0, bad: -5 },
  },
  shares: SHIPPED_RISK,
  calendar,
}
const owed = (over: Partial<CaseInstalment> = {}): CaseInstalment => ({
  id: 'i',
  outstanding: 100_000,
  dueDay: addDays(TODAY, -20),
  limitationDay: null,
  disputed: 0,
  sentStep: null,
  leftOut: null,
  ...over,
})
const facts = (instalments: CaseInstalment[], over: Partial<CaseFacts> = {}): CaseFacts => ({
  customerId: 'c',
  instalments,
  promises: [],
  lastContact: null,
  lastStep: null,
  reason: null,
  trust: 'normal',
  excluded: null,
  escalated: false,
  statementConfirmed: false,
  course: 'none',
  fileDay: null,
  ...over,
})

describe('a case', () => {
  it('asks for what is not disputed, and stops where all is', () => {
    const amounts = (disputed: number) => caseStep(facts([owed({ disputed })]), setting, TODAY).action
    expect([amounts(0), amounts(60_000), amounts(100_000)]).toEqual(['send', 'send', 'settleDispute'])
    // Below the smallest sum only what may be asked for counts.
    expect(amounts(95_000)).toBe('none')
  })
  it('leaves an instalment out until its day', () => {
    const until = (untilDay: PlainDay | null) =>
      countCase(facts([owed({ leftOut: { untilDay } })]), setting, TODAY).next.action
    expect([until(null), until(TODAY), until(addDays(TODAY, -1))]).toEqual(['none', 'none', 'send'])
  })
  it('has run out of time only where everything that is asked for has', () => {
    const gone = owed({ limitationDay: addDays(TODAY, -1) })
    expect(limitationExpired([gone, owed({ limitationDay: TODAY })], TODAY)).toBe(false)
    expect(limitationExpired([gone, owed({ disputed: 100_000 })], TODAY)).toBe(true)
    expect(limitationExpired([owed({ dueDay: null })], TODAY)).toBe(false)
  })
  it('nothing owed: nothing to count anew', () => {
    expect(countCase(facts([]), setting, TODAY)).toMatchObject({ outstanding: 0, validUntil: '9999-12-31' })
  })
})

describe('always', () => {
  const dayAround = (min: number, max: number) => fc.integer({ min, max }).map((n) => addDays(TODAY, n))
  const anyFacts = fc.record({
    instalments: fc.array(
      fc.record({
        id: fc.uuid(),
        outstanding: fc.nat(200_000),
        dueDay: fc.option(dayAround(-400, 30), { freq: 8 }),
        limitationDay: fc.option(dayAround(-5, 400)),
        disputed: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(200_000) }),
        sentStep: fc.option(fc.integer({ min: 0, max: 3 })),
        leftOut: fc.option(fc.record({ untilDay: fc.option(dayAround(-5, 20)) }), { freq: 1 }),
      }),
      { maxLength: 4 },
    ),
    promised: fc.array(fc.record({ pay: dayAround(-10, 10), amount: fc.integer({ min: 1, max: 5000 }) }), {
      maxLength: 2,
    }),
    lastContact: fc.option(dayAround(-20, 0)),
    lastStep: fc.option(dayAround(-20, 0)),
    reason: fc.option(fc.constantFrom(...DELAY_REASONS)),
    trust: fc.constantFrom(...TRUST),
    excluded: fc.option(fc.record({ reason: fc.constant('x'), untilDay: fc.option(dayAround(-5, 20)) })),
    escalated: fc.boolean(),
    statementConfirmed: fc.boolean(),
    course: fc.constantFrom(...COURSES),
    fileDay: fc.constant(null),
  })
  it('stays as it was counted until the day that it names', () => {
    fc.assert(
      fc.property(anyFacts, dayAround(-25, 5), fc.nat(40), ({ promised, ...one }, today, later) => {
        const on = (day: PlainDay) => {
          const promises = judgePromises(
            promised.map(({ pay, amount }, i) => ({
              id: String(i),
              madeDay: addDays(TODAY, -30),
              payBy: pay,
              amount,
              withdrawnDay: null,
            })),
            [],
            day,
            calendar,
          )
          return countCase({ ...one, customerId: 'c', promises }, setting, day)
        }
        const now = on(today)
        expect(now.validUntil > today).toBe(true)
        const then = addDays(today, later)
        if (then >= now.validUntil) return
        const { validUntil: _a, next: was, ...row } = now
        const { validUntil: _b, next: is, ...same } = on(then)
        expect(same).toEqual(row)
        // Words count days, and what may be done today may be done on any day.
        const { reasons: _c, day: wasDay, ...wasStep } = was
        const { reasons: _d, day: isDay, ...isStep } = is
        expect(isStep).toEqual(wasStep)
        if (was.action === 'wait' || was.action === 'none') expect(isDay).toBe(wasDay)
      }),
      { numRuns: 1500 },
    )
  })
})
