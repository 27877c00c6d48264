import { z } from 'zod'
import { reasonView } from '#shared/kernel/reason.ts'
import { LOCALES } from '#shared/i18n/locale.ts'
import { entityId } from '#shared/kernel/text.ts'
import { SECTIONS } from './dunning.court.rules.ts'

const count = z.number().int()

export const courtAsk = z.strictObject({
  customerId: entityId,
  /** Of which debts; left out: of everything that is overdue. */
  instalmentIds: z.array(entityId).min(1, 'validation:required').max(200, 'validation:tooLong').optional(),
})
export const courtMake = courtAsk.extend({ language: z.enum(LOCALES).optional() })

/** A file for court that was made. */
export const courtFileRow = z.object({
  id: z.string(),
  day: z.string(),
  name: z.string(),
  pieces: count,
  gaps: count,
  principal: count,
  interest: count,
  sha256: z.string(),
  createdByName: z.string(),
  closedDay: z.string().nullable(),
})
export type CourtFileRow = z.infer<typeof courtFileRow>

/** What a file for court would hold, and what is missing. Fen. */
export const courtPreview = z.object({
  customer: z.object({ id: z.string(), name: z.string() }),
  language: z.enum(LOCALES),
  debts: z.array(
    z.object({
      instalmentId: z.string(),
      contractNumber: z.string(),
      label: z.string(),
      dueDay: z.string().nullable(),
      outstanding: count,
      chosen: z.boolean(),
    }),
  ),
  totals: z.object({ principal: count, interest: count, costs: count }),
  forum: z.object({ kind: z.enum(['agreed', 'arbitration', 'domicile', 'several']), place: z.string() }),
  pieces: z.array(
    z.object({
      no: count,
      section: z.enum(SECTIONS),
      name: reasonView,
      proves: reasonView,
      source: z.string(),
      /** The program writes it. */
      made: z.boolean(),
    }),
  ),
  gaps: z.array(z.object({ section: z.enum([...SECTIONS, 'parties']), reason: reasonView, grave: z.boolean() })),
  files: z.array(courtFileRow),
})
export type CourtPreview = z.infer<typeof courtPreview>
