import type { PlainDay } from '#shared/kernel/dates.ts'

/** Everybody has to approve (会签), one of them (或签), or one after the other (依次). */
export const STEP_MODES = ['all', 'any', 'turn'] as const
export type StepMode = (typeof STEP_MODES)[number]

/** `stale`: approved once, but what was approved has changed since. */
export const OUTCOMES = ['pending', 'returned', 'approved', 'rejected', 'withdrawn', 'stale'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** The place of one approver in a step. */
export interface Seat {
  readonly userId: string
  /** Who approved: he himself, whoever stands in for him, or a superior; null: nobody yet. */
  readonly decidedBy: string | null
  /** He approved in an earlier step and is not asked again. */
  readonly carried: boolean
  /** Who may act as well, because he is late or gone. */
  readonly covers: readonly string[]
}

export interface Step {
  readonly name: string
  readonly mode: StepMode
  readonly days: number | null
  readonly state: 'waiting' | 'current' | 'passed' | 'skipped'
  readonly dueDay: PlainDay | null
  /** A signer that an approver has added. */
  readonly added: boolean
  readonly seats: readonly Seat[]
}

export interface Approval {
  readonly outcome: Outcome
  readonly round: number
  /** Whose matter it is: the applicant and whoever has the record. Neither ever approves it. */
  readonly applicantId: string
  readonly ownerId: string
  readonly repeated: 'once' | 'again'
  readonly steps: readonly Step[]
  /** Place of the step that is open; 0 where none is. */
  readonly at: number
  readonly remindedDay: PlainDay | null
}

/** One who acts for another from a day to a day, both included. */
export interface Substitute {
  readonly userId: string
  readonly substituteId: string
  readonly fromDay: string
  readonly toDay: string
}

/** What the rules must know of the firm. */
export interface ApprovalContext {
  readonly day: PlainDay
  /** Whether somebody is there and may approve at all. */
  eligible(userId: string): boolean
  /** Whoever answers in the place of this person, none of `own`; null where there is nobody. */
  coverFor(userId: string, own: readonly string[]): string | null
  readonly substitutes: readonly Substitute[]
  /** The last day of so many working days from today. */
  dueDay(workdays: number): PlainDay
}

export type Command =
  | { readonly kind: 'approve'; readonly by: string }
  | { readonly kind: 'reject'; readonly by: string }
  | { readonly kind: 'return'; readonly by: string; readonly to: number | 'applicant' }
  | { readonly kind: 'addSigner'; readonly by: string; readonly userId: string; readonly where: 'before' | 'after' }
  | { readonly kind: 'withdraw'; readonly by: string }
  | { readonly kind: 'remind'; readonly by: string }
  | { readonly kind: 'resubmit'; readonly by: string; readonly steps: readonly NewStep[] }
  | { readonly kind: 'escalate' }
  | { readonly kind: 'change' }

/** A step as it begins. */
export interface NewStep {
  readonly name: string
  readonly mode: StepMode
  readonly days: number | null
  readonly skipped: boolean
  readonly userIds: readonly string[]
}

export const APPROVAL_REFUSALS = [
  'APPROVAL_STATE',
  'APPROVAL_NOT_YOURS',
  'APPROVAL_OWN',
  'APPROVAL_NOBODY',
  'APPROVAL_SIGNER',
  'APPROVAL_STEP',
  'APPROVAL_REMINDED',
] as const
export type ApprovalRefusal = (typeof APPROVAL_REFUSALS)[number]

export interface Stepped {
  readonly state: Approval
  readonly refusal: ApprovalRefusal | null
  /** In whose place somebody acted, where a seat was decided. */
  readonly seatOf: string | null
}

/** Steps that one request can grow to. */
const MAX_STEPS = 30

const refused = (state: Approval, refusal: ApprovalRefusal): Stepped => ({ state, refusal, seatOf: null })
const gone = (state: Approval, seatOf: string | null = null): Stepped => ({ state, refusal: null, seatOf })

/** The people whose matter it is. */
export const ownOf = (state: Pick<Approval, 'applicantId' | 'ownerId'>): readonly string[] => [
  state.applicantId,
  state.ownerId,
]

/** Whether nothing more can happen to it but that what was approved changes. */
export function isOver(outcome: Outcome): boolean {
  return outcome !== 'pending' && outcome !== 'returned'
}

function begin(steps: readonly NewStep[]): Step[] {
  return steps.map((step) => ({
    name: step.name,
    mode: step.mode,
    days: step.days,
    state: step.skipped ? 'skipped' : 'waiting',
    dueDay: null,
    added: false,
    seats: step.userIds.map(freshSeat),
  }))
}

const freshSeat = (userId: string): Seat => ({ userId, decidedBy: null, carried: false, covers: [] })

/** Steps in which somebody can approve who is none of `own`; otherwise the request asks nobody. */
const asksSomebody = (steps: readonly NewStep[], own: readonly string[]) =>
  steps.some((step) => !step.skipped) &&
  steps.every((step) => step.skipped || (step.userIds.length > 0 && !step.userIds.some((id) => own.includes(id))))

/** A new request. Refuses APPROVAL_NOBODY where no step has an approver, or one of them is whose matter it is. */
export function submit(
  request: {
    readonly applicantId: string
    readonly ownerId: string
    readonly repeated: 'once' | 'again'
    readonly steps: readonly NewStep[]
  },
  context: ApprovalContext,
): Stepped {
  const state: Approval = {
    outcome: 'pending',
    round: 1,
    applicantId: request.applicantId,
    ownerId: request.ownerId,
    repeated: request.repeated,
    steps: begin(request.steps),
    at: 0,
    remindedDay: null,
  }
  if (!asksSomebody(request.steps, ownOf(state))) return refused(state, 'APPROVAL_NOBODY')
  return gone(settle(state, context))
}

/** The seats that wait for a decision now: of one after the other only the first. */
export function openSeats(state: Approval): readonly Seat[] {
  const step = state.outcome === 'pending' ? state.steps[state.at] : undefined
  if (!step) return []
  const open = step.seats.filter((seat) => seat.decidedBy === null)
  return step.mode === 'turn' ? open.slice(0, 1) : open
}

/** Everybody who may decide for this seat today; never anybody whose matter it is. */
export function actorsFor(state: Approval, seat: Seat, context: ApprovalContext): readonly string[] {
  const own = ownOf(state)
  const standIns = context.substitutes
    .filter((s) => s.userId === seat.userId && s.fromDay <= context.day && context.day <= s.toDay)
    .map((s) => s.substituteId)
  return [...new Set([seat.userId, ...standIns, ...seat.covers])].filter(
    (id) => !own.includes(id) && context.eligible(id),
  )
}

/** Everybody who may approve, reject or return it now. */
export function actorsOf(state: Approval, context: ApprovalContext): readonly string[] {
  return [...new Set(openSeats(state).flatMap((seat) => actorsFor(state, seat, context)))]
}

/** The open seat that somebody decides: his own before that of another. */
function seatFor(state: Approval, by: string, context: ApprovalContext): Seat | undefined {
  const mine = openSeats(state).filter((seat) => actorsFor(state, seat, context).includes(by))
  return mine.find((seat) => seat.userId === by) ?? mine[0]
}

/** Passed steps that it can be returned to: those in which somebody decided, and did not only count from before. */
export function returnTargets(state: Approval): readonly number[] {
  if (state.outcome !== 'pending') return []
  return state.steps.flatMap((step, index) =>
    index < state.at && step.state === 'passed' && step.seats.some((seat) => seat.decidedBy !== null && !seat.carried)
      ? [index]
      : [],
  )
}

/** What a command makes of a request, or why it does not. Pure: the same state, command and context give the same. */
export function step(state: Approval, command: Command, context: ApprovalContext): Stepped {
  switch (command.kind) {
    case 'approve':
    case 'reject':
    case 'return':
    case 'addSigner':
      return decide(state, command, context)
    case 'withdraw':
      if (isOver(state.outcome)) return refused(state, 'APPROVAL_STATE')
      if (!ownOf(state).includes(command.by)) return refused(state, 'APPROVAL_NOT_YOURS')
      return gone(over(state, 'withdrawn'))
    case 'remind':
      if (state.outcome !== 'pending') return refused(state, 'APPROVAL_STATE')
      if (!ownOf(state).includes(command.by)) return refused(state, 'APPROVAL_NOT_YOURS')
      if (state.remindedDay === context.day) return refused(state, 'APPROVAL_REMINDED')
      return gone({ ...state, remindedDay: context.day })
    case 'resubmit':
      if (state.outcome !== 'returned') return refused(state, 'APPROVAL_STATE')
      if (!ownOf(state).includes(command.by)) return refused(state, 'APPROVAL_NOT_YOURS')
      if (!asksSomebody(command.steps, ownOf(state))) return refused(state, 'APPROVAL_NOBODY')
      return gone(
        settle(
          {
            ...state,
            outcome: 'pending',
            round: state.round + 1,
            steps: begin(command.steps),
            at: 0,
            remindedDay: null,
          },
          context,
        ),
      )
    case 'escalate':
      return escalate(state, context)
    case 'change':
      return state.outcome === 'approved' ? gone({ ...state, outcome: 'stale' }) : refused(state, 'APPROVAL_STATE')
  }
}

type Decision = Extract<Command, { kind: 'approve' | 'reject' | 'return' | 'addSigner' }>

function decide(state: Approval, command: Decision, context: ApprovalContext): Stepped {
  if (state.outcome !== 'pending') return refused(state, 'APPROVAL_STATE')
  if (ownOf(state).includes(command.by)) return refused(state, 'APPROVAL_OWN')
  const seat = seatFor(state, command.by, context)
  if (!seat) return refused(state, 'APPROVAL_NOT_YOURS')
  switch (command.kind) {
    case 'approve':
      return gone(settle(replaceSeat(state, { ...seat, decidedBy: command.by }), context), seat.userId)
    case 'reject':
      return gone(over(state, 'rejected'), seat.userId)
    case 'return':
      if (command.to === 'applicant') return gone(over(state, 'returned'), seat.userId)
      if (!returnTargets(state).includes(command.to)) return refused(state, 'APPROVAL_STEP')
      return gone(settle(backTo(state, command.to), context), seat.userId)
    case 'addSigner':
      return addSigner(state, command, seat, context)
  }
}

function addSigner(
  state: Approval,
  { userId, where }: Extract<Command, { kind: 'addSigner' }>,
  seat: Seat,
  context: ApprovalContext,
): Stepped {
  const current = state.steps[state.at]
  const known = current?.seats.some((other) => other.userId === userId) ?? true
  if (known || ownOf(state).includes(userId) || !context.eligible(userId) || state.steps.length >= MAX_STEPS) {
    return refused(state, 'APPROVAL_SIGNER')
  }
  const added: Step = {
    name: '',
    mode: 'all',
    days: current?.days ?? null,
    state: 'waiting',
    dueDay: null,
    added: true,
    seats: [freshSeat(userId)],
  }
  const place = where === 'before' ? state.at : state.at + 1
  const steps = state.steps.map((other, index) =>
    where === 'before' && index === state.at ? { ...other, state: 'waiting' as const, dueDay: null } : other,
  )
  return gone(settle({ ...state, steps: steps.toSpliced(place, 0, added) }, context), seat.userId)
}

function over(state: Approval, outcome: Outcome): Approval {
  const steps = state.steps.map((other) =>
    other.state === 'current' ? { ...other, state: 'waiting' as const, dueDay: null } : other,
  )
  return { ...state, outcome, steps, at: 0 }
}

/** From this step on everything is decided anew. */
function backTo(state: Approval, at: number): Approval {
  const steps = state.steps.map((other, index) =>
    index < at || other.state === 'skipped'
      ? other
      : {
          ...other,
          state: 'waiting' as const,
          dueDay: null,
          seats: other.seats.map((seat) => freshSeat(seat.userId)),
        },
  )
  return { ...state, steps, at }
}

function replaceSeat(state: Approval, seat: Seat): Approval {
  return replaceStep(state, state.at, (open) => ({
    ...open,
    seats: open.seats.map((other) => (other.userId === seat.userId ? seat : other)),
  }))
}

function replaceStep(state: Approval, at: number, change: (step: Step) => Step): Approval {
  return { ...state, steps: state.steps.map((other, index) => (index === at ? change(other) : other)) }
}

/** Opens the next step that waits for somebody, or ends the request where none does. */
function settle(from: Approval, context: ApprovalContext): Approval {
  let state = from
  while (state.at < state.steps.length) {
    const open = state.steps[state.at]
    if (!open) break
    if (open.state !== 'skipped') {
      const seats = carry(state, open)
      const decided = seats.filter((seat) => seat.decidedBy !== null)
      const passed = open.mode === 'any' ? decided.length > 0 : decided.length === seats.length
      if (!passed) {
        const dueDay = open.dueDay ?? (open.days === null ? null : context.dueDay(open.days))
        return coverGone(
          replaceStep(state, state.at, (step) => ({ ...step, seats, dueDay, state: 'current' })),
          context,
        )
      }
      state = replaceStep(state, state.at, (step) => ({ ...step, seats, state: 'passed' }))
    }
    state = { ...state, at: state.at + 1 }
  }
  return { ...state, outcome: 'approved', at: 0 }
}

/** Whoever has approved an earlier step is not asked again, where the way says so; an added signer always is. */
function carry(state: Approval, open: Step): readonly Seat[] {
  if (state.repeated === 'again' || open.added) return open.seats
  const approved = new Map<string, string>()
  for (const earlier of state.steps.slice(0, state.at)) {
    if (earlier.state !== 'passed') continue
    for (const { userId, decidedBy } of earlier.seats) {
      if (decidedBy === null) continue
      approved.set(userId, decidedBy).set(decidedBy, decidedBy)
    }
  }
  return open.seats.map((seat) => {
    const by = seat.decidedBy === null ? approved.get(seat.userId) : undefined
    return by === undefined ? seat : { ...seat, decidedBy: by, carried: true }
  })
}

/** Where nobody of a seat is there any more, whoever answers in his place is asked. */
function coverGone(state: Approval, context: ApprovalContext): Approval {
  let covered = state
  for (const seat of openSeats(state)) {
    if (actorsFor(state, seat, context).length === 0) covered = cover(covered, seat, context)
  }
  return covered
}

function cover(state: Approval, seat: Seat, context: ApprovalContext): Approval {
  const next = context.coverFor(seat.covers.at(-1) ?? seat.userId, ownOf(state))
  if (next === null || next === seat.userId || seat.covers.includes(next)) return state
  return replaceSeat(state, { ...seat, covers: [...seat.covers, next] })
}

/** What the calendar does: who is late gets his superior beside him, with the same time again; who is gone as well. */
function escalate(state: Approval, context: ApprovalContext): Stepped {
  const open = state.outcome === 'pending' ? state.steps[state.at] : undefined
  if (!open) return refused(state, 'APPROVAL_STATE')
  let next = coverGone(state, context)
  if (open.dueDay !== null && open.dueDay < context.day) {
    for (const seat of openSeats(next)) next = cover(next, seat, context)
    const { days } = open
    next = replaceStep(next, next.at, (late) => ({
      ...late,
      dueDay: days === null ? late.dueDay : context.dueDay(days),
    }))
  }
  return JSON.stringify(next) === JSON.stringify(state) ? refused(state, 'APPROVAL_STATE') : gone(next)
}
