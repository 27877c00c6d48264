import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, asDay } from '#shared/kernel/dates.ts'
import { isWorkday, makeCalendar } from '#shared/kernel/workdays.ts'
import { COURSES } from '#shared/modules/dunning/dunning.escalations.rules.ts'
import {
  DELAY_REASONS,
  nextStep,
  stepDay,
  TRUST,
  type Ladder,
  type LadderFacts,
  type LadderInstalment,
  type LadderStep,
} from '#shared/modules/dunning/dunning.ladder.rules.ts'

const day = asDay
const calendar = makeCalendar(JSON.parse(readFileSync('resources/holidays/cn.json', 'utf8')))
const step = (
  kind: LadderStep['kind'],
  days: number,
  gapDays = 7,
  dayKind: LadderStep['dayKind'] = 'natural',
): LadderStep => ({
  key: `${kind}${days}`,
  kind,
  days,
  dayKind,
  gapDays,
  channels: ['ems'],
  deadlineDays: 10,
  owner: 'owner',
})
const ladder: Ladder = {
  steps: [step('reminder', -5, 0), step('demand', 3), step('demand', 15), step('final', 45), step('court', 90)],
  minAmount: 10_000,
  trustDays: { good: 7, normal: 0, bad: -5 },
}
const TODAY = day('2026-05-20')
const owed = (
  id: string,
  daysOverdue: number,
  sentStep: number | null = null,
  over: Partial<LadderInstalment> = {},
) => ({
  id,
  dueDay: addDays(TODAY, -daysOverdue),
  outstanding: 100_000,
  sentStep,
  excluded: false,
  disputed: false,
  ...over,
})
const facts = (instalments: LadderInstalment[], over: Partial<LadderFacts> = {}): LadderFacts => ({
  instalments,
  lastContact: null,
  lastStep: null,
  reason: null,
  trust: 'normal',
  excluded: null,
  promisedUntil: null,
  limitationExpired: false,
  escalated: false,
  statementConfirmed: false,
  course: 'none',
  fileDay: null,
  ...over,
})
const next = (instalments: LadderInstalment[], over: Partial<LadderFacts> = {}, today = TODAY) =>
  nextStep(ladder, facts(instalments, over), today, calendar)
const brief = (...args: Parameters<typeof next>) => {
  const { action, day: on, step: place, wording } = next(...args)
  return [action, on, place, wording]
}
const why = (...args: Parameters<typeof next>) => next(...args).reasons.map((reason) => reason.key.split(':next.')[1])

