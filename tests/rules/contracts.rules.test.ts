import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, addMonths, asDay } from '#shared/kernel/dates.ts'
import { addWorkdays, makeCalendar } from '#shared/kernel/workdays.ts'
import {
  contractSums,
  dueDayOf,
  eventDayFits,
  lineSums,
  nextState,
  splitPlan,
  stageOf,
  triggerDays,
  type ContractAction,
  type DayCounter,
} from '#shared/modules/contracts/contracts.rules.ts'
import { emptyPlanLine } from '#shared/modules/contracts/contracts.draft.rules.ts'
import { contractFields, type PlanLine } from '#shared/modules/contracts/contracts.schema.ts'

const calendar = makeCalendar({ holidays: [], workingWeekends: [], validThrough: '2026-12-31' })
const counter: DayCounter = {
  addDays,
  addMonths,
  addWorkingDays: (day, days) => addWorkdays(calendar, day, days).day,
}

const percent = (rate: number) => ({ share: { kind: 'percent' as const, rate } })
const amount = (value: number) => ({ share: { kind: 'amount' as const, amount: value as never } })
const rest = { share: { kind: 'rest' as const } }

describe('amounts of lines', () => {
  it.each([
    // price in 1/10 000 yuan, quantity in 1/1000: amount, net, tax in fen
    { price: 565_000_000, quantity: 1000, rate: 1300, want: [5_650_000, 5_000_000, 650_000] },
    { price: 325, quantity: 1_000_000, rate: 1300, want: [3_250, 2_876, 374] },
    { price: 10_000, quantity: 1, rate: 0, want: [0, 0, 0] },
    { price: 10_000, quantity: 5, rate: 0, want: [1, 1, 0] },
    { price: 1_060_000, quantity: 1000, rate: 600, want: [10_600, 10_000, 600] },
    { price: 10_300, quantity: 1000, rate: 300, want: [103, 100, 3] },
  ])('$price × $quantity at $rate', ({ price, quantity, rate, want }) => {
    const { amount: gross, net, tax } = lineSums({ price, quantity, rate })
    expect([gross, net, tax]).toEqual(want)
  })

  it('net and tax add up to the amount, and the contract to its lines', () => {
    const line = fc.record({
      price: fc.integer({ min: 0, max: 1_000_000_000 }),
      quantity: fc.integer({ min: 0, max: 100_000_000 }),
      rate: fc.constantFrom(0, 300, 600, 900, 1300),
    })
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const sums = contractSums(lines)
        const each = lines.map(lineSums)
        expect(sums.amount).toBe(sums.net + sums.tax)
        expect(sums.amount).toBe(each.reduce((a, b) => a + b.amount, 0))
        for (const row of each) {
          expect(row.net + row.tax).toBe(row.amount)
          expect(row.tax).toBeGreaterThanOrEqual(0)
        }
      }),
    )
  })

  it('the tax of all lines is that of the total but for half a fen a line, as it is printed', () => {
    const goods = fc.record({
      price: fc.integer({ min: 0, max: 1_000_000_000 }),
      quantity: fc.integer({ min: 0, max: 100_000_000 }),
    })
    fc.assert(
      fc.property(
        fc.array(goods, { minLength: 1, maxLength: 60 }),
        fc.constantFrom(0, 300, 600, 900, 1300),
        (list, rate) => {
          const sums = contractSums(list.map((line) => ({ ...line, rate })))
          const exact = sums.amount - (sums.amount * 10_000) / (10_000 + rate)
          expect(Math.abs(sums.tax - exact)).toBeLessThanOrEqual(list.length / 2 + 1e-3)
        },
      ),
    )
  })
})

