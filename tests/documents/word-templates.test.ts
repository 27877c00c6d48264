import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { fillText, type WordScope } from '#shared/kernel/word-model.ts'
import { contractTexts } from '#shared/modules/contracts/contracts.fill.rules.ts'
import { TEMPLATE_FIELDS, templateScope } from '#shared/modules/wordtemplates/wordtemplates.fields.ts'
import { shownName } from '#shared/modules/wordtemplates/wordtemplates.documents.ts'
import { sampleContract } from '#shared/modules/wordtemplates/wordtemplates.sample.ts'
import { judgeTags } from '#shared/modules/wordtemplates/wordtemplates.findings.rules.ts'
import { readTags } from '#shared/modules/wordtemplates/wordtemplates.tags.rules.ts'
import { createWorkerPool } from '#core/kernel/worker-pool.ts'
import { fillDocx } from '#workers/fill-docx.ts'
import { inspectDocx } from '#workers/inspect-docx.ts'
import { hostileTexts } from '#tests/helpers/hostile-texts.ts'
import { hasWriter, openedInWriter } from '#tests/helpers/libreoffice.ts'
import { RESOURCES } from '#tests/helpers/test-core.ts'
import { unzip } from '#tests/helpers/unzip.ts'
import {
  buildWord,
  paragraph,
  relationship,
  relationships,
  table,
  wordPart,
  wordParts,
  wordTextOf,
} from '#tests/helpers/word-builder.ts'
import { buildZip } from '#tests/helpers/zip-builder.ts'

const BODY = 'word/document.xml'
const blank = '______'
const t = makeTranslator('zh-CN')
const sample = templateScope(contractTexts(sampleContract('goods_sale', 'zh-CN', t), t))
const one = (text: string): WordScope => ({ texts: { x: fillText(text) }, lists: {} })

const filledText = async (bytes: Uint8Array, scope: WordScope, part = BODY, mark: string | null = null) =>
  wordTextOf((await unzip(await fillDocx({ bytes, scope, blank, mark }))).get(part) ?? '')

describe('a filled template', () => {
  it('says what it says, with values in the place of names: in runs, tables, headers and footnotes', async () => {
    const bytes = buildWord(
      paragraph('买受人：{ 买', '方名', '称 }（{Buyer.Name}）') +
        paragraph('{#定金}定金 {定金} 元{/定金}{^定金}不收定金{/定金}。') +
        paragraph('{^保留所有权}不保留所有权。{/保留所有权}') +
        table(['序号', '品名', '金额'], ['{#产品}{序号}', '{品名}', '{金额}{/产品}']) +
        paragraph('{#付款计划}') +
        paragraph('{期次}、{款项}：{付款金额} 元{#本期为定金}（定金）{/本期为定金}') +
        paragraph('{/付款计划}'),
      {
        'word/header1.xml': wordPart('hdr', paragraph('编号 {合同编号}')),
        'word/footnotes.xml': wordPart('footnotes', paragraph('送达：{送达邮箱}')),
        'word/comments.xml': wordPart('footnotes', paragraph('{不是字段}')),
      },
    )
    const name = sample.texts['买方名称'] ?? ''
    const text = await filledText(bytes, sample)
    expect(text.split('\n')).toEqual([
      `买受人：${name}（${name}）`,
      `定金 ${sample.texts['定金']} 元。`,
      '',
      '序号',
      '品名',
      '金额',
      '1',
      '深沟球轴承',
      '56,500.00',
      '2',
      '骨架油封',
      '8,050.00',
      '1、定金：12,910.00 元（定金）',
      '2、到货款：48,412.50 元',
      '3、质保金：3,227.50 元',
      '',
    ])
    expect(await filledText(bytes, sample, 'word/header1.xml')).toBe('编号 HT-2026-0001\n')
    expect(await filledText(bytes, sample, 'word/footnotes.xml')).toContain('purchase@example.com')
    expect(await filledText(bytes, sample, 'word/comments.xml')).toContain('{不是字段}')
  })

  it('prints a line to write on for what is empty, and what nobody knows as it stands', async () => {
    const scope: WordScope = { texts: { x: '' }, lists: {} }
    expect(await filledText(buildWord(paragraph('{x}，{y}，{#x}有{/x}{^x}无{/x}{#z}{/z}')), scope)).toBe(
      '______，{y}，无\n',
    )
  })

  it('that binds nobody says so on its first line', async () => {
    expect(await filledText(buildWord(paragraph('{x}')), one('甲'), BODY, '草稿 <1>')).toBe('草稿 <1>\n甲\n')
  })

  it('holds every text exactly, whatever it is', async () => {
    const bytes = buildWord(paragraph('开始|{x}|结束'))
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom(...'ab <>&"\'{}#/@%\n\t　，𠮷é'), maxLength: 60 }),
        async (text) => {
          const wanted = text === '' ? blank : text
          expect(await filledText(bytes, one(text))).toBe(`开始|${wanted}|结束\n`)
        },
      ),
      { numRuns: 150 },
    )
  })

  it('prints hostile texts as they are, in fields and lists', async () => {
    const texts = hostileTexts(150).map(fillText)
    const scope: WordScope = { texts: {}, lists: { rows: texts.map((x) => ({ texts: { x }, lists: {} })) } }
    const bytes = buildWord(paragraph('{#rows}') + paragraph('[{x}]') + paragraph('{/rows}'))
    const out = await fillDocx({ bytes, scope, blank, mark: null })
    const parts = await unzip(out)
    expect(wordTextOf(parts.get(BODY) ?? '')).toBe(texts.map((text) => `[${text}]\n`).join(''))
    // Nothing of them became a part, a link or an element of its own.
    expect([...parts.keys()].sort()).toEqual(
      wordParts('')
        .map(({ name }) => name)
        .sort(),
    )
  })

  it('never takes a name from what objects inherit, nor raw XML', async () => {
    const bytes = buildWord(
      paragraph('{constructor}{__proto__}{toString}{#constructor}x{/constructor}') + paragraph('{@x}'),
    )
    const text = await filledText(bytes, one('<w:p><w:r><w:t>raw</w:t></w:r></w:p>'))
    expect(text).not.toContain('raw')
    expect(text).toContain('{constructor}{__proto__}{toString}')
  })
})

