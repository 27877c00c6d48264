import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { readFonts } from './font-bytes.ts'
import { withoutBreakHints } from './pdf-text.ts'

const REGULAR = 'NotoSansSC_400Regular.ttf'
const BOLD = 'NotoSansSC_700Bold.ttf'
const MARK = 'YWTF'
const LAYOUTS_KEPT = 4_000

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
  layout(text: string, features?: unknown): Run
  hasGlyphForCodePoint(codePoint: number): boolean
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

/** Where the two weights lie: beside the resources in a package, in the font's npm package otherwise. */
export function fontFiles(resourcesDir: string): { regular: string; bold: string } {
  const packaged = join(resourcesDir, 'fonts', REGULAR)
  if (existsSync(packaged)) return { regular: packaged, bold: join(resourcesDir, 'fonts', BOLD) }
  const { resolve } = createRequire(import.meta.url)
  return {
    regular: resolve(`@expo-google-fonts/noto-sans-sc/400Regular/${REGULAR}`),
    bold: resolve(`@expo-google-fonts/noto-sans-sc/700Bold/${BOLD}`),
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
  const fonts = readFonts([paths.regular, paths.bold], room).map((bytes) => remembering(fontkit.create(bytes)))
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
        has = fonts.every((font) => font.hasGlyphForCodePoint(codePoint))
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
      const signs = Array.from(text, (sign) => sign.codePointAt(0) ?? 0)
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
