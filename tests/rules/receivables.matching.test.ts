import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, asDay } from '#shared/kernel/dates.ts'
import { combinationOf, type Payable } from '#shared/modules/receivables/receivables.combination.rules.ts'
import {
  bankLineKeys,
  matchStatement,
  type BankLine,
  type KnownPayer,
  type OpenItem,
} from '#shared/modules/receivables/receivables.matching.rules.ts'

const DAY = asDay('2026-05-20')
let nth = 0
const line = (amount: number, over: Partial<BankLine> = {}): BankLine => ({
  id: `l${String((nth += 1)).padStart(4, '0')}`,
  day: DAY,
  amount,
  payerName: '',
  payerAccount: '',
  text: '',
  ...over,
})
const payers: KnownPayer[] = [
  { customerId: 'cq', names: ['重庆山城商贸有限公司', '山城商贸'], accounts: ['5000 1234 5678 90'] },
  { customerId: 'cd', names: ['成都锦江机械设备有限责任公司'], accounts: ['6222020000001'] },
  { customerId: 'cd2', names: ['成都锦江机械设备(集团)有限公司'], accounts: [] },
]
const item = (id: string, customerId: string, outstanding: number, over: Partial<OpenItem> = {}): OpenItem => ({
  id,
  customerId,
  dueDay: asDay('2026-04-30'),
  outstanding,
  contractNumber: 'HT-2026-0001',
  invoiceNumbers: [],
  ...over,
})
const items = [
  item('a', 'cq', 100_000, { dueDay: asDay('2026-01-31') }),
  item('b', 'cq', 250_000, { dueDay: asDay('2026-02-28'), contractNumber: 'HT-2026-0002' }),
  item('c', 'cq', 30_000, { dueDay: asDay('2026-03-31'), contractNumber: 'HT-2026-0002' }),
  item('e', 'cd', 77_700, { contractNumber: 'XS2026/015', invoiceNumbers: ['26502000000012345678'] }),
]
const brief = (one: BankLine, open = items, known = payers) => {
  const [match] = matchStatement([one], known, open)
  const [best] = match!.suggestions
  return [
    match!.state,
    best?.customerId,
    best?.items.map((i) => i.id).join('+'),
    best?.reasons.map((r) => r.key.split('.').pop()).join(' '),
  ]
}

