import { refuse } from '#shared/kernel/app-error.ts'
import type { PlainMonth } from '#shared/kernel/dates.ts'
import { NO_EXTRA, type ExtraCaps } from '#shared/modules/performance/performance.extra.schema.ts'
import { USUAL_WEIGHTS, type ReviewWeights } from '#shared/modules/performance/performance.review.schema.ts'
import { targetRow, type TargetItem } from '#shared/modules/performance/performance.schema.ts'
import {
  editionsIn,
  schemeFor,
  standardItems,
  withTargets,
  type SchemeInForce,
} from '#shared/modules/performance/performance.schemes.rules.ts'
import {
  APPRAISED,
  schemeBody,
  type Appraised,
  type GradeBand,
  type SchemeItem,
} from '#shared/modules/performance/performance.schemes.schema.ts'
import { assertInScope, inScope, type Scope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { activeUsersWithRole, type UserBrief } from '#core/modules/people/people.api.ts'
import type { Reader, UnitOfWork, Writer } from '#core/store/store.ts'

export interface AppraisedPerson extends UserBrief {
  readonly roles: readonly Appraised[]
}

/** By what a person is appraised in a month. */
export interface PersonPlan {
  /** Null: the firm's standard indicators. */
  readonly scheme: SchemeInForce | null
  readonly items: readonly SchemeItem[]
  readonly grades: readonly GradeBand[]
  /** What the groups of a 360° rating weigh. */
  readonly review: ReviewWeights
  /** How many points may be given and taken beside the indicators. */
  readonly extra: ExtraCaps
  /** Whether targets were agreed with the person for this month. */
  readonly own: boolean
}

/** Everybody of the scope who is appraised, by name, with the roles that schemes are made for. */
export async function appraisedPeople(db: Reader | Writer, scope: Scope): Promise<AppraisedPerson[]> {
  const roles = new Map<string, Appraised[]>()
  for (const role of APPRAISED) {
    for (const { id } of await activeUsersWithRole(db, [role])) roles.set(id, [...(roles.get(id) ?? []), role])
  }
  const people = await activeUsersWithRole(db, APPRAISED)
  return people
    .filter((person) => inScope(scope, person.id))
    .map((person) => ({ ...person, roles: roles.get(person.id) ?? [] }))
}

/** Somebody else of the scope who is appraised. Throws NOT_FOUND, PERFORMANCE_OWN_FIGURE for oneself. */
export async function appraisedOther(uow: UnitOfWork, scope: Scope, userId: string): Promise<AppraisedPerson> {
  assertInScope(scope, userId, 'user')
  const person = (await appraisedPeople(uow.db, scope)).find((one) => one.id === userId)
  if (!person) throw refuse('NOT_FOUND', { entity: 'user' })
  if (userId === uow.actor.userId) throw refuse('PERFORMANCE_OWN_FIGURE')
  return person
}

/** Every edition of every scheme. A firm has a handful. */
export async function allEditions(db: Reader | Writer): Promise<SchemeInForce[]> {
  const rows = await db
    .selectFrom('performance_scheme_editions as edition')
    .innerJoin('performance_schemes as scheme', 'scheme.id', 'edition.scheme_id')
    .select(['scheme.id', 'scheme.last_month', 'edition.no', 'edition.from_month', 'edition.body'])
    .orderBy('scheme.name_key')
    .orderBy('edition.no')
    .execute()
  return rows.map((row) => ({
    schemeId: row.id,
    no: row.no,
    fromMonth: row.from_month,
    lastMonth: row.last_month,
    body: schemeBody.parse(JSON.parse(row.body)),
  }))
}

/** What was agreed with these people for these months, by `month user`. */
async function agreedTargets(db: Reader | Writer, months: readonly string[]): Promise<Map<string, TargetItem[]>> {
  const rows = await db
    .selectFrom('performance_targets')
    .selectAll()
    .where('month', 'in', [...months])
    .execute()
  return new Map(rows.map((row) => [`${row.month} ${row.user_id}`, targetRow.parse(JSON.parse(row.targets)).items]))
}

/** By what anybody is appraised in each of these months, with as few reads as for one. */
export async function planBook(db: Reader | Writer, months: readonly PlainMonth[]) {
  const standard = standardItems((await readSetting(db, 'indicatorTargets')).value)
  const editions = await allEditions(db)
  const agreed = await agreedTargets(db, months)
  const inForce = new Map(months.map((month) => [month, editionsIn(editions, month)]))
  return (person: AppraisedPerson, month: PlainMonth): PersonPlan => {
    const scheme = schemeFor(person, inForce.get(month) ?? [])
    const own = agreed.get(`${month} ${person.id}`)
    return {
      scheme,
      items: withTargets(scheme?.body.items ?? standard, own ?? []),
      grades: scheme?.body.grades ?? [],
      review: scheme?.body.review ?? USUAL_WEIGHTS,
      extra: scheme?.body.extra ?? NO_EXTRA,
      own: own !== undefined,
    }
  }
}
