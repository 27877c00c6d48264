import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { readFonts } from './font-bytes.ts'
import { NARROW, withoutBreakHints } from './pdf-text.ts'
import { createRareGlyphs, PIECES, type RareGlyph, type RareGlyphs } from './rare-glyphs.ts'

const REGULAR = 'NotoSansSC_400Regular.ttf'
const BOLD = 'NotoSansSC_700Bold.ttf'
const MARK = 'YWTF'
const LAYOUTS_KEPT = 4_000
/** What a font answers for a character that it does not have. */
const NONE = 0
/** Lent glyphs are numbered from here by their characters: no font can have so many of its own. */
const LENT = 0x1_0000

const MARKED = new RegExp(`(.)${NARROW}`, 'u')

interface Glyph {
  readonly id: number
  readonly advanceWidth: number
  readonly codePoints: readonly number[]
}
interface Position {
  xAdvance: number
  yAdvance: number
  xOffset: number
  yOffset: number
}
interface Run {
  readonly glyphs: readonly Glyph[]
  readonly positions: readonly Position[]
  readonly advanceWidth: number
}
interface Font {
  readonly unitsPerEm: number
  layout(text: string, features?: unknown): Run
  hasGlyphForCodePoint(codePoint: number): boolean
  createSubset(): Subset
}
/** The glyphs of one file's font, while fontkit writes them. */
interface Subset {
  readonly font: { readonly maxp: { maxPoints: number; maxContours: number } }
  readonly glyf: Uint8Array[]
  readonly loca: { readonly offsets: number[] }
  readonly hmtx: { readonly metrics: { advance: number; bearing: number }[] }
  offset: number
  _addGlyph(id: number): number
}
interface Fontkit {
  create(bytes: Uint8Array): Font
  registerFormat(format: unknown): void
}

/** What pdfmake is told of the fonts: small markers in its virtual files, never a path. */
export interface SharedFonts {
  readonly files: readonly { readonly name: string; readonly marker: Buffer }[]
  hasGlyph(codePoint: number): boolean
}

/** Where the two weights and the rare characters lie: beside the resources in a package, in npm packages otherwise. */
export function fontFiles(resourcesDir: string): { regular: string; bold: string; rare: string } {
  const fonts = join(resourcesDir, 'fonts')
  const packaged = join(fonts, REGULAR)
  if (existsSync(packaged)) return { regular: packaged, bold: join(fonts, BOLD), rare: join(fonts, 'rare') }
  const { resolve } = createRequire(import.meta.url)
  return {
    regular: resolve(`@expo-google-fonts/noto-sans-sc/400Regular/${REGULAR}`),
    bold: resolve(`@expo-google-fonts/noto-sans-sc/700Bold/${BOLD}`),
    rare: dirname(resolve(`hanamin/${PIECES}`)),
  }
}

/**
 * Parses both weights once for the life of the thread. Without this every document parses 20 MB of font anew, which
 * is most of what a one-page letter costs. fontkit is asked, through its public list of formats, to take our markers
 * for these parsed fonts. The bytes lie in `room`, where other threads find them.
 */
export function shareFonts(resourcesDir: string, room?: SharedArrayBuffer): SharedFonts {
  const paths = fontFiles(resourcesDir)
  const fontkit = fontkitOfPdfmake()
  const parsed = readFonts([paths.regular, paths.bold], room).map((bytes) => fontkit.create(bytes))
  const rare = createRareGlyphs(paths.rare, parsed[0]?.unitsPerEm ?? 1000)
  const fonts = parsed.map((font) => remembering(narrowing(lending(font, rare))))
  const markerOf = (index: number) => Buffer.concat([Buffer.from(`${MARK}${index}`), Buffer.alloc(512)])
  fontkit.registerFormat(
    class {
      static probe(bytes: Uint8Array): boolean {
        return Buffer.from(bytes.subarray(0, MARK.length)).toString('latin1') === MARK
      }
      constructor(stream: { buffer: Uint8Array }) {
        // A constructor may answer with another object: the font that is already parsed.
        return fonts[Number(String.fromCharCode(stream.buffer[MARK.length] ?? 0x30))] as object
      }
    },
  )
  const known = new Map<number, boolean>()
  return {
    files: [
      { name: 'regular.ttf', marker: markerOf(0) },
      { name: 'bold.ttf', marker: markerOf(1) },
    ],
    hasGlyph(codePoint) {
      let has = known.get(codePoint)
      if (has === undefined) {
        has = fonts.every((font) => font.hasGlyphForCodePoint(codePoint)) || rare.has(codePoint)
        known.set(codePoint, has)
      }
      return has
    },
  }
}

/** The very copy of fontkit that pdfmake draws with. */
function fontkitOfPdfmake(): Fontkit {
  const pdfmake = createRequire(import.meta.url).resolve('pdfmake')
  const pdfkit = createRequire(pdfmake).resolve('pdfkit')
  return createRequire(pdfkit)('fontkit') as Fontkit
}

/**
 * Lets a font draw rare characters as if they were its own: they are measured among its glyphs, so a text needs not be
 * split wherever it may stand, and their outlines are written into the font of the file. A text without one takes the
 * way it always took. Bold text has them in the one weight there is.
 */
