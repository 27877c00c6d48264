import { z } from 'zod'
import { pageInput, pageOutput } from '#shared/kernel/paging.ts'
import { entityId, recordVersion } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import { fieldKey, MAX_FIELDS } from './customers.fields.schema.ts'
import { CONTACT_CHOICES, MERGE_FIELDS } from './customers.merge.rules.ts'
import { customerRow, customerView, duplicateHit } from './customers.schema.ts'

const version = z.strictObject({ id: entityId, version: recordVersion })
const counts = z.array(z.object({ what: z.string(), count: z.number().int() }))

export const pairRow = z.object({
  id: z.string(),
  by: z.enum(['uscc', 'name', 'phone', 'mail']),
  /** What is the same in both, as it is compared. */
  shared: z.string(),
  one: customerRow,
  other: customerRow,
})
export type PairRow = z.infer<typeof pairRow>

export const mergeRow = z.object({
  id: z.string(),
  keptId: z.string(),
  keptName: z.string(),
  droppedId: z.string(),
  droppedName: z.string(),
  droppedCode: z.string(),
  userName: z.string().nullable(),
  at: z.number(),
  /** Moment until which it can be taken back. */
  until: z.number(),
  state: z.enum(['done', 'undone', 'final']),
})
export type MergeRow = z.infer<typeof mergeRow>

export const mergesContract = {
  /** Two files that look like one: within the scope, the surest first; those told apart are left out. */
  pairs: query('customers.merge')
    .input(pageInput({ sort: ['name'], filters: z.strictObject({ by: pairRow.shape.by.optional() }) }))
    .output(pageOutput(pairRow)),
  /** These two are not the same. */
  tellApart: command('customers.merge')
    .input(z.strictObject({ oneId: entityId, otherId: entityId }))
    .output(z.object({})),
  /** Both files, what is proposed, and what would move. */
  preview: query('customers.merge')
    .input(z.strictObject({ keptId: entityId, droppedId: entityId }))
    .output(
      z.object({
        kept: customerView,
        dropped: customerView,
        take: z.array(z.enum(MERGE_FIELDS)),
        takeFields: z.array(z.string()),
        moves: counts,
        /** Both have a credit code and these differ: two firms by law. */
        twoCodes: z.boolean(),
      }),
    )
    .errors(refusals('CUSTOMER_MERGE_SELF')),
  /** One file instead of two; what hung on the dropped one hangs on the kept one. */
  run: command('customers.merge')
    .input(
      z.strictObject({
        kept: version,
        dropped: version,
        take: z.array(z.enum(MERGE_FIELDS)).max(MERGE_FIELDS.length),
        /** Keys of the firm's own fields. */
        takeFields: z.array(fieldKey).max(MAX_FIELDS).default([]),
        contacts: z.enum(CONTACT_CHOICES).default('both'),
        /** Two different credit codes are one customer all the same. */
        sure: z.boolean().default(false),
      }),
    )
    .output(z.object({ id: z.string(), keptId: z.string(), version: z.number().int() }))
    .errors(refusals('CUSTOMER_MERGE_SELF', 'CUSTOMER_MERGE_CODES')),
  /** Takes a merge back within its days; fields that were changed since stay and are named. */
  undo: command('customers.merge')
    .input(z.strictObject({ id: entityId }))
    .output(z.object({ keptId: z.string(), droppedId: z.string(), stayed: z.array(z.string()) }))
    .errors({
      ...refusals('CUSTOMER_MERGE_OVER', 'CUSTOMER_MERGE_LATER'),
      CUSTOMER_DUPLICATE: { status: 409, data: z.object({ hits: z.array(duplicateHit) }) },
    }),
  /** The merges that a file was kept or dropped in, newest first. */
  of: query('customers.read')
    .input(z.strictObject({ customerId: entityId }))
    .output(z.array(mergeRow)),
}
