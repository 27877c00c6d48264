import { z } from 'zod'
import { entityId } from '#shared/kernel/text.ts'
import { query } from '#shared/rpc/define.ts'
import { papersView } from './contracts.papers.schema.ts'

const one = z.strictObject({ id: entityId })
const ofPapers = z.strictObject({ id: entityId, fileId: entityId })

/** What a contract has on paper. */
export const papersContract = {
  get: query('contracts.read').input(one).output(papersView),
  /** One of its files, kept for the caller for half an hour. */
  open: query('contracts.read')
    .input(ofPapers)
    .output(z.object({ fileId: z.string(), name: z.string() })),
  /** Computes the fingerprint of a file anew; `intact`: it is the one that was written down when the file was kept. */
  verify: query('contracts.read')
    .input(ofPapers)
    .output(z.object({ sha256: z.string(), intact: z.boolean() })),
}
