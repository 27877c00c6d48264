import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { buildZip, sheetParts, stringsXml } from '#tests/helpers/zip-builder.ts'

const folder = mkdtempSync(join(tmpdir(), 'yewutai-bombs-'))
afterAll(() => rmSync(folder, { recursive: true }))

const MB = 1024 * 1024
const READER = new URL('../../electron/workers/read-table.ts', import.meta.url).href

/** Reads a file in a process of its own, so that its memory is the file's doing. */
function readApart(bytes: Uint8Array): { code: string; ms: number; rssMb: number } {
  const path = join(folder, 'bomb.xlsx')
  writeFileSync(path, bytes)
  const script = `
    const { readFileSync } = await import('node:fs')
    const { readTable } = await import(${JSON.stringify(READER)})
    const bytes = readFileSync(${JSON.stringify(path)})
    const begun = performance.now()
    // The peak that resourceUsage() tells of may be that of the process that started this one.
    const peak = () => {
      try { return Number(/VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) / 1024 } catch { return process.memoryUsage().rss / 1048576 }
    }
    const code = await readTable(bytes, 'bomb.xlsx').then(() => 'READ', (error) => error.code ?? String(error))
    process.stdout.write(JSON.stringify({ code, ms: performance.now() - begun, rssMb: peak() }))`
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }),
  ) as never
}

/** Cells that pack about 10 to 1, so that no ratio gives them away. */
function cells(count: number, perRow: number): string {
  let some = ''
  for (let r = 0; r < 400; r += 1) {
    some += `<row>${Array.from({ length: perRow }, (_, c) => `<c r="${String.fromCharCode(65 + c)}1"><v>${(r * 7919 + c * 31) % 9973}</v></c>`).join('')}</row>`
  }
  return some.repeat(Math.ceil(count / perRow / 400))
}

