import { describe, expect, it } from 'vitest'
import { LOCALES, type Locale } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { asDay } from '#shared/kernel/dates.ts'
import type { DocumentModel } from '#shared/kernel/document-model.ts'
import { contractDocument, type ContractDocumentInput } from '#shared/modules/contracts/contracts.documents.ts'
import { contractPlaceholders } from '#shared/modules/contracts/contracts.placeholders.ts'
import { fillPlaceholders, placeholdersOf, PLACEHOLDERS } from '#shared/modules/contracts/contracts.template.schema.ts'
import { formatPrice, formatQuantity, parseDecimal } from '#shared/modules/contracts/contracts.format.ts'
import { CONTRACT_KINDS } from '#shared/modules/contracts/contracts.schema.ts'
import { asPriceList, asServices } from '#tests/helpers/contract-kinds.ts'
import { sampleFields, sampleSeller } from '#tests/helpers/sample-contract.ts'
import { shippedTemplate } from '#tests/helpers/shipped-templates.ts'

const template = (language: Locale) => shippedTemplate(language)
const KINDS = CONTRACT_KINDS.filter((kind) => kind !== 'goods_sale')

const input = (language: Locale, over: Partial<ContractDocumentInput> = {}): ContractDocumentInput => ({
  fields: sampleFields(undefined, language),
  seller: sampleSeller,
  sealName: '',
  number: 'HT-2026-0001',
  state: 'draft',
  signDay: null,
  ...over,
})

const build = (language: Locale, over: Partial<ContractDocumentInput> = {}) =>
  contractDocument(input(language, over), template(language), makeTranslator(language))

/** Every word that is printed. */
const textOf = (model: DocumentModel): string => JSON.stringify(model)

