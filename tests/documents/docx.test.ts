import { describe, expect, it } from 'vitest'
import { LOCALES } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import type { DocumentBlock } from '#shared/kernel/document-model.ts'
import { contractDocument } from '#shared/modules/contracts/contracts.documents.ts'
import { wordText } from '#workers/docx-text.ts'
import { imageSize } from '#workers/image-size.ts'
import { officeKind } from '#workers/office-kind.ts'
import { renderDocx } from '#workers/render-docx.ts'
import { readXml } from '#workers/xml-reader.ts'
import { openZip } from '#workers/zip-file.ts'
import { documentTexts, squeezed } from '#tests/helpers/document-text.ts'
import { hostileTexts } from '#tests/helpers/hostile-texts.ts'
import { hasWriter, openedInWriter } from '#tests/helpers/libreoffice.ts'
import { pdfPages } from '#tests/helpers/pdf-text.ts'
import { STANDARD_RARE } from '#tests/helpers/rare-characters.ts'
import { sampleFields, sampleSeller } from '#tests/helpers/sample-contract.ts'
import { everywhere, longText, paragraph, sampleDocument } from '#tests/helpers/sample-document.ts'
import { shippedTemplate } from '#tests/helpers/shipped-templates.ts'
import { unzip } from '#tests/helpers/unzip.ts'

const PNG =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

/** Every kind of block, and every look of a text. */
const allBlocks = sampleDocument(
  [
    ...everywhere('甲乙丙 𠮷'),
    {
      kind: 'paragraph',
      runs: [
        { text: '原价', mark: 'removed' },
        { text: '现价', mark: 'inserted' },
      ],
      small: true,
      align: 'right',
    },
    { kind: 'list', items: ['圆点一', '圆点二'], ordered: false },
    { kind: 'list', items: ['又从一起', '第二'] },
    { kind: 'rule' },
    { kind: 'space', points: 20 },
    { kind: 'image', data: PNG, width: 60 },
    { kind: 'page' },
    { kind: 'table', columns: [{ head: '新页', width: '*' }], rows: [['一']], sums: [] },
  ],
  { watermark: '草稿', footNote: '脚注' },
)

const contract = (language: (typeof LOCALES)[number]) => {
  const input = {
    fields: sampleFields(undefined, language),
    seller: sampleSeller,
    sealName: '重庆渝机配件有限公司合同专用章',
    number: 'HT-2026-0001',
    state: 'draft',
    signDay: null,
  } as const
  return contractDocument(input, shippedTemplate(language), makeTranslator(language))
}

describe('a document for Word', () => {
  it('is an ordinary file: no macro, nothing from outside, nothing of who made it when', async () => {
    const bytes = await renderDocx(allBlocks)
    expect(await officeKind(bytes)).toBe('docx')
    const parts = await unzip(bytes)
    for (const [name, text] of parts) if (name.endsWith('.rels')) expect(text).not.toContain('External')
    expect(parts.get('docProps/core.xml')).toContain('<dc:title>样张</dc:title>')
    expect(parts.get('docProps/core.xml')).toContain('<dc:creator>重庆渝机配件有限公司</dc:creator>')
    expect([...parts.values()].join()).not.toMatch(/Un-named|lastModified|dcterms:|20\d\d-\d\d-\d\dT/)
    // Twice the same, and in another second too: no hour, no lot.
    await new Promise((resolve) => setTimeout(resolve, 2100))
    expect(Buffer.from(await renderDocx(allBlocks)).equals(Buffer.from(bytes))).toBe(true)
  })

  it('has fonts and language for Chinese, the page of the PDF, and fields for page x of y', async () => {
    for (const [language, font] of [
      ['zh-CN', 'SimSun'],
      ['zh-TW', 'PMingLiU'],
      ['en', 'SimSun'],
    ] as const) {
      const parts = await unzip(await renderDocx({ ...allBlocks, language }))
      expect(parts.get('word/styles.xml')).toContain(`w:eastAsia="${font}"`)
      expect(parts.get('word/styles.xml')).toContain(`w:eastAsia="${language === 'en' ? 'zh-CN' : language}"`)
      expect(parts.get('word/document.xml')).toMatch(/<w:pgSz w:w="11906" w:h="16838"/)
      expect(parts.get('word/footer1.xml')).toMatch(/第 <.*PAGE.* 页 共 .*NUMPAGES.* 页/)
      expect(parts.get('word/header1.xml')).toContain('string="草稿"')
    }
    const wide = await unzip(await renderDocx({ ...allBlocks, landscape: true }))
    expect(wide.get('word/document.xml')).toMatch(/<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/)
  })

  it('keeps the proportions of a picture, PNG or JPEG', async () => {
    const frame = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 1, 0xff, 0xc2, 0, 11, 8, 0, 20, 0, 40, 1, 1, 17, 0, 0xff, 0xd9]
    const jpeg = `data:image/jpeg;base64,${Buffer.from(frame).toString('base64')}`
    for (const [data, height] of [
      [PNG, 60],
      [jpeg, 30],
    ] as const) {
      const parts = await unzip(await renderDocx(sampleDocument([{ kind: 'image', data, width: 60 }])))
      // In parts of which a point has 12 700.
      expect(parts.get('word/document.xml')).toContain(`<wp:extent cx="762000" cy="${height * 12_700}"/>`)
    }
    expect(() => imageSize(Buffer.from('GIF89a'))).toThrow()
  })

  it('takes hostile texts as texts, not one sign that XML forbids', async () => {
    for (const text of hostileTexts(500)) expect(wordText(text)).not.toMatch(/[\0-\u0008\u000b-\u001f\ufffe\uffff]/)
    const document = sampleDocument(hostileTexts(150).flatMap(everywhere), {
      title: '</dc:title>&\ufffe',
      watermark: '"><x',
    })
    const zip = await openZip(await renderDocx(document))
    for (const name of zip.names()) await readXml(zip, name, {})
    await expect(renderDocx(sampleDocument([{ kind: 'image', data: '/etc/passwd', width: 10 }]))).rejects.toThrow()
    const objects = [{ svg: '<svg/>' }, null, undefined] as unknown as string[]
    for (const value of objects) {
      expect((await unzip(await renderDocx(sampleDocument(everywhere(value))))).get('word/document.xml')).toMatch(
        /\[object \w+\]/,
      )
    }
  })
})

