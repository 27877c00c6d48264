/** The languages of screens and documents; zh-CN is the source. */
export const LOCALES = ['zh-CN', 'zh-TW', 'en'] as const
export type Locale = (typeof LOCALES)[number]

export function isLocale(text: string): text is Locale {
  return (LOCALES as readonly string[]).includes(text)
}

/** The nearest language to what a browser or system names. */
export function nearestLocale(tag: string): Locale {
  const lower = tag.toLowerCase()
  if (/^zh-(tw|hk|mo|hant)/.test(lower)) return 'zh-TW'
  return lower.startsWith('zh') ? 'zh-CN' : 'en'
}
