import { z } from 'zod'
import { entityId } from '#shared/kernel/text.ts'
import { INDICATOR_CODES } from './performance.indicators.schema.ts'

/** The two sheets of the file: targets with figures entered by hand, and what customers said. */
export const FIGURE_SHEETS = ['figures', 'ratings'] as const
/** A row that changes something, one with a fault, or one that says what is there already. */
export const FIGURE_STATES = ['change', 'failed', 'same'] as const

const int = z.number().int()

/** A row of the file, judged. */
export const figureLine = z.object({
  /** Its place among all rows of the file. */
  row: int,
  sheet: z.enum(FIGURE_SHEETS),
  /** The row's number in its own sheet. */
  line: int,
  state: z.enum(FIGURE_STATES),
  userName: z.string(),
  indicator: z.enum(INDICATOR_CODES).nullable(),
  /** In the indicator's unit; null where the row leaves it alone. */
  target: z.object({ before: int, after: int }).nullable(),
  actual: z.object({ before: int.nullable(), after: int }).nullable(),
  customerName: z.string(),
  problems: z.array(
    z.object({
      field: z.string().nullable(),
      key: z.string(),
      params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    }),
  ),
})
export type FigureLine = z.infer<typeof figureLine>

/** What a file comes to before anything of it is written. */
export const figuresCheck = z.object({ checkId: z.string(), fileName: z.string(), change: int, failed: int, same: int })
export type FiguresCheck = z.infer<typeof figuresCheck>

export const figureFilters = z.strictObject({ checkId: entityId, state: z.enum(FIGURE_STATES).optional() })
