import { describe, expect, it } from 'vitest'
import { LOCALES, type Locale } from '#shared/i18n/locale.ts'
import { bundleArticles, clauseBundle, templateOfBundle } from '#shared/modules/clauses/clauses.bundle.schema.ts'
import { clauseFields, TOPICS } from '#shared/modules/clauses/clauses.schema.ts'
import {
  languagesOf,
  refineClause,
  refineFrame,
  unevenPlaceholders,
  wordingFaults,
  wordsIn,
} from '#shared/modules/clauses/clauses.wording.rules.ts'
import { templateFields } from '#shared/modules/clauses/clauses.schema.ts'
import { shippedLibrary } from '#core/modules/clauses/clauses.library.ts'

const library = shippedLibrary('resources')
const texts = (zh: string, en = '') => ({ 'zh-CN': zh, 'zh-TW': '', en })

describe('the shipped library', () => {
  it('has one standard template for each kind, and every code once', () => {
    expect(library.templates.map((template) => template.kind).toSorted()).toEqual(['frame', 'goods_sale', 'services'])
    const codes = [...library.clauses, ...library.templates].map((part) => part.code)
    expect(new Set(codes).size).toBe(codes.length)
    const named = library.templates.map((template) => templateOfBundle(template, (code) => code))
    expect(named.every((template) => template !== null)).toBe(true)
  })

  it.each(library.clauses.map((clause) => [clause.code, clause] as const))(
    '%s says the same in three languages',
    (_code, clause) => {
      expect(languagesOf(clause.texts)).toEqual([...LOCALES])
      expect(languagesOf(clause.names)).toEqual([...LOCALES])
      expect(unevenPlaceholders(clause.texts)).toEqual([])
      expect(TOPICS).toContain(clause.topic)
      // A clause that stands only for a value is bold or not for all of its readers alike; its text is of one script.
      expect(clause.texts.en).not.toMatch(/\p{Script=Han}/u)
    },
  )

  it('holds simplified text in its simplified, traditional in its traditional texts', () => {
    const simplified =
      /[这个们为务产价优会传伤债关养册写准创删别办动协单卖历压双发变号听启员响团园围国图块坏壮声处备复]/
    const traditional =
      /[這個們為務產價優會傳傷債關養冊寫準創刪別辦動協單賣歷壓雙發變號聽啟員響團園圍國圖塊壞壯聲處備復]/
    const of = (language: Locale) => [
      ...library.clauses.flatMap(({ names, texts: said }) => [names[language], said[language]]),
      ...library.templates.flatMap(({ names, heading, preamble, articles }) => [
        ...[names, heading, preamble].map((words) => words[language]),
        ...articles.map((article) => article.heading[language]),
      ]),
    ]
    const wrong = (list: readonly string[], own: RegExp, other: RegExp) =>
      list.filter((text) => [...text].some((sign) => other.test(sign) && !own.test(sign)))
    expect(wrong(of('zh-CN'), simplified, traditional)).toEqual([])
    expect(wrong(of('zh-TW'), traditional, simplified)).toEqual([])
  })
})

describe('a wording', () => {
  it.each([
    ['known placeholders', '交付地点：{{deliveryPlace}}', []],
    ['one that no contract has', '{{seller}} 与 {{quality}}', ['unknownPlaceholder seller']],
    ['with spaces inside', '{{ quality }}', ['braces {{']],
    ['left open', '质量：{{quality', ['braces {{']],
    ['closed twice', '质量：{{quality}}}}', ['braces }}']],
    ['one brace is a brace', '集合 {a} {', []],
  ])('%s', (_what, text, wanted) =>
    expect(wordingFaults(texts(text)).map(({ code, name }) => `${code} ${name}`)).toEqual(wanted),
  )

  it('is told which placeholder which language lacks', () => {
    expect(unevenPlaceholders(texts('{{quality}} {{copies}}', '{{copies}}'))).toEqual([
      { name: 'quality', language: 'en' },
    ])
    expect(unevenPlaceholders(texts('{{quality}}'))).toEqual([])
  })

  it('is refused beside its field', () => {
    const fields = clauseFields.superRefine(refineClause)
    const given = { code: 'tk-1', topic: 'general', kinds: ['frame'], names: texts('甲'), when: '', major: false }
    const issues = (said: object) =>
      fields
        .safeParse({ ...given, texts: said })
        .error?.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`)
    expect(issues(texts('{{nobody}}'))).toEqual(['texts.zh-CN clauses:errors.unknownPlaceholder'])
    expect(issues(texts(''))).toEqual(['texts.zh-CN validation:required'])
    expect(fields.parse({ ...given, texts: texts('甲') }).code).toBe('TK-1')
    const frame = templateFields.superRefine(refineFrame).safeParse({
      code: 'X',
      kind: 'frame',
      names: texts('甲'),
      heading: texts('{{quality}}'),
      preamble: texts('乙'),
      acknowledgement: texts(''),
      articles: [{ heading: texts('丙 }}'), items: [] }],
    })
    expect(frame.error?.issues.map((issue) => issue.path.join('.'))).toEqual([
      'heading.zh-CN',
      'articles.0.heading.zh-CN',
    ])
  })

  it('a name is shown in the language asked for, else in one that there is', () => {
    expect([wordsIn(texts('甲', 'A'), 'en'), wordsIn(texts('甲'), 'en'), wordsIn(texts('', 'A'), 'zh-TW')]).toEqual([
      'A',
      '甲',
      'A',
    ])
  })
})

describe('a file of clauses', () => {
  it('is read back as it was written; a code that is nowhere is told', () => {
    const { searchTexts: _beside, ...file } = library
    const [template] = library.templates
    const composed = templateOfBundle(template!, (code) => `id of ${code}`)
    const codeOf = (id: string) => id.replace('id of ', '')
    expect(bundleArticles(composed!.articles, codeOf)).toEqual(template!.articles)
    expect(templateOfBundle(template!, (code) => (code === 'TK-13' ? null : code))).toBeNull()
    expect(clauseBundle.safeParse(JSON.parse(JSON.stringify(file))).success).toBe(true)
    expect(clauseBundle.safeParse({ ...file, version: 2 }).success).toBe(false)
  })
})
