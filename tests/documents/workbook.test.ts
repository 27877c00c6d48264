import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CellModel, SheetModel, WorkbookModel } from '#shared/kernel/workbook-model.ts'
import { readTable } from '#workers/read-table.ts'
import { cellText, sheetName, writeWorkbook } from '#workers/write-workbook.ts'
import { hostileTexts } from '#tests/helpers/hostile-texts.ts'
import { hasLibreOffice, recalculate } from '#tests/helpers/libreoffice.ts'
import { unzip } from '#tests/helpers/unzip.ts'

const book = (rows: readonly (readonly (CellModel | null)[])[], over: Partial<SheetModel> = {}): WorkbookModel => ({
  creator: 'Yewutai',
  createdAt: Date.UTC(2026, 10, 23),
  sheets: [
    {
      name: '考核',
      columns: [{ width: 20 }, { width: 12 }, { width: 12 }],
      rows: rows.map((cells) => ({ cells })),
      ...over,
    },
  ],
})

describe('hostile texts in a workbook', () => {
  it('stay texts: no formula, no link, no part of the file but our own, and they come back as they were', async () => {
    const texts = hostileTexts(500)
    const bytes = await writeWorkbook(
      book(texts.map((value) => [{ value }, { value, format: 'text' }, { value, format: 'day' }])),
    )
    const parts = await unzip(bytes)
    const sheet = parts.get('xl/worksheets/sheet1.xml') ?? ''
    expect(sheet).not.toMatch(/<f[ >]/)
    for (const [name, xml] of parts) {
      expect(name).not.toMatch(/external|vba|embed|hyperlink/i)
      expect(xml).not.toMatch(/<hyperlink|TargetMode="External"|<!DOCTYPE/)
    }
    const { sheets } = await readTable(bytes, 'a.xlsx')
    const back = sheets[0]?.rows ?? []
    texts.forEach((text, i) => {
      const kept = text
        .toWellFormed()
        .replace(/\r\n?/g, '\n')
        .replace(/[\0-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
      if (kept.trim() !== '') expect(back[i]?.[0]).toBe(kept)
    })
  })

  it('that are objects become texts, never formulas or links', async () => {
    const objects: unknown[] = [
      { formula: 'HYPERLINK("x")' },
      { hyperlink: 'file:///etc/passwd', text: 'x' },
      { richText: [] },
      [1],
      () => 1,
    ]
    const bytes = await writeWorkbook(
      book(objects.map((value) => [{ value: value as string }, { value: 1, formula: value as string }])),
    )
    const parts = await unzip(bytes)
    expect(parts.get('xl/worksheets/sheet1.xml')).not.toMatch(/<f[ >]|<hyperlink/)
  })

  it('are equal after writing and reading, whatever they are (fast-check)', async () => {
    const cell = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 60 })
      .filter((text) => cellText(text).trim() !== '')
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 40 }), async (texts) => {
        const { sheets } = await readTable(await writeWorkbook(book(texts.map((value) => [{ value }]))), 'a.xlsx')
        const clean = texts.map((text) =>
          text
            .toWellFormed()
            .replace(/\r\n?/g, '\n')
            .replace(/[\0-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g, ''),
        )
        expect(sheets[0]?.rows.map(([first]) => first)).toEqual(clean)
      }),
      { numRuns: 60 },
    )
  })

  it('longer than a cell may be are cut between characters', async () => {
    expect(cellText('字'.repeat(40_000))).toHaveLength(32_767)
    expect(cellText(`${'a'.repeat(32_766)}𬭎`)).toBe('a'.repeat(32_766))
  })
})

describe('names of sheets', () => {
  it('are what Excel takes', () => {
    const used = new Set<string>()
    const names = [
      'a/b:c*d?[e]\\f',
      "'引号'",
      '',
      '   ',
      '张'.repeat(50),
      '张'.repeat(50),
      'HISTORY',
      'x',
      'X',
      '𬭎'.repeat(20),
      ...hostileTexts(500),
    ].map((name) => sheetName(name, used))
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length)
    for (const name of names) {
      expect(name.length).toBeGreaterThan(0)
      expect(name.length).toBeLessThanOrEqual(31)
      expect(name).not.toMatch(/[*:/?[\]\\]|^'|'$/)
      expect(name.isWellFormed()).toBe(true)
      expect(name.toLowerCase()).not.toBe('history')
    }
  })
})

describe('days', () => {
  it.each(['UTC', 'Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati'])('are the same in %s', (zone) => {
    const script = `
      const { writeWorkbook } = await import(${JSON.stringify(new URL('../../electron/workers/write-workbook.ts', import.meta.url).href)})
      const { readTable } = await import(${JSON.stringify(new URL('../../electron/workers/read-table.ts', import.meta.url).href)})
      const days = ['2026-01-01', '2026-12-31', '2024-02-29', '1999-03-28', '2026-03-08', '2026-11-01', '1986-05-04']
      const bytes = await writeWorkbook({ creator: 'x', createdAt: 0, sheets: [{ name: 'a', columns: [], rows: days.map((value) => ({ cells: [{ value, format: 'day' }] })) }] })
      const { sheets } = await readTable(bytes, 'a.xlsx')
      process.stdout.write(JSON.stringify([days, sheets[0].rows.map(([day]) => day)]))`
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      env: { ...process.env, TZ: zone },
    })
    const [given, read] = JSON.parse(output) as [string[], string[]]
    expect(read).toEqual(given)
  })
})

