import { useMemo, useState, type ReactNode } from 'react'
import { LOCALES } from '#shared/i18n/locale.ts'
import { freeKey, judgeDefinition, fieldsInUse } from '#shared/modules/customers/customers.fields.rules.ts'
import {
  FIELD_KINDS,
  fieldDefinition,
  MAX_DECIMALS,
  type FieldInput,
  type FieldView,
} from '#shared/modules/customers/customers.fields.schema.ts'
import { api } from '#renderer/rpc/api.ts'
import { useCommand } from '#renderer/rpc/queries.ts'
import { ActionForm } from '#renderer/ui/action-form.tsx'
import { CheckField, SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { TextField } from '#renderer/ui/fields/text-fields.tsx'
import { FormProvider } from '#renderer/ui/form-provider.tsx'
import { setPath, useForm, type FormValues } from '#renderer/ui/form-state.ts'
import { useT } from '#renderer/ui/i18n.ts'
import { useNotice } from '#renderer/ui/notices.tsx'
import { CustomFieldOptions } from './custom-field-options.tsx'
import { CustomField } from './custom-fields-form.tsx'

const WIDTH = 640
const DECIMALS = Array.from({ length: MAX_DECIMALS + 1 }, (_, n) => ({ value: n, label: String(n) }))

/** A new field, or one that is there: its words, what it asks for, and how it will stand in the form. */
export function CustomFieldDrawer(props: {
  /** Null for a new one, undefined where none is edited. */
  field: FieldView | null | undefined
  fields: readonly FieldView[]
  onClose: () => void
}) {
  const t = useT()
  const notice = useNotice()
  const { field, fields } = props
  const create = useCommand((input: FieldInput, options) => api.customers.fields.create(input, options))
  const update = useCommand((input: Omit<FieldInput, 'key' | 'kind'> & { id: string; version: number }, options) =>
    api.customers.fields.update(input, options),
  )
  const schema = useMemo(() => {
    const others = fieldsInUse(fields).filter((other) => other.id !== field?.id)
    return fieldDefinition.superRefine((given, context) => {
      for (const { path, key } of judgeDefinition(given, others)) {
        context.addIssue({ code: 'custom', path: [...path], message: key })
      }
    })
  }, [field, fields])
  return (
    <ActionForm
      title={t(field ? 'fields:edit' : 'fields:new')}
      hint=""
      size={WIDTH}
      open={field !== undefined}
      schema={schema}
      initial={field ? valuesOf(field) : newField(fields)}
      submitLabel={t('common:save')}
      submit={async ({ key, kind, ...change }) => {
        if (field) await update.run({ id: field.id, version: field.version, ...change })
        else await create.run({ key, kind, ...change })
        notice.done(t('fields:saved'))
      }}
      onClose={props.onClose}
    >
      <DefinitionFields field={field ?? null} />
    </ActionForm>
  )
}

const newField = (fields: readonly FieldView[]): FormValues => ({
  key: freeKey(
    'field',
    fields.map((field) => field.key),
  ),
  kind: 'text',
  labels: { 'zh-CN': '', 'zh-TW': '', 'en': '' },
  help: '',
  required: false,
  inList: false,
  lines: false,
  decimals: 0,
  unit: '',
  options: [],
})

function valuesOf(field: FieldView): FormValues {
  const { id: _id, retired: _retired, version: _version, ...values } = field
  return values
}

function DefinitionFields({ field }: { field: FieldView | null }) {
  const t = useT()
  const form = useForm()
  const kind = form.values['kind'] as FieldInput['kind']
  return (
    <>
      <div className="form-grid">
        {LOCALES.map((locale) => (
          <TextField key={locale} name={`labels.${locale}`} label={t(`fields:labels.${locale}`)} max={30} />
        ))}
      </div>
      <p className="field-note field-after">{t('fields:hints.labels')}</p>
      <div className="form-grid">
        <Fixed when={field !== null}>
          <SelectField
            name="kind"
            label={t('fields:kindLabel')}
            hint={t('fields:hints.kind')}
            options={FIELD_KINDS.map((value) => ({ value, label: t(`fields:kind.${value}`) }))}
          />
          <TextField name="key" label={t('fields:key')} hint={t('fields:hints.key')} max={32} required />
        </Fixed>
        {kind === 'number' ? (
          <>
            <SelectField name="decimals" label={t('fields:decimals')} options={DECIMALS} />
            <TextField name="unit" label={t('fields:unit')} max={12} />
          </>
        ) : null}
        <TextField name="help" label={t('fields:help')} max={200} wide />
        <CheckField name="required" label={t('fields:required')} />
        <CheckField name="inList" label={t('fields:inList')} />
        {kind === 'text' ? <CheckField name="lines" label={t('fields:lines')} /> : null}
      </div>
      {kind === 'choice' ? <CustomFieldOptions kept={field?.options.map((option) => option.key) ?? []} /> : null}
      <FieldPreview key={kind} values={form.values} />
    </>
  )
}

/** Fields that cannot be changed any more. */
function Fixed(props: { when: boolean; children: ReactNode }) {
  const form = useForm()
  const fixed = useMemo(() => ({ ...form, disabled: form.disabled || props.when }), [form, props.when])
  return <FormProvider form={fixed}>{props.children}</FormProvider>
}

/** The field as it will stand in the form of a customer; what is typed into it goes nowhere. */
function FieldPreview({ values }: { values: FormValues }) {
  const t = useT()
  const [typed, setTyped] = useState<FormValues>({})
  const input = values as unknown as FieldInput
  const shown: FieldView = {
    ...input,
    id: 'preview',
    key: 'preview',
    options: input.options.filter((option) => LOCALES.some((locale) => option.labels[locale] !== '')),
    retired: false,
    version: 0,
  }
  const form = useMemo(
    () => ({
      values: typed,
      errors: {},
      disabled: false,
      set: (path: string, value: unknown) => setTyped((old) => setPath(old, path, value)),
    }),
    [typed],
  )
  return (
    <FormProvider form={form}>
      <fieldset className="form-group field-preview">
        <legend>{t('fields:preview')}</legend>
        <p className="field-note">{t('fields:previewHint')}</p>
        <CustomField field={shown} />
      </fieldset>
    </FormProvider>
  )
}
