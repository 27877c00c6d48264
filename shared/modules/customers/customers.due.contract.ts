import { z } from 'zod'
import { entityId } from '#shared/kernel/text.ts'
import { command, query } from '#shared/rpc/define.ts'

/** So many files are looked at and deleted at once. */
export const MAX_DUE_FILES = 500

/** Why a file stays: business hangs on it, or its day has not come (any more). */
export const KEPT_FOR = ['notDue', 'contract', 'receipt', 'invoice', 'deal'] as const

const dueFile = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  ownerName: z.string().nullable(),
  deleteDay: z.string().nullable(),
})
const keptFile = dueFile.extend({ why: z.enum(KEPT_FOR) })
export type DueFile = z.infer<typeof dueFile>
export type KeptFile = z.infer<typeof keptFile>

const ids = z.array(entityId).min(1).max(MAX_DUE_FILES)

/** Rejected files whose day of deletion has come. */
export const dueFilesContract = {
  /** How many there are, for whoever may delete them. */
  count: query('customers.remove')
    .input(z.strictObject({}))
    .output(z.object({ count: z.number().int() })),
  /** Which of these files, or of all (null), would be deleted, and which stay; `more`: what a further run takes. */
  preview: query('customers.remove')
    .input(z.strictObject({ ids: ids.nullable() }))
    .output(z.object({ files: z.array(dueFile), kept: z.array(keptFile), more: z.number().int() })),
  /** Puts those into the bin that are due and that nothing hangs on; each is looked at again. Others are said. */
  remove: command('customers.remove')
    .input(z.strictObject({ ids }))
    .output(z.object({ removed: z.number().int(), kept: z.array(keptFile) })),
}
