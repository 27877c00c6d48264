import { Select } from 'antd'
import { makeTranslator } from '#shared/i18n/translate.ts'
import { chosenTemplate } from '#shared/modules/clauses/clauses.choice.rules.ts'
import type { TemplateChoice } from '#shared/modules/clauses/clauses.schema.ts'
import { asKind } from '#shared/modules/contracts/contracts.kinds.rules.ts'
import { CONTRACT_KINDS, type ContractDraft } from '#shared/modules/contracts/contracts.schema.ts'
import { useTemplateChoices } from '#renderer/modules/clauses/clauses.queries.ts'
import { useWordsIn } from '#renderer/modules/clauses/parts/use-words.ts'
import { FieldFrame } from '#renderer/ui/fields/field-frame.tsx'
import { useField, useForm } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { wantedBy } from './draft-template.ts'
import { Slot } from './slot.tsx'

/** What kind of contract it is; what nobody has changed yet is said as the new kind says it. */
export function KindField() {
  const t = useT()
  const form = useForm()
  const kind = useField<ContractDraft['kind']>('kind')
  return (
    <Slot path="kind">
      <FieldFrame field={{ name: 'kind', label: t('contracts:fields.kind') }} error={kind.error}>
        {(ids) => (
          <Select
            {...ids}
            value={kind.value}
            disabled={kind.disabled}
            options={CONTRACT_KINDS.map((value) => ({ value, label: t(`contracts:kinds.${value}`) }))}
            onChange={(value) => {
              const fields = form.values as unknown as ContractDraft
              const next = asKind(fields, value, makeTranslator(fields.language))
              for (const name of ['kind', 'templateId', 'terms', 'plan', 'lines'] as const) form.set(name, next[name])
            }}
          />
        )}
      </FieldFrame>
    </Slot>
  )
}

/**
 * Which template gives the draft its wording: the standard one of its kind, or another that is there in the languages of
 * the contract. One that cannot be used says so.
 */
export function TemplateField() {
  const t = useT()
  const form = useForm()
  const nameOf = useWordsIn()
  const field = useField<string | null>('templateId')
  const choices = useTemplateChoices().data ?? []
  const wanted = wantedBy(form.values as unknown as ContractDraft)
  const chosen = chosenTemplate(choices, wanted)
  const standard = choices.find((choice) => choice.standard && choice.kind === wanted.kind)
  const suits = (choice: TemplateChoice) =>
    choice.kind === wanted.kind && wanted.languages.every((language) => choice.languages.includes(language))
  const label = (choice: TemplateChoice) =>
    [
      t('clauses:choice.item', { code: choice.code, name: nameOf(choice.names) }),
      ...(choice.fault === null ? [] : [t('clauses:choice.unusable')]),
    ].join(' · ')
  const options = [
    {
      value: '',
      label: standard
        ? t('clauses:choice.standard', { code: standard.code, name: nameOf(standard.names) })
        : t('clauses:choice.noStandard'),
    },
    ...choices
      .filter((choice) => choice.id === field.value || (!choice.standard && suits(choice)))
      .map((choice) => ({ value: choice.id, label: label(choice) })),
  ]
  const hint = chosen?.editionNo ? { hint: t('clauses:choice.hint', { no: chosen.editionNo }) } : {}
  return (
    <Slot path="templateId">
      <FieldFrame field={{ name: 'templateId', label: t('contracts:fields.templateId'), ...hint }} error={field.error}>
        {(ids) => (
          <Select
            {...ids}
            value={field.value ?? ''}
            options={options}
            disabled={field.disabled}
            showSearch={{ optionFilterProp: 'label' }}
            {...(field.error ? { status: 'error' as const } : {})}
            onChange={(value) => field.set(value === '' ? null : value)}
          />
        )}
      </FieldFrame>
    </Slot>
  )
}
