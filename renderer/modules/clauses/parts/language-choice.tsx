import { Segmented, Select } from 'antd'
import { LOCALES, type Locale } from '#shared/i18n/locale.ts'
import { useT } from '#renderer/ui/i18n.ts'

/** One of the languages. */
export function LanguageChoice(props: { label: string; value: Locale; onChange: (language: Locale) => void }) {
  const t = useT()
  return (
    <Segmented
      size="small"
      aria-label={props.label}
      value={props.value}
      options={LOCALES.map((value) => ({ value, label: t(`contracts:languages.${value}`) }))}
      onChange={props.onChange}
    />
  )
}

/** A second language beside the first, or none. */
export function SecondLanguageChoice(props: {
  first: Locale
  value: Locale | null
  onChange: (language: Locale | null) => void
}) {
  const t = useT()
  return (
    <Select
      size="small"
      aria-label={t('clauses:templates.second')}
      value={props.value ?? ''}
      popupMatchSelectWidth={false}
      options={[
        { value: '', label: t('clauses:templates.noSecond') },
        ...LOCALES.filter((language) => language !== props.first).map((value) => ({
          value: value as string,
          label: t(`contracts:languages.${value}`),
        })),
      ]}
      onChange={(value) => props.onChange(value === '' ? null : (value as Locale))}
    />
  )
}