describe('the next step', () => {
  it.each<[string, LadderInstalment[], Partial<LadderFacts>, unknown[]]>([
    ['nothing is owed', [], {}, ['none', null, null, 'standard']],
    ['a friendly reminder before the day', [owed('a', -4)], {}, ['send', '2026-05-20', 0, 'standard']],
    // Due 2026-06-01: five days before is Wednesday the 27th.
    ['not yet', [owed('a', -12)], {}, ['wait', '2026-05-27', null, 'standard']],
    ['the reminder is left out once the day has passed', [owed('a', 3)], {}, ['send', '2026-05-20', 1, 'standard']],
    ['two days late: from the third', [owed('a', 2)], {}, ['wait', '2026-05-21', null, 'standard']],
    ['nobody gets a last demand without a first', [owed('a', 200)], {}, ['send', '2026-05-20', 1, 'standard']],
    ['a good payer is given time', [owed('a', 9)], { trust: 'good' }, ['wait', '2026-05-21', null, 'standard']],
    [
      'a bad one is not, but never before the day',
      [owed('a', 1)],
      { trust: 'bad' },
      ['send', '2026-05-20', 1, 'standard'],
    ],
    ['not on the day itself', [owed('a', 0, 0)], { trust: 'bad' }, ['wait', '2026-05-21', null, 'standard']],
    ['the second letter needs a reason', [owed('a', 20, 1)], {}, ['recordReason', '2026-05-20', 2, 'standard']],
    ['with its words', [owed('a', 20, 1)], { reason: 'process' }, ['send', '2026-05-20', 2, 'process']],
    [
      'and its distance from the last contact',
      [owed('a', 20, 1)],
      { reason: 'process', lastContact: day('2026-05-14') },
      ['wait', '2026-05-21', null, 'standard'],
    ],
    [
      'which may end today',
      [owed('a', 20, 1)],
      { reason: 'process', lastContact: day('2026-05-13') },
      ['send', '2026-05-20', 2, 'process'],
    ],
    [
      'a call of the same day is part of it',
      [owed('a', 20, 1)],
      { reason: 'process', lastContact: TODAY },
      ['send', '2026-05-20', 2, 'process'],
    ],
    [
      'a step of the same day is not, nor is one before it',
      [owed('a', 20, 1)],
      { reason: 'process', lastContact: TODAY, lastStep: day('2026-05-18') },
      ['wait', '2026-05-25', null, 'standard'],
    ],
    [
      'a promise is waited for',
      [owed('a', 20, 1)],
      { promisedUntil: day('2026-05-20') },
      ['wait', '2026-05-21', null, 'standard'],
    ],
    [
      'a promise that ran out is not',
      [owed('a', 20, 1)],
      { promisedUntil: day('2026-05-19'), reason: 'cashShort' },
      ['send', '2026-05-20', 2, 'cashShort'],
    ],
    [
      'excluded until a day',
      [owed('a', 20)],
      { excluded: { reason: 'talks', untilDay: day('2026-05-31') } },
      ['wait', '2026-06-01', null, 'standard'],
    ],
    [
      'excluded until today',
      [owed('a', 20)],
      { excluded: { reason: 'talks', untilDay: TODAY } },
      ['wait', '2026-05-21', null, 'standard'],
    ],
    [
      'excluded for good',
      [owed('a', 20)],
      { excluded: { reason: 'talks', untilDay: null } },
      ['wait', null, null, 'standard'],
    ],
    [
      'no longer excluded',
      [owed('a', 20)],
      { excluded: { reason: 'talks', untilDay: day('2026-05-19') } },
      ['send', '2026-05-20', 1, 'standard'],
    ],
    ['too small', [owed('a', 20, null, { outstanding: 9999 })], {}, ['none', null, null, 'standard']],
    [
      'excluded instalments are not counted',
      [owed('a', 20, null, { excluded: true })],
      {},
      ['none', null, null, 'standard'],
    ],
    [
      'everything is disputed',
      [owed('a', 20, 1, { disputed: true })],
      {},
      ['settleDispute', '2026-05-20', null, 'quality'],
    ],
    [
      'real difficulty goes to the superior',
      [owed('a', 50, 2)],
      { reason: 'cashShort' },
      ['escalate', '2026-05-20', 3, 'cashShort'],
    ],
    [
      'who has decided',
      [owed('a', 50, 2)],
      { reason: 'cashShort', escalated: true },
      ['send', '2026-05-20', 3, 'cashShort'],
    ],
    [
      'quality is settled before the last demand',
      [owed('a', 50, 2)],
      { reason: 'quality' },
      ['settleDispute', '2026-05-20', 3, 'quality'],
    ],
    [
      'accounts are agreed before more is asked',
      [owed('a', 20, 1)],
      { reason: 'statement' },
      ['sendStatement', '2026-05-20', 2, 'statement'],
    ],
    [
      'then the letter goes',
      [owed('a', 20, 1)],
      { reason: 'statement', statementConfirmed: true },
      ['send', '2026-05-20', 2, 'statement'],
    ],
    [
      'after limitation only consent is asked for',
      [owed('a', 1200, 2)],
      { reason: 'refusal', limitationExpired: true },
      ['confirmDebt', '2026-05-20', 3, 'expired'],
    ],
    [
      'at the end of the ladder the superior decides',
      [owed('a', 200, 4)],
      { reason: 'refusal' },
      ['escalate', '2026-05-20', null, 'standard'],
    ],
  ])('%s', (_name, instalments, over, want) => expect(brief(instalments, over)).toEqual(want))

  it('one letter names every overdue instalment, each with its own step; what is disputed stands apart', () => {
    const mixed = [
      owed('old', 50, 2),
      owed('new', 4),
      owed('fresh', 1),
      owed('later', -20),
      owed('d', 60, 1, { disputed: true }),
    ]
    const result = next(mixed, { reason: 'refusal' })
    expect([result.kind, result.step]).toEqual(['final', 3])
    expect(result.lines).toEqual([
      { instalmentId: 'old', step: 3 },
      { instalmentId: 'new', step: 1 },
      { instalmentId: 'fresh', step: null },
    ])
    expect(why(mixed, { reason: 'refusal' })).toEqual(['due.final', 'disputedApart'])
    expect(result.reasons[0]?.params).toEqual({ days: 50, day: '2026-03-31' })
  })
  it('what was paid takes its history along: the ladder begins anew', () => {
    expect(brief([owed('paid', 90, 3, { outstanding: 0 }), owed('new', 5)])).toEqual([
      'send',
      '2026-05-20',
      1,
      'standard',
    ])
  })
  it('a step whose day is off waits for the next working day', () => {
    // 2026-05-01 to 05 are holidays; the 6th is the first working day.
    expect(stepDay(step('demand', 3), day('2026-04-28'), 0, calendar)).toBe('2026-05-06')
    expect(stepDay(step('reminder', -5), day('2026-05-29'), 7, calendar)).toBe('2026-05-25')
    // In working days the holidays do not count, before the day as behind it.
    expect(stepDay(step('demand', 4, 7, 'working'), day('2026-04-28'), 0, calendar)).toBe('2026-05-07')
    expect(stepDay(step('reminder', -3, 7, 'working'), day('2026-05-07'), 7, calendar)).toBe('2026-04-29')
    const early = [{ ...owed('a', 0), dueDay: day('2026-04-28') }]
    expect(brief(early, {}, day('2026-05-04'))).toEqual(['wait', '2026-05-06', null, 'standard'])
    expect(brief(early, {}, day('2026-05-06'))[0]).toBe('send')
  })
  it('says why: what came before what', () => {
    expect(why([owed('a', 20, 1)])).toEqual(['due.demand', 'before.recordReason'])
    expect(why([owed('a', -4)])).toEqual(['due.before'])
    expect(why([owed('a', 20)], { excluded: { reason: 'talks', untilDay: null } })).toEqual(['excluded'])
  })
})

