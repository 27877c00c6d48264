import { describe, expect, it } from 'vitest'
import { numberKind, numberText } from '#workers/xlsx-values.ts'
import { readTable } from '#workers/read-table.ts'
import { buildZip, sheetParts, stringsXml, stylesXml } from '#tests/helpers/zip-builder.ts'

const read = async (bytes: Uint8Array | Buffer, name = 'a.csv') => readTable(new Uint8Array(bytes), name)
const rowsOf = async (...args: Parameters<typeof read>) => (await read(...args)).sheets[0]?.rows

describe('text files', () => {
  const text = '客户名称,电话\r\n重庆渝机配件有限公司,023-12345678\r\n'
  const table = [
    ['客户名称', '电话'],
    ['重庆渝机配件有限公司', '023-12345678'],
  ]
  const gb18030 = Buffer.from(
    'bfcdbba7c3fbb3c62cb5e7bbb00d0ad6d8c7ecd3e5bbfac5e4bcfed3d0cfdeb9abcbbe2c3032332d31323334353637380d0a',
    'hex',
  )

  it.each([
    ['utf-8', Buffer.from(text)],
    ['utf-8', Buffer.from(`\ufeff${text}`)],
    ['utf-16le', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['utf-16le', Buffer.from(text, 'utf16le')],
    ['utf-16be', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['utf-16be', Buffer.from(text, 'utf16le').swap16()],
    ['gb18030', gb18030],
  ])('in %s are read', async (encoding, bytes) => {
    const result = await read(bytes)
    expect(result.encoding).toBe(encoding)
    expect(result.sheets[0]?.rows).toEqual(table)
  })

  it('in Big5 are told from those in GB18030', async () => {
    // 客戶名稱,電話 / 臺北市政府,台灣銀行
    const big5 = Buffer.from('abc8a4e1a657bad92cb971b8dc0d0abb4fa55fa5abac46a9b22ca578c657bbc8a6e60d0a', 'hex')
    const result = await read(big5)
    expect(result.encoding).toBe('big5')
    expect(result.sheets[0]?.rows).toEqual([
      ['客戶名稱', '電話'],
      ['臺北市政府', '台灣銀行'],
    ])
  })

  it('whose UTF-8 is damaged are refused rather than taken for GB18030', async () => {
    const cut = Buffer.from(text.repeat(5)).subarray(0, -25)
    expect(cut.toString('utf8').endsWith('\ufffd')).toBe(true)
    await expect(read(cut)).rejects.toMatchObject({ code: 'IMPORT_BAD_ENCODING' })
  })

  it('may be separated by commas, tabs, semicolons or what they say themselves', async () => {
    for (const mark of [',', '\t', ';', '|'])
      expect(await rowsOf(Buffer.from(`甲${mark}"乙,${mark};"\n1${mark}2`))).toEqual([
        ['甲', `乙,${mark};`],
        ['1', '2'],
      ])
    expect(await rowsOf(Buffer.from('sep=;\r\n甲;乙\r\n1,5;2'))).toEqual([
      ['甲', '乙'],
      ['1,5', '2'],
    ])
  })

  it('keep line ends and quotes inside of quotes, and name the line where quotes are wrong', async () => {
    expect(await rowsOf(Buffer.from('甲,乙\n"一\n行","他说""好"""'))).toEqual([
      ['甲', '乙'],
      ['一\n行', '他说"好"'],
    ])
    await expect(read(Buffer.from('甲,乙\n1,2\n5"管,3\n'))).rejects.toMatchObject({
      code: 'IMPORT_BAD_CSV',
      data: { line: 3 },
    })
    await expect(read(Buffer.from('甲,乙\n1,"2\n3,4\n'))).rejects.toMatchObject({ code: 'IMPORT_BAD_CSV' })
  })

  it('have at most 100 000 rows and 200 columns', async () => {
    await expect(read(Buffer.from('甲\n'.repeat(100_003)))).rejects.toMatchObject({ code: 'IMPORT_TOO_MANY_ROWS' })
    await expect(read(Buffer.from(Array.from({ length: 201 }, () => '甲').join(',')))).rejects.toMatchObject({
      code: 'IMPORT_TOO_MANY_ROWS',
    })
    expect(await rowsOf(Buffer.from(`${'甲,乙\n'.repeat(100_001)}`))).toHaveLength(100_001)
  })

  it('become rectangles without what is empty at the end', async () => {
    expect(await rowsOf(Buffer.from('甲,乙,,\n1\n,,\n'))).toEqual([
      ['甲', '乙'],
      ['1', ''],
    ])
  })
})

describe('numbers of a sheet are read as they are seen', () => {
  const seen = (value: string, format: string | number) =>
    numberText(value, typeof format === 'number' ? numberKind(format, undefined) : numberKind(200, format), false)

  it.each([
    ['46349', 'yyyy-mm-dd', '2026-11-23'],
    ['46349', 14, '2026-11-23'],
    ['46349', 'yyyy"年"m"月"d"日"', '2026-11-23'],
    ['46349', '[$-804]yyyy年m月d日;@', '2026-11-23'],
    ['46349', 'm/d/yy', '2026-11-23'],
    ['46349', 31, '2026-11-23'],
    ['46349', '[$-F800]dddd, mmmm dd, yyyy', '2026-11-23'],
    ['46349.5625', 'yyyy-mm-dd hh:mm', '2026-11-23 13:30'],
    ['0.75', 'h:mm', '18:00'],
    ['0.75', 'h:mm AM/PM', '18:00'],
    ['1', 'yyyy-mm-dd', '1900-01-01'],
    ['61', 'yyyy-mm-dd', '1900-03-01'],
    ['0.13', '0%', '13%'],
    ['0.0525', 10, '5.25%'],
    ['123', '000000', '000123'],
    ['1234.5', '#,##0.00', '1234.5'],
    ['1234.5', '#,##0.00;[Red]-#,##0.00', '1234.5'],
    ['1234.5', '"¥"#,##0.00', '1234.5'],
    ['5', '0"天"', '5'],
    ['5', '0"m"', '5'],
    ['5', 'General', '5'],
    ['64550.080000000002', 'General', '64550.08'],
    ['0.30000000000000004', 'General', '0.3'],
    ['1.2345678901234E+17', 'General', '123456789012340000'],
    ['1E-7', 'General', '0.0000001'],
    ['abc', 'General', 'abc'],
  ])('%s as %s is %s', (value, format, text) => expect(seen(value, format)).toBe(text))

  it('whether days count from 1900 or from 1904', () => {
    expect(numberText('46349', { kind: 'date' }, false)).toBe('2026-11-23')
    expect(numberText('44887', { kind: 'date' }, true)).toBe('2026-11-23')
  })
})

describe('workbooks of other programs', () => {
  it('are read with shared, rich, inline and computed texts, gaps, and escapes', async () => {
    const sheet =
      '<row r="2"><c r="B2" t="s"><v>0</v></c><c r="D2" t="s"><v>1</v></c></row>' +
      '<row><c t="inlineStr"><is><t>内联</t></is></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="str"><f>A1</f><v>算得</v></c></row>' +
      '<row r="5"><c r="A5" s="1"><v>46349</v></c><c r="B5" t="d"><v>2026-11-23T00:00:00</v></c><c r="C5"><f>1+1</f></c></row>'
    const bytes = buildZip(
      sheetParts(sheet, {
        'xl/styles.xml': stylesXml(['yyyy-mm-dd']),
        'xl/sharedStrings.xml': stringsXml([
          '<r><t>富</t></r><r><t xml:space="preserve"> 文本</t></r><rPh><t>fu</t></rPh>',
          '<t>a_x000D_b &amp; c</t>',
        ]),
      }),
    )
    expect(await rowsOf(Buffer.from(bytes), 'a.xlsx')).toEqual([
      ['', '', '', ''],
      ['', '富 文本', '', 'a\rb & c'],
      ['内联', 'TRUE', '#N/A', '算得'],
      ['', '', '', ''],
      ['2026-11-23', '2026-11-23', '', ''],
    ])
  })

  it('may give their tags a prefix', async () => {
    const bytes = buildZip(
      sheetParts('', {
        'xl/worksheets/sheet1.xml':
          '<x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>',
      }),
    )
    expect(await rowsOf(Buffer.from(bytes), 'a.xlsx')).toEqual([['甲']])
  })
})
