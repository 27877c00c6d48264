import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redlineText, textAfter, textBefore } from '#shared/kernel/text-redline.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { shownChanges } from '#shared/modules/contracts/contracts.redline.words.ts'
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
    [
      'a second language with its texts',
      (f) => ((f.terms.secondLanguage = 'en'), (f.terms.second.quality = 'GB/T 276')),
      ['terms.secondLanguage', 'terms.second.quality'],
    ],
    ['annexes', (f) => f.terms.annexes.push({ title: '规格', text: '内径' }), ['terms.annexes']],
    [
      'what a frame agreement says',
      (f) => ((f.terms.renewal = 'automatic'), (f.terms.noticeDays = 30), (f.terms.callOff = '书面订单')),
      ['terms.renewal', 'terms.noticeDays', 'terms.callOff'],
    ],
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
  const annex = fc.record({ title: fc.constantFrom('规格', '图纸', '验收单'), text })
  const form = fc
    .record({
      title: text.map((value) => `t${value}`),
      lines: fc.array(line, { maxLength: 6 }),
      plan: fc.array(plan, { maxLength: 5 }),
      other: text,
      penaltyCap: fc.constantFrom(null, 500),
      phone: text,
      deal: fc.constantFrom('none', 'null', 'one'),
      said: fc.record({
        secondLanguage: fc.constantFrom(null, 'en', 'zh-TW'),
        prevailingLanguage: fc.constantFrom('first', 'both'),
        second: fc.record({ title: text, other: text }),
        annexes: fc.array(annex, { maxLength: 4 }),
        renewal: fc.constantFrom('unsaid', 'ends', 'automatic'),
        noticeDays: fc.constantFrom(null, 30),
        serviceLevel: text,
        priceDay: fc.constantFrom(null, '2026-12-31'),
      }),
    })
    .map(({ other, penaltyCap, phone, deal, said, ...rest }) =>
      contractFields.parse({
        ...base,
        ...rest,
        buyer: { ...base.buyer, phone },
        terms: { ...base.terms, other, penaltyCap, ...said, second: { ...base.terms.second, ...said.second } },
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
      { numRuns: 300 },
    )
  })
})

describe('the redline in words', () => {
  const t = makeTranslator('zh-CN')
  const shown = (change: (fields: ContractFields) => void, from: ContractFields = sampleFields()) => {
    const after = structuredClone(from)
    change(after)
    return shownChanges(from, after, t).map(({ kind, item, before, after: next, pieces }) =>
      [kind, item, pieces === null ? `${before} → ${next}` : marked(before, next)].join(' | '),
    )
  }
  const annexed = () => {
    const fields = sampleFields()
    fields.terms.annexes = [
      { title: '规格', text: '内径二十五毫米，外径五十二毫米，宽度十五毫米。' },
      { title: '图纸', text: '图号 A-1' },
    ]
    return fields
  }

  const table: [string, (fields: ContractFields) => void, string[]][] = [
    [
      'a text of an annex, inside it',
      (f) => (f.terms.annexes[0]!.text = '内径三十毫米，外径五十二毫米，宽度十五毫米。'),
      ['changed | 附件 1　规格 | 内径-二十五-+三十+毫米，外径五十二毫米，宽度十五毫米。'],
    ],
    [
      'annexes in another order',
      (f) => f.terms.annexes.reverse(),
      ['moved | 附件 1　图纸 | 2 → 1', 'moved | 附件 2　规格 | 1 → 2'],
    ],
    [
      'an annex under another title',
      (f) => (f.terms.annexes[1]!.title = '总图'),
      ['changed | 附件 2　总图 | 图纸 → 总图'],
    ],
    ['an annex more', (f) => f.terms.annexes.push({ title: '单', text: '格式' }), ['added | 附件 3　单 |  → 格式']],
    ['an annex less', (f) => f.terms.annexes.pop(), ['removed | 附件 2　图纸 | 图号 A-1 → ']],
    [
      'choices and days by their words',
      (f) => Object.assign(f.terms, { renewal: 'automatic', secondLanguage: 'en', priceDay: '2026-12-31' }),
      ['changed | 期满后 | 未约定 → 自动续期', 'added | 价格有效至 |  → 2026-12-31', 'added | 第二语言 |  → 英文'],
    ],
    [
      'a second text by what it translates',
      (f) => (f.terms.second.quality = 'GB/T 276'),
      ['added | 第二语言文本 · 质量标准 |  → GB/T 276'],
    ],
  ]
  it.each(table)('names %s', (_what, change, expected) => {
    expect(shown(change, annexed())).toEqual(expected)
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
