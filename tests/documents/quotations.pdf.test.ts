import { mkdirSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LOCALES, type Locale } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import type { DocumentModel } from '#shared/kernel/document-model.ts'
import { minutesDocument } from '#shared/modules/minutes/minutes.documents.ts'
import type { MinutesView } from '#shared/modules/minutes/minutes.schema.ts'
import { quotationDocument, type QuotationDocumentInput } from '#shared/modules/quotations/quotations.documents.ts'
import { createWorkerPool, type WorkerPool } from '#core/kernel/worker-pool.ts'
import { pdfPages } from '#tests/helpers/pdf-text.ts'
import { sampleFields, sampleSeller } from '#tests/helpers/sample-contract.ts'
import { sampleLine, sampleMinutes, sampleQuotation } from '#tests/helpers/sample-quotation.ts'

let pool: WorkerPool
beforeAll(() => {
  pool = createWorkerPool({ resourcesDir: new URL('../../resources', import.meta.url).pathname, size: 1 })
})
afterAll(() => pool.close())

const buyer = sampleFields().buyer
const offer = (language: Locale, over: Partial<QuotationDocumentInput> = {}): DocumentModel =>
  quotationDocument(
    {
      fields: sampleQuotation({ language }),
      seller: sampleSeller,
      sealName: '重庆渝机配件有限公司合同专用章',
      buyer,
      number: 'BJ-2026-0001',
      no: 2,
      state: 'sent',
      day: '2026-05-18',
      validUntil: '2026-06-17',
      contactName: '张三',
      ...over,
    },
    makeTranslator(language),
  )
const talk = (language: Locale, over: Partial<MinutesView> = {}): DocumentModel => {
  const fields = sampleMinutes({ language })
  const minutes: MinutesView = {
    ...fields,
    id: '',
    number: 'JY-2026-0001',
    dealId: '',
    dealNumber: 'SJ-2026-0001',
    dealName: '轴承年度供货',
    customerId: '',
    customerName: buyer.name,
    ownerId: '',
    ownerName: '张三',
    state: 'final',
    edition: 1,
    openItems: 1,
    nextItems: 2,
    version: 1,
    updatedAt: 0,
    next: fields.next.map((item) => ({ ...item, task: null })),
    finalDay: '2026-05-18',
    finalName: '张三',
    editable: true,
    ...over,
  }
  return minutesDocument({ minutes, firmName: sampleSeller.name, sealName: '' }, makeTranslator(language))
}
/** The pages as text; where YEWUTAI_KEEP names a folder, the file is left there to be looked at. */
async function pagesOf(model: DocumentModel, name: string): Promise<string[]> {
  const bytes = await pool.run('pdf', model)
  const keep = process.env['YEWUTAI_KEEP']
  if (keep !== undefined) {
    mkdirSync(keep, { recursive: true })
    writeFileSync(`${keep}/${name}.pdf`, bytes)
  }
  return pdfPages(bytes)
}
const SECRETS = ['52.00', '40.00', '底价', '底價', '成本', '毛利', 'floor', 'margin', 'Margin']

