const FORBIDDEN = /[\u0000-\u001F\u007F<>:"/\\|?*]/g
const INVISIBLE = /[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i
const MAX = 120

/** A file name made from data: no path pieces, no reserved Windows name, at most 120 characters, never empty. */
export function safeFileName(name: string): string {
  const cleaned = name
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(FORBIDDEN, '_')
    .replace(/\.{2,}/g, '.')
    .replace(/\s+/g, ' ')
    .replace(/^[.\s]+|[.\s]+$/g, '')
  const dot = cleaned.lastIndexOf('.')
  const extension = dot > 0 && cleaned.length - dot <= 8 ? cleaned.slice(dot) : ''
  const stem = [...(extension === '' ? cleaned : cleaned.slice(0, dot))].slice(0, MAX - extension.length).join('')
  const whole = `${stem}${extension}`
  if (whole === '') return 'file'
  return RESERVED.test(whole) ? `_${whole}` : whole
}

/** Joins the parts of a document's name with underscores and gives it its extension. */
export function documentName(parts: readonly string[], extension: string): string {
  const stem = parts.map((part) => safeFileName(part).replaceAll('_', '-')).join('_')
  return safeFileName(`${stem}.${extension}`)
}
