import { Radio } from 'antd'
import { LOCALES, type Locale } from '#shared/i18n/locale.ts'
import { switchLocale, useLocale, useT } from '#renderer/ui/i18n.ts'

const NAMES: Readonly<Record<Locale, string>> = {
  'zh-CN': '\u7B80\u4F53\u4E2D\u6587',
  'zh-TW': '\u7E41\u9AD4\u4E2D\u6587',
  en: 'English',
}

/** The three languages, each named in itself. */
export function LanguageChoice(props: { onChange?: (locale: Locale) => void }) {
  const t = useT()
  const locale = useLocale()
  return (
    <Radio.Group
      value={locale}
      aria-label={t('common:top.language')}
      options={LOCALES.map((value) => ({ value, label: NAMES[value] }))}
      onChange={(event) => {
        const next = event.target.value as Locale
        void switchLocale(next)
        props.onChange?.(next)
      }}
    />
  )
}
