/** The seat's own clock in UTC milliseconds: for badges and countdowns only, never for a record. */
export function seatNow(): number {
  return performance.timeOrigin + performance.now()
}

/** `10:42` of a moment on this seat. */
export function seatTime(moment: number): string {
  return new Date(moment).toTimeString().slice(0, 5)
}
