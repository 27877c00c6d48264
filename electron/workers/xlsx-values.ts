/** How the number of a cell is to be read. */
export type NumberKind =
  | { readonly kind: 'plain' }
  | { readonly kind: 'date' }
  | { readonly kind: 'time' }
  | { readonly kind: 'percent' }
  | { readonly kind: 'padded'; readonly digits: number }

const PLAIN: NumberKind = { kind: 'plain' }
const DAY_MS = 86_400_000

/** Reads a number format, the Chinese signs for year and day included: by its number for the built-in ones, by its code for the others (ECMA-376, 18.8.30). */
export function numberKind(id: number, code: string | undefined): NumberKind {
  if (code === undefined) {
    if (id === 9 || id === 10) return { kind: 'percent' }
    if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47)) return { kind: 'time' }
    const date = (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)
    return date ? { kind: 'date' } : PLAIN
  }
  const [first = ''] = code.split(';')
  const elapsed = /\[(?:h+|m+|s+)\]/i.test(first)
  const bare = first.replace(/"[^"]*"|\\.|\[[^\]]*\]|_.|\*./g, '')
  if (/^general$/i.test(bare.trim())) return PLAIN
  if (
    /[yd\u5e74\u65e5]/i.test(bare) ||
    /(?:^|[^hs:])m{1,5}(?![:s])/i.test(bare.replace(/am\/pm|\u4e0a\u5348\/\u4e0b\u5348/gi, ''))
  ) {
    return /[hs]/i.test(bare) && !/[yd\u5e74\u65e5]/i.test(bare) ? { kind: 'time' } : { kind: 'date' }
  }
  if (elapsed || /[hs]/i.test(bare)) return { kind: 'time' }
  if (bare.includes('%')) return { kind: 'percent' }
  const zeros = /^0{2,}$/.exec(bare)
  return zeros ? { kind: 'padded', digits: bare.length } : PLAIN
}

/**
 * A number as the reader of the sheet sees it: days as `YYYY-MM-DD`, a moment with its minutes, percentages with `%`,
 * padded codes with their zeros, others with the 15 digits that Excel keeps and never in powers of ten.
 */
export function numberText(raw: string, kind: NumberKind, from1904: boolean): string {
  const value = Number(raw)
  if (raw.trim() === '' || !Number.isFinite(value)) return raw
  if (kind.kind === 'date' || kind.kind === 'time') return dateText(value, kind.kind, from1904) ?? decimal(value)
  if (kind.kind === 'percent') return `${decimal(value * 100)}%`
  if (kind.kind === 'padded' && Number.isInteger(value) && value >= 0) return decimal(value).padStart(kind.digits, '0')
  return decimal(value)
}

function decimal(value: number): string {
  const rounded = Number(value.toPrecision(15))
  const text = String(rounded)
  if (!text.includes('e')) return text
  return Math.abs(rounded) >= 1 ? BigInt(Math.round(rounded)).toString() : rounded.toFixed(20).replace(/\.?0+$/, '')
}

/** Excel counts days from 1899-12-30 (its 1900 has a 29 February: days before March 1900 are one further on). */
function dateText(serial: number, kind: 'date' | 'time', from1904: boolean): string | null {
  if (serial < 0 || serial > 2_958_466) return null
  const minutes = Math.round(serial * 1440)
  const clock = `${pad(Math.floor((minutes % 1440) / 60))}:${pad(minutes % 60)}`
  if (kind === 'time' && serial < 1) return clock
  const days = Math.floor(minutes / 1440)
  const shift = from1904 ? 24_107 : days < 60 ? 25_568 : 25_569
  const date = new Date((days - shift) * DAY_MS)
  const day = `${String(date.getUTCFullYear()).padStart(4, '0')}-${pad(date.getUTCMonth() + 1)}-${pad(date.getUTCDate())}`
  return minutes % 1440 === 0 ? day : `${day} ${clock}`
}

const pad = (value: number) => String(value).padStart(2, '0')

/** `B3` → 1 (counted from 0); -1 where it is no cell. */
export function columnOf(reference: string): number {
  let column = 0
  for (let i = 0; i < reference.length; i += 1) {
    const code = reference.charCodeAt(i)
    if (code < 65 || code > 90) return i === 0 ? -1 : column - 1
    column = column * 26 + code - 64
  }
  return column - 1
}

/** Excel writes characters that XML cannot hold as `_x000D_`. */
export function unescapeXlsx(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
