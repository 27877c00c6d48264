import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, asDay } from '#shared/kernel/dates.ts'
import { limitedDebt, type StoredEvent } from '#shared/modules/claims/claims.limitation.rules.ts'
import {
  evenLines,
  planDifference,
  planDueDays,
  planLate,
  planProgress,
  planStage,
  type PlanDebt,
} from '#shared/modules/claims/claims.plans.rules.ts'
import {
  capInterest,
  interestClaim,
  paymentsByDay,
  type DebtHistory,
} from '#shared/modules/claims/claims.sheet.rules.ts'
import { accountOf, statementState } from '#shared/modules/claims/claims.statements.rules.ts'
import type { InterestSheet } from '#shared/modules/receivables/receivables.interest.rules.ts'

const START = asDay('2026-01-01')
const on = (offset: number) => addDays(START, offset)
const fen = fc.integer({ min: 1, max: 10_000_000 })

describe('an account', () => {
  const movement = fc.record({
    day: fc.integer({ min: 0, max: 200 }).map(on),
    amount: fc.integer({ min: -5_000_000, max: 5_000_000 }).filter((amount) => amount !== 0),
  })

  it('opens with what lies before, and leaves out what comes after', () => {
    const found = accountOf(
      [
        { day: asDay('2026-03-01'), amount: 300 },
        { day: asDay('2026-02-28'), amount: 1000 },
        { day: asDay('2026-03-31'), amount: -500 },
        { day: asDay('2026-04-01'), amount: 7 },
      ],
      asDay('2026-03-01'),
      asDay('2026-03-31'),
    )
    expect(found).toMatchObject({ opening: 1000, raised: 300, received: 500, closing: 800 })
    expect(found.lines.map((line) => line.balance)).toEqual([1300, 800])
  })

  it('adds up, and the next period opens with what this one closed with', () => {
    fc.assert(
      fc.property(fc.array(movement, { maxLength: 30 }), fc.integer({ min: 0, max: 200 }), (movements, split) => {
        const first = accountOf(movements, START, on(split))
        const next = accountOf(movements, on(split + 1), on(200))
        const all = accountOf(movements, START, on(200))
        expect(first.closing).toBe(first.opening + first.raised - first.received)
        expect(next.opening).toBe(first.closing)
        expect(next.closing).toBe(all.closing)
        expect(all.closing).toBe(movements.reduce((sum, { amount }) => sum + amount, 0))
      }),
      { numRuns: 200 },
    )
  })

  it.each([
    [{ voided: true, sentDay: '2026-01-01', answer: 'confirmed' }, 'void'],
    [{ voided: false, sentDay: null, answer: 'differs' }, 'differs'],
    [{ voided: false, sentDay: '2026-01-01', answer: 'confirmed' }, 'confirmed'],
    [{ voided: false, sentDay: '2026-01-01', answer: null }, 'sent'],
    [{ voided: false, sentDay: null, answer: null }, 'issued'],
  ] as const)('%o is %s', (row, state) => {
    expect(statementState(row)).toBe(state)
  })
})

describe('a repayment plan', () => {
  const debts: PlanDebt[] = [
    { principal: 1000, interest: 50, costs: 0 },
    { principal: 500, interest: 0, costs: 50 },
  ]
  const lines = [
    { dueDay: asDay('2026-06-30'), amount: 600 },
    { dueDay: asDay('2026-07-31'), amount: 450 },
    { dueDay: asDay('2026-08-31'), amount: 550 },
  ]

  it('puts each debt off until the payment that settles it', () => {
    expect(planDifference(debts, lines)).toBe(0)
    expect(planDueDays(debts, lines)).toEqual(['2026-07-31', '2026-08-31'])
    expect(planDifference(debts, lines.slice(0, 2))).toBe(550)
    expect(() => planDueDays(debts, lines.slice(0, 2))).toThrow(RangeError)
  })

  it.each([
    [0, '2026-06-30', 'kept', 0],
    [0, '2026-07-01', 'broken', 600],
    [599, '2026-07-01', 'broken', 1],
    [600, '2026-07-01', 'kept', 0],
    [600, '2026-09-01', 'broken', 1000],
    [1600, '2026-09-01', 'paid', 0],
  ] as const)('with %i paid on %s is %s', (paid, today, stage, late) => {
    const progress = planProgress(lines, paid, asDay(today))
    expect(planStage('signed', progress)).toBe(stage)
    expect(planLate(progress)).toBe(late)
    expect(planStage('called', progress)).toBe('called')
  })

  it('pays its lines in their order and never more than was paid; more money is never later', () => {
    const anyLines = fc
      .array(fen, { minLength: 1, maxLength: 12 })
      .map((amounts) => amounts.map((amount, i) => ({ dueDay: on(i * 30), amount })))
    fc.assert(
      fc.property(anyLines, fen, fen, fc.integer({ min: -1, max: 400 }), (some, paid, more, day) => {
        const total = some.reduce((sum, line) => sum + line.amount, 0)
        const progress = planProgress(some, paid, on(day))
        expect(progress.reduce((sum, line) => sum + line.paid, 0)).toBe(Math.min(paid, total))
        const open = progress.findIndex((line) => line.paid < line.amount)
        if (open >= 0) expect(progress.slice(open + 1).every((line) => line.paid === 0)).toBe(true)
        expect(planLate(planProgress(some, paid + more, on(day)))).toBeLessThanOrEqual(planLate(progress))
      }),
      { numRuns: 200 },
    )
  })
})

