import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redlineText, textAfter, textBefore } from '#shared/kernel/text-redline.ts'
import { applyRedline, isUnchanged, redlineContract } from '#shared/modules/contracts/contracts.redline.ts'
import { contractFields, TRIGGERS, type ContractFields } from '#shared/modules/contracts/contracts.schema.ts'
import { sampleFields } from '#tests/helpers/sample-contract.ts'

const marked = (before: string, after: string) =>
  redlineText(before, after)
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `+${text}+` : `-${text}-`))
    .join('')

describe('the redline of a text', () => {
  it.each([
    ['', '', ''],
    ['', '新增', '+新增+'],
    ['删去', '', '-删去-'],
    ['质保期十二个月', '质保期二十四个月', '质保期-十二-+二十四+个月'],
    ['within 30 days', 'within 45 days', 'within -30-+45+ days'],
    ['运费由买受人承担。', '运费由出卖人承担。', '运费由-买受-+出卖+人承担。'],
    ['USD 1,000.50 net', 'USD 1,200.50 net', 'USD -1,000.50-+1,200.50+ net'],
    ['第一条\n第二条', '第一条\n新条\n第二条', '第一条\n+新条\n+第二条'],
  ])('%j → %j', (before, after, expected) => {
    expect(marked(before, after)).toBe(expected)
  })

  const alphabet = fc.string({ unit: fc.constantFrom(...'甲方乙交货付款a b.12。，\n𠮷é'), maxLength: 120 })
  it('makes both texts exactly, and names a change only where there is one', () => {
    fc.assert(
      fc.property(alphabet, alphabet, (before, after) => {
        const pieces = redlineText(before, after)
        expect(textBefore(pieces)).toBe(before)
        expect(textAfter(pieces)).toBe(after)
        expect(pieces.every((piece) => piece.kind === 'same')).toBe(before === after)
      }),
      { numRuns: 500 },
    )
  })

  it('takes four thousand characters at once, alike or not', () => {
    const long = (seed: string) => Array.from({ length: 4000 }, (_, i) => seed[(i * i + i) % seed.length]).join('')
    const pairs = [
      [long('合同条款应当明确约定标的数量质量'), long('合同条款应当明确约定标的数量价款')],
      [long('天地玄黄宇宙洪荒。'), long('the quick brown fox; ')],
      ['甲'.repeat(4000), '乙'.repeat(4000)],
    ] as const
    for (const [before, after] of pairs) {
      const begun = performance.now()
      const pieces = redlineText(before, after)
      expect(performance.now() - begun).toBeLessThan(500)
      expect(textBefore(pieces)).toBe(before)
      expect(textAfter(pieces)).toBe(after)
    }
  })
})

describe('the redline of a contract', () => {
  const base = sampleFields()
  const changed = (change: (fields: ContractFields) => void) => {
    const after = structuredClone(base)
    change(after)
    return redlineContract(base, after)
  }
  const named = (redline: ReturnType<typeof redlineContract>) => [
    ...redline.lines.filter((row) => row.kind !== 'same').map((row) => `line ${row.kind} ${paths(row.parts)}`.trim()),
    ...redline.plan.filter((row) => row.kind !== 'same').map((row) => `plan ${row.kind} ${paths(row.parts)}`.trim()),
    ...redline.fields.map((change) => change.path.join('.')),
  ]
  const paths = (parts: readonly { path: readonly string[] }[]) => parts.map((part) => part.path.join('.')).join(' ')

  const table: [string, (fields: ContractFields) => void, string[]][] = [
    ['nothing', () => undefined, []],
    ['a price', (f) => (f.lines[0]!.price += 1), ['line changed price']],
    ['a line more', (f) => f.lines.push({ ...f.lines[0]!, name: '皮带' }), ['line added']],
    ['a line less', (f) => f.lines.shift(), ['line removed']],
    ['lines in another order', (f) => f.lines.reverse(), ['line moved']],
    ['a share', (f) => (f.plan[0]!.share = { kind: 'percent', rate: 2000 }), ['plan changed share.rate']],
    [
      'a share of another kind',
      (f) => (f.plan[0]!.share = { kind: 'amount', amount: 5 as never }),
      ['plan changed share.kind share.amount share.rate'],
    ],
    ['a party and a clause', (f) => ((f.buyer.phone = '1'), (f.terms.other = '附')), ['buyer.phone', 'terms.other']],
    ['whose letter it is', (f) => (f.terms.ourAuthority.letter = 'W-1'), ['terms.ourAuthority.letter']],
  ]
  it.each(table)('names %s', (_what, change, expected) => {
    expect(named(changed(change))).toEqual(expected)
  })

  const text = fc.string({ unit: fc.constantFrom(...'甲乙ab1 。'), maxLength: 6 })
  const line = fc.record({
    name: fc.constantFrom('轴承', '油封', '皮带', ''),
    spec: fc.constantFrom('6205', '', 'A'),
    unit: fc.constantFrom('套', '件'),
    quantity: fc.nat(5000),
    price: fc.nat(5000),
    rate: fc.constantFrom(1300, 600),
  })
  const share = fc.oneof(
    fc.record({ kind: fc.constant('percent' as const), rate: fc.nat(10_000) }),
    fc.record({ kind: fc.constant('amount' as const), amount: fc.nat(5000) }),
    fc.record({ kind: fc.constant('rest' as const) }),
  )
  const plan = fc.record({
    label: fc.constantFrom('预付', '到货', '质保'),
    isDeposit: fc.boolean(),
    trigger: fc.constantFrom(...TRIGGERS),
    days: fc.nat(60),
    dayKind: fc.constantFrom('natural', 'working'),
    fixedDay: fc.constantFrom(null, '2026-06-01'),
    share,
  })
  const form = fc
    .record({
      title: text.map((value) => `t${value}`),
      lines: fc.array(line, { maxLength: 6 }),
      plan: fc.array(plan, { maxLength: 5 }),
      other: text,
      penaltyCap: fc.constantFrom(null, 500),
      phone: text,
      deal: fc.constantFrom('none', 'null', 'one'),
    })
    .map(({ other, penaltyCap, phone, deal, ...rest }) =>
      contractFields.parse({
        ...base,
        ...rest,
        buyer: { ...base.buyer, phone },
        terms: { ...base.terms, other, penaltyCap },
        ...(deal === 'none' ? {} : { dealId: deal === 'null' ? null : base.customerId }),
      }),
    )

  it('applied to the old form gives the new one, and is empty only where they are equal', () => {
    fc.assert(
      fc.property(form, form, fc.boolean(), (before, other, twin) => {
        const after = twin ? structuredClone(before) : other
        const redline = redlineContract(before, after)
        expect(applyRedline(before, redline)).toEqual(after)
        expect(isUnchanged(redline)).toBe(JSON.stringify(sorted(before)) === JSON.stringify(sorted(after)))
      }),
      { numRuns: 500 },
    )
  })
})

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, sorted(v)]),
  )
}
