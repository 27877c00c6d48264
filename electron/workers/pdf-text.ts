/** Stands for a character that the fonts do not have, as the geta mark does in printing. */
export const MISSING = '\u3013'

const LINE_ENDS = /\r\n?|[\u2028\u2029]/g
const ZERO_WIDTH = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[\u{fe00}-\u{fe0f}]|[\u{e0100}-\u{e01ef}]/gu
const CONTROLS = /[\0-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g
const ODD_SPACES = /[\t\u00a0\u2000-\u200a\u202f\u205f]/g
/** Radicals and doubles of Han characters: drawn by the same glyph, but no longer found by a search. */
const DOUBLES = /[\u2e80-\u2fdf\uf900-\ufaff\u{2f800}-\u{2fa1f}]/gu

const BREAK = '\u200b'
const JOIN = '\u2060'
/** Behind a quotation mark of a Western text: the font's own takes the room of a Chinese character. */
export const NARROW = '\u2061'
const HAN = '\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}'
const BEFORE_QUOTE = new RegExp(`([${HAN}，。；：、！？）》」』…—])([“‘])`, 'gu')
const AFTER_QUOTE = new RegExp(`([”’])([${HAN}（《「『“‘])`, 'gu')
const CJK = '\\u2e80-\\uffef\\u{20000}-\\u{323af}'
const WESTERN_QUOTE = new RegExp(`(?<![${CJK}])([‘’“”])(?![${CJK}])`, 'gu')
const MIDDLE_DOT = /([^\s])([·・～~—])/gu
const UNIT = new RegExp(`(\\d) (?=[\\d${HAN}%])`, 'gu')

/**
 * A text without what cannot be seen: control and zero-width characters are left out, all line ends become `\n`.
 * Anything but a text or a number becomes its type's name, never looked into.
 */
export function plainText(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') return Object.prototype.toString.call(value)
  return String(value)
    .replace(LINE_ENDS, '\n')
    .replace(ODD_SPACES, ' ')
    .replace(ZERO_WIDTH, '')
    .replace(CONTROLS, '')
    .replace(DOUBLES, (sign) => sign.normalize('NFKC'))
}

/** What is printed of a text: characters without a glyph become 〓. */
export function printable(value: unknown, hasGlyph: (codePoint: number) => boolean): string {
  let out = ''
  for (const sign of plainText(value)) out += sign === '\n' || hasGlyph(sign.codePointAt(0) ?? 0) ? sign : MISSING
  return out
}

/** The characters of the texts that the fonts do not have, each once, in order of appearance. */
export function missingCharacters(texts: readonly string[], hasGlyph: (codePoint: number) => boolean): string[] {
  const found = new Set<string>()
  for (const text of texts) {
    for (const sign of text) if (printable(sign, hasGlyph) === MISSING && sign !== MISSING) found.add(sign)
  }
  return [...found]
}

/**
 * Marks, invisibly, where a line may and may not end beyond what Unicode's rules say: beside Chinese quotation marks,
 * not between a figure and its unit or its next group, not before a middle dot; and which quotation marks are Western.
 * The fonts take the marks out again before anything is drawn.
 */
export function withHints(text: string): string {
  return text
    .replace(WESTERN_QUOTE, `$1${NARROW}`)
    .replace(BEFORE_QUOTE, `$1${BREAK}$2`)
    .replace(AFTER_QUOTE, `$1${BREAK}$2`)
    .replace(MIDDLE_DOT, `$1${JOIN}$2`)
    .replace(UNIT, `$1 ${JOIN}`)
}

/** Takes the marks about the ends of lines out. */
export function withoutBreakHints(text: string): string {
  return text.includes(BREAK) || text.includes(JOIN) ? text.replaceAll(BREAK, '').replaceAll(JOIN, '') : text
}
