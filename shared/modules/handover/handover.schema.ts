import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { entityId } from '#shared/kernel/text.ts'

/** What a hand-over moves, in the order in which its list shows it. */
export const HANDOVER_KINDS = [
  'customer',
  'deal',
  'contract',
  'receivable',
  'obligation',
  'invoice',
  'task',
  'visit',
] as const
export type HandoverKind = (typeof HANDOVER_KINDS)[number]

/** What may be left where it is. Who looks after a contract bills, collects and performs: all of it goes with contracts. */
export const HANDOVER_PARTS = ['deal', 'contract', 'task', 'visit'] as const
export type HandoverPart = (typeof HANDOVER_PARTS)[number]

export const HANDOVER_STATES = ['done', 'undone'] as const

/** How many of a kind; amount in fen, null where the kind has none. */
export const handoverSum = z.object({
  kind: z.enum(HANDOVER_KINDS),
  count: z.number().int(),
  amount: z.number().int().nullable(),
})
export type HandoverSum = z.infer<typeof handoverSum>

export const handoverRow = z.object({
  id: z.string(),
  at: z.number(),
  day: z.string(),
  toName: z.string(),
  byName: z.string().nullable(),
  /** Whose it was; several where customers of several people were chosen. */
  fromNames: z.array(z.string()),
  sums: z.array(handoverSum),
  state: z.enum(HANDOVER_STATES),
  /** Whether it can still be taken back. */
  open: z.boolean(),
})
export type HandoverRow = z.infer<typeof handoverRow>

export const handoverFilters = z.strictObject({
  /** Whose something of it was. */
  fromUserId: entityId.optional(),
  toUserId: entityId.optional(),
  customerId: entityId.optional(),
  state: z.enum(HANDOVER_STATES).optional(),
  from: plainDay.optional(),
  to: plainDay.optional(),
})
export type HandoverFilters = z.infer<typeof handoverFilters>
