import { useRef } from 'react'
import { LOCALES, type Locale } from '#shared/i18n/locale.ts'
import { normaliseCode } from '#shared/kernel/text.ts'
import { TOPICS } from '#shared/modules/clauses/clauses.schema.ts'
import { unevenPlaceholders } from '#shared/modules/clauses/clauses.wording.rules.ts'
import { CONTRACT_KINDS } from '#shared/modules/contracts/contracts.schema.ts'
import { PLACEHOLDERS } from '#shared/modules/contracts/contracts.template.schema.ts'
import { FormGroup } from '#renderer/ui/entity-form.tsx'
import { CheckField, SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useField } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { PlaceholderMenu } from './placeholder-menu.tsx'
import { WordsFields } from './words-fields.tsx'

type Texts = Readonly<Record<Locale, string>>

/** What a clause is, and its text in each language. */
export function ClauseForm() {
  const t = useT()
  const word = (key: string) => t(`clauses:fields.${key}`)
  const always = { value: '', label: t('clauses:page.always') }
  return (
    <>
      <FormGroup title={t('clauses:editor.facts')}>
        <TextField name="code" label={word('code')} max={20} required normalise={normaliseCode} />
        <SelectField
          name="topic"
          label={word('topic')}
          options={TOPICS.map((value) => ({ value, label: t(`clauses:topics.${value}`) }))}
        />
        <SelectField
          name="kinds"
          label={word('kinds')}
          multiple
          required
          options={CONTRACT_KINDS.map((value) => ({ value, label: t(`contracts:kinds.${value}`) }))}
        />
        <WordsFields name="names" label={word('names')} max={80} required />
      </FormGroup>
      <fieldset className="form-group">
        <legend>{t('clauses:editor.wording')}</legend>
        {LOCALES.map((language) => (
          <TextOf key={language} language={language} />
        ))}
        <Uneven />
        <div className="form-grid">
          <SelectField
            name="when"
            label={word('when')}
            hint={t('clauses:hints.when')}
            options={[
              always,
              ...PLACEHOLDERS.map((value) => ({ value: value as string, label: t(`clauses:placeholders.${value}`) })),
            ]}
          />
          <CheckField name="major" label={word('major')} hint={t('clauses:hints.major')} />
          <TextAreaField name="remark" label={word('remark')} max={500} rows={2} />
        </div>
      </fieldset>
    </>
  )
}

function TextOf({ language }: { language: Locale }) {
  const t = useT()
  const root = useRef<HTMLDivElement>(null)
  const name = `texts.${language}`
  const words = t(`contracts:languages.${language}`)
  return (
    <div className="clause-text" ref={root} lang={language}>
      <TextAreaField name={name} label={`${t('clauses:fields.texts')} · ${words}`} max={4000} rows={3} />
      <PlaceholderMenu
        name={name}
        label={t('clauses:editor.insertInto', { language: words })}
        field={() => root.current?.querySelector('textarea') ?? null}
      />
    </div>
  )
}

/** Placeholders that one language has and another has not, said before they keep the clause from being published. */
function Uneven() {
  const t = useT()
  const texts = useField<Texts>('texts').value
  const uneven = unevenPlaceholders(texts)
  if (uneven.length === 0) return null
  return (
    <ul className="clause-notes" role="status">
      {uneven.map(({ name, language }) => (
        <li key={`${name} ${language}`}>
          {t('clauses:editor.uneven', { name: `{{${name}}}`, language: t(`contracts:languages.${language}`) })}
        </li>
      ))}
    </ul>
  )
}
