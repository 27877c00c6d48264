import type { Role } from '#shared/policy/roles.ts'
import type { NewStep, StepMode } from './approvals.rules.ts'
import type { ApprovalFacts, Assignee, DefinitionBody } from './approvals.schema.ts'

export interface OrgPerson {
  readonly id: string
  readonly roles: readonly Role[]
  readonly teamId: string | null
  readonly departmentId: string | null
  /** Is there, and may approve at all. */
  readonly eligible: boolean
}

/** Who works in the firm and who leads whom. */
export interface Org {
  readonly people: ReadonlyMap<string, OrgPerson>
  /** Leader of each team. */
  readonly leaders: ReadonlyMap<string, string | null>
  /** Head of each department. */
  readonly heads: ReadonlyMap<string, string | null>
}

/** A step as it was found for one request. */
export interface ResolvedStep {
  readonly name: string
  readonly mode: StepMode
  readonly days: number | null
  readonly userIds: readonly string[]
  readonly skipped: 'no' | 'amount' | 'empty'
  /** Whether somebody else was put in: the superior for whose matter it is, or whoever stands in for nobody. */
  readonly replaced: 'no' | 'own' | 'empty'
}

const within = (value: number | null, from: number | null, to: number | null) =>
  (from === null && to === null) || (value !== null && (from === null || value >= from) && (to === null || value < to))

/** Whether a definition is for such a request; what is not known fits no condition on it. */
export function fits(
  { kind, conditions: c }: Pick<DefinitionBody, 'kind' | 'conditions'>,
  facts: ApprovalFacts,
): boolean {
  return (
    kind === facts.kind &&
    within(facts.amount, c.amountFrom, c.amountTo) &&
    within(facts.discount, c.discountFrom, c.discountTo) &&
    within(facts.paymentDays, c.paymentDaysFrom, c.paymentDaysTo) &&
    (c.grades.length === 0 || (facts.grade !== null && c.grades.includes(facts.grade))) &&
    (c.departmentIds.length === 0 || (facts.departmentId !== null && c.departmentIds.includes(facts.departmentId)))
  )
}

/** The definition that is taken: of those in use that fit, the first by position. */
export function choose<T extends { readonly body: DefinitionBody }>(
  definitions: readonly T[],
  facts: ApprovalFacts,
): T | null {
  const fitting = definitions.filter(({ body }) => body.enabled && fits(body, facts))
  return fitting.toSorted((a, b) => a.body.position - b.body.position)[0] ?? null
}

/** Everybody of a role who may approve, in a steady order. */
function withRole(org: Org, role: Role): string[] {
  return [...org.people.values()]
    .filter((person) => person.eligible && person.roles.includes(role))
    .map((person) => person.id)
    .sort()
}

/**
 * Whoever answers for this person and is none of `not`: the leader of his team, the head of his department, else an
 * owner of the firm. Null where there is nobody.
 */
export function superiorOf(org: Org, userId: string, not: readonly string[]): string | null {
  const person = org.people.get(userId)
  const above = [
    org.leaders.get(person?.teamId ?? '') ?? null,
    org.heads.get(person?.departmentId ?? '') ?? null,
    ...withRole(org, 'owner'),
  ]
  return (
    above.find((id) => id !== null && id !== userId && !not.includes(id) && org.people.get(id)?.eligible === true) ??
    null
  )
}

function named(org: Org, facts: ApprovalFacts, asked: Assignee): readonly (string | null)[] {
  const applicant = org.people.get(facts.applicantId)
  switch (asked.kind) {
    case 'role':
      return withRole(org, asked.role)
    case 'person':
      return [asked.userId]
    case 'superior':
      return [superiorOf(org, facts.applicantId, [facts.ownerId])]
    case 'teamLeader': {
      // The team of whoever has the record; an applicant of another team asks nobody of his own.
      return [org.leaders.get(org.people.get(facts.ownerId)?.teamId ?? '') ?? null]
    }
    case 'departmentHead': {
      const id = asked.departmentId ?? applicant?.departmentId ?? null
      return [id === null ? null : (org.heads.get(id) ?? null)]
    }
  }
}

/**
 * Who would approve a request under a definition. Whose matter it is stands in no step, whatever is configured. Where
 * every step would be passed over, an owner of the firm is asked; `refusal` where there is none but whose matter it is.
 */
export function resolve(
  body: DefinitionBody,
  facts: ApprovalFacts,
  org: Org,
): { readonly steps: readonly ResolvedStep[]; readonly refusal: 'nobody' | null } {
  const own = [facts.applicantId, facts.ownerId]
  const able = (id: string | null): id is string =>
    id !== null && !own.includes(id) && org.people.get(id)?.eligible === true
  const owners = withRole(org, 'owner').filter(able)

  const steps = body.steps.map((step): ResolvedStep => {
    const { name, mode, days } = step
    const at = (userIds: readonly string[], rest: Partial<ResolvedStep> = {}): ResolvedStep => ({
      name,
      mode,
      days,
      userIds,
      skipped: 'no',
      replaced: 'no',
      ...rest,
    })
    if (step.amountFrom !== null && facts.amount !== null && facts.amount < step.amountFrom) {
      return at([], { skipped: 'amount' })
    }
    const asked = step.assignees.flatMap((one) => named(org, facts, one))
    const isOwn = asked.some((id) => id !== null && own.includes(id))
    const instead = isOwn && body.own === 'toSuperior' ? superiorOf(org, facts.applicantId, own) : null
    const found = asked.map((id) => (id !== null && own.includes(id) ? instead : id)).filter(able)
    if (found.length > 0) return at([...new Set(found)], instead === null ? {} : { replaced: 'own' })
    const { empty } = body
    if (empty.kind === 'skip') return at([], { skipped: 'empty' })
    const person = empty.kind === 'toPerson' && able(empty.userId) ? [empty.userId] : owners
    // Any of those who stand in for nobody will do.
    return person.length > 0 ? at(person, { mode: 'any', replaced: 'empty' }) : at([], { skipped: 'empty' })
  })
  if (steps.some((step) => step.skipped === 'no')) return { steps, refusal: null }
  if (owners.length === 0) return { steps, refusal: 'nobody' }
  const last: ResolvedStep = { name: '', mode: 'any', days: null, userIds: owners, skipped: 'no', replaced: 'empty' }
  return { steps: [...steps, last], refusal: null }
}

/** The steps as a request begins with them. */
export const newSteps = (steps: readonly ResolvedStep[]): NewStep[] =>
  steps.map(({ name, mode, days, userIds, skipped }) => ({ name, mode, days, userIds, skipped: skipped !== 'no' }))
