import { describe, expect, it } from 'vitest'
import { LOCALES, type Locale } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import type { BilingualRow, DocumentModel } from '#shared/kernel/document-model.ts'
import { contractDocument, type ContractDocumentInput } from '#shared/modules/contracts/contracts.documents.ts'
import type { ContractFields } from '#shared/modules/contracts/contracts.schema.ts'
import type { ContractTemplate } from '#shared/modules/contracts/contracts.template.schema.ts'
import { asBilingual, asPriceList } from '#tests/helpers/contract-kinds.ts'
import { sampleFields, sampleSeller } from '#tests/helpers/sample-contract.ts'
import { shippedTemplate } from '#tests/helpers/shipped-templates.ts'

const words = (language: Locale) => ({ template: shippedTemplate(language), t: makeTranslator(language) })

function build(
  change: (fields: ContractFields) => void,
  options: { first?: Locale; second?: { template: ContractTemplate } } = {},
): DocumentModel {
  const first = options.first ?? 'zh-CN'
  const fields = sampleFields(undefined, first)
  asBilingual(fields)
  change(fields)
  const input: ContractDocumentInput = {
    fields,
    seller: sampleSeller,
    sealName: '',
    number: 'HT-2026-0001',
    state: 'signed',
    signDay: '2026-05-18',
  }
  const other = fields.terms.secondLanguage
  const second = other === null ? null : { ...words(other), ...options.second }
  return contractDocument(input, shippedTemplate(first), makeTranslator(first), second)
}

const rowsOf = (model: DocumentModel): BilingualRow[] =>
  model.blocks.flatMap((block) => (block.kind === 'bilingual' ? block.rows : []))
const rowWith = (model: DocumentModel, text: string) => rowsOf(model).find((row) => row.left.includes(text))
const tables = (model: DocumentModel) => model.blocks.flatMap((block) => (block.kind === 'table' ? [block] : []))

