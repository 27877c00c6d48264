import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, addMonths, asDay, type PlainDay } from '#shared/kernel/dates.ts'
import { addWorkdays, makeCalendar } from '#shared/kernel/workdays.ts'
import { says } from '#shared/modules/contracts/contracts.check.words.ts'
import { dueDayOf, triggerDays, type TriggerDays } from '#shared/modules/contracts/contracts.rules.ts'
import { TRIGGERS, type ContractFields, type PlanLine } from '#shared/modules/contracts/contracts.schema.ts'
import { deriveObligations, type ObligationBasis } from '#shared/modules/obligations/obligations.derive.rules.ts'
import {
  followSteps,
  recordedSince,
  type FollowFacts,
  type FollowStep,
  type Standing,
} from '#shared/modules/obligations/obligations.follow.rules.ts'
import {
  daysLate,
  dueKeyOf,
  isMoney,
  obligationState,
  OBLIGATION_STEPS,
  stepFault,
} from '#shared/modules/obligations/obligations.rules.ts'
import { sampleFields } from '#tests/helpers/sample-contract.ts'

const calendar = makeCalendar({ holidays: [{ day: '2026-06-19' }], workingWeekends: [], validThrough: '2026-12-31' })
const counter = { addDays, addMonths, addWorkingDays: (day: PlainDay, n: number) => addWorkdays(calendar, day, n).day }
const NOTHING: TriggerDays = { signing: asDay('2026-05-18'), delivery: null, acceptance: null, warranty_end: null }
const basisOf = (change: (fields: ContractFields) => void = () => undefined, over: Partial<ObligationBasis> = {}) => {
  const fields = sampleFields()
  change(fields)
  return {
    fields,
    days: NOTHING,
    counter,
    confidential: false,
    noticeDays: 30,
    delivered: new Map(),
    instalments: new Map(fields.plan.map((_, i) => [i + 1, null])),
    billed: new Map(),
    renewedOn: null,
    ended: false,
    ...over,
  } satisfies ObligationBasis
}
const shown = (basis: ObligationBasis) =>
  deriveObligations(basis).map((one) => [one.key, one.kind, one.side, one.dueDay, one.waits ? 'waits' : 'counts'])

