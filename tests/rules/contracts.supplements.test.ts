import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import { nextTerm } from '#shared/modules/contracts/contracts.copy.ts'
import { newErrors, replan, type StandingInstalment } from '#shared/modules/contracts/contracts.supplement.rules.ts'

const row = (seq: number, amount: number, settled = 0, label = `${seq}`): StandingInstalment => ({
  seq,
  label,
  trigger: 'signing',
  dueDay: null,
  amount,
  settled,
})
const want = (seq: number, amount: number, label = `${seq}`) => {
  const { settled: _settled, ...rest } = row(seq, amount, 0, label)
  return rest
}

describe('a new payment clause in the place of the old one', () => {
  it.each([
    ['nothing changed', [row(1, 5), row(2, 5)], [want(1, 5), want(2, 5)], { kept: [1, 2] }],
    [
      'an open one of another amount',
      [row(1, 5), row(2, 5)],
      [want(1, 5), want(2, 6)],
      { kept: [1], cancelled: [2], made: [want(2, 6)] },
    ],
    ['an open one dropped', [row(1, 5), row(2, 5)], [want(1, 5)], { kept: [1], cancelled: [2] }],
    ['one more', [row(1, 5)], [want(1, 5), want(2, 1)], { kept: [1], made: [want(2, 1)] }],
    ['one paid in part for less', [row(1, 5, 2)], [want(1, 3)], { changed: [want(1, 3)] }],
    ['one paid in full under another name', [row(1, 5, 5)], [want(1, 5, 'x')], { kept: [1] }],
  ])('%s', (_what, standing, wanted, expected) => {
    expect(replan(standing, wanted)).toEqual({ kept: [], changed: [], cancelled: [], made: [], ...expected })
  })

  it.each([
    ['less than was received', [row(1, 5, 5), row(2, 5, 1)], [want(1, 5)], { kind: 'belowReceived', received: 6 }],
    ['a paid one of another amount', [row(1, 5, 5)], [want(1, 6)], { kind: 'paid', seq: 1, label: '1', amount: 5 }],
    ['a paid one gone', [row(1, 2), row(2, 5, 5)], [want(1, 7)], { kind: 'paid', seq: 2, label: '2', amount: 5 }],
    [
      'one paid in part for less than that',
      [row(1, 5, 4), row(2, 5)],
      [want(1, 3), want(2, 7)],
      { kind: 'paid', seq: 1, label: '1', amount: 5 },
    ],
  ])('%s is refused', (_what, standing, wanted, fault) => {
    expect(replan(standing, wanted)).toEqual(fault)
  })

  it('leaves instalments that sum to the clause, each above what was received', () => {
    const standing = fc.array(
      fc.record({ amount: fc.integer({ min: 1, max: 9 }), part: fc.constantFrom(0, 0, 1, 2) }),
      {
        maxLength: 5,
      },
    )
    const clause = fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 6 })
    fc.assert(
      fc.property(standing, clause, fc.boolean(), (rows, amounts, loyal) => {
        const old = rows.map(({ amount, part }, i) =>
          row(i + 1, amount, part === 2 ? amount : part === 1 ? Math.ceil(amount / 2) : 0),
        )
        // Half of the clauses leave what was paid as it is, so that most of these are possible.
        const typed = loyal
          ? [...old.map((each) => (each.settled > 0 ? each.amount : (amounts[each.seq] ?? 3))), ...amounts]
          : amounts
        const wanted = typed.map((amount, i) => want(i + 1, amount))
        const result = replan(old, wanted)
        if ('kind' in result) {
          expect(loyal).toBe(false)
          return
        }
        const bySeq = new Map(old.map((each) => [each.seq, each]))
        const after = [
          ...result.kept.map((seq) => bySeq.get(seq)!),
          ...result.changed.map((each) => ({ ...each, settled: bySeq.get(each.seq)!.settled })),
          ...result.made.map((each) => ({ ...each, settled: 0 })),
        ]
        expect(after.map((each) => each.seq).toSorted((a, b) => a - b)).toEqual(wanted.map((each) => each.seq))
        expect(after.reduce((sum, each) => sum + each.amount, 0)).toBe(
          wanted.reduce((sum, each) => sum + each.amount, 0),
        )
        expect(after.every((each) => each.settled <= each.amount)).toBe(true)
        expect(result.cancelled.every((seq) => bySeq.get(seq)!.settled === 0)).toBe(true)
        const received = (list: readonly { settled: number }[]) => list.reduce((sum, each) => sum + each.settled, 0)
        expect(received(after)).toBe(received(old))
      }),
      { numRuns: 1000 },
    )
  })
})

describe('what a supplement answers for', () => {
  it('is what it brings in', () => {
    const error = (code: string) => ({ severity: 'error' as const, code, path: ['lines'], article: null })
    const warning = { ...error('w'), severity: 'warning' as const }
    expect(newErrors([error('a')], [error('a'), error('b'), warning])).toEqual([error('b')])
  })
})

describe('the term of a renewal', () => {
  it.each([
    ['2026-01-01', '2026-12-31', '2027-01-01', '2027-12-31'],
    ['2026-02-01', '2026-04-30', '2026-05-01', '2026-07-31'],
    ['2026-01-01', '2026-01-10', '2026-01-11', '2026-01-20'],
    [null, '2026-12-31', '2027-01-01', null],
    ['2026-01-01', null, null, null],
  ])('%s – %s → %s – %s', (from, to, start, end) => {
    const day = (text: string | null) => (text === null ? null : asDay(text))
    expect(nextTerm(day(from), day(to))).toEqual({ startDay: start, endDay: end })
  })
})