describe('payment schedule', () => {
  it.each([
    {
      name: 'thirds of a hundred',
      total: 10_000,
      plan: [percent(3333), percent(3333), percent(3334)],
      want: [3333, 3333, 3334],
      difference: 0,
    },
    {
      name: 'an odd fen goes to the last',
      total: 101,
      plan: [percent(5000), percent(5000)],
      want: [51, 50],
      difference: 0,
    },
    {
      name: 'rest',
      total: 24_000_000,
      plan: [percent(3000), amount(4_800_000), rest],
      want: [7_200_000, 4_800_000, 12_000_000],
      difference: 0,
    },
    {
      name: 'percentages of 90',
      total: 10_000,
      plan: [percent(5000), percent(4000)],
      want: [5000, 5000],
      difference: -1000,
    },
    {
      name: 'percentages of 110',
      total: 10_000,
      plan: [percent(5000), percent(6000)],
      want: [5000, 5000],
      difference: 1000,
    },
    { name: 'amounts that agree', total: 300, plan: [amount(100), amount(200)], want: [100, 200], difference: 0 },
    { name: 'amounts one fen off', total: 300, plan: [amount(100), amount(199)], want: [100, 200], difference: -1 },
    { name: 'rest below zero', total: 300, plan: [amount(400), rest], want: [400, -100], difference: 100 },
    { name: 'mixed, percentage last', total: 101, plan: [amount(50), percent(5000)], want: [50, 51], difference: 0 },
    { name: 'nothing', total: 300, plan: [], want: [], difference: -300 },
    { name: 'zero total with wrong percentages', total: 0, plan: [percent(9000)], want: [0], difference: -1 },
  ])('$name', ({ total, plan, want, difference }) => {
    const split = splitPlan(total, plan)
    expect(split.amounts).toEqual(want)
    expect(split.difference).toBe(difference)
  })

  it('always sums to the total exactly, whatever is typed', () => {
    const share = fc.oneof(
      fc.integer({ min: 0, max: 10_000 }).map(percent),
      fc.integer({ min: 0, max: 1_000_000_000 }).map(amount),
      fc.constant(rest),
    )
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000_000_000_000 }),
        fc.array(share, { minLength: 1, maxLength: 36 }),
        (total, plan) => {
          const { amounts } = splitPlan(total, plan)
          expect(amounts).toHaveLength(plan.length)
          expect(amounts.reduce((a, b) => a + b, 0)).toBe(total)
        },
      ),
    )
  })

  it('percentages that sum to 100 % never count as a difference', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000_000 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 9999 }), { minLength: 1, maxLength: 12 }),
        (total, cuts) => {
          const edges = [0, ...cuts.sort((a, b) => a - b), 10_000]
          const plan = edges.slice(1).map((edge, i) => percent(edge - edges[i]!))
          expect(splitPlan(total, plan).difference).toBe(0)
        },
      ),
    )
  })
})

describe('states', () => {
  const actions: ContractAction[] = ['update', 'sign', 'void', 'recordEvent', 'supplement', 'end']
  it.each([
    ['draft', { update: 'draft', sign: 'signed', void: 'void', recordEvent: null, supplement: null, end: null }],
    ['signed', { update: null, sign: null, void: 'void', recordEvent: 'signed', supplement: 'signed', end: 'signed' }],
    ['void', { update: null, sign: null, void: null, recordEvent: null, supplement: null, end: null }],
  ] as const)('%s', (state, want) => {
    for (const action of actions) expect(nextState(state, action)).toBe(want[action])
  })

  it('is completed only when signed and paid', () => {
    const owed = { amount: 5, outstanding: 1 }
    const paid = { amount: 5, outstanding: 0 }
    expect(stageOf('draft', paid, false)).toBe('draft')
    expect(stageOf('signed', owed, false)).toBe('performing')
    expect(stageOf('signed', paid, false)).toBe('completed')
    expect(stageOf('signed', owed, true)).toBe('terminated')
    expect(stageOf('void', paid, true)).toBe('void')
    // A price list has nothing to be paid off.
    expect(stageOf('signed', { amount: 0, outstanding: 0 }, false)).toBe('performing')
    expect(stageOf('signed', { amount: 0, outstanding: 0 }, true)).toBe('terminated')
  })
})

