import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LOCALES } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { asDay } from '#shared/kernel/dates.ts'
import { tagName, fillText, type WordLine } from '#shared/kernel/word-model.ts'
import { CONTRACT_KINDS } from '#shared/modules/contracts/contracts.schema.ts'
import { CONTRACT_TEXTS, contractTexts, TEXT_LISTS } from '#shared/modules/contracts/contracts.fill.rules.ts'
import { fieldSheet } from '#shared/modules/wordtemplates/wordtemplates.documents.ts'
import {
  fieldOf,
  namesKnown,
  spellings,
  TEMPLATE_FIELDS,
  templateScope,
} from '#shared/modules/wordtemplates/wordtemplates.fields.ts'
import { judgeTags, usable, WANTED } from '#shared/modules/wordtemplates/wordtemplates.findings.rules.ts'
import { currentEdition, standings, type EditionFacts } from '#shared/modules/wordtemplates/wordtemplates.rules.ts'
import { sampleContract } from '#shared/modules/wordtemplates/wordtemplates.sample.ts'
import { readTags, TAG_FAULTS } from '#shared/modules/wordtemplates/wordtemplates.tags.rules.ts'
import names from '#shared/modules/wordtemplates/field-names.json' with { type: 'json' }
import { sampleFields, sampleSeller } from '#tests/helpers/sample-contract.ts'

const body = (...texts: readonly string[]): WordLine[] =>
  texts.map((text, index) => ({ place: { part: 'body', paragraph: index + 1, cell: null }, text }))
const read = (...texts: readonly string[]) => readTags({ lines: body(...texts), misplaced: [] })
const judge = (...texts: readonly string[]) => judgeTags(read(...texts), 'goods_sale')
const faults = (...texts: readonly string[]) => judge(...texts).faults.map(({ code, text }) => `${code} ${text}`)

const printed = (language: (typeof LOCALES)[number]) => ({
  fields: sampleFields(undefined, language),
  seller: sampleSeller,
  sealName: '合同专用章',
  number: 'HT-2026-0001',
  state: 'draft' as const,
  signDay: '2026-05-18',
})

