import type { PlainDay } from '#shared/kernel/dates.ts'
import type { Reader, Writer } from '#core/store/store.ts'

/** How many promises of a customer were not kept, wholly or in part, for its credit card. */
export async function brokenPromises(db: Reader | Writer, customerId: string, today: PlainDay): Promise<number> {
  const rows = await db
    .selectFrom('dunning_promises')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('customer_id', '=', customerId)
    .where('withdrawn_day', 'is', null)
    .where((eb) =>
      eb.or([
        eb('state', 'in', ['broken', 'partly']),
        // The calendar has overtaken it, though nobody has looked since.
        eb.and([eb('state', '=', 'open'), eb('last_day', '<', today)]),
      ]),
    )
    .executeTakeFirstOrThrow()
  return Number(rows.count)
}
