import { safeFileName } from '#shared/kernel/filenames.ts'

/** What a file may be attached to. */
export const ATTACHED_TO = [
  'customer',
  'visit',
  'deal',
  'quotation',
  'minutes',
  'contract',
  'market',
  'obligation',
  'invoice',
  'limitationEvent',
  'dispute',
  'statement',
  'repaymentPlan',
  'letter',
  'escalation',
] as const
export type AttachedTo = (typeof ATTACHED_TO)[number]

export const ATTACHMENT_KINDS = [
  'pdf',
  'png',
  'jpeg',
  'webp',
  'gif',
  'docx',
  'xlsx',
  'pptx',
  'txt',
  'csv',
  'xml',
  'ofd',
] as const
export type AttachmentKind = (typeof ATTACHMENT_KINDS)[number]

/** 20 MB; the same as an upload. */
export const MAX_ATTACHMENT_BYTES = 20 * 1024 * 1024
export const MAX_ATTACHMENTS = 50
/** So long the bytes of a removed file are kept. */
export const KEEP_REMOVED_DAYS = 30

const OFFICE = 'application/vnd.openxmlformats-officedocument'

/** The first ending is the one that a name is given; the others may stay. */
export const KIND_FACTS: Readonly<
  Record<AttachmentKind, { readonly mime: string; readonly endings: readonly string[] }>
> = {
  pdf: { mime: 'application/pdf', endings: ['pdf'] },
  png: { mime: 'image/png', endings: ['png'] },
  jpeg: { mime: 'image/jpeg', endings: ['jpg', 'jpeg'] },
  webp: { mime: 'image/webp', endings: ['webp'] },
  gif: { mime: 'image/gif', endings: ['gif'] },
  docx: { mime: `${OFFICE}.wordprocessingml.document`, endings: ['docx'] },
  xlsx: { mime: `${OFFICE}.spreadsheetml.sheet`, endings: ['xlsx'] },
  pptx: { mime: `${OFFICE}.presentationml.presentation`, endings: ['pptx'] },
  txt: { mime: 'text/plain', endings: ['txt'] },
  csv: { mime: 'text/csv', endings: ['csv'] },
  // Handed out to be saved, never shown: an XML page could carry a script.
  xml: { mime: 'application/octet-stream', endings: ['xml'] },
  ofd: { mime: 'application/ofd', endings: ['ofd'] },
}

export const IMAGE_KINDS: readonly AttachmentKind[] = ['png', 'jpeg', 'webp', 'gif']

/** Kinds that an electronic invoice is issued as: the file itself, not a print of it. */
export const ORIGINAL_KINDS: readonly AttachmentKind[] = ['xml', 'ofd', 'pdf']

/** Kinds that are shown inside the program. */
export function isPreviewed(kind: AttachmentKind): boolean {
  return kind === 'pdf' || IMAGE_KINDS.includes(kind)
}

const KNOWN_ENDINGS = new Set(Object.values(KIND_FACTS).flatMap((fact) => fact.endings))

/**
 * The name that a file of this kind is kept under: safe on every system, and with an ending that tells the truth, so
 * that what was sniffed as a text never opens as a program. A wrong ending of a known kind is replaced, any other one
 * stays in front of the right one.
 */
export function attachmentName(name: string, kind: AttachmentKind): string {
  const { endings } = KIND_FACTS[kind]
  const safe = safeFileName(name)
  const dot = safe.lastIndexOf('.')
  const ending = dot > 0 ? safe.slice(dot + 1).toLowerCase() : ''
  if (endings.includes(ending)) return safe
  const stem = KNOWN_ENDINGS.has(ending) ? safe.slice(0, dot) : safe
  return safeFileName(`${stem}.${endings[0]}`)
}

/** `812 B`, `34 KB`, `3.4 MB`. */
export function shownSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
