import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatYuan } from '#shared/kernel/money.ts'
import { INDICATORS } from '#shared/modules/office/office.schema.ts'
import { hasLibreOffice, recalculate } from '#tests/helpers/libreoffice.ts'
import { pdfPages } from '#tests/helpers/pdf-text.ts'
import { demoArguments } from '#tests/tools/demo-arguments.ts'

interface Entry {
  readonly kind: string
  readonly file: string
  readonly sha256: string
  readonly figures: Readonly<Record<string, number | string>>
}

const out = mkdtempSync(join(tmpdir(), 'yewutai-demo-out-'))
const large = mkdtempSync(join(tmpdir(), 'yewutai-demo-large-'))
const script = new URL('../tools/demo.mjs', import.meta.url).pathname
let manifest: Entry[] = []
let larger: Entry[] = []
const demo = (...args: readonly string[]) =>
  promisify(execFile)(process.execPath, [script, ...args], { timeout: 120_000 })
const readManifest = (dir: string) => JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8')) as Entry[]
const bytesOf = (entry: Entry) => new Uint8Array(readFileSync(join(out, entry.file)))
const only = (kind: string) => manifest.filter((entry) => entry.kind === kind)

beforeAll(async () => {
  const size = ['--customers', '200', '--instalments', '1000']
  await Promise.all([demo('--out', out), demo('--out', large, ...size)])
  manifest = readManifest(out)
  larger = readManifest(large)
}, 150_000)
afterAll(() => {
  for (const dir of [out, large]) rmSync(dir, { recursive: true, force: true })
})

/** A cell as a figure of the manifest: amounts in fen, rates in basis points, scores in hundredths. */
function figure(cell: string, scale: number): number {
  const percent = cell.trim().endsWith('%')
  const plain = Number(cell.replace(/[%,\s]/g, ''))
  return Math.round((percent ? plain / 100 : plain) * scale)
}

describe('what the demo writes', () => {
  it('is on disk with the hashes of its manifest', () => {
    expect(only('dunning-letter').length).toBeGreaterThanOrEqual(10)
    for (const entry of manifest) {
      expect(createHash('sha256').update(bytesOf(entry)).digest('hex')).toBe(entry.sha256)
    }
  })

  it('the contract holds number, parties, total, capitals, the seal’s place and page x of y', async () => {
    const [contract] = only('contract')
    const pages = await pdfPages(bytesOf(contract!))
    const text = pages.join('')
    const { number, amount, capitals } = contract!.figures
    for (const expected of [number, formatYuan(Number(amount)), capitals, '重庆山城机械配件有限公司', '盖章']) {
      expect(text).toContain(String(expected).replace(/\s+/g, ''))
    }
    pages.forEach((page, i) => expect(page).toContain(`第${i + 1}页共${pages.length}页`))
  })

  it('every letter states its number and what it claims, and the merged file holds them all', async () => {
    const [merged] = only('dunning-merged')
    const all = (await pdfPages(bytesOf(merged!))).join('')
    for (const letter of only('dunning-letter')) {
      const text = (await pdfPages(bytesOf(letter))).join('')
      const total = Number(letter.figures['principal']) + Number(letter.figures['interest'])
      for (const expected of [String(letter.figures['number']), formatYuan(total)]) {
        expect(text).toContain(expected)
        expect(all).toContain(expected)
      }
    }
  })

  it('the workbook, calculated anew by LibreOffice, gives exactly the figures of the manifest', async (context) => {
    if (!hasLibreOffice()) return context.skip('LibreOffice is not installed')
    const [book] = only('kpi-workbook')
    const sheets = await recalculate(bytesOf(book!))
    const { figures } = book!
    const ranking = sheets.get('排名') ?? []
    const people = ranking.slice(3).filter((row) => (row[1] ?? '') !== '')
    expect(people).toHaveLength(Number(figures['people']))
    for (const row of people) {
      const name = row[1] ?? ''
      const sheet = sheets.get(name) ?? []
      expect([name, figure(row[0] ?? '', 1)]).toEqual([name, figures[`${name}.rank`]])
      expect([name, figure(row[7] ?? '', 100)]).toEqual([name, figures[`${name}.total`]])
      INDICATORS.forEach((indicator, i) => {
        const cells = sheet[5 + i] ?? []
        const scale = indicator === 'collectionRate' ? 10_000 : ['newCustomers', 'visits'].includes(indicator) ? 1 : 100
        const found = [figure(cells[2] ?? '', scale), figure(cells[3] ?? '', 10_000), figure(cells[7] ?? '', 100)]
        const wanted = ['actual', 'rate', 'score'].map((part) => figures[`${name}.${indicator}.${part}`])
        expect([name, indicator, ...found]).toEqual([name, indicator, ...wanted])
      })
    }
  }, 150_000)
})

