import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { englishNumber, rmbInWords } from '#shared/kernel/english-amount.ts'

describe('amounts in English words', () => {
  it.each([
    [0, 'RMB zero only'],
    [8, 'RMB zero and 08/100 only'],
    [100, 'RMB one only'],
    [2100, 'RMB twenty-one only'],
    [10_100, 'RMB one hundred and one only'],
    [100_100, 'RMB one thousand and one only'],
    [119_900, 'RMB one thousand one hundred and ninety-nine only'],
    [6_455_008, 'RMB sixty-four thousand five hundred and fifty and 08/100 only'],
    [100_000_150, 'RMB one million and one and 50/100 only'],
    [10_000_000_000_000, 'RMB one hundred billion only'],
  ])('%d', (fen, words) => expect(rmbInWords(fen)).toBe(words))

  it('are different for different numbers, and refuse what is no amount', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31 - 1), fc.nat(2 ** 31 - 1), (a, b) => {
        expect(englishNumber(a) === englishNumber(b)).toBe(a === b)
      }),
      { numRuns: 300 },
    )
    for (const wrong of [-1, 0.5, Number.NaN, 1e15]) expect(() => englishNumber(wrong)).toThrow(RangeError)
  })
})
