import { describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import { copiesPresent, filingGaps, retainUntil } from '#shared/modules/contracts/contracts.papers.rules.ts'

describe('papers of contracts', () => {
  it.each([
    ['2026-01-01', 30, '2056-12-31'],
    ['2026-12-31', 10, '2036-12-31'],
    ['2024-02-29', 1, '2025-12-31'],
  ])('filed on %s and kept for %d years: until %s', (day, years, until) =>
    expect(retainUntil(asDay(day), years)).toBe(until),
  )

  it('what is lent out and not back is not there', () =>
    expect(
      copiesPresent(4, [
        { copies: 2, returned: null },
        { copies: 1, returned: { day: '2026-01-01' } },
      ]),
    ).toBe(2))

  it.each([
    [{ signedPages: 6, scanPages: null, sealed: false, archived: false }, ['scan', 'seal', 'archive']],
    [{ signedPages: 6, scanPages: 5, sealed: true, archived: true }, ['pages']],
    [{ signedPages: 6, scanPages: 6, sealed: true, archived: true }, []],
    [{ signedPages: 6, scanPages: 9, sealed: true, archived: false }, ['archive']],
    [{ signedPages: null, scanPages: 1, sealed: true, archived: true }, []],
  ])('%o lacks %j', (papers, gaps) => expect(filingGaps(papers)).toEqual(gaps))
})