describe('the obligations of a contract', () => {
  it('are those of its clauses', () => {
    expect(shown(basisOf())).toEqual([
      ['delivery:1', 'delivery', 'ours', '2026-06-30', 'counts'],
      ['inspection', 'inspection', 'theirs', null, 'waits'],
      ['acceptance', 'acceptance', 'theirs', null, 'waits'],
      ['payment:1', 'payment', 'theirs', '2026-05-25', 'counts'],
      ['invoice:1', 'invoice', 'ours', '2026-05-25', 'counts'],
      ['payment:2', 'payment', 'theirs', null, 'waits'],
      ['invoice:2', 'invoice', 'ours', null, 'waits'],
      ['payment:3', 'retention', 'theirs', null, 'waits'],
      ['invoice:3', 'invoice', 'ours', null, 'waits'],
      ['warranty', 'warranty', 'ours', null, 'waits'],
    ])
  })

  it('get their days from what happens', () => {
    const days = triggerDays(
      asDay('2026-05-18'),
      [
        { kind: 'delivery', day: '2026-06-20' },
        { kind: 'acceptance', day: '2026-06-25' },
      ],
      12,
      counter,
    )
    const due = new Map(deriveObligations(basisOf(undefined, { days })).map((one) => [one.key, one]))
    expect(due.get('inspection')).toMatchObject({ dueDay: '2026-06-27', fulfilled: '2026-06-25' })
    expect(due.get('delivery:1')).toMatchObject({ dueDay: '2026-06-30', fulfilled: '2026-06-20' })
    expect(due.get('payment:2')).toMatchObject({ dueDay: '2026-07-25', waits: false })
    expect(due.get('payment:3')?.dueDay).toBe('2027-07-05')
    expect(due.get('warranty')?.dueDay).toBe('2027-06-25')
  })

  it('ask for delivery by each agreed day, with the goods of that day', () => {
    const basis = basisOf((fields) => (fields.lines[0]!.deliveryDay = asDay('2026-06-10')))
    const part = (from: ObligationBasis) => deriveObligations(from).filter((one) => one.kind === 'delivery')
    expect(part(basis).map((one) => [one.key, one.dueDay, one.detail])).toEqual([
      ['delivery:1', '2026-06-10', '深沟球轴承'],
      ['delivery:2', '2026-06-30', '骨架油封'],
    ])
    const delivered = new Map([['2026-06-10', asDay('2026-06-08')]])
    expect(part({ ...basis, delivered }).map((one) => one.fulfilled)).toEqual(['2026-06-08', null])
    const undated = basisOf((fields) => (fields.terms.deliveryDay = null))
    expect(part(undated)).toMatchObject([{ trigger: 'none', dueDay: null, waits: false }])
    const service = basisOf(
      (fields) => Object.assign(fields, { kind: 'services' }) && (fields.terms.deliveryDay = null),
    )
    expect(part(service)).toEqual([])
  })

  it('ask for no invoice of a deposit', () => {
    const basis = basisOf((fields) => (fields.plan[0]!.isDeposit = true))
    const kinds = deriveObligations(basis).flatMap((one) => (one.seq === 1 ? [one.kind] : []))
    expect(kinds).toEqual(['deposit'])
  })

  it('tell how a term goes on, unless it was renewed', () => {
    const frame = (fields: ContractFields) => {
      fields.kind = 'frame'
      fields.terms.endDay = asDay('2027-04-30')
    }
    const of = (basis: ObligationBasis) => deriveObligations(basis).filter((one) => one.kind === 'notice')
    expect(of(basisOf(frame))).toMatchObject([{ dueDay: '2027-03-31', detail: '2027-04-30', fulfilled: null }])
    expect(of(basisOf(frame, { noticeDays: 60 }))[0]?.dueDay).toBe('2027-03-01')
    const agreed = basisOf((fields) => (frame(fields), (fields.terms.noticeDays = 90)))
    expect(of(agreed)[0]?.dueDay).toBe('2027-01-30')
    expect(of(basisOf(frame, { renewedOn: asDay('2027-02-01') }))[0]?.fulfilled).toBe('2027-02-01')
    expect(of(basisOf((fields) => (fields.terms.endDay = asDay('2027-04-30'))))).toEqual([])
  })

  it('of a price list are neither goods nor money', () => {
    const basis = basisOf((fields) => {
      fields.kind = 'frame'
      for (const line of fields.lines) line.quantity = 0
    })
    const kinds = deriveObligations(basis).map((one) => one.kind)
    expect(kinds).toEqual(['inspection', 'acceptance', 'warranty'])
  })

  it.each([
    ['双方对交易内容予以保密。', true],
    ['雙方不得向任何第三方披露本合約內容。', true],
    ['Both sides keep the prices confidential.', true],
    ['货物应妥善保管。', false],
  ])('know of secrecy by its words: %s', (text, said) => {
    expect(says('confidentiality', text)).toBe(said)
  })

  it('bind both sides to secrecy without a day', () => {
    const found = deriveObligations(basisOf(undefined, { confidential: true })).filter(
      (one) => one.kind === 'confidentiality',
    )
    expect(found.map((one) => [one.side, one.dueDay, one.waits])).toEqual([
      ['ours', null, false],
      ['theirs', null, false],
    ])
  })

  it.each([
    ['small', 'large', false, true],
    ['micro', 'publicBody', false, true],
    ['small', 'large', true, false],
    ['large', 'large', false, false],
    ['small', 'medium', false, false],
    ['unknown', 'large', false, false],
  ] as const)('a %s seller tells a %s buyer its size (told: %s): %s', (ourSize, buyerSize, smeNotice, owed) => {
    const basis = basisOf((fields) => Object.assign(fields.terms, { ourSize, buyerSize, smeNotice }))
    const found = deriveObligations(basis).filter((one) => one.kind === 'sizeNotice')
    expect(found.map((one) => one.dueDay)).toEqual(owed ? ['2026-05-18'] : [])
  })

  it('end with the contract, but for money still asked for and secrets', () => {
    const basis = basisOf(undefined, { ended: true, confidential: true, instalments: new Map([[2, null]]) })
    expect(deriveObligations(basis).map((one) => one.key)).toEqual([
      'payment:2',
      'confidentiality:ours',
      'confidentiality:theirs',
    ])
  })
})

