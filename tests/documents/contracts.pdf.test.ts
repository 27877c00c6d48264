import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LOCALES, type Locale } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { contractDocument, type ContractDocumentInput } from '#shared/modules/contracts/contracts.documents.ts'
import { createWorkerPool, type WorkerPool } from '#core/kernel/worker-pool.ts'
import { pdfPages } from '#tests/helpers/pdf-text.ts'
import { sampleFields, sampleSeller } from '#tests/helpers/sample-contract.ts'
import { shippedTemplate } from '#tests/helpers/shipped-templates.ts'

let pool: WorkerPool
beforeAll(() => {
  pool = createWorkerPool({ resourcesDir: new URL('../../resources', import.meta.url).pathname, size: 1 })
})
afterAll(() => pool.close())

async function pagesOf(language: Locale, over: Partial<ContractDocumentInput> = {}): Promise<string[]> {
  const input: ContractDocumentInput = {
    fields: sampleFields(undefined, language),
    seller: sampleSeller,
    sealName: '重庆渝机配件有限公司合同专用章',
    number: 'HT-2026-0001',
    state: 'signed',
    signDay: '2026-05-18',
    ...over,
  }
  return pdfPages(await pool.run('pdf', contractDocument(input, shippedTemplate(language), makeTranslator(language))))
}

describe.each(LOCALES)('contract PDF in %s', (language) => {
  it('holds number, parties, goods, total, capitals, schedule and seal place as text, and page x of y', async () => {
    const pages = await pagesOf(language)
    const text = pages.join('\n')
    for (const word of [
      'HT-2026-0001',
      sampleSeller.name,
      '成都兴川机械制造有限公司',
      '91510100MA61T0TT27',
      '深沟球轴承',
      '64,550.08',
      language === 'zh-TW' ? '人民幣陸萬肆仟伍佰伍拾元零捌分' : '人民币陆万肆仟伍佰伍拾元零捌分',
      '19,365.02',
      '3,227.51',
      '重庆渝机配件有限公司合同专用章',
    ]) {
      expect(text).toContain(word)
    }
    const label = makeTranslator(language)('contracts:document.page').replaceAll(' ', '')
    pages.forEach((page, index) => {
      const wanted = label.replace('{page}', String(index + 1)).replace('{pages}', String(pages.length))
      expect(page).toContain(wanted)
      expect(page).toContain('HT-2026-0001')
    })
  })

  it('says on every page that a draft is one', async () => {
    const mark = makeTranslator(language)('contracts:document.watermark')
    for (const page of await pagesOf(language, { state: 'draft', signDay: null })) expect(page).toContain(mark)
    const signed = await pagesOf(language)
    if (language === 'en') expect(signed.join()).not.toContain(mark)
  })
})

describe('hostile text', () => {
  it('is printed as it was typed', async () => {
    const fields = sampleFields()
    fields.lines[0]!.name = '<b>x</b>{{total}}'
    fields.terms.other = '![x](file:///etc/passwd)'
    const text = (await pagesOf('zh-CN', { fields })).join('')
    expect(text).toContain('<b>x</b>{{total}}')
    expect(text).toContain('![x](file:///etc/passwd)')
    expect(text).not.toContain('root:')
  })

  it('of 200 lines goes over pages with the head on each and the sum once', async () => {
    const fields = sampleFields()
    fields.lines = Array.from({ length: 200 }, (_, i) => ({ ...fields.lines[0]!, name: `轴承 ${i + 1}` }))
    const pages = await pagesOf('zh-CN', { fields })
    expect(pages.length).toBeGreaterThan(5)
    const text = pages.join('')
    expect(text).toContain('轴承200')
    expect(text).toContain('11,300,000.00')
  })
})
