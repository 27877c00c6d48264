import { describe, expect, it } from 'vitest'
import { asMonth, type PlainDay } from '#shared/kernel/dates.ts'
import {
  chainOf,
  isComplete,
  type ChainMeasure,
  type ChainMonth,
} from '#shared/modules/performance/performance.chain.rules.ts'
import { DEFAULT_APPRAISAL_POLICY } from '#shared/modules/performance/performance.policy.schema.ts'

const { lines } = DEFAULT_APPRAISAL_POLICY
const day = (text: string) => text as PlainDay

/** A locked month below the line of 60 points, whose result he agreed to; locked on the tenth of the next month. */
const failed = (at: string, more: Partial<ChainMonth> = {}): ChainMonth => ({
  month: asMonth(at),
  lockedDay: day(`2026-${String(Number(at.slice(5)) + 1).padStart(2, '0')}-10`),
  measured: true,
  total: 5_000,
  standing: { state: 'confirmed', day: `2026-${String(Number(at.slice(5)) + 1).padStart(2, '0')}-05` },
  targetsDay: null,
  ...more,
})
const good = (at: string) => failed(at, { total: 8_000 })
const done = (doneDay: string, more: Partial<ChainMeasure> = {}): ChainMeasure => ({
  id: doneDay,
  kind: 'training',
  subject: '产品知识',
  doneDay: day(doneDay),
  ...more,
})
const silent = { state: 'silent', day: null } as const

describe('the chain of evidence', () => {
  it('is whole: agreed, below the line, trained after the lock, and below the line in the first month after that', () => {
    const links = chainOf([failed('2026-02'), failed('2026-04')], [done('2026-03-20')], lines)
    expect(isComplete(links)).toBe(true)
    expect(links).toMatchObject([
      { link: 'agreed', month: '2026-02', how: 'confirmed', day: '2026-03-05' },
      { link: 'first', month: '2026-02', total: 5_000, day: '2026-03-10' },
      { link: 'measure', proposalId: '2026-03-20', kind: 'training', day: '2026-03-20' },
      { link: 'second', month: '2026-04', total: 5_000, day: '2026-05-10' },
    ])
  })

  it.each<[string, ChainMonth[], ChainMeasure[], (string | null)[]]>([
    ['nothing at all', [], [], ['notAgreed', 'notBelow', 'waits', 'waits']],
    ['only good months', [good('2026-02')], [], [null, 'notBelow', 'waits', 'waits']],
    ['a total at the line', [failed('2026-02', { total: 6_000 })], [], [null, 'notBelow', 'waits', 'waits']],
    ['a total one hundredth below it', [failed('2026-02', { total: 5_999 })], [], [null, null, 'noMeasure', 'waits']],
    [
      'a result that he never agreed to',
      [failed('2026-02', { standing: silent })],
      [],
      ['notAgreed', 'waits', 'waits', 'waits'],
    ],
    [
      'one that he agreed to as another total',
      [failed('2026-02', { standing: { state: 'outdated', day: '2026-03-01' } })],
      [],
      ['notAgreed', 'waits', 'waits', 'waits'],
    ],
    [
      'targets set on the last day of the month',
      [failed('2026-02', { standing: silent, targetsDay: day('2026-02-28') })],
      [],
      [null, null, 'noMeasure', 'waits'],
    ],
    [
      'targets set when the month was over',
      [failed('2026-02', { standing: silent, targetsDay: day('2026-03-01') })],
      [],
      ['notAgreed', 'waits', 'waits', 'waits'],
    ],
    [
      'an appeal that nobody answered',
      [failed('2026-02', { standing: { state: 'appealed', day: '2026-03-05' }, targetsDay: day('2026-02-01') })],
      [],
      [null, 'appealed', 'waits', 'waits'],
    ],
    [
      'a month in which nothing was measured',
      [failed('2026-02', { measured: false, total: 0 })],
      [],
      ['notAgreed', 'notBelow', 'waits', 'waits'],
    ],
    [
      'one of those before the second result',
      [failed('2026-02'), failed('2026-04', { measured: false, total: 0 }), failed('2026-05')],
      [done('2026-03-20')],
      [null, null, null, null],
    ],
    ['nothing done about it', [failed('2026-02')], [], [null, null, 'noMeasure', 'waits']],
    [
      'training before the result was locked',
      [failed('2026-02')],
      [done('2026-03-09')],
      [null, null, 'tooEarly', 'waits'],
    ],
    ['training on the day of the lock', [failed('2026-02')], [done('2026-03-10')], [null, null, 'tooEarly', 'waits']],
    ['training on the day after', [failed('2026-02')], [done('2026-03-11')], [null, null, null, 'notYet']],
    [
      'a second month that had begun before the training',
      [failed('2026-02'), failed('2026-03')],
      [done('2026-03-20')],
      [null, null, null, 'notYet'],
    ],
    [
      'a second month that began on the very day',
      [failed('2026-02'), failed('2026-04')],
      [done('2026-04-01')],
      [null, null, null, 'notYet'],
    ],
    [
      'a better month after the training',
      [failed('2026-02'), good('2026-04'), failed('2026-05')],
      [done('2026-03-20')],
      [null, null, null, 'notBelow'],
    ],
    [
      'a second result that he did not agree to',
      [failed('2026-02'), failed('2026-04', { standing: silent })],
      [done('2026-03-20')],
      [null, null, null, 'notAgreed'],
    ],
    [
      'a second result that is contested',
      [failed('2026-02'), failed('2026-04', { standing: { state: 'appealed', day: '2026-05-05' } })],
      [done('2026-03-20')],
      [null, null, null, 'appealed'],
    ],
    [
      'a better month before the training, which changes nothing',
      [failed('2026-02'), good('2026-03'), failed('2026-05')],
      [done('2026-04-20', { kind: 'transfer' })],
      [null, null, null, null],
    ],
    [
      'a second training after a whole chain',
      [failed('2026-02'), failed('2026-04')],
      [done('2026-05-20'), done('2026-03-20')],
      [null, null, null, null],
    ],
  ])('of %s', (_what, months, measures, gaps) => {
    const links = chainOf(months, measures, lines)
    expect(links.map((link) => link.gap)).toEqual(gaps)
    expect(isComplete(links)).toBe(gaps.every((gap) => gap === null))
    // Neither the order of the months nor that of the measures decides.
    expect(chainOf(months.toReversed(), measures.toReversed(), lines)).toEqual(links)
  })

  it('goes by the line of each month', () => {
    const [line] = lines
    const stricter = [line!, { ...line!, from: asMonth('2026-04'), below: 4_000 }]
    const links = chainOf([failed('2026-02'), failed('2026-04')], [done('2026-03-20')], stricter)
    expect(links.map((link) => link.gap)).toEqual([null, null, null, 'notBelow'])
  })

  it('takes of several whole chains the latest', () => {
    const months = [failed('2026-02'), failed('2026-04'), failed('2026-06')]
    const links = chainOf(months, [done('2026-03-20'), done('2026-05-20')], lines)
    expect(links.map((link) => link.month ?? link.day)).toEqual(['2026-04', '2026-04', '2026-05-20', '2026-06'])
  })
})
