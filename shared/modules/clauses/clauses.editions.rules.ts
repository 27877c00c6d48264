import type { FieldIssue } from '#shared/kernel/app-error.ts'
import type { EditionState, Standing } from './clauses.schema.ts'

/** What of an edition says when it counts. Days as `YYYY-MM-DD`; a draft has none. */
export interface DatedEdition {
  readonly no: number
  readonly state: EditionState
  readonly validFrom: string | null
  readonly validTo: string | null
  /** The first day on which it counts no more. */
  readonly withdrawnDay: string | null
}

/** How an edition stands by itself on a day, whatever came after it. */
export function standingOn(edition: DatedEdition, day: string): Standing {
  if (edition.state === 'draft' || edition.validFrom === null) return 'draft'
  if (edition.withdrawnDay !== null && edition.withdrawnDay <= day) return 'withdrawn'
  if (edition.validFrom > day) return 'scheduled'
  return edition.validTo !== null && edition.validTo < day ? 'expired' : 'inForce'
}

/** Published, and not withdrawn before it had begun. */
const counts = (edition: DatedEdition): edition is DatedEdition & { validFrom: string } =>
  edition.validFrom !== null && (edition.withdrawnDay === null || edition.withdrawnDay >= edition.validFrom)

/** Later ones last: by the day they begin, of one day by their numbers. */
const byBeginning = (a: DatedEdition, b: DatedEdition) =>
  a.validFrom === b.validFrom ? a.no - b.no : (a.validFrom ?? '') < (b.validFrom ?? '') ? -1 : 1

/**
 * The edition that counts on a day: the newest that has begun. Where that one was withdrawn or has run out, none of the
 * earlier ones comes back in its place; null where none has begun.
 */
export function editionOn<E extends DatedEdition>(editions: readonly E[], day: string): E | null {
  const begun = editions.filter((edition) => counts(edition) && edition.validFrom <= day)
  return begun.toSorted(byBeginning).at(-1) ?? null
}

/**
 * The edition that a list shows for the whole: the one that counts, else the next to begin, else the newest of all.
 * There is always one: a clause begins with its first draft.
 */
export function shownEdition<E extends DatedEdition>(editions: readonly E[], day: string): E {
  const next = editions.filter((edition) => standingOn(edition, day) === 'scheduled').toSorted(byBeginning)
  const newest = editions.toSorted((a, b) => a.no - b.no).at(-1)
  const shown = editionOn(editions, day) ?? next[0] ?? newest
  if (!shown) throw new Error('there is no edition')
  return shown
}

/** The newest edition that was published, withdrawn or not; null where there is none. */
export function lastPublished<E extends DatedEdition>(editions: readonly E[]): E | null {
  return (
    editions
      .filter((edition) => edition.state !== 'draft')
      .toSorted((a, b) => a.no - b.no)
      .at(-1) ?? null
  )
}

/**
 * What is wrong with the days that an edition is about to be published for: it cannot begin in the past, nor before
 * the edition that it follows, nor end before it begins.
 */
export function validityIssues(
  editions: readonly DatedEdition[],
  wanted: { readonly validFrom: string; readonly validTo: string | null },
  today: string,
): FieldIssue[] {
  const earlier = editions
    .filter((edition) => counts(edition))
    .toSorted(byBeginning)
    .at(-1)
  const issues: FieldIssue[] = []
  if (wanted.validFrom < today) issues.push({ path: ['validFrom'], key: 'clauses:errors.validFromPast' })
  else if (earlier?.validFrom && wanted.validFrom < earlier.validFrom) {
    const params = { day: earlier.validFrom }
    issues.push({ path: ['validFrom'], key: 'clauses:errors.validFromBefore', params })
  }
  if (wanted.validTo !== null && wanted.validTo < wanted.validFrom) {
    issues.push({ path: ['validTo'], key: 'clauses:errors.validToBefore' })
  }
  return issues
}