describe('the catalogue', () => {
  it('names every text that a contract has, and nothing else', () => {
    const { texts, lists } = contractTexts(
      sampleContract('goods_sale', 'zh-CN', makeTranslator('zh-CN')),
      makeTranslator('zh-CN'),
    )
    const given = [...Object.keys(texts), ...TEXT_LISTS.flatMap((list) => Object.keys(lists[list][0] ?? {}))]
    expect(TEXT_LISTS.filter((list) => lists[list].length === 0)).toEqual([])
    expect(new Set(CONTRACT_TEXTS.map(({ code }) => code))).toEqual(new Set(given))
    expect(Object.keys(names).sort()).toEqual([...given, ...TEXT_LISTS].sort())
    expect(TEMPLATE_FIELDS.map(({ code }) => code).sort()).toEqual(Object.keys(names).sort())
  })

  it.each(LOCALES)('has a name for each of them in %s', (locale) => {
    expect(TEMPLATE_FIELDS.filter((field) => (field.names[locale][0] ?? '') === '').map(({ code }) => code)).toEqual([])
  })

  it.each([null, ...TEXT_LISTS])('means one field by each name within %s', (within) => {
    const own = TEMPLATE_FIELDS.filter((field) => field.within === within).flatMap(spellings)
    expect(own.length).toBe(new Set(own).size)
    for (const { name, field } of namesKnown(null)) expect(fieldOf(name, null)).toBe(field)
  })

  it('knows a name in any script, width, case and spacing', () => {
    for (const name of [
      '买方名称',
      '買方名稱',
      'buyer.name',
      'Buyer.Name',
      ' 买 方\u00a0名称 ',
      'ｂｕｙｅｒ．ｎａｍｅ',
      'Buyer name',
    ]) {
      expect([name, fieldOf(name, null)?.code]).toEqual([name, 'buyer.name'])
    }
    expect(fieldOf('constructor', null)).toBeNull()
    expect(fieldOf('__proto__', 'lines')).toBeNull()
  })

  it('reads a name in a list as that of its row first, and outside of it as that of the contract', () => {
    expect(fieldOf('税额', null)?.code).toBe('tax')
    expect(fieldOf('税额', 'lines')?.code).toBe('line.tax')
    expect(fieldOf('税额', 'plan')?.code).toBe('tax')
    expect(fieldOf('买方名称', 'lines')?.code).toBe('buyer.name')
    expect(fieldOf('品名', null)).toBeNull()
  })

  it.each(LOCALES)('fills every name with the text of the contract in %s', (locale) => {
    const filled = contractTexts(sampleContract('goods_sale', locale, makeTranslator(locale)), makeTranslator(locale))
    const empty = Object.entries(filled.texts).filter(([, text]) => text === '')
    // A dispute goes to court or to arbitration, and a term ends or goes on.
    expect(empty.map(([code]) => code)).toEqual(['contract.endsItself', 'dispute.arbitration'])
    const { texts, lists } = templateScope(filled)
    for (const field of TEMPLATE_FIELDS) {
      for (const name of spellings(field)) {
        if (field.kind === 'list') expect(lists[name]?.length).toBe(filled.lists[field.code as 'lines'].length)
        else if (field.within === null) expect(texts[name]).toBe(filled.texts[field.code])
        else expect(lists[field.within]?.[0]?.texts[name]).toBe(filled.lists[field.within][0]?.[field.code])
      }
    }
  })

  it('says nothing of amounts that a price list does not have', () => {
    const input = printed('zh-CN')
    const listed = {
      ...input.fields,
      kind: 'frame' as const,
      lines: input.fields.lines.map((line) => ({ ...line, quantity: 0 })),
    }
    const { texts, lists } = contractTexts({ ...input, fields: listed }, makeTranslator('zh-CN'))
    expect([
      texts['total'],
      texts['total.capitals'],
      lists.lines[0]?.['line.amount'],
      lists.plan[0]?.['plan.amount'],
    ]).toEqual(['', '', '', ''])
    expect(lists.lines[0]?.['line.price']).toBe('56.50')
    expect(lists.plan[2]?.['plan.share']).toBe('余额')
  })

  it('says the second language as far as it was translated', () => {
    const input = printed('zh-CN')
    const { terms } = input.fields
    const second = { ...terms.second, title: 'Sale of bearings', buyerName: 'Xingchuan Ltd.' }
    const two = { ...input.fields, terms: { ...terms, secondLanguage: 'en' as const, second } }
    expect(contractTexts({ ...input, fields: two }, makeTranslator('zh-CN')).texts).toMatchObject({
      'second.title': 'Sale of bearings',
      'second.buyerName': 'Xingchuan Ltd.',
      'second.sellerName': sampleSeller.name,
      'second.quality': terms.quality,
    })
    expect(contractTexts(input, makeTranslator('zh-CN')).texts['second.title']).toBe('')
  })

  it('says amounts in figures and capitals that belong together, and sums the deposits', () => {
    const input = printed('zh-CN')
    input.fields.plan[0]!.isDeposit = true
    const { texts, lists } = contractTexts(input, makeTranslator('zh-CN'))
    expect(texts).toMatchObject({
      total: '64,550.08',
      'total.capitals': '人民币陆万肆仟伍佰伍拾元零捌分',
      'total.words': 'RMB sixty-four thousand five hundred and fifty and 08/100 only',
      deposit: '19,365.02',
      'deposit.capitals': '人民币壹万玖仟叁佰陆拾伍元零贰分',
      'penalty.rate': '0.05%',
      'penalty.cap': '10%',
    })
    expect(lists.lines[1]).toMatchObject({ 'line.no': '2', 'line.price': '20.1252', 'line.amount': '8,050.08' })
    expect(lists.plan.map((row) => row['plan.deposit'])).toEqual(['yes', '', ''])
  })
})

