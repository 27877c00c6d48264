import { withoutInvisible } from './characters.ts'

const FORBIDDEN = /[\u0000-\u001F\u007F-\u009F<>:"/\\|?*\uFFFD]/g
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d\u00B9\u00B2\u00B3])\s*(\..*)?$/i
const MAX_CHARACTERS = 120
/** Linux takes 255 bytes; the rest is left for the ending of a temporary file. */
const MAX_BYTES = 200

const bytes = (text: string): number => new TextEncoder().encode(text).length

/**
 * A file name made from data: no path pieces, no reserved Windows name, at most 120 characters and 200 bytes of UTF-8,
 * never empty; the ending is kept when the name is cut.
 */
export function safeFileName(name: string): string {
  const cleaned = withoutInvisible(name.toWellFormed().normalize('NFC'))
    .replace(FORBIDDEN, '_')
    .replace(/\.{2,}/g, '.')
    .replace(/\s+/g, ' ')
    .replace(/^[.\s]+|[.\s]+$/g, '')
  const dot = cleaned.lastIndexOf('.')
  const extension = dot > 0 && cleaned.length - dot <= 8 ? cleaned.slice(dot) : ''
  const whole = `${cut(extension === '' ? cleaned : cleaned.slice(0, dot), extension)}${extension}`
  if (whole === '') return 'file'
  return RESERVED.test(whole) ? `_${whole}` : whole
}

/** As much of the stem as leaves room for the extension; never half a character, never a dot or space at the end. */
function cut(stem: string, extension: string): string {
  const characters = [...stem].slice(0, MAX_CHARACTERS - extension.length)
  let room = MAX_BYTES - bytes(extension)
  let kept = 0
  for (const character of characters) {
    room -= bytes(character)
    if (room < 0) break
    kept += 1
  }
  return characters
    .slice(0, kept)
    .join('')
    .replace(/[.\s]+$/, '')
}

/** Joins the parts of a document's name with underscores and gives it its extension. */
export function documentName(parts: readonly string[], extension: string): string {
  const stem = parts.map((part) => safeFileName(part).replaceAll('_', '-')).join('_')
  return safeFileName(`${stem}.${extension}`)
}
