import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipPart {
  readonly name: string
  readonly bytes: Uint8Array | string
  /** What the directory says instead of the truth. */
  readonly lie?: { readonly size?: number; readonly crc?: number }
}

/** Packs parts as they are given, with whatever names and lies a test wants. */
export function buildZip(parts: readonly ZipPart[]): Uint8Array {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const part of parts) {
    const plain = Buffer.from(part.bytes as string)
    const packed = deflateRawSync(plain)
    const name = Buffer.from(part.name)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    fill(head, 4, part, plain, packed, name)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(20, 4)
    fill(entry, 6, part, plain, packed, name)
    entry.writeUInt32LE(offset, 42)
    bodies.push(head, name, packed)
    directory.push(entry, name)
    offset += head.length + name.length + packed.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Math.min(parts.length, 0xffff), 8)
  end.writeUInt16LE(Math.min(parts.length, 0xffff), 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(offset, 16)
  return new Uint8Array(Buffer.concat([...bodies, list, end]))
}

function fill(to: Buffer, at: number, part: ZipPart, plain: Buffer, packed: Buffer, name: Buffer): void {
  to.writeUInt16LE(20, at)
  to.writeUInt16LE(0x800, at + 2)
  to.writeUInt16LE(8, at + 4)
  to.writeUInt32LE(part.lie?.crc ?? crc32(plain), at + 10)
  to.writeUInt32LE(packed.length, at + 14)
  to.writeUInt32LE(part.lie?.size ?? plain.length, at + 18)
  to.writeUInt16LE(name.length, at + 22)
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships'

/** The parts of a workbook around the XML of one sheet, any of them replaced or added to. */
export function sheetParts(sheetData: string, over: Readonly<Record<string, string | Uint8Array>> = {}): ZipPart[] {
  const parts: Record<string, string | Uint8Array> = {
    '_rels/.rels': `${XML}<Relationships xmlns="${PACKAGE}"><Relationship Id="r1" Type="${REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${REL}"><sheets><sheet name="客户" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${PACKAGE}"><Relationship Id="r1" Type="${REL}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `${XML}<worksheet xmlns="${MAIN}"><sheetData>${sheetData}</sheetData></worksheet>`,
    ...over,
  }
  const links = ['styles', 'sharedStrings']
    .filter((kind) => `xl/${kind}.xml` in parts)
    .map((kind) => `<Relationship Id="${kind}" Type="${REL}/${kind}" Target="/xl/${kind}.xml"/>`)
  const rels = 'xl/_rels/workbook.xml.rels'
  parts[rels] = String(parts[rels]).replace('</Relationships>', `${links.join('')}</Relationships>`)
  return Object.entries(parts).map(([name, bytes]) => ({ name, bytes }))
}

export const stylesXml = (formats: readonly string[]): string =>
  `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="${formats.length}">${formats
    .map((code, i) => `<numFmt numFmtId="${200 + i}" formatCode="${code.replaceAll('"', '&quot;')}"/>`)
    .join(
      '',
    )}</numFmts><cellXfs><xf numFmtId="0"/>${formats.map((_, i) => `<xf numFmtId="${200 + i}"/>`).join('')}</cellXfs></styleSheet>`

export const stringsXml = (items: readonly string[]): string =>
  `${XML}<sst xmlns="${MAIN}">${items.map((item) => `<si>${item}</si>`).join('')}</sst>`
