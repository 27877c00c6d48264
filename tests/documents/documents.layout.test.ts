import { describe, expect, it } from 'vitest'
import type { DocumentBlock, DocumentModel } from '#shared/kernel/document-model.ts'
import { createPdfRenderer } from '#workers/render-pdf.ts'
import { pdfPages } from '#tests/helpers/pdf-text.ts'
import { hasPoppler, poppler } from '#tests/helpers/pdf-tools.ts'
import { longText, paragraph, sampleDocument, sampleLetter } from '#tests/helpers/sample-document.ts'

const renderer = createPdfRenderer(new URL('../../resources', import.meta.url).pathname)
const pagesOf = async (...documents: DocumentModel[]) => pdfPages(await renderer.render(documents))
/** As high as wide. */
const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const plain = (text: string) => text.replace(/\s+/g, '')

describe('text', () => {
  it('comes out as it went in, by two readers, with the fonts inside the file', async () => {
    const text = longText(3000)
    const bytes = await renderer.render([sampleDocument([paragraph(text)])])
    const pages = (await pdfPages(bytes)).map((page) => page.replace('重庆渝机配件有限公司YZ-2026-0001', ''))
    expect(pages.join('').replace(/第\d+页共\d+页/g, '')).toBe(plain(text))
    if (!hasPoppler()) return
    const read = poppler('pdftotext', bytes, ['-raw', '-enc', 'UTF-8', '%', '-'])
    expect(plain(read)).toContain(plain(text).slice(0, 1000))
    const fonts = poppler('pdffonts', bytes, ['%']).trim().split('\n').slice(2)
    expect(fonts.length).toBeGreaterThan(0)
    for (const font of fonts) expect(font).toMatch(/NotoSansSC-\w+ +CID TrueType +Identity-H +yes yes yes/)
  })

  it('prints 〓 for a character that no font has, and names it beforehand', async () => {
    const rare = '客户\u{30000}野、㛃、䶮与𬭎'
    expect(renderer.missing([rare, '👍 \u{30000}\n\u200b'])).toEqual(['\u{30000}', '👍'])
    expect((await pagesOf(sampleDocument([paragraph(rare)]))).join('')).toContain('客户〓野、㛃、䶮与𬭎')
  })

  it('does not let one document change how another is searched', async () => {
    await renderer.render([sampleDocument([paragraph('⼀⼈')])])
    expect((await pagesOf(sampleDocument([paragraph('一人')]))).join('')).toContain('一人')
  })

  it('starts no line with closing punctuation and ends none with an opening one', async () => {
    if (!hasPoppler()) return
    const sentence =
      '依照“重庆渝机配件有限公司”（以下简称“出卖人”）与买受人签订的《产品购销合同》，价款为 64,550.08 元，账号 3100 0123 4567。'
    for (const shift of [0, 1, 2, 3, 5, 8, 13, 21]) {
      const bytes = await renderer.render([sampleDocument([paragraph('甲'.repeat(shift) + sentence.repeat(12))])])
      const lines = poppler('pdftotext', bytes, ['-layout', '%', '-'])
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean)
      expect(lines.length).toBeGreaterThan(15)
      for (const line of lines) {
        expect(line).not.toMatch(/^[，。；：、！？）》”’」]/)
        expect(line).not.toMatch(/[（《“‘「]$/)
        expect(line).not.toMatch(/^元|^0123/)
      }
    }
  })
})

