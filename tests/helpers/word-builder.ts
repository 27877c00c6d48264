import { buildZip, type ZipPart } from './zip-builder.ts'

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml'

const escape = (text: string) => text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c] ?? c)

/** A paragraph of runs, as Word splits what was typed in several goes. */
export const paragraph = (...runs: readonly string[]): string =>
  `<w:p>${runs.map((run) => `<w:r><w:t xml:space="preserve">${escape(run)}</w:t></w:r>`).join('')}</w:p>`

/** A table of texts, one paragraph a cell. */
export const table = (...rows: readonly (readonly string[])[]): string =>
  `<w:tbl>${rows.map((cells) => `<w:tr>${cells.map((cell) => `<w:tc>${paragraph(cell)}</w:tc>`).join('')}</w:tr>`).join('')}</w:tbl>`

export const relationships = (...links: readonly string[]): string =>
  `${XML}<Relationships xmlns="${PACKAGE}/relationships">${links.join('')}</Relationships>`

export const relationship = (type: string, target: string, more = ''): string =>
  `<Relationship Id="x" Type="${REL}/${type}" Target="${target}" ${more}/>`

/** The parts of a Word file around the XML of its body, any of them replaced or added to. */
export function wordParts(body: string, over: Readonly<Record<string, string | Uint8Array>> = {}): ZipPart[] {
  const parts: Record<string, string | Uint8Array> = {
    '[Content_Types].xml': contentTypes(over),
    '_rels/.rels': relationships(`<Relationship Id="r1" Type="${REL}/officeDocument" Target="word/document.xml"/>`),
    'word/document.xml': `${XML}<w:document xmlns:w="${W}" xmlns:r="${REL}"><w:body>${body}<w:sectPr/></w:body></w:document>`,
    ...over,
  }
  return Object.entries(parts).map(([name, bytes]) => ({ name, bytes }))
}

function contentTypes(over: Readonly<Record<string, unknown>>): string {
  const override = (name: string, type: string) => `<Override PartName="/${name}" ContentType="${WORD}.${type}+xml"/>`
  const others = Object.keys(over).flatMap((name) => {
    const kind = /^word\/(header|footer|footnotes)\d*\.xml$/.exec(name)?.[1]
    return kind === undefined ? [] : [override(name, kind)]
  })
  return `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override('word/document.xml', 'document.main')}${others.join('')}</Types>`
}

/** A part beside the body: a header, a footer, footnotes. */
export const wordPart = (root: 'hdr' | 'ftr' | 'footnotes', content: string): string =>
  `${XML}<w:${root} xmlns:w="${W}">${content}</w:${root}>`

/** A Word file with this body. */
export function buildWord(body: string, over: Readonly<Record<string, string | Uint8Array>> = {}): Uint8Array {
  return buildZip(wordParts(body, over))
}

const TEXT = /<w:t(?:\s[^>]*)?>([^<]*)<\/w:t>|<w:br\/>|<\/w:p>/g
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** What a part of a Word file reads: paragraphs and line breaks as line feeds. */
export function wordTextOf(xml: string): string {
  return [...xml.matchAll(TEXT)]
    .map(([whole, text]) => (text === undefined || whole.startsWith('<w:br') || whole === '</w:p>' ? '\n' : text))
    .join('')
    .replace(/&(\w+);/g, (_, name: string) => ENTITIES[name] ?? '')
}
