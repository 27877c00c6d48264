import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, addMonths, asDay, type PlainDay } from '#shared/kernel/dates.ts'
import { makeCalendar } from '#shared/kernel/workdays.ts'
import { lawOn, SHIPPED_LAW } from '#shared/modules/contracts/contracts.law.ts'
import {
  EVIDENCE_KINDS,
  evidenceRule,
  judgeEvidence,
  type EvidenceKind,
  type Proof,
} from '#shared/modules/receivables/receivables.evidence.rules.ts'
import {
  alarmDays,
  limitationClock,
  limitationStart,
  type LimitationEvent,
  type LimitationSetting,
  type LimitedDebt,
} from '#shared/modules/receivables/receivables.limitation.rules.ts'

const day = asDay
const calendar = makeCalendar(JSON.parse(readFileSync('resources/holidays/cn.json', 'utf8')))
const setting: LimitationSetting = {
  law: lawOn(SHIPPED_LAW, '2026-05-20'),
  calendar,
  alarms: [12, 6, 3, 1],
}
const event = (kind: EvidenceKind, on: string, over: Partial<LimitationEvent> = {}): LimitationEvent => ({
  kind,
  day: day(on),
  strength: 'strong',
  ...over,
})
const debt = (dueDay: string | null, events: LimitationEvent[] = [], over: Partial<LimitedDebt> = {}): LimitedDebt => ({
  dueDay: dueDay === null ? null : day(dueDay),
  lastDueDay: null,
  firstDemand: null,
  events,
  suspensions: [],
  ...over,
})
const clock = (of: LimitedDebt, asOf: string) => limitationClock(of, setting, day(asOf))
const effects = (of: LimitedDebt, asOf: string) => clock(of, asOf).steps.map((step) => [step.effect, step.endDay])
const notes = (of: LimitedDebt, asOf: string) => clock(of, asOf).notes.map((note) => note.key.split('.').pop())

describe('the period (民法典 188, 201–203)', () => {
  it.each([
    // Due on a month's end, on a leap day, on any day.
    ['2025-08-31', '2028-08-31'],
    ['2024-02-29', '2027-02-28'],
    ['2023-02-28', '2026-02-28'],
    ['2026-01-31', '2029-01-31'],
    ['2025-11-30', '2028-11-30'],
  ])('due %s ends %s', (due, end) => expect(clock(debt(due), '2026-05-18').endDay).toBe(end))

  it('moves behind days off, shows the earlier day to act by, and whether the calendar knew', () => {
    // 2026-10-03 is in the holidays of the national day, which end on the 7th.
    const shifted = clock(debt('2023-10-03'), '2026-05-18')
    expect([shifted.endDay, shifted.shifted]).toEqual(['2026-10-03', { day: '2026-10-08', certain: true }])
    expect(notes(debt('2023-10-03'), '2026-05-18')).toEqual(['shifted'])
    // A Thursday of a year that no calendar knows yet.
    expect(clock(debt('2025-08-31'), '2026-05-18').shifted).toEqual({ day: '2028-08-31', certain: false })
    expect(notes(debt('2025-08-31'), '2026-05-18')).toEqual([])
  })

  it.each([
    ['2023-10-03', '2026-10-08', 'running'],
    ['2023-10-03', '2026-10-09', 'expired'],
    ['2026-05-18', '2026-05-18', 'notDue'],
    ['2026-05-18', '2026-05-19', 'running'],
  ])('due %s is on %s %s', (due, asOf, state) => expect(clock(debt(due), asOf).state).toBe(state))

  it('once it has run out a letter asks for consent, not for payment (民法典 192)', () => {
    expect(clock(debt('2022-05-20'), '2025-05-21')).toMatchObject({
      state: 'expired',
      wording: 'acknowledge',
      daysLeft: -1,
    })
    expect(clock(debt('2022-05-20'), '2025-05-20')).toMatchObject({ state: 'running', wording: 'demand', daysLeft: 0 })
  })
})