describe.each(LOCALES)('sales contract in %s', (language) => {
  it('has a value for every placeholder that a wording may use, and for no other', () => {
    const said = { warranty: 'x', breach: 'x', other: 'x', serviceEmail: 'x', serviceLevel: 'x', callOff: 'x' }
    const days = { startDay: asDay('2026-01-01'), endDay: asDay('2026-12-31'), priceDay: asDay('2026-12-31') }
    const offered = (['ends', 'automatic'] as const).flatMap((renewal, index) => {
      const { fields, ...rest } = input(language)
      fields.plan[0]!.isDeposit = true
      Object.assign(fields.terms, said, days, { priceAdjust: 'x', noticeDays: 30, retainTitle: true, smeNotice: true })
      Object.assign(fields.terms, { renewal, disputeWay: index === 0 ? 'court' : 'arbitration' })
      return [...contractPlaceholders({ ...rest, fields }, makeTranslator(language)).keys()]
    })
    expect([...new Set(offered)].toSorted()).toEqual([...PLACEHOLDERS].toSorted())
    for (const kind of CONTRACT_KINDS) {
      const used = [...placeholdersOf(shippedTemplate(language, kind))]
      expect(used.filter((name) => !offered.includes(name))).toEqual([])
    }
  })

  it.each(KINDS)('the shipped wording of %s is printed with the sides as it calls them', (kind) => {
    const { fields } = input(language)
    if (kind === 'services') asServices(fields)
    else asPriceList(fields)
    const t = makeTranslator(language)
    const text = textOf(contractDocument({ ...input(language), fields }, shippedTemplate(language, kind), t))
    expect(text).not.toMatch(/\{\{|\}\}|undefined/)
    const own = t('contracts:document.services.seller')
    expect(text.includes(`"heading":"${own}"`)).toBe(kind === 'services')
    for (const clause of [fields.terms.serviceLevel, fields.terms.callOff]) expect(text).toContain(clause)
  })

  it('prints number, parties, goods, total, capitals, schedule and seal places', () => {
    const text = textOf(build(language))
    for (const word of [
      'HT-2026-0001',
      sampleSeller.name,
      '成都兴川机械制造有限公司',
      '深沟球轴承',
      '6205-2RS',
      '64,550.08',
      language === 'zh-TW' ? '人民幣陸萬肆仟伍佰伍拾元零捌分' : '人民币陆万肆仟伍佰伍拾元零捌分',
      '19,365.02',
      '41,957.55',
      '3,227.51',
    ]) {
      expect(text).toContain(word)
    }
    expect(build(language).blocks.at(-1)).toMatchObject({ kind: 'signatures' })
  })

  it('leaves no placeholder, no missing word and no key behind', () => {
    const text = textOf(build(language))
    expect(text).not.toMatch(/\{\{|\}\}/)
    expect(text).not.toMatch(/"(?:contracts:)?document\./)
    expect(text).not.toContain('undefined')
  })

  it('marks a draft and a void contract on every page, a signed one not', () => {
    expect(build(language).watermark).toBe(makeTranslator(language)('contracts:document.watermark'))
    expect(build(language, { state: 'void' }).watermark).toBe(makeTranslator(language)('contracts:document.voidMark'))
    expect(build(language, { state: 'signed', signDay: '2026-05-20' }).watermark).toBeUndefined()
  })
})

describe('the wording', () => {
  it('carries every item of 民法典 470 and 596 as an article of its own', () => {
    const headings = template('zh-CN').articles.map((article) => article.heading)
    expect(headings).toEqual([
      '标的物、数量与价款',
      '质量标准',
      '包装',
      '交付',
      '检验与验收',
      '付款',
      '质量保证',
      '违约责任',
      '不可抗力',
      '通知与送达',
      '争议解决',
      '其他',
    ])
  })

  it('has the same articles and conditions in each language', () => {
    const shape = (language: Locale) =>
      template(language).articles.map((article) =>
        article.clauses.map((clause) =>
          clause.kind === 'text' ? [clause.when ?? '', clause.emphasis ?? false] : clause.kind,
        ),
      )
    expect(shape('zh-TW')).toEqual(shape('zh-CN'))
    expect(shape('en')).toEqual(shape('zh-CN'))
  })

  it('drops a clause whose condition has no value and blanks what is filled in by hand', () => {
    const draft = input('zh-CN')
    draft.fields.terms = { ...draft.fields.terms, penaltyPerDay: null, deliveryDay: null, deliveryPlace: '' }
    const text = textOf(contractDocument(draft, template('zh-CN'), makeTranslator('zh-CN')))
    expect(text).not.toContain('逾期付款的，每逾期一日')
    expect(text).toContain('交付地点：________')
    expect(text).toContain('交付期限：________ 前')
  })

  it('prints what a person typed as it is, even where it looks like a placeholder', () => {
    expect(fillPlaceholders('a {{x}} b', new Map([['x', '{{y}} $& {{x}}']]), '__')).toBe('a {{y}} $& {{x}} b')
  })
})

describe('the table of goods', () => {
  const goods = (change: (fields: ReturnType<typeof sampleFields>) => void) => {
    const given = input('zh-CN')
    change(given.fields)
    const model = contractDocument(given, template('zh-CN'), makeTranslator('zh-CN'))
    const [, table] = model.blocks.flatMap((block) => (block.kind === 'table' ? [block] : []))
    return table!
  }
  const width = (table: ReturnType<typeof goods>, head: string) =>
    table.columns.find((column) => column.head === head)?.width

  it('gives its room to the longer of name and specification', () => {
    const long = goods(() => undefined)
    expect([width(long, '品名'), width(long, '规格型号')]).toEqual([expect.any(Number), '*'])
    const short = goods((f) => f.lines.forEach((line) => Object.assign(line, { name: '循环水泵成套机组', spec: 'A' })))
    expect([width(short, '品名'), width(short, '规格型号')]).toEqual(['*', expect.any(Number)])
  })

  it('is as wide as its figures, and has a column of days only where goods have their own', () => {
    const small = width(
      goods(() => undefined),
      '含税金额（元）',
    ) as number
    const large = goods((f) => (f.lines[0]!.price = 9_000_000_000))
    expect(width(large, '含税金额（元）')).toBeGreaterThan(small)
    expect(width(large, '交付期限')).toBeUndefined()
    const dated = goods((f) => (f.lines[0]!.deliveryDay = asDay('2026-07-01')))
    expect(dated.rows.map((row) => row[5])).toEqual(['2026-07-01', '2026-06-30'])
  })

  it('of services has no column of specifications where there are none', () => {
    const heads = goods(asServices).columns.map(({ head }) => head)
    expect(heads).not.toContain(makeTranslator('zh-CN')('contracts:document.services.lineSpec'))
    expect(heads.length).toBe(7)
  })
})

describe('figures', () => {
  it.each([
    [325, '0.0325'],
    [565_000, '56.50'],
    [0, '0.00'],
    [12_345_678, '1,234.5678'],
  ])('price %d', (value, want) => expect(formatPrice(value)).toBe(want))

  it.each([
    [1_000_500, '1,000.5'],
    [1000, '1'],
    [1, '0.001'],
  ])('quantity %d', (value, want) => expect(formatQuantity(value)).toBe(want))

  it.each([
    ['1,000.5', 1_000_500],
    ['１２．５', 12_500],
    ['￥ 3', 3000],
    ['3.', 3000],
    ['1.2345', null],
    ['-1', null],
    ['', null],
    ['=1+1', null],
    ['1e3', null],
    ['99999999999999', null],
  ])('reads %s', (text, want) => expect(parseDecimal(text, 3, 1e12)).toBe(want))
})
