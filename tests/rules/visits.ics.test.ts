import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlainDay } from '#shared/kernel/dates.ts'
import { calendarFile, escapeText, foldLine, type CalendarEvent } from '#shared/modules/visits/visits.ics.ts'

const event: CalendarEvent = {
  uid: '0197-1@yewutai',
  sequence: 3,
  changedAt: Date.UTC(2026, 4, 18, 1, 2, 3),
  day: '2026-05-20' as PlainDay,
  startMinute: 570,
  endMinute: 660,
  summary: '洽谈 · 成都兴川机械制造有限公司',
  location: '二号楼, 三层; 会议室',
  description: '确认交期\n反斜线 \\ 也在',
}

interface Parsed {
  readonly header: ReadonlyMap<string, string>
  readonly events: readonly ReadonlyMap<string, string>[]
}

/** Reads a calendar file as strictly as RFC 5545 is written; whatever is not allowed throws. */
function parse(text: string): Parsed {
  if (!text.endsWith('\r\n')) throw new Error('the last line has no end')
  if (/[^\r]\n|\r[^\n]/.test(text)) throw new Error('a line does not end with CRLF')
  const physical = text.slice(0, -2).split('\r\n')
  for (const line of physical) {
    if (new TextEncoder().encode(line).length > 75) throw new Error(`too long: ${line}`)
  }
  const lines: string[] = []
  for (const line of physical) {
    if (line.startsWith(' ')) lines[lines.length - 1] += line.slice(1)
    else lines.push(line)
  }
  const header = new Map<string, string>()
  const events: Map<string, string>[] = []
  const open: string[] = []
  for (const line of lines) {
    const match = /^([A-Z-]+)((?:;[A-Z-]+=[A-Z]+)*):(.*)$/s.exec(line)
    if (!match) throw new Error(`no content line: ${line}`)
    const [, name = '', parameters = '', value = ''] = match
    // oxlint-disable-next-line no-control-regex
    if (/[\u0000-\u0008\u000A-\u001F\u007F]/.test(value)) throw new Error(`control character: ${line}`)
    if (name === 'BEGIN') {
      open.push(value)
      if (value === 'VEVENT') events.push(new Map())
    } else if (name === 'END') {
      if (open.pop() !== value) throw new Error(`${value} was not open`)
    } else {
      const into = open.at(-1) === 'VEVENT' ? events.at(-1) : header
      if (into?.has(name)) throw new Error(`${name} twice`)
      into?.set(name, parameters + value)
    }
  }
  if (open.length > 0) throw new Error('something stays open')
  for (const found of events) {
    for (const name of ['UID', 'DTSTAMP', 'DTSTART', 'SUMMARY']) {
      if (!found.has(name)) throw new Error(`${name} is missing`)
    }
    for (const name of ['SUMMARY', 'LOCATION', 'DESCRIPTION']) {
      if (/(?<!\\)(?:\\\\)*[;,]/.test(found.get(name) ?? '')) throw new Error(`${name} is not escaped`)
    }
  }
  for (const name of ['VERSION', 'PRODID']) if (!header.has(name)) throw new Error(`${name} is missing`)
  return { header, events }
}

const unescape = (text: string) => text.replace(/\\(.)/gs, (_all, c: string) => (c === 'n' ? '\n' : c))

describe('a calendar file', () => {
  it('says when and where in UTC, under an id that stays', () => {
    const { events } = parse(calendarFile('拜访计划', [event], 'Asia/Shanghai'))
    expect(Object.fromEntries(events[0] ?? [])).toEqual({
      UID: '0197-1@yewutai',
      DTSTAMP: '20260518T010203Z',
      SEQUENCE: '3',
      DTSTART: '20260520T013000Z',
      DTEND: '20260520T030000Z',
      SUMMARY: '洽谈 · 成都兴川机械制造有限公司',
      LOCATION: '二号楼\\, 三层\\; 会议室',
      DESCRIPTION: '确认交期\\n反斜线 \\\\ 也在',
      STATUS: 'CONFIRMED',
    })
  })

  it.each([
    ['the whole day', { startMinute: null, endMinute: null }, ';VALUE=DATE20260520', ';VALUE=DATE20260521'],
    ['an hour where no end was agreed', { endMinute: null }, '20260520T013000Z', '20260520T023000Z'],
    ['until midnight', { endMinute: 1440 }, '20260520T013000Z', '20260520T160000Z'],
  ])('gives %s', (_words, change, start, end) => {
    const { events } = parse(calendarFile('x', [{ ...event, ...change }], 'Asia/Shanghai'))
    expect([events[0]?.get('DTSTART'), events[0]?.get('DTEND')]).toEqual([start, end])
  })

  it('is read back whatever was typed', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const clean = text
          .replace(/\r\n?/g, '\n')
          .replace(/[\p{Cc}\p{Cs}]/gu, (c) => (c === '\n' || c === '\t' ? c : ''))
        const given = { ...event, summary: clean, location: '', description: '' }
        const { events } = parse(calendarFile('x', [given], 'Asia/Shanghai'))
        expect(unescape(events[0]?.get('SUMMARY') ?? '')).toBe(clean)
      }),
    ))
})

describe('a folded line', () => {
  it('tears no character and is put together again', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        const line = escapeText(text)
        const pieces = foldLine(line).split('\r\n')
        for (const piece of pieces) expect(new TextEncoder().encode(piece).length).toBeLessThanOrEqual(75)
        expect(pieces.map((piece, at) => (at === 0 ? piece : piece.slice(1))).join('')).toBe(line)
      }),
    ))
})
