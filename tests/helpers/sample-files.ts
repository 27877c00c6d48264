import { crc32, deflateSync } from 'node:zlib'
import { buildZip, type ZipPart } from './zip-builder.ts'

const text = (words: string) => new TextEncoder().encode(words)
const bytes = (...parts: readonly (readonly number[] | Uint8Array)[]) => Uint8Array.from(parts.flatMap((p) => [...p]))
const segment = (marker: number, body: Uint8Array) =>
  bytes([0xff, marker, ((body.length + 2) >> 8) & 0xff, (body.length + 2) & 0xff], body)

/** Where the photo was taken; no cleaned file may hold it. */
export const CANARY_PLACE = 'GPS-29.5630N-106.5516E'

/** An EXIF block that says which side is up, and where. */
function exif(orientation: number): Uint8Array {
  return bytes(
    text('Exif\0\0'),
    [0x49, 0x49, 0x2a, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0],
    text(CANARY_PLACE),
  )
}

/** A JPEG as far as its segments go: EXIF, XMP, comment, a colour profile, two scans, and something behind the end. */
export function jpegPhoto(orientation = 6, width = 8, height = 8): Uint8Array {
  return bytes(
    [0xff, 0xd8],
    segment(0xe0, bytes(text('JFIF\0'), [1, 1, 0, 0, 1, 0, 1, 0, 0])),
    segment(0xe1, exif(orientation)),
    segment(0xe1, text(`http://ns.adobe.com/xap/1.0/\0${CANARY_PLACE}`)),
    segment(0xe2, text('ICC_PROFILE\0\u0001\u0001profile')),
    segment(0xe2, text(`MPF\0${CANARY_PLACE}`)),
    segment(0xed, text(`Photoshop 3.0\0${CANARY_PLACE}`)),
    segment(0xfe, text(CANARY_PLACE)),
    segment(0xc0, bytes([8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0])),
    segment(0xda, bytes([1, 1, 0, 0, 63, 0])),
    [0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56],
    segment(0xda, bytes([1, 1, 0, 0, 63, 0])),
    [0x78, 0xff, 0xd9],
    text(`MotionPhoto ${CANARY_PLACE}`),
  )
}

function chunk(name: string, body: Uint8Array): Uint8Array {
  const head = Buffer.alloc(4)
  head.writeUInt32BE(body.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(bytes(text(name), body)))
  return bytes(head, text(name), body, sum)
}

/** A PNG of one colour that opens everywhere, with a text block that is to go. */
export function pngPicture(width = 4, height = 4, shade = 120): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 0, 0, 0, 0], 8)
  const rows = Buffer.alloc(Math.min(height, 64) * (Math.min(width, 64) + 1), shade)
  return bytes(
    [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    chunk('IHDR', header),
    chunk('tEXt', text(`Location\0${CANARY_PLACE}`)),
    chunk('eXIf', text(CANARY_PLACE)),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', new Uint8Array()),
    text(CANARY_PLACE),
  )
}

function riff(name: string, body: Uint8Array): Uint8Array {
  const size = Buffer.alloc(4)
  size.writeUInt32LE(body.length)
  return bytes(text(name), size, body, body.length % 2 ? [0] : [])
}

/** A WebP as far as its chunks go, with EXIF and XMP announced in its head. */
export function webpPicture(): Uint8Array {
  const body = bytes(
    text('WEBP'),
    riff('VP8X', Uint8Array.from([0x0c, 0, 0, 0, 7, 0, 0, 7, 0, 0])),
    riff('VP8 ', text('picture')),
    riff('EXIF', text(CANARY_PLACE)),
    riff('XMP ', text(CANARY_PLACE)),
  )
  return bytes(riff('RIFF', body), text(CANARY_PLACE))
}

/** A PDF of one empty page. */
export function pdfFile(note = ''): Uint8Array {
  return text(
    `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n` +
      `3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>endobj\ntrailer<</Root 1 0 R>>\n%${note}\n%%EOF\n`,
  )
}

const MAIN = { docx: 'word/document.xml', xlsx: 'xl/workbook.xml', pptx: 'ppt/presentation.xml' } as const

/** An Office file as far as its parts go; `more` adds or replaces parts. */
export function officeFile(kind: keyof typeof MAIN, more: readonly ZipPart[] = []): Uint8Array {
  const parts: readonly ZipPart[] = [
    { name: '[Content_Types].xml', bytes: '<Types><Default Extension="xml" ContentType="application/xml"/></Types>' },
    { name: '_rels/.rels', bytes: '<Relationships/>' },
    { name: MAIN[kind], bytes: '<main/>' },
  ]
  return buildZip([...parts.filter((part) => !more.some((other) => other.name === part.name)), ...more])
}
