import type { PlainDay } from '#shared/kernel/dates.ts'

/** What is stored of an edition. */
export const EDITION_STATES = ['draft', 'inUse', 'withdrawn'] as const
export type EditionState = (typeof EDITION_STATES)[number]

/** What an edition is on a day: `upcoming` waits for its day, `replaced` gave way to a newer one. */
export const STANDINGS = ['draft', 'upcoming', 'inUse', 'replaced', 'withdrawn'] as const
export type Standing = (typeof STANDINGS)[number]

export interface EditionFacts {
  readonly no: number
  readonly state: EditionState
  /** Of one that was put in use. */
  readonly validFrom: PlainDay | null
  readonly withdrawnDay: PlainDay | null
}

/**
 * The edition that counts on a day: the newest of those whose day has come. One that was withdrawn after its day still
 * counts, so that an older edition never comes back by itself: then none can be used until a new one is put in use.
 */
export function currentEdition<E extends EditionFacts>(editions: readonly E[], day: PlainDay): E | null {
  const begun = editions.filter(
    ({ validFrom, withdrawnDay }) =>
      validFrom !== null && validFrom <= day && (withdrawnDay === null || withdrawnDay >= validFrom),
  )
  return begun.reduce<E | null>((newest, one) => (newest === null || one.no > newest.no ? one : newest), null)
}

/** What each edition is on a day, by its number. */
export function standings(editions: readonly EditionFacts[], day: PlainDay): ReadonlyMap<number, Standing> {
  const current = currentEdition(editions, day)
  const newest = editions.reduce((most, { no }) => Math.max(most, no), 0)
  return new Map(editions.map((edition) => [edition.no, standingOf(edition, { current, newest, day })]))
}

function standingOf(
  { no, state, validFrom }: EditionFacts,
  beside: { readonly current: EditionFacts | null; readonly newest: number; readonly day: PlainDay },
): Standing {
  if (state === 'withdrawn') return 'withdrawn'
  if (state === 'draft') return no === beside.newest ? 'draft' : 'replaced'
  if (beside.current !== null && no < beside.current.no) return 'replaced'
  return validFrom !== null && validFrom > beside.day ? 'upcoming' : 'inUse'
}
