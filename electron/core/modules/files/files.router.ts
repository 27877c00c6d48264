import { refuse } from '#shared/kernel/app-error.ts'
import type { Files } from '#core/kernel/files.ts'
import { sessionOf } from '#core/rpc/context.ts'
import type { Os } from '#core/rpc/implementer.ts'

const MAX_NAME = 255

/** Files in, by message; files out, by one-time address. */
export function filesRouter(os: Os['files'], files: Files) {
  return {
    upload: os.upload.handler(async ({ input, context }) => {
      const { file } = input
      if (file.name.length === 0 || file.name.length > MAX_NAME) throw refuse('FILES_NAME')
      const bytes = new Uint8Array(await file.arrayBuffer())
      const content = { name: file.name, mime: file.type || 'application/octet-stream', bytes }
      const { fileId } = files.putTemporary(sessionOf(context.call).userId, content)
      return { fileId, name: file.name, size: bytes.byteLength }
    }),
    ticket: os.ticket.handler(({ input, context }) => files.ticket(sessionOf(context.call).userId, input.fileId)),
  }
}