const day = fc.integer({ min: 0, max: 700 }).map((n) => addDays(asDay('2026-01-01'), n))
const planLine: fc.Arbitrary<PlanLine> = fc.record({
  label: fc.constantFrom('预付款', '到货款', '验收款', '质保金', ''),
  isDeposit: fc.boolean(),
  trigger: fc.constantFrom(...TRIGGERS),
  days: fc.integer({ min: 0, max: 120 }),
  dayKind: fc.constantFrom('natural' as const, 'working' as const),
  dueRule: fc.constantFrom('days' as const, 'monthEnd' as const, 'monthDay' as const),
  monthDay: fc.integer({ min: 1, max: 31 }),
  fixedDay: day,
  share: fc.constant({ kind: 'percent' as const, rate: 2000 }),
})
const basis: fc.Arbitrary<ObligationBasis> = fc
  .record({
    kind: fc.constantFrom('goods_sale' as const, 'services' as const, 'frame' as const),
    plan: fc.array(planLine, { maxLength: 8 }),
    lineDays: fc.array(fc.option(day), { minLength: 1, maxLength: 5 }),
    deliveryDay: fc.option(day),
    endDay: fc.option(day),
    inspectionDays: fc.option(fc.integer({ min: 1, max: 60 })),
    warrantyMonths: fc.option(fc.integer({ min: 0, max: 36 })),
    delivery: fc.option(day),
    acceptance: fc.option(day),
    confidential: fc.boolean(),
    paid: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
    renewedOn: fc.option(day),
    ended: fc.boolean(),
  })
  .map(({ kind, plan, lineDays, paid, confidential, renewedOn, ended, delivery, acceptance, ...terms }) => {
    const fields = sampleFields()
    const [line] = fields.lines
    const events = [
      ...(delivery ? [{ kind: 'delivery' as const, day: delivery }] : []),
      ...(acceptance ? [{ kind: 'acceptance' as const, day: acceptance }] : []),
    ]
    return {
      fields: {
        kind,
        plan,
        lines: lineDays.map((deliveryDay) => ({ ...line!, deliveryDay })),
        terms: { ...fields.terms, ...terms },
      },
      days: triggerDays(asDay('2026-01-01'), events, terms.warrantyMonths, counter),
      counter,
      confidential,
      noticeDays: 30,
      delivered: new Map(),
      instalments: new Map(plan.map((_, i) => [i + 1, paid[i] ? asDay('2026-02-02') : null])),
      billed: new Map(plan.map((_, i) => [i + 1, paid[7 - i] ? asDay('2026-02-01') : null])),
      renewedOn,
      ended,
    }
  })

describe('deriving', () => {
  it('gives each instalment exactly one obligation of theirs, dated as what is receivable is', () => {
    fc.assert(
      fc.property(basis, (given) => {
        const found = deriveObligations(given)
        const money = found.filter((one) => isMoney(one.kind))
        expect(money.map((one) => one.seq)).toEqual(given.fields.plan.map((_, i) => i + 1))
        expect(money.every((one) => one.side === 'theirs')).toBe(true)
        for (const one of money) {
          const line = given.fields.plan[one.seq! - 1]!
          expect(one.dueDay).toBe(dueDayOf(line, given.days, counter))
        }
        expect(new Set(found.map((one) => one.key)).size).toBe(found.length)
      }),
      { numRuns: 400 },
    )
  })
})

/** What the core does with the steps, on plain rows. */
function take(standing: readonly Standing[], steps: readonly FollowStep[]): Standing[] {
  const rows = new Map(standing.map((row) => [row.id, row]))
  for (const step of steps) {
    if (step.kind === 'make') {
      const { fulfilled, ...said } = step.wanted
      rows.set(said.key, {
        ...said,
        id: said.key,
        byRule: true,
        ruleDay: said.dueDay,
        state: fulfilled === null ? 'open' : 'done',
        doneDay: fulfilled,
        doneByRule: fulfilled !== null,
        dropCode: null,
      })
      continue
    }
    const row = rows.get(step.id)!
    if (step.kind === 'change') rows.set(row.id, { ...row, ...step.to })
    if (step.kind === 'fulfil') {
      rows.set(row.id, { ...row, state: 'done', doneDay: step.day, doneByRule: true, dropCode: null })
    }
    if (step.kind === 'reopen') {
      rows.set(row.id, { ...row, ...step.to, state: 'open', doneDay: null, doneByRule: false, dropCode: null })
    }
    if (step.kind === 'drop') {
      rows.set(row.id, { ...row, state: 'dropped', dropCode: step.code, doneDay: null, doneByRule: false })
    }
  }
  return [...rows.values()]
}

