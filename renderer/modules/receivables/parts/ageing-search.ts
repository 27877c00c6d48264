import { z } from 'zod'
import { AGE_BASES, AGEING_GROUPS, bucketKey } from '#shared/modules/receivables/receivables.schema.ts'

const cell = z.object({
  id: z.string().max(36).optional(),
  name: z.string().max(100).optional(),
  bucket: bucketKey.optional(),
})

/** A cell of the ageing: whose, and of which age; everything where absent. */
export type AgeingCell = z.infer<typeof cell>

/** The ageing's state in the address, its open cell included. */
export const ageingSearch = z.object({
  asOf: z.string().max(10).optional().catch(undefined),
  by: z.enum(AGEING_GROUPS).optional().catch(undefined),
  basis: z.enum(AGE_BASES).optional().catch(undefined),
  cell: cell.optional().catch(undefined),
})
export type AgeingSearch = z.infer<typeof ageingSearch>

/** The day that provisions are looked at. */
export const provisionSearch = z.object({ asOf: z.string().max(10).optional().catch(undefined) })
