import { z } from 'zod'
import { entityId, recordVersion, shortText } from '#shared/kernel/text.ts'

const columnKey = z.string().min(1).max(60)
/** Names a list; stable as long as the list is. */
export const gridName = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[a-zA-Z][\w.-]*$/, 'validation:code')

/**
 * The state of a list as its address holds it. It names filters and sorts and holds no rows: whoever opens it sees of
 * the list what he may see.
 */
export const viewSearch = z.strictObject({
  q: z.string().max(100).optional(),
  sort: z.string().max(40).optional(),
  dir: z.enum(['asc', 'desc']).optional(),
  f: z.record(z.string().max(60), z.union([z.string().max(200), z.number(), z.boolean()])).optional(),
})
export type ViewSearch = z.infer<typeof viewSearch>

/** Which columns it shows, in which order and how wide (pixels); null: those of the seat. */
export const viewColumns = z.strictObject({
  hidden: z.array(columnKey).max(100),
  order: z.array(columnKey).max(100),
  widths: z.record(columnKey, z.number().min(20).max(2000)),
})
export type ViewColumns = z.infer<typeof viewColumns>

/** Saving under a name that the person has for this list already replaces what it held. */
export const viewFields = z.strictObject({
  grid: gridName,
  name: shortText(40),
  search: viewSearch,
  columns: viewColumns.nullable(),
})
export type ViewFields = z.infer<typeof viewFields>

export const savedView = z.object({
  id: z.string(),
  version: z.number().int(),
  name: z.string(),
  search: viewSearch,
  columns: viewColumns.nullable(),
  /** The reader's own; another's is shared with the firm. */
  mine: z.boolean(),
  shared: z.boolean(),
  byName: z.string(),
  /** What the reader's list opens with. */
  opens: z.boolean(),
})
export type SavedView = z.infer<typeof savedView>

export const viewAt = z.strictObject({ id: entityId, version: recordVersion })
/** So many a person may have of one list. */
export const MAX_VIEWS = 50
