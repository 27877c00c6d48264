import { z } from 'zod'
import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import { MARKET_SOURCES } from '#shared/modules/market/market.schema.ts'
import type { CoreClient } from '#core/rpc/client-type.ts'

/** The market notes of the sample firm's data file. */
export const sampleMarketNotes = z.array(
  z.object({
    competitor: z.string(),
    product: z.string(),
    price: z.number().nullable(),
    unit: z.string(),
    source: z.enum(MARKET_SOURCES),
    content: z.string(),
    daysAgo: z.number().int(),
  }),
)

/** What people heard of competitors in the last months, waiting for the sales manager. */
export async function makeMarketNotes(
  client: CoreClient,
  notes: z.infer<typeof sampleMarketNotes>,
  today: PlainDay,
): Promise<void> {
  const [reader] = (await client.market.readers({})).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  if (!reader) return
  for (const { daysAgo, ...note } of notes) {
    await client.market.create({ ...note, day: addDays(today, -daysAgo), addressedId: reader.id } as never)
  }
}
