import { deflateRawSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { isRefusal } from '#shared/kernel/app-error.ts'
import type { CellModel } from '#shared/kernel/workbook-model.ts'
import zhCN from '#shared/i18n/locales/zh-CN/errors.json' with { type: 'json' }
import { readTable, type ReadTable } from '#workers/read-table.ts'
import { writeWorkbook } from '#workers/write-workbook.ts'
import { buildZip, sheetParts, stringsXml, stylesXml } from '#tests/helpers/zip-builder.ts'

/** The same numbers on every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** What a reader must do with anything: give a table of texts, or refuse with a code that has a sentence. */
async function outcome(bytes: Uint8Array, name: string): Promise<ReadTable | string> {
  const begun = performance.now()
  try {
    const table = await readTable(bytes, name)
    for (const { rows } of table.sheets) {
      for (const row of rows) for (const cell of row) if (typeof cell !== 'string') throw new Error('not a text')
    }
    return table
  } catch (error) {
    if (!isRefusal(error)) throw error
    expect(Object.keys(zhCN)).toContain(error.code)
    return error.code
  } finally {
    expect(performance.now() - begun).toBeLessThan(10_000)
  }
}

function mutate(source: Uint8Array, random: (below: number) => number): Uint8Array {
  const bytes = source.slice()
  const at = random(bytes.length)
  switch (random(6)) {
    case 0:
      bytes[at] = (bytes[at] as number) ^ (1 << random(8))
      return bytes
    case 1:
      return bytes.slice(0, at)
    case 2:
      return bytes.fill(0, at, at + random(400))
    case 3:
      return bytes.copyWithin(at, random(bytes.length), random(bytes.length))
    case 4:
      return new Uint8Array([...bytes.slice(0, at), ...bytes.slice(at + 1 + random(60))])
    default:
      for (let i = 0; i < 8; i += 1) bytes[random(bytes.length)] = random(256)
      return bytes
  }
}

const DAYS = ['2026-01-01', '2024-02-29', '2026-12-31']
let original: Uint8Array
let expected: ReadTable

beforeAll(async () => {
  const rows = Array.from({ length: 60 }, (_, r): { cells: CellModel[] } => ({
    cells: [
      { value: `CU-${String(r).padStart(4, '0')}`, format: 'text' },
      { value: `成都兴川机械制造有限公司${r}` },
      { value: r * 123_456 + 7, format: 'yuan' },
      { value: DAYS[r % 3] as string, format: 'day' },
      { value: 1300, format: 'percent' },
    ],
  }))
  original = await writeWorkbook({
    creator: 't',
    createdAt: 0,
    sheets: [{ name: '客户', columns: [{ width: 10 }], rows }],
  })
  expected = await readTable(original, 'a.xlsx')
})

describe('a damaged workbook', () => {
  it('is read as it was, or refused: never as something else (600 mutations)', async () => {
    const random = numbers(20261123)
    let refused = 0
    for (let i = 0; i < 600; i += 1) {
      const result = await outcome(mutate(original, random), 'a.xlsx')
      if (typeof result === 'string') refused += 1
      else expect(result, `mutation ${i}`).toEqual(expected)
    }
    expect(refused).toBeGreaterThan(300)
  })

  it('with damaged XML in sound packing is refused or read, without an error that nobody foresaw (600 mutations)', async () => {
    const random = numbers(7)
    const parts = sheetParts(
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>46000</v></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>甲</t></is></c><c r="B2"><f>1+1</f><v>2</v></c></row>',
      {
        'xl/styles.xml': stylesXml(['yyyy-mm-dd', '0%']),
        'xl/sharedStrings.xml': stringsXml(['<t>客户名称</t>', '<r><t>富</t></r><r><t>文本</t></r>']),
      },
    )
    const seen = new Set<string>()
    for (let i = 0; i < 600; i += 1) {
      const chosen = random(parts.length)
      const broken = parts.map((part, n) =>
        n === chosen ? { ...part, bytes: mutate(new TextEncoder().encode(part.bytes as string), random) } : part,
      )
      const result = await outcome(buildZip(broken), 'a.xlsx')
      seen.add(typeof result === 'string' ? result : 'read')
    }
    expect([...seen]).toContain('IMPORT_DAMAGED')
  })
})

describe('a damaged text file', () => {
  it('is read or refused (600 mutations in five character sets)', async () => {
    const random = numbers(99)
    const text = '客户名称,电话,金额\r\n"成都兴川, 机械",028-87654321,1234.50\r\n重庆渝机,023-1,7\r\n'.repeat(20)
    const gb = Buffer.from('bfcdbba7c3fbb3c62cb5e7bbb00d0acbc4b4a82c3032380d0a'.repeat(20), 'hex')
    const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le')
    const sources = [Buffer.from(text), Buffer.from(`\ufeff${text}`), utf16, Buffer.from(utf16).swap16(), gb]
    for (let i = 0; i < 600; i += 1) await outcome(mutate(new Uint8Array(sources[i % 5] as Buffer), random), 'a.csv')
  })

  it('or one that is no text at all is refused, not shown as signs', async () => {
    const random = numbers(3)
    for (let i = 0; i < 100; i += 1) {
      const noise = Uint8Array.from({ length: 3000 }, () => random(256))
      expect(await outcome(noise, 'a.csv')).toMatch(/IMPORT_/)
      expect(await outcome(new Uint8Array(deflateRawSync(noise)), 'a.csv')).toMatch(/IMPORT_/)
    }
  })
})
