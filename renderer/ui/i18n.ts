import i18next from 'i18next'
import { useCallback } from 'react'
import { initReactI18next, useTranslation } from 'react-i18next'
import { nearestLocale, type Locale } from '#shared/i18n/locale.ts'
import { i18nOptions, type Params, type Translate } from '#shared/i18n/translate.ts'
import { setCallLocale } from '#renderer/rpc/connect.ts'

const KEY = 'yewutai.locale'

/** The language of this seat: chosen here before, else the firm's, else the system's. */
export function initialLocale(firm: Locale | null): Locale {
  return nearestLocale(localStorage.getItem(KEY) ?? firm ?? navigator.language)
}

export async function startI18n(locale: Locale): Promise<void> {
  await i18next.use(initReactI18next).init({ ...i18nOptions, lng: locale })
  apply(locale)
}

export function hasChosenLocale(): boolean {
  return localStorage.getItem(KEY) !== null
}

/** Switches every word at once, without a reload. `remember: false` follows the firm's language for now. */
export async function switchLocale(locale: Locale, options: { remember?: boolean } = {}): Promise<void> {
  if (options.remember !== false) localStorage.setItem(KEY, locale)
  await i18next.changeLanguage(locale)
  apply(locale)
}

function apply(locale: Locale): void {
  document.documentElement.lang = locale
  setCallLocale(locale)
  void window.host?.setLocale(locale)
}

/** The words of the language in force; components that use it are drawn again when it changes. */
export function useT(): Translate {
  const { t } = useTranslation()
  // The same function until the language changes: an effect that names it does not run on every draw.
  return useCallback(
    (key: string, params?: Params) => t(key as never, (params ?? {}) as never) as unknown as string,
    [t],
  )
}

/** Whether there are words for a key, for what only some things have: a hint, a proposal. */
export function useHasWords(): (key: string) => boolean {
  const { i18n } = useTranslation()
  return useCallback((key: string) => i18n.exists(key), [i18n])
}

export function useLocale(): Locale {
  const { i18n } = useTranslation()
  return i18n.language as Locale
}