describe('where it starts', () => {
  const start = (of: LimitedDebt, asOf = '2026-05-18') => {
    const found = limitationStart(of, day(asOf))
    return found && [found.day, found.reason.key.split('.').pop()]
  }
  it('one debt in instalments from the last of them, where the firm counts it so (民法典 189)', () => {
    expect(start(debt('2025-01-31'))).toEqual(['2025-01-31', 'due'])
    expect(start(debt('2025-01-31', [], { lastDueDay: day('2025-12-31') }))).toEqual(['2025-12-31', 'lastInstalment'])
    expect(start(debt('2025-12-31', [], { lastDueDay: day('2025-01-31') }))).toEqual(['2025-12-31', 'due'])
  })
  it('without a due day at the end of the grace of the first demand, or at a refusal (时效规定 4)', () => {
    const demanded = (refusedDay: string | null) => ({
      firstDemand: { day: day('2026-03-01'), graceDays: 15, refusedDay: refusedDay === null ? null : day(refusedDay) },
    })
    expect(start(debt(null))).toBeNull()
    expect(start(debt(null, [], demanded(null)))).toEqual(['2026-03-16', 'grace'])
    expect(start(debt(null, [], demanded('2026-03-05')))).toEqual(['2026-03-05', 'refused'])
    expect(start(debt(null, [], demanded('2026-04-05')))).toEqual(['2026-03-16', 'grace'])
    expect(start(debt(null, [], demanded('2026-03-05')), '2026-03-04')).toEqual(['2026-03-16', 'grace'])
    expect(start(debt(null, [], demanded(null)), '2026-02-28')).toBeNull()
    expect(clock(debt(null), '2026-05-18')).toMatchObject({ state: 'noDueDay', endDay: null, alarm: null })
  })
})

describe('what interrupts it (民法典 195; 时效规定 8–14)', () => {
  it.each(EVIDENCE_KINDS)('%s on 2026-05-29 makes it run anew to 2029-05-29', (kind) => {
    const ended = evidenceRule(kind).group === 'proceeding' ? { endedDay: day('2026-05-29') } : {}
    const interrupted = debt('2025-08-31', [event(kind, '2026-05-29', ended)])
    expect(clock(interrupted, '2026-06-30')).toMatchObject({ endDay: '2029-05-29', state: 'running' })
    // The day before, nobody knew.
    expect(clock(interrupted, '2026-05-28').endDay).toBe('2028-08-31')
  })

  it('each part payment anew, the latest decides', () => {
    const paid = debt('2022-01-31', [
      event('partPayment', '2024-06-01'),
      event('partPayment', '2023-03-05'),
      event('partPayment', '2026-02-10'),
    ])
    expect(effects(paid, '2026-05-18')).toEqual([
      ['interrupts', '2026-03-05'],
      ['interrupts', '2027-06-01'],
      ['interrupts', '2029-02-10'],
    ])
  })

  it('proceedings until they end; while they go on the period does not run', () => {
    const filed = (endedDay: string | null) =>
      debt('2023-01-31', [event('lawsuit', '2025-12-01', { endedDay: endedDay === null ? null : day(endedDay) })])
    expect(clock(filed(null), '2026-05-18')).toMatchObject({ state: 'proceedings', endDay: '2028-12-01' })
    expect(notes(filed(null), '2026-05-18')).toEqual(['proceedings'])
    expect(clock(filed('2026-04-30'), '2026-05-18')).toMatchObject({ state: 'running', endDay: '2029-04-30' })
    expect(clock(filed('2026-04-30'), '2026-04-29')).toMatchObject({ state: 'proceedings', endDay: '2028-12-01' })
  })

  it('goes on with the proceedings although something was paid meanwhile', () => {
    const paid = debt('2023-01-31', [event('lawsuit', '2025-12-01'), event('partPayment', '2026-02-01')])
    expect(clock(paid, '2026-05-18')).toMatchObject({ state: 'proceedings', endDay: '2029-02-01' })
  })

  it('a plan or a respite from the day until which payment was put off', () => {
    const plan = event('repaymentPlan', '2026-02-01', { untilDay: day('2026-12-31') })
    expect(clock(debt('2025-08-31', [plan]), '2026-05-18').endDay).toBe('2029-12-31')
  })

  it('not before it has begun', () => {
    expect(effects(debt('2026-03-31', [event('partPayment', '2026-03-01')]), '2026-05-18')).toEqual([
      ['beforeStart', '2029-03-31'],
    ])
  })

  it('what is weakly proven does not count, but is shown as what could be saved', () => {
    const weak = debt('2024-01-31', [event('email', '2026-01-15', { strength: 'weak' })])
    expect(clock(weak, '2026-05-18')).toMatchObject({ endDay: '2027-01-31', weakEndDay: '2029-01-15' })
    expect(effects(weak, '2026-05-18')).toEqual([['weak', '2027-01-31']])
    expect(notes(weak, '2026-05-18')).toContain('weak')
    const none = debt('2024-01-31', [event('phone', '2026-01-15', { strength: 'none' })])
    expect(clock(none, '2026-05-18')).toMatchObject({ endDay: '2027-01-31', weakEndDay: '2027-01-31' })
  })

  it('after it has run out only consent brings it back, no demand, payment or balance alone (时效规定 19)', () => {
    const late = (kind: EvidenceKind) => debt('2022-01-31', [event(kind, '2025-06-01')])
    expect(effects(late('ems'), '2026-05-18')).toEqual([['tooLate', '2025-01-31']])
    expect(effects(late('partPayment'), '2026-05-18')).toEqual([['tooLate', '2025-01-31']])
    expect(effects(late('statement'), '2026-05-18')).toEqual([['tooLate', '2025-01-31']])
    expect(clock(late('ems'), '2026-05-18')).toMatchObject({ state: 'expired', wording: 'acknowledge' })
    expect(effects(late('repaymentPlan'), '2026-05-18')).toEqual([['restarts', '2028-06-01']])
    expect(clock(late('acknowledgement'), '2026-05-18')).toMatchObject({ state: 'running', wording: 'demand' })
    expect(notes(late('acknowledgement'), '2026-05-18')).toContain('restarted')
  })

  it('counts an event on the last day behind the holidays', () => {
    const last = debt('2023-10-03', [event('ems', '2026-10-08')])
    expect(effects(last, '2026-10-09')).toEqual([['interrupts', '2029-10-08']])
  })
})