const free: Standing = {
  id: 'free:1',
  key: 'free:1',
  kind: 'other',
  side: 'ours',
  seq: null,
  detail: '派人培训操作工',
  amount: null,
  trigger: 'acceptance',
  after: 10,
  dayKind: 'natural',
  dueDay: null,
  ruleDay: null,
  waits: true,
  state: 'open',
  byRule: false,
  doneDay: null,
  doneByRule: false,
  dropCode: null,
}

/** What a person may have done with any of them in between. */
const touch = fc.array(
  fc.record({ at: fc.nat(20), what: fc.constantFrom('done' as const, 'drop' as const, 'move' as const) }),
  { maxLength: 4 },
)

function touched(rows: readonly Standing[], touches: readonly { at: number; what: 'done' | 'drop' | 'move' }[]) {
  const next = [...rows]
  for (const { at, what } of touches) {
    const row = next[at % next.length]
    if (row?.state !== 'open' || isMoney(row.kind)) continue
    const change: Partial<Standing> =
      what === 'done'
        ? { state: 'done', doneDay: asDay('2026-03-03') }
        : what === 'drop'
          ? { state: 'dropped', dropCode: 'person' }
          : { dueDay: asDay('2026-09-09'), waits: false }
    next[next.indexOf(row)] = { ...row, ...change }
  }
  return next
}

const factsOf = (given: ObligationBasis, since: PlainDay | null = null): FollowFacts => ({
  days: given.days,
  counter: given.counter,
  ended: given.ended,
  since,
})

describe('following a contract', () => {
  it('twice is following it once, whatever people did in between', () => {
    fc.assert(
      fc.property(basis, basis, touch, fc.option(day), (first, second, touches, since) => {
        const begun = take([free], followSteps([free], deriveObligations(first), factsOf(first, since)))
        const standing = touched(begun, touches)
        const facts = factsOf(second, since)
        const after = take(standing, followSteps(standing, deriveObligations(second), facts))
        expect(followSteps(after, deriveObligations(second), facts)).toEqual([])
      }),
      { numRuns: 400 },
    )
  })

  it('never changes what a person finished or let fall', () => {
    fc.assert(
      fc.property(basis, basis, touch, (first, second, touches) => {
        const begun = take([free], followSteps([free], deriveObligations(first), factsOf(first)))
        const standing = touched(begun, touches)
        const after = take(standing, followSteps(standing, deriveObligations(second), factsOf(second)))
        for (const row of standing) {
          const theirs = row.state === 'done' ? !row.doneByRule : row.dropCode === 'person'
          if (theirs) expect(after.find((one) => one.id === row.id)).toEqual(row)
        }
      }),
      { numRuns: 400 },
    )
  })

  it('leaves nothing open that the contract no longer says, and asks for all it does say', () => {
    fc.assert(
      fc.property(basis, basis, (first, second) => {
        const begun = take([], followSteps([], deriveObligations(first), factsOf(first)))
        const wanted = deriveObligations(second)
        const after = take(begun, followSteps(begun, wanted, factsOf(second)))
        const live = after.filter((row) => row.state !== 'dropped')
        expect(live.map((row) => row.key).toSorted()).toEqual(wanted.map((one) => one.key).toSorted())
      }),
      { numRuns: 300 },
    )
  })

  const wanted = deriveObligations(basisOf())
  const begun = take([], followSteps([], wanted, factsOf(basisOf())))

  it('keeps an agreed day until the contract says another', () => {
    const moved = begun.map((row) => (row.key === 'delivery:1' ? { ...row, dueDay: asDay('2026-07-20') } : row))
    expect(followSteps(moved, wanted, factsOf(basisOf()))).toEqual([])
    const later = basisOf((fields) => (fields.terms.deliveryDay = asDay('2026-08-01')))
    expect(followSteps(moved, deriveObligations(later), factsOf(later))).toMatchObject([
      { kind: 'change', id: 'delivery:1', to: { dueDay: '2026-08-01', ruleDay: '2026-08-01' } },
    ])
  })

  it('opens again what a record had finished when the record is gone', () => {
    const paid = basisOf(undefined, {
      instalments: new Map([
        [1, asDay('2026-05-20')],
        [2, null],
        [3, null],
      ]),
    })
    const after = take(begun, followSteps(begun, deriveObligations(paid), factsOf(paid)))
    expect(after.find((row) => row.key === 'payment:1')).toMatchObject({ state: 'done', doneDay: '2026-05-20' })
    expect(followSteps(after, wanted, factsOf(basisOf()))).toMatchObject([{ kind: 'reopen', id: 'payment:1' }])
  })

  it('dates what was written by hand from what it waits for, and drops it with the contract', () => {
    const happened: FollowFacts = { ...factsOf(basisOf()), days: { ...NOTHING, acceptance: asDay('2026-06-25') } }
    expect(followSteps([free], [], happened)).toMatchObject([
      { kind: 'change', to: { dueDay: '2026-07-05', waits: false } },
    ])
    expect(followSteps([free], [], { ...happened, ended: true })).toEqual([
      { kind: 'drop', id: 'free:1', code: 'ended' },
    ])
  })

  it('asks nobody for what lay before a contract was entered for the record, but for its money', () => {
    const since = recordedSince(asDay('2026-05-18'), asDay('2026-07-30'))
    expect(since).toBe('2026-07-30')
    const keys = followSteps([], wanted, { ...factsOf(basisOf()), since }).map((step) =>
      step.kind === 'make' ? step.wanted.key : '',
    )
    expect(keys).not.toContain('delivery:1')
    expect(keys).not.toContain('invoice:1')
    expect(keys).toContain('payment:1')
    expect(recordedSince(asDay('2026-05-18'), asDay('2026-06-17'))).toBeNull()
    // What waited and turns out to lie before falls away as well, and comes back with another day.
    const waiting = begun.find((row) => row.key === 'inspection')!
    const happened = (delivery: string) => basisOf(undefined, { days: { ...NOTHING, delivery: asDay(delivery) } })
    const stepsOn = (row: Standing, delivery: string) =>
      followSteps([row], deriveObligations(happened(delivery)), { ...factsOf(happened(delivery)), since }).filter(
        (step) => step.kind !== 'make',
      )
    const dropped = stepsOn(waiting, '2026-06-20')
    expect(dropped).toEqual([{ kind: 'drop', id: 'inspection', code: 'past' }])
    const [gone] = take([waiting], dropped)
    expect(stepsOn(gone!, '2026-06-20')).toEqual([])
    expect(stepsOn(gone!, '2026-08-01')).toMatchObject([{ kind: 'reopen', id: 'inspection' }])
  })
})

