import { USUAL_CURVE } from '#shared/modules/performance/performance.curves.rules.ts'
import {
  CATALOGUE,
  INDICATOR_CODES,
  type Indicator,
} from '#shared/modules/performance/performance.indicators.schema.ts'
import type { CoreClient } from '#core/start-core.ts'
import { PASSWORD, type TestCore, type TestPerson } from './test-core.ts'

/** An indicator of a scheme with its weight in basis points and its target, scored as usual. */
export const schemeItem = (indicator: Indicator, weight: number, target: number) => ({
  indicator,
  weight,
  target,
  curve: USUAL_CURVE,
  param: CATALOGUE[indicator].param?.usual ?? null,
})

/** A scheme of sales staff by every indicator there is, of about the same weight each. */
export function wholeScheme() {
  const share = Math.floor(10_000 / INDICATOR_CODES.length)
  const first = 10_000 - share * (INDICATOR_CODES.length - 1)
  const items = INDICATOR_CODES.map((indicator, i) => schemeItem(indicator, i === 0 ? first : share, 10))
  return { name: '全部指标', roles: ['sales'], teamIds: [], items, grades: [] }
}

/** Another day at ten in the morning; seats that slept log in again. */
export async function moveTo(t: TestCore, day: string, seats: Iterable<readonly [string, CoreClient]>): Promise<void> {
  t.clock.set(Date.parse(`${day}T02:00:00Z`))
  for (const [login, seat] of seats) await seat.session.logIn({ login, password: PASSWORD })
}

/** Seats of several people at one core, which they keep from day to day. */
export function testSeats() {
  const seats = new Map<TestPerson, CoreClient>()
  let core: TestCore
  return {
    as: (person: TestPerson) => seats.get(person) as CoreClient,
    async sitDown(t: TestCore, people: readonly TestPerson[]): Promise<void> {
      core = t
      for (const person of people) seats.set(person, await t.as(person))
    },
    /** Another day at ten in the morning for everybody who sits. */
    moveTo: (day: string) => moveTo(core, day, seats),
  }
}
