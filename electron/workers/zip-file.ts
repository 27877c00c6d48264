import { crc32 } from 'node:zlib'
import yauzl from 'yauzl'
import { refuse } from '#shared/kernel/app-error.ts'

const MAX_ENTRIES = 2000
const MAX_UNPACKED = 200 * 1024 * 1024
const MAX_RATIO = 150
/** Below this, a high ratio is only a small file of spaces. */
const RATIO_FROM = 1024 * 1024

/** A zip whose directory was looked through; entries are read one at a time. */
export interface ZipFile {
  has(name: string): boolean
  /** Every entry but folders, as `read` takes it. */
  names(): readonly string[]
  /** The name of an entry as the file spells it. */
  spelled(name: string): string
  /** Unpacked bytes of an entry, as the directory has it; 0 where there is none. */
  size(name: string): number
  /** Hands out the unpacked bytes of an entry as they come; refuses when they are not what the directory says. */
  read(name: string, onBytes: (bytes: Buffer) => void): Promise<void>
}

/**
 * Opens a zip after looking through its directory: entries, names, unpacked size, macros, links to other files.
 * Sizes in the directory can lie, so the bytes that really come out are counted too, and their check sums compared.
 * Throws IMPORT_ZIP_BOMB, IMPORT_MACROS, IMPORT_EXTERNAL_LINKS, IMPORT_DAMAGED, IMPORT_NOT_A_TABLE.
 */
export async function openZip(bytes: Uint8Array): Promise<ZipFile> {
  const zip = await open(bytes)
  if (zip.entryCount > MAX_ENTRIES) throw refuse('IMPORT_ZIP_BOMB')
  const entries = await directory(zip)
  const unpacked = new Map<string, number>()
  return {
    has: (name) => entries.has(name.toLowerCase()),
    names: () => [...entries.keys()].filter((name) => !name.endsWith('/')),
    spelled: (name) => entries.get(name.toLowerCase())?.fileName ?? name,
    size: (name) => entries.get(name.toLowerCase())?.uncompressedSize ?? 0,
    read(name, onBytes) {
      const entry = entries.get(name.toLowerCase())
      if (!entry) throw refuse('IMPORT_NOT_A_TABLE')
      return inflate(zip, entry, unpacked, onBytes)
    },
  }
}

function open(bytes: Uint8Array): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) => {
    const options = { lazyEntries: true, validateEntrySizes: true, autoClose: false, strictFileNames: true }
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    yauzl.fromBuffer(buffer, options, (error, zip) => {
      if (error || !zip) reject(refuse('IMPORT_DAMAGED', {}, { cause: error }))
      else resolve(zip)
    })
  })
}

/** Entries by name in lower case, as Excel looks for them. */
function directory(zip: yauzl.ZipFile): Promise<Map<string, yauzl.Entry>> {
  const entries = new Map<string, yauzl.Entry>()
  let declared = 0
  return new Promise((resolve, reject) => {
    zip.on('error', (cause: Error) => {
      const odd = /invalid characters|absolute path|invalid relative path/i.test(cause.message)
      reject(refuse(odd ? 'IMPORT_ZIP_BOMB' : 'IMPORT_DAMAGED', {}, { cause }))
    })
    zip.on('end', () => resolve(entries))
    zip.on('entry', (entry: yauzl.Entry) => {
      declared += entry.uncompressedSize
      const refusal =
        objection(entry, declared) ?? (entries.has(entry.fileName.toLowerCase()) ? 'IMPORT_ZIP_BOMB' : null)
      if (refusal) return reject(refuse(refusal))
      entries.set(entry.fileName.toLowerCase(), entry)
      zip.readEntry()
    })
    zip.readEntry()
  })
}

function objection(entry: yauzl.Entry, declared: number): string | null {
  const name = entry.fileName
  if (name.startsWith('/') || /(?:^|\/)\.\.(?:\/|$)|[\\\0]|^[A-Za-z]:/.test(name)) return 'IMPORT_ZIP_BOMB'
  if (/vbaProject\.bin$|(?:^|\/)macrosheets\/|(?:^|\/)activeX\//i.test(name)) return 'IMPORT_MACROS'
  if (/(?:^|\/)externalLinks\//i.test(name)) return 'IMPORT_EXTERNAL_LINKS'
  if ((entry.generalPurposeBitFlag & 1) === 1) return 'IMPORT_OLD_FORMAT'
  const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize)
  const swollen = entry.uncompressedSize > RATIO_FROM && ratio > MAX_RATIO
  return declared > MAX_UNPACKED || swollen ? 'IMPORT_ZIP_BOMB' : null
}

function inflate(
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
  unpacked: Map<string, number>,
  onBytes: (bytes: Buffer) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error || !stream) return reject(refuse('IMPORT_DAMAGED', {}, { cause: error }))
      let size = 0
      let sum = 0
      // A part that is read twice counts once.
      unpacked.delete(entry.fileName)
      const others = [...unpacked.values()].reduce((all, bytes) => all + bytes, 0)
      const stop = (reason: unknown) => {
        reject(reason instanceof Error ? reason : new Error(String(reason)))
        stream.destroy()
      }
      stream.on('data', (chunk: Buffer) => {
        size += chunk.length
        unpacked.set(entry.fileName, size)
        const swollen = size > RATIO_FROM && size / Math.max(1, entry.compressedSize) > MAX_RATIO
        if (others + size > MAX_UNPACKED || swollen) return stop(refuse('IMPORT_ZIP_BOMB'))
        sum = crc32(chunk, sum)
        try {
          onBytes(chunk)
        } catch (refusal) {
          stop(refusal)
        }
      })
      stream.on('end', () => (sum === entry.crc32 ? resolve() : reject(refuse('IMPORT_DAMAGED'))))
      stream.on('error', (cause: Error) => reject(refuse('IMPORT_DAMAGED', {}, { cause })))
    })
  })
}
