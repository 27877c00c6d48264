import { z } from 'zod'
import { entityId } from '#shared/kernel/text.ts'
import { pageOutput } from '#shared/kernel/paging.ts'
import { query } from '#shared/rpc/define.ts'
import { TIMELINE_KINDS, timelineItem } from './timeline.schema.ts'

export const timelineContract = {
  /** What happened with a customer, newest first, as far as the reader may see it. NOT_FOUND as the customer's file. */
  list: query('customers.read')
    .input(
      z.strictObject({
        customerId: entityId,
        kind: z.enum(TIMELINE_KINDS).optional(),
        cursor: z.string().max(400).nullish(),
        limit: z.number().int().min(1).max(200).default(50),
      }),
    )
    .output(pageOutput(timelineItem)),
}
