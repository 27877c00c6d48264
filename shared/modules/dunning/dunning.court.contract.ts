import { z } from 'zod'
import { entityId } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import { courtAsk, courtMake, courtPreview } from './dunning.court.schema.ts'

/**
 * The file for court of a customer: what it would hold, what is missing, and the file itself. It speaks of contracts,
 * invoices and statements: only for those who collect, all of whom may read these.
 */
export const courtContract = {
  preview: query('dunning.run').input(courtAsk).output(courtPreview).errors(refusals('DUNNING_NOT_OWED')),
  /** One archive with the evidence, its index and a draft of the complaint. Can be cancelled. */
  make: command('dunning.run')
    .input(courtMake)
    .output(z.object({ jobId: z.string() }))
    .errors(refusals('DUNNING_NOT_OWED', 'DUNNING_NOTHING', 'DUNNING_COURT_SIZE')),
  /** The index of a file that was made, as it was. */
  index: query('dunning.run')
    .input(z.strictObject({ id: entityId }))
    .output(z.object({ url: z.string(), name: z.string(), mime: z.string() })),
}
