import { targetRow } from '#shared/modules/performance/performance.schema.ts'
import { inScope, type Scope } from '#core/kernel/scope.ts'
import { readSetting } from '#core/kernel/settings.ts'
import { activeUsersWithRole } from '#core/modules/people/people.api.ts'
import type { Reader } from '#core/store/store.ts'

/** Who is appraised: people who sell. */
export const APPRAISED = ['sales', 'sales_manager'] as const

/** What everybody of the scope who sells is to sign in each of these months, in fen: his own target or the firm's. */
export async function contractTargets(
  db: Reader,
  scope: Scope,
  months: readonly string[],
): Promise<{ month: string; userId: string; amount: number }[]> {
  const people = (await activeUsersWithRole(db, APPRAISED)).filter((person) => inScope(scope, person.id))
  if (people.length === 0 || months.length === 0) return []
  const rows = await db
    .selectFrom('performance_targets')
    .selectAll()
    .where('month', 'in', [...months])
    .execute()
  const own = new Map(
    rows.map((row) => [`${row.month} ${row.user_id}`, targetRow.parse(JSON.parse(row.targets)).contractAmount.target]),
  )
  const usual = (await readSetting(db, 'indicatorTargets')).value.contractAmount.target
  return months.flatMap((month) =>
    people.map(({ id }) => ({ month, userId: id, amount: own.get(`${month} ${id}`) ?? usual })),
  )
}
