import type { AttachmentKind } from '#shared/modules/attachments/attachments.rules.ts'

/** What the bytes say a file is; `zip`: perhaps an Office file; null: nothing that may be attached. */
export type Sniffed = Exclude<AttachmentKind, 'docx' | 'xlsx' | 'pptx' | 'csv' | 'xml' | 'ofd'> | 'zip' | null

const startsWith = (bytes: Uint8Array, at: number, signature: readonly number[] | string): boolean => {
  const wanted = typeof signature === 'string' ? [...signature].map((c) => c.charCodeAt(0)) : signature
  return wanted.every((byte, i) => bytes[at + i] === byte)
}

/** Goes by the first bytes; a text is what decodes without rest and holds no control characters. */
export function sniff(bytes: Uint8Array): Sniffed {
  if (bytes.length === 0) return null
  if (startsWith(bytes, 0, '%PDF-')) return 'pdf'
  if (startsWith(bytes, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png'
  if (startsWith(bytes, 0, [0xff, 0xd8, 0xff])) return 'jpeg'
  if (startsWith(bytes, 0, 'RIFF') && startsWith(bytes, 8, 'WEBP')) return 'webp'
  if (startsWith(bytes, 0, 'GIF87a') || startsWith(bytes, 0, 'GIF89a')) return 'gif'
  if (startsWith(bytes, 0, 'PK\u0003\u0004')) return 'zip'
  return isText(bytes) ? 'txt' : null
}

/** Texts as they come from Chinese and other Windows: UTF-8, UTF-16 with its mark, GB18030. */
function isText(bytes: Uint8Array): boolean {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return reads(bytes, 'utf-16le')
  if (first === 0xfe && second === 0xff) return reads(bytes, 'utf-16be')
  return reads(bytes, 'utf-8') || reads(bytes, 'gb18030')
}

function reads(bytes: Uint8Array, encoding: string): boolean {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return !/[\u0000-\u0008\u000B\u000E-\u001F\u007F\uFFFD\uFFFE\uFFFF]/.test(text)
  } catch {
    return false
  }
}