describe('suspension in the last six months and the long stop (民法典 194, 188)', () => {
  const ends = (from: string, to: string | null, asOf: string) =>
    clock(debt('2023-06-30', [], { suspensions: [{ from: day(from), to: to === null ? null : day(to) }] }), asOf)
  it('the period ends six months after the cause does', () => {
    expect(ends('2026-01-10', '2026-03-20', '2026-05-18').endDay).toBe('2026-09-20')
  })
  it('a cause that reaches into the last six months counts, one that ended before them does not', () => {
    expect(ends('2025-06-01', '2026-01-15', '2026-05-18').endDay).toBe('2026-07-15')
    expect(ends('2025-06-01', '2025-12-15', '2026-05-18').endDay).toBe('2026-06-30')
  })
  it('while the cause lasts the end moves along', () => {
    expect(ends('2026-06-01', null, '2026-08-15')).toMatchObject({ state: 'suspended', endDay: '2027-02-15' })
    expect(ends('2026-06-01', '2026-10-01', '2026-08-15').endDay).toBe('2027-02-15')
  })
  it('a cause that begins on the last day counts', () => {
    expect(ends('2026-06-30', '2026-07-15', '2026-08-15').endDay).toBe('2027-01-15')
  })
  it('a cause after the end is none', () => {
    expect(ends('2026-07-20', null, '2026-08-15')).toMatchObject({ state: 'expired', endDay: '2026-06-30' })
  })
  it('twenty years are the end of all', () => {
    const demands = Array.from({ length: 10 }, (_, i) => event('ems', `20${String(i * 2 + 8).padStart(2, '0')}-05-18`))
    const old = debt('2006-05-18', demands)
    expect(clock(old, '2026-05-01')).toMatchObject({ longStopDay: '2026-05-18', endDay: '2026-05-18' })
    expect(notes(old, '2026-05-01')).toContain('longStop')
    // Nothing suspends them: by itself the period would end in July, and wait for the cause.
    const events = [...demands.slice(0, 8), event('ems', '2023-07-18')]
    const lasting = { ...old, suspensions: [{ from: day('2026-01-01'), to: null }], events }
    expect(clock(lasting, '2026-05-10')).toMatchObject({ state: 'running', endDay: '2026-05-18' })
  })
})

describe('alarms', () => {
  it('twelve, six, three months and one before the end', () => {
    expect(alarmDays(day('2028-08-31'), [1, 12, 3, 6]).map((a) => [a.months, a.day])).toEqual([
      [12, '2027-08-31'],
      [6, '2028-02-29'],
      [3, '2028-05-31'],
      [1, '2028-07-31'],
    ])
  })
  it.each([
    ['2027-08-30', null],
    ['2027-08-31', 12],
    ['2028-03-01', 6],
    ['2028-07-30', 3],
    ['2028-07-31', 1],
    ['2028-09-30', 1],
  ])('on %s it is %s', (asOf, alarm) => expect(clock(debt('2025-08-31'), asOf).alarm).toBe(alarm))
})

