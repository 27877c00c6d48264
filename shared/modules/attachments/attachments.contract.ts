import { z } from 'zod'
import { entityId } from '#shared/kernel/text.ts'
import { command, query, refusals } from '#shared/rpc/define.ts'
import {
  attachmentNew,
  attachmentParent,
  attachmentRemoval,
  attachmentRename,
  attachmentRow,
} from './attachments.schema.ts'

const saved = z.object({ id: z.string(), version: z.number().int() })

/** The record that a file belongs to decides who may: its own permission is asked by the service. */
export const attachmentsContract = {
  /** The files of a record, the newest first, those that were removed last; `mayWrite`: whether the caller may add. */
  list: query('session')
    .input(attachmentParent)
    .output(z.object({ rows: z.array(attachmentRow), mayWrite: z.boolean() })),
  add: command('session')
    .input(attachmentNew)
    .output(saved.extend({ name: z.string() }))
    .errors(
      refusals(
        'ATTACHMENT_TYPE',
        'ATTACHMENT_TOO_LARGE',
        'ATTACHMENT_TOO_MANY',
        'ATTACHMENT_SAME',
        'ATTACHMENT_MACROS',
        'ATTACHMENT_DAMAGED',
      ),
    ),
  rename: command('session')
    .input(attachmentRename)
    .output(saved.extend({ name: z.string() }))
    .errors(refusals('ATTACHMENT_GONE')),
  remove: command('session').input(attachmentRemoval).output(saved).errors(refusals('ATTACHMENT_GONE')),
  /** A one-time address for the file, to show or save it. */
  ticket: command('session', { audit: 'none' })
    .input(z.strictObject({ id: entityId }))
    .output(z.object({ url: z.string(), name: z.string(), mime: z.string() }))
    .errors(refusals('ATTACHMENT_GONE')),
}
