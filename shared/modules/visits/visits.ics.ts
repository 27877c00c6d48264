import { Temporal } from 'temporal-polyfill'
import { addDays, type PlainDay } from '#shared/kernel/dates.ts'

/** One entry of a calendar file. Minutes since midnight in the firm's zone; null: the whole day. */
export interface CalendarEvent {
  /** The same for the same visit for ever, so that a later file replaces what an earlier one brought. */
  readonly uid: string
  /** Grows with every change. */
  readonly sequence: number
  /** UTC ms of the last change. */
  readonly changedAt: number
  readonly day: PlainDay
  readonly startMinute: number | null
  readonly endMinute: number | null
  readonly summary: string
  readonly location: string
  readonly description: string
}

/** So long is what has a beginning but no end. */
const DEFAULT_MINUTES = 60
/** RFC 5545 §3.1: a line has at most 75 octets without its end. */
const MAX_OCTETS = 75

/** RFC 5545 §3.3.11: backslash, semicolon, comma and line ends are escaped; other control characters have no place. */
export function escapeText(text: string): string {
  return text
    .replace(/[\\;,]/g, (character) => `\\${character}`)
    .replace(/\r\n?|\n/g, '\\n')
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g, '')
}

/** A line in pieces of at most 75 octets of UTF-8, each but the first behind a space; no character is torn. */
export function foldLine(line: string): string {
  const encoder = new TextEncoder()
  const pieces: string[] = []
  let piece = ''
  let octets = 0
  for (const character of line) {
    const size = encoder.encode(character).length
    if (octets + size > MAX_OCTETS) {
      pieces.push(piece)
      piece = ' '
      octets = 1
    }
    piece += character
    octets += size
  }
  pieces.push(piece)
  return pieces.join('\r\n')
}

const stamp = (moment: number) => `${new Date(moment).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`

/** The moment of a minute of a day in a zone, as UTC: what every calendar reads without a table of zones. */
function momentOf(day: PlainDay, minute: number, zone: string): string {
  const at = Temporal.PlainDate.from(day).toPlainDateTime().add({ minutes: minute }).toZonedDateTime(zone)
  return stamp(at.epochMilliseconds)
}

function timesOf(event: CalendarEvent, zone: string): string[] {
  const { day, startMinute, endMinute } = event
  if (startMinute === null) {
    const plain = (at: PlainDay) => at.replaceAll('-', '')
    return [`DTSTART;VALUE=DATE:${plain(day)}`, `DTEND;VALUE=DATE:${plain(addDays(day, 1))}`]
  }
  return [
    `DTSTART:${momentOf(day, startMinute, zone)}`,
    `DTEND:${momentOf(day, endMinute ?? startMinute + DEFAULT_MINUTES, zone)}`,
  ]
}

/** A calendar file (RFC 5545) of these events: UTF-8, CRLF, folded, times in UTC. `zone` is the firm's. */
export function calendarFile(name: string, events: readonly CalendarEvent[], zone: string): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//yewutai//visits//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escapeText(name)}`,
    ...events.flatMap((event) => [
      'BEGIN:VEVENT',
      `UID:${event.uid}`,
      `DTSTAMP:${stamp(event.changedAt)}`,
      `SEQUENCE:${event.sequence}`,
      ...timesOf(event, zone),
      `SUMMARY:${escapeText(event.summary)}`,
      ...(event.location === '' ? [] : [`LOCATION:${escapeText(event.location)}`]),
      ...(event.description === '' ? [] : [`DESCRIPTION:${escapeText(event.description)}`]),
      'STATUS:CONFIRMED',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
  return `${lines.map(foldLine).join('\r\n')}\r\n`
}
