import { addDays, asDay, type PlainDay } from '#shared/kernel/dates.ts'
import { leftOf } from '#shared/modules/orders/orders.rules.ts'
import type { CoreClient } from '#core/start-core.ts'
import { SampleRandom } from './sample-random.ts'

/** Delivers what was ordered: most in time, some late, the newest in part or not yet. */
export async function deliverOrders(
  client: CoreClient,
  { seed, today, note }: { readonly seed: number; readonly today: PlainDay; readonly note: string },
): Promise<void> {
  const random = new SampleRandom(seed + 31)
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<CoreClient['orders']['list']>> = await client.orders.list({
      limit: 200,
      cursor,
      sort: { key: 'number', dir: 'asc' },
      filters: {},
    })
    for (const row of page.rows) {
      const [after, part, slip] = [random.between(12, 34), random.chance(0.5), random.between(1000, 9999)]
      const day = addDays(asDay(row.signDay), after)
      // A few are late: they stand at the head of the list.
      if (day > today || (row.signDay > addDays(today, -70) && random.chance(0.12))) continue
      const order = await client.orders.get({ id: row.id as never })
      const soon = row.signDay > addDays(today, -45) && part
      const parts = order.lines
        .slice(0, soon ? 1 : undefined)
        .map((line) => ({ lineId: line.id as never, quantity: leftOf(line) }))
      await client.orders.deliver({
        id: order.id as never,
        version: order.version,
        day,
        note: `${note} ${slip}`,
        parts,
      })
    }
    cursor = page.nextCursor
  } while (cursor !== null)
}
