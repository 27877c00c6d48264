import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useRef, useState } from 'react'
import { parseDay } from '#shared/kernel/dates.ts'
import { useField } from '../form-state.ts'
import { FieldFrame, type FieldProps } from './field-frame.tsx'

/** A day as text `YYYY-MM-DD`; typed in any common way or picked. */
export function DateField(props: {
  value: string
  onChange: (day: string | null) => void
  placeholder?: string
  id?: string
  disabled?: boolean
  'aria-describedby'?: string | undefined
  'aria-invalid'?: boolean
}) {
  // Read from the input itself: the picker keeps to itself what it cannot read.
  const typed = useRef<string | null>(null)
  const [reading, setReading] = useState(0)
  return (
    <span
      className="day-slot"
      onInput={(event) => {
        typed.current = (event.target as HTMLInputElement).value
      }}
      onBlur={() => {
        const day = typed.current === null ? null : parseDay(typed.current)
        typed.current = null
        if (day === null) return
        props.onChange(day)
        // Shows the day in its usual form even where it is the same day as before.
        setReading((n) => n + 1)
      }}
    >
      <DatePicker
        key={reading}
        {...(props.id ? { id: props.id } : {})}
        {...(props.placeholder ? { placeholder: props.placeholder, 'aria-label': props.placeholder } : {})}
        aria-describedby={props['aria-describedby']}
        aria-invalid={props['aria-invalid'] ?? false}
        value={props.value === '' ? null : dayjs(props.value)}
        // One format only: with shorter ones 2026-12-3 is a day already, and whoever types 2026-12-31 fast gets the 3rd.
        format="YYYY-MM-DD"
        disabled={props.disabled ?? false}
        className="day"
        onChange={(picked) => {
          typed.current = null
          props.onChange(picked ? picked.format('YYYY-MM-DD') : null)
        }}
      />
    </span>
  )
}

export function DayField(props: FieldProps) {
  const field = useField<string | null | undefined>(props.name)
  return (
    <FieldFrame field={props} error={field.error}>
      {(ids) => (
        <DateField {...ids} value={field.value ?? ''} disabled={field.disabled} onChange={(day) => field.set(day)} />
      )}
    </FieldFrame>
  )
}
