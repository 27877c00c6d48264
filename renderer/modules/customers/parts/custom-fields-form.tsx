import { Select } from 'antd'
import { z } from 'zod'
import {
  fieldsInUse,
  judgeValues,
  labelIn,
  ownValue,
  parseNumber,
} from '#shared/modules/customers/customers.fields.rules.ts'
import type { FieldValues, FieldView, GivenFields } from '#shared/modules/customers/customers.fields.schema.ts'
import { customerFields, type CustomerFields } from '#shared/modules/customers/customers.schema.ts'
import { useFieldWords } from '#renderer/modules/customers/custom-fields.queries.ts'
import { FormGroup } from '#renderer/ui/entity-form.tsx'
import { SelectField } from '#renderer/ui/fields/choice-fields.tsx'
import { DayField } from '#renderer/ui/fields/date-field.tsx'
import { FieldFrame, type FieldProps } from '#renderer/ui/fields/field-frame.tsx'
import { NumberField } from '#renderer/ui/fields/number-fields.tsx'
import { TextAreaField, TextField } from '#renderer/ui/fields/text-fields.tsx'
import { useField } from '#renderer/ui/form-state.ts'
import { useLocale, useT } from '#renderer/ui/i18n.ts'

/** The schema of the customer's form with what the firm asks of its own fields; `before` is what the file says now. */
export function customerForm(fields: readonly FieldView[], before: FieldValues): z.ZodType<CustomerFields> {
  const own = z
    .record(z.string(), z.unknown())
    .default({})
    .transform((given, context): GivenFields => {
      const { values, issues } = judgeValues(fields, given as GivenFields, before)
      for (const { path, key, params } of issues) {
        context.addIssue({ code: 'custom', path: path.slice(1), message: key, ...(params ? { params } : {}) })
      }
      // What was emptied is said, so that it is taken away.
      const gone = Object.keys(before).filter((key) => ownValue(values, key) === null)
      return { ...values, ...Object.fromEntries(gone.map((key) => [key, null])) }
    })
  return customerFields.extend({ fields: own })
}

/** The firm's own fields of the file, each asked for by its kind. Nothing where there are none. */
export function CustomFieldsGroup({ fields }: { fields: readonly FieldView[] }) {
  const t = useT()
  const asked = fieldsInUse(fields)
  if (asked.length === 0) return null
  return (
    <FormGroup title={t('fields:title')}>
      {asked.map((field) => (
        <CustomField key={field.id} field={field} />
      ))}
    </FormGroup>
  )
}

export function CustomField({ field }: { field: FieldView }) {
  const locale = useLocale()
  const props: FieldProps = {
    name: `fields.${field.key}`,
    label: labelIn(field.labels, locale),
    required: field.required,
    ...(field.help === '' ? {} : { hint: field.help }),
  }
  switch (field.kind) {
    case 'text':
      return field.lines ? <TextAreaField {...props} max={500} rows={2} /> : <TextField {...props} max={500} />
    case 'number':
      return (
        <NumberField
          {...props}
          parse={(text) => parseNumber(text, field.unit)}
          format={(value) => String(value)}
          {...(field.unit === '' ? {} : { suffix: field.unit })}
        />
      )
    case 'day':
      return <DayField {...props} />
    case 'choice':
      return <ChoiceField field={field} props={props} />
    case 'yesNo':
      return <YesNoField {...props} />
  }
}

/** The options on offer, and the one the file has where it is no longer offered. */
function ChoiceField({ field, props }: { field: FieldView; props: FieldProps }) {
  const locale = useLocale()
  const { value } = useField<string | null | undefined>(props.name)
  const options = field.options
    .filter((option) => !option.retired || option.key === value)
    .map((option) => ({ value: option.key, label: labelIn(option.labels, locale) }))
  return <SelectField {...props} options={options} allowClear />
}

/** Yes, no, or not said: a box to tick could not tell the last two apart. */
function YesNoField(props: FieldProps) {
  const words = useFieldWords()
  const field = useField<boolean | null | undefined>(props.name)
  const value = typeof field.value === 'boolean' ? (field.value ? 'yes' : 'no') : null
  return (
    <FieldFrame field={props} error={field.error}>
      {(ids) => (
        <Select
          {...ids}
          value={value}
          options={[
            { value: 'yes', label: words.yes },
            { value: 'no', label: words.no },
          ]}
          disabled={field.disabled}
          allowClear
          {...(field.error ? { status: 'error' as const } : {})}
          onChange={(next: string | null | undefined) => field.set(next ? next === 'yes' : null)}
        />
      )}
    </FieldFrame>
  )
}
