import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '#shared/kernel/app-error.ts'
import { addDays, asDay, dayOfMoment, type PlainDay } from '#shared/kernel/dates.ts'
import { encodeCursor } from '#shared/kernel/paging.ts'
import {
  boundsAfter,
  comparePositions,
  cursorOf,
  mergeTimeline,
  positionOf,
  type TimelinePosition,
} from '#shared/modules/timeline/timeline.rules.ts'

const START = asDay('2026-03-28')
const HOUR = 3_600_000

interface Row {
  readonly id: string
  /** Null: the row has its moment alone. */
  readonly day: PlainDay | null
  readonly at: number
}
interface Source {
  readonly name: string
  readonly rows: readonly Row[]
}

/** What the repositories do in SQL: rows below the bound, newest first, so many. */
function answer({ name, rows }: Source, last: TimelinePosition | null, limit: number, zone: string) {
  const bound = last ? boundsAfter(last, zone)(name) : null
  const less = (a: readonly (string | number)[], b: readonly (string | number)[]) => {
    const at = a.findIndex((value, place) => value !== b[place])
    return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0)
  }
  return rows
    .filter(({ id, day, at }) => {
      if (!bound) return true
      return day === null
        ? less([at, id], [bound.moment.at, bound.moment.id])
        : less([day, at, id], [bound.day, bound.at, bound.id])
    })
    .map(({ id, day, at }) => ({ day: day ?? dayOfMoment(at, zone), at, key: `${name}:${id}` }))
    .toSorted(comparePositions)
    .slice(0, limit)
}

/** All pages of a size, read by the cursor of the one before. */
function pages(sources: readonly Source[], size: number, zone: string): string[][] {
  const found: string[][] = []
  let last: TimelinePosition | null = null
  for (;;) {
    const after: TimelinePosition | null = last
    const page = mergeTimeline(
      sources.map((source) => answer(source, after, size + 1, zone)),
      (position) => position,
      size,
    )
    found.push(page.items.map((item) => item.row.key))
    if (page.next === null) return found
    last = positionOf(cursorOf(page.next))
  }
}

const row = fc.record({
  id: fc.uuid({ version: 7 }),
  // Few days and few hours, so that many items are at the same place.
  day: fc.option(fc.integer({ min: 0, max: 4 }).map((days) => addDays(START, days))),
  at: fc.integer({ min: -48, max: 120 }).map((hours) => Date.parse(`${START}T00:00:00Z`) + hours * HOUR),
})
// A name that another begins with, and one that only differs in a sign before the colon.
const NAMES = ['file', 'file-contract', 'filed', 'task', 'task-closed', 'visit']
const stream = fc.array(
  fc.record({
    name: fc.constantFrom(...NAMES),
    dated: fc.boolean(),
    rows: fc.uniqueArray(row, { selector: (one) => one.id, maxLength: 20 }),
  }),
  { maxLength: 6 },
)

describe('the merged stream', () => {
  it.each(['Asia/Shanghai', 'Europe/Berlin', 'America/New_York'])(
    'gives each item once and in order, whatever the page size (%s)',
    (zone) => {
      fc.assert(
        fc.property(stream, fc.integer({ min: 1, max: 9 }), (given, size) => {
          const sources = [...new Map(given.map((one) => [one.name, one])).values()].map(({ name, dated, rows }) => ({
            name,
            rows: rows.map((one) => ({ ...one, day: dated ? (one.day ?? START) : null })),
          }))
          const whole = sources.flatMap((source) => answer(source, null, 1000, zone)).toSorted(comparePositions)
          const read = pages(sources, size, zone)
          expect(read.flat()).toEqual(whole.map((item) => item.key))
          expect(read.slice(0, -1).every((page) => page.length === size)).toBe(true)
        }),
        { numRuns: 200 },
      )
    },
  )

  it('stands what was written down later beside the day that it is about', () => {
    const zone = 'Asia/Shanghai'
    const at = (text: string) => Date.parse(`${text}+08:00`)
    const sources: Source[] = [
      { name: 'receipt', rows: [{ id: '1', day: asDay('2026-05-10'), at: at('2026-05-12T09:00') }] },
      { name: 'visit', rows: [{ id: '2', day: asDay('2026-06-01'), at: at('2026-05-11T09:00') }] },
      {
        name: 'task',
        rows: ['10T08:00', '10T23:59', '11T00:00'].map((moment, id) => ({
          id: String(id),
          day: null,
          at: at(`2026-05-${moment}`),
        })),
      },
    ]
    const order = ['visit:2', 'task:2', 'receipt:1', 'task:1', 'task:0']
    for (const size of [1, 2, 3, 10]) expect(pages(sources, size, zone).flat()).toEqual(order)
  })

  it('takes no cursor that it did not make', () => {
    const wrong: [string, string][] = [
      ['', 'visit:1'],
      ['2026-02-30 5', 'visit:1'],
      ['2026-05-01 x', 'visit:1'],
    ]
    for (const key of wrong) expect(() => positionOf(encodeCursor(key))).toThrow(AppError)
    expect(() => positionOf('nonsense')).toThrow(AppError)
  })
})
