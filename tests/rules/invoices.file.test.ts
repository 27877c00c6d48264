import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LOCALES } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { guessMapping } from '#shared/modules/imports/imports.rules.ts'
import { decimalOf, invoiceOfFile, numbersIn, rateOfText } from '#shared/modules/invoices/invoices.file.rules.ts'
import { columnNames, readSheet, SHEET_COLUMNS, sheetWords } from '#shared/modules/invoices/invoices.sheet.ts'
import { readInvoice } from '#workers/read-invoice.ts'
import { invoiceXml } from '#tests/helpers/sample-invoice.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const codeOf = (read: () => unknown): string => {
  try {
    read()
  } catch (error) {
    return String((error as { code?: unknown }).code)
  }
  return ''
}

describe('the XML file of a digital invoice', () => {
  it('fills what the register asks for', () => {
    const texts = readInvoice(bytes(invoiceXml()))
    expect(texts && invoiceOfFile(texts)).toEqual({
      kind: 'digitalSpecial',
      number: '26502000000099999999',
      day: '2026-05-12',
      sellerTaxId: '91350100M000100Y43',
      buyer: {
        name: '成都兴川机械制造有限公司',
        taxId: '91510100MA61T0TT27',
        address: '四川省成都市龙泉驿区经开南二路 88 号',
        phone: '028-87654321',
        bankName: '中国建设银行成都龙泉支行',
        bankAccount: '510012345678',
      },
      lines: [
        {
          name: '*轴承*深沟球轴承',
          spec: '6205-2RS',
          unit: '套',
          quantity: '1000',
          price: '50',
          net: 5_000_000,
          tax: 650_000,
          rate: 1300,
        },
      ],
      amount: 5_650_000,
      note: '',
      blueNumber: null,
      notice: '',
    })
  })

  it('of an ordinary one, and of a red letter with the invoice that it takes back', () => {
    const texts = readInvoice(
      bytes(
        invoiceXml({
          label: '02',
          remark: '被红冲蓝字数电票号码：24112000000135114086 红字发票信息确认单编号：11010824091002615708',
        }),
      ),
    )
    expect(texts && invoiceOfFile(texts)).toMatchObject({
      kind: 'digitalNormal',
      blueNumber: '24112000000135114086',
      notice: '11010824091002615708',
    })
  })

  it('that is another one, or none, says nothing', () => {
    expect(readInvoice(bytes('<Invoice><InvoiceNumber>26502000000099999999</InvoiceNumber></Invoice>'))).toBeNull()
    expect(invoiceOfFile({ once: { InvoiceNumber: '123' }, items: [{ Amount: '1' }] })).toBeNull()
    expect(invoiceOfFile({ once: { InvoiceNumber: '26502000000099999999' }, items: [] })).toBeNull()
    expect(invoiceOfFile({ once: { InvoiceNumber: '26502000000099999999' }, items: [{ Amount: 'x' }] })).toBeNull()
  })

  it.each([
    ['IMPORT_ZIP_BOMB', `<!DOCTYPE x [<!ENTITY a "aaaa">]>${invoiceXml().split('?>')[1] ?? ''}`],
    ['IMPORT_ZIP_BOMB', `<EInvoice>${'<a>'.repeat(40)}${'</a>'.repeat(40)}</EInvoice>`],
    ['IMPORT_DAMAGED', '<EInvoice><Header></EInvoice>'],
    ['IMPORT_DAMAGED', 'no XML at all'],
    ['IMPORT_DAMAGED', '<EInvoice>&nothing;</EInvoice>'],
    ['IMPORT_TOO_LARGE', `<EInvoice>${'<IssuItemInformation/>'.repeat(201)}</EInvoice>`],
    ['IMPORT_FILE_TOO_LARGE', ' '.repeat(2 * 1024 * 1024 + 1)],
  ])('%s', (code, text) => expect(codeOf(() => readInvoice(bytes(text)))).toBe(code))

  it('of any bytes ends with texts, nothing, or a refusal of its own', () => {
    const piece = fc.constantFrom(
      '<EInvoice>',
      '</EInvoice>',
      '<Remark>',
      '</Remark>',
      '&lt;',
      '<![CDATA[x]]>',
      'x',
      '<a b="c"/>',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (parts) => {
        const code = codeOf(() => readInvoice(bytes(parts.join(''))))
        expect(['', 'IMPORT_DAMAGED', 'IMPORT_ZIP_BOMB']).toContain(code)
      }),
      { numRuns: 300 },
    )
  })
})

describe('texts of invoices', () => {
  it.each([
    ['13%', 1300],
    ['0.13', 1300],
    ['13', 1300],
    ['1.5%', 150],
    ['１３％', 1300],
    ['0', 0],
    ['1', 100],
    ['免税', null],
    ['***', null],
    ['130%', null],
    ['', null],
  ])('%s is the rate %s', (text, want) => expect(rateOfText(text)).toBe(want))

  it.each([
    ['1,000.50', '1000.50'],
    ['-2', '-2'],
    ['442.477876106195', '442.477876106195'],
    ['1e5', ''],
    ['x', ''],
  ])('%s is the decimal "%s"', (text, want) => expect(decimalOf(text)).toBe(want))

  it.each([
    ['被红冲蓝字数电发票号码：26332000000000000001', '26332000000000000001', ''],
    ['对应正数发票代码:5000194130号码:12345678', '5000194130-12345678', ''],
    ['合同 HT-2026-0001', null, ''],
  ])('%s names %s', (remark, blueNumber, notice) =>
    expect(numbersIn(remark, '26502000000099999999')).toEqual({ blueNumber, notice }),
  )
})

