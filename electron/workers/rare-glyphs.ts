import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A font read by fontkit: one piece of the rare characters. */
export interface PieceFont {
  readonly unitsPerEm: number
  glyphForCodePoint(codePoint: number): { readonly advanceWidth: number; readonly path: { readonly commands: Path } }
}
type Path = readonly { readonly command: string; readonly args: readonly number[] }[]

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
/** A piece read is some ten megabytes; an outline, which is what is kept, some kilobytes. */
const PIECES_KEPT = 3
const GLYPHS_KEPT = 2_000

interface Range {
  readonly from: number
  readonly to: number
  readonly file: string
}

/**
 * Reads glyphs of Hanazono Mincho, which lies in `folder` in pieces of about a thousand characters. Nothing is read
 * before the first character that needs it, then the one piece it is in.
 *
 * @param parse reads the bytes of a piece
 * @param unitsPerEm of the font that the outlines are lent to
 */
export function createRareGlyphs(
  folder: string,
  parse: (bytes: Uint8Array) => PieceFont,
  unitsPerEm: number,
): RareGlyphs {
  let list: readonly Range[] | undefined
  const pieces = new Map<string, PieceFont>()
  const glyphs = new Map<number, RareGlyph>()

  const rangeOf = (codePoint: number): Range | undefined => {
    list ??= readRanges(join(folder, PIECES))
    return list.find(({ from, to }) => from <= codePoint && codePoint <= to)
  }
  const open = (file: string): PieceFont => {
    const piece = pieces.get(file) ?? parse(readFileSync(join(folder, file)))
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
      const { advanceWidth, path } = piece.glyphForCodePoint(codePoint)
      const scale = unitsPerEm / piece.unitsPerEm
      const glyph = { advanceWidth: Math.round(advanceWidth * scale), ...toOutline(path.commands, scale) }
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
 * A path of lines and quadratic curves as a simple glyph of TrueType: bounds, ends of the contours, no instructions,
 * one flag for each point, then how far each lies from the one before, all x and then all y.
 */
function toOutline(path: Path, scale: number): Omit<RareGlyph, 'advanceWidth'> {
  const points: { x: number; y: number; onCurve: boolean }[] = []
  const ends: number[] = []
  for (const { command, args } of path) {
    if (command === 'closePath') ends.push(points.length - 1)
    for (let i = 0; i < args.length; i += 2) {
      const [x = 0, y = 0] = args.slice(i, i + 2).map((value) => Math.round(value * scale))
      points.push({ x, y, onCurve: i + 2 === args.length })
    }
  }
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)]
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
