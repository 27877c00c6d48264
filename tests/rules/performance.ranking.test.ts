import { describe, expect, it } from 'vitest'
import { asMonth } from '#shared/kernel/dates.ts'
import type { RankingSight } from '#shared/modules/performance/performance.policy.schema.ts'
import {
  knowsPlaces,
  seenRanking,
  withSeenPlaces,
  type RankingReader,
} from '#shared/modules/performance/performance.ranking.rules.ts'
import type { MonthSheet, PersonSheet } from '#shared/modules/performance/performance.schema.ts'

const person = (userId: string, teamName: string | null, total: number, rank: number): PersonSheet => ({
  userId,
  userName: userId,
  teamName,
  schemeName: '',
  indicators: [],
  vetoed: false,
  total,
  rank,
  grade: 'B',
  coefficient: null,
  grades: [],
})
/** Two of one team, one of another, one of none. */
const PEOPLE = [
  person('dan', null, 9_500, 1),
  person('ann', '一组', 9_000, 2),
  person('bob', '一组', 8_000, 3),
  person('carl', '二组', 7_000, 4),
]
const rep = (userId: string): RankingReader => ({ userId, leads: false, reads: (id) => id === userId })
const leader: RankingReader = { userId: 'lea', leads: true, reads: (id) => id === 'ann' || id === 'bob' }
const owner: RankingReader = { userId: 'own', leads: true, reads: () => true }

describe('a ranking', () => {
  it.each<[string, RankingReader, RankingSight, string[], number | null]>([
    ['a rep', rep('bob'), 'firm', ['dan', 'ann', 'bob', 'carl'], 4],
    ['a rep', rep('bob'), 'team', ['ann', 'bob'], 4],
    ['a rep', rep('bob'), 'own', ['bob'], 4],
    ['a rep', rep('bob'), 'leaders', [], null],
    // People of no team are no team.
    ['one of no team', rep('dan'), 'team', ['dan'], 4],
    ['one who is not appraised', rep('eve'), 'team', [], 4],
    ['one who is not appraised', rep('eve'), 'own', [], 4],
    ['a leader', leader, 'firm', ['dan', 'ann', 'bob', 'carl'], 4],
    ['a leader', leader, 'team', ['ann', 'bob'], 4],
    ['a leader', leader, 'own', ['ann', 'bob'], 4],
    ['a leader', leader, 'leaders', ['ann', 'bob'], 4],
    ['an owner', owner, 'leaders', ['dan', 'ann', 'bob', 'carl'], 4],
  ])('shows %s under %3$s whom it may', (_who, reader, sight, expected, people) => {
    const seen = seenRanking(PEOPLE, reader, sight)
    expect(seen.rows.map((row) => row.userId)).toEqual(expected)
    expect(seen.people).toBe(people)
  })

  it('gives places among everybody, marks the own one, and tells the grade of nobody else', () => {
    expect(seenRanking(PEOPLE, rep('bob'), 'team').rows).toEqual([
      { userId: 'ann', userName: 'ann', teamName: '一组', rank: 2, total: 9_000, grade: null, own: false },
      { userId: 'bob', userName: 'bob', teamName: '一组', rank: 3, total: 8_000, grade: 'B', own: true },
    ])
    expect(seenRanking(PEOPLE, leader, 'firm').rows.map((row) => row.grade)).toEqual([null, 'B', 'B', null])
  })

  it.each<[boolean, RankingSight, boolean]>([
    [false, 'firm', true],
    [false, 'own', true],
    [false, 'leaders', false],
    [true, 'leaders', true],
  ])('lets whoever leads (%s) know places under %s: %s', (leads, sight, known) => {
    expect(knowsPlaces({ leads }, sight)).toBe(known)
  })

  it('leaves no place on a sheet whose reader may not know it, nor that of the lock, and nothing else changes', () => {
    const asLocked = { total: 8_900, rank: 3, grade: 'B' }
    const sheet: MonthSheet = {
      month: asMonth('2026-05'),
      locked: true,
      lockedAt: 1,
      people: [{ ...PEOPLE[1]!, asLocked }, PEOPLE[2]!],
    }
    expect(withSeenPlaces(sheet, true)).toBe(sheet)
    const hidden = withSeenPlaces(sheet, false)
    expect(JSON.stringify(hidden)).not.toMatch(/"rank":\d/)
    expect(hidden.people[0]).toEqual({ ...PEOPLE[1], rank: null, asLocked: { ...asLocked, rank: null } })
  })
})