describe('places', () => {
  it('are told by part, paragraph, table, row and column, as a reader counts', async () => {
    const { lines } = await inspectDocx(
      buildWord(paragraph('一') + paragraph('{a}') + table(['x', '{b}'], ['{c}', 'y']) + paragraph('{d}'), {
        'word/footer2.xml': wordPart('ftr', paragraph('页脚') + paragraph('｛e｝')),
      }),
    )
    expect(lines.map(({ place, text }) => [text, place.part, place.paragraph, place.cell])).toEqual([
      ['{a}', 'body', 2, null],
      ['{b}', 'body', 4, { table: 1, row: 1, column: 2 }],
      ['{c}', 'body', 5, { table: 1, row: 2, column: 1 }],
      ['{d}', 'body', 7, null],
      ['｛e｝', 'footer', 2, null],
    ])
  })

  it.each([
    ['half inside a table', table(['{#产品}{品名}', '{金额}']) + paragraph('{/产品}')],
    ['across columns and rows', table(['{#产品}X', '{/产品}{#付款计划}Y{/付款计划}'])],
  ])('a pair %s is told', async (_, xml) => {
    const findings = judgeTags(readTags(await inspectDocx(buildWord(xml))), 'goods_sale')
    expect(findings.faults.map(({ code }) => code)).toContain('misplaced')
  })
})

const MB = 1024 * 1024
const rels = 'word/_rels/document.xml.rels'
const refused: readonly [string, () => Uint8Array, string][] = [
  ['no zip', () => new TextEncoder().encode('hello'), 'WORD_DAMAGED'],
  ['nothing', () => new Uint8Array(0), 'WORD_DAMAGED'],
  ['a workbook', () => buildZip([{ name: 'xl/workbook.xml', bytes: '<workbook/>' }]), 'WORD_TYPE'],
  [
    'a template of Word (.dotx)',
    () => {
      const parts = wordParts(paragraph('x'))
      return buildZip(
        parts.map((part) => ({ ...part, bytes: String(part.bytes).replace('document.main', 'template.main') })),
      )
    },
    'WORD_TYPE',
  ],
  ['macros', () => buildWord('', { 'word/vbaProject.bin': 'x' }), 'WORD_MACROS'],
  [
    'a type with macros',
    () =>
      buildZip(
        wordParts('').map((part) => ({
          ...part,
          bytes: String(part.bytes).replace(
            '</Types>',
            '<Override PartName="/word/a.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>',
          ),
        })),
      ),
    'WORD_MACROS',
  ],
  [
    'a template elsewhere',
    () =>
      buildWord('', {
        'word/_rels/settings.xml.rels': relationships(
          relationship('attachedTemplate', 'file:///C:/t.dotm', 'TargetMode="External"'),
        ),
      }),
    'WORD_LINKS',
  ],
  [
    'a picture elsewhere',
    () => buildWord('', { [rels]: relationships(relationship('image', 'http://x/1.png', 'TargetMode="External"')) }),
    'WORD_LINKS',
  ],
  [
    'a link to a program',
    () =>
      buildWord('', { [rels]: relationships(relationship('hyperlink', 'file:///c:/x.exe', 'TargetMode="External"')) }),
    'WORD_LINKS',
  ],
  [
    'a chunk of another format',
    () => buildWord('', { [rels]: relationships(relationship('aFChunk', 'a.html')) }),
    'WORD_LINKS',
  ],
  ['an embedded object', () => buildWord('<w:p><w:r><w:object/></w:r></w:p>'), 'WORD_OBJECTS'],
  [
    'a field that fetches, in pieces',
    () =>
      buildWord(
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> INCLUDE</w:instrText></w:r><w:r><w:instrText>TEXT "c:/x"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
      ),
    'WORD_FETCHES',
  ],
  ['a simple field that fetches', () => buildWord('<w:p><w:fldSimple w:instr=" DDEAUTO c:/x"/></w:p>'), 'WORD_FETCHES'],
  [
    'entities within entities',
    () =>
      buildZip(
        wordParts('').map((part) =>
          part.name === BODY
            ? { ...part, bytes: `<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>${String(part.bytes)}` }
            : part,
        ),
      ),
    'WORD_BOMB',
  ],
  [
    'a DOCTYPE in a part beside',
    () => buildWord('', { 'word/styles.xml': '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>' }),
    'WORD_BOMB',
  ],
  ['a part that unfolds', () => buildWord('', { 'word/styles.xml': `<x>${' '.repeat(180 * MB)}</x>` }), 'WORD_BOMB'],
  ['names that climb', () => buildWord('', { '../../evil.xml': '<x/>' }), 'WORD_BOMB'],
  ['broken XML', () => buildWord('<w:p>'), 'WORD_DAMAGED'],
  ['more text than any contract', () => buildWord(textOf(9 * MB)), 'WORD_TOO_LARGE'],
  ['10 000 tags', () => buildWord(paragraph('{买方名称}').repeat(10_000)), 'WORD_TOO_MANY_TAGS'],
  [
    'passages in passages',
    () => buildWord(paragraph('{#定金}'.repeat(900), '{/定金}'.repeat(900))),
    'WORD_TOO_MANY_TAGS',
  ],
  ['a file too large', () => new Uint8Array(20 * MB + 1), 'WORD_TOO_LARGE'],
]

