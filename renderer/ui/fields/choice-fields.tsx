import { useQuery } from '@tanstack/react-query'
import { Checkbox, Select } from 'antd'
import { useEffect, useState, type ReactNode } from 'react'
import { useField } from '../form-state.ts'
import { FieldFrame, type FieldProps } from './field-frame.tsx'

export interface Choice<T extends string | number = string> {
  readonly value: T
  readonly label: string
}

export function SelectField<T extends string | number>(
  props: FieldProps & {
    options: readonly Choice<T>[]
    multiple?: boolean
    allowClear?: boolean
    /** Told of what was picked, after the form has it. */
    onPicked?: (value: T | T[] | null) => void
  },
) {
  const field = useField<T | T[] | null | undefined>(props.name)
  return (
    <FieldFrame field={props} error={field.error}>
      {(ids) => (
        <Select
          {...ids}
          value={field.value ?? (props.multiple ? [] : null)}
          options={[...props.options]}
          disabled={field.disabled}
          allowClear={props.allowClear ?? false}
          showSearch={{ optionFilterProp: 'label' }}
          {...(props.multiple ? { mode: 'multiple' as const } : {})}
          {...(field.error ? { status: 'error' as const } : {})}
          onChange={(value) => {
            const picked = (value ?? null) as T | T[] | null
            field.set(picked)
            props.onPicked?.(picked)
          }}
        />
      )}
    </FieldFrame>
  )
}

export function CheckField(props: FieldProps) {
  const field = useField<boolean | undefined>(props.name)
  return (
    <FieldFrame field={{ ...props, label: '' }} error={field.error}>
      {(ids) => (
        <Checkbox
          id={ids.id}
          checked={field.value ?? false}
          disabled={field.disabled}
          onChange={(e) => field.set(e.target.checked)}
        >
          {props.label}
        </Checkbox>
      )}
    </FieldFrame>
  )
}

export interface PickerOption {
  readonly value: string
  readonly label: string
  /** Enough to choose by: code, place, owner. */
  readonly detail: string
}

/** Picks a record by name, pinyin or code; the list comes from the core as one types. */
export function EntityPicker(
  props: FieldProps & {
    module: string
    search: (text: string) => Promise<readonly PickerOption[]>
    /** The label of the record that is chosen already. */
    chosenLabel?: string
    footer?: ReactNode
    onPicked?: (option: PickerOption | null) => void
  },
) {
  const field = useField<string | null | undefined>(props.name)
  const [text, setText] = useState('')
  const [asked, setAsked] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), 150)
    return () => clearTimeout(timer)
  }, [text])
  const found = useQuery({
    queryKey: [props.module, 'picker', props.name, asked],
    queryFn: () => props.search(asked),
    placeholderData: (previous) => previous,
  })
  const options = (found.data ?? []).map((option) => ({ ...option, title: option.detail }))
  const chosen = field.value
  if (chosen && props.chosenLabel && !options.some((o) => o.value === chosen)) {
    options.unshift({ value: chosen, label: props.chosenLabel, detail: '', title: '' })
  }
  return (
    <FieldFrame field={props} error={field.error}>
      {(ids) => (
        <Select
          {...ids}
          value={chosen ?? null}
          options={options}
          loading={found.isFetching}
          disabled={field.disabled}
          allowClear
          showSearch={{ filterOption: false, onSearch: setText }}
          optionRender={(option) => (
            <span>
              {option.data.label} <span className="muted">{option.data.detail}</span>
            </span>
          )}
          popupRender={(menu) => (
            <>
              {menu}
              {props.footer}
            </>
          )}
          {...(field.error ? { status: 'error' as const } : {})}
          onChange={(value: string | null | undefined) => {
            field.set(value ?? null)
            props.onPicked?.(options.find((o) => o.value === value) ?? null)
          }}
        />
      )}
    </FieldFrame>
  )
}
