import { invalid } from '#shared/kernel/app-error.ts'
import { addDays, isPlainDay, type PlainDay } from '#shared/kernel/dates.ts'
import { decodeCursor, encodeCursor } from '#shared/kernel/paging.ts'
import { startOfDay } from '#shared/modules/customers/customers.rules.ts'

/**
 * Where an item stands in the stream: by the firm's day, on a day by the moment at which it was written down, and by
 * its key (`<source>:<id>`) where even that is the same.
 */
export interface TimelinePosition {
  readonly day: PlainDay
  /** UTC ms. */
  readonly at: number
  readonly key: string
}

/** Below and above every id that a source has. */
export const NO_ID = ''
export const ANY_ID = '~'

const before = (a: string | number, b: string | number): number => (a < b ? 1 : a > b ? -1 : 0)

/** Newest first. */
export function comparePositions(a: TimelinePosition, b: TimelinePosition): number {
  return before(a.day, b.day) || before(a.at, b.at) || before(a.key, b.key)
}

/**
 * One page of several lists that are each in order and hold one item more than a page where there is one: each item
 * comes once, whatever the page size.
 */
export function mergeTimeline<Item extends TimelinePosition>(
  lists: readonly (readonly Item[])[],
  limit: number,
): { items: Item[]; next: TimelinePosition | null } {
  const all = lists.flat().toSorted(comparePositions)
  const items = all.slice(0, limit)
  return { items, next: all.length > limit ? (items.at(-1) ?? null) : null }
}

export function cursorOf({ day, at, key }: TimelinePosition): string {
  return encodeCursor([`${day} ${at}`, key])
}

/** Throws VALIDATION for a cursor that this program did not make. */
export function positionOf(cursor: string): TimelinePosition {
  const [value, key] = decodeCursor(cursor)
  const [day = '', at = ''] = String(value).split(' ')
  if (!isPlainDay(day) || !/^-?\d{1,16}$/.test(at)) throw invalid([{ path: ['cursor'], key: 'validation:cursor' }])
  return { day, at: Number(at), key }
}

/** What a source has to give: rows whose day, moment and id, in this order, are less than these. */
export interface TimelineBound {
  readonly day: PlainDay
  readonly at: number
  readonly id: string
  /** The same for rows that have a moment and no day of their own. */
  readonly moment: { readonly at: number; readonly id: string }
}

/** Where a source goes on after the last item that was shown, which may be of another source. */
export function boundOf(last: TimelinePosition, source: string, zone: string): TimelineBound {
  const cut = last.key.indexOf(':')
  const shown = last.key.slice(0, cut)
  // The colon is part of the order: 'task:' stands before 'tasks:' as text does.
  const id = shown === source ? last.key.slice(cut + 1) : `${source}:` < `${shown}:` ? ANY_ID : NO_ID
  const from = startOfDay(last.day, zone)
  const to = startOfDay(addDays(last.day, 1), zone)
  // An item may be written down before or after its day; a moment lies within its own.
  const moment = last.at >= to ? { at: to, id: NO_ID } : last.at < from ? { at: from, id: NO_ID } : { at: last.at, id }
  return { day: last.day, at: last.at, id, moment }
}