describe('evidence (时效规定 8)', () => {
  const verdict = (kind: EvidenceKind, ...onFile: Proof[]) => judgeEvidence(kind, new Set(onFile))
  it('an EMS letter is strong with its form, contents, agreed address and what became of it', () => {
    const all: Proof[] = ['document', 'number', 'posted', 'contents', 'agreedAddress', 'outcome', 'scan']
    expect(verdict('ems', ...all)).toEqual({ strength: 'strong', missing: [], article: 'limitation8b' })
    expect(verdict('ems', 'document', 'number', 'posted')).toMatchObject({
      strength: 'weak',
      missing: ['contents', 'agreedAddress', 'outcome', 'scan'],
    })
    expect(verdict('ems', 'number', 'posted').strength).toBe('none')
  })
  it.each<[EvidenceKind, Proof[], string]>([
    ['courier', ['document', 'number', 'posted'], 'none'],
    ['hand', ['document', 'signature'], 'weak'],
    ['hand', ['document', 'signature', 'signerRole', 'scan'], 'strong'],
    ['hand', ['document'], 'none'],
    ['email', ['document', 'messageFile'], 'weak'],
    ['email', ['document', 'messageFile', 'agreedAddress', 'outcome'], 'strong'],
    ['phone', [], 'none'],
    ['phone', ['recording', 'identity', 'transcript'], 'strong'],
    ['announcement', ['publication'], 'none'],
    ['partPayment', [], 'weak'],
    ['partPayment', ['bankSlip', 'purpose'], 'strong'],
    ['lawsuit', [], 'none'],
    ['lawsuit', ['filing'], 'strong'],
  ])('%s with %j is %s', (kind, onFile, strength) => expect(verdict(kind, ...onFile).strength).toBe(strength))
  it('more on file never makes it weaker', () => {
    const order = ['none', 'weak', 'strong']
    for (const kind of EVIDENCE_KINDS) {
      const { least, needs } = evidenceRule(kind)
      const ranks = [...least, ...needs].map((_, n) =>
        order.indexOf(judgeEvidence(kind, new Set([...least, ...needs].slice(0, n + 1))).strength),
      )
      expect(ranks).toEqual(ranks.toSorted((a, b) => a - b))
      expect(ranks.at(-1)).toBe(2)
    }
  })
})

const T0 = day('2020-01-15')
const anyDay = fc.integer({ min: -200, max: 3000 }).map((n) => addDays(T0, n))
const anyEvent: fc.Arbitrary<LimitationEvent> = fc.record({
  kind: fc.constantFrom(...EVIDENCE_KINDS),
  day: anyDay,
  strength: fc.constantFrom('strong', 'weak', 'none'),
  untilDay: fc.option(anyDay),
  endedDay: fc.option(anyDay),
})
const anyDebt: fc.Arbitrary<LimitedDebt> = fc.record({
  dueDay: fc.option(anyDay, { freq: 6 }),
  lastDueDay: fc.option(anyDay),
  firstDemand: fc.option(fc.record({ day: anyDay, graceDays: fc.nat(60), refusedDay: fc.option(anyDay) })),
  events: fc.array(anyEvent, { maxLength: 6 }),
  suspensions: fc.array(fc.record({ from: anyDay, to: fc.option(anyDay) }), { maxLength: 2 }),
})

describe('always', () => {
  it('an event never moves the end to an earlier day, nor beyond twenty years', () => {
    fc.assert(
      fc.property(anyDebt, anyEvent, anyDay, (of, more, asOf) => {
        const before = limitationClock(of, setting, asOf)
        const after = limitationClock({ ...of, events: [...of.events, more] }, setting, asOf)
        expect((after.endDay ?? '') >= (before.endDay ?? '')).toBe(true)
        expect((after.weakEndDay ?? '') >= (after.endDay ?? '')).toBe(true)
        if (after.endDay !== null) expect(after.endDay <= after.longStopDay!).toBe(true)
      }),
      { numRuns: 400 },
    )
  })
  it('what happens later never changes the clock of an earlier day', () => {
    fc.assert(
      fc.property(anyDebt, anyEvent, anyDay, fc.integer({ min: 1, max: 900 }), (of, more, asOf, n) => {
        const later = addDays(asOf, n)
        const added = {
          ...of,
          events: [...of.events, { ...more, day: later }],
          suspensions: [...of.suspensions, { from: later, to: null }],
        }
        expect(limitationClock(added, setting, asOf)).toEqual(limitationClock(of, setting, asOf))
      }),
      { numRuns: 400 },
    )
  })
  it('ends three years after its start where nothing happened', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (due: PlainDay, asOf) => {
        expect(limitationClock(debt(due), setting, asOf).endDay).toBe(addMonths(due, 36))
      }),
    )
  })
})
