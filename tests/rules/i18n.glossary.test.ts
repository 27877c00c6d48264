import { describe, expect, it } from 'vitest'
import glossary from '#shared/i18n/glossary.json' with { type: 'json' }
import { formatAmountShort, formatCount, formatRate } from '#shared/i18n/formatters.ts'
import { isLocale, LOCALES, nearestLocale, type Locale } from '#shared/i18n/locale.ts'
import { resources } from '#shared/i18n/resources.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'

type Tree = { readonly [key: string]: string | Tree }

/** Every sentence with its place; the headings that an import recognises are other people's words. */
function sentences(tree: Tree, path: string): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] => {
    if (key === 'synonyms') return []
    return typeof value === 'string' ? [[`${path}.${key}`, value]] : sentences(value, `${path}.${key}`)
  })
}

const wordsOf = (locale: Locale) =>
  Object.entries(resources[locale]).flatMap(([name, tree]) => sentences(tree as unknown as Tree, name))

describe('one word for one thing', () => {
  it.each(LOCALES)('%s uses the words of the glossary', (locale) => {
    const avoid = glossary.terms.flatMap((term) => term.avoid[locale])
    const found = wordsOf(locale).filter(([, text]) => avoid.some((word) => text.toLowerCase().includes(word)))
    expect(found).toEqual([])
  })
  it('the glossary has every term in every language', () => {
    for (const term of glossary.terms) for (const locale of LOCALES) expect(term[locale]).not.toBe('')
  })
  it('traditional sentences hold no simplified character, and the other way round', () => {
    const simplified =
      /[这个们为务产价众优会传伤债储关养内册写准减划创删别办动协单卖历压双发变号听启员响团园围国图块坏壮声处备复]/
    const traditional =
      /[這個們為務產價眾優會傳傷債儲關養內冊寫準減劃創刪別辦動協單賣歷壓雙發變號聽啟員響團園圍國圖塊壞壯聲處備復]/
    const name = 'common.languages.zh'
    expect(
      wordsOf('zh-TW').filter(([path, text]) => !path.startsWith(name) && hit(simplified, traditional, text)),
    ).toEqual([])
    expect(
      wordsOf('zh-CN').filter(([path, text]) => !path.startsWith(name) && hit(traditional, simplified, text)),
    ).toEqual([])
    expect(wordsOf('en').filter(([path, text]) => !path.startsWith(name) && /\p{Script=Han}/u.test(text))).toEqual([])
  })
})

/** A character of the one script that the other does not have as well. */
function hit(wrong: RegExp, right: RegExp, text: string): boolean {
  return [...text].some((character) => wrong.test(character) && !right.test(character))
}

describe('numbers as they are read', () => {
  it.each([
    [1300, '13%'],
    [1255, '12.55%'],
    [29, '0.29%'],
    [57, '0.57%'],
    [-5, '-0.05%'],
  ])('%i basis points', (rate, text) => expect(formatRate(rate)).toBe(text))
  it('counts and short amounts', () => {
    const units = { large: '万', huge: '亿' }
    expect(formatCount(1_234_567)).toBe('1,234,567')
    expect(formatAmountShort(123_456_789, 'zh-CN', units)).toBe('123.46万')
    expect(formatAmountShort(1_234_567_890_000, 'zh-CN', units)).toBe('123.46亿')
    expect(formatAmountShort(-123_456_789, 'zh-CN', units)).toBe('-123.46万')
    expect(formatAmountShort(99_999, 'zh-CN', units)).toBe('999.99')
    expect(formatAmountShort(123_456_789, 'en', { large: 'k', huge: 'm' })).toBe('1.23m')
  })
})

describe('languages', () => {
  it.each([
    ['zh-Hant-HK', 'zh-TW'],
    ['zh-TW', 'zh-TW'],
    ['zh-SG', 'zh-CN'],
    ['zh', 'zh-CN'],
    ['de-DE', 'en'],
  ])('%s is nearest to %s', (tag, locale) => expect(nearestLocale(tag)).toBe(locale))
  it('only three exist', () =>
    expect(['zh-CN', 'zh-TW', 'en', 'fr', ''].map(isLocale)).toEqual([true, true, true, false, false]))
  it('what a person typed is never taken for a template', () => {
    const t = makeTranslator('zh-CN')
    expect(t('common:grid.removeFilter', { name: '$t(common:save) {{count}} <b>&' })).toContain(
      '$t(common:save) {{count}} <b>&',
    )
  })
})
