import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addTax, allocate, asFen, formatYuan, fen, mulRate, parseYuan, splitTax, sumFen } from '#shared/kernel/money.ts'
import { parseRmbCapitals, rmbCapitals } from '#shared/kernel/rmb-capitals.ts'

const amount = fc.integer({ min: -1e15, max: 1e15 })

describe('amounts as people type them', () => {
  it.each([
    ['1234.5', 123_450],
    ['1,234.50', 123_450],
    ['１２３４．５', 123_450],
    ['￥1234', 123_400],
    ['¥ 1 234', 123_400],
    ['1。5', 150],
    ['-0.01', -1],
    ['−3', -300],
    ['100元', 10_000],
    ['0', 0],
    ['.5', 50],
    ['5.', 500],
    ['-¥5', -500],
    ['¥-5 元', -500],
    ['１，２３４。５', 123_450],
    ['1,2345.50', 1_234_550],
  ])('%s', (text, expected) => {
    expect(parseYuan(text)).toBe(expected)
  })

  it.each([
    '',
    '.',
    ',5',
    '1,5',
    '1,23',
    '1元5',
    '¥5¥',
    '壹',
    '1.234',
    '1e5',
    '--1',
    '1.2.3',
    '99999999999999999',
    '=1+1',
    'NaN',
  ])('refuses %s', (text) => {
    expect(parseYuan(text)).toBeNull()
  })

  it('reads back every amount that it prints', () => {
    fc.assert(fc.property(amount, (n) => parseYuan(formatYuan(n)) === asFen(n)))
  })

  it('is a whole number of fen, within ±1e15', () => {
    for (const bad of [0.5, 1e15 + 1, Number.NaN, '1', null]) expect(fen.safeParse(bad).success).toBe(false)
    expect(() => asFen(0.1)).toThrow(RangeError)
    expect(sumFen([1, 2, 3])).toBe(6)
  })
})

describe('tax', () => {
  it('¥56,500 including 13 % is 50,000.00 and 6,500.00', () => {
    expect(splitTax(5_650_000, 1300)).toEqual({ net: 5_000_000, tax: 650_000 })
    expect(addTax(5_000_000, 1300)).toEqual({ tax: 650_000, inclusive: 5_650_000 })
  })
  it('net and tax always add up', () => {
    fc.assert(
      fc.property(amount, fc.constantFrom(0, 300, 600, 900, 1300), (n, rate) => {
        const { net, tax } = splitTax(n, rate)
        return net + tax === asFen(n)
      }),
    )
  })
  it('rounds half away from zero', () => {
    expect([mulRate(50, 100), mulRate(-50, 100), mulRate(49, 100)]).toEqual([1, -1, 0])
  })
})

describe('shares', () => {
  it('sum to the amount exactly, and none is off by more than a fen', () => {
    fc.assert(
      fc.property(
        amount,
        fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 12 }),
        (n, weights) => {
          const shares = allocate(n, weights)
          expect(sumFen(shares)).toBe(asFen(n))
          const total = weights.reduce((a, b) => a + b, 0)
          shares.forEach((share, i) => {
            const exact = total === 0 ? n / weights.length : (n / total) * (weights[i] ?? 0)
            expect(Math.abs(share - exact)).toBeLessThanOrEqual(1 + Math.abs(exact) * 1e-12)
          })
        },
      ),
    )
  })
})

describe('shares by impossible weights', () => {
  it.each([[[3, -1]], [[0.5, 0.5]], [[Number.NaN]]])('%j', (weights) => {
    expect(() => allocate(100, weights)).toThrow(RangeError)
  })
  it('all nothing share alike, the first gets the odd fen', () => {
    expect(allocate(100, [0, 0, 0])).toEqual([34, 33, 33])
    expect(allocate(-100, [1, 1, 1])).toEqual([-34, -33, -33])
    expect(allocate(0, [1, 2])).toEqual([0, 0])
    expect(allocate(5, [])).toEqual([])
  })
})

describe('capitals', () => {
  it.each([
    [805_006, '人民币捌仟零伍拾元零陆分'],
    [3_600_000, '人民币叁万陆仟元整'],
    [10_712_050, '人民币壹拾万柒仟壹佰贰拾元伍角整'],
    [160_032, '人民币壹仟陆佰元叁角贰分'],
    [0, '人民币零元整'],
    [5, '人民币伍分'],
    [-100, '人民币负壹元整'],
    [100_000_000_000_000, '人民币壹万亿元整'],
    [100_010_000_000_000, '人民币壹万零壹亿元整'],
    [100_000_001_000_000, '人民币壹万亿零壹万元整'],
    [10_005_000, '人民币壹拾万零伍拾元整'],
    [1_000_005, '人民币壹万元零伍分'],
    [999_999_999_999_999, '人民币玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分'],
  ])('%i fen', (n, expected) => {
    expect(rmbCapitals(n)).toBe(expected)
  })
  it('read back, ten thousand of them, in both scripts', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e15, max: 1e15 }), (n) => {
        expect(parseRmbCapitals(rmbCapitals(n))).toBe(asFen(n))
        expect(parseRmbCapitals(rmbCapitals(n, 'zh-TW'), 'zh-TW')).toBe(asFen(n))
      }),
      { numRuns: 10_000 },
    )
  })
  it('write a zero exactly where the rules ask for one, from 0 to 10^15 fen', () => {
    // Amounts of which most digits are zero: where a zero can go wrong.
    const sparse = fc
      .array(fc.constantFrom(0, 0, 0, 1, 9), { minLength: 1, maxLength: 15 })
      .map((digits) => Number(digits.join('')))
    fc.assert(
      fc.property(fc.oneof(sparse, fc.integer({ min: 0, max: 1e15 })), (n) => {
        const text = rmbCapitals(n, 'zh-CN', { prefix: false })
        expect(text).not.toMatch(/零零/)
        if (n >= 100) expect(text).not.toMatch(/零[拾佰仟万亿元角分整]/)
        expect([...text].filter((char) => char === '零')).toHaveLength(zerosOf(n))
        expect(text.endsWith('整')).toBe(n % 10 === 0)
        expect(parseRmbCapitals(text)).toBe(n)
      }),
      { numRuns: 20_000 },
    )
  })
})

/**
 * How many zeros the rules ask for (支付结算办法, annex 1): one for each run of zeros that stands before a digit within
 * its group of four or takes a whole group, and one before the cents where there are no jiao.
 */
function zerosOf(fen: number): number {
  if (fen === 0) return 1
  const yuan = String(Math.floor(fen / 100)).replace(/^0+/, '')
  const padded = yuan.padStart(Math.ceil(yuan.length / 4) * 4, '0')
  let zeros = 0
  let started = false
  let run = 0
  let wholeGroup = false
  for (const [i, digit] of [...padded].entries()) {
    if (i % 4 === 0) {
      wholeGroup ||= started && padded.slice(i, i + 4) === '0000'
      run = 0
    }
    if (digit === '0') {
      run += 1
      continue
    }
    if (started && (run > 0 || wholeGroup)) zeros += 1
    started = true
    run = 0
    wholeGroup = false
  }
  return zeros + (yuan !== '' && fen % 100 > 0 && fen % 100 < 10 ? 1 : 0)
}
