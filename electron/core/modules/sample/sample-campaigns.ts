import { z } from 'zod'
import { addDays, type PlainDay } from '#shared/kernel/dates.ts'
import { CAMPAIGN_KINDS } from '#shared/modules/customers/campaigns.contract.ts'
import { SOURCES, type CustomerFields } from '#shared/modules/customers/customers.schema.ts'
import type { CoreClient } from '#core/rpc/client-type.ts'
import { SampleRandom } from './sample-random.ts'

/** Exhibitions and campaigns of the sample firm; `daysAgo` is when one began, the cost is in yuan. */
export const sampleCampaigns = z.array(
  z.object({
    name: z.string(),
    kind: z.enum(CAMPAIGN_KINDS),
    source: z.enum(SOURCES),
    daysAgo: z.number(),
    days: z.number(),
    place: z.string(),
    cost: z.number(),
  }),
)

/** Far from the firm's own draws, which what is drawn here leaves alone. */
const SEED_STEP = 15_013

/** Makes them; the answer gives each new customer one that fits its source, or none. */
export async function makeCampaigns(
  client: CoreClient,
  campaigns: z.infer<typeof sampleCampaigns>,
  { today, seed }: { readonly today: PlainDay; readonly seed: number },
): Promise<(source: CustomerFields['source']) => string | null> {
  const made: { id: string; source: string }[] = []
  for (const { source, daysAgo, days, cost, ...own } of campaigns) {
    const fromDay = addDays(today, -daysAgo)
    const toDay = addDays(fromDay, days - 1)
    const { id } = await client.campaigns.create({ ...own, fromDay, toDay, cost: (cost * 100) as never })
    made.push({ id, source })
  }
  const random = new SampleRandom(seed + SEED_STEP)
  return (source) => {
    const fitting = made.filter((one) => one.source === source)
    const id = fitting.length === 0 ? null : random.pick(fitting).id
    return random.chance(0.85) ? id : null
  }
}