describe('a contract in two languages', () => {
  const model = build(() => undefined)

  it('has each article with its number and heading in both', () => {
    const heads = rowsOf(model).filter((row) => row.head)
    expect(heads).toHaveLength(shippedTemplate('zh-CN').articles.length)
    expect(heads[0]).toEqual({
      left: '第一条　标的物、数量与价款',
      right: '1. Goods, quantity and price',
      bold: true,
      head: true,
    })
    expect(model.blocks.some((block) => block.kind === 'heading')).toBe(false)
  })

  it('puts each text beside its own, and translated words into the second column', () => {
    expect(rowWith(model, '交付地点')?.right).toContain('Buyer’s warehouse in Longquanyi')
    expect(rowWith(model, '本合同以中文和英文订立')?.right).toContain('made in English and Chinese')
    for (const { left, right } of rowsOf(model)) {
      expect(left).toMatch(/\p{sc=Han}/u)
      expect(right).not.toBe('')
    }
  })

  it('prints figures once, with heads in both', () => {
    expect(tables(model)).toHaveLength(3)
    const [parties, goods, plan] = tables(model)
    expect(parties?.rows[0]).toEqual([
      '名称\nName',
      '重庆渝机配件有限公司\nChongqing Yuji Parts Co., Ltd.',
      '成都兴川机械制造有限公司\nChengdu Xingchuan Machinery Co., Ltd.',
    ])
    // What has no translation is not said twice.
    expect(parties?.rows[2]?.[1]).toBe('重庆市渝北区金开大道 1 号')
    expect(goods?.columns.map(({ head }) => head)).toContain('品名\nGoods')
    expect(plan?.rows[0]?.[2]).toBe('合同签订后 5 个工作日内\nWithin 5 working days of signing')
  })

  it('says the total in capitals in Chinese and in words in English', () => {
    const total = rowWith(model, '合同总价（含税）')
    expect(total?.left).toContain('人民币陆万肆仟伍佰伍拾元零捌分')
    expect(total?.right).toContain('RMB sixty-four thousand five hundred and fifty and 08/100 only')
    expect(total?.right).not.toMatch(/\p{sc=Han}/u)
    expect(build((f) => (f.terms.secondLanguage = 'zh-TW'), {}).blocks.length).toBeGreaterThan(20)
    const traditional = build((f) => (f.terms.secondLanguage = 'zh-TW'))
    expect(rowWith(traditional, '合同总价')?.right).toContain('人民幣陸萬肆仟伍佰伍拾元零捌分')
  })

  it.each([
    ['first', '以中文文本为准', 'the Chinese text prevails'],
    ['second', '以英文文本为准', 'the English text prevails'],
    ['both', '具有同等效力', 'are equally valid'],
  ] as const)('says which text prevails: %s', (which, left, right) => {
    const said = build((f) => (f.terms.prevailingLanguage = which))
    expect(rowWith(said, left)?.right).toContain(right)
  })

  it('says nothing of it where nothing was agreed', () => {
    const unsaid = JSON.stringify(build((f) => (f.terms.prevailingLanguage = 'unsaid')))
    expect(unsaid).not.toContain('prevails')
    expect(unsaid).not.toContain('equally valid')
  })

  it('leaves out in both what one of them leaves out', () => {
    expect(
      rowWith(
        build((f) => (f.terms.packaging = '')),
        '包装方式：',
      ),
    ).toBeUndefined()
    const half = shippedTemplate('en')
    const asked = half.articles[1]!.clauses[0]!
    if (asked.kind === 'text') asked.when = 'retainTitle'
    const model = build(() => undefined, { second: { template: half } })
    expect(rowWith(model, '产品质量按以下标准执行')).toBeUndefined()
  })

  it('prints an untranslated text in both columns', () => {
    const row = rowWith(
      build((f) => (f.terms.second.quality = '')),
      '产品质量按以下标准执行',
    )
    expect(row?.right).toContain('符合 GB/T 276-2013')
  })

  it('pairs by place where the second wording is built otherwise, and prints no figure twice', () => {
    const other = shippedTemplate('en')
    other.articles[0]!.clauses.push({ kind: 'text', text: 'One more.' })
    other.articles.push({ heading: 'Extra', clauses: [{ kind: 'text', text: 'Alone.' }, { kind: 'lines' }] })
    const model = build(() => undefined, { second: { template: other } })
    expect(tables(model)).toHaveLength(3)
    expect(
      rowsOf(model)
        .filter((row) => row.left === '')
        .map((row) => row.right),
    ).toEqual(['One more.', 'Alone.'])
  })

  it.each(LOCALES.flatMap((first) => LOCALES.filter((second) => second !== first).map((second) => [first, second])))(
    'leaves no placeholder and no missing word behind: %s and %s',
    (first, second) => {
      const text = JSON.stringify(build((f) => (f.terms.secondLanguage = second as Locale), { first: first as Locale }))
      expect(text).not.toMatch(/\{\{|\}\}|undefined|"(?:contracts:)?document\./)
    },
  )

  it('is printed in one where the second is the same', () => {
    expect(rowsOf(build((f) => (f.terms.secondLanguage = 'zh-CN')))).toEqual([])
  })
})

describe('annexes', () => {
  const two = (f: ContractFields) => {
    f.terms.annexes = [
      { title: '技术规格', text: '内径 25 mm\n\n外径 52 mm' },
      { title: '验收单', text: '格式' },
    ]
  }

  it('stand behind the signatures, each on a new page, and are named in the last article', () => {
    const model = build((f) => {
      f.terms.secondLanguage = null
      two(f)
    })
    const kinds = model.blocks.map((block) => block.kind)
    const after = kinds.slice(kinds.indexOf('signatures') + 1)
    expect(after).toEqual(['page', 'heading', 'paragraph', 'paragraph', 'page', 'heading', 'paragraph'])
    const headings = model.blocks.flatMap((block) => (block.kind === 'heading' ? [block.text] : []))
    expect(headings.slice(-2)).toEqual(['附件一　技术规格', '附件二　验收单'])
    expect(JSON.stringify(model)).toContain('本合同附件：附件一　技术规格；附件二　验收单。')
  })

  it('bear both names in a contract of two languages', () => {
    const model = build(two)
    expect(JSON.stringify(model)).toContain('附件一 / Annex 1　技术规格')
    expect(rowWith(model, '本合同附件')?.right).toContain('Annexes: Annex 1 技术规格; Annex 2 验收单')
  })
})

describe('a price list', () => {
  it('has neither quantities nor sums, and says so', () => {
    const model = build((f) => {
      asPriceList(f)
      f.terms.secondLanguage = null
    })
    const [, goods] = tables(model)
    expect(goods?.columns.map(({ head }) => head)).toEqual([
      '序号',
      '品名',
      '规格型号',
      '单位',
      '含税单价（元）',
      '税率',
    ])
    expect(goods?.sums).toBeUndefined()
    expect(JSON.stringify(model)).toContain('不约定采购总量与总金额')
    expect(JSON.stringify(model)).not.toContain('人民币零元整')
  })

  it('prints of the payment clause the shares alone', () => {
    const model = build((f) => {
      const { plan } = f
      asPriceList(f)
      f.plan = plan
      f.terms.secondLanguage = null
    })
    const plan = tables(model).at(-1)
    expect(plan?.columns.map(({ head }) => head)).toEqual(['期次', '款项', '付款条件', '比例'])
    expect(plan?.rows.map((row) => row[3])).toEqual(['30%', '65%', '余额'])
  })
})
