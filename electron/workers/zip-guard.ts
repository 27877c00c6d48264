import yauzl from 'yauzl'
import { refuse } from '#shared/kernel/app-error.ts'

const MAX_ENTRIES = 2000
const MAX_UNPACKED = 200 * 1024 * 1024
const MAX_RATIO = 150
/** Below this, a high ratio is only a small file of spaces. */
const RATIO_FROM = 1024 * 1024

/**
 * Looks through a zip before anything parses it: entries, names, unpacked size, macros, links to other files. Sizes
 * in the directory can lie, so the bytes that really come out are counted too.
 * Throws IMPORT_ZIP_BOMB, IMPORT_MACROS, IMPORT_EXTERNAL_LINKS, IMPORT_NOT_A_TABLE.
 */
export async function guardZip(bytes: Uint8Array): Promise<void> {
  const zip = await open(bytes)
  if (zip.entryCount > MAX_ENTRIES) throw refuse('IMPORT_ZIP_BOMB')
  const entries: yauzl.Entry[] = []
  let declared = 0
  await new Promise<void>((resolve, reject) => {
    zip.on('error', () => reject(refuse('IMPORT_NOT_A_TABLE')))
    zip.on('end', resolve)
    zip.on('entry', (entry: yauzl.Entry) => {
      try {
        declared += entry.uncompressedSize
        checkEntry(entry, declared)
        entries.push(entry)
        zip.readEntry()
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)))
      }
    })
    zip.readEntry()
  })
  let real = 0
  for (const entry of entries) {
    const text = await inflate(zip, entry, MAX_UNPACKED - real)
    real += text.size
    if (text.head.includes('<!DOCTYPE') || text.head.includes('<!ENTITY')) throw refuse('IMPORT_ZIP_BOMB')
  }
}

function checkEntry(entry: yauzl.Entry, declared: number): void {
  const name = entry.fileName
  if (name.startsWith('/') || name.includes('..') || name.includes('\\') || name.includes('\0')) {
    throw refuse('IMPORT_ZIP_BOMB')
  }
  if (/vbaProject\.bin$/i.test(name) || /macrosheets\//i.test(name)) throw refuse('IMPORT_MACROS')
  if (/externalLinks\//i.test(name)) throw refuse('IMPORT_EXTERNAL_LINKS')
  const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize)
  if (declared > MAX_UNPACKED || (entry.uncompressedSize > RATIO_FROM && ratio > MAX_RATIO)) {
    throw refuse('IMPORT_ZIP_BOMB')
  }
}

function open(bytes: Uint8Array): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) => {
    const options = { lazyEntries: true, validateEntrySizes: true, autoClose: false }
    yauzl.fromBuffer(Buffer.from(bytes), options, (error, zip) => {
      if (error || !zip) reject(refuse('IMPORT_NOT_A_TABLE', {}, { cause: error }))
      else resolve(zip)
    })
  })
}

/** Counts what comes out of an entry, without keeping more than its beginning. */
function inflate(zip: yauzl.ZipFile, entry: yauzl.Entry, allowed: number): Promise<{ size: number; head: string }> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error || !stream) return reject(refuse('IMPORT_NOT_A_TABLE', {}, { cause: error }))
      let size = 0
      let head = ''
      stream.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (head.length < 1024) head += chunk.toString('latin1', 0, 1024)
        if (size > allowed || (size > RATIO_FROM && size / Math.max(1, entry.compressedSize) > MAX_RATIO)) {
          stream.destroy()
          reject(refuse('IMPORT_ZIP_BOMB'))
        }
      })
      stream.on('end', () => resolve({ size, head }))
      stream.on('error', (cause) => reject(refuse('IMPORT_NOT_A_TABLE', {}, { cause })))
    })
  })
}