const bombs: readonly [string, () => Uint8Array, RegExp][] = [
  [
    'one text of 150 MB',
    () => buildZip(sheetParts(`<row r="1"><c r="A1" t="inlineStr"><is><t>${'a'.repeat(150 * MB)}</t></is></c></row>`)),
    /ZIP_BOMB/,
  ],
  [
    'a text too long that does not pack well',
    () => {
      let text = ''
      for (let i = 0; text.length < 8 * MB; i += 1) text += ((i * 2654435761) % 4294967296).toString(36)
      return buildZip(
        sheetParts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', {
          'xl/sharedStrings.xml': stringsXml([`<t>${text}</t>`]),
        }),
      )
    },
    /TOO_LARGE/,
  ],
  ['3 million cells', () => buildZip(sheetParts(cells(3_000_000, 15))), /TOO_MANY_ROWS/],
  [
    'a million styles',
    () =>
      buildZip(
        sheetParts('<row/>', {
          'xl/styles.xml': `<styleSheet><cellXfs>${Array.from({ length: 1_000_000 }, (_, i) => `<xf numFmtId="${i % 97}"/>`).join('')}</cellXfs></styleSheet>`,
        }),
      ),
    /ZIP_BOMB/,
  ],
  [
    'a zip in a zip in a zip',
    () => {
      let inner = buildZip(sheetParts('x'.repeat(20 * MB)))
      for (let i = 0; i < 3; i += 1)
        inner = buildZip([
          { name: 'xl/workbook.xml', bytes: inner },
          { name: '_rels/.rels', bytes: inner },
        ])
      return inner
    },
    /DAMAGED|ZIP_BOMB|NOT_A_TABLE/,
  ],
  [
    'a directory that lies about the size',
    () =>
      buildZip(
        sheetParts('').map((part) =>
          part.name.endsWith('sheet1.xml')
            ? { ...part, bytes: `<worksheet>${' '.repeat(180 * MB)}</worksheet>`, lie: { size: 200 } }
            : part,
        ),
      ),
    /DAMAGED|ZIP_BOMB/,
  ],
  [
    '65 000 entries',
    () => buildZip([...sheetParts(''), ...Array.from({ length: 65_000 }, (_, i) => ({ name: `xl/a${i}`, bytes: '' }))]),
    /ZIP_BOMB/,
  ],
  [
    'entities within entities',
    () =>
      buildZip(
        sheetParts('', {
          'xl/sharedStrings.xml': `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 9 }, (_, i) => `<!ENTITY b${i} "${(i === 0 ? '&a;' : `&b${i - 1};`).repeat(10)}">`).join('')}]><sst><si><t>&b8;</t></si></sst>`,
        }),
      ),
    /ZIP_BOMB/,
  ],
  [
    'an entity that names a file',
    () =>
      buildZip(
        sheetParts('', {
          'xl/sharedStrings.xml':
            '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><sst><si><t>&f;</t></si></sst>',
        }),
      ),
    /ZIP_BOMB/,
  ],
  [
    '200 MB shared out among parts',
    () =>
      buildZip([
        ...sheetParts(''),
        ...Array.from({ length: 50 }, (_, i) => ({ name: `xl/worksheets/s${i}.xml`, bytes: `${i}`.repeat(5 * MB) })),
      ]),
    /ZIP_BOMB/,
  ],
  [
    'rows numbered in the millions',
    () => buildZip(sheetParts('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
    /TOO_MANY_ROWS/,
  ],
  [
    'a row number beyond counting',
    () => buildZip(sheetParts('<row r="1e308"><c><v>1</v></c></row>')),
    /DAMAGED|TOO_MANY_ROWS/,
  ],
]

describe('bombs are refused within a second and 200 MB', () => {
  it.each(bombs)('%s', (_, make, expected) => {
    const { code, ms, rssMb } = readApart(make())
    process.stdout.write(`${_}: ${code} ${Math.round(ms)} ms, ${Math.round(rssMb)} MB\n`)
    expect(code).toMatch(expected)
    expect(rssMb).toBeLessThan(200)
    expect(ms).toBeLessThan(1000 * SLACK)
  })
})

/** Other work on the machine may halve its speed; a bomb takes minutes. */
const SLACK = 3

describe('contents that are refused', () => {
  const plainSheet = '<row r="1"><c r="A1"><v>1</v></c></row>'
  const cases: readonly [string, () => Uint8Array, string][] = [
    ['macros', () => buildZip(sheetParts(plainSheet, { 'xl/vbaProject.bin': 'x' })), 'IMPORT_MACROS'],
    ['old macro sheets', () => buildZip(sheetParts(plainSheet, { 'xl/macrosheets/sheet1.xml': 'x' })), 'IMPORT_MACROS'],
    [
      'links to other files',
      () => buildZip(sheetParts(plainSheet, { 'xl/externalLinks/externalLink1.xml': 'x' })),
      'IMPORT_EXTERNAL_LINKS',
    ],
    [
      'names that climb',
      () => buildZip([...sheetParts(plainSheet), { name: '../../evil', bytes: 'x' }]),
      'IMPORT_ZIP_BOMB',
    ],
    [
      'names from the root',
      () => buildZip([...sheetParts(plainSheet), { name: '/etc/cron.d/x', bytes: 'x' }]),
      'IMPORT_ZIP_BOMB',
    ],
    [
      'names with a drive',
      () => buildZip([...sheetParts(plainSheet), { name: 'C:/x', bytes: 'x' }]),
      'IMPORT_ZIP_BOMB',
    ],
    ['a part twice', () => buildZip([...sheetParts(plainSheet), ...sheetParts(plainSheet)]), 'IMPORT_ZIP_BOMB'],
    [
      'a check sum that is wrong',
      () =>
        buildZip(
          sheetParts(plainSheet).map((part) =>
            part.name.endsWith('sheet1.xml') ? { ...part, lie: { crc: 1 } } : part,
          ),
        ),
      'IMPORT_DAMAGED',
    ],
    ['a zip without a workbook', () => buildZip([{ name: 'word/document.xml', bytes: 'x' }]), 'IMPORT_NOT_A_TABLE'],
    ['an old or protected file', () => new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]), 'IMPORT_OLD_FORMAT'],
    ['something else packed', () => new Uint8Array(gzipSync('a,b')), 'IMPORT_DAMAGED'],
    ['nothing', () => new Uint8Array(0), 'IMPORT_EMPTY'],
    ['empty sheets', () => buildZip(sheetParts('<row r="1"><c r="A1" s="0"/></row>')), 'IMPORT_EMPTY'],
    ['more than 20 MB', () => new Uint8Array(20 * MB + 1), 'IMPORT_FILE_TOO_LARGE'],
  ]
  it.each(cases)('%s', async (_, make, code) => {
    const { readTable } = await import('#workers/read-table.ts')
    await expect(readTable(make(), 'x.xlsx')).rejects.toMatchObject({ code })
  })
})
