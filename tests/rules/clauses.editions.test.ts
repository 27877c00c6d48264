import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, asDay } from '#shared/kernel/dates.ts'
import {
  editionOn,
  lastPublished,
  shownEdition,
  standingOn,
  validityIssues,
  type DatedEdition,
} from '#shared/modules/clauses/clauses.editions.rules.ts'

const edition = (no: number, validFrom: string | null, over: Partial<DatedEdition> = {}): DatedEdition => ({
  no,
  state: over.withdrawnDay ? 'withdrawn' : validFrom === null ? 'draft' : 'published',
  validFrom,
  validTo: null,
  withdrawnDay: null,
  ...over,
})

describe('how an edition stands', () => {
  it.each([
    ['a draft', edition(1, null), 'draft'],
    ['before its day', edition(1, '2026-05-19'), 'scheduled'],
    ['on its day', edition(1, '2026-05-18'), 'inForce'],
    ['on its last day', edition(1, '2026-01-01', { validTo: '2026-05-18' }), 'inForce'],
    ['after its last day', edition(1, '2026-01-01', { validTo: '2026-05-17' }), 'expired'],
    ['on the day it was withdrawn', edition(1, '2026-01-01', { withdrawnDay: '2026-05-18' }), 'withdrawn'],
    ['the day before that', edition(1, '2026-01-01', { withdrawnDay: '2026-05-19' }), 'inForce'],
    ['withdrawn before it began', edition(1, '2026-06-01', { withdrawnDay: '2026-05-01' }), 'withdrawn'],
  ] as const)('%s', (_what, found, standing) => expect(standingOn(found, '2026-05-18')).toBe(standing))
})

describe('the edition that counts', () => {
  const first = edition(1, '2021-01-01')
  it.each([
    ['the newest that has begun', [first, edition(2, '2026-05-18'), edition(3, '2026-06-01')], 2],
    ['of one day the later number', [edition(1, '2026-05-01'), edition(2, '2026-05-01')], 2],
    [
      'none comes back for one that was withdrawn',
      [first, edition(2, '2026-05-01', { withdrawnDay: '2026-05-10' })],
      2,
    ],
    ['nor for one that ran out', [first, edition(2, '2026-05-01', { validTo: '2026-05-10' })], 2],
    [
      'one withdrawn before it began never counted',
      [first, edition(2, '2026-05-10', { withdrawnDay: '2026-05-09' })],
      1,
    ],
    ['a draft never does', [edition(1, null)], null],
    ['nor what is to come', [edition(1, '2026-05-19')], null],
  ] as const)('%s', (_what, editions, no) => expect(editionOn(editions, '2026-05-18')?.no ?? null).toBe(no))

  it('a list shows it, else the next to begin, else the newest', () => {
    const day = '2026-05-18'
    expect(shownEdition([first, edition(2, null)], day).no).toBe(1)
    expect(shownEdition([edition(1, '2026-07-01'), edition(2, '2026-06-01'), edition(3, null)], day).no).toBe(2)
    expect(shownEdition([edition(1, null)], day).no).toBe(1)
    expect(() => shownEdition([], day)).toThrow('no edition')
    expect(lastPublished([first, edition(2, '2026-07-01'), edition(3, null)])?.no).toBe(2)
    expect(lastPublished([edition(1, null)])).toBeNull()
  })

  const day = fc.integer({ min: 0, max: 60 }).map((n) => addDays(asDay('2026-05-01'), n))
  const anyEdition = fc.record({
    validFrom: fc.option(day),
    validTo: fc.option(day),
    withdrawnDay: fc.option(day),
  })
  const anyEditions = fc.array(anyEdition, { maxLength: 6 }).map((found) =>
    found.map(({ validFrom, validTo, withdrawnDay }, at) =>
      edition(at + 1, validFrom, {
        validTo: validFrom === null || validTo === null || validTo < validFrom ? null : validTo,
        withdrawnDay: validFrom === null ? null : withdrawnDay,
      }),
    ),
  )

  it('never changes for a past day by what is published from a later day on, whatever the order they are read in', () => {
    fc.assert(
      fc.property(anyEditions, day, day, (editions, asked, later) => {
        const counted = editionOn(editions, asked)
        expect(editionOn(editions.toReversed(), asked)).toEqual(counted)
        fc.pre(later > asked)
        const more = [...editions, edition(editions.length + 1, later)]
        expect(editionOn(more, asked)).toEqual(counted)
        expect(editionOn(more, '2027-01-01')?.no ?? 0).toBeGreaterThan(0)
      }),
      { numRuns: 300 },
    )
  })

  it('has begun, was not withdrawn before it began, and nothing that counts began after it', () => {
    fc.assert(
      fc.property(anyEditions, day, (editions, asked) => {
        const counted = editionOn(editions, asked)
        const able = editions.filter(
          (e) => e.validFrom !== null && e.validFrom <= asked && !(e.withdrawnDay && e.withdrawnDay < e.validFrom),
        )
        expect(counted === null).toBe(able.length === 0)
        if (counted) expect(able.every((e) => (e.validFrom ?? '') <= (counted.validFrom ?? ''))).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

describe('the days that an edition is published for', () => {
  const today = '2026-05-18'
  const issues = (validFrom: string, validTo: string | null = null, editions: DatedEdition[] = []) =>
    validityIssues(editions, { validFrom, validTo }, today).map(({ path, key }) => `${path.join('.')} ${key}`)
  it.each([
    ['today', issues(today), []],
    ['yesterday', issues('2026-05-17'), ['validFrom clauses:errors.validFromPast']],
    [
      'before the edition it follows',
      issues('2026-05-20', null, [edition(1, '2026-06-01')]),
      ['validFrom clauses:errors.validFromBefore'],
    ],
    ['on the day of the edition it follows', issues('2026-06-01', null, [edition(1, '2026-06-01')]), []],
    [
      'where that one was withdrawn before it began',
      issues('2026-05-20', null, [edition(1, '2026-06-01', { withdrawnDay: '2026-05-18' })]),
      [],
    ],
    ['for one day', issues(today, today), []],
    ['ending before it begins', issues('2026-05-20', '2026-05-19'), ['validTo clauses:errors.validToBefore']],
  ])('%s', (_what, found, wanted) => expect(found).toEqual(wanted))
})