describe('a debt for the engine of interest', () => {
  const history = (over: Partial<DebtHistory> = {}): DebtHistory => ({
    amount: 1000,
    settledBefore: 100,
    dueDay: on(30),
    changes: [],
    settled: [],
    pauses: [],
    costs: [],
    waivers: [],
    statements: [],
    keepsAccrued: new Set(),
    ...over,
  })
  const receipt = { kind: 'receipt', day: on(40), releasedDay: null, costs: 10, interest: 20, principal: 70 } as const

  it('has none without a due day, and begins with what was owed when the program came to know of it', () => {
    expect(interestClaim(history({ dueDay: null }), on(60))).toBeNull()
    expect(interestClaim(history(), on(60))).toMatchObject({ principal: 900, dueDay: on(30) })
  })

  it('keeps what was paid as it was booked, and forgets what was released by that day only', () => {
    const released = { ...receipt, releasedDay: on(50) }
    expect(interestClaim(history({ settled: [released] }), on(50))?.payments).toEqual([])
    expect(interestClaim(history({ settled: [released] }), on(49))?.payments).toEqual([
      { day: on(40), amount: 30, order: 'costsFirst' },
      { day: on(40), amount: 70, order: 'principalFirst' },
    ])
    const credit = { ...receipt, kind: 'credit', costs: 0, interest: 0 } as const
    expect(interestClaim(history({ settled: [credit] }), on(60))).toMatchObject({
      payments: [],
      reductions: [{ day: on(40), amount: 70 }],
    })
  })

  it('starts from the day that held before both agreed on another; a correction held always', () => {
    const change = { day: on(20), before: on(10), after: on(30), sourceId: 'x' }
    const agreed = interestClaim(
      history({ changes: [{ ...change, source: 'extension' }], keepsAccrued: new Set(['x']) }),
      on(60),
    )
    expect(agreed).toMatchObject({ dueDay: on(10), dueChanges: [{ day: on(20), dueDay: on(30), keepsAccrued: true }] })
    const corrected = interestClaim(history({ changes: [{ ...change, source: 'redate' }] }), on(60))
    expect(corrected).toMatchObject({ dueDay: on(30), dueChanges: [] })
  })

  it('shows one receipt that was booked in two parts as one payment', () => {
    const part = { day: on(1), amount: 30, costs: 10, interest: 20, principal: 0, over: 0 }
    const rest = { day: on(1), amount: 70, costs: 0, interest: 0, principal: 70, over: 0 }
    expect(paymentsByDay([part, rest])).toEqual([
      { day: on(1), amount: 100, costs: 10, interest: 20, principal: 70, over: 0 },
    ])
  })

  it.each([
    [null, 80, 0],
    [1000, 80, 0],
    [500, 50, 1],
    [0, 0, 1],
  ] as const)('with a cap of %o basis points owes %i of 80', (cap, owed, notes) => {
    const sheet = { accrued: 60, fixed: 20, owed: { costs: 0, interest: 80, principal: 1000 }, notes: [] }
    const capped = capInterest(sheet as unknown as InterestSheet, 1000, cap)
    expect(capped.owed).toEqual({ costs: 0, interest: owed, principal: 1000 })
    expect(capped.notes).toHaveLength(notes)
  })
})

describe('a debt for the clock', () => {
  const event = (kind: StoredEvent['kind'], day: number, over: Partial<StoredEvent> = {}): StoredEvent => ({
    id: `${kind}${day}`,
    kind,
    day: on(day),
    untilDay: null,
    endedDay: null,
    graceDays: null,
    strength: 'strong',
    ...over,
  })
  const first = (dueDay: ReturnType<typeof on> | null, events: StoredEvent[]) =>
    limitedDebt({ dueDay, lastDueDay: null }, events).firstDemand

  it('without a due day starts with the first demand that is proven at all, or a plain refusal', () => {
    expect(first(null, [])).toBeNull()
    expect(first(null, [event('ems', 20), event('ems', 10, { graceDays: 15 })])).toEqual({
      day: on(10),
      graceDays: 15,
      refusedDay: null,
    })
    expect(first(null, [event('ems', 10, { strength: 'none' }), event('refusal', 12)])).toEqual({
      day: on(12),
      graceDays: 0,
      refusedDay: on(12),
    })
    expect(first(null, [event('partPayment', 5)])).toBeNull()
    expect(first(on(0), [event('ems', 10)])).toBeNull()
  })

  it('takes a suspension for no event', () => {
    const found = limitedDebt({ dueDay: on(0), lastDueDay: null }, [event('suspension', 10, { endedDay: on(40) })])
    expect(found).toMatchObject({ events: [], suspensions: [{ from: on(10), to: on(40) }] })
  })
})

describe('equal parts', () => {
  it('add up to the fen, the rest with the last, on the same day of each month', () => {
    const lines = evenLines(10_000, 3, asDay('2026-01-31'), 1)
    expect(lines).toEqual([
      { dueDay: '2026-01-31', amount: 3333 },
      { dueDay: '2026-02-28', amount: 3333 },
      { dueDay: '2026-03-31', amount: 3334 },
    ])
    expect(() => evenLines(2, 3, START, 1)).toThrow(RangeError)
  })
  it('of any sum and number', () => {
    fc.assert(
      fc.property(fen, fc.integer({ min: 1, max: 36 }), fc.integer({ min: 1, max: 12 }), (sum, parts, months) => {
        fc.pre(sum >= parts)
        const lines = evenLines(sum, parts, START, months)
        expect(lines.reduce((total, line) => total + line.amount, 0)).toBe(sum)
        expect(lines.every((line, i) => line.amount > 0 && (i === 0 || line.dueDay > lines[i - 1]!.dueDay))).toBe(true)
      }),
    )
  })
})