describe('a sheet of figures', () => {
  const rows: CellModel[][] = [
    [{ value: '月度考核表', style: 'title', span: 3 }],
    [
      { value: '指标', style: 'head' },
      { value: '目标', style: 'head' },
      { value: '得分', style: 'head' },
    ],
    [
      { value: '回款额' },
      { value: 123_456_789, format: 'yuan', style: 'number' },
      { value: 9_550, format: 'score', style: 'number' },
    ],
    [
      { value: '合同额' },
      { value: 50_000, format: 'yuan', style: 'input', unlocked: true },
      { value: 8_000, format: 'score', tone: 'bad' },
    ],
    [
      { value: '合计', style: 'total' },
      { value: 123_506_789, formula: 'SUM(B3:B4)', format: 'yuan', style: 'total' },
      { value: 8_775, formula: 'ROUND(AVERAGE(C3:C4),2)', format: 'score', style: 'total' },
    ],
    [{ value: '权重' }, { value: 1_300, format: 'percent' }, { value: '2026-11-23', format: 'day' }],
  ]
  const model = book(rows, {
    frozenRows: 2,
    landscape: true,
    protect: true,
    printArea: 'A1:C6',
    autoFilter: 'A2:C4',
    header: '&L公司 && 伙伴&R2026-11',
    bars: [{ range: 'C3:C4', color: 'FF8FB4E3' }],
    highlights: [{ range: 'C3:C4', formula: 'C3<60', tone: 'warning' }],
    choices: [{ range: 'A3:A4', values: ['回款额', '合同额'] }],
    names: [{ name: 'SCORES', range: '$C$3:$C$4' }],
    images: [
      {
        png: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
        at: 'B8',
        width: 60,
        height: 30,
      },
    ],
  })

  it('has print set-up, protection with open cells, bars, highlights, choices, names and a picture', async () => {
    const parts = await unzip(await writeWorkbook(model))
    const sheet = parts.get('xl/worksheets/sheet1.xml') ?? ''
    expect(sheet).toMatch(/<sheetProtection[^>]*sheet="1"/)
    expect(sheet).toMatch(/orientation="landscape"/)
    expect(sheet).toMatch(/fitToWidth="1" fitToHeight="0"|fitToHeight="0"/)
    expect(sheet).toContain('type="dataBar"')
    expect(sheet).toContain('<formula>C3&lt;60</formula>')
    expect(sheet).toContain('&quot;回款额,合同额&quot;')
    expect(sheet).toContain('公司 &amp;&amp; 伙伴')
    expect(parts.get('xl/workbook.xml')).toContain('SCORES')
    expect(parts.get('xl/workbook.xml')).toMatch(/Print_Area/)
    expect(parts.get('xl/workbook.xml')).toMatch(/Print_Titles/)
    expect(parts.get('xl/styles.xml')).toContain('locked="0"')
    expect([...parts.keys()].some((name) => name.startsWith('xl/media/'))).toBe(true)
  })

  it('comes to the same figures in LibreOffice', async (context) => {
    const bytes = await writeWorkbook(model)
    const ours = (await readTable(bytes, 'a.xlsx')).sheets[0]?.rows
    expect(ours?.[4]).toEqual(['合计', '1235067.89', '87.75'])
    expect(ours?.[5]).toEqual(['权重', '13%', '2026-11-23'])
    if (!hasLibreOffice()) return context.skip('LibreOffice is not installed')
    expect((await recalculate(bytes)).get('考核')).toEqual(ours)
  }, 150_000)

  it('and wrong stored values are put right there, which shows that it calculates', async (context) => {
    if (!hasLibreOffice()) return context.skip('LibreOffice is not installed')
    const wrong = book([[{ value: 2 }, { value: 3 }, { value: 99, formula: 'A1*B1', format: 'count' }]])
    expect((await recalculate(await writeWorkbook(wrong))).get('考核')).toEqual([['2', '3', '6']])
  }, 150_000)
})

describe('a long list', () => {
  it('of 20 000 rows is written within seconds and few styles', async () => {
    const rows = Array.from({ length: 20_000 }, (_, r): CellModel[] => [
      { value: `CU-${r}`, format: 'text' },
      { value: `客户${r}` },
      { value: r * 100, format: 'yuan', style: 'number' },
      { value: '2026-11-23', format: 'day' },
    ])
    const begun = performance.now()
    const bytes = await writeWorkbook(book(rows))
    process.stdout.write(`20 000 rows of 4: ${Math.round(performance.now() - begun)} ms, ${bytes.length} bytes\n`)
    expect(performance.now() - begun).toBeLessThan(15_000)
    const styles = (await unzip(bytes)).get('xl/styles.xml') ?? ''
    expect(Number(/<cellXfs count="(\d+)"/.exec(styles)?.[1])).toBeLessThan(10)
  })
})
