import type { RankingRow, RankingSight } from './performance.policy.schema.ts'
import type { MonthSheet, PersonSheet } from './performance.schema.ts'

/** Who looks at a ranking. */
export interface RankingReader {
  readonly userId: string
  /** Whether he leads people: his scope is seen whatever the firm's setting says. */
  readonly leads: boolean
  /** Whose results he may read anyhow. */
  readonly reads: (userId: string) => boolean
}

type Ranked = Pick<PersonSheet, 'userId' | 'userName' | 'teamName' | 'rank' | 'total' | 'grade'>

/** Whether a reader may know the places of those whose results he reads. */
export function knowsPlaces(reader: Pick<RankingReader, 'leads'>, sight: RankingSight): boolean {
  return reader.leads || sight !== 'leaders'
}

/**
 * The ranking of the whole firm, cut down to what a reader may see of it. Places are those among everybody. Whoever
 * leads sees his people; of others there are name, team, points and place where the setting shows them, never a grade.
 * Without a place of one's own (who is not appraised) the own team is nobody's.
 */
export function seenRanking(
  people: readonly Ranked[],
  reader: RankingReader,
  sight: RankingSight,
): { people: number | null; rows: RankingRow[] } {
  if (!knowsPlaces(reader, sight)) return { people: null, rows: [] }
  const team = people.find((person) => person.userId === reader.userId)?.teamName ?? null
  const shown = (person: Ranked) =>
    sight === 'firm' || reader.reads(person.userId) || (sight === 'team' && team !== null && person.teamName === team)
  const rows = people.filter(shown).flatMap(({ userId, userName, teamName, rank, total, grade }) => {
    if (rank === null) return []
    return [
      {
        userId,
        userName,
        teamName,
        rank,
        total,
        grade: reader.reads(userId) ? grade : null,
        own: userId === reader.userId,
      },
    ]
  })
  return { people: people.length, rows }
}

/**
 * A sheet with the places that its reader may know. In an open month only a sheet of the whole firm has places: counted
 * among a part of the people they would be others.
 */
export function withSeenPlaces(sheet: MonthSheet, known: boolean): MonthSheet {
  if (known) return sheet
  const people = sheet.people.map(({ asLocked, ...person }) => ({
    ...person,
    rank: null,
    ...(asLocked ? { asLocked: { ...asLocked, rank: null } } : {}),
  }))
  return { ...sheet, people }
}
