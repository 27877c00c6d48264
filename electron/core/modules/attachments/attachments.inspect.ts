import { AppError, refuse } from '#shared/kernel/app-error.ts'
import {
  attachmentName,
  KIND_FACTS,
  MAX_ATTACHMENT_BYTES,
  type AttachmentKind,
} from '#shared/modules/attachments/attachments.rules.ts'
import type { FileContent } from '#core/kernel/files.ts'
import type { WorkerPool } from '#core/kernel/worker-pool.ts'
import { withoutMetadata } from './attachments.metadata.ts'
import { sniff } from './attachments.sniff.ts'

/** A file as it is kept: what its bytes say it is, under an honest name, photos without what they tell. */
export interface Inspected extends FileContent {
  readonly kind: AttachmentKind
}

/**
 * Looks a file through before it is kept. Throws ATTACHMENT_TOO_LARGE, ATTACHMENT_TYPE, ATTACHMENT_MACROS or
 * ATTACHMENT_DAMAGED (torn, encrypted, or packed to unfold out of all proportion).
 */
export async function inspect(workers: WorkerPool, file: FileContent): Promise<Inspected> {
  const { bytes } = file
  if (bytes.byteLength > MAX_ATTACHMENT_BYTES) throw refuse('ATTACHMENT_TOO_LARGE')
  const found = sniff(bytes)
  if (found === null) throw refuse('ATTACHMENT_TYPE')
  if (found === 'zip') return kept(file, await office(workers, bytes), bytes)
  if (found === 'pdf') return kept(file, found, bytes)
  if (found === 'txt') return kept(file, textKind(file.name.toLowerCase(), bytes), bytes)
  const clean = withoutMetadata(found, bytes)
  if (clean === null) throw refuse('ATTACHMENT_DAMAGED')
  return kept(file, found, clean)
}

/** A page that names a style, a type or pictures of the web may run something when it is opened: it stays a text. */
const LIVELY = /<!DOCTYPE|<!ENTITY|<\?xml-stylesheet|www\.w3\.org\/(1999\/(xhtml|XSL)|2000\/svg)/i

function textKind(name: string, bytes: Uint8Array): AttachmentKind {
  if (name.endsWith('.csv')) return 'csv'
  if (!name.endsWith('.xml')) return 'txt'
  const text = new TextDecoder('utf-8').decode(bytes)
  return /^\uFEFF?\s*<[?A-Za-z]/.test(text) && !LIVELY.test(text) ? 'xml' : 'txt'
}

function kept(file: FileContent, kind: AttachmentKind, bytes: Uint8Array): Inspected {
  return { kind, name: attachmentName(file.name, kind), mime: KIND_FACTS[kind].mime, bytes }
}

async function office(workers: WorkerPool, bytes: Uint8Array): Promise<AttachmentKind> {
  try {
    const kind = await workers.run('office-kind', { bytes })
    if (kind === null) throw refuse('ATTACHMENT_TYPE')
    return kind
  } catch (error) {
    if (!(error instanceof AppError) || !error.code.startsWith('IMPORT_')) throw error
    const unsafe = error.code === 'IMPORT_MACROS' || error.code === 'IMPORT_EXTERNAL_LINKS'
    throw refuse(unsafe ? 'ATTACHMENT_MACROS' : 'ATTACHMENT_DAMAGED', {}, { cause: error })
  }
}
