import { createInstance, type i18n } from 'i18next'
import type { Locale } from './locale.ts'
import { NAMESPACES, resources } from './resources.ts'

export type Params = Readonly<Record<string, string | number>>
/** Finds the words for `ns:path.to.key` in one language. */
export type Translate = (key: string, params?: Params) => string

/** i18next as every part of the product sets it up: nothing loads later, nothing is escaped twice. */
export const i18nOptions = {
  fallbackLng: 'zh-CN',
  ns: NAMESPACES,
  defaultNS: 'common',
  resources,
  interpolation: { escapeValue: false },
  returnNull: false,
  initAsync: false,
} as const

const instances = new Map<Locale, i18n>()

/** The words of one language, for documents, workbooks and the core; no React. */
export function makeTranslator(locale: Locale): Translate {
  let instance = instances.get(locale)
  if (!instance) {
    instance = createInstance()
    void instance.init({ ...i18nOptions, lng: locale })
    instances.set(locale, instance)
  }
  const found = instance
  return (key, params) => found.t(key as never, (params ?? {}) as never) as unknown as string
}