/** Text that does not pack to nothing. */
function textOf(bytes: number): string {
  let text = ''
  for (let i = 0; text.length < bytes; i += 1) text += ((i * 2_654_435_761) % 4_294_967_296).toString(36)
  return paragraph(text)
}

describe('what is refused', () => {
  it.each(refused)('%s', async (_, make, code) => {
    await expect(inspectDocx(make())).rejects.toMatchObject({ code })
  })

  it('links to pages and addresses, and plain fields of Word, are not', async () => {
    const links = ['https://example.com/', 'mailto:a@example.com'].map((target) =>
      relationship('hyperlink', target, 'TargetMode="External"'),
    )
    const page =
      '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://x/link/import" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{x}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    const { lines } = await inspectDocx(buildWord(page, { [rels]: relationships(...links) }))
    expect(lines.map(({ text }) => text)).toEqual(['{x}'])
  })
})

const pool = createWorkerPool({ resourcesDir: RESOURCES, size: 1 })
afterAll(() => pool.close())

describe('in a thread of their own', () => {
  it('templates are read and filled, and refusals come back by their names', async () => {
    const bytes = buildWord(paragraph('{买方名称}'))
    expect((await pool.run('inspect-docx', { bytes })).lines).toHaveLength(1)
    const out = await pool.run('fill-docx', { bytes, scope: sample, blank, mark: null })
    expect(wordTextOf((await unzip(out)).get(BODY) ?? '')).toBe(`${sample.texts['买方名称']}\n`)
    const macros = buildWord('', { 'word/vbaProject.bin': 'x' })
    await expect(pool.run('inspect-docx', { bytes: macros })).rejects.toMatchObject({ code: 'WORD_MACROS' })
  })
})

describe('LibreOffice', () => {
  it('opens a filled template and reads every value in it', async (context) => {
    if (!hasWriter()) return context.skip('LibreOffice Writer is not installed')
    const fields = TEMPLATE_FIELDS.filter(({ kind }) => kind !== 'condition' && kind !== 'list')
    const plain = fields.filter(({ within }) => within === null)
    const listed = (list: string) => fields.filter(({ within }) => within === list)
    const tag = (field: (typeof fields)[number]) => `{${shownName(field, 'zh-CN')}}`
    const loop = (list: string, name: string) =>
      paragraph(`{#${name}}`) + paragraph(listed(list).map(tag).join(' ¦ ')) + paragraph(`{/${name}}`)
    const bytes = buildWord(
      plain.map((field) => paragraph(`${field.code}=`, tag(field))).join('') +
        loop('lines', '产品') +
        loop('plan', '付款计划'),
    )
    const filled = await fillDocx({ bytes, scope: sample, blank, mark: '草稿' })
    const [opened] = await openedInWriter([filled], 'txt')
    const text = new TextDecoder().decode(opened)
    expect(text.startsWith('草稿')).toBe(true)
    for (const field of plain) {
      const value = sample.texts[field.code.toLowerCase()] ?? ''
      expect(text).toContain(`${field.code}=${value === '' ? blank : value}`)
    }
    for (const list of ['lines', 'plan'] as const) {
      for (const { texts } of sample.lists[list] ?? []) {
        expect(text).toContain(
          listed(list)
            .map(({ code }) => texts[code.toLowerCase()])
            .join(' ¦ '),
        )
      }
    }
  })
})