describe('how an obligation stands', () => {
  const today = asDay('2026-05-18')
  it.each([
    ['open', '2026-05-17', false, 'overdue', 1],
    ['open', '2026-05-18', false, 'soon', 0],
    ['open', '2026-05-25', false, 'soon', 0],
    ['open', '2026-05-26', false, 'open', 0],
    ['open', null, true, 'waiting', 0],
    ['open', null, false, 'open', 0],
    ['done', '2026-05-01', false, 'done', 0],
    ['dropped', '2026-05-01', false, 'dropped', 0],
  ] as const)('%s, due %s, waits %s: %s, %s days late', (state, dueDay, waits, told, late) => {
    const due = dueDay as PlainDay | null
    expect(obligationState({ state, dueDay: due, waits }, today, 7)).toBe(told)
    expect(daysLate(state, due, today)).toBe(late)
  })

  it('sorts what is open by its day, then what has none, then what is finished', () => {
    const keys = [
      dueKeyOf('open', '2026-05-18'),
      dueKeyOf('open', '2027-01-01'),
      dueKeyOf('open', null),
      dueKeyOf('done', null),
      dueKeyOf('done', '2020-01-01'),
    ]
    expect(keys.toSorted()).toEqual(keys)
  })

  it('takes only the steps that its state and kind allow', () => {
    const all = (row: Pick<Standing, 'state' | 'kind'> & Partial<Standing>) =>
      OBLIGATION_STEPS.map((step) => stepFault({ doneByRule: false, dropCode: null, ...row }, step))
    const finished = (reopen: string | null) => ['closed', 'closed', reopen, 'closed', 'closed']
    // done, drop, reopen, assign, move
    expect(all({ state: 'open', kind: 'invoice' })).toEqual([null, null, 'open', null, null])
    expect(all({ state: 'open', kind: 'payment' })).toEqual(['follows', 'follows', 'open', null, 'follows'])
    expect(all({ state: 'done', kind: 'invoice' })).toEqual(finished(null))
    expect(all({ state: 'done', kind: 'delivery', doneByRule: true })).toEqual(finished('follows'))
    expect(all({ state: 'dropped', kind: 'invoice', dropCode: 'person' })).toEqual(finished(null))
    expect(all({ state: 'dropped', kind: 'invoice', dropCode: 'changed' })).toEqual(finished('follows'))
  })
})
