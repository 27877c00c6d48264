import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, asDay } from '#shared/kernel/dates.ts'
import { contractSums } from '#shared/modules/contracts/contracts.rules.ts'
import { compareVersions } from '#shared/modules/quotations/quotations.compare.ts'
import {
  afterQuotationStep,
  answersForOthers,
  approvalNeeded,
  belowFloor,
  deliveryDaysOf,
  discounted,
  discountOf,
  marginOf,
  pairGoods,
  QUOTATION_STATES,
  quotationStage,
  quotationSums,
  validUntilOf,
  type QuotationStep,
} from '#shared/modules/quotations/quotations.rules.ts'
import { quotationFields } from '#shared/modules/quotations/quotations.schema.ts'
import { sampleLine, sampleQuotation } from '#tests/helpers/sample-quotation.ts'

const line = fc.record({
  price: fc.integer({ min: 1, max: 100_000_000 }),
  quantity: fc.integer({ min: 1, max: 10_000_000 }),
  rate: fc.constantFrom(0, 300, 600, 900, 1300),
})

describe('sums', () => {
  it('are those of a contract with the same lines, and add up to the fen', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 30 }), (lines) => {
        const sums = quotationSums(lines)
        expect(sums).toEqual(contractSums(lines))
        expect(sums.net + sums.tax).toBe(sums.amount)
      }),
    )
  })
})

describe('a discount', () => {
  it.each([
    [600_000, 500, 570_000],
    [583_000, 394, 560_030],
    [1, 5000, 1],
    [0, 1000, 0],
    [600_000, 10_000, 0],
    [600_000, 0, 600_000],
  ])('of %i less %i basis points is %i', (list, discount, price) => expect(discounted(list, discount)).toBe(price))

  it.each([
    [600_000, 565_000, 583],
    [583_000, 560_000, 395],
    [0, 565_000, 0],
    [565_000, 600_000, 0],
    [565_000, 565_000, 0],
  ])('from %i to %i is %i', (listPrice, price, discount) => expect(discountOf({ listPrice, price })).toBe(discount))

  it('typed as a percentage is shown as the same percentage', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20_000, max: 1e9 }), fc.integer({ min: 1, max: 9999 }), (listPrice, discount) => {
        expect(discountOf({ listPrice, price: discounted(listPrice, discount) })).toBe(discount)
      }),
    )
  })
})

describe('the floor price', () => {
  it.each([
    [520_000, 519_999, true],
    [520_000, 520_000, false],
    [0, 1, false],
  ])('floor %i, price %i: below is %s', (floorPrice, price, below) =>
    expect(belowFloor([{ floorPrice, price }])).toEqual(below ? [{ index: 0, price, floorPrice }] : []),
  )

  it.each([
    ['own', true],
    ['team', true],
    ['all', false],
    ['none', true],
  ] as const)('an offer below it by somebody of reach %s waits: %s', (reach, waits) => {
    expect(approvalNeeded({ lines: [sampleLine({ price: 1 })] }, reach)).toBe(waits)
    expect(approvalNeeded({ lines: [sampleLine()] }, reach)).toBe(false)
  })

  it('is nothing that one’s own reach may set aside', () => {
    expect((['none', 'own', 'team', 'all'] as const).map(answersForOthers)).toEqual([false, false, true, true])
  })
})

describe('the margin', () => {
  it('is of the revenue without tax, over the lines whose cost is known', () => {
    // 1,000 at 56.50 with 13 %: 50,000.00 without tax; cost 40,000.00.
    expect(marginOf([sampleLine(), sampleLine({ cost: 0 })])).toEqual({
      revenue: 5_000_000,
      cost: 4_000_000,
      margin: 2000,
      covered: 1,
    })
    expect(marginOf([sampleLine({ cost: 600_000 })]).margin).toBe(-2000)
    expect(marginOf([sampleLine({ cost: 0 })]).margin).toBeNull()
  })
  it('falls when the price does', () => {
    fc.assert(
      fc.property(line, fc.integer({ min: 1, max: 1_000_000 }), (one, less) => {
        fc.pre(one.price > less)
        const at = (price: number) => marginOf([{ ...one, price, cost: 10_000 }]).margin ?? -Infinity
        expect(at(one.price - less)).toBeLessThanOrEqual(at(one.price))
      }),
    )
  })
})

