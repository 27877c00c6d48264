/** More pixels than any camera has; a small file that unfolds to more is a trap for the preview. */
const MAX_PIXELS = 300_000_000

/**
 * Photos without what tells where, when and with what they were taken: EXIF, GPS, XMP, IPTC, comments, thumbnails, and
 * whatever hangs behind the picture. Pixels and colour profile stay as they are; of a JPEG also which side is up.
 * Null where the bytes are no whole picture.
 */
export function withoutMetadata(kind: 'jpeg' | 'png' | 'webp' | 'gif', bytes: Uint8Array): Uint8Array | null {
  if (kind === 'jpeg') return cleanJpeg(bytes)
  if (kind === 'png') return cleanPng(bytes)
  return kind === 'webp' ? cleanWebp(bytes) : checkedGif(bytes)
}

const u16 = (bytes: Uint8Array, at: number) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
const u32 = (bytes: Uint8Array, at: number) => u16(bytes, at) * 0x10000 + u16(bytes, at + 2)
const le32 = (bytes: Uint8Array, at: number) =>
  ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16)) + (bytes[at + 3] ?? 0) * 0x1000000
const word = (bytes: Uint8Array, at: number, length: number) => String.fromCharCode(...bytes.subarray(at, at + length))

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

function cleanJpeg(bytes: Uint8Array): Uint8Array | null {
  const parts: Uint8Array[] = [bytes.subarray(0, 2)]
  let at = 2
  let framed = false
  let scanned = false
  let orientation = 1
  while (at < bytes.length) {
    if (bytes[at] !== 0xff) return null
    // Any number of fill bytes may stand before a marker.
    while (bytes[at + 1] === 0xff) at += 1
    const marker = bytes[at + 1]
    if (marker === undefined || marker === 0) return null
    if (marker === 0xd9) {
      if (!framed || !scanned) return null
      // Nothing after the end: second pictures and films hang there.
      parts.push(bytes.subarray(at, at + 2))
      return join(
        orientation === 1 ? parts : [...parts.slice(0, 1), orientationSegment(orientation), ...parts.slice(1)],
      )
    }
    const size = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7) ? 0 : u16(bytes, at + 2)
    if (size === 1 || at + 2 + size > bytes.length) return null
    const end = at + 2 + size
    if (isFrame(marker)) {
      if (u16(bytes, at + 5) * u16(bytes, at + 7) > MAX_PIXELS) return null
      framed = true
    }
    if (marker === 0xe1 && word(bytes, at + 4, 6) === 'Exif\0\0') {
      orientation = orientationOf(bytes.subarray(at + 10, end))
    }
    if (keepsSegment(bytes, at, marker)) parts.push(bytes.subarray(at, end))
    at = end
    if (marker === 0xda) {
      scanned = true
      const next = endOfScan(bytes, at)
      parts.push(bytes.subarray(at, next))
      at = next
    }
  }
  return null
}

/** Of the application's segments only those that the colours need. */
function keepsSegment(bytes: Uint8Array, at: number, marker: number): boolean {
  if (marker === 0xfe) return false
  if (marker < 0xe0 || marker > 0xef) return true
  if (marker === 0xe0) return word(bytes, at + 4, 5) === 'JFIF\0'
  if (marker === 0xe2) return word(bytes, at + 4, 12) === 'ICC_PROFILE\0'
  return marker === 0xee && word(bytes, at + 4, 5) === 'Adobe'
}

function endOfScan(bytes: Uint8Array, from: number): number {
  let at = from
  while (at < bytes.length) {
    at = bytes.indexOf(0xff, at)
    if (at === -1) return bytes.length
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7) && next !== 0xff) return at
    at += next === 0xff ? 1 : 2
  }
  return bytes.length
}

/** Which side is up (1…8), from the first directory of an EXIF block; 1 where it does not say. */
function orientationOf(tiff: Uint8Array): number {
  const little = word(tiff, 0, 2) === 'II'
  const n16 = (at: number) => (little ? (tiff[at] ?? 0) | ((tiff[at + 1] ?? 0) << 8) : u16(tiff, at))
  const n32 = (at: number) => (little ? le32(tiff, at) : u32(tiff, at))
  const directory = n32(4)
  if (directory + 2 > tiff.length) return 1
  const count = n16(directory)
  for (let i = 0; i < count && directory + 14 + i * 12 <= tiff.length; i += 1) {
    const entry = directory + 2 + i * 12
    if (n16(entry) !== 0x0112) continue
    const value = n16(entry + 8)
    return value >= 1 && value <= 8 ? value : 1
  }
  return 1
}

/** An EXIF block that says which side is up and nothing else. */
function orientationSegment(orientation: number): Uint8Array {
  // prettier-ignore
  return Uint8Array.from([
    0xff, 0xe1, 0x00, 0x22, 0x45, 0x78, 0x69, 0x66, 0x00, 0x00,
    0x4d, 0x4d, 0x00, 0x2a, 0x00, 0x00, 0x00, 0x08,
    0x00, 0x01, 0x01, 0x12, 0x00, 0x03, 0x00, 0x00, 0x00, 0x01, 0x00, orientation, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00,
  ])
}

const PNG_TALK = new Set(['eXIf', 'tEXt', 'zTXt', 'iTXt', 'tIME'])

function cleanPng(bytes: Uint8Array): Uint8Array | null {
  const parts: Uint8Array[] = [bytes.subarray(0, 8)]
  let at = 8
  while (at + 12 <= bytes.length) {
    const end = at + 12 + u32(bytes, at)
    const name = word(bytes, at + 4, 4)
    if (end > bytes.length || !/^[A-Za-z]{4}$/.test(name)) return null
    if (at === 8 && (name !== 'IHDR' || u32(bytes, at + 8) * u32(bytes, at + 12) > MAX_PIXELS)) return null
    if (!PNG_TALK.has(name)) parts.push(bytes.subarray(at, end))
    if (name === 'IEND') return join(parts)
    at = end
  }
  return null
}

function cleanWebp(bytes: Uint8Array): Uint8Array | null {
  const whole = 8 + le32(bytes, 4)
  if (whole > bytes.length) return null
  const parts: Uint8Array[] = []
  for (let at = 12; at + 8 <= whole;) {
    const size = le32(bytes, at + 4)
    const end = at + 8 + size + (size % 2)
    if (at + 8 + size > whole) return null
    const name = word(bytes, at, 4)
    const chunk = bytes.slice(at, Math.min(end, whole))
    // The header of the extended form says what follows: EXIF (8) and XMP (4) do not any more.
    if (name === 'VP8X') chunk[8] = (chunk[8] ?? 0) & ~0x0c
    if (name !== 'EXIF' && name !== 'XMP ') parts.push(chunk)
    at = end
  }
  if (parts.length === 0) return null
  const body = join(parts)
  const head = bytes.slice(0, 12)
  new DataView(head.buffer).setUint32(4, body.length + 4, true)
  return join([head, body])
}

function checkedGif(bytes: Uint8Array): Uint8Array | null {
  const size = ((bytes[6] ?? 0) | ((bytes[7] ?? 0) << 8)) * ((bytes[8] ?? 0) | ((bytes[9] ?? 0) << 8))
  return size > 0 && size <= MAX_PIXELS && bytes.length > 13 ? bytes : null
}
