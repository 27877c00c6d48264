import { z } from 'zod'
import { entityId, recordVersion, shortText } from '#shared/kernel/text.ts'
import { ATTACHED_TO, ATTACHMENT_KINDS } from './attachments.rules.ts'

export const attachmentParent = z.strictObject({ to: z.enum(ATTACHED_TO), id: entityId })
export type AttachmentParent = z.infer<typeof attachmentParent>

/** A file of `files.upload`, still in memory. */
export const attachmentNew = attachmentParent.extend({ fileId: z.string().max(60) })
export const attachmentRename = z.strictObject({ id: entityId, version: recordVersion, name: shortText(120) })
export const attachmentRemoval = z.strictObject({ id: entityId, version: recordVersion, reason: shortText(200) })

export const attachmentRow = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(ATTACHMENT_KINDS),
  /** Bytes as stored: photos have lost what tells where they were taken. */
  size: z.number().int(),
  sha256: z.string(),
  createdAt: z.number().int(),
  createdByName: z.string().nullable(),
  /** Null: still there. */
  removed: z.object({ at: z.number().int(), byName: z.string().nullable(), reason: z.string() }).nullable(),
  version: z.number().int(),
})
export type AttachmentRow = z.infer<typeof attachmentRow>
