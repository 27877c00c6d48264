import { z } from 'zod'
import { plainDay } from '#shared/kernel/dates.ts'
import { entityId, optionalText, recordVersion, shortText } from '#shared/kernel/text.ts'
import { ATTACHMENT_KINDS } from '#shared/modules/attachments/attachments.rules.ts'
import { authority } from './contracts.schema.ts'

const versioned = { id: entityId, version: recordVersion }
const count = z.number().int()
const copyCount = count.min(0).max(20)

/** Who holds how many of the copies; `holder` names a third one, such as a notary or an agent. */
export const heldCopies = z.strictObject({
  ours: copyCount,
  theirs: copyCount,
  elsewhere: copyCount,
  holder: optionalText(60),
})
export type HeldCopies = z.infer<typeof heldCopies>

/** What signing writes down. Whatever is left out stays as it was drafted; copies are then shared between the sides. */
export const contractSigning = z.strictObject({
  ...versioned,
  signDay: plainDay,
  ourSigner: shortText(40),
  theirSigner: shortText(40),
  ourPost: optionalText(40),
  theirPost: optionalText(40),
  ourAuthority: authority.optional(),
  theirAuthority: authority.optional(),
  signPlace: optionalText(80),
  copies: heldCopies.optional(),
})
export type ContractSigning = z.infer<typeof contractSigning>

const signer = z.object({ name: z.string(), post: z.string(), authority })

/** A file of the papers as it is kept; `sha256` is what its bytes gave when it was stored. */
export const paperFile = z.object({
  fileId: z.string(),
  name: z.string(),
  kind: z.enum(ATTACHMENT_KINDS),
  pages: count,
  size: count,
  sha256: z.string(),
})
export type PaperFile = z.infer<typeof paperFile>

export const signingView = z.object({
  ours: signer,
  theirs: signer,
  place: z.string(),
  copies: heldCopies,
  /** The PDF of what was signed; null where the contract was entered for the record, long after it was signed. */
  file: paperFile.nullable(),
  byName: z.string(),
  at: count,
})
export type SigningView = z.infer<typeof signingView>

/** Everything that a contract has on paper. */
export const papersView = z.object({ signing: signingView.nullable() })
export type PapersView = z.infer<typeof papersView>