describe('a larger firm', () => {
  const of = (entries: readonly Entry[], kind: string) => entries.filter((entry) => entry.kind === kind)

  it('has exactly as many customers and instalments as were asked for, and says so', () => {
    const [firm] = of(larger, 'firm')
    expect(firm?.figures).toMatchObject({ customers: 200, instalments: 1000 })
    expect(JSON.parse(readFileSync(join(large, 'firm.json'), 'utf8'))).toEqual(firm?.figures)
    const [sample] = of(manifest, 'firm')
    expect(sample?.figures['customers']).toBe(60)
    expect(Number(firm?.figures['contracts'])).toBeGreaterThan(Number(sample?.figures['contracts']))
  })

  it('writes the same contract and letters, and a workbook that counts what was added', () => {
    const figures = (entries: readonly Entry[], kind: string) => of(entries, kind).map((entry) => entry.figures)
    for (const kind of ['contract', 'dunning-letter', 'dunning-merged']) {
      expect(figures(larger, kind)).toEqual(figures(manifest, kind))
    }
    for (const entry of larger) expect(existsSync(join(large, entry.file))).toBe(true)
    const signed = (entries: readonly Entry[]) =>
      Object.entries(figures(entries, 'kpi-workbook')[0] ?? {})
        .filter(([key]) => key.endsWith('.contractAmount.actual'))
        .reduce((sum, [, value]) => sum + Number(value), 0)
    expect(signed(larger)).toBeGreaterThan(signed(manifest))
  })

  it.each([
    [['--customers', '300'], { customers: 300, instalments: 3000 }],
    [['--customers', '100'], { customers: 100, instalments: 1000 }],
    [['--instalments', '1000'], { customers: 100, instalments: 1000 }],
    [['--customers', '100000', '--instalments', '1000000'], { customers: 100_000, instalments: 1_000_000 }],
    [[], null],
  ])('%j asks for %j', (args, size) => {
    expect(demoArguments(['--out', 'x', ...args])).toEqual({ run: 'demo', out: 'x', size })
  })

  it.each([
    [['--customers', '99'], '--customers must be a whole number from 100 to 200000'],
    [['--customers', '200001'], '--customers must be a whole number'],
    [['--instalments', '-5'], '--instalments'],
    [['--instalments', '1e6'], '--instalments must be a whole number from 1000 to 2000000'],
    [['--instalments', '1000.5'], '--instalments must be a whole number'],
    [['--customer', '200'], '--customer'],
  ])('%j is refused with a sentence', (args, sentence) => {
    const asked = demoArguments(['--out', 'x', ...args])
    expect(asked).toMatchObject({ run: 'nothing', problem: expect.stringContaining(sentence) })
  })

  it('ends with 2 and the usage where the command line is wrong, and with 0 for --help', async () => {
    const wrong = await demo('--out', large, '--customers', 'many').catch((error: unknown) => error)
    expect(wrong).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/^--customers must be .*'many'/) })
    expect(await demo('--out', large, '--help')).toMatchObject({ stdout: expect.stringContaining('--instalments N') })
  })
})
