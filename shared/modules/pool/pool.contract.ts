import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, recordVersion, searchText, shortText } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import { poolFilters, poolPolicy, poolRow } from './pool.schema.ts'

const count = z.number().int()
const taken = z.object({ id: z.string(), version: count })

export const poolContract = {
  list: query('customers.claim')
    .input(pageInput({ sort: ['since', 'name'], filters: poolFilters }))
    .output(pageOutput(poolRow)),
  /** How many wait, and were claimed or given in the last 30 days by the whole firm; how many the person who asks has, may have (null: any number), and has taken today. */
  summary: query('customers.claim')
    .input(z.strictObject({ text: searchText, filters: poolFilters }))
    .output(
      z.object({
        count,
        held: count,
        holdLimit: count.nullable(),
        today: count,
        dayLimit: count.nullable(),
        taken: z.object({ claimed: count, assigned: count }),
      }),
    ),
  claim: command('customers.claim')
    .input(z.strictObject({ id: entityId }))
    .output(taken)
    .errors({
      ...refusals('POOL_TAKEN'),
      POOL_HOLD_LIMIT: { status: 409, data: z.object({ limit: count }) },
      POOL_DAY_LIMIT: { status: 409, data: z.object({ limit: count }) },
      POOL_COOL_DOWN: { status: 409, data: z.object({ until: plainDay }) },
    }),
  /** A manager gives one to a person of his. */
  assign: command('customers.transfer')
    .input(z.strictObject({ id: entityId, ownerId: entityId }))
    .output(taken)
    .errors(refusals('POOL_TAKEN', 'CUSTOMER_OWNER')),
  /** Puts one's own customer into the pool by hand. */
  release: command('customers.claim')
    .input(z.strictObject({ id: entityId, version: recordVersion, note: shortText(200) }))
    .output(taken)
    .errors(refusals('POOL_PROTECTED')),
  policy: {
    read: query('customers.claim')
      .input(z.strictObject({}))
      .output(z.object({ value: poolPolicy, version: count })),
    save: command('customers.rules')
      .input(z.strictObject({ value: poolPolicy, version: recordVersion }))
      .output(z.object({ version: count })),
  },
}
