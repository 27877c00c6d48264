import { z } from 'zod'

/**
 * A sentence with which a rule explains itself: the key of its words and what they show. Amounts come as `1,234.50`,
 * rates as `3.45%`, days as `2026-05-20`, so that the words only have to place them.
 */
export interface Reason {
  readonly key: string
  readonly params?: Readonly<Record<string, string | number>>
}

/** A reason as a contract of the program gives it away. */
export const reasonView = z.object({
  key: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})

/** A copy of a reason that may leave the core, with nothing of the rule that gave it. */
export function plainReason({ key, params }: Reason): z.infer<typeof reasonView> {
  return params ? { key, params: { ...params } } : { key }
}
