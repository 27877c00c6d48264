import { AutoComplete, Input } from 'antd'
import { normalisePhone } from '#shared/kernel/text.ts'
import { useField } from '../form-state.ts'
import { FieldFrame, type FieldProps } from './field-frame.tsx'

interface TextFieldProps extends FieldProps {
  readonly max?: number
  readonly placeholder?: string
  /** Puts codes and numbers right when the field is left: half-width, no spaces. Names are left alone. */
  readonly normalise?: (text: string) => string
  readonly autoComplete?: string
  readonly autoFocus?: boolean
}

export function TextField(props: TextFieldProps) {
  const field = useField<string | undefined>(props.name)
  return (
    <FieldFrame field={props} error={field.error}>
      {(ids) => (
        <Input
          {...ids}
          value={field.value ?? ''}
          maxLength={props.max ?? 200}
          disabled={field.disabled}
          {...(props.placeholder ? { placeholder: props.placeholder } : {})}
          {...(props.autoComplete ? { autoComplete: props.autoComplete } : {})}
          autoFocus={props.autoFocus ?? false}
          {...(field.error ? { status: 'error' as const } : {})}
          onChange={(event) => field.set(event.target.value)}
          onBlur={() => {
            const { value } = field
            if (props.normalise && value) field.set(props.normalise(value))
          }}
        />
      )}
    </FieldFrame>
  )
}

/** A free text with what was typed before as a help; nothing has to be chosen. */
export function SuggestField(props: TextFieldProps & { suggestions: readonly string[] }) {
  const field = useField<string | undefined>(props.name)
  const typed = (field.value ?? '').toLowerCase()
  const options = props.suggestions.filter((text) => text !== field.value && text.toLowerCase().includes(typed))
  return (
    <FieldFrame field={props} error={field.error}>
      {(ids) => (
        <AutoComplete
          {...ids}
          value={field.value ?? ''}
          options={options.map((value) => ({ value }))}
          disabled={field.disabled}
          {...(field.error ? { status: 'error' as const } : {})}
          onChange={(value: string | undefined) => field.set((value ?? '').slice(0, props.max ?? 200))}
        />
      )}
    </FieldFrame>
  )
}

export function PhoneField(props: FieldProps) {
  return <TextField {...props} max={40} normalise={normalisePhone} />
}

export function TextAreaField(props: TextFieldProps & { rows?: number }) {
  const field = useField<string | undefined>(props.name)
  return (
    <FieldFrame field={{ wide: true, ...props }} error={field.error}>
      {(ids) => (
        <Input.TextArea
          {...ids}
          value={field.value ?? ''}
          maxLength={props.max ?? 2000}
          // Grows by CSS: the library's own way measures in a copy whose style attribute the page's policy forbids.
          rows={props.rows ?? 3}
          className="growing"
          disabled={field.disabled}
          {...(field.error ? { status: 'error' as const } : {})}
          onChange={(event) => field.set(event.target.value)}
        />
      )}
    </FieldFrame>
  )
}

/** A password: may be pasted, is never kept as a draft by the forms that use it. */
export function PasswordField(
  props: FieldProps & { autoComplete: 'current-password' | 'new-password'; autoFocus?: boolean },
) {
  const field = useField<string | undefined>(props.name)
  return (
    <FieldFrame field={props} error={field.error}>
      {(ids) => (
        <Input.Password
          {...ids}
          value={field.value ?? ''}
          maxLength={128}
          autoComplete={props.autoComplete}
          autoFocus={props.autoFocus ?? false}
          disabled={field.disabled}
          {...(field.error ? { status: 'error' as const } : {})}
          onChange={(event) => field.set(event.target.value)}
        />
      )}
    </FieldFrame>
  )
}
