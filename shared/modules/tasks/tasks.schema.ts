import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { entityId, longText, optionalText, recordVersion, shortText } from '#shared/kernel/text.ts'
import { DUE_GROUPS, TASK_KINDS, TASK_MODULES, TASK_STATES } from './tasks.rules.ts'

/** What somebody has to do by a day. `ownerId` null: the person who enters it. */
export const taskFields = z.strictObject({
  kind: z.enum(TASK_KINDS).default('other'),
  title: shortText(200),
  note: longText(2000),
  ownerId: entityId.nullable().default(null),
  dueDay: plainDay,
  customerId: entityId.nullable().default(null),
})
export type TaskFields = z.infer<typeof taskFields>

/** `now`: late or due today. */
export const DUE_FILTERS = ['now', ...DUE_GROUPS] as const

export const taskFilters = z.strictObject({
  ownerId: entityId.optional(),
  createdById: entityId.optional(),
  /** What the caller gave to others. */
  given: z.literal(true).optional(),
  kind: z.enum(TASK_KINDS).optional(),
  state: z.enum(TASK_STATES).optional(),
  due: z.enum(DUE_FILTERS).optional(),
  customerId: entityId.optional(),
})
export type TaskFilters = z.infer<typeof taskFilters>

export const TASK_SORTS = ['dueDay', 'createdAt'] as const
export type TaskSort = (typeof TASK_SORTS)[number]

/** A task as its reader may see it: a customer outside the reader's customers is left out. */
export const taskRow = z.object({
  id: z.string(),
  kind: z.enum(TASK_KINDS),
  title: z.string(),
  note: z.string(),
  ownerId: z.string(),
  ownerName: z.string(),
  dueDay: z.string(),
  /** The day that was agreed before anything was put off. */
  firstDueDay: z.string(),
  /** Where it stands today; null for what is no longer open. */
  group: z.enum(DUE_GROUPS).nullable(),
  /** Days late today. */
  late: z.number().int(),
  customerId: z.string().nullable(),
  customerName: z.string().nullable(),
  source: z.object({ module: z.enum(TASK_MODULES), id: z.string() }).nullable(),
  state: z.enum(TASK_STATES),
  result: z.string(),
  closedAt: z.number().int().nullable(),
  closedByName: z.string().nullable(),
  createdById: z.string().nullable(),
  createdByName: z.string().nullable(),
  createdAt: z.number().int(),
  version: z.number().int(),
})
export type TaskRow = z.infer<typeof taskRow>

/** Tasks that a step is taken with, each as its reader last saw it; all of them or none. */
export const taskItems = z
  .array(z.strictObject({ id: entityId, version: recordVersion }))
  .min(1, 'validation:required')
  .max(200)
  .refine((items) => new Set(items.map((item) => item.id)).size === items.length, { message: 'validation:notAChoice' })

export const doneInput = z.strictObject({ items: taskItems, result: longText(500) })
export const snoozeInput = z.strictObject({ items: taskItems, day: plainDay })
export const handOverInput = z.strictObject({ items: taskItems, ownerId: entityId, note: optionalText(500) })
