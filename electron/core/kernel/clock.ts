import { dayOfMoment, type PlainDay } from '#shared/kernel/dates.ts'

/** The only source of time. Moments are UTC milliseconds; `today` is the firm's day in its zone. */
export interface Clock {
  now(): number
  today(): PlainDay
  /** The firm's zone, set when the data file is open. */
  zone: string
}

export function systemClock(zone: string): Clock {
  return {
    zone,
    now: () => Date.now(),
    today() {
      return dayOfMoment(Date.now(), this.zone)
    },
  }
}

/** A clock that stands still until it is moved; for tests, the demo and the sample firm. */
export function fixedClock(moment: number, zone = 'Asia/Shanghai'): Clock & { set(moment: number): void } {
  let at = moment
  return {
    zone,
    now: () => at,
    today() {
      return dayOfMoment(at, this.zone)
    },
    set(next) {
      at = next
    },
  }
}
