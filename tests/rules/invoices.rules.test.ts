import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asDay } from '#shared/kernel/dates.ts'
import { asFen, splitTax } from '#shared/kernel/money.ts'
import { compareInvoice, type InvoicedContract } from '#shared/modules/invoices/invoices.compare.rules.ts'
import { invoiceEntry, redEntry } from '#shared/modules/invoices/invoices.entry.ts'
import { cutLinks, linkFindings, linkIssues, proposeLinks } from '#shared/modules/invoices/invoices.links.rules.ts'
import { openLines } from '#shared/modules/invoices/invoices.open.rules.ts'
import {
  buyerIssues,
  fapiaoKey,
  isElectronic,
  parseFapiao,
  rateOf,
  redIssues,
  redLines,
  stageOf,
  sumLines,
  taxFindings,
  voidFault,
} from '#shared/modules/invoices/invoices.rules.ts'
import type { InvoiceLine } from '#shared/modules/invoices/invoices.schema.ts'
import { SAMPLE_BUYER, sampleInvoice, sampleInvoiceLine } from '#tests/helpers/sample-invoice.ts'

const issuesOf = (parsed: ReturnType<typeof invoiceEntry.safeParse>) =>
  parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message.split(':')[1]}`)

describe('the number of an invoice', () => {
  const key = '26502000000012345678'
  it.each([
    [key, '', key],
    ['２６５０２０００ ００００１２３４ ５６７８', '', key],
    ['12345678', '5000194130', '5000194130-12345678'],
    ['12345678', '050001900104', '050001900104-12345678'],
    ['05000190010412345678', '', '050001900104-12345678'],
    ['5000194130-12345678', '', '5000194130-12345678'],
  ])('%s with code "%s" is %s', (number, code, want) => expect(parseFapiao(number, code)?.key).toBe(want))

  it.each(['', '1234567', '2650200000001234567', '265020000000123456789', '26502000000012345X78', '123456789-1234567'])(
    '%s is none',
    (text) => expect(parseFapiao(text)).toBeNull(),
  )

  it('is the same however it is typed, and others are others', () => {
    const digits = fc.stringMatching(/^[2-9]\d{19}$/)
    const typed = (text: string) => [...text].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join(' ')
    fc.assert(
      fc.property(digits, digits, (one, other) => {
        expect(parseFapiao(typed(one))?.key).toBe(parseFapiao(one)?.key)
        expect(parseFapiao(one)?.key === parseFapiao(other)?.key).toBe(one === other)
        expect(fapiaoKey('digitalNormal', '', one)).toBe(parseFapiao(one)?.key)
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    ['digitalSpecial', '', true],
    ['legacyNormal', '050001900111', true],
    ['legacySpecial', '050001900113', true],
    ['legacySpecial', '5000194130', false],
    ['legacyNormal', '150001900111', false],
  ] as const)('%s with code "%s": its original is a file: %s', (kind, code, want) =>
    expect(isElectronic(kind, code)).toBe(want),
  )
})

describe('an entry', () => {
  const over = (change: object) => issuesOf(invoiceEntry.safeParse({ ...sampleInvoice(), ...change }))
  it('that is complete has no issue', () => expect(over({})).toEqual([]))
  it.each([
    [{ number: '123' }, ['number errors.digitalNumber']],
    [{ number: 'abc' }, ['number errors.number', 'number errors.digitalNumber']],
    [{ code: '5000194130' }, ['code errors.noCode']],
    [{ day: '2025-12-31' }, ['number errors.year']],
    [{ kind: 'legacySpecial' }, ['code errors.code', 'number errors.legacyNumber']],
    [{ kind: 'legacySpecial', code: '5000194130', number: '12345678' }, []],
    [{ amount: 5_650_001 }, ['amount errors.total']],
    [{ amount: -5 }, ['amount notPositive']],
    [{ lines: [] }, ['lines errors.noLines', 'amount errors.total']],
    [{ buyer: { ...SAMPLE_BUYER, phone: '', bankName: '' } }, ['buyer.phone errors.six', 'buyer.bankName errors.six']],
    [{ kind: 'digitalNormal', buyer: { ...SAMPLE_BUYER, phone: '' } }, []],
    [
      { links: [{ instalmentId: '0198c2f0-0000-7000-8000-000000000001', amount: 5_650_001 }] },
      ['links errors.linkedTooMuch'],
    ],
    [{ lines: [{ ...sampleInvoiceLine(), quantity: '1.12345678901234' }] }, ['lines.0.quantity notANumber']],
  ])('%j → %j', (change, want) => expect(over(change)).toEqual(want))

  it('a normal invoice asks for no six facts', () => {
    const nothing = { ...SAMPLE_BUYER, taxId: '', address: '', phone: '', bankName: '', bankAccount: '' }
    expect(buyerIssues('digitalNormal', nothing)).toEqual([])
    expect(buyerIssues('legacySpecial', nothing)).toHaveLength(5)
  })

  it('a red letter is negative, in its lines and in all', () => {
    const line = sampleInvoiceLine(-5_650_000)
    const { kind, code, number, day, note } = sampleInvoice()
    const red = { kind, code, number, day, note, lines: [line], amount: -5_650_000, redReason: 'returned', notice: '' }
    expect(redEntry.safeParse(red).success).toBe(true)
    expect(redEntry.safeParse({ ...red, amount: 5_650_000 }).success).toBe(false)
  })
})

describe('amounts (增值税法 10, 11)', () => {
  it('¥56,500 at 13 % are 50,000.00 and 6,500.00', () =>
    expect(sumLines([sampleInvoiceLine()])).toEqual({ net: 5_000_000, tax: 650_000, amount: 5_650_000 }))

  it('tax more than a fen off its rate is told of its line, and of no line without a rate', () => {
    const lines = [
      sampleInvoiceLine(),
      sampleInvoiceLine(100, { tax: asFen(14) }),
      sampleInvoiceLine(100, { tax: asFen(99) }),
    ]
    const found = taxFindings([...lines, { ...lines[2]!, rate: null }])
    expect(found.map(({ severity, path, params }) => [severity, path, params?.['expected']])).toEqual([
      ['warning', 'lines.1', '0.11'],
      ['warning', 'lines.2', '0.11'],
    ])
  })

  it('lines that are split by their rates add up to the fen and are never doubtful', () => {
    const row = fc.tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.constantFrom(0, 100, 300, 500, 600, 900, 1300))
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (rows) => {
        const lines = rows.map(([amount, rate]) => ({ ...sampleInvoiceLine(), ...splitTax(amount, rate), rate }))
        const sums = sumLines(lines)
        expect(sums.amount).toBe(rows.reduce((sum, [amount]) => sum + amount, 0))
        expect(sums.net + sums.tax).toBe(sums.amount)
        expect(taxFindings(lines)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('a rate is found where only one fits', () => {
    const rates = [1300, 900, 600, 300, 0]
    expect(rateOf(5_000_000, 650_000, rates)).toBe(1300)
    expect(rateOf(5_000_000, 506_000, rates)).toBeNull()
    expect(rateOf(8, 1, rates)).toBeNull()
  })
})

const contract: InvoicedContract = {
  buyerName: '成都兴川机械制造有限公司',
  buyerTaxId: '91510100MA61T0TT27',
  lines: [
    { name: '数控车床', amount: 5_650_000, rate: 1300 },
    { name: '安装服务', amount: 106_000, rate: 600 },
  ],
  amount: 5_756_000,
}
const billed = (name: string, amount: number, rate: number | null = 1300): InvoiceLine =>
  sampleInvoiceLine(0, { name, rate, ...splitTax(asFen(amount), rate ?? 1300) })

describe('an invoice against its contract (发票管理办法 19–21)', () => {
  const found = (
    lines: InvoiceLine[],
    buyer: { name: string; taxId: string } = SAMPLE_BUYER,
    before: InvoiceLine[] = [],
  ) =>
    compareInvoice({ buyer, lines }, contract, before).map(({ severity, code, path }) =>
      [severity, code, path].join(' '),
    )
  const lathe = billed('数控车床', 5_650_000)
  const fitting = billed('安装服务', 106_000, 600)

  it('agrees in full, in parts, with the category in front, and where only sums are said', () => {
    expect(found([lathe, fitting])).toEqual([])
    expect(found([billed('*机床*数控 车床', 1_000_000)])).toEqual([])
    expect(found([billed('', 5_756_000, null)])).toEqual([])
    expect(found([lathe], { name: '成都兴川机械制造有限公司', taxId: '91510100ma61t0tt27' })).toEqual([])
  })
  it.each<[string, string[], string[]]>([
    ['another buyer', found([lathe], { ...SAMPLE_BUYER, name: '成都别家公司' }), ['error buyer buyer.name']],
    [
      'another tax number',
      found([lathe], { ...SAMPLE_BUYER, taxId: '91350100M000100Y43' }),
      ['error taxId buyer.taxId'],
    ],
    ['other goods', found([billed('办公用品', 5)]), ['error goods lines.0']],
    ['too much of one kind', found([billed('安装服务', 106_001, 600)]), ['error goodsAmount lines.0']],
    ['another rate', found([billed('数控车床', 100, 900)]), ['warning rate lines.0']],
    ['more than all', found([lathe, fitting, billed('', 1)]), ['error total ']],
  ])('%s', (_name, got, want) => expect(got).toEqual(want))

  it('counts what was invoiced before; a red letter makes room again', () => {
    expect(found([billed('数控车床', 100)], SAMPLE_BUYER, [lathe])).toEqual(['error goodsAmount lines.0'])
    expect(found([billed('数控车床', 100)], SAMPLE_BUYER, [lathe, billed('数控车床', -100)])).toEqual([])
  })

  it('what is open is what was sold less what was billed, whatever the lines are called', () => {
    const sold = contract.lines.map((line) => ({
      ...line,
      spec: '',
      unit: '',
      quantity: 1000,
      price: line.amount * 100,
    }))
    expect(openLines(sold, []).map((line) => [line.name, line.quantity, line.price, line.net + line.tax])).toEqual([
      ['数控车床', '1', '50000.00', 5_650_000],
      ['安装服务', '1', '1000.00', 106_000],
    ])
    const amount = fc.integer({ min: -2_000_000, max: 4_000_000 })
    const line = fc.tuple(fc.constantFrom('数控车床', '安装服务', '别的', ''), amount)
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (rows) => {
        const before = rows.map(([name, of]) => billed(name, of))
        const open = sumLines(openLines(sold, before)).amount
        const all = rows.reduce((sum, [, of]) => sum + of, 0)
        expect(open).toBeGreaterThanOrEqual(0)
        expect(open).toBeLessThanOrEqual(contract.amount)
        if (rows.every(([, of]) => of >= 0)) expect(open).toBeGreaterThanOrEqual(Math.max(0, contract.amount - all))
      }),
      { numRuns: 300 },
    )
  })
})

describe('red letters', () => {
  const blue = { kind: 'digitalSpecial', day: asDay('2026-05-01'), amount: 1000, redTotal: 400 } as const
  it.each([
    [{}, []],
    [{ amount: -601 }, ['amount']],
    [{ day: asDay('2026-04-30') }, ['day']],
    [{ kind: 'digitalNormal' }, ['kind']],
    [{ kind: 'legacySpecial' }, ['kind']],
  ] as const)('%j against 1000, of which 400 are back → %j', (over, want) => {
    const red = { kind: 'digitalSpecial', day: asDay('2026-05-02'), amount: -600, ...over } as const
    expect(redIssues(red, blue).map(({ path }) => path[0])).toEqual(want)
  })

  it('the proposed one takes back exactly what is left, and no sequence takes back more than there was', () => {
    const line = fc.integer({ min: 1, max: 1_000_000 }).map((amount) => sampleInvoiceLine(amount))
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 1_500_000 })),
        (lines, parts) => {
          const amount = sumLines(lines).amount
          let redTotal = 0
          const reds: { net: number; tax: number }[] = []
          for (const part of parts) {
            const facts = { kind: 'digitalSpecial', day: asDay('2026-05-02') } as const
            if (redIssues({ ...facts, amount: -part }, { ...facts, amount, redTotal }).length > 0) continue
            redTotal += part
            reds.push(splitTax(asFen(-part), 1300))
          }
          expect(amount - redTotal).toBeGreaterThanOrEqual(0)
          expect(sumLines(redLines(lines, reds)).amount).toBe(-(amount - redTotal) + 0)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('lines are turned round with their quantities; prices stay', () => {
    const [red] = redLines([sampleInvoiceLine(113, { quantity: '2', price: '0.5' })], [])
    expect(red).toMatchObject({ quantity: '-2', price: '0.5', net: -100, tax: -13 })
  })

  it.each([
    [{ amount: 10, redTotal: 0, state: 'issued', removed: false }, 'valid'],
    [{ amount: 10, redTotal: 4, state: 'issued', removed: false }, 'partlyRed'],
    [{ amount: 10, redTotal: 10, state: 'issued', removed: false }, 'fullyRed'],
    [{ amount: -10, redTotal: 0, state: 'issued', removed: false }, 'redLetter'],
    [{ amount: -10, redTotal: 0, state: 'void', removed: false }, 'void'],
    [{ amount: 10, redTotal: 0, state: 'void', removed: true }, 'removed'],
  ] as const)('%j is %s', (facts, want) => expect(stageOf(facts)).toBe(want))

  it.each([
    ['digitalSpecial', '2026-05-12', 0, 'digital'],
    ['legacySpecial', '2026-04-30', 0, 'month'],
    ['legacySpecial', '2026-05-01', 5, 'red'],
    ['legacyNormal', '2026-05-01', 0, null],
  ] as const)('void: %s of %s with %i back: %s', (kind, day, redTotal, want) =>
    expect(voidFault({ kind, day: asDay(day), redTotal }, asDay('2026-05-18'))).toBe(want),
  )
})

describe('what an invoice bills of instalments', () => {
  const id = (n: number) => `0198c2f0-0000-7000-8000-00000000000${n}`
  const instalments = [
    { instalmentId: id(1), owed: 300, others: 100 },
    { instalmentId: id(2), owed: 300, others: 400 },
    { instalmentId: id(3), owed: 300, others: 0 },
  ]

  it('is proposed in order, as far as each is not billed', () =>
    expect(proposeLinks(350, instalments)).toEqual([
      { instalmentId: id(1), amount: 200 },
      { instalmentId: id(3), amount: 150 },
    ]))

  it('never exceeds the invoice; exceeding an instalment is told', () => {
    const links = [{ instalmentId: id(1), amount: 201 }]
    expect(linkIssues(links, 200).map(({ key }) => key)).toEqual(['invoices:errors.linkedTooMuch'])
    expect(linkIssues(links, 201)).toEqual([])
    const known = new Map(instalments.map((row) => [row.instalmentId, { ...row, label: '首付款' }]))
    expect(linkFindings(links, known).map(({ path, params }) => [path, params?.['billed']])).toEqual([
      ['links.0', '3.01'],
    ])
    expect(linkFindings([{ instalmentId: id(1), amount: 200 }], known)).toEqual([])
  })

  it('is cut from the end when the invoice is worth less, and never grows', () => {
    const link = fc.integer({ min: 1, max: 1000 })
    fc.assert(
      fc.property(fc.array(link, { maxLength: 8 }), fc.integer({ min: -5, max: 9000 }), (amounts, left) => {
        const links = amounts.map((amount, n) => ({ instalmentId: id(n), amount }))
        const kept = cutLinks(links, left)
        const sum = kept.reduce((all, { amount }) => all + amount, 0)
        expect(sum).toBe(
          Math.min(
            Math.max(0, left),
            amounts.reduce((all, amount) => all + amount, 0),
          ),
        )
        kept.forEach((one, n) => {
          expect(one.instalmentId).toBe(links[n]?.instalmentId)
          expect(one.amount).toBeGreaterThan(0)
          if (n < kept.length - 1) expect(one.amount).toBe(links[n]?.amount)
        })
      }),
      { numRuns: 300 },
    )
  })
})