describe('pages', () => {
  it('are numbered per document of a batch, each with its own head, foot, mark and direction', async () => {
    const three = sampleDocument([paragraph(longText(4500))], { number: 'A-3', issuer: '甲公司', footNote: '脚注甲' })
    const wide = sampleDocument([paragraph(longText(300))], { number: 'B-1', landscape: true, watermark: '草稿' })
    const bytes = await renderer.render([three, wide, sampleLetter(7)])
    const pages = await pdfPages(bytes)
    const count = pages.filter((page) => page.includes('A-3')).length
    expect(count).toBeGreaterThan(2)
    expect(pages).toHaveLength(count + 2)
    pages.slice(0, count).forEach((page, i) => {
      expect(page).toContain(`第${i + 1}页共${count}页`)
      expect(page).toContain('脚注甲')
      expect(page).not.toContain('草稿')
    })
    expect(pages[count]).toContain('第1页共1页')
    expect(pages[count]).toContain('草稿')
    expect(pages[count + 1]).toContain('CK-2026-7')
    expect(pages[count + 1]).not.toContain('草稿')
    if (!hasPoppler()) return
    const info = poppler('pdfinfo', bytes, ['-f', '1', '-l', String(count + 2), '%'])
    expect(info).toMatch(new RegExp(`Page +${count + 1} size: +841.89 x 595.28`))
    expect(info).toMatch(new RegExp(`Page +${count + 2} size: +595.28 x 841.89`))
  })

  it('repeat the head of a table and hold every row once', async () => {
    const rows = Array.from({ length: 180 }, (_, i) => [`第${i + 1}行完`, longText(i % 60), String(i)])
    const block: DocumentBlock = {
      kind: 'table',
      columns: [
        { head: '行次甲', width: 90 },
        { head: '内容乙', width: '*' },
        { head: '序丙', width: 40, align: 'right' },
      ],
      rows,
      sums: [['合计丁', '', '16110']],
    }
    const pages = await pagesOf(sampleDocument([block]))
    for (const page of pages) expect(page.match(/行次甲/g)).toHaveLength(1)
    const all = pages.join('')
    rows.forEach((_, i) => expect(all.split(`第${i + 1}行完`)).toHaveLength(2))
    expect(pages.at(-1)).toContain('16110')
  })

  it('lose nothing of a cell, a paragraph or a signature that is higher than a page', async () => {
    const long = `${longText(6000)}终`
    const blocks: DocumentBlock[][] = [
      [
        {
          kind: 'table',
          columns: [
            { head: '甲', width: 60 },
            { head: '乙', width: '*' },
          ],
          rows: [
            ['一', long],
            ['二', '短'],
          ],
        },
      ],
      [{ kind: 'facts', columns: 1, items: [{ label: '甲', value: long }] }],
      [{ kind: 'bilingual', rows: [{ left: long, right: '' }] }],
      [{ kind: 'heading', text: '条' }, paragraph(long)],
      [
        paragraph(long),
        { kind: 'signatures', parties: [{ heading: '甲方', name: '名', lines: ['日期'], seal: '盖章' }] },
      ],
      [{ kind: 'list', items: [long] }],
    ]
    for (const list of blocks) {
      const text = (await pagesOf(sampleDocument(list)))
        .join('')
        .replace(/重庆渝机配件有限公司YZ-2026-0001|第\d+页共\d+页/g, '')
      for (const piece of plain(long).match(/.{1,40}/gu) ?? []) {
        // A head or a foot may stand between two halves of a sentence; its halves are there then.
        const there = text.includes(piece) || (text.includes(piece.slice(0, 12)) && text.includes(piece.slice(-12)))
        expect(there, piece).toBe(true)
      }
    }
  })

  it('are whole for a second reader where a row goes on over them', async () => {
    if (!hasPoppler()) return
    const rows = Array.from({ length: 30 }, (_, i) => [`行${i}末`, i === 9 ? longText(3000) : longText(60 + i * 7)])
    const columns = [
      { head: '甲', width: 60 },
      { head: '乙', width: '*' as const },
    ]
    for (const lead of [0, 7, 20]) {
      const before = Array.from({ length: lead }, (_, i) => paragraph(`填充${i}`))
      const bytes = await renderer.render([sampleDocument([...before, { kind: 'table', columns, rows }])])
      const pages = poppler('pdftotext', bytes, ['-raw', '-enc', 'UTF-8', '%', '-']).split('\f').slice(0, -1)
      for (const page of pages) expect(page).toContain('YZ-2026-0001')
      rows.forEach((_, i) => expect(pages.join('').split(`行${i}末`)).toHaveLength(2))
    }
  })

  it('never end with a heading, and keep signatures whole and with the words before them', async () => {
    for (let lines = 20; lines < 50; lines += 1) {
      const filler = Array.from({ length: lines }, (_, i) => paragraph(`填充${i}`))
      const after: DocumentBlock[] = [
        paragraph('随标题之后的段落'),
        { kind: 'table', columns: [{ head: '表头甲', width: '*' }], rows: [['行一'], ['行二']] },
        { kind: 'bilingual', rows: [{ left: longText(200), right: 'words' }] },
      ]
      const pages = await pagesOf(
        sampleDocument([
          ...filler,
          { kind: 'heading', text: '标题在此' },
          after[lines % 3] as DocumentBlock,
          paragraph('末段文字'),
          { kind: 'signatures', parties: [{ heading: '甲方签字', name: '某公司', lines: ['日期一'], seal: '盖章处' }] },
        ]),
      )
      const body = pages.map((page) => page.replace(/第\d+页共\d+页$/, ''))
      for (const page of body) expect(page).not.toMatch(/标题在此$/)
      const last = body.filter((page) => /末段文字|甲方签字|日期一|盖章处/.test(page))
      expect(last).toHaveLength(1)
    }
  })

  it('keep words that introduce a table with it, and a short paragraph in one piece', async () => {
    for (let lines = 24; lines < 44; lines += 2) {
      const filler = Array.from({ length: lines }, (_, i) => paragraph(`填充${i}`))
      const pages = await pagesOf(
        sampleDocument([
          ...filler,
          { kind: 'heading', text: '付款在此' },
          paragraph('按下表分期支付：'),
          { kind: 'table', columns: [{ head: '表头甲', width: '*' }], rows: [['行一'], ['行二']] },
          ...filler.slice(0, 12),
          paragraph(`短段开始${longText(90)}短段完`),
        ]),
      )
      const page = (word: string) => pages.findIndex((text) => text.includes(word))
      expect([page('付款在此'), page('按下表分期支付')]).toEqual([page('行二'), page('行二')])
      expect(page('短段开始')).toBe(page('短段完'))
    }
  })

  it('start anew where told, without an empty one', async () => {
    const pages = await pagesOf(
      sampleDocument([
        { kind: 'page' },
        paragraph('一'),
        { kind: 'page' },
        { kind: 'heading', text: '二' },
        paragraph('二之一'),
        { kind: 'page' },
      ]),
    )
    expect(pages).toHaveLength(2)
    expect(pages[1]).toContain('二之一')
  })

  it('keep every table inside the edges, whatever its widths and words', async () => {
    const word = 'ThisIsOneVeryLongWordWithoutAnyPlaceToBreak'.repeat(3)
    const widths: ('*' | number)[][] = [
      ['*', '*', '*'],
      [200, 300, 400],
      [400, '*', '*'],
      ['*', 10, 600],
    ]
    for (const set of widths) {
      const bytes = await renderer.render([
        sampleDocument([
          {
            kind: 'table',
            columns: set.map((width) => ({ head: 'Specification', width })),
            rows: [[word, word, word]],
          },
        ]),
      ])
      const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs')
      const task = getDocument({ data: bytes.slice(), verbosity: 0 })
      const { items } = await (await (await task.promise).getPage(1)).getTextContent()
      for (const item of items) {
        if ('transform' in item) expect(item.transform[4] + item.width).toBeLessThan(595.28 - 50)
      }
      await task.destroy()
    }
  })

  it('show a picture of ours', async () => {
    const bytes = await renderer.render([sampleDocument([{ kind: 'image', data: PIXEL, width: 60 }, { kind: 'rule' }])])
    expect(Buffer.from(bytes).toString('latin1')).toContain('/Subtype /Image')
  })

  it('never leave the heading of a picture behind, wherever on the page it falls', async () => {
    for (const lines of [20, 30, 33, 36, 39]) {
      const text = Array.from({ length: lines }, (_, n) => paragraph(`第${n}行`))
      const blocks = [
        ...text,
        { kind: 'heading' as const, text: '图样' },
        { kind: 'image' as const, data: PIXEL, width: 200 },
      ]
      const { getDocument, OPS } = await import('pdfjs-dist/legacy/build/pdf.mjs')
      const task = getDocument({ data: (await renderer.render([sampleDocument(blocks)])).slice(), verbosity: 0 })
      const file = await task.promise
      const pages = await Promise.all(
        Array.from({ length: file.numPages }, async (_, n) => {
          const page = await file.getPage(n + 1)
          const { items } = await page.getTextContent()
          const { fnArray } = await page.getOperatorList()
          return {
            heading: items.some((item) => 'str' in item && item.str.includes('图样')),
            picture: fnArray.includes(OPS.paintImageXObject),
          }
        }),
      )
      expect([lines, pages.map((page) => page.heading)]).toEqual([lines, pages.map((page) => page.picture)])
      await task.destroy()
    }
  })
})
