import { CsvError, parse } from 'csv-parse/sync'
import { refuse } from '#shared/kernel/app-error.ts'
import { MAX_COLUMNS, MAX_ROWS } from './read-xlsx.ts'

/** Bytes that no text file has. */
const BINARY = /[\0-\u0008\u000e-\u001a\u001c-\u001f]/

/** The character sets that office programs in China write. */
export type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'big5'

/**
 * Decodes a text file: Unicode by its mark or because it is valid; otherwise GB18030, as older Excel, 用友 and 金蝶
 * write it, or Big5 from Taiwan, whichever gives the more usual characters. Throws IMPORT_BAD_ENCODING rather than
 * guess at a damaged text.
 */
export function decodeText(bytes: Uint8Array): { text: string; encoding: TextEncodingName } {
  const encoding = encodingOf(bytes)
  const text = encoding === null ? null : tryDecode(bytes, encoding)
  if (encoding === null || text === null || BINARY.test(text)) throw refuse('IMPORT_BAD_ENCODING')
  return { text, encoding }
}

function encodingOf(bytes: Uint8Array): TextEncodingName | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const zeros = zerosOf(bytes)
  if (zeros.even + zeros.odd > 0) {
    if (bytes.length % 2 === 1 || (zeros.even > 0 && zeros.odd > 0)) return null
    return zeros.odd > 0 ? 'utf-16le' : 'utf-16be'
  }
  if (tryDecode(bytes, 'utf-8') !== null) return 'utf-8'
  // A mark, or sequences that are almost all valid: a damaged UTF-8 file, which must not pass for another set.
  if ((bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) || utf8Share(bytes) > 0.8) return null
  const gb = tryDecode(bytes, 'gb18030') !== null
  const big5 = tryDecode(bytes, 'big5') !== null
  if (gb && big5) return usualShare(bytes, 'big5') > usualShare(bytes, 'gb18030') ? 'big5' : 'gb18030'
  return gb ? 'gb18030' : big5 ? 'big5' : null
}

function tryDecode(bytes: Uint8Array, encoding: TextEncodingName): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

function zerosOf(bytes: Uint8Array): { even: number; odd: number } {
  let even = 0
  let odd = 0
  for (let i = 0; i < bytes.length; i += 1) {
    if (bytes[i] !== 0) continue
    if (i % 2 === 0) even += 1
    else odd += 1
  }
  return { even, odd }
}

/** How much of what is not ASCII decodes as UTF-8. */
function utf8Share(bytes: Uint8Array): number {
  const text = new TextDecoder('utf-8').decode(bytes)
  let good = 0
  let bad = 0
  for (const sign of text) {
    if (sign === '\ufffd') bad += 1
    else if (sign > '\u007f') good += 1
  }
  return good + bad === 0 ? 1 : good / (good + bad)
}

/** Share of the two-byte characters that lie in the first, everyday plane of the set, or among its punctuation. */
function usualShare(bytes: Uint8Array, encoding: 'gb18030' | 'big5'): number {
  let usual = 0
  let all = 0
  for (let i = 0; i < bytes.length - 1; i += 1) {
    const lead = bytes[i] as number
    if (lead < 0x81) continue
    const trail = bytes[i + 1] as number
    all += 1
    if (encoding === 'gb18030') {
      if (trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xd7) || lead === 0xa1 || lead === 0xa3)) usual += 1
    } else if ((lead >= 0xa4 && lead <= 0xc6) || lead === 0xa1) usual += 1
    i += 1
  }
  return all === 0 ? 0 : usual / all
}

/**
 * Reads a CSV or tab-separated text. The separator is the one that the first line has most of outside quotes.
 * Throws IMPORT_BAD_CSV with the line where quotes are wrong.
 */
export function readCsv(bytes: Uint8Array): { rows: string[][]; encoding: TextEncodingName } {
  const { text, encoding } = decodeText(bytes)
  const told = /^\ufeff?sep=(.)\r?\n/.exec(text)
  const body = told ? text.slice(told[0].length) : text
  const options = {
    delimiter: told?.[1] ?? separatorOf(body),
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: 2_000_000,
    to: MAX_ROWS + 2,
  }
  let rows: string[][]
  try {
    rows = parse(body, options)
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw refuse('IMPORT_BAD_CSV', { line: Number(error['lines'] ?? 0) + (told ? 1 : 0) }, { cause: error })
  }
  if (rows.length > MAX_ROWS + 1) throw refuse('IMPORT_TOO_MANY_ROWS')
  for (const row of rows) {
    if (row.length > MAX_COLUMNS && row.slice(MAX_COLUMNS).some((cell) => cell !== ''))
      throw refuse('IMPORT_TOO_MANY_ROWS')
  }
  return { rows: rows.map((row) => row.slice(0, MAX_COLUMNS)), encoding }
}

function separatorOf(text: string): string {
  let best = ','
  let most = 0
  const [line = ''] = /^[^\r\n]*/.exec(text.replace(/"[^"]*"/g, '')) ?? []
  for (const mark of [',', '\t', ';', '|']) {
    const count = line.split(mark).length - 1
    if (count > most) {
      most = count
      best = mark
    }
  }
  return best
}
