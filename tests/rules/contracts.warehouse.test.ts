import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LOCALES } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { formatYuan } from '#shared/kernel/money.ts'
import { rmbCapitals } from '#shared/kernel/rmb-capitals.ts'
import { formatPrice } from '#shared/modules/contracts/contracts.format.ts'
import { moneyHider } from '#shared/modules/contracts/contracts.hide-money.ts'
import { contractSums, lineSums, splitPlan } from '#shared/modules/contracts/contracts.rules.ts'
import type { ContractFields } from '#shared/modules/contracts/contracts.schema.ts'
import { warehouseDocument } from '#shared/modules/contracts/contracts.warehouse.documents.ts'
import { sampleFields, sampleSeller } from '#tests/helpers/sample-contract.ts'

const build = (fields: ContractFields, state: 'draft' | 'signed' = 'signed') =>
  warehouseDocument(
    { fields, seller: sampleSeller, sealName: '合同专用章', number: 'HT-1', state, signDay: null },
    makeTranslator(fields.language),
  )

describe.each(LOCALES)('the delivery copy in %s', (language) => {
  const fields = sampleFields(undefined, language)
  const text = JSON.stringify(build(fields))

  it('shows goods, quantities, days and places', () => {
    for (const word of ['深沟球轴承', '6205-2RS 25×52×15', '1,000', '2026-06-30', fields.terms.deliveryPlace]) {
      expect(text).toContain(word)
    }
    expect(text).not.toMatch(/\{\{|undefined|"(?:contracts:)?document\./)
  })

  it('says in its head that it bears no prices, and bears neither bank nor seal', () => {
    const title = makeTranslator(language)('contracts:document.warehouse.title')
    expect(build(fields).blocks[0]).toMatchObject({ kind: 'title', text: title })
    for (const hidden of [sampleSeller.bankAccount, fields.buyer.bankAccount, '合同专用章', '0.05', '56.50', '13%']) {
      expect(text).not.toContain(hidden)
    }
  })

  it('of a draft is marked as one', () => {
    expect(build(fields, 'draft').watermark).toBe(makeTranslator(language)('contracts:document.watermark'))
  })
})

describe('money in texts', () => {
  const hide = moneyHider(sampleFields())
  it.each([
    ['单价 56.50 元/套', '单价 ***/套'],
    ['运费 ¥1,200 由出卖人承担', '运费 ***由出卖人承担'],
    ['freight CNY 300.00 a lot', 'freight ***a lot'],
    ['共 6.4550 万元', '共 ***'],
    ['总价 64,550.08', '总价 ***'],
    ['货值64550.08，分批', '货值***，分批'],
    ['人民币陆万肆仟伍佰伍拾元零捌分', '人民币***'],
    ['6205-2RS 25×52×15', '6205-2RS 25×52×15'],
    ['按 GB/T 2828.1 抽样，数量 1,000 套', '按 GB/T 2828.1 抽样，数量 1,000 套'],
  ])('%s', (given, want) => expect(hide(given)).toBe(want))
})

/** Yuan that nothing else in the sample is like. */
const distinctive = fc.integer({ min: 7_000_003, max: 9_999_991 })

describe('no price, rate or amount', () => {
  const arbitrary = fc.record({
    prices: fc.array(distinctive, { minLength: 1, maxLength: 5 }),
    shares: fc.array(fc.integer({ min: 1000, max: 3000 }), { maxLength: 3 }),
    loss: distinctive,
    spoken: fc.constantFrom('plain', 'grouped', 'marked', 'capitals', 'none'),
  })

  it('is in the delivery copy, wherever it was written', () => {
    fc.assert(
      fc.property(arbitrary, ({ prices, shares, loss, spoken }) => {
        const fields = sampleFields()
        const [line] = fields.lines
        fields.lines = prices.map((yuan, i) => ({
          ...line!,
          name: `泵 ${i}`,
          quantity: 3000,
          price: yuan * 10_000 + 37 * i,
        }))
        const [first] = fields.plan
        fields.plan = [
          ...shares.map((rate) => ({ ...first!, share: { kind: 'percent' as const, rate } })),
          { ...first!, share: { kind: 'rest' } },
        ]
        fields.terms.estimatedLoss = (loss * 100) as never
        const sums = contractSums(fields.lines)
        const amounts = [
          ...fields.lines.flatMap((one) => Object.values(lineSums(one))),
          ...Object.values(sums),
          ...splitPlan(sums.amount, fields.plan).amounts,
          loss * 100,
        ]
        const written = [
          ...amounts.map((amount) => formatYuan(amount)),
          ...fields.lines.map((one) => formatPrice(one.price)),
        ]
        const say = {
          plain: () => written.map((figure) => figure.replaceAll(',', '')).join('；'),
          grouped: () => written.join('；'),
          marked: () => written.map((figure) => `￥${figure}`).join('、'),
          capitals: () => amounts.map((amount) => rmbCapitals(amount)).join('；'),
          none: () => '',
        }[spoken]()
        const texts = { quality: say, packaging: say, deliveryTerms: say, inspection: say, deliveryPlace: say }
        Object.assign(fields.terms, texts)
        fields.title = say
        fields.lines[0]!.spec = say
        const text = JSON.stringify(build(fields)).replaceAll(',', '')
        for (const figure of written) {
          const [yuan = '', parts = ''] = figure.replaceAll(',', '').split('.')
          expect(text).not.toContain(yuan)
          expect(text).not.toContain(`${yuan}.${parts}`)
        }
        for (const amount of amounts) expect(text).not.toContain(rmbCapitals(amount, 'zh-CN', { prefix: false }))
      }),
      { numRuns: 200 },
    )
  })
})