describe('a difficulty that was reported', () => {
  it.each([
    ['awaited', 'wait', 'reported'],
    ['returned', 'escalate', 'reportReturned'],
    ['court', 'courtFile', 'toCourt'],
    ['filed', 'wait', 'atCourt'],
  ] as const)('%s: the superior’s decision goes before the ladder', (course, action, reason) => {
    const result = next([owed('a', 40)], { course, escalated: true, fileDay: TODAY })
    expect([result.action, result.step, result.reasons[0]?.key]).toEqual([action, null, `dunning:next.${reason}`])
  })
  it('says nothing about what is paid', () => {
    expect(next([owed('a', 40, null, { outstanding: 0 })], { course: 'awaited' }).action).toBe('none')
  })
})

describe('always', () => {
  const anyFacts = fc.record({
    instalments: fc.array(
      fc.record({
        id: fc.uuid(),
        dueDay: fc.integer({ min: -400, max: 60 }).map((n) => addDays(TODAY, n)),
        outstanding: fc.nat(200_000),
        sentStep: fc.option(fc.integer({ min: 0, max: 4 })),
        excluded: fc.boolean(),
        disputed: fc.boolean(),
      }),
      { maxLength: 6 },
    ),
    lastContact: fc.option(fc.integer({ min: -60, max: 0 }).map((n) => addDays(TODAY, n))),
    lastStep: fc.option(fc.integer({ min: -60, max: 0 }).map((n) => addDays(TODAY, n))),
    reason: fc.option(fc.constantFrom(...DELAY_REASONS)),
    trust: fc.constantFrom(...TRUST),
    excluded: fc.constant(null),
    promisedUntil: fc.option(fc.integer({ min: -20, max: 20 }).map((n) => addDays(TODAY, n))),
    limitationExpired: fc.boolean(),
    escalated: fc.boolean(),
    statementConfirmed: fc.boolean(),
    course: fc.constantFrom(...COURSES),
    fileDay: fc.constant(null),
  })
  it('no step is skipped, nothing paid or disputed is named, and nobody is written to on a day off', () => {
    fc.assert(
      fc.property(anyFacts, (one) => {
        const result = nextStep(ladder, one, TODAY, calendar)
        if (result.day !== null && result.action === 'send') expect(isWorkday(calendar, result.day)).toBe(true)
        for (const { instalmentId, step: place } of result.lines) {
          const row = one.instalments.find(({ id }) => id === instalmentId)!
          expect(row.outstanding > 0 && !row.disputed && !row.excluded).toBe(true)
          if (place === null) continue
          const skipped = ladder.steps.slice((row.sentStep ?? -1) + 1, place)
          expect(skipped.every(({ kind }) => kind === 'reminder')).toBe(true)
          expect(place).toBeGreaterThan(row.sentStep ?? -1)
        }
        if (result.action === 'wait' && result.day !== null) expect(result.day > TODAY).toBe(true)
        expect(result.action === 'none' || result.action === 'wait' || result.reasons.length > 0).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})