describe('in a second program', () => {
  it('it says what the model says', async (context) => {
    if (!hasWriter()) return context.skip('LibreOffice Writer is not installed')
    const documents = [
      allBlocks,
      ...LOCALES.map(contract),
      sampleDocument([paragraph(STANDARD_RARE), paragraph(STANDARD_RARE, true)]),
      sampleDocument(hostileTexts(100).flatMap(everywhere)),
    ]
    const texts = await openedInWriter(await Promise.all(documents.map(renderDocx)), 'txt')
    documents.forEach((document, i) => {
      const read = squeezed(new TextDecoder().decode(texts[i])).replace(/^\ufeff/, '')
      expect(read).toBe(squeezed(documentTexts(document).map(wordText).join('')))
    })
  })

  it('it has head and foot on every page, heads of tables again, no row and no signature torn', async (context) => {
    if (!hasWriter()) return context.skip('LibreOffice Writer is not installed')
    const rows = Array.from({ length: 120 }, (_, i) => [`始${i}末`, `始${i}${longText(i % 90)}末`, `${i}.00`])
    const blocks: DocumentBlock[] = [
      ...Array.from({ length: 17 }, (_, i) => paragraph(`填充${i}`)),
      { kind: 'heading', text: '标题在此' },
      {
        kind: 'table',
        columns: [
          { head: '表头甲', width: 60 },
          { head: '表头乙', width: '*' },
          { head: '表头丙', width: 60, align: 'right' },
        ],
        rows,
        sums: [['合计丁', '', '7140.00']],
      },
      ...Array.from({ length: 11 }, (_, i) => paragraph(`续${i}`)),
      paragraph('末段文字'),
      { kind: 'signatures', parties: [{ heading: '甲方签字', name: '某公司', lines: ['日期一'], seal: '盖章处' }] },
    ]
    const [pdf] = await openedInWriter([await renderDocx(sampleDocument(blocks))], 'pdf')
    const pages = await pdfPages(pdf as Uint8Array)
    expect(pages.length).toBeGreaterThan(5)
    pages.forEach((page, i) => {
      expect(page).toContain('重庆渝机配件有限公司YZ-2026-0001')
      expect(page).toContain(`第${i + 1}页共${pages.length}页`)
      expect(page.split('始').length, page).toBe(page.split('末').length - (page.includes('末段') ? 1 : 0))
      expect(page.replace(/第\d+页共\d+页/, '')).not.toMatch(/标题在此$|表头丙$/)
      expect(page.includes('表头甲')).toBe(/始\d/.test(page))
    })
    expect(pages.filter((page) => /末段文字|甲方签字|日期一|盖章处/.test(page))).toHaveLength(1)
  })
})
