import { Select } from 'antd'
import { LOCALES, type Locale } from '#shared/i18n/locale.ts'
import { makeTranslator } from '#shared/i18n/translate.ts'
import type { Translate } from '#shared/i18n/translate.ts'
import { SECOND_TEXTS, secondLabel } from '#shared/modules/contracts/contracts.languages.ts'
import type { ContractTerms } from '#shared/modules/contracts/contracts.schema.ts'
import {
  PREVAILING,
  SECOND_LENGTHS,
  SECOND_LINE,
  type SecondText,
} from '#shared/modules/contracts/contracts.texts.schema.ts'
import { usualTranslations } from '#shared/modules/contracts/contracts.usual.ts'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { FieldFrame } from '#renderer/ui/fields/field-frame.tsx'
import { TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useField, useForm } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { Slot } from './slot.tsx'

const NAMES: readonly SecondText[] = ['sellerName', 'sellerAddress', 'buyerName', 'buyerAddress']

/** The label of a second text: what it is, and in which language. */
function inSecond(name: SecondText, language: Locale, t: Translate): string {
  return t('contracts:editor.inLanguage', {
    field: t(secondLabel(name)),
    language: t(`contracts:languages.${language}`),
  })
}

/** Names and addresses always; of the clauses those that the first language says something in. */
function isAsked(name: SecondText, terms: ContractTerms): boolean {
  if (name === 'title') return false
  if (NAMES.includes(name) || terms.second[name] !== '') return true
  return String(terms[name as keyof ContractTerms]).trim() !== ''
}

/** Whether there is a second column, in which language, and which of the two texts holds. */
export function LanguageFields() {
  const t = useT()
  const form = useForm()
  const first = form.values['language'] as Locale
  const terms = form.values['terms'] as ContractTerms
  const choose = (next: Locale | null) => {
    form.set('terms.secondLanguage', next)
    if (next === null) return
    const usual = usualTranslations(terms, makeTranslator(first), makeTranslator(next))
    form.set('terms.second', { ...terms.second, ...usual })
  }
  return (
    <>
      <Slot path="terms.secondLanguage">
        <FieldFrame
          field={{
            name: 'terms.secondLanguage',
            label: t('contracts:fields.terms.secondLanguage'),
            hint: t('contracts:hints.secondLanguage'),
          }}
          error={form.errors['terms.secondLanguage']}
        >
          {(ids) => (
            <Select
              {...ids}
              value={terms.secondLanguage}
              disabled={form.disabled}
              allowClear
              placeholder={t('contracts:hints.oneLanguage')}
              options={LOCALES.filter((value) => value !== first || value === terms.secondLanguage).map((value) => ({
                value,
                label: t(`contracts:languages.${value}`),
              }))}
              onChange={(value: Locale | undefined) => choose(value ?? null)}
            />
          )}
        </FieldFrame>
      </Slot>
      {terms.secondLanguage === null ? null : (
        <>
          <Slot path="terms.prevailingLanguage">
            <SelectField
              name="terms.prevailingLanguage"
              label={t('contracts:fields.terms.prevailingLanguage')}
              options={PREVAILING.map((value) => ({ value, label: t(`contracts:prevailing.${value}`) }))}
            />
          </Slot>
          <Slot path="terms.second.title">
            <TextField name="terms.second.title" label={inSecond('title', terms.secondLanguage, t)} max={160} />
          </Slot>
        </>
      )}
    </>
  )
}

/** The free texts in the second language: the sides as they are called there, and whatever the first one says. */
export function SecondTextsGroup() {
  const t = useT()
  const terms = useField<ContractTerms>('terms').value
  const language = terms.secondLanguage
  if (language === null) return null
  return (
    <fieldset className="form-group">
      <legend>{t('contracts:groups.second')}</legend>
      <p className="muted">{t('contracts:hints.second')}</p>
      <div className="form-grid">
        {SECOND_TEXTS.filter((name) => isAsked(name, terms)).map((name) => {
          const [path, label, max] = [`terms.second.${name}`, inSecond(name, language, t), SECOND_LENGTHS[name]]
          return (
            <Slot key={name} path={path}>
              {max <= SECOND_LINE ? (
                <TextField name={path} label={label} max={max} />
              ) : (
                <TextAreaField name={path} label={label} max={max} rows={2} />
              )}
            </Slot>
          )
        })}
      </div>
    </fieldset>
  )
}
