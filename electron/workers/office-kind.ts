import { refuse } from '#shared/kernel/app-error.ts'
import { openZip, type ZipFile } from './zip-file.ts'

const MAIN_PARTS = [
  ['docx', 'word/document.xml'],
  ['xlsx', 'xl/workbook.xml'],
  ['pptx', 'ppt/presentation.xml'],
] as const
export type OfficeKind = (typeof MAIN_PARTS)[number][0] | 'ofd'

/** The part that every OFD file (GB/T 33190) has; it needs no list of types and knows no macros. */
const OFD = 'OFD.xml'
const TYPES = '[Content_Types].xml'
/** No list of types or links of an honest file is longer. */
const MAX_XML = 4 * 1024 * 1024

/**
 * Which Office file a zip is, or that it is an OFD file, after all of it was unpacked and counted; null where it is none. Throws IMPORT_MACROS for
 * macros, controls and whatever is fetched from outside when the file is opened, IMPORT_ZIP_BOMB, IMPORT_DAMAGED.
 */
export async function officeKind(bytes: Uint8Array): Promise<OfficeKind | null> {
  const zip = await openZip(bytes)
  if (zip.has(OFD)) {
    for (const name of zip.names()) await zip.read(name, () => undefined)
    return 'ofd'
  }
  const kind = MAIN_PARTS.find(([, part]) => zip.has(part))?.[0] ?? null
  if (kind === null || !zip.has(TYPES)) return null
  const types = await xml(zip, TYPES)
  if (/macroEnabled|vbaProject|ms-office\.activeX|ms-word\.template\.macro/i.test(types)) throw refuse('IMPORT_MACROS')
  for (const name of zip.names()) {
    if (name.endsWith('.rels')) assertInside(await xml(zip, name))
    // The directory may lie: what really comes out is counted, part by part.
    else await zip.read(name, () => undefined)
  }
  return kind
}

/** Links to pages and pictures may lead out; a template, an object or a frame that does is loaded by itself. */
function assertInside(rels: string): void {
  for (const [link] of rels.matchAll(/<(?:\w+:)?Relationship\b[^>]*>/g)) {
    if (!/TargetMode\s*=\s*["']External["']/i.test(link)) continue
    if (!/Type\s*=\s*["'][^"']*\/(?:hyperlink|image)["']/i.test(link)) throw refuse('IMPORT_MACROS')
  }
}

async function xml(zip: ZipFile, name: string): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  await zip.read(name, (bytes) => {
    size += bytes.length
    if (size > MAX_XML) throw refuse('IMPORT_ZIP_BOMB')
    parts.push(bytes)
  })
  return decode(Buffer.concat(parts))
}

/** UTF-16 is allowed in these parts; what is hidden in it is looked for as well. */
function decode(bytes: Buffer): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return bytes.toString('utf16le')
  if (first === 0xfe && second === 0xff) return Buffer.from(bytes).swap16().toString('utf16le')
  return bytes.toString('utf8')
}
