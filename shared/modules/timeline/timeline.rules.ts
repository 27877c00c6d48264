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
 * One page of several lists that are each in order and hold one row more than a page where there is one: each row comes
 * once, whatever the page size. `place` says where a row stands; it is asked only of rows that may be next.
 */
export function mergeTimeline<Row>(
  lists: readonly (readonly Row[])[],
  place: (row: Row, list: number) => TimelinePosition,
  limit: number,
): { items: { row: Row; list: number; position: TimelinePosition }[]; next: TimelinePosition | null } {
  const headOf = (list: number, at: number) => {
    const row = lists[list]?.[at]
    return row === undefined ? [] : [{ row, list, at, position: place(row, list) }]
  }
  const heads = lists.flatMap((_, list) => headOf(list, 0))
  const items: { row: Row; list: number; position: TimelinePosition }[] = []
  while (heads.length > 0 && items.length < limit) {
    const first = heads.reduce((a, b) => (comparePositions(a.position, b.position) <= 0 ? a : b))
    const { row, list, at, position } = first
    items.push({ row, list, position })
    heads.splice(heads.indexOf(first), 1, ...headOf(list, at + 1))
  }
  return { items, next: heads.length > 0 ? (items.at(-1)?.position ?? null) : null }
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

/** Where each source goes on after the last item that was shown, which may be of another source. */
export function boundsAfter(last: TimelinePosition, zone: string): (source: string) => TimelineBound {
  const { day, at, key } = last
  const cut = key.indexOf(':')
  const shown = key.slice(0, cut)
  const from = startOfDay(day, zone)
  const to = startOfDay(addDays(day, 1), zone)
  return (source) => {
    // The colon is part of the order: 'task-closed:' stands before 'task:' as text does.
    const id = shown === source ? key.slice(cut + 1) : `${source}:` < `${shown}:` ? ANY_ID : NO_ID
    // An item may be written down before or after its day; a moment lies within its own.
    const moment = at >= to ? { at: to, id: NO_ID } : at < from ? { at: from, id: NO_ID } : { at, id }
    return { day, at, id, moment }
  }
}
