import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
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
  const [typed, setTyped] = useState('')
  return (
    <DatePicker
      {...(props.id ? { id: props.id } : {})}
      {...(props.placeholder ? { placeholder: props.placeholder, 'aria-label': props.placeholder } : {})}
      aria-describedby={props['aria-describedby']}
      aria-invalid={props['aria-invalid'] ?? false}
      value={props.value === '' ? null : dayjs(props.value)}
      format={['YYYY-MM-DD', 'YYYY-M-D', 'YYYY/M/D', 'YYYY.M.D', 'YYYYMMDD']}
      disabled={props.disabled ?? false}
      className="day"
      onChange={(picked) => props.onChange(picked ? picked.format('YYYY-MM-DD') : null)}
      onInput={(event) => setTyped((event.target as HTMLInputElement).value)}
      onBlur={() => {
        const day = typed === '' ? null : parseDay(typed)
        if (day !== null) props.onChange(day)
        setTyped('')
      }}
    />
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