describe('validity', () => {
  it('counts from the day it is sent, or is the day that was named', () => {
    const sent = asDay('2026-05-18')
    expect(validUntilOf({ validDays: 30, validUntil: null }, sent)).toBe('2026-06-17')
    expect(validUntilOf({ validDays: 30, validUntil: asDay('2026-05-31') }, sent)).toBe('2026-05-31')
  })
  it('holds on its last day, and not on the next', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 365 }), (days) => {
        const sent = asDay('2026-05-18')
        const last = validUntilOf({ validDays: days, validUntil: null }, sent)
        expect(quotationStage('sent', last, last)).toBe('sent')
        expect(quotationStage('sent', last, addDays(last, 1))).toBe('expired')
        expect(quotationStage('accepted', last, addDays(last, 1))).toBe('accepted')
      }),
    )
  })
})

describe('steps', () => {
  const possible = (step: QuotationStep) => QUOTATION_STATES.filter((state) => afterQuotationStep(state, step) !== null)
  it.each([
    ['update', ['draft']],
    ['send', ['draft']],
    ['release', ['awaiting']],
    ['return', ['awaiting']],
    ['accept', ['sent']],
    ['reject', ['sent']],
    ['withdraw', ['draft', 'awaiting', 'sent']],
    ['revise', ['sent', 'accepted', 'rejected', 'withdrawn']],
  ] as const)('%s is possible from %j', (step, states) => expect(possible(step)).toEqual(states))
})

describe('delivery', () => {
  it('of all is that of the slowest line', () => {
    expect(deliveryDaysOf([{ deliveryDays: 5 }, { deliveryDays: 20 }])).toBe(20)
    expect(deliveryDaysOf([{ deliveryDays: 0 }])).toBeNull()
  })
})

describe('goods in pairs', () => {
  it('go by name and specification first, and by name where that is left', () => {
    const wanted = [
      { name: '轴承', spec: 'B' },
      { name: '轴 承', spec: '' },
      { name: '油封', spec: '' },
    ]
    const given = [
      { name: '轴承', spec: 'C' },
      { name: '轴承', spec: 'Ｂ' },
    ]
    expect(pairGoods(wanted, given)).toEqual([1, null, null])
    expect(pairGoods([{ name: '轴承', spec: '' }], given)).toEqual([0])
  })
  it('pair a list with itself in its order, twins included', () => {
    const name = fc.constantFrom('a', 'b', 'c')
    fc.assert(
      fc.property(fc.array(fc.record({ name, spec: fc.constantFrom('', 'x', 'y') })), (lines) => {
        expect(pairGoods(lines, lines)).toEqual([...lines.keys()])
      }),
    )
  })
})

describe('two versions', () => {
  it('that are the same have no changes', () => {
    const changes = compareVersions(sampleQuotation(), sampleQuotation())
    expect(changes.lines.map(({ kind }) => kind)).toEqual(['same', 'same'])
    expect(changes.head).toEqual([])
  })
  it('show what changed, what is new and what is gone', () => {
    const [first] = sampleQuotation().lines
    const lines = [{ ...first!, price: 550_000, quantity: 2_000_000 }, sampleLine({ name: '联轴器', spec: '' })]
    const changes = compareVersions(sampleQuotation(), sampleQuotation({ lines, prepay: 5000 }))
    expect(changes.lines.map(({ kind, parts }) => [kind, ...parts])).toEqual([
      ['changed', 'quantity', 'price'],
      ['added'],
      ['removed'],
    ])
    expect(changes.lines[2]?.before?.name).toBe('骨架油封')
    expect(changes.head).toEqual(['prepay'])
  })
  it('do not tell of floor price and cost', () => {
    const lines = sampleQuotation().lines.map((one) => ({ ...one, floorPrice: 1, cost: 2 }))
    expect(
      compareVersions(sampleQuotation(), sampleQuotation({ lines })).lines.every(({ kind }) => kind === 'same'),
    ).toBe(true)
  })
})

describe('what is typed', () => {
  it.each([
    [{ validDays: 0 }, 'validDays'],
    [{ prepay: 10_001 }, 'prepay'],
    [{ lines: [] }, 'lines'],
    [{ lines: [sampleLine({ quantity: 0 })] }, 'lines.0.quantity'],
    [{ lines: [sampleLine({ price: 1e12, quantity: 1e12 })] }, 'lines'],
    [{ title: ' ' }, 'title'],
  ])('%j is refused at %s', (over, path) => {
    const parsed = quotationFields.safeParse({ ...sampleQuotation(), ...over })
    expect(parsed.error?.issues.map((issue) => issue.path.join('.'))).toContain(path)
  })
})