function lending(font: Font, rare: RareGlyphs): Font {
  const measure = font.layout.bind(font)
  font.layout = (text, features) => {
    const run = measure(text, features)
    if (run.glyphs.every(({ id }) => id !== NONE)) return run
    const runs = splitBy(text, (sign) => !font.hasGlyphForCodePoint(sign) && rare.has(sign)).map(([part, isRare]) =>
      isRare ? rareRun(part, rare) : measure(part, features),
    )
    return joined(runs)
  }
  const begin = font.createSubset.bind(font)
  font.createSubset = () => {
    const subset = begin()
    const addOwn = subset._addGlyph.bind(subset)
    subset._addGlyph = (id) => (id < LENT ? addOwn(id) : addLent(subset, rare.glyph(id - LENT)))
    return subset
  }
  return font
}

/** Draws the quotation marks that are marked so in the width of Western text; the font has them for whom asks. */
function narrowing(font: Font): Font {
  const measure = font.layout.bind(font)
  font.layout = (text, features) => {
    if (!text.includes(NARROW)) return measure(text, features)
    const parts = text.split(MARKED).map((part, i) => (i % 2 === 1 ? measure(part, ['pwid']) : measure(part, features)))
    return joined(parts)
  }
  return font
}

function joined(runs: readonly Run[]): Run {
  return new CopiedRun(
    runs.flatMap(({ glyphs }) => glyphs),
    runs.flatMap(({ positions }) => positions),
  )
}

/** The text in pieces, each with whether its characters are of the kind asked for. */
function splitBy(text: string, isOfKind: (codePoint: number) => boolean): [part: string, isOfKind: boolean][] {
  const parts: [string, boolean][] = []
  for (const sign of text) {
    const kind = isOfKind(sign.codePointAt(0) ?? 0)
    const last = parts.at(-1)
    if (last?.[1] === kind) last[0] += sign
    else parts.push([sign, kind])
  }
  return parts
}

function rareRun(text: string, rare: RareGlyphs): Run {
  const glyphs = Array.from(text, (sign) => {
    const codePoint = sign.codePointAt(0) ?? 0
    return { id: LENT + codePoint, advanceWidth: rare.glyph(codePoint).advanceWidth, codePoints: [codePoint] }
  })
  const positions = glyphs.map((glyph) => ({ xAdvance: glyph.advanceWidth, yAdvance: 0, xOffset: 0, yOffset: 0 }))
  return new CopiedRun(glyphs, positions)
}

/** What fontkit does for a glyph of its own; only the outline comes from elsewhere. */
function addLent(subset: Subset, glyph: RareGlyph): number {
  subset.glyf.push(glyph.outline)
  subset.loca.offsets.push(subset.offset)
  subset.hmtx.metrics.push({ advance: glyph.advanceWidth, bearing: glyph.bearing })
  subset.offset += glyph.outline.length
  // Readers of fonts make room by these: more than needed does no harm.
  const { maxp } = subset.font
  maxp.maxContours = Math.max(maxp.maxContours, glyph.contours)
  maxp.maxPoints = Math.max(maxp.maxPoints, glyph.points)
  return subset.glyf.length - 1
}

/**
 * Keeps the measured runs of a font. The caller scales the positions of a run in place, so they are given out as
 * copies; glyphs carry the characters of this very text, so that one document cannot change how another is searched.
 */
function remembering(font: Font): Font {
  const kept = new Map<string, { glyphs: readonly Glyph[]; positions: readonly Position[] }>()
  const measure = font.layout.bind(font)
  font.layout = (marked, features) => {
    const text = withoutBreakHints(marked)
    if (features) return measure(text, features)
    let run = kept.get(text)
    if (!run) {
      const { glyphs, positions } = measure(text)
      const signs = Array.from(text.replaceAll(NARROW, ''), (sign) => sign.codePointAt(0) ?? 0)
      const oneEach = signs.length === glyphs.length
      run = {
        glyphs: glyphs.map((glyph, i) => ({
          id: glyph.id,
          advanceWidth: glyph.advanceWidth,
          codePoints: oneEach ? [signs[i] as number] : glyph.codePoints,
        })),
        positions: positions.map(({ xAdvance, yAdvance, xOffset, yOffset }) => ({
          xAdvance,
          yAdvance,
          xOffset,
          yOffset,
        })),
      }
      if (kept.size >= LAYOUTS_KEPT) kept.clear()
      kept.set(text, run)
    }
    return new CopiedRun(run.glyphs, run.positions)
  }
  return font
}

class CopiedRun implements Run {
  readonly glyphs: readonly Glyph[]
  readonly positions: readonly Position[]

  constructor(glyphs: readonly Glyph[], positions: readonly Position[]) {
    this.glyphs = glyphs
    this.positions = positions.map(({ xAdvance, yAdvance, xOffset, yOffset }) => ({
      xAdvance,
      yAdvance,
      xOffset,
      yOffset,
    }))
  }

  /** Read after the caller has scaled the positions, hence not a field. */
  get advanceWidth(): number {
    return this.positions.reduce((sum, position) => sum + position.xAdvance, 0)
  }
}
