import { LOCALES } from '#shared/i18n/locale.ts'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useT } from '#renderer/ui/i18n.ts'

/** The same short words in each language, side by side; one of them is enough. */
export function WordsFields(props: { name: string; label: string; max: number; required?: boolean }) {
  const t = useT()
  return LOCALES.map((language, index) => (
    <TextField
      key={language}
      name={`${props.name}.${language}`}
      label={`${props.label} · ${t(`contracts:languages.${language}`)}`}
      max={props.max}
      required={props.required === true && index === 0}
    />
  ))
}