const translators = LOCALES.map(makeTranslator)
const words = sheetWords(translators)
const fields = SHEET_COLUMNS.map((key) => ({ key, names: columnNames(key, translators) }))

/** The columns of the platform's two sheets, by invoice and by line. */
const BY_INVOICE =
  '序号|发票代码|发票号码|数电发票号码|销方识别号|销方名称|购方识别号|购买方名称|开票日期|金额|税额|价税合计|发票来源|发票票种|发票状态|是否正数发票|发票风险等级|开票人|备注'
const BY_LINE =
  '序号|发票代码|发票号码|数电票号码|销方识别号|销方名称|购方识别号|购买方名称|开票日期|税收分类编码|特定业务类型|货物或应税劳务名称|规格型号|单位|数量|单价|金额|税率|税额|价税合计|发票来源|发票票种|发票状态|是否正数发票|发票风险等级|开票人|备注'

describe('the list of the tax bureau’s platform', () => {
  it('has its columns known, and no other taken for one of them', () => {
    const mapping = (heads: string) => {
      const all = heads.split('|')
      return Object.fromEntries(guessMapping(all, fields).flatMap((key, i) => (key === null ? [] : [[all[i], key]])))
    }
    const common = {
      发票代码: 'code',
      发票号码: 'number',
      销方识别号: 'sellerTaxId',
      购方识别号: 'buyerTaxId',
      购买方名称: 'buyerName',
      开票日期: 'day',
      金额: 'net',
      税额: 'tax',
      价税合计: 'amount',
      发票票种: 'kind',
      发票状态: 'state',
      备注: 'note',
    }
    expect(mapping(BY_INVOICE)).toEqual({ ...common, 数电发票号码: 'digitalNumber' })
    expect(mapping(BY_LINE)).toEqual({
      ...common,
      数电票号码: 'digitalNumber',
      货物或应税劳务名称: 'name',
      规格型号: 'spec',
      单位: 'unit',
      数量: 'quantity',
      单价: 'price',
      税率: 'rate',
    })
  })

  const cells = (over: Record<string, string> = {}) => ({
    digitalNumber: '26502000000012345678',
    code: '',
    number: '',
    kind: '数电发票（增值税专用发票）',
    day: '2026-05-12 10:21:33',
    buyerTaxId: '91510100ma61t0tt27',
    buyerName: '成都兴川机械制造有限公司',
    net: '50000',
    tax: '6500',
    amount: '56500',
    state: '正常',
    ...over,
  })
  const read = (...rows: Record<string, string>[]) => readSheet(rows, words, [1300, 900, 600])

  it('is read by invoice, the rate found where one fits', () => {
    const { invoice } = read(cells())
    expect(invoice).toMatchObject({
      key: '26502000000012345678',
      kind: 'digitalSpecial',
      day: '2026-05-12',
      buyer: { name: '成都兴川机械制造有限公司', taxId: '91510100MA61T0TT27' },
      lines: [{ name: '', net: 5_000_000, tax: 650_000, rate: 1300 }],
      isVoid: false,
      blueNumber: null,
    })
    expect(read(cells({ tax: '5060', amount: '55060' })).invoice?.lines[0]?.rate).toBeNull()
  })

  it('is read by line: the rows of one number are its lines', () => {
    const second = cells({
      name: '*油封*骨架油封',
      net: '100.00',
      rate: '13%',
      tax: '',
      amount: '',
      quantity: '4',
      price: '25',
    })
    const { invoice, problems } = read(cells({ name: '轴承', rate: '0.13' }), second)
    expect(problems).toEqual([[], []])
    expect(invoice?.lines.map((line) => [line.name, line.net, line.tax, line.rate])).toEqual([
      ['轴承', 5_000_000, 650_000, 1300],
      ['*油封*骨架油封', 10_000, 1300, 1300],
    ])
    expect(invoice?.amount).toBe(5_661_300)
  })

  it('knows older invoices, void ones and red letters', () => {
    const old = { digitalNumber: '', code: '5000194130', number: '12345678', kind: '增值税普通发票' }
    expect(read(cells({ ...old, state: '已作废' })).invoice).toMatchObject({
      key: '5000194130-12345678',
      kind: 'legacyNormal',
      isVoid: true,
    })
    const red = { net: '-400', tax: '-52', amount: '-452', note: '被红冲蓝字数电发票号码：26332000000000000001' }
    expect(read(cells(red)).invoice).toMatchObject({ amount: -45_200, blueNumber: '26332000000000000001' })
  })

  it.each([
    [{ digitalNumber: '123' }, ['digitalNumber errors.number']],
    [{ day: '2026-13-01' }, ['day noSuchDay']],
    [{ day: '2025-05-12' }, ['day errors.year']],
    [{ buyerName: '' }, ['buyerName required']],
    [{ kind: '' }, ['kind required']],
    [{ net: 'x' }, ['net notANumber']],
    [{ net: '', tax: '', amount: '' }, ['amount required']],
    [{ net: '', tax: '', amount: '113' }, ['net required']],
    [{ amount: '56500.01' }, ['amount errors.total']],
    [{ state: '已作废' }, ['state errors.voidDigital']],
    [{ net: '-1', tax: '0', amount: '-1' }, ['blueNumber errors.noBlue']],
  ])('%j → %j', (over, want) => {
    const { invoice, problems } = read(cells(over))
    expect(invoice).toBeNull()
    expect(problems.flat().map(({ field, key }) => `${field} ${key.split(':')[1]}`)).toEqual(want)
  })
})
