import { refuse } from '#shared/kernel/app-error.ts'
import type { Files } from './files.ts'

const MIME = 'application/json'

/**
 * What work of several steps needs between them lives with the user's temporary files: in memory, for the user alone,
 * gone after half an hour, at a lock and at the end of the program. `name` tells one kind of it from another.
 */
export function keptJson<Value>(files: Files, name: string) {
  return {
    keep: (userId: string, value: Value): string =>
      files.putTemporary(userId, { name, mime: MIME, bytes: new TextEncoder().encode(JSON.stringify(value)) }).fileId,
    /** Throws NOT_FOUND for what is gone, somebody else's, or of another kind. */
    read(userId: string, id: string): Value {
      const file = files.readTemporary(userId, id)
      if (file.name !== name || file.mime !== MIME) throw refuse('NOT_FOUND', { entity: 'file' })
      return JSON.parse(new TextDecoder().decode(file.bytes)) as Value
    },
  }
}