describe('due days', () => {
  const line = (over: Partial<PlanLine>): PlanLine => ({
    ...emptyPlanLine(),
    label: 'x',
    trigger: 'signing',
    days: 0,
    dayKind: 'natural',
    fixedDay: null,
    share: { kind: 'rest' },
    ...over,
  })
  const days = triggerDays(asDay('2026-01-05'), [{ kind: 'acceptance', day: '2026-08-31' }], 6, counter)

  it('counts the warranty from acceptance, month end clamped', () => {
    expect(days).toEqual({
      signing: '2026-01-05',
      delivery: null,
      acceptance: '2026-08-31',
      warranty_end: '2027-02-28',
    })
  })

  it('counts it from delivery where nothing was accepted, and prefers a recorded day', () => {
    const delivered = [{ kind: 'delivery' as const, day: '2026-03-01' }]
    expect(triggerDays(null, delivered, 12, counter).warranty_end).toBe('2027-03-01')
    expect(triggerDays(null, delivered, null, counter).warranty_end).toBeNull()
    const recorded = [...delivered, { kind: 'warranty_end' as const, day: '2027-05-05' }]
    expect(triggerDays(null, recorded, 12, counter).warranty_end).toBe('2027-05-05')
  })

  it.each([
    { over: { trigger: 'signing', days: 0 }, want: '2026-01-05' },
    { over: { trigger: 'signing', days: 30 }, want: '2026-02-04' },
    { over: { trigger: 'signing', days: 5, dayKind: 'working' }, want: '2026-01-12' },
    { over: { trigger: 'delivery', days: 30 }, want: null },
    { over: { trigger: 'warranty_end', days: 10 }, want: '2027-03-10' },
    { over: { trigger: 'fixed', fixedDay: asDay('2026-12-31') }, want: '2026-12-31' },
    { over: { trigger: 'signing', days: 0, dueRule: 'monthEnd' }, want: '2026-01-31' },
    { over: { trigger: 'signing', days: 30, dueRule: 'monthEnd' }, want: '2026-03-02' },
    { over: { trigger: 'signing', days: 1, dueRule: 'monthEnd', dayKind: 'working' }, want: '2026-02-02' },
    { over: { trigger: 'signing', dueRule: 'monthDay', monthDay: 10 }, want: '2026-02-10' },
    { over: { trigger: 'signing', dueRule: 'monthDay', monthDay: 31 }, want: '2026-02-28' },
    { over: { trigger: 'acceptance', dueRule: 'monthDay', monthDay: 31 }, want: '2026-09-30' },
    { over: { trigger: 'delivery', dueRule: 'monthEnd' }, want: null },
  ] as const)('$over.trigger + $over.days', ({ over, want }) => {
    expect(dueDayOf(line(over as Partial<PlanLine>), days, counter)).toBe(want)
  })

  it('keeps the order signed ≤ delivered ≤ accepted ≤ end of the warranty', () => {
    expect(eventDayFits('delivery', '2026-01-04', days)).toBe(false)
    expect(eventDayFits('delivery', '2026-01-05', days)).toBe(true)
    expect(eventDayFits('delivery', '2026-09-01', days)).toBe(false)
    expect(eventDayFits('acceptance', '2026-02-01', { ...days, warranty_end: null })).toBe(true)
  })
})

describe('the form', () => {
  const terms = {
    quality: '',
    packaging: '',
    deliveryPlace: '',
    deliveryTerms: '',
    deliveryDay: null,
    inspection: '',
    inspectionDays: null,
    warrantyMonths: null,
    warranty: '',
    penaltyPerDay: null,
    penaltyCap: null,
    breach: '',
    disputeWay: 'court',
    disputePlace: '',
    copies: 2,
    other: '',
  }
  const form = {
    kind: 'goods_sale',
    title: '购销合同',
    customerId: '0198c2f0-0000-7000-8000-000000000001',
    language: 'zh-CN',
    ourSigner: '',
    theirSigner: '',
    signPlace: '',
    buyer: {},
    lines: [],
    plan: [],
    terms,
  }
  const line = { name: 'x', spec: '', unit: '', quantity: 1000, price: 10_000, rate: 1300 }

  it('takes an empty draft', () => {
    expect(contractFields.safeParse(form).success).toBe(true)
  })

  it.each([
    ['a fraction of a fen', { lines: [{ ...line, price: 0.5 }] }],
    ['a negative quantity', { lines: [{ ...line, quantity: -1 }] }],
    ['a sum beyond what money is counted in', { lines: [{ ...line, price: 1e12, quantity: 1e12 }] }],
    [
      'many lines that together are too much',
      { lines: Array.from({ length: 200 }, () => ({ ...line, price: 1e12, quantity: 100_000 })) },
    ],
    ['a rate above 100 %', { lines: [{ ...line, rate: 10_001 }] }],
    ['a field of its own', { lines: [{ ...line, total: 1 }] }],
    ['a control character', { title: 'a\u0000b' }],
    ['a zero-width character', { title: 'a\u200bb' }],
    ['an empty title', { title: '  ' }],
    ['a day that does not exist', { terms: { ...terms, deliveryDay: '2026-02-30' } }],
    [
      'an unknown trigger',
      {
        plan: [
          {
            label: 'x',
            isDeposit: false,
            trigger: 'full_moon',
            days: 1,
            dayKind: 'natural',
            fixedDay: null,
            share: { kind: 'rest' },
          },
        ],
      },
    ],
    [
      'a share beyond 100 %',
      {
        plan: [
          {
            label: 'x',
            isDeposit: false,
            trigger: 'signing',
            days: 1,
            dayKind: 'natural',
            fixedDay: null,
            share: { kind: 'percent', rate: 10_001 },
          },
        ],
      },
    ],
  ])('refuses %s', (_name, over) => {
    expect(contractFields.safeParse({ ...form, ...over }).success).toBe(false)
  })
})
