import { createRequire } from 'node:module'
import { AppError, refuse } from '#shared/kernel/app-error.ts'
import type { ZipFile } from './zip-file.ts'

/** What a part of a workbook is told while its XML goes by. Names come without their namespace prefix. */
export interface XmlHandler {
  open?(name: string, attributes: Readonly<Record<string, string>>): void
  text?(text: string): void
  close?(name: string): void
}

interface Parser {
  on(event: 'opentag', handler: (tag: { name: string; attributes: Record<string, string> }) => void): void
  on(event: 'closetag', handler: (tag: { name: string }) => void): void
  on(event: 'text' | 'cdata' | 'doctype', handler: (text: string) => void): void
  on(event: 'error', handler: (error: Error) => void): void
  write(text: string): Parser
  close(): Parser
}

// The strict XML parser that comes with exceljs: it resolves no entities but the five of XML and fetches nothing.
const { SaxesParser } = createRequire(createRequire(import.meta.url).resolve('exceljs'))('saxes') as {
  SaxesParser: new (options: { xmlns: false; position: false }) => Parser
}

const local = (name: string) => name.slice(name.indexOf(':') + 1)

/** A parser that tells the handler; it throws IMPORT_DAMAGED for broken XML and IMPORT_ZIP_BOMB for a DOCTYPE. */
function makeParser(handler: XmlHandler): Parser {
  const parser = new SaxesParser({ xmlns: false, position: false })
  parser.on('error', (cause) => {
    throw refuse('IMPORT_DAMAGED', {}, { cause })
  })
  parser.on('doctype', () => {
    throw refuse('IMPORT_ZIP_BOMB')
  })
  parser.on('opentag', ({ name: tag, attributes }) => handler.open?.(local(tag), attributes))
  parser.on('closetag', ({ name: tag }) => handler.close?.(local(tag)))
  parser.on('text', (text) => handler.text?.(text))
  parser.on('cdata', (text) => handler.text?.(text))
  return parser
}

/** Reads an XML file that is in memory already. Throws as `readXml` does. */
export function readXmlBytes(bytes: Uint8Array, handler: XmlHandler): void {
  const parser = makeParser(handler)
  try {
    parser.write(new TextDecoder('utf-8', { fatal: true }).decode(bytes)).close()
  } catch (error) {
    throw error instanceof AppError ? error : refuse('IMPORT_DAMAGED', {}, { cause: error })
  }
}

/** Reads one XML part of a zip. Throws IMPORT_DAMAGED for broken XML and IMPORT_ZIP_BOMB for a DOCTYPE. */
export async function readXml(zip: ZipFile, name: string, handler: XmlHandler): Promise<void> {
  const parser = makeParser(handler)
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    await zip.read(name, (bytes) => void parser.write(decoder.decode(bytes, { stream: true })))
    parser.write(decoder.decode()).close()
  } catch (error) {
    throw error instanceof AppError ? error : refuse('IMPORT_DAMAGED', {}, { cause: error })
  }
}