describe('who paid what', () => {
  it.each<[string, BankLine, unknown[]]>([
    ['by account', line(100_000, { payerAccount: '50001234567890' }), ['sure', 'cq', 'a', 'account one']],
    ['by name, without its legal form', line(250_000, { payerName: '重庆山城商贸' }), ['sure', 'cq', 'b', 'name one']],
    ['by another known name', line(380_000, { payerName: '山城商贸公司' }), ['sure', 'cq', 'a+b+c', 'name all']],
    [
      'the earliest few',
      line(350_000, { payerName: '重庆山城商贸有限公司' }),
      ['likely', 'cq', 'a+b', 'name earliest'],
    ],
    [
      'some of them, with the account',
      line(130_000, { payerAccount: '50001234567890' }),
      ['likely', 'cq', 'a+c', 'account some'],
    ],
    [
      'by the number of the contract in the text',
      line(280_000, { text: '付合同HT-2026-0002货款' }),
      ['sure', 'cq', 'b+c', 'number all named'],
    ],
    [
      'by the number of an invoice, between strokes',
      line(77_700, { text: '货款/26502000000012345678/电汇' }),
      ['sure', 'cd', 'e', 'number one named'],
    ],
    [
      'a number with a stroke of its own',
      line(77_700, { text: 'xs2026/015' }),
      ['sure', 'cd', 'e', 'number one named'],
    ],
    [
      'one of two numbers between strokes',
      line(280_000, { text: 'HT-2026-0002/HT-2026-0009' }),
      ['sure', 'cq', 'b+c', 'number all named'],
    ],
    ['a part of what the text names', line(50_000, { text: 'HT20260002 部分' }), ['likely', 'cq', 'b', 'number part']],
    [
      'a branch pays for its firm',
      line(100_000, { payerName: '重庆山城商贸有限公司渝北分公司' }),
      ['likely', 'cq', 'a', 'nameBegins one'],
    ],
    ['by the amount alone', line(77_700, { payerName: '张三' }), ['likely', 'cd', 'e', 'amountOnly one']],
    ['more than everything', line(900_000, { payerName: '重庆山城商贸' }), ['likely', 'cq', '', 'name']],
    ['nobody', line(12_345, { payerName: '某某' }), ['unknown', undefined, undefined, undefined]],
    [
      'money that went out',
      line(-100_000, { payerName: '重庆山城商贸' }),
      ['outgoing', undefined, undefined, undefined],
    ],
  ])('%s', (_name, one, want) => expect(brief(one)).toEqual(want))

  it('shows the number as it is printed in the contract', () => {
    const [match] = matchStatement([line(280_000, { text: 'ht20260002' })], payers, items)
    expect(match?.suggestions[0]?.reasons[0]?.params).toEqual({ number: 'HT-2026-0002' })
  })

  it('two customers of one name are left to a person', () => {
    const open = [...items, item('f', 'cd2', 77_700)]
    const both: KnownPayer[] = [...payers, { customerId: 'cd2', names: ['成都锦江机械设备'], accounts: [] }]
    expect(brief(line(77_700, { payerName: '成都锦江机械设备' }), open, both)[0]).toBe('ambiguous')
    // So is an account of one customer with the name of another.
    const crossed = line(77_700, { payerAccount: '6222020000001', payerName: '重庆山城商贸' })
    expect(brief(crossed, [...items, item('g', 'cq', 77_700)])[0]).toBe('ambiguous')
  })

  it('an amount that many customers owe tells nothing', () => {
    const open = Array.from({ length: 21 }, (_, i) => item(`m${i}`, `k${i}`, 500_000))
    expect(brief(line(500_000), open)[0]).toBe('unknown')
    expect(brief(line(500_000), open.slice(1))[0]).toBe('ambiguous')
  })

  it('two equal instalments are never sure, and say so', () => {
    const open = [...items, item('a2', 'cq', 100_000)]
    expect(brief(line(100_000, { payerName: '重庆山城商贸' }), open)).toEqual([
      'likely',
      'cq',
      'a',
      'name one ambiguous',
    ])
  })

  it('what a sure line pays is gone for the next: two payments do not pay one instalment', () => {
    const twice = [
      line(250_000, { id: '2', payerName: '重庆山城商贸' }),
      line(250_000, { id: '1', payerName: '重庆山城商贸', day: addDays(DAY, -1) }),
    ]
    const [second, first] = matchStatement(twice, payers, items)
    expect([first?.lineId, first?.state, first?.suggestions[0]?.items]).toEqual([
      '1',
      'sure',
      [{ id: 'b', amount: 250_000 }],
    ])
    expect(second?.state).not.toBe('sure')
    expect(second?.suggestions[0]?.items.map((i) => i.id)).not.toContain('b')
  })

  it('never proposes more than came in or than an instalment is owed', () => {
    const anyLine = fc.record({
      amount: fc.integer({ min: -100, max: 500_000 }),
      payerName: fc.constantFrom('', '重庆山城商贸', '成都锦江机械设备有限责任公司', '李四'),
      payerAccount: fc.constantFrom('', '50001234567890', '1'),
      text: fc.constantFrom('', '货款', 'HT-2026-0001', '26502000000012345678'),
    })
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 12 }), (rows) => {
        const lines = rows.map((row, i) => line(row.amount, { ...row, id: `p${i}` }))
        const sure = new Set<string>()
        for (const match of matchStatement(lines, payers, items)) {
          const amount = lines.find((one) => one.id === match.lineId)!.amount
          for (const one of match.suggestions) {
            expect(one.items.reduce((sum, i) => sum + i.amount, 0)).toBeLessThanOrEqual(amount)
            for (const i of one.items) {
              expect(i.amount).toBeLessThanOrEqual(items.find((known) => known.id === i.id)!.outstanding)
            }
          }
          if (match.state !== 'sure') continue
          for (const { id } of match.suggestions[0]!.items) {
            expect(sure.has(id)).toBe(false)
            sure.add(id)
          }
        }
      }),
    )
  })

  it('reads 2,000 lines against 10,000 open instalments without comparing each with each', () => {
    const many: KnownPayer[] = Array.from({ length: 2500 }, (_, i) => ({
      customerId: `k${i}`,
      names: [`重庆第${i}贸易有限公司`],
      accounts: [`6222${String(i).padStart(10, '0')}`],
    }))
    const open = Array.from({ length: 10_000 }, (_, i) =>
      item(`i${i}`, `k${i % 2500}`, i % 7 === 0 ? 1_000_000 : 10_000 + i * 37, { contractNumber: `HT-2026-${i}` }),
    )
    const lines = Array.from({ length: 2000 }, (_, i) =>
      line(i % 3 === 0 ? 1_000_000 : 10_000 + i * 37, {
        payerName: i % 5 === 0 ? '无名' : `重庆第${i}贸易有限公司`,
        text: i % 11 === 0 ? `合同HT-2026-${i}` : '货款',
      }),
    )
    const begun = performance.now()
    const matches = matchStatement(lines, many, open)
    // A fifth of a second on an idle machine; twenty million comparisons would take minutes.
    expect(performance.now() - begun).toBeLessThan(5000)
    expect(matches.map((match) => match.lineId)).toEqual(lines.map((one) => one.id))
    expect(matches.filter(({ state }) => state === 'sure').length).toBeGreaterThan(500)
  })
})

describe('an amount among open items', () => {
  const rows = (...amounts: number[]): Payable[] => amounts.map((outstanding, i) => ({ id: `${i}`, outstanding }))
  const found = (amount: number, ...amounts: number[]) => {
    const one = combinationOf(amount, rows(...amounts))
    return one && [one.kind, [...one.picked.keys()].map((row) => row.id).join('+'), one.unique]
  }
  it.each<[number, number[], unknown]>([
    [100, [100, 100], ['one', '0', false]],
    [100, [50, 100], ['one', '1', true]],
    [150, [50, 100], ['all', '0+1', true]],
    [150, [100, 50, 7], ['earliest', '0+1', true]],
    [107, [100, 50, 7], ['some', '0+2', true]],
    [150, [50, 7, 100, 100], ['some', '0+2', false]],
    [112, [100, 7, 50, 5], ['some', '0+1+3', true]],
    [120, [100, 50], ['part', '0+1', true]],
    [151, [100, 50], null],
    [0, [100], null],
    [5, [], null],
  ])('%i of %j', (amount, amounts, want) => expect(found(amount, ...amounts)).toEqual(want))
})

describe('a statement imported twice', () => {
  it('is known again line by line, and two equal lines of one statement stay two', () => {
    const lines = [
      line(100, { payerName: '甲公司', text: '货 款' }),
      line(100, { payerName: '甲公司', text: '货款' }),
      line(200),
    ]
    const keys = bankLineKeys('5000 1', lines)
    expect(new Set(keys).size).toBe(3)
    expect(bankLineKeys('50001', lines)).toEqual(keys)
    expect(bankLineKeys('50002', lines)[0]).not.toBe(keys[0])
  })
})
