import { z } from 'zod'
import { command, refusals } from '#shared/rpc/define.ts'

/** 20 MB: what a seat may hand in as one file. */
export const MAX_UPLOAD_BYTES = 20 * 1024 * 1024

export const filesContract = {
  /** Hands a file to the core, for an import; it is forgotten after 30 minutes unless something keeps it. */
  upload: command('files.upload', { audit: 'none' })
    .input(z.strictObject({ file: z.file().max(MAX_UPLOAD_BYTES, 'validation:fileTooLarge') }))
    .output(z.object({ fileId: z.string(), name: z.string(), size: z.number().int() }))
    .errors(refusals('FILES_NAME', 'FILES_TOO_LARGE')),
  /** A one-time address (`/files/<ticket>`, good for one minute) for a file the caller made or was given. */
  ticket: command('session', { audit: 'none' })
    .input(z.strictObject({ fileId: z.string().max(60) }))
    .output(z.object({ url: z.string(), name: z.string(), mime: z.string() })),
}