describe('tags', () => {
  it('are read with mark, name and the words around them', () => {
    const { tags, faults: wrong } = read('甲：{买方名称}，{ # 产品 }{序号}{/产品}{^定金}无{/}')
    expect(wrong).toEqual([])
    expect(tags.map(({ mark, name }) => `${mark} ${name}`)).toEqual([
      'field 买方名称',
      'open 产品',
      'field 序号',
      'close 产品',
      'inverse 定金',
      'close ',
    ])
    expect(tags[0]?.place).toMatchObject({ paragraph: 1, excerpt: '甲：{买方名称}，{ # 产品 }{序号}{/产…' })
  })

  it.each([
    ['{买方名称', 'unclosed {买方名称'],
    ['{买方{买方名称}', 'unclosed {买方'],
    ['买方名称}', 'unopened 买方名称}'],
    ['{}', 'empty {}'],
    ['{ # }', 'empty { # }'],
    [`{${'很'.repeat(61)}}`, `tooLong {${'很'.repeat(59)}`],
    ['｛买方名称｝', 'fullWidth ｛买方名称｝'],
    ['{＃产品}', 'fullWidth {＃产品}'],
    ['{@附件}', 'rawXml {@附件}'],
    ['{%印章}', 'image {%印章}'],
    ['{:include x.docx}', 'include {:include x.docx}'],
    ['{+条款}', 'include {+条款}'],
    ['{~~内容}', 'html {~~内容}'],
    ['{=[[ ]]=}', 'delimiters {=[[ ]]=}'],
    ['{-w:tr 产品}', 'strange {-w:tr 产品}'],
    ['{#产品}', 'sectionUnclosed {#产品}'],
    ['{/产品}', 'sectionUnopened {/产品}'],
    ['{#产品}{#定金}{/产品}{/定金}', 'sectionCrossed {#定金} … {/产品}'],
  ])('%s is refused by name', (text, said) => {
    expect(faults(text)).toContain(said)
    expect(usable(judge(text))).toBe(false)
  })

  it('open and close within one part of the file, over as many paragraphs as they like', () => {
    expect(faults('{#产品}', '{品名}', '{/产品}')).toEqual([])
    const lines: WordLine[] = [
      ...body('{#产品}'),
      { place: { part: 'header', paragraph: 1, cell: null }, text: '{/产品}' },
    ]
    expect(
      readTags({ lines, misplaced: [] })
        .faults.map(({ code }) => code)
        .sort(),
    ).toEqual(['sectionUnclosed', 'sectionUnopened'])
  })

  it('that would tear a table are told with their place; what only follows from other faults is not told again', () => {
    const lines = body('{#产品}{品名}', '{/产品}')
    expect(readTags({ lines, misplaced: [{ tag: '产品', torn: true }] }).faults).toMatchObject([
      { code: 'misplaced', text: '{#产品}', place: { paragraph: 1 } },
    ])
    const broken = readTags({ lines: body('{#产品}{品名'), misplaced: [{ tag: '产品', torn: false }] })
    expect(broken.faults.map(({ code }) => code)).toEqual(['unclosed', 'sectionUnclosed'])
  })

  it('are found again in any text, and no text stops the reading', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { maxLength: 6 }), (texts) => {
        const { tags, faults: wrong } = read(...texts)
        const braces = texts.join('').split(/[{}]/).length - 1
        expect(tags.length * 2).toBeLessThanOrEqual(braces)
        if (braces > 0) expect(tags.length + wrong.length).toBeGreaterThan(0)
        for (const { code } of wrong) expect(TAG_FAULTS).toContain(code)
      }),
      { numRuns: 300 },
    )
  })
})

describe('what tags name', () => {
  it('unknown names are told once, with their places and the nearest name', () => {
    const { unknown } = judge('{买房名称}与{卖方名称}', '{买房名称}', '{收货人}', '{buyr.name}', '{合同编码}')
    expect(unknown.map(({ name, suggestion, places }) => [name, suggestion, places.length])).toEqual([
      ['买房名称', '买方名称', 2],
      ['收货人', null, 1],
      ['buyr.name', 'buyer.name', 1],
      ['合同编码', '合同编号', 1],
    ])
  })

  it.each([
    ['{产品}', 'listAsField {产品}'],
    ['{草稿}', 'conditionAsField {草稿}'],
    ['{品名}', 'outsideList {品名}'],
    ['{#付款计划}{品名}{/付款计划}', 'outsideList {品名}'],
    ['{#产品}{#付款计划}{款项}{/付款计划}{/产品}', 'listInList {#付款计划}'],
    ['{#产品}{#产品}{品名}{/产品}{/产品}', 'listInList {#产品}'],
  ])('%s is misused', (text, said) => expect(faults(text)).toContain(said))

  it.each([
    '{#定金}定金 {定金} 元，大写 {定金大写}{/定金}{^定金}不收定金{/定金}',
    '{#产品}{品名}{#交付期限}（{交付期限}）{/交付期限}{买方名称}{/产品}',
    '{#付款计划}{款项}{#本期为定金}（定金）{/本期为定金}{/付款计划}',
    '{^产品}没有产品{/产品}',
  ])('%s is in order', (text) => {
    expect(judge(text)).toMatchObject({ unknown: [], faults: [] })
  })

  it('counts the fields that are known', () => {
    expect(judge('{买方名称}{買方名稱}{buyer.name}').known).toEqual([{ code: 'buyer.name', count: 3 }])
  })

  it.each(CONTRACT_KINDS)('a %s template without fields lacks all that is wanted of it', (kind) => {
    const { missing } = judgeTags(read('固定文字'), kind)
    const notOfKind = {
      goods_sale: ['term', 'serviceLevel', 'callOff', 'priceAdjust'],
      services: ['quantity', 'quality', 'delivery', 'callOff', 'priceAdjust'],
      frame: ['quantity', 'delivery', 'serviceLevel'],
    }[kind] as readonly string[]
    expect(missing.map(({ part }) => part)).toEqual(WANTED.filter((part) => !notOfKind.includes(part)))
    for (const { fields } of missing)
      for (const code of fields) expect(fieldOf(code, 'lines') ?? fieldOf(code, 'plan')).not.toBeNull()
  })

  it('one of several fields is enough for a part', () => {
    const parts = (text: string) => judge(text).missing.map(({ part }) => part)
    expect(parts('{合同总价大写}')).not.toContain('price')
    expect(parts('{管辖法院}')).not.toContain('dispute')
    expect(parts('{交付地点}')).toContain('delivery')
    expect(parts('{交付地点}{交付期限}')).not.toContain('delivery')
    expect(parts('{卖方名称}')).toContain('parties')
  })
})

