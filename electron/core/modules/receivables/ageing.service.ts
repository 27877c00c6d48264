import type { PlainDay } from '#shared/kernel/dates.ts'
import { bucketsOf } from '#shared/modules/receivables/receivables.ageing.rules.ts'
import type { AgeBasis, AgeingGroupKind, AgeingOf, BucketSums } from '#shared/modules/receivables/receivables.schema.ts'
import type { CallContext, CoreDeps } from '#core/kernel/deps.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { customerBriefs } from '#core/modules/customers/customers.api.ts'
import { staffUnits, userBriefs, type StaffUnits } from '#core/modules/people/people.api.ts'
import type { Reader } from '#core/store/store.ts'
import { ageingGroups, ageingTotals, unappliedOn, type AgeingGroup } from './ageing.repo.ts'
import { ageingInstalments } from './ageing.rows.ts'
import type { AgeingFilter } from './ageing.source.ts'
import { contractLabels, namedInstalments } from './instalments.names.ts'

export interface AgeingAsked {
  readonly asOf: PlainDay
  readonly basis: AgeBasis
  /** Only what belongs to all of these. */
  readonly of: readonly AgeingOf[]
}

interface PageOf {
  readonly cursor?: string | null | undefined
  readonly limit: number
}

export type NamedGroup = AgeingGroup & { readonly name: string }

/** Sales persons are few: their departments and teams are summed up here. */
const EVERYBODY = 10_000

/** What is owed by age, as of any day. */
export function createAgeingService(deps: CoreDeps) {
  /** What is asked as the statements want it: departments and teams are the people in them. */
  async function filterOf(ctx: CallContext, { asOf, basis, of }: AgeingAsked): Promise<AgeingFilter> {
    const db = deps.store.read
    const { value } = await readSetting(db, 'receivables')
    const one = (by: AgeingGroupKind) => of.find((group) => group.by === by)?.id
    const contract = one('contract')
    return {
      scope: ctx.scope,
      today: deps.clock.today(),
      asOf,
      basis,
      bounds: value.bounds,
      ownerIds: await ownersIn(db, of),
      customerId: one('customer'),
      contractId: contract === '' ? null : contract,
    }
  }

  return {
    async totals(ctx: CallContext, input: AgeingAsked) {
      const db = deps.store.read
      const filter = await filterOf(ctx, input)
      return {
        ...(await ageingTotals(db, filter)),
        columns: bucketsOf(filter.bounds),
        // A contract has no money of its own that settles nothing.
        ...(filter.contractId === undefined ? await unappliedOn(db, filter) : { advance: 0, credits: 0 }),
      }
    },

    async groups(
      ctx: CallContext,
      input: AgeingAsked & PageOf & { readonly by: AgeingGroupKind },
    ): Promise<{ rows: NamedGroup[]; nextCursor: string | null }> {
      const db = deps.store.read
      const filter = await filterOf(ctx, input)
      if (input.by === 'department' || input.by === 'team') {
        const { rows } = await ageingGroups(db, 'owner', filter, { limit: EVERYBODY })
        return { rows: inUnits(rows, input.by, await staffUnits(db)), nextCursor: null }
      }
      const page = await ageingGroups(db, input.by, filter, input)
      const names = await namesOf(
        db,
        input.by,
        page.rows.map((row) => row.id),
      )
      return { ...page, rows: page.rows.map((row) => ({ ...row, name: names.get(row.id) ?? '' })) }
    },

    async rows(ctx: CallContext, input: AgeingAsked & PageOf & { readonly bucket?: string | undefined }) {
      const db = deps.store.read
      const filter = { ...(await filterOf(ctx, input)), bucket: input.bucket }
      const page = await ageingInstalments(db, filter, input)
      return { ...page, rows: await namedInstalments(db, page.rows, input.asOf) }
    },
  }
}

/** Everybody that belongs to all of the departments, teams and persons that are asked for; undefined for no limit. */
async function ownersIn(db: Reader, of: readonly AgeingOf[]): Promise<readonly string[] | undefined> {
  const owner = of.find((group) => group.by === 'owner')
  const units = of.filter((group) => group.by === 'department' || group.by === 'team')
  if (units.length === 0) return owner ? [owner.id] : undefined
  const { people } = await staffUnits(db)
  const within = [...people].filter(([, person]) => units.every((unit) => unitOf(person, unit.by) === unit.id))
  const ids = within.map(([id]) => id)
  return owner ? ids.filter((id) => id === owner.id) : ids
}

const unitOf = (person: { departmentId: string | null; teamId: string | null } | undefined, by: AgeingGroupKind) =>
  (by === 'team' ? person?.teamId : person?.departmentId) ?? ''

/** Sums of sales persons as sums of their departments or teams, the largest first. */
function inUnits(rows: readonly AgeingGroup[], by: 'department' | 'team', units: StaffUnits): NamedGroup[] {
  const sums = new Map<string, { outstanding: number; buckets: Record<string, number> }>()
  for (const row of rows) {
    const id = unitOf(units.people.get(row.id), by)
    sums.set(id, added(sums.get(id), row))
  }
  const names = by === 'team' ? units.teams : units.departments
  return [...sums]
    .map(([id, sum]) => ({ id, name: names.get(id) ?? '', ...sum }))
    .sort((a, b) => b.outstanding - a.outstanding || (a.id < b.id ? -1 : 1))
}

function added(sum: BucketSums | undefined, row: BucketSums) {
  const buckets = Object.fromEntries(
    Object.entries(row.buckets).map(([key, amount]) => [key, amount + (sum?.buckets[key] ?? 0)]),
  )
  return { outstanding: row.outstanding + (sum?.outstanding ?? 0), buckets }
}

async function namesOf(
  db: Reader,
  by: 'customer' | 'owner' | 'contract',
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (by === 'contract') return contractLabels(db, ids)
  const briefs = by === 'customer' ? await customerBriefs(db, ids) : await userBriefs(db, ids)
  return new Map([...briefs].map(([id, brief]) => [id, brief.name]))
}
