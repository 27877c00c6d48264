import { z } from 'zod'
import { plainMonth } from '#shared/kernel/dates.ts'
import { entityId, optionalText, shortText } from '#shared/kernel/text.ts'

const int = z.number().int()
/** No scheme lets more than twenty points be given or taken in a month; hundredths. */
export const MOST_EXTRA = 2_000

const cap = z.number('validation:notANumber').int().min(0, 'validation:negative').max(MOST_EXTRA, 'validation:tooLarge')

/** How many points may be given and taken in a month beside the indicators, in hundredths; 0: none. */
export const extraCaps = z.strictObject({ mostUp: cap, mostDown: cap })
export type ExtraCaps = z.infer<typeof extraCaps>

export const NO_EXTRA: ExtraCaps = { mostUp: 0, mostDown: 0 }

/** Points that a superior gives or takes for something that no indicator measures. */
export const extraFields = z.strictObject({
  month: plainMonth,
  userId: entityId,
  /** Hundredths; less than nothing takes. */
  points: z
    .number('validation:notANumber')
    .int()
    .min(-MOST_EXTRA, 'validation:tooSmall')
    .max(MOST_EXTRA, 'validation:tooLarge')
    .refine((points) => points !== 0, 'validation:required'),
  reason: shortText(200),
  evidence: optionalText(200),
})
export type ExtraFields = z.infer<typeof extraFields>

export const extraRemoval = z.strictObject({ id: entityId, reason: shortText(200) })

export const extraEntry = z.object({
  id: z.string(),
  points: int,
  reason: z.string(),
  evidence: z.string(),
  byName: z.string(),
})
export type ExtraEntry = z.infer<typeof extraEntry>

/** What was given and taken, as it stands on the sheet; hundredths. */
export const extraMark = z.object({
  mostUp: int,
  mostDown: int,
  /** What of it counts within the caps. */
  points: int,
  given: z.array(extraEntry),
})
export type ExtraMark = z.infer<typeof extraMark>
