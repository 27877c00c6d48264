import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asDay, addDays, type PlainDay } from '#shared/kernel/dates.ts'
import {
  actorsOf,
  isOver,
  openSeats,
  returnTargets,
  step,
  submit,
  type Approval,
  type ApprovalContext,
  type Command,
  type NewStep,
} from '#shared/modules/approvals/approvals.rules.ts'

/** How many random command sequences are run. */
const RUNS = 5000
/** p0 applies, p1 has the record, p9 is the owner of the firm and never leaves. */
const PEOPLE = Array.from({ length: 10 }, (_, i) => `p${i}`)
const OWNER = 'p9'

/** What the firm is like at the moment; commands change it as well. */
interface World {
  state: Approval
  day: PlainDay
  gone: Set<string>
  substitutes: { userId: string; substituteId: string; fromDay: string; toDay: string }[]
}

/** What is known of it without the rules: who approved since when, and how it ended. */
interface Model {
  ends: string[]
  clock: number
}

function contextOf(world: World): ApprovalContext {
  const eligible = (id: string) => PEOPLE.includes(id) && !world.gone.has(id)
  return {
    day: world.day,
    eligible,
    coverFor: (userId, own) =>
      // The next in line answers for each; at the end of the line stands the owner.
      PEOPLE.slice(PEOPLE.indexOf(userId) + 1).find((id) => eligible(id) && !own.includes(id)) ?? null,
    substitutes: world.substitutes,
    dueDay: (days) => addDays(world.day, days),
  }
}

const person = fc.constantFrom(...PEOPLE)
const newStep: fc.Arbitrary<NewStep> = fc.record({
  name: fc.constant('step'),
  mode: fc.constantFrom('all', 'any', 'turn'),
  days: fc.option(fc.integer({ min: 1, max: 5 })),
  skipped: fc.boolean(),
  userIds: fc.uniqueArray(person, { minLength: 0, maxLength: 4 }),
})
/** A way on which somebody is asked and nobody whose matter it is; the other ways are refused. */
const goodSteps = fc
  .array(newStep, { minLength: 1, maxLength: 5 })
  .map((steps) =>
    steps.map((s) => {
      const userIds = s.userIds.filter((id) => id !== 'p0' && id !== 'p1')
      return { ...s, userIds: userIds.length === 0 ? [OWNER] : userIds }
    }),
  )
  .filter((steps) => steps.some((s) => !s.skipped))

function check(world: World) {
  const context = contextOf(world)
  const { state } = world
  const actors = actorsOf(state, context)
  if (state.outcome === 'pending') {
    // No dead end: somebody who is there can decide, or the daily work gives it to somebody.
    if (actors.length === 0) {
      const next = step(state, { kind: 'escalate' }, context)
      expect(next.refusal).toBeNull()
      expect(actorsOf(next.state, context).length).toBeGreaterThan(0)
    }
    expect(state.steps.filter((s) => s.state === 'current')).toHaveLength(1)
    expect(openSeats(state).length).toBeGreaterThan(0)
  } else {
    expect(actors).toEqual([])
    expect(state.steps.some((s) => s.state === 'current')).toBe(false)
  }
  // Nobody approves his own.
  for (const own of ['p0', 'p1']) {
    expect(actors).not.toContain(own)
    for (const s of state.steps) {
      for (const seat of s.seats) {
        if (s.state !== 'skipped') expect(seat.userId).not.toBe(own)
        expect(seat.decidedBy).not.toBe(own)
      }
    }
  }
  if (state.outcome === 'approved') {
    const decided = state.steps.flatMap((s) => (s.state === 'skipped' ? [] : s.seats))
    expect(decided.some((seat) => seat.decidedBy !== null && !seat.carried)).toBe(true)
    expect(state.steps.every((s) => s.state === 'passed' || s.state === 'skipped')).toBe(true)
  }
}

class Act implements fc.Command<Model, World> {
  private readonly make: (world: World) => Command
  constructor(make: (world: World) => Command) {
    this.make = make
  }
  check = () => true
  run(model: Model, world: World) {
    const before = world.state
    const command = this.make(world)
    const { state, refusal, seatOf } = step(before, command, contextOf(world))
    model.clock += 1
    if (refusal !== null) {
      expect(state).toEqual(before)
      expect(seatOf).toBeNull()
    } else {
      // Nothing acts after the end, but that what was approved changes.
      if (isOver(before.outcome)) expect([before.outcome, command.kind]).toEqual(['approved', 'change'])
      if (isOver(state.outcome) && state.outcome !== 'stale') model.ends.push(state.outcome)
      // Exactly one outcome.
      expect(model.ends.length).toBeLessThanOrEqual(1)
      if (command.kind === 'return' && command.to !== 'applicant') {
        // What it was returned to is decided again, with all that follows.
        expect(state.at).toBe(command.to)
        for (const s of state.steps.slice(command.to)) {
          if (s.state === 'skipped') continue
          expect(['waiting', 'current']).toContain(s.state)
          expect(s.seats.every((seat) => seat.decidedBy === null || seat.carried)).toBe(true)
        }
      }
      if (command.kind === 'resubmit') {
        expect(state.round).toBe(before.round + 1)
        expect(state.steps.every((s) => s.seats.every((seat) => seat.decidedBy === null || seat.carried))).toBe(true)
      }
      world.state = state
    }
    check(world)
  }
  toString = () => this.make.toString()
}

