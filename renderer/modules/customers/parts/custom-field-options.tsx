import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input } from 'antd'
import { LOCALES, type Locale } from '#shared/i18n/locale.ts'
import { freeKey } from '#shared/modules/customers/customers.fields.rules.ts'
import { MAX_OPTIONS, type FieldOption } from '#shared/modules/customers/customers.fields.schema.ts'
import { useField } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'

const NO_LABELS = { 'zh-CN': '', 'zh-TW': '', 'en': '' } as const

/** A new option with a code name that none has yet. */
const newOption = (taken: readonly string[]): FieldOption => ({
  key: freeKey('option', taken),
  labels: { ...NO_LABELS },
  retired: false,
})

/** The options of a choice in their order: words in three languages, still offered or not. */
export function CustomFieldOptions({ kept }: { kept: readonly string[] }) {
  const t = useT()
  const field = useField<readonly FieldOption[] | undefined>('options')
  const options = field.value ?? []
  const move = (at: number, by: -1 | 1) => {
    const to = at + by
    if (to < 0 || to >= options.length) return
    const next = [...options]
    next.splice(to, 0, ...next.splice(at, 1))
    field.set(next)
  }
  // A code name that was there once is not given to another option: customers may still have it.
  const taken = [...new Set([...kept, ...options.map((option) => option.key)])]
  return (
    <fieldset className="form-group field-options">
      <legend>{t('fields:options')}</legend>
      <table className="plain-table">
        <thead>
          <tr>
            {LOCALES.map((locale) => (
              <th key={locale}>{t(`fields:language.${locale}`)}</th>
            ))}
            <th>{t('fields:option.retired')}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {options.map((option, at) => (
            <tr key={option.key}>
              {LOCALES.map((locale) => (
                <td key={locale}>
                  <OptionWord at={at} locale={locale} />
                </td>
              ))}
              <td>
                <Checkbox
                  checked={option.retired}
                  aria-label={`${t('fields:option.retired')} ${at + 1}`}
                  onChange={(event) =>
                    field.set(options.map((one, i) => (i === at ? { ...one, retired: event.target.checked } : one)))
                  }
                />
              </td>
              <td className="field-moves">
                <Button
                  size="small"
                  type="text"
                  icon={<ArrowUpOutlined aria-hidden />}
                  aria-label={t('fields:option.up', { n: at + 1 })}
                  aria-disabled={at === 0}
                  onClick={() => move(at, -1)}
                />
                <Button
                  size="small"
                  type="text"
                  icon={<ArrowDownOutlined aria-hidden />}
                  aria-label={t('fields:option.down', { n: at + 1 })}
                  aria-disabled={at === options.length - 1}
                  onClick={() => move(at, 1)}
                />
                <Button
                  size="small"
                  type="text"
                  danger
                  icon={<DeleteOutlined aria-hidden />}
                  aria-label={t('fields:option.remove', { n: at + 1 })}
                  onClick={() => field.set(options.filter((_, i) => i !== at))}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Button
        icon={<PlusOutlined aria-hidden />}
        disabled={options.length >= MAX_OPTIONS}
        onClick={() => field.set([...options, newOption(taken)])}
      >
        {t('fields:option.add')}
      </Button>
      {field.error ? <p className="field-note error">{field.error}</p> : null}
    </fieldset>
  )
}

function OptionWord({ at, locale }: { at: number; locale: Locale }) {
  const t = useT()
  const path = `options.${at}.labels.${locale}`
  const field = useField<string | undefined>(path)
  const { error } = field
  return (
    <>
      <Input
        size="small"
        value={field.value ?? ''}
        maxLength={30}
        disabled={field.disabled}
        aria-label={t('fields:option.name', { n: at + 1, language: t(`fields:language.${locale}`) })}
        aria-invalid={error !== undefined}
        {...(error ? { status: 'error' as const } : {})}
        onChange={(event) => field.set(event.target.value)}
      />
      {error ? <div className="field-note error">{error}</div> : null}
    </>
  )
}