describe.each(LOCALES)('a quotation in %s', (language) => {
  it('holds both sides, goods, sums, capitals, terms, validity and both signatures, on numbered pages', async () => {
    const t = makeTranslator(language)
    const word = (key: string, params = {}) => t(`quotations:document.${key}`, params).replaceAll(' ', '')
    const pages = await pagesOf(offer(language), `quotation-${language}`)
    const text = pages.join('\n')
    for (const expected of [
      'BJ-2026-0001',
      sampleSeller.name,
      buyer.name,
      '深沟球轴承',
      '6205-2RS25×52×15',
      '60.00',
      '5.83%',
      '56.50',
      '57,123.96',
      '7,426.12',
      '64,550.08',
      language === 'zh-TW' ? '人民幣陸萬肆仟伍佰伍拾元零捌分' : '人民币陆万肆仟伍佰伍拾元零捌分',
      word('holds', { day: '2026-06-17' }),
      word('restWithin', { days: 30 }),
      word('deliveryWithin', { days: 20 }),
      word('warrantyFor', { months: 18 }),
      word('confirmed'),
      '重庆渝机配件有限公司合同专用章',
    ]) {
      expect(text).toContain(expected)
    }
    for (const secret of SECRETS) expect(text).not.toContain(secret)
    const label = word('page')
    pages.forEach((page, index) => {
      expect(page).toContain(label.replace('{page}', String(index + 1)).replace('{pages}', String(pages.length)))
    })
  })

  it('leaves no key, no placeholder and no gap behind, and marks what does not count', () => {
    const text = JSON.stringify(offer(language))
    expect(text).not.toMatch(/\{\{|undefined|"(?:quotations:)?document\./)
    const mark = (state: QuotationDocumentInput['state']) => offer(language, { state }).watermark
    expect(mark('sent')).toBeUndefined()
    expect(mark('accepted')).toBeUndefined()
    for (const state of ['draft', 'awaiting', 'superseded', 'withdrawn'] as const) {
      expect(mark(state)).toBe(makeTranslator(language)(`quotations:document.marks.${state}`))
    }
  })
})

describe('the table of an offer', () => {
  const table = (model: DocumentModel) => {
    const found = model.blocks.filter((block) => block.kind === 'table')[1]
    if (found?.kind !== 'table') throw new Error('no table')
    return found
  }
  it('has no columns that say nothing', () => {
    const plain = sampleQuotation({ lines: [sampleLine({ listPrice: 0, spec: '' })] })
    expect(table(offer('zh-CN', { fields: plain })).columns).toHaveLength(5)
    expect(table(offer('zh-CN')).columns).toHaveLength(7)
    const rates = sampleQuotation({ lines: [sampleLine(), sampleLine({ rate: 600 })] })
    expect(table(offer('zh-CN', { fields: rates })).columns).toHaveLength(7)
  })
  it('of 200 lines goes over pages and adds up on the last', async () => {
    const lines = Array.from({ length: 200 }, (_, i) => sampleLine({ name: `轴承 ${i + 1}` }))
    const pages = await pagesOf(offer('zh-CN', { fields: sampleQuotation({ lines }) }), 'quotation-long')
    expect(pages.length).toBeGreaterThan(5)
    expect(pages.join('')).toContain('轴承200')
    expect(pages.join('')).toContain('11,300,000.00')
  })
  it('prints what was typed as it is', async () => {
    const fields = sampleQuotation({
      notes: '![x](file:///etc/passwd)\n{{total}}',
      lines: [sampleLine({ name: '<b>x</b>' })],
    })
    const text = (await pagesOf(offer('zh-CN', { fields }), 'quotation-hostile')).join('')
    for (const typed of ['<b>x</b>', '![x](file:///etc/passwd)', '{{total}}']) expect(text).toContain(typed)
    expect(text).not.toContain('root:')
  })
})

describe.each(LOCALES)('minutes in %s', (language) => {
  it('hold what was agreed, what stays open, what is next, and places for both signatures', async () => {
    const t = makeTranslator(language)
    const word = (key: string) => t(`minutes:${key}`).replaceAll(' ', '')
    const text = (await pagesOf(talk(language), `minutes-${language}`)).join('\n')
    for (const expected of [
      'JY-2026-0001',
      sampleSeller.name,
      buyer.name,
      '19.80',
      '2026-07-10',
      t('minutes:figures.months', { value: '24' }).replaceAll(' ', ''),
      word('terms.warranty'),
      '是否需要第三方检测报告',
      '确认包装方式',
      '2026-05-25',
      word('document.signature'),
      word('document.closing'),
    ]) {
      expect(text).toContain(expected)
    }
    expect(JSON.stringify(talk(language))).not.toMatch(/\{\{|undefined|"(?:minutes:)?document\./)
  })
  it('say across the page that a draft is one', () => {
    expect(talk(language).watermark).toBeUndefined()
    expect(talk(language, { state: 'draft' }).watermark).toBe(makeTranslator(language)('minutes:document.draft'))
  })
})