class Change implements fc.Command<Model, World> {
  private readonly alter: (world: World) => void
  constructor(alter: (world: World) => void) {
    this.alter = alter
  }
  check = () => true
  run(_model: Model, world: World) {
    this.alter(world)
    check(world)
  }
  toString = () => this.alter.toString()
}

/** Most often somebody who may act, now and then just anybody. */
const actor = fc.tuple(fc.nat(), fc.nat({ max: 9 }))
const pick = (world: World, [n, sure]: readonly [number, number]) => {
  const actors = actorsOf(world.state, contextOf(world))
  const from = sure > 2 && actors.length > 0 ? actors : PEOPLE
  return from[n % from.length] ?? OWNER
}

const commands = fc.commands(
  [
    actor.map((a) => new Act((w) => ({ kind: 'approve', by: pick(w, a) }))),
    actor.map((a) => new Act((w) => ({ kind: 'approve', by: pick(w, a) }))),
    actor.map((a) => new Act((w) => ({ kind: 'approve', by: pick(w, a) }))),
    actor.map((a) => new Act((w) => ({ kind: 'reject', by: pick(w, a) }))),
    fc.tuple(actor, fc.integer({ min: -1, max: 6 })).map(
      ([a, to]) =>
        new Act((w) => {
          const targets = returnTargets(w.state)
          return {
            kind: 'return',
            by: pick(w, a),
            to: to < 0 ? 'applicant' : (targets[to % (targets.length || 1)] ?? to),
          }
        }),
    ),
    fc
      .tuple(actor, person, fc.constantFrom('before', 'after'))
      .map(([a, userId, where]) => new Act((w) => ({ kind: 'addSigner', by: pick(w, a), userId, where }))),
    person.map((by) => new Act(() => ({ kind: 'withdraw', by }))),
    person.map((by) => new Act(() => ({ kind: 'remind', by }))),
    fc
      .tuple(fc.constantFrom('p0', 'p1', 'p5'), fc.oneof(goodSteps, fc.array(newStep, { maxLength: 3 })))
      .map(([by, steps]) => new Act(() => ({ kind: 'resubmit', by, steps }))),
    fc.constant(new Act(() => ({ kind: 'escalate' }))),
    fc.constant(new Act(() => ({ kind: 'change' }))),
    fc.integer({ min: 1, max: 4 }).map(
      (days) =>
        new Change((w) => {
          w.day = addDays(w.day, days)
        }),
    ),
    person.map(
      (id) =>
        new Change((w) => {
          if (id !== OWNER) w.gone.add(id)
        }),
    ),
    fc.tuple(person, person, fc.integer({ min: 0, max: 6 })).map(
      ([userId, substituteId, days]) =>
        new Change((w) => {
          w.substitutes.push({ userId, substituteId, fromDay: w.day, toDay: addDays(w.day, days) })
        }),
    ),
  ],
  { maxCommands: 40 },
)

describe('any sequence of commands', () => {
  it('never ends in a dead end, with two outcomes, or with somebody approving his own', { timeout: 120_000 }, () => {
    const seen = new Map<string, number>()
    fc.assert(
      fc.property(goodSteps, fc.constantFrom('once', 'again'), commands, (steps, repeated, asked) => {
        const world: World = { state: null as never, day: asDay('2026-05-18'), gone: new Set(), substitutes: [] }
        const begun = submit({ applicantId: 'p0', ownerId: 'p1', repeated, steps }, contextOf(world))
        expect(begun.refusal).toBeNull()
        world.state = begun.state
        check(world)
        fc.modelRun(() => ({ model: { ends: [], clock: 0 }, real: world }), asked)
        seen.set(world.state.outcome, (seen.get(world.state.outcome) ?? 0) + 1)
      }),
      { numRuns: RUNS },
    )
    // The sequences do reach every end; otherwise they would prove little.
    for (const outcome of ['pending', 'returned', 'approved', 'rejected', 'withdrawn', 'stale']) {
      expect(seen.get(outcome) ?? 0, outcome).toBeGreaterThan(20)
    }
  })

  it('begins with somebody who is none of those whose matter it is, or does not begin', () => {
    fc.assert(
      fc.property(fc.array(newStep, { maxLength: 5 }), (steps) => {
        const world: World = { state: null as never, day: asDay('2026-05-18'), gone: new Set(), substitutes: [] }
        const begun = submit({ applicantId: 'p0', ownerId: 'p1', repeated: 'once', steps }, contextOf(world))
        const asked = steps.filter((s) => !s.skipped)
        const good =
          asked.length > 0 &&
          asked.every((s) => s.userIds.length > 0 && !s.userIds.includes('p0') && !s.userIds.includes('p1'))
        expect(begun.refusal).toBe(good ? null : 'APPROVAL_NOBODY')
      }),
      { numRuns: RUNS },
    )
  })
})
