import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { resources } from '#shared/i18n/resources.ts'
import { contractEntries } from '#tests/helpers/contract-entries.ts'

type Tree = { readonly [key: string]: string | Tree }

function flatten(tree: Tree, path = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, value] of Object.entries(tree)) {
    const name = path === '' ? key : `${path}.${key}`
    if (typeof value === 'string') found.set(name, value)
    else for (const [inner, text] of flatten(value, name)) found.set(inner, text)
  }
  return found
}

const names = Object.keys(resources['zh-CN']) as (keyof (typeof resources)['zh-CN'])[]
const params = (text: string) =>
  [...text.matchAll(/\{\{\s*([\w.]+)/g)].map((m) => m[1] ?? '').sort((a, b) => (a < b ? -1 : 1))

/** How a total is written out is each language's own: in Chinese capitals, in English words, or both. */
const shared = (key: string, text: string) =>
  params(text).filter((name) => !key.startsWith('document.total') || (name !== 'words' && name !== 'capitals'))

it('every file of words is one that the program knows', () => {
  for (const locale of ['zh-CN', 'zh-TW', 'en'] as const) {
    const files = readdirSync(new URL(`../../shared/i18n/locales/${locale}`, import.meta.url))
    expect(files.map((file) => file.replace('.json', '')).toSorted()).toEqual(Object.keys(resources[locale]).toSorted())
  }
})

describe.each(names)('words of %s', (name) => {
  const source = flatten(resources['zh-CN'][name] as unknown as Tree)
  it.each(['zh-TW', 'en'] as const)('%s has the same keys and parameters, and no empty word', (locale) => {
    const other = flatten(resources[locale][name] as unknown as Tree)
    expect([...other.keys()].sort()).toEqual([...source.keys()].sort())
    for (const [key, text] of source) {
      const translated = other.get(key) ?? ''
      expect([key, shared(key, translated)]).toEqual([key, shared(key, text)])
      expect([key, translated.trim() === '', text.trim() === '']).toEqual([key, false, false])
    }
  })
})

describe('sentences of refusals', () => {
  const errors = flatten(resources['zh-CN'].errors as unknown as Tree)
  it('exist for every code that an entry declares', () => {
    const codes = new Set(contractEntries().flatMap((entry) => entry.errorCodes))
    expect([...codes].filter((code) => !errors.has(code))).toEqual([])
  })
  it('neither apologise nor exclaim', () => {
    for (const locale of ['zh-CN', 'zh-TW', 'en'] as const) {
      const all = Object.values(resources[locale]).flatMap((tree) => [...flatten(tree as unknown as Tree).values()])
      expect(all.filter((text) => /[!！]|抱歉|对不起|對不起|\b(sorry|oops|please note)\b/i.test(text))).toEqual([])
    }
  })
})
