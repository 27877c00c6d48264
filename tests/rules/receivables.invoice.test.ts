import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import {
  compareInvoice,
  fapiaoYearFault,
  linesWithTax,
  parseFapiao,
  redLetterFault,
  sumLines,
  vatFaults,
  type Invoice,
  type InvoicedContract,
} from '#shared/modules/receivables/receivables.invoice.rules.ts'

describe('numbers of invoices', () => {
  it('a digital one tells year, region, channel and serial', () => {
    const parts = { year: '26', region: '50', channel: '2', serial: '000000012345678' }
    const key = '26502000000012345678'
    expect(parseFapiao(key)).toEqual({ kind: 'digital', key, ...parts })
    expect(parseFapiao('２６５０ ２０００ ０００１ ２３４５ ６７８'.replaceAll(' ', ''))).toBeNull()
    expect(parseFapiao('２６５０２０００ ００００１２３４ ５６７８')).toMatchObject({ key })
  })
  it.each([
    ['12345678', '5000194130', '5000194130-12345678'],
    ['12345678', '050001900104', '050001900104-12345678'],
    ['05000190010412345678', '', '050001900104-12345678'],
    ['5000194130-12345678', '', '5000194130-12345678'],
  ])('%s with code %s is %s', (number, code, key) =>
    expect(parseFapiao(number, code)).toMatchObject({ kind: 'legacy', key }),
  )
  it.each(['', '1234567', '2650200000001234567', '265020000000123456789', '26502000000012345X78', '123456789-1234567'])(
    '%s is none',
    (text) => expect(parseFapiao(text)).toBeNull(),
  )
  it('a digital one carries the year of its day', () => {
    const number = parseFapiao('26502000000012345678')!
    expect(fapiaoYearFault(number, asDay('2026-05-20'))).toBeNull()
    expect(fapiaoYearFault(number, asDay('2025-12-31'))?.params).toEqual({ year: '2026', day: '2025-12-31' })
    expect(fapiaoYearFault(parseFapiao('12345678', '5000194130')!, asDay('2020-01-01'))).toBeNull()
  })
})

const goods = [
  { name: '数控车床', amount: 5_650_000, rate: 1300 },
  { name: '安装服务', amount: 106_000, rate: 600 },
]
const buyer = { buyerName: '重庆（山城）商贸有限公司', buyerTaxId: '91510100MA61T0TT26' }
const contract: InvoicedContract = { ...buyer, lines: goods, amount: 5_756_000 }
const invoice = (rows = goods, over: Partial<Invoice> = {}): Invoice => {
  const lines = linesWithTax(rows)
  return { ...buyer, lines, ...sumLines(lines), ...over }
}
const faults = (of: Invoice, tolerance?: number) =>
  vatFaults(of, tolerance).map((fault) => fault.key.split(':invoice.')[1])

describe('tax (增值税法 10, 11)', () => {
  it('¥56,500 at 13 % are 50,000.00 and 6,500.00, by line and in all', () => {
    expect(linesWithTax(goods)).toEqual([
      { name: '数控车床', rate: 1300, net: 5_000_000, tax: 650_000 },
      { name: '安装服务', rate: 600, net: 100_000, tax: 6000 },
    ])
    expect(sumLines(linesWithTax(goods))).toEqual({ net: 5_100_000, tax: 656_000, total: 5_756_000 })
    expect(faults(invoice())).toEqual([])
  })
  it('says which line and which sum does not add up', () => {
    const lines = linesWithTax(goods).map((line, i) => (i === 1 ? { ...line, tax: line.tax + 2 } : line))
    expect(vatFaults({ ...invoice(), lines })).toEqual([
      { key: 'receivables:invoice.lineTax', params: { line: 2, tax: '60.02', expected: '60.00' } },
      { key: 'receivables:invoice.sums.tax', params: { printed: '6,560.00', summed: '6,560.02' } },
    ])
    expect(faults({ ...invoice(), lines }, 2)).toEqual(['sums.tax'])
    expect(faults(invoice(goods, { total: 1 }))).toEqual(['sums.total'])
    expect(faults(invoice(goods, { net: 5_100_001 }))).toEqual(['sums.net', 'sums.total'])
  })
  it('what is split line by line always adds up and is within a fen of its rate', () => {
    const row = fc.record({
      name: fc.constant('x'),
      amount: fc.integer({ min: -1e9, max: 1e9 }),
      rate: fc.constantFrom(0, 300, 600, 900, 1300),
    })
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
        const made = invoice(rows)
        expect(vatFaults(made)).toEqual([])
        expect(made.total).toBe(rows.reduce((sum, { amount }) => sum + amount, 0))
      }),
    )
  })
})

describe('an invoice against its contract (发票管理办法 19–21)', () => {
  const found = (of: Invoice, before: Invoice[] = []) =>
    compareInvoice(of, contract, before).map(({ severity, reason }) => `${severity}:${reason.key.split('.').pop()}`)
  it('agrees, also in parts and with the category of the tax office in front', () => {
    expect(found(invoice())).toEqual([])
    expect(found(invoice([{ ...goods[0]!, name: '*机床*数控 车床', amount: 1_000_000 }]))).toEqual([])
    expect(found(invoice(goods, { buyerName: '重庆(山城)商贸有限公司', buyerTaxId: '91510100ma61t0tt26' }))).toEqual([])
  })
  it.each<[string, Invoice, string[]]>([
    ['another buyer', invoice(goods, { buyerName: '重庆山城商贸集团' }), ['error:buyer']],
    ['another number', invoice(goods, { buyerTaxId: '91350100M000100Y43' }), ['error:taxId']],
    ['other goods', invoice([{ ...goods[0]!, name: '办公用品' }]), ['error:goods']],
    ['too much of one kind', invoice([{ ...goods[1]!, amount: 106_001 }]), ['error:goodsAmount']],
    ['another rate', invoice([{ ...goods[0]!, rate: 900 }]), ['warning:rate']],
    ['more than all', invoice([...goods, goods[1]!]), ['error:goodsAmount', 'error:total']],
  ])('%s', (_name, of, want) => expect(found(of)).toEqual(want))
  it('counts what was invoiced before; a red letter makes room again', () => {
    const first = invoice([{ ...goods[0]!, amount: 5_650_000 }])
    const second = invoice([{ ...goods[0]!, amount: 100 }])
    const red = invoice([{ ...goods[0]!, amount: -100 }])
    expect(found(second, [first])).toEqual(['error:goodsAmount'])
    expect(found(second, [first, red])).toEqual([])
  })
})

describe('red letters', () => {
  it.each([
    [1000, [], -1000, null],
    [1000, [-400], -600, null],
    [1000, [-400], -601, 'tooMuch'],
    [1000, [], 0, 'sign'],
    [1000, [], 5, 'sign'],
  ])('%i less %j, then %i', (blue, reds, total, fault) => {
    expect(redLetterFault(blue, reds, total)?.key.split('.').pop() ?? null).toBe(fault)
  })
})
