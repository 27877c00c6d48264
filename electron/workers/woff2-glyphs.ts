import { brotliDecompressSync } from 'node:zlib'

/** A point of an outline, in units of its font; between two points off the curve lies one on it. */
export interface Point {
  readonly x: number
  readonly y: number
  readonly onCurve: boolean
}
export type Contours = readonly (readonly Point[])[]

/** A font of which only outlines are wanted. */
export interface GlyphSource {
  readonly unitsPerEm: number
  /** Throws where the font has not the character. */
  outline(codePoint: number): Contours
}

/** Tables by their place in the list that WOFF 2 shortens their names to (section 4.1), those that are read here. */
const CMAP = 0
const HEAD = 1
const GLYF = 10
const LOCA = 11
const UNLISTED = 63
const HEADER = 48
/** A piece of a Chinese font is some hundred kilobytes; more than this is none. */
const MOST = 64 * 1024 * 1024

/**
 * Opens a font in WOFF 2 (W3C, WOFF File Format 2.0) as far as its simple glyphs go. It is unpacked and no more: a glyph
 * is decoded when it is asked for, so an open font takes the room of its file and opens in some milliseconds.
 */
export function openWoff2(bytes: Uint8Array): GlyphSource {
  const tables = unpack(bytes)
  const table = (tag: number) => {
    const found = tables.get(tag)
    if (!found) throw new Error('a font without a table that it must have')
    return found
  }
  const glyf = table(GLYF)
  return {
    unitsPerEm: table(HEAD).readUInt16BE(18),
    outline: (codePoint) => readGlyph(glyf, glyphOf(table(CMAP), codePoint)),
  }
}

function unpack(bytes: Uint8Array): Map<number, Buffer> {
  const file = new Reader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  const count = file.bytes.readUInt16BE(12)
  const packed = file.bytes.readUInt32BE(20)
  file.at = HEADER
  const sizes: { tag: number; size: number }[] = []
  for (let i = 0; i < count; i += 1) {
    const flags = file.byte()
    const tag = flags & 0x3f
    if (tag === UNLISTED) file.at += 4
    const size = file.base128()
    // Outlines and their places are rewritten unless they say so, all others only where they say so.
    const rewritten = tag === GLYF || tag === LOCA ? flags >> 6 === 0 : flags >> 6 !== 0
    if (tag === GLYF && !rewritten) throw new Error('a font whose outlines are not rewritten')
    sizes.push({ tag, size: rewritten ? file.base128() : size })
  }
  const content = brotliDecompressSync(file.bytes.subarray(file.at, file.at + packed), { maxOutputLength: MOST })
  let from = 0
  return new Map(sizes.map(({ tag, size }) => [tag, content.subarray(from, (from += size))]))
}

/** The glyph of a character beyond U+FFFF, by a table of runs (format 12). */
function glyphOf(cmap: Buffer, codePoint: number): number {
  for (let i = 0; i < cmap.readUInt16BE(2); i += 1) {
    const at = cmap.readUInt32BE(4 + i * 8 + 4)
    if (cmap.readUInt16BE(at) !== 12) continue
    for (let run = 0; run < cmap.readUInt32BE(at + 12); run += 1) {
      const [first = 0, last = 0, glyph = 0] = [0, 4, 8].map((place) => cmap.readUInt32BE(at + 16 + run * 12 + place))
      if (first <= codePoint && codePoint <= last) return glyph + codePoint - first
    }
  }
  throw new Error(`a font without U+${codePoint.toString(16)}`)
}

/**
 * A glyph of the rewritten table (section 5.1): how many contours and points each has, what kind each point is, and how
 * far it lies from the one before, lie in streams of their own; those of the glyphs before it are passed by.
 */
function readGlyph(glyf: Buffer, wanted: number): Contours {
  let from = 36
  const [contours, counts, flags, steps] = [8, 12, 16, 20].map((place) => {
    const size = glyf.readUInt32BE(place)
    return new Reader(glyf.subarray(from, (from += size)))
  }) as [Reader, Reader, Reader, Reader]
  for (let glyph = 0; ; glyph += 1) {
    const count = contours.bytes.readInt16BE(glyph * 2)
    if (count < 0) throw new Error('a font with glyphs made of others')
    const lengths = Array.from({ length: count }, () => counts.short255())
    if (glyph === wanted) {
      let [x, y] = [0, 0]
      return lengths.map((length) =>
        Array.from({ length }, () => {
          const flag = flags.byte()
          const [dx, dy] = step(flag & 0x7f, steps)
          return { x: (x += dx), y: (y += dy), onCurve: flag >> 7 === 0 }
        }),
      )
    }
    const points = lengths.reduce((sum, length) => sum + length, 0)
    for (let i = 0; i < points; i += 1) steps.at += stepSize(flags.byte() & 0x7f)
    // The length of its instructions, which lie elsewhere.
    if (count > 0) steps.short255()
  }
}

const stepSize = (flag: number) => (flag < 84 ? 1 : flag < 120 ? 2 : flag < 124 ? 3 : 4)
const signed = (flag: number, value: number) => ((flag & 1) === 1 ? value : -value)

/** How far a point lies from the one before (section 5.2): the flag says how many bits of which bytes are x and y. */
function step(flag: number, from: Reader): [dx: number, dy: number] {
  const [a, b, c, d] = [0, 1, 2, 3].map((i) => (i < stepSize(flag) ? from.byte() : 0)) as [
    number,
    number,
    number,
    number,
  ]
  if (flag < 10) return [0, signed(flag, ((flag & 14) << 7) + a)]
  if (flag < 20) return [signed(flag, (((flag - 10) & 14) << 7) + a), 0]
  if (flag < 84) {
    const high = flag - 20
    return [signed(flag, 1 + (high & 0x30) + (a >> 4)), signed(flag >> 1, 1 + ((high & 0x0c) << 2) + (a & 0x0f))]
  }
  if (flag < 120) {
    const high = flag - 84
    const x = 1 + (Math.floor(high / 12) << 8) + a
    return [signed(flag, x), signed(flag >> 1, 1 + (((high % 12) >> 2) << 8) + b)]
  }
  if (flag < 124) return [signed(flag, (a << 4) + (b >> 4)), signed(flag >> 1, ((b & 0x0f) << 8) + c)]
  return [signed(flag, (a << 8) + b), signed(flag >> 1, (c << 8) + d)]
}

/** Numbers of changing length, one after the other (section 4.1 and 6.1.1). */
class Reader {
  readonly bytes: Buffer
  at = 0

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }
  byte(): number {
    return this.bytes.readUInt8(this.at++)
  }
  base128(): number {
    for (let value = 0; ;) {
      const byte = this.byte()
      value = value * 128 + (byte & 0x7f)
      if (byte < 128) return value
    }
  }
  short255(): number {
    const code = this.byte()
    if (code === 253) return this.byte() * 256 + this.byte()
    if (code === 254) return this.byte() + 506
    if (code === 255) return this.byte() + 253
    return code
  }
}
