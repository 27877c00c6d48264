import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Contours, type GlyphSource, openWoff2 } from './woff2-glyphs.ts'

/** A glyph in the units of the font it is lent to. */
export interface RareGlyph {
  readonly advanceWidth: number
  /** From where it is set to where its ink begins. */
  readonly bearing: number
  /** As a font's `glyf` table has it. */
  readonly outline: Uint8Array
  readonly points: number
  readonly contours: number
}

/** Characters of names that the fonts of the program lack: the extensions B to F of Unicode, as GB 18030 has them. */
export interface RareGlyphs {
  has(codePoint: number): boolean
  /** Throws where `has` says no. */
  glyph(codePoint: number): RareGlyph
}

/** The list of the pieces, as the font's package has it for browsers. */
export const PIECES = 'HanaMin.css'
const RULE = /url\((HanaMinB\.CJK-Unified-Ideographs-Extension-[\w-]+\.woff2)\)[^}]*unicode-range:([^;}]+)/g
const RANGE = /U\+([0-9a-f]+)(?:-([0-9a-f]+))?/gi
/** A piece is half a megabyte, an outline half a kilobyte. */
const PIECES_KEPT = 8
const GLYPHS_KEPT = 2_000

interface Range {
  readonly from: number
  readonly to: number
  readonly file: string
}

/**
 * Reads glyphs of Hanazono Mincho, which lies in `folder` in pieces of about a thousand characters, and scales them to a
 * font of so many units an em. Nothing is read before the first character that needs it, then the one piece it is in.
 */
export function createRareGlyphs(folder: string, unitsPerEm: number): RareGlyphs {
  let list: readonly Range[] | undefined
  const pieces = new Map<string, GlyphSource>()
  const glyphs = new Map<number, RareGlyph>()

  const rangeOf = (codePoint: number): Range | undefined => {
    list ??= readRanges(join(folder, PIECES))
    return list.find(({ from, to }) => from <= codePoint && codePoint <= to)
  }
  const open = (file: string): GlyphSource => {
    const piece = pieces.get(file) ?? openWoff2(readFileSync(join(folder, file)))
    pieces.delete(file)
    const oldest = pieces.size >= PIECES_KEPT ? pieces.keys().next().value : undefined
    if (oldest !== undefined) pieces.delete(oldest)
    pieces.set(file, piece)
    return piece
  }
  return {
    has: (codePoint) => rangeOf(codePoint) !== undefined,
    glyph(codePoint) {
      const kept = glyphs.get(codePoint)
      if (kept) return kept
      const range = rangeOf(codePoint)
      if (!range) throw new Error(`no glyph for U+${codePoint.toString(16)}`)
      const piece = open(range.file)
      const outline = toOutline(piece.outline(codePoint), unitsPerEm / piece.unitsPerEm)
      // Like all characters of its kind it fills a square.
      const glyph = { advanceWidth: unitsPerEm, ...outline }
      if (glyphs.size >= GLYPHS_KEPT) glyphs.clear()
      glyphs.set(codePoint, glyph)
      return glyph
    },
  }
}

function readRanges(path: string): Range[] {
  const css = readFileSync(path, 'utf8')
  return [...css.matchAll(RULE)].flatMap(([, file = '', ranges = '']) =>
    [...ranges.matchAll(RANGE)].map(([, from = '', to = from]) => ({
      from: Number.parseInt(from, 16),
      to: Number.parseInt(to, 16),
      file,
    })),
  )
}

/**
 * Contours as a simple glyph of TrueType: bounds, ends of the contours, no instructions, one flag for each point, then
 * how far each lies from the one before, all x and then all y.
 */
function toOutline(contours: Contours, scale: number): Omit<RareGlyph, 'advanceWidth'> {
  const points = contours.flat()
  const ends = contours.map((_, i) => contours.slice(0, i + 1).flat().length - 1)
  const [xs, ys] = [points.map(({ x }) => Math.round(x * scale)), points.map(({ y }) => Math.round(y * scale))]
  const bounds = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
  const steps = (values: readonly number[]) => values.map((value, i) => value - (values[i - 1] ?? 0))
  const head = [ends.length, ...bounds, ...ends, 0]
  const flags = Uint8Array.from(points, ({ onCurve }) => (onCurve ? 1 : 0))
  const outline = Buffer.concat([words(head), flags, words([...steps(xs), ...steps(ys)])])
  // A table of places may count in steps of four bytes.
  const padded = Buffer.concat([outline, Buffer.alloc((4 - (outline.length % 4)) % 4)])
  return { outline: padded, bearing: bounds[0] ?? 0, points: points.length, contours: ends.length }
}

function words(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2)
  values.forEach((value, i) => bytes.writeInt16BE(value, i * 2))
  return bytes
}
