import { Checkbox, Input, Select } from 'antd'
import { useEffect, useState } from 'react'
import { DateField } from '#renderer/ui/fields/date-field.tsx'
import { useField } from '#renderer/ui/form-state.ts'

interface CellProps {
  /** Path of the value in the form, `lines.0.name`. */
  readonly name: string
  /** Read out instead of a label: the column's head and the row. */
  readonly label: string
}

const marks = (name: string, label: string, error: string | undefined) => ({
  'data-path': name,
  'aria-label': error === undefined ? label : `${label}: ${error}`,
  'aria-invalid': error !== undefined,
  ...(error === undefined ? {} : { status: 'error' as const, title: error }),
})

/** A text in a table's cell. */
export function TextCell(props: CellProps & { max: number }) {
  const field = useField<string>(props.name)
  return (
    <Input
      {...marks(props.name, props.label, field.error)}
      size="small"
      value={field.value}
      maxLength={props.max}
      disabled={field.disabled}
      onChange={(event) => field.set(event.target.value)}
    />
  )
}

/**
 * A number in a table's cell, typed as text and read by `parse`; what cannot be read stays as typed and is refused
 * beside the field. Full-width digits are accepted; nothing moves while an IME composes.
 */
export function NumberCell(
  props: CellProps & {
    parse: (text: string) => number | null
    format: (value: number) => string
    suffix?: string
    /** What an empty cell means; 0 where nothing is said. */
    empty?: number | null
    /** Told of each number that can be read, after the form has it. */
    onTyped?: (value: number) => void
  },
) {
  const field = useField<number | null>(props.name)
  const known = typeof field.value === 'number' && !Number.isNaN(field.value)
  const shown = known ? props.format(field.value as number) : ''
  const [text, setText] = useState(shown)
  const [focused, setFocused] = useState(false)
  useEffect(() => {
    if (!focused && known) setText(shown)
  }, [shown, focused, known])
  return (
    <Input
      {...marks(props.name, props.label, field.error)}
      size="small"
      className="money"
      inputMode="decimal"
      value={text}
      suffix={props.suffix}
      disabled={field.disabled}
      onFocus={(event) => {
        setFocused(true)
        event.target.select()
      }}
      onChange={(event) => {
        setText(event.target.value)
        const none = props.empty === undefined ? 0 : props.empty
        const value = event.target.value.trim() === '' ? none : (props.parse(event.target.value) ?? Number.NaN)
        field.set(value)
        if (value !== null && !Number.isNaN(value)) props.onTyped?.(value)
      }}
      onBlur={() => {
        setFocused(false)
        const value = props.parse(text)
        if (value !== null) setText(props.format(value))
      }}
    />
  )
}

/** So many choices stand in an open list without scrolling. */
const IN_SIGHT = 8

/** A choice in a table's cell. */
export function SelectCell<T extends string | number>(
  props: CellProps & {
    options: readonly { readonly value: T; readonly label: string }[]
    onPicked?: (value: T) => void
  },
) {
  const field = useField<T>(props.name)
  return (
    <Select
      {...marks(props.name, props.label, field.error)}
      size="small"
      className="cell-select"
      popupMatchSelectWidth={false}
      value={field.value}
      options={[...props.options]}
      disabled={field.disabled}
      // A list that does not fit into sight is found through by typing.
      showSearch={props.options.length > IN_SIGHT ? { optionFilterProp: 'label' } : false}
      onChange={(value: T) => {
        field.set(value)
        props.onPicked?.(value)
      }}
    />
  )
}

/** A day in a table's cell. */
export function DayCell(props: CellProps) {
  const field = useField<string | null>(props.name)
  return (
    <span data-path={props.name}>
      <DateField
        value={field.value ?? ''}
        placeholder={props.label}
        disabled={field.disabled}
        aria-invalid={field.error !== undefined}
        onChange={(day) => field.set(day)}
      />
    </span>
  )
}

/** A yes or no in a table's cell. */
export function CheckCell(props: CellProps & { text: string }) {
  const field = useField<boolean>(props.name)
  return (
    <Checkbox
      aria-label={props.label}
      checked={field.value}
      disabled={field.disabled}
      onChange={(event) => field.set(event.target.checked)}
    >
      {props.text}
    </Checkbox>
  )
}