describe.each(LOCALES)('the field sheet in %s', (locale) => {
  it('holds every field, nothing unknown, and lacks nothing', () => {
    const model = fieldSheet(locale, makeTranslator(locale))
    const texts = model.blocks.flatMap((block) => {
      if (block.kind === 'table') return block.rows.flat()
      return block.kind === 'list' ? block.items : []
    })
    const findings = judgeTags(read(...texts), 'goods_sale')
    expect(findings).toMatchObject({ unknown: [], faults: [], missing: [] })
    expect(findings.known.map(({ code }) => code).sort()).toEqual(TEMPLATE_FIELDS.map(({ code }) => code).sort())
  })
})

describe('editions', () => {
  const edition = (no: number, state: EditionFacts['state'], from: string | null, withdrawn: string | null = null) => ({
    no,
    state,
    validFrom: from === null ? null : asDay(from),
    withdrawnDay: withdrawn === null ? null : asDay(withdrawn),
  })
  const on = (day: string, ...editions: readonly EditionFacts[]) => Object.fromEntries(standings(editions, asDay(day)))

  it('a newer one takes the place of an older one on its day, not before', () => {
    const all = [edition(1, 'inUse', '2026-01-01'), edition(2, 'inUse', '2026-06-01')]
    expect(on('2026-05-31', ...all)).toEqual({ 1: 'inUse', 2: 'upcoming' })
    expect(on('2026-06-01', ...all)).toEqual({ 1: 'replaced', 2: 'inUse' })
  })

  it('an older one never comes back when the newer one is withdrawn', () => {
    const all = [edition(1, 'inUse', '2026-01-01'), edition(2, 'withdrawn', '2026-06-01', '2026-06-10')]
    expect(on('2026-06-11', ...all)).toEqual({ 1: 'replaced', 2: 'withdrawn' })
    expect(currentEdition(all, asDay('2026-06-11'))?.state).toBe('withdrawn')
  })

  it('one that is withdrawn before its day changes nothing', () => {
    const all = [edition(1, 'inUse', '2026-01-01'), edition(2, 'withdrawn', '2026-06-01', '2026-05-20')]
    expect(on('2026-06-11', ...all)).toEqual({ 1: 'inUse', 2: 'withdrawn' })
  })

  it('an older draft gives way to the newest file', () => {
    expect(on('2026-05-18', edition(1, 'draft', null), edition(2, 'draft', null))).toEqual({
      1: 'replaced',
      2: 'draft',
    })
    expect(on('2026-05-18', edition(1, 'inUse', '2026-05-18'), edition(2, 'draft', null))).toEqual({
      1: 'inUse',
      2: 'draft',
    })
  })
})

describe('texts for Word', () => {
  it('keep what is written, with one kind of line break and nothing that XML cannot hold', () => {
    expect(fillText('一\r\n二\r三\u2028四\t五\u0000\u0007\ud800六\uffff')).toBe('一\n二\n三\n四\t五六')
    expect(fillText('𠮷 & <b> {买方名称}')).toBe('𠮷 & <b> {买方名称}')
  })

  it('names are compared the same however often', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(tagName(tagName(text))).toBe(tagName(text))
      }),
      { numRuns: 200 },
    )
  })
})
